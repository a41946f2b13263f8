"""An entry made again what it was after a change, or brought back after it was deleted."""

import json
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core import serializers
from django.db import models, transaction

from core.admin import row_number
from core.documents import document, owner_column
from core.models import Entry, Record
from core.record_fields import key_of
from core.serializers.records import key_names
from core.tags import Tags
from editorial.incoming import Incoming, Problem
from editorial.models import Act
from editorial.past import Difference, Standing, differences, past_of
from editorial.record_import import write_documents
from editorial.redirects import merged_from, taken_by
from editorial.versions import Key, Version, label_of, related_to, versions_of

# What restoring leaves alone in an entry that is there: its address, and whether readers see it.
KEPT = ("slug", "status", "publish_at")


def known(kind: type[Record], number: str) -> Record | None:
    """The entry of that number or, where it was deleted, as it was last; None where there never was one."""
    if row_number(number) is None:
        return None
    if row := kind._base_manager.filter(pk=number).first():
        return row
    last = kind.history.filter(id=number).order_by("history_id").last()
    return last and last.instance


def is_there(row: Record) -> bool:
    """Whether it comes from its own table, and not from what the history says of it."""
    return not hasattr(row, "_history")


class Restoration:
    """An entry, deleted or not, and how it stood after a change; before it, where that deleted it.

    Raises KeyError where the entry has no such change.
    """

    def __init__(self, entry: Record, key: str):
        self.entry = entry
        self.kind = type(entry)
        self.own: Key = (self.kind, entry.pk)
        self.changes = past_of(entry, everyone=True)
        places = {change.key: place for place, change in enumerate(self.changes)}
        self.change = self.changes[places[key]]
        self.standing = self._standing(places[key])

    def _standing(self, place: int) -> Standing:
        """The rows that stood, the entry's own first."""
        first: dict[Key, Version] = {}
        for version in (version for change in self.changes for version in change.written):
            first.setdefault(version.key, version)
        while place >= 0 and (own := self.changes[place].standing.get(self.own)) and own.gone:
            place -= 1
        then = self.changes[place].standing if place >= 0 else {}
        # What was there before its first record: no more is known of it than that record.
        before = {key: version for key, version in first.items() if not version.begins and key not in then}
        stood = before | {key: version for key, version in then.items() if not version.gone}
        return {key: stood[key] for key in sorted(stood, key=lambda key: key != self.own)}

    # What would change

    @cached_property
    def places(self) -> dict[Key, Key]:
        """Of each row that stood the one that it becomes: one of the same natural key, else that of its old number."""
        today = {_identity(version): key for key, version in self.today.items()}
        found = {key: today.get(_identity(version)) for key, version in self.standing.items()}
        found[self.own] = self.own
        taken = {key for key in found.values() if key}
        # A negative number is that of a row that gets a new one.
        return {key: place or (key if key not in taken else (key[0], -key[1])) for key, place in found.items()}

    @cached_property
    def today(self) -> dict[Key, Version]:
        _, today = versions_of(self.kind, [self.entry.pk], everyone=True)
        return {version.key: version for version in today[self.entry.pk]}

    @cached_property
    def differences(self) -> list[Difference]:
        """What would be other than it is."""
        then = {self.places[key]: replace(version, begins=True, gone=False) for key, version in self.standing.items()}
        if now := self.today.get(self.own):
            kept = {label_of(self.kind._meta.get_field(name)) for name in self._kept()}
            values = then[self.own].values | {label: now.values[label] for label in kept if label in now.values}
            then[self.own] = replace(then[self.own], values=values)
        gone = {key: replace(version, gone=True) for key, version in self.today.items() if key not in then}
        return list(differences(self.today, then | gone))

    def _kept(self) -> set[str]:
        return {*key_names(self.kind), *KEPT} & {column.name for column in self.kind._meta.concrete_fields}

    # What would be written

    @cached_property
    def related(self) -> dict:
        return related_to([(version.kind, version.record) for version in self.standing.values()], everyone=True)

    @cached_property
    def original(self) -> list[dict]:
        """The entry as it is; empty where it is none."""
        return document(self.entry) if is_there(self.entry) else []

    @cached_property
    def document(self) -> list[dict]:
        """The entry as it was, under the address of today; what it refers to likewise."""
        tags = _tag_links(self.kind)
        versions = [version for version in self.standing.values() if version.kind not in tags.values()]
        records = json.loads(serializers.serialize("json", [self._row(version) for version in versions]))
        for version, record in zip(versions, records, strict=True):
            if not isinstance(version.record, Record):
                record["fields"] |= self._links(version)
        if self.original:
            today = self.original[0]["fields"]
            records[0]["fields"] |= {name: today[name] for name in {*self._kept(), "updated_at"} & today.keys()}
        elif issubclass(self.kind, Entry):
            # Its parts name it by the last address that it had.
            records[0]["fields"]["slug"] = self.entry.slug
        return records

    def _row(self, version: Version) -> Record:
        """The row as it was, with what it refers to."""
        row = copy(version.record) if isinstance(version.record, Record) else version.record.instance
        owner = owner_column(version.kind)
        for column, other in self._references(version):
            if not column.many_to_many:
                setattr(row, column.name, self.entry if column == owner else other)
        return row

    def _references(self, version: Version) -> Iterator[tuple[models.Field, Record | None]]:
        """Each relation of the row with what it leads to, which may be gone; None where nothing is known of it."""
        numbers = [(column, getattr(version.record, column.attname)) for column in _relations(version.kind)]
        numbers += [(column, number) for column, linked in version.record.linked.items() for number in linked]
        for column, number in numbers:
            if number is not None:
                yield column, self.related[column.related_model].get(number)

    def _links(self, version: Version) -> dict[str, list]:
        """What its many-to-many fields held, and its tags."""
        held = {}
        for column, numbers in version.record.linked.items():
            rows = [row for number in numbers if (row := self.related[column.related_model].get(number))]
            held[column.name] = [list(row.natural_key()) for row in sorted(rows, key=str)]
        for name, through in _tag_links(version.kind).items():
            links = [link.record.tag_id for link in self.standing.values() if link.kind is through]
            held[name] = sorted(str(self.related[through.tag_model()][number]) for number in links)
        return held

    def obstacles(self) -> list[str]:
        """What stands against it, in words: what is gone meanwhile, and an address that is taken."""
        found = []
        for column, row in (pair for version in self.standing.values() for pair in self._references(version)):
            if row is None:
                found.append(f"It refers to a {column.related_model._meta.verbose_name} that is gone.")
            elif not is_there(row) and (type(row), row.pk) != self.own and not _by_key(row):
                found.append(f"It refers to the {row._meta.verbose_name} “{row}”, which is gone.")
        if not is_there(self.entry):
            if other := _by_key(self.entry):
                found.append(f"Its address is taken by another {self.kind._meta.verbose_name}, “{other}”.")
            elif issubclass(self.kind, Entry) and (other := self._led_to()):
                found.append(f"Its address leads to “{other}” by now.")
        return list(dict.fromkeys(found))

    def _led_to(self) -> Entry | None:
        """Another entry to which its address leads; where it was merged into that, the address is its own again."""
        return None if merged_from(self.entry).exists() else taken_by(self.kind, self.entry.slug)

    def write(self, reason: str, user: Any, *, alone: bool = False) -> list[str]:
        """Restore it; what stands against that, in words. Then nothing is written."""
        with transaction.atomic():
            if problems := self.obstacles():
                return problems
            records = copy(self.document)
            # Restored just now.
            fields = {name: value for name, value in records[0]["fields"].items() if name != "updated_at"}
            records[0] = {**records[0], "fields": fields}
            documents = {str(self.entry.natural_key()[0]): records}
            batch = write_documents(documents, reason, user, Act.RESTORED, alone=alone, number=self._number)
            if not batch.problems:
                merged_from(self.entry).delete()
        return [_words(problem) for problem in batch.problems]

    def _number(self, one: Incoming) -> int | None:
        """The number that a row had, so that its history goes on; None where another row has it."""
        key = self._keys.get((one.model, one.key))
        return key[1] if key and key not in self._elsewhere and self.places[key] == key else None

    @cached_property
    def _keys(self) -> dict[tuple, Key]:
        """The rows that stood, by kind and natural key."""
        tags = _tag_links(self.kind).values()
        keys = [key for key, version in self.standing.items() if version.kind not in tags]
        return {
            (key[0], key_of(key[0], record["fields"])): key for key, record in zip(keys, self.document, strict=True)
        }

    @cached_property
    def _elsewhere(self) -> set[Key]:
        """Numbers that rows of other entries have by now."""
        numbers = defaultdict(list)
        for kind, number in self.standing:
            numbers[kind].append(number)
        found = {(kind, row) for kind, rows in numbers.items() for row in kind._base_manager.in_bulk(rows)}
        return found - self.today.keys()


def _words(problem: Problem) -> str:
    about = problem.field.replace("_", " ").capitalize()
    return f"{about}: {problem.reason}" if about else problem.reason


def _relations(kind: type[Record]) -> list[models.Field]:
    return [column for column in kind._meta.concrete_fields if column.is_relation]


def _identity(version: Version) -> tuple:
    """The row's natural key, by numbers."""
    columns = map(version.kind._meta.get_field, key_names(version.kind))
    return version.kind, *(getattr(version.record, column.attname) for column in columns)


def _tag_links(kind: type[Record]) -> dict[str, type[models.Model]]:
    """The links to tags of a kind, by the field that they are."""
    return {column.name: column.remote_field.through for column in kind._meta.many_to_many if isinstance(column, Tags)}


def _by_key(row: Record) -> Record | None:
    """The row of the same natural key."""
    return type(row)._base_manager.filter(**dict(zip(row.natural_key_fields, row.natural_key(), strict=True))).first()
