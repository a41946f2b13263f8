"""One plain function for each model: published, with a name of its own, and whatever the test says instead."""

from itertools import count

from django.contrib.auth.models import Group, Permission, User

from catalog.models import (
    AIModel,
    Basis,
    Citation,
    Derivation,
    DerivationKind,
    Family,
    Innovation,
    Link,
    LinkKind,
    Measurer,
    Milestone,
    Modality,
    ModelPaper,
    Score,
    Tag,
    TaggedModel,
)
from core.models import Status
from core.slugs import make_slug
from glossary.models import Term
from research.models import Benchmark, Category, Organization, OrganizationKind, Paper, Source, SourceKind

_numbers = count(1)


def next_number() -> int:
    """One that nothing else bears."""
    return next(_numbers)


def _make_entry(kind, /, **fields):
    fields.setdefault("name", f"{kind._meta.verbose_name.capitalize()} {next(_numbers)}")
    many = {name: fields.pop(name) for name in list(fields) if kind._meta.get_field(name).many_to_many}
    entry = kind.objects.create(**{"slug": make_slug(fields["name"]), "status": Status.PUBLISHED, **fields})
    for name, values in many.items():
        getattr(entry, name).set(values)
    return entry


def make_editor(**fields) -> User:
    """Somebody who may do everything in the admin. Without a password, whose hashing takes a test's time twice."""
    return User.objects.create(
        **{"username": f"editor{next(_numbers)}", "is_staff": True, "is_superuser": True, **fields}
    )


def make_member(role: str = "", *permissions: str) -> User:
    """Somebody of the team: in the group of a role, or with these permissions alone (“editorial.review_entry”)."""
    member = User.objects.create(username=f"member{next(_numbers)}", is_staff=True)
    if role:
        member.groups.add(Group.objects.get(name=role))
    for permission in permissions:
        app, codename = permission.split(".")
        member.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return member


def make_term(**fields) -> Term:
    return _make_entry(Term, **{"definition": "What the word means.", **fields})


def make_organization(**fields) -> Organization:
    return _make_entry(Organization, **{"kind": OrganizationKind.COMPANY, **fields})


def make_source(**fields) -> Source:
    return _make_entry(
        Source, **{"url": f"https://example.org/{next(_numbers)}", "kind": SourceKind.ANNOUNCEMENT, **fields}
    )


def make_paper(**fields) -> Paper:
    return _make_entry(Paper, **{"category": Category.ARCHITECTURE, **fields})


def make_benchmark(**fields) -> Benchmark:
    return _make_entry(Benchmark, **{"unit": "%", "scale_min": 0, "scale_max": 100, **fields})


def make_family(**fields) -> Family:
    return _make_entry(Family, **fields)


def make_model(**fields) -> AIModel:
    """A model without figures; `organizations`, `input_modalities`, `output_modalities` and `tags` take lists."""
    return _make_entry(AIModel, **fields)


def make_modality(**fields) -> Modality:
    fields.setdefault("name", f"modality {next(_numbers)}")
    return Modality.objects.create(**{"slug": make_slug(fields["name"]), **fields})


def make_tag(**fields) -> Tag:
    return Tag.objects.create(**{"name": f"tag {next(_numbers)}", **fields})


def make_tagged_model(**fields) -> TaggedModel:
    return TaggedModel.objects.create(
        content_object=fields.pop("content_object", None) or make_model(), tag=fields.pop("tag", None) or make_tag()
    )


def _make_part(part, defaults: dict, fields: dict):
    """Defaults that are functions are called only when needed, so that no row comes into being unasked."""
    values = {name: value() if callable(value) else value for name, value in defaults.items() if name not in fields}
    return part.objects.create(**values, **fields)


def make_milestone(**fields) -> Milestone:
    return _make_part(Milestone, {"model": make_model, "text": f"Milestone {next(_numbers)}"}, fields)


def make_innovation(**fields) -> Innovation:
    return _make_part(Innovation, {"model": make_model, "term": make_term}, fields)


def make_model_paper(**fields) -> ModelPaper:
    return _make_part(ModelPaper, {"model": make_model, "paper": make_paper}, fields)


def make_link(**fields) -> Link:
    url = f"https://example.org/{next(_numbers)}"
    return _make_part(Link, {"model": make_model, "kind": LinkKind.WEIGHTS.value, "url": url}, fields)


def make_score(**fields) -> Score:
    defaults = {"benchmark": make_benchmark, "source": make_source, "value": 88.5, "measured_by": Measurer.VENDOR.value}
    return _make_part(Score, {"model": make_model, **defaults}, fields)


def make_derivation(**fields) -> Derivation:
    """From an ancestor of its own; with `parent`, its name is the stated one."""
    if "parent_name" not in fields:
        parent = fields.get("parent")
        fields["parent_name"] = parent.name if parent else f"Ancestor {next(_numbers)}"
    defaults = {"child": make_model, "kind": DerivationKind.INITIALIZED_FROM.value, "source": make_source}
    return _make_part(Derivation, defaults, fields)


def make_citation(**fields) -> Citation:
    """By default a source that discloses 671B parameters; the model's column is left to the test."""
    defaults = {"field": "parameters_total", "source": make_source, "basis": Basis.DISCLOSED.value}
    stated = {"stated": "671B", "value": "671000000000"} if "stated" not in fields else {}
    return _make_part(Citation, {"model": make_model, **defaults, **stated}, fields)
