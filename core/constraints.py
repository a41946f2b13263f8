"""Rules that the database itself keeps. Each returns a constraint with a message that speaks to an editor.

Fixtures and imports bypass `clean()`; what is stated here holds on every door.
"""

import re
from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Model, Q


def one_of(field: str, choices: Iterable[str], *, blank: bool = False) -> CheckConstraint:
    """`field` is one of `choices` (a `TextChoices` class or texts); with `blank`, or empty."""
    return CheckConstraint(
        condition=Q(**{f"{field}__in": [*map(str, choices), *([""] if blank else [])]}),
        name=f"%(app_label)s_%(class)s_{field}_known",
        violation_error_message=f"{_label(field)} is not one of the values to choose from.",
    )


def positive(field: str) -> CheckConstraint:
    """`field` is above zero where it is known: unknown is empty, never 0."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": 0}),
        name=f"%(app_label)s_%(class)s_{field}_positive",
        violation_error_message=f"{_label(field)} must be above zero. Leave it empty where it is unknown.",
    )


def at_most(field: str, limit: str) -> CheckConstraint:
    """`field` does not exceed the field `limit`, where both are known."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{limit}__isnull": True}) | Q(**{f"{field}__lte": F(limit)}),
        name=f"%(app_label)s_%(class)s_{field}_at_most_{limit}",
        violation_error_message=f"{_label(field)} cannot exceed {_label(limit).lower()}.",
    )


def together(field: str, other: str, *, empty: str | None = "") -> CheckConstraint:
    """`field` is set exactly when `other` is; `empty` is what an unset `other` holds."""
    other_is_empty = Q(**{f"{other}__isnull": True}) if empty is None else Q(**{other: empty})
    return CheckConstraint(
        condition=(Q(**{f"{field}__isnull": True}) & other_is_empty)
        | (Q(**{f"{field}__isnull": False}) & ~other_is_empty),
        name=f"%(app_label)s_%(class)s_{field}_with_{other}",
        violation_error_message=f"{_label(field)} and {_label(other).lower()} are given together or not at all.",
    )


def given_together(model: type[Model]) -> dict[str, str]:
    """The fields that say something of another one: of each `other` of `together` the field that it goes with."""
    own = re.compile(f"{model._meta.app_label}_{model._meta.model_name}_(\\w+)_with_(\\w+)")
    found = (own.fullmatch(constraint.name) for constraint in model._meta.constraints)
    pairs = [match.groups() for match in found if match]
    return {other: field for field, other in pairs}


def not_itself(field: str) -> CheckConstraint:
    """The row does not point at itself."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | ~Q(**{field: F("id")}),
        name=f"%(app_label)s_%(class)s_{field}_not_itself",
        violation_error_message=f"{_label(field)} must be another entry.",
    )


def _label(field: str) -> str:
    return field.replace("_", " ").capitalize()
