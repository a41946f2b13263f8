"""What a proposal changed, laid upon the entry as it is now: a three-way merge of documents.

A document is a list of fixture records: an entry and its parts. Its records are told apart by what they are called
within the entry, so that an entry that has a new address is still the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from core.documents import owner_column
from core.models import Record
from core.record_fields import clean, key_of
from core.serializers.records import key_names
from core.tags import Tags

Document = list[dict[str, Any]]
# The kind of a record, and its natural key without the entry that it goes with.
Identity = tuple[type[Record], tuple]

ABSENT = object()
# What says when an entry was written, and nothing of what it says.
TIMES = {"created_at", "updated_at"}


class Choice(models.TextChoices):
    """Which of two values is to stand."""

    NOW = "now", "As it is now"
    PROPOSED = "proposed", "As proposed"


@dataclass(frozen=True)
class Conflict:
    """Both sides changed a field to different things, or one removed the record that the other changed.

    Then `field` is empty, and the values are the record's fields, or None on the side that removed it.
    """

    model: type[Record]
    # The fields of the record, to name it by.
    fields: dict[str, Any]
    field: str
    original: Any
    now: Any
    proposed: Any
    choice: Choice | None = None

    @property
    def id(self) -> str:
        """The same as long as the same values stand against each other: nobody decides on what they did not see."""
        values = [key_of(self.model, self.fields), self.field, self.now, self.proposed]
        said = json.dumps([self.model._meta.label_lower, *values], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def rebased(
    original: Document, proposed: Document, current: Document, chosen: Mapping[str, str]
) -> tuple[Document, list[Conflict]]:
    """The entry as it is now with what was changed between `original` and `proposed`, and all conflicts.

    `chosen` holds a `Choice` for the `id` of each conflict that is decided. What is not decided stays as it is now.
    A record or field that `proposed` leaves out and `original` never had is not touched.
    """
    conflicts = []

    def choose(model: type[Record], fields: dict, field: str, *values: Any) -> Any:
        known = Conflict(model, fields, field, *values)
        choice = Choice(chosen[known.id]) if chosen.get(known.id) in Choice.values else None
        conflicts.append(Conflict(model, fields, field, *values, choice))
        return known.proposed if choice == Choice.PROPOSED else known.now

    then, wanted, now = map(by_identity, (original, proposed, current))
    merged = {}
    for identity in {**now, **wanted}:
        versions = (side.get(identity) for side in (then, wanted, now))
        fields = _merged_record(identity[0], *versions, choose)
        if fields is not None:
            merged[identity] = fields
    return _owned(merged), conflicts


def by_identity(document: Document) -> dict[Identity, dict[str, Any]]:
    """The fields of each record."""
    return {identity_of(model, key_of(model, fields)): fields for model, fields in _records(document)}


def laid_upon(document: Document, records: Document) -> Document:
    """The document with what the records state; what they leave out stays."""
    fields = by_identity(document)
    for identity, stated in by_identity(records).items():
        fields[identity] = fields.get(identity, {}) | stated
    return _owned(fields)


def identity_of(model: type[Record], key: tuple) -> Identity:
    return model, key[1:] if owner_column(model) else ()


def entry_name(document: Document) -> str | None:
    """The last part of the entry's address; None where the entry itself is not in it."""
    return next((key_of(*one)[0] for one in _records(document) if not owner_column(one[0])), None)


def alike(one: Document, other: Document) -> bool:
    return not any(touched(one, other)) and not any(touched(other, one))


def touched(before: Document, after: Document) -> Iterator[tuple[Identity, dict | None, dict | None]]:
    """The records that differ, those of `after` first, each with its fields on both sides; None where it is not."""
    old, new = by_identity(before), by_identity(after)
    for identity, fields in new.items():
        if identity not in old or _changed(identity[0], fields, old[identity]):
            yield identity, old.get(identity), fields
    yield from ((identity, fields, None) for identity, fields in old.items() if identity not in new)


def differing(model: type[Record], fields: dict, other: dict) -> list[str]:
    """The names in `fields` whose values differ from those of `other`, but for times and the entry it goes with."""
    apart = _apart(model)
    return [name for name in fields if name not in apart and not _same(model, name, fields, other)]


def column(model: type[Record], name: str) -> models.Field | None:
    """The field of this name; None where there is none any more."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def written(before: Document, after: Document) -> Document:
    """The records of `after`, each with its key and what differs from `before`: what else it says is left alone."""
    old, found = by_identity(before), []
    for (model, key), fields in by_identity(after).items():
        was = old.get((model, key))
        if was is not None:
            stated = {name for name in fields if not _same(model, name, fields, was)} | set(key_names(model))
            fields = {name: value for name, value in fields.items() if name in stated}
        found.append({"model": model._meta.label_lower, "fields": fields})
    return found


def _merged_record(
    model: type[Record], then: dict | None, wanted: dict | None, now: dict | None, choose: Callable
) -> dict | None:
    """The fields of the record as they are to be; None where it is to go."""
    if wanted is None:
        if then is None or now is None:
            return now
        return choose(model, now, "", then, now, None) if _changed(model, now, then) else None
    if now is None:
        if then is None:
            return wanted
        return choose(model, wanted, "", then, None, wanted) if _changed(model, wanted, then) else None
    return _merged_fields(model, then or {}, wanted, now, choose)


def _merged_fields(model: type[Record], then: dict, wanted: dict, now: dict, choose: Callable) -> dict:
    merged = dict(now)
    for name, value in wanted.items():
        known = column(model, name)
        if known is None or name in _apart(model) or _same(model, name, wanted, then):
            # Records have no such field any more, it is not the proposal's to say, or nothing new.
            continue
        moved = not _same(model, name, now, then) and not _same(model, name, now, wanted)
        if moved and known.many_to_many:
            value = _merged_list(known, then.get(name, []), value, now.get(name, []))
        elif moved:
            value = choose(model, now, name, then.get(name), now.get(name), value)
        merged[name] = value
    return merged


def _merged_list(known: models.Field, then: list, wanted: list, now: list) -> list:
    """What is there now, without what was taken out and with what was put in."""
    then, wanted_keys = _members(known, then), _members(known, wanted)
    kept = [one for key, one in _members(known, now).items() if key in wanted_keys or key not in then]
    here = _members(known, kept)
    return kept + [one for key, one in wanted_keys.items() if key not in then and key not in here]


def _members(known: models.Field, values: list) -> dict:
    if isinstance(known, Tags):
        return {tag.strip().lower(): tag for tag in values}
    return {tuple(key): key for key in values}


def _changed(model: type[Record], fields: dict, other: dict) -> bool:
    return bool(differing(model, fields, other))


def _same(model: type[Record], name: str, fields: dict, other: dict) -> bool:
    value, against = fields.get(name, ABSENT), other.get(name, ABSENT)
    if value is ABSENT or against is ABSENT:
        return value is against
    known = column(model, name)
    return value == against or (known is not None and _plain(known, value) == _plain(known, against))


def _plain(known: models.Field, value: Any) -> Any:
    """The value as a row holds it: PostgreSQL returns the 3.29e24 of a document as a whole number."""
    try:
        if known.many_to_many:
            return set(_members(known, value))
        return value if known.is_relation else clean(known, value)
    except (ValidationError, ValueError, TypeError, OverflowError, AttributeError):
        return value


def _apart(model: type[Record]) -> set[str]:
    """The fields that no difference is made of."""
    owner = owner_column(model)
    return TIMES | {owner.name} if owner else TIMES


def _records(document: Document) -> Iterator[tuple[type[Record], dict[str, Any]]]:
    return ((apps.get_model(record["model"]), record["fields"]) for record in document)


def _owned(merged: dict[Identity, dict[str, Any]]) -> Document:
    """As a document, in which every part goes with the entry under its present address."""
    document = [{"model": model._meta.label_lower, "fields": dict(fields)} for (model, _), fields in merged.items()]
    name = entry_name(document)
    for record in document:
        owner = owner_column(apps.get_model(record["model"]))
        if owner and name:
            record["fields"][owner.name] = [name]
    return document
