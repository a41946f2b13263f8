"""What points at an entry, of any kind, and what becomes of it when another entry takes that one's place."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.core import serializers
from django.db import models

from core.documents import owner_column, with_links
from core.models import Entry, Record
from core.serializers.records import key_names
from core.tags import Tags
from editorial.changes import Changes
from editorial.mentions import prose, steps, touched
from editorial.models import ReadingStep
from editorial.rebasing import Choice, Conflict, differing
from editorial.uniting import order_of


class Pointers:
    """All rows outside the two entries and their parts that point at `goes`, made to point at `stays` by `changes`.

    Where both have the same row, one is `left` over: without a choice if the two are equal. `chosen` holds a `Choice`
    for the id of each conflict; PROPOSED is the row of what goes.
    """

    def __init__(self, stays: Entry, goes: Entry, chosen: Mapping[str, str]):
        self.stays, self.goes, self.chosen = stays, goes, chosen
        self.kind = type(stays)
        self.changes = Changes()
        self.left: list[Record] = []
        self.conflicts: list[Conflict] = []
        # Rows that keep their place and point nowhere any more, and the field.
        self.emptied: list[tuple[Record, models.Field]] = []
        self.counts: Counter[tuple[type[Record], str]] = Counter()
        for column in relations(self.kind):
            self._move_links(column) if column.many_to_many else self._move(column)
        self._move_steps()
        self._rewrite()

    def rows(self) -> Iterator[Record]:
        """All that are written."""
        yield from self.left
        yield from self.changes.rows()

    def told(self) -> list[str]:
        """How many of each kind move: “scores: 12”."""
        return [f"{kind._meta.verbose_name_plural}, {label}: {count:,}" for (kind, label), count in self.counts.items()]

    def _elsewhere(self, column: models.Field) -> models.QuerySet:
        """The rows that are neither one of the two nor a part of one."""
        rows, both = with_links(column.model), [self.stays.pk, self.goes.pk]
        owner = owner_column(column.model)
        if column.model is self.kind:
            return rows.exclude(pk__in=both)
        return rows.exclude(**{f"{owner.name}__in": both}) if owner and owner.related_model is self.kind else rows

    def _pointing(self, column: models.Field) -> list[Record]:
        return [*map(self._held, self._elsewhere(column).filter(**{column.name: self.goes}).order_by("pk"))]

    def _held(self, row: Record) -> Record:
        """The same row as it is to be, where it points at the entry by another field as well."""
        return self.changes.updated.get(type(row), {}).get(row.pk, (row,))[0]

    def _move(self, column: models.ForeignKey) -> None:
        rows = self._pointing(column)
        twins = {}
        if rows and (column.unique or column.name in key_names(column.model)):
            others = self._elsewhere(column).filter(**{column.name: self.stays})
            twins = {self._key(column, row): row for row in others}
        for row in rows:
            twin = twins.get(self._key(column, row))
            if twin is None:
                self._update(row, column, self.stays)
            elif column.unique and column.null:
                self.emptied.append((row, column))
                self._update(row, column, None)
            else:
                self._choose(row, twin, column, self.stays)

    def _key(self, column: models.Field, row: Record) -> tuple:
        names = [name for name in key_names(column.model) if name != column.name] if not column.unique else []
        return tuple(getattr(row, column.model._meta.get_field(name).attname) for name in names)

    def _choose(self, row: Record, twin: Record, column: models.Field, value: Any) -> None:
        """Both cannot be: one of them goes."""
        mine, theirs = (one["fields"] for one in json.loads(serializers.serialize("json", [twin, row])))
        theirs |= {column.name: mine[column.name]}
        place = order_of(column.model)
        if {*differing(column.model, mine, theirs)} <= {place}:
            return self.left.append(row)
        conflict = Conflict(column.model, mine, "", None, mine, theirs)
        choice = self.chosen.get(conflict.id) or Choice.NOW
        self.conflicts.append(Conflict(column.model, mine, "", None, mine, theirs, choice))
        if choice == Choice.PROPOSED:
            self.left.append(twin)
            self._update(row, column, value)
        else:
            self.left.append(row)

    def _update(self, row: Record, column: models.Field, value: Any) -> None:
        setattr(row, column.name, value)
        self.counts[column.model, str(column.verbose_name)] += 1
        self.changes.update(row, column.name, *touched(row))

    def _move_links(self, column: models.ManyToManyField) -> None:
        for row in self._pointing(column):
            others = {self.stays if one == self.goes else one for one in getattr(row, column.name).all()}
            self.counts[column.model, str(column.verbose_name)] += 1
            self.changes.update(row, *touched(row))
            self.changes.link(row, column.name, sorted(others, key=lambda one: one.pk))

    def _move_steps(self) -> None:
        """A step of the reading order names an entry by its address."""
        ours, column = self.stays.get_absolute_url(), ReadingStep._meta.get_field("address")
        twin = next(iter(steps([ours])), None)
        for step in steps([self.goes.get_absolute_url()]):
            self._choose(step, twin, column, ours) if twin else self._update(step, column, ours)

    def _rewrite(self) -> None:
        """What prose names by its slug."""
        for row, column, text in prose(self.kind, self.goes.slug, self.stays.slug):
            if row not in (self.stays, self.goes):
                self._update(self._held(row), column, text)


def relations(kind: type[Record]) -> Iterator[models.Field]:
    """The fields of any kind of record that lead to entries of this one; not those by which a part names its own."""
    for relation in kind._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        column = relation.field
        through = column.remote_field.through if column.many_to_many else None
        plain = through is None or (through._meta.auto_created and not isinstance(column, Tags))
        if issubclass(column.model, Record) and plain and column != owner_column(column.model):
            yield column
