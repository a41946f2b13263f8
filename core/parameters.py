"""What an address takes behind its question mark, as OpenAPI says it: read from the filters and fields of forms."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django import forms

from core import schemas
from core.columns import Column
from core.fields import NamesField
from core.filters import EntryFilters, Facet
from core.filters.display import ColumnsFilter, FacetFilter, TextFilter, ViewFilter
from core.filters.facets import UNKNOWN
from core.schemas import Schema

Parameter = dict[str, Any]
# So many values are told; of what has more, only the form is said.
NAMED = 1000
_SIGNS = re.compile(r"([\\^$.|?*+()\[\]{}/])")
# What only says how a page is shown.
_OF_PAGES = (ViewFilter, FacetFilter, TextFilter)

PAGE: Parameter = {
    "name": "page",
    "in": "query",
    "description": "The number of the page, counted from 1, or “last”. Past the end: 404.",
    "schema": {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": ["last", ""]}]},
}


def of_filters(filters: EntryFilters, columns: Iterable[Column] = ()) -> list[Parameter]:
    """Those of a list, with the names of its columns."""
    found = []
    for name, filter_ in filters.filters.items():
        if isinstance(filter_, Facet):
            found += _of_facet(name, filter_)
        elif isinstance(filter_, ColumnsFilter):
            keys = {"enum": [column.key for column in columns]}
            found.append(_parameter(name, "What is said of each, beside its name", schemas.rows(keys), together=True))
        elif not isinstance(filter_, _OF_PAGES):
            found += of_fields({name: filter_.field})
    return [*found, PAGE]


def _of_facet(name: str, facet: Facet) -> list[Parameter]:
    """A facet whose values nobody knows beforehand has none to be described by."""
    if not facet.source:
        return []
    unknown = [UNKNOWN] if facet.unknown else []
    if isinstance(facet.source, type):
        values = {"enum": list(dict.fromkeys([*facet.source.values, *unknown]))}
    else:
        values = named([*(value for value, _ in facet.source()), *unknown])
    return [_parameter(name, f"{facet.label}; several mean “or”", schemas.rows(values))]


def named(values: Iterable[str]) -> Schema:
    """One of the values that there are today. A pattern, for who tries all of a list asks once for each."""
    known = list(dict.fromkeys(islice(values, NAMED + 1)))
    if len(known) > NAMED:
        return schemas.TEXT
    words = "|".join(_SIGNS.sub(r"\\\1", value) for value in known)
    return {"type": "string", "description": "One of those that there are.", "pattern": f"^({words})$"}


def of_fields(fields: dict[str, forms.Field]) -> list[Parameter]:
    """Those of a form."""
    return [
        _parameter(
            name, getattr(field, "about", field.label or ""), _of(field), field.required, isinstance(field, NamesField)
        )
        for name, field in fields.items()
    ]


def _parameter(name: str, about: str, schema: Schema, required: bool = False, together: bool = False) -> Parameter:
    """`together`: several values are one text with commas; else the name is repeated."""
    several = {"style": "form", "explode": not together} if schema.get("type") == "array" else {}
    needed = {"required": True} if required else {}
    return {"name": name, "in": "query", "description": str(about), **needed, **several, "schema": schema}


def _of(field: forms.Field) -> Schema:
    if schema := getattr(field, "schema", None):
        return schema
    match field:
        case forms.MultipleChoiceField():
            return schemas.rows({"enum": _values(field)})
        case forms.ChoiceField():
            return {"enum": _values(field)}
        case forms.FloatField():
            return schemas.NUMBER | _ends(field)
        case forms.IntegerField():
            return schemas.INTEGER | _ends(field)
    # What no database takes, no text may hold.
    most = {"maxLength": field.max_length} if getattr(field, "max_length", None) else {}
    return {"type": "string", "pattern": "^[^\\u0000]*$", **most}


def _values(field: forms.ChoiceField) -> list[str]:
    return [value for value, _ in field.choices if value]


def _ends(field: forms.IntegerField) -> Schema:
    ends = {"minimum": field.min_value, "maximum": field.max_value}
    return {name: end for name, end in ends.items() if end is not None}
