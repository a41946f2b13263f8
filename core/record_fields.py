"""What a record may state of a field, and what it refers to."""

import datetime
import math
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from core.models import Record
from core.serializers.records import key_names
from core.tags import Tags

# What `natural_key` of a row gives.
Key = tuple


def is_key(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(part, str) for part in value)


@cache
def column_of(model: type[Record], name: str) -> models.Field:
    """The field that a record states by this name. ValueError where it can state none."""
    try:
        column = model._meta.get_field(name)
    except FieldDoesNotExist:
        column = None
    if column is None or column.auto_created or column.name != name:
        # A number, or the other end of a relation, which the records over there carry.
        raise ValueError(f"{model._meta.label_lower} has no such field.")
    through = column.remote_field.through if column.many_to_many else None
    if through and not through._meta.auto_created and not isinstance(column, Tags):
        raise ValueError(f"write records of {through._meta.label_lower} instead.")
    return column


@cache
def required(model: type[Record]) -> list[str]:
    """The fields without which there is no new row."""
    columns = model._meta.concrete_fields
    return [c.name for c in columns if not (c.primary_key or c.blank or c.null or c.has_default())]


def references(model: type[Record], fields: dict[str, Any]) -> Iterator[tuple[type[Record], Key]]:
    """The kinds and keys of all that a record refers to."""
    for column in _relations(model):
        if value := fields.get(column.name):
            for key in value if column.many_to_many else [value]:
                yield column.related_model, tuple(key)


@cache
def _relations(model: type[Record]) -> list[models.Field]:
    columns = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return [column for column in columns if column.is_relation and not isinstance(column, Tags)]


def check(column: models.Field, value: object) -> object:
    """The value as the row holds it, a relation as it is stated. Raises what is wrong with it by its field's rules."""
    if isinstance(column, Tags):
        if not isinstance(value, list) or not all(isinstance(tag, str) and tag.strip() for tag in value):
            raise ValueError("write a list of words.")
        name = column.related_model._meta.get_field("name")
        for tag in value:
            clean(name, tag.strip())
    elif column.many_to_many:
        if not isinstance(value, list) or not all(map(is_key, value)):
            raise ValueError('name each entry by a list: [["gpt-4"], ["bert"]].')
        for text in chain.from_iterable(value):
            check_text(text)
    elif column.is_relation:
        if not is_key(value) and not (value is None and column.null):
            raise ValueError('name the entry by a list: ["gpt-4"].')
        for text in value or ():
            check_text(text)
    else:
        return clean(column, value)
    return value


def clean(column: models.Field, value: object) -> object:
    """The value as the row holds it. Raises what is wrong with it."""
    if isinstance(value, str):
        check_text(value)
    elif value is None:
        if not column.null:
            raise ValueError("This field cannot be null.")
    elif not isinstance(value, bool | int | float):
        raise ValueError("write one text or number here.")
    elif isinstance(value, bool) and not isinstance(column, models.BooleanField):
        raise ValueError(f"“{value}” is no value of this field. In YAML, write yes, no, on and off in quotes.")
    elif isinstance(column, models.DateField):
        raise ValueError("write a date in quotes: “2024-12-26”.")
    elif isinstance(value, float) and isinstance(column, models.IntegerField) and not value.is_integer():
        raise ValueError(f"“{value}” is no whole number.")
    cleaned = column.clean(value, None)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"“{value}” is no finite number.")
    if isinstance(cleaned, float) and not math.isfinite(cleaned):
        raise ValueError(f"“{value}” is no finite number.")
    if isinstance(cleaned, datetime.datetime):
        # A time without its zone would differ from the stored one at every import.
        return (cleaned if cleaned.tzinfo else cleaned.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
    return cleaned


def check_text(text: str) -> None:
    if "\0" in text:
        raise ValueError("Null characters are not allowed.")
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("it holds half a character (a lone surrogate).")


def key_of(model: type[Record], fields: dict[str, Any]) -> Key:
    """The natural key that a record spells out, as `natural_key` of its row would give it."""
    return tuple(_in_key(column, fields) for column in _key_columns(model))


def _in_key(column: models.Field, fields: dict[str, Any]) -> object:
    value = fields[column.name] if column.name in fields else column.get_default()
    if column.is_relation:
        return value[0] if value else None
    return column.to_python(value)


@cache
def _key_columns(model: type[Record]) -> list[models.Field]:
    return [model._meta.get_field(name) for name in key_names(model)]
