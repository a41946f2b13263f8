"""What the history says of the rows that an entry is made of: each row from one moment on, in words."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.documents import made_of
from core.models import DatePrecision, Entry, Record, Status
from core.quantities import exact_number, exact_size, format_date

# What says when and where an entry is shown, and not what it says: for editors alone.
APPARATUS = {"order", "status", "publish_at"}
# What says nothing that anybody wrote.
UNSAID = {"id", "created_at", "updated_at"}

Key = tuple[type[Record], int]
Related = dict[type[models.Model], dict[int, models.Model]]


@dataclass(frozen=True, eq=False)
class Version:
    """A row from one moment on. `values` are what it says, by label; None: that is not for readers.

    It `begins` where it came into being, and is `gone` where it was deleted: then it says what it said last. Of what
    it was before its `first` version there is no record. `record` is the row of the history; of what has none, the row.
    """

    kind: type[Record]
    row: int
    record: Any
    values: dict[str, str] | None
    at: datetime.datetime | None = None
    user: Any = None
    reason: str = ""
    change: uuid.UUID | None = None
    begins: bool = False
    gone: bool = False
    first: bool = True

    @property
    def key(self) -> Key:
        return self.kind, self.row

    @property
    def title(self) -> str:
        """“citation: Parameters, DeepSeek-V3 Technical Report”: the kind, and what tells the row from others."""
        if issubclass(self.kind, Entry):
            return str(self.kind._meta.verbose_name)
        own = {path.split("__")[0] for path in self.kind.natural_key_fields}
        names = [label_of(column) for column in self.kind._meta.concrete_fields if column.name in own]
        words = [self.values[name] for name in names if self.values.get(name)]
        return f"{self.kind._meta.verbose_name}: {', '.join(words)}" if words else self.kind._meta.verbose_name


def versions_of(
    kind: type[Record], numbers: Collection[int], everyone: bool = False, *, figures_alone: bool = False
) -> tuple[dict[int, list[Version]], dict[int, list[Version]]]:
    """What history says of entries of one kind and their parts, and what they are made of today; by their numbers.

    Each in as many queries for one entry as for many. Readers are told of an entry by its history alone. With
    `figures_alone`, parts without figures that can be corrected are left out.
    """
    found, now = [], []
    for part, owner in made_of(kind):
        if figures_alone and part is not kind and not part.corrected:
            continue
        key = part._meta.pk.attname if owner == "pk" else f"{owner}_id"
        records = list(
            part.history.filter(**{f"{key}__in": numbers}).order_by("history_id").select_related("history_user")
        )
        _let_time_pass(records)
        link_past(part, records)
        found += [(part, owner, getattr(record, key), record) for record in records]
        if owner != "pk" or everyone:
            rows = list(part._base_manager.filter(**{f"{key}__in": numbers}))
            _link_today(part, rows)
            now += [(part, owner, getattr(row, key), row) for row in rows]
    related = related_to([(part, row) for part, _, _, row in found + now], everyone)
    known, today = defaultdict(list), defaultdict(list)
    seen = set()
    for part, owner, number, record in sorted(found, key=lambda one: (one[3].history_date, one[3].history_id)):
        values = _values(part, owner, record, related, everyone)
        known[number].append(_version(part, record, values, first=(part, record.id) not in seen))
        seen.add((part, record.id))
    for part, owner, number, row in now:
        today[number].append(Version(part, row.pk, row, _values(part, owner, row, related, everyone)))
    return known, today


def _let_time_pass(records: list) -> None:
    """Where the clock was set back, what was written later comes later all the same: just after what was before it."""
    latest: dict[int, datetime.datetime] = {}
    for record in records:
        before = latest.get(record.id)
        if before and record.history_date < before:
            record.history_date = before + datetime.timedelta(microseconds=1)
        latest[record.id] = record.history_date


def _version(kind: type[Record], record: Any, values: dict[str, str] | None, *, first: bool) -> Version:
    return Version(
        kind,
        record.id,
        record,
        values,
        at=record.history_date,
        user=record.history_user,
        reason=record.history_change_reason or "",
        change=record.change,
        begins=record.history_type == "+",
        gone=record.history_type == "-",
        first=first,
    )


def related_to(rows: Iterable[tuple[type[Record], Any]], everyone: bool = False) -> Related:
    """All that the rows refer to and readers may see, in one query for each kind.

    Editors are also told what is gone meanwhile, as it was last.
    """
    wanted = defaultdict(set)
    for kind, row in rows:
        for column in kind._meta.concrete_fields:
            if column.is_relation:
                wanted[column.related_model].add(getattr(row, column.attname))
        for column, numbers in row.linked.items():
            wanted[column.related_model].update(numbers)
    related = {}
    for model, numbers in wanted.items():
        readable = issubclass(model, Entry) and not everyone
        visible = model.objects.published() if readable else model._base_manager.all()
        found = related[model] = visible.in_bulk(numbers - {None})
        if everyone and (gone := numbers - {None} - found.keys()):
            for record in model.history.filter(id__in=gone).order_by("history_id"):
                found[record.id] = record.instance
    return related


def link_past(kind: type[Record], records: list) -> None:
    """Give each historic row what its many-to-many fields held: simple-history offers no way to prefetch it."""
    by_key = {record.history_id: record for record in records}
    columns = kind.history.model._history_m2m_fields
    for record in records:
        record.linked = {column: [] for column in columns}
    for column in columns if records else ():
        links = getattr(kind.history.model, column.name).model.objects.filter(history__in=by_key)
        for number, other in links.values_list("history", column.m2m_reverse_field_name()):
            by_key[number].linked[column].append(other)


def _link_today(kind: type[Record], rows: list) -> None:
    """The same for rows as they are."""
    by_key = {row.pk: row for row in rows}
    columns = kind.history.model._history_m2m_fields
    for row in rows:
        row.linked = {column: [] for column in columns}
    for column in columns if rows else ():
        owner, other = f"{column.m2m_field_name()}_id", f"{column.m2m_reverse_field_name()}_id"
        links = column.remote_field.through._base_manager.filter(**{f"{owner}__in": by_key})
        for number, linked in links.values_list(owner, other):
            by_key[number].linked[column].append(linked)


def _values(kind: type[Record], owner: str, row: Any, related: Related, everyone: bool) -> dict[str, str] | None:
    """What the row says, by label; None where readers may not see it or what it refers to."""
    if not everyone and issubclass(kind, Entry) and row.status != Status.PUBLISHED:
        return None
    values = {}
    for column in kind._meta.concrete_fields:
        if column.name in UNSAID or column.name == owner or (column.name in APPARATUS and not everyone):
            continue
        value = getattr(row, column.attname)
        if column.is_relation and value is not None:
            name = _name(related, column, value)
            if not name and not issubclass(kind, Entry) and not everyone:
                return None
            values[label_of(column)] = name
        elif not column.name.endswith("_precision"):
            values[label_of(column)] = _text(column, row)
    for column, numbers in row.linked.items():
        values[label_of(column)] = ", ".join(sorted(filter(None, (_name(related, column, n) for n in numbers))))
    return values


def _name(related: Related, column: models.Field, number: int) -> str:
    row = related[column.related_model].get(number)
    return "" if row is None else str(row)


def label_of(column: models.Field) -> str:
    return str(column.verbose_name)


def _text(column: models.Field, row: Any) -> str:
    value = getattr(row, column.attname)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return f"{format_date(value)}, {value:%H:%M} UTC"
    if isinstance(value, datetime.date):
        return format_date(value, getattr(row, f"{column.name}_precision", DatePrecision.DAY))
    if isinstance(value, float):
        return exact_number(value)
    if isinstance(column, models.BigIntegerField):
        return exact_size(value)
    return str(dict(column.flatchoices).get(value, value))
