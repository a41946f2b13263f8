"""What JSON says of entries, as JSON Schema (draft 2020-12): drawn from the columns, the parts and the models' fields.

A schema promises what is there and of what type. More may come, so none is closed.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.text import capfirst

from core.columns import Column, Part

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
YES_OR_NO: Schema = {"type": "boolean"}
# As forms send a field that was not filled in.
EMPTY: Schema = {"type": "string", "pattern": r"^\s*$"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
TIME: Schema = {"type": "string", "format": "date-time"}
# As far as it is known: 2024-12-26, 2024-12 or 2024.
DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}

_TYPES = (
    (models.BooleanField, YES_OR_NO),
    (models.IntegerField, INTEGER),
    (models.FloatField, NUMBER),
    (models.DateTimeField, TIME),
    (models.DateField, DATE),
)


def record(about: str = "", **properties: Schema) -> Schema:
    """An object that has all of these."""
    return _about(about) | {"type": "object", "required": list(properties), "properties": properties}


def rows(schema: Schema, about: str = "") -> Schema:
    return _about(about) | {"type": "array", "items": schema}


def by_name(schema: Schema) -> Schema:
    """Such values by names that are not known before."""
    return {"type": "object", "additionalProperties": schema}


def or_null(schema: Schema) -> Schema:
    if isinstance(schema.get("type"), str) and schema["type"] != "object":
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def about(schema: Schema, text: str) -> Schema:
    """The same, with these words on what it is."""
    return {**schema, **_about(text)}


def _about(text: str) -> Schema:
    return {"description": text} if text else {}


# What is named as an entry is: by its slug, its name and the address of its page.
ENTRY = record(slug=SLUG, name=TEXT, html=ADDRESS)


def of_columns(columns: Iterable[Column | Part], model: type[models.Model] | None) -> dict[str, Schema]:
    """Each column and part by its key. Fields of the `model` are described by the words that help their editors."""
    return {column.key: _of(column, model) for column in columns}


def _of(column: Column | Part, model: type[models.Model] | None) -> Schema:
    if isinstance(column, Part):
        return _of_part(column)
    held = column.field if isinstance(column.field, models.Field) else _field(model, column.field or column.key)
    schema = column.schema or (_type(held) if held else TEXT)
    return {"title": column.label, **_about(held.help_text if held else ""), **schema}


def _field(model: type[models.Model] | None, name: str) -> models.Field | None:
    own = model._meta.get_fields() if model else ()
    return next((field for field in own if field.name == name and isinstance(field, models.Field)), None)


def _of_part(part: Part) -> Schema:
    own = dict(ENTRY["properties"]) if part.kind else {}
    row = record(**own, **of_columns(part.columns, part.kind))
    if part.one:
        whole = or_null(row)
    elif part.by:
        whole = by_name(row)
    else:
        whole = rows(row)
    return {"title": part.label, **_about(part.about), **whole}


def _type(field: models.Field) -> Schema:
    if field.choices:
        return {"enum": [value for value, _ in field.choices] + ([""] if field.blank else [])}
    if field.many_to_many:
        return rows(ENTRY)
    if field.is_relation:
        return or_null(ENTRY) if field.null else ENTRY
    schema = next((schema for kind, schema in _TYPES if isinstance(field, kind)), TEXT)
    return or_null(schema) if field.null else schema


def page_schema(result: Schema) -> dict[str, Schema]:
    """What a page of a list says, whatever it lists."""
    return {
        "count": about(INTEGER, "How many match."),
        "pages": about(INTEGER, "How many pages that makes."),
        "self": ADDRESS,
        "html": about(ADDRESS, "The page that shows the same."),
        "previous": or_null(ADDRESS),
        "next": or_null(ADDRESS),
        "data_licence": ADDRESS,
        "results": rows(result),
    }


def whole(title: str, address: str, schema: Schema) -> Schema:
    """A schema that stands for itself, at its address."""
    return {"$schema": DRAFT, "$id": address, "title": capfirst(title), **schema}


ERRORS = record(
    "What is wrong with the request.",
    errors=about(by_name(TEXTS), "Messages by the name of the parameter."),
)
