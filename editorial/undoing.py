"""A change taken back whole: every row that it wrote is again what the history says it was before."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models
from django.db.models import Max

from core.documents import owner_column
from core.models import Record
from editorial.changes import Changes
from editorial.log import change
from editorial.models import Act, Change, Fate, Redirect
from editorial.versions import link_past

CLASH = "The database refused it: something came in meanwhile that stands in the way. Restore entry by entry."


def _references(record: Any) -> Iterator[tuple[models.Field, int]]:
    """Each relation of a row as it was, with the number that it led to."""
    for column in record.instance_type._meta.concrete_fields:
        if column.is_relation and (number := getattr(record, column.attname)) is not None:
            yield column, number
    for column, numbers in record.linked.items():
        yield from ((column, number) for number in numbers)


@dataclass
class Written:
    """A row that the change wrote: how it stood `before`, and what is the `last` that the history says of it."""

    kind: type[Record]
    row: int
    before: Any
    first: Any
    last: Any

    @property
    def added(self) -> bool:
        return self.first.history_type == "+"

    @property
    def removed(self) -> bool:
        return self.last.history_type == "-"


class Undoing:
    """What it takes to undo a change."""

    def __init__(self, change: Change):
        self.change = change

    @cached_property
    def rows(self) -> list[Written]:
        kinds = [kind for kind in apps.get_models() if issubclass(kind, Record)]
        return [one for kind in kinds for one in self._rows(kind)]

    def _rows(self, kind: type[Record]) -> Iterator[Written]:
        own: dict[int, list] = {}
        for record in kind.history.filter(change=self.change.pk).order_by("history_id"):
            own.setdefault(record.id, []).append(record)
        if not own:
            return
        before = {}
        for record in kind.history.filter(id__in=own).exclude(change=self.change.pk).order_by("history_id"):
            if record.history_id < own[record.id][0].history_id:
                before[record.id] = record
        link_past(kind, list(before.values()))
        for number, records in own.items():
            yield Written(kind, number, before.get(number), records[0], records[-1])

    def obstacles(self) -> list[str]:
        """What stands against it, in words."""
        found = []
        for kind in {one.kind for one in self.rows}:
            own = {one.row: one for one in self.rows if one.kind is kind}
            newest = kind.history.filter(id__in=own).order_by().values_list("id").annotate(newest=Max("history_id"))
            moved = [own[number] for number, last in newest if last != own[number].last.history_id]
            found += [f"“{self._title(one)}” was changed since." for one in moved]
        unknown = (one for one in self.rows if one.before is None and not one.added)
        found += [f"What “{self._title(one)}” said before is not recorded." for one in unknown]
        return list(dict.fromkeys([*found, *self._gone()]))

    def _gone(self) -> Iterator[str]:
        """What rows referred to before, and what is no more: the database would say so too late."""
        back = {(one.kind, one.row) for one in self.rows if one.removed}
        wanted: dict[type[models.Model], dict[int, Written]] = defaultdict(dict)
        for one in self.rows:
            for column, number in _references(one.before) if one.before and not one.added else ():
                if (column.related_model, number) not in back:
                    wanted[column.related_model][number] = one
        for kind, numbers in wanted.items():
            for number in numbers.keys() - kind._base_manager.in_bulk(numbers).keys():
                yield f"“{self._title(numbers[number])}” referred to a {kind._meta.verbose_name} that is gone."

    @cached_property
    def _titles(self) -> dict[tuple[str, int], str]:
        return {(kind, row): title for kind, row, title in self.change.entries.values_list("kind", "row", "title")}

    def _title(self, one: "Written") -> str:
        """The name of the entry that it is, or is a part of."""
        owner = owner_column(one.kind)
        kind, row = (owner.related_model, getattr(one.last, owner.attname)) if owner else (one.kind, one.row)
        return self._titles.get((kind._meta.label_lower, row), str(kind._meta.verbose_name))

    def write(self, reason: str, user: Any, *, alone: bool = False) -> list[str]:
        """Undo it, as one change; what stands against that, in words. Then nothing is written."""
        if problems := self.obstacles():
            return problems
        try:
            with change(reason, user, Act.RESTORED, alone=alone):
                self._write(reason, user)
        except DatabaseError:
            return [CLASH]
        return []

    def _write(self, reason: str, user: Any) -> None:
        changes = Changes()
        for kind in {one.kind for one in self.rows}:
            own = [one for one in self.rows if one.kind is kind]
            for row in kind._base_manager.filter(pk__in=[one.row for one in own if one.added and not one.removed]):
                row.delete()
        for kind in {one.kind for one in self.rows}:
            own = {one.row: one for one in self.rows if one.kind is kind and not one.added}
            there = kind._base_manager.in_bulk([number for number, one in own.items() if not one.removed])
            for number, one in own.items():
                row = there.get(number) or kind()
                for column in kind._meta.concrete_fields:
                    setattr(row, column.attname, getattr(one.before, column.attname))
                changes.create(row) if one.removed else changes.update(row)
                for column, numbers in one.before.linked.items():
                    changes.link(row, column.name, numbers)
            names = [column.name for column in kind._meta.concrete_fields if not column.primary_key]
            # At once: what is unique they give back before those that had it are there again.
            kind._base_manager.bulk_update(there.values(), names, batch_size=100)
        changes.write(reason, user)
        gone = self.change.entries.filter(fate=Fate.REMOVED)
        for kind, number in gone.values_list("kind", "row"):
            Redirect.objects.filter(kind=kind, merged=number).delete()
