"""An entry's past as readers may see it: what changed when, and how the entry stood at any moment."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from core.documents import parts
from core.models import Entry, Record, Status
from core.quantities import format_number
from core.tags import Tags

# Rows written within this time, by the same hand and for the same reason, were one change.
TOGETHER = datetime.timedelta(seconds=2)
# What says when and where an entry is shown, and not what it says.
APPARATUS = {"id", "order", "status", "publish_at", "created_at", "updated_at"}


@dataclass(frozen=True)
class Version:
    """A row from one moment on. `values` are what it says, by label; None: that is not for readers.

    It `begins` where it came into being, and is `gone` where it was deleted: then it says what it said last.
    """

    kind: type[Record]
    row: int
    at: datetime.datetime
    author: str
    reason: str
    begins: bool
    gone: bool
    values: dict[str, str] | None

    @property
    def title(self) -> str:
        """“citation: Parameters, DeepSeek-V3 Technical Report”: the kind, and what tells the row from others."""
        if issubclass(self.kind, Entry):
            return str(self.kind._meta.verbose_name)
        own = {path.split("__")[0] for path in self.kind.natural_key_fields}
        names = [_label(column) for column in self.kind._meta.concrete_fields if column.name in own]
        words = [self.values[name] for name in names if self.values.get(name)]
        return f"{self.kind._meta.verbose_name}: {', '.join(words)}" if words else self.kind._meta.verbose_name


@dataclass(frozen=True)
class Difference:
    """What became of one row: each label with the old and the new value."""

    title: str
    what: str
    values: list[tuple[str, str, str]]


@dataclass
class Change:
    """What was written at one moment by one hand, and how all stood after it."""

    at: datetime.datetime
    author: str
    reason: str
    standing: dict[tuple[type[Record], int], Version] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    first: bool = False

    def blocks(self) -> Iterator[tuple[str, list[Version]]]:
        """The rows that stood, the entry's own first, by kind."""
        by_kind = defaultdict(list)
        for version in self.standing.values():
            if version.values is not None and not version.gone:
                by_kind[version.kind].append(version)
        for kind in sorted(by_kind, key=lambda kind: not issubclass(kind, Entry)):
            rows = by_kind[kind]
            yield kind._meta.verbose_name if issubclass(kind, Entry) else kind._meta.verbose_name_plural, rows


def past_of(entry: Entry) -> list[Change]:
    """The entry's changes since it was first published, the oldest first; none where no change was recorded.

    A state in which it was not published shows in no list and no difference.
    """
    known, fixed = _versions(entry)
    shown: list[Change] = []
    standing = {(version.kind, version.row): version for version in fixed}
    for change, written in _grouped(known):
        standing = standing | {(version.kind, version.row): version for version in written}
        own = standing.get((type(entry), entry.pk))
        if own is None or own.values is None or own.gone:
            continue
        change.standing = standing
        if shown:
            change.differences = list(_differences(shown[-1].standing, standing))
        change.first = not shown
        if change.first or change.differences:
            shown.append(change)
    return shown


def at_moment(changes: list[Change], moment: datetime.datetime) -> Change | None:
    """The last change up to `moment`."""
    return next((change for change in reversed(changes) if change.at <= moment), None)


def _grouped(versions: Iterable[Version]) -> Iterator[tuple[Change, list[Version]]]:
    group: list[Version] = []
    for version in sorted(versions, key=lambda version: version.at):
        last = group[-1] if group else version
        if (last.author, last.reason) != (version.author, version.reason) or version.at - last.at > TOGETHER:
            yield Change(last.at, last.author, last.reason), group
            group = []
        group.append(version)
    if group:
        yield Change(group[-1].at, group[-1].author, group[-1].reason), group


def _differences(before: dict, after: dict) -> Iterator[Difference]:
    for key, new in after.items():
        old = before.get(key)
        if old is not new and new.values is not None:
            yield from _difference(old, new)


def _difference(old: Version | None, new: Version) -> Iterator[Difference]:
    """What a row says now and did not say before, if readers may see that."""
    was = {} if old is None or old.values is None or old.gone else old.values
    now = {} if new.gone else new.values
    if new.gone:
        was = was or new.values
        yield Difference(new.title, "removed", [(label, text, "") for label, text in was.items() if text])
    elif old is None and not new.begins:
        # It was there before, but of what it said then there is no record.
        yield Difference(new.title, "recorded for the first time", [])
    else:
        labels = [label for label in {**was, **now} if was.get(label, "") != now.get(label, "")]
        if labels:
            values = [(label, was.get(label, ""), now.get(label, "")) for label in labels]
            yield Difference(new.title, "changed" if was else "added", values)


def _versions(entry: Entry) -> tuple[list[Version], list[Version]]:
    """What history says of the entry and its parts; and the parts of which it says nothing, as they are today."""
    kinds = [(type(entry), "pk"), *parts(type(entry))]
    for column in type(entry)._meta.many_to_many:
        if isinstance(column, Tags):
            kinds.append((column.remote_field.through, "content_object"))
    found, fixed = [], []
    for kind, owner in kinds:
        key = kind._meta.pk.attname if owner == "pk" else f"{owner}_id"
        records = list(kind.history.filter(**{key: entry.pk}).select_related("history_user"))
        _link(kind, records)
        found += [(kind, owner, record) for record in records]
        rows = kind._base_manager.filter(**{key: entry.pk}).exclude(pk__in={record.id for record in records})
        fixed += [(kind, owner, row) for row in rows if owner != "pk"]
    names = _names(found + fixed)
    always = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return (
        [
            Version(
                kind,
                record.id,
                record.history_date,
                _author(record.history_user),
                record.history_change_reason or "",
                record.history_type == "+",
                record.history_type == "-",
                _values(kind, owner, record, names),
            )
            for kind, owner, record in found
        ],
        [
            Version(kind, row.pk, always, "", "", False, False, _values(kind, owner, row, names))
            for kind, owner, row in fixed
        ],
    )


def _author(user: Any) -> str:
    """Who it was, where that is no address: readers see names alone."""
    name = user.get_full_name() or user.get_username() if user else ""
    return "" if "@" in name else name


def _names(rows: list[tuple[type[Record], str, Any]]) -> dict[type[models.Model], dict[int, str]]:
    """The names of all that the rows refer to and readers may see, in one query for each kind."""
    wanted = defaultdict(set)
    for kind, _, row in rows:
        for column in kind._meta.concrete_fields:
            if column.is_relation:
                wanted[column.related_model].add(getattr(row, column.attname))
        for column, numbers in getattr(row, "linked", {}).items():
            wanted[column.related_model].update(numbers)
    names = {}
    for model, numbers in wanted.items():
        visible = model.objects.published() if issubclass(model, Entry) else model._base_manager.all()
        names[model] = {row.pk: str(row) for row in visible.filter(pk__in=numbers - {None})}
    return names


def _link(kind: type[Record], records: list) -> None:
    """Give each historic row what its many-to-many fields held: simple-history offers no way to prefetch it."""
    for record in records:
        record.linked = defaultdict(list)
    by_key = {record.history_id: record for record in records}
    for column in kind.history.model._history_m2m_fields:
        links = getattr(kind.history.model, column.name).model.objects.filter(history__in=by_key)
        for number, other in links.values_list("history", column.m2m_reverse_field_name()):
            by_key[number].linked[column].append(other)


def _values(kind: type[Record], owner: str, row: Any, names: dict) -> dict[str, str] | None:
    """What the row says, by label; None where it refers to something that readers may not see."""
    if issubclass(kind, Entry) and row.status != Status.PUBLISHED:
        return None
    values = {}
    for column in kind._meta.concrete_fields:
        if column.name in APPARATUS or column.name == owner:
            continue
        value = getattr(row, column.attname)
        if column.is_relation and value is not None:
            name = names[column.related_model].get(value, "")
            if not name and not issubclass(kind, Entry):
                return None
            values[_label(column)] = name
        else:
            values[_label(column)] = _text(column, value)
    for column, numbers in getattr(row, "linked", {}).items():
        linked = (names[column.related_model].get(number, "") for number in numbers)
        values[_label(column)] = ", ".join(sorted(filter(None, linked)))
    return values


def _label(column: models.Field) -> str:
    return str(column.verbose_name)


def _text(column: models.Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,}" if isinstance(value, int) else format_number(value)
    return str(dict(column.flatchoices).get(value, value))
