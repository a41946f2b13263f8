"""The addresses that programs may ask for, read from the URLconf."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from core.filters import Facet
from core.routes import routes
from core.views import EntryDetail, EntryList

# What those end in that are data; others are pages.
_DATA = re.compile(r"\.[a-z.]+$")


@dataclass(frozen=True)
class Address:
    """A route as OpenAPI writes it, “/models/{slug}.json”, and the view behind it: a class or a function."""

    path: str
    name: str
    view: Any
    options: dict[str, Any]

    @property
    def end(self) -> str:
        """What the address ends in: “json”, “fixture.json”."""
        return _DATA.search(self.path)[0][1:]


@cache
def addresses() -> tuple[Address, ...]:
    """All that end like files, in the order of the site map."""
    found = (Address(route.template, route.pattern.name or "", route.view, route.options) for route in routes())
    return tuple(address for address in found if _DATA.search(address.path))


def is_a(view: Any, kind: type) -> bool:
    return isinstance(view, type) and issubclass(view, kind)


def lists() -> dict[type[EntryList], str]:
    """Every list, with the address of its JSON."""
    return {a.view: a.path for a in addresses() if is_a(a.view, EntryList) and a.end == "json"}


def details() -> dict[type[models.Model], type[EntryDetail]]:
    """The view of the entries of each kind."""
    return {a.view.model: a.view for a in addresses() if is_a(a.view, EntryDetail)}


@cache
def lists_about(kind: type[models.Model]) -> tuple[tuple[str, str, str], ...]:
    """The lists of other kinds that a filter narrows to what has to do with one entry of this kind.

    Each with its name, the name of its JSON's address, and the filter: the models of a term are
    `("models", "aimodel_list_json", "innovation")`.
    """
    found = []
    for view in lists():
        own = f"{view.model._meta.model_name}_list"
        for name, facet in view.filters.base_filters.items():
            if (
                isinstance(facet, Facet)
                and view.model != kind
                and (view.name or own) == own
                and _leads(view.model, facet, kind)
            ):
                found.append((view.model._meta.verbose_name_plural, f"{own}_json", name))
    return tuple(dict.fromkeys(found))


def _leads(model: type[models.Model], facet: Facet, kind: type[models.Model]) -> bool:
    """Whether the value of the facet is the slug of an entry of this kind."""
    *relations, last = facet.paths[0].split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return bool(relations) and model is kind and last == "slug"
