"""What differs between two documents of an entry, in the words of an editor."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from core.documents import owner_column
from core.models import Record
from core.quantities import format_date, format_number, format_power, format_size, parse_size
from core.record_fields import Key, clean, references
from core.serializers.records import flat, key_names
from core.tags import Tags
from editorial.changes import chunks
from editorial.past import Difference
from editorial.rebasing import TIMES, Conflict, Document, column, differing, touched

# From here on, a number is written as a power of ten.
LARGE = 1e9


def compare(before: Document, after: Document, words: "Words | None" = None) -> list[Difference]:
    """The records that were added, changed and removed, field by field. When they were written is no difference.

    `words` of many documents spare each of them its queries.
    """
    words = words or Words(before, after)
    return [words.difference(model, old, new) for (model, _), old, new in touched(before, after)]


class Words:
    """Says what records say. What they refer to is looked up once, in a query a kind."""

    def __init__(self, *documents: Document):
        wanted = defaultdict(set)
        for document in documents:
            for model, key in _referred_to(document):
                wanted[model].add(key)
        self._names = {
            (model, key): name for model, keys in wanted.items() for key, name in _names(model, keys).items()
        }

    def difference(self, model: type[Record], old: dict | None, new: dict | None) -> Difference:
        what = "added" if old is None else "removed" if new is None else "changed"
        was, now = old or {}, new or {}
        names = differing(model, now, was) if new is not None else list(was)
        values = []
        for name in dict.fromkeys(_dated(model, name) for name in names):
            if name in _unsaid(model):
                continue
            text, against = self.text(model, name, was), self.text(model, name, now)
            if text == against:
                # They differ in what the short form leaves out.
                text, against = _raw(was.get(name)), _raw(now.get(name))
            if text != against:
                values.append((label(model, name), text, against))
        return Difference(self.title(model, new or old), what, values)

    def title(self, model: type[Record], fields: dict) -> str:
        """“citation: Parameters, DeepSeek-V3 Technical Report”: the kind, and what tells the record from others."""
        kind = str(model._meta.verbose_name)
        if owner_column(model) is None:
            return kind
        said = filter(None, (self.text(model, name, fields) for name in key_names(model)[1:]))
        return f"{kind}: {', '.join(said)}"

    def conflict(self, conflict: Conflict) -> tuple[str, str, str, str]:
        """What it is about, and in words what that said first, says now and is to say."""
        sides = [conflict.original, conflict.now, conflict.proposed]
        if conflict.field:
            name = conflict.field
            said = [self.text(conflict.model, name, {**conflict.fields, name: value}) for value in sides]
            said = said if said[1] != said[2] else list(map(_raw, sides))
            heading = label(conflict.model, name)
        else:
            said = ["removed" if fields is None else self.all(conflict.model, fields) for fields in sides]
            heading = "all of it"
        if owner_column(conflict.model):
            heading = f"{self.title(conflict.model, conflict.fields)}, {heading}"
        return heading, *said

    def all(self, model: type[Record], fields: dict) -> str:
        """All that a record says: “order: 1; text: Announced”."""
        names = [name for name in fields if name not in _unsaid(model)]
        said = ((label(model, name), self.text(model, name, fields)) for name in names)
        return "; ".join(f"{name}: {text}" for name, text in said if text)

    def text(self, model: type[Record], name: str, fields: dict) -> str:
        """A value as the site writes it; "" where there is none."""
        known, value = column(model, name), fields.get(name)
        if value in (None, "", []):
            return ""
        if known is None:
            return _raw(value)
        if isinstance(known, Tags):
            return ", ".join(sorted(value))
        if known.many_to_many:
            return ", ".join(sorted(self._name(known.related_model, tuple(key)) for key in value))
        if known.is_relation:
            return self._name(known.related_model, tuple(value))
        try:
            return _plain(known, clean(known, value), fields)
        except (ValidationError, ValueError, TypeError, OverflowError):
            return _raw(value)

    def _name(self, model: type[Record], key: Key) -> str:
        return self._names.get((model, key)) or flat(key)


def label(model: type[Record], name: str) -> str:
    known = column(model, name)
    return str(known.verbose_name) if known is not None else name


def _referred_to(document: Document) -> Iterable[tuple[type[Record], Key]]:
    for record in document:
        model = apps.get_model(record["model"])
        fields = {name: value for name, value in record["fields"].items() if column(model, name) is not None}
        yield from references(model, fields)


def _names(model: type[Record], keys: set[Key]) -> dict[Key, str]:
    path, found = model.natural_key_fields[0], {}
    for chunk in chunks(sorted({key[0] for key in keys})):
        found |= {row.natural_key(): str(row) for row in model._base_manager.filter(**{f"{path}__in": chunk})}
    return found


def _dated(model: type[Record], name: str) -> str:
    """The date, where a field only says how much of it is known: the date is written with it."""
    date = name.removesuffix("_precision")
    return date if isinstance(column(model, date), models.DateField) else name


def _unsaid(model: type[Record]) -> set[str]:
    owner = owner_column(model)
    precisions = {known.name for known in model._meta.concrete_fields if _dated(model, known.name) != known.name}
    return TIMES | precisions | ({owner.name} if owner else set())


def _plain(known: models.Field, value: Any, fields: dict) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return f"{format_date(value)}, {value:%H:%M} UTC"
    if isinstance(value, datetime.date):
        return format_date(value, fields.get(f"{known.name}_precision") or "day")
    if isinstance(value, int):
        return _size(value) if isinstance(known, models.BigIntegerField) else str(value)
    if isinstance(value, float):
        return format_power(value) if value >= LARGE else format_number(value)
    return str(dict(known.flatchoices).get(value, value))


def _size(size: int) -> str:
    """Short where that is exact."""
    short = format_size(size)
    return short if size > 0 and parse_size(short) == size else f"{size:,}"


def _raw(value: Any) -> str:
    return "" if value is None else ", ".join(map(_raw, value)) if isinstance(value, list) else str(value)
