"""An entry's past: what changed when, and how the entry stood at any moment. Readers are told less than editors."""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import zip_longest
from typing import Any

from core.models import Entry, Record
from core.together import of_all
from editorial.models import Change as LoggedChange
from editorial.versions import Key, Version, label_of, versions_of

# Rows of the time before changes were logged: written within this time, by the same hand and for the same reason, they
# were one change.
TOGETHER = datetime.timedelta(seconds=2)
# Characters of a text that is told whole, and those told around what changed in a longer one.
WHOLE, AROUND = 300, 80
_ADDRESS = re.compile(r"[^\s<>()“”\",;]+@[^\s<>()“”\",;]+")

Standing = Mapping[Key, Version]


@dataclass(frozen=True)
class Difference:
    """What became of one row, an entry's `own` or a part of it: each label with the old and the new value.

    `corrected` are the labels of figures that had another value before.
    """

    title: str
    what: str
    values: list[tuple[str, str, str]]
    own: bool = False
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Correction:
    """A figure that readers saw, and the one that stands now in its place."""

    figure: str
    old: str
    new: str
    change: "Change"


@dataclass
class Change:
    """What was `written` at once by one hand, and how all stood after it. `logged` is its entry in the log, if any."""

    key: str
    at: datetime.datetime
    author: str
    reason: str
    logged: LoggedChange | None = None
    written: list[Version] = field(default_factory=list)
    standing: Standing = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    first: bool = False

    @property
    def act(self) -> str:
        """What was done, in a word."""
        return self.logged.get_act_display() if self.logged else "Saved"

    def blocks(self) -> Iterator[tuple[str, list[Version]]]:
        """The rows that stood, the entry's own first, by kind."""
        return blocks(self.standing)

    def corrections(self) -> Iterator[Correction]:
        for difference in self.differences:
            for label, old, new in difference.values:
                if label in difference.corrected:
                    yield Correction(label if difference.own else difference.title, old, new, self)


def blocks(standing: Standing) -> Iterator[tuple[str, list[Version]]]:
    """The rows that stand, the entry's own first, by kind."""
    by_kind = defaultdict(list)
    for version in standing.values():
        if version.values is not None and not version.gone:
            by_kind[version.kind].append(version)
    for kind in sorted(by_kind, key=lambda kind: not issubclass(kind, Entry)):
        rows = by_kind[kind]
        yield kind._meta.verbose_name if issubclass(kind, Entry) else kind._meta.verbose_name_plural, rows


def past_of(entry: Record, everyone: bool = False) -> list[Change]:
    """The entry's changes since it was first published, the oldest first; none where no change was recorded.

    A state in which it was not published shows in no list and no difference. With `everyone`, for editors, all do:
    drafts, what is hidden, who it was by account. The entry may be deleted by now.
    """
    kind, number = type(entry), entry.pk
    past = None if everyone else of_all(kind, "past", number, partial(pasts_of, kind))
    return pasts_of(kind, [number], everyone)[number] if past is None else past[:]


def pasts_of(
    kind: type[Record], numbers: Collection[int], everyone: bool = False, *, figures_alone: bool = False
) -> dict[int, list[Change]]:
    """The same for entries of one kind, by their numbers, in as many queries as for one.

    With `figures_alone`, of the parts only those that have figures which can be corrected.
    """
    known, today = versions_of(kind, numbers, everyone, figures_alone=figures_alone)
    named = {version.change for versions in known.values() for version in versions}
    logged = LoggedChange.objects.select_related("author").in_bulk(named - {None})
    past = _edited if everyone else _read
    return {number: past((kind, number), known[number], today[number], logged) for number in numbers}


def at_moment(changes: list[Change], moment: datetime.datetime) -> Change | None:
    """The last change up to `moment`."""
    return next((change for change in reversed(changes) if change.at <= moment), None)


def _edited(own: Key, known: list[Version], today: list[Version], logged: dict) -> list[Change]:
    """All that was written, for editors."""
    changes, standing = [], _unrecorded(known, today)
    for written in grouped(known):
        change = _change(written, logged)
        change.author = str(written[-1].user or (change.logged and change.logged.author) or "")
        change.standing = standing | _outcome(written)
        change.differences = list(differences(standing, change.standing))
        change.first = not changes
        changes.append(change)
        standing = change.standing
    return changes


def _read(own: Key, known: list[Version], today: list[Version], logged: dict) -> list[Change]:
    """What readers saw."""
    shown: list[Change] = []
    standing = _unrecorded(known, today)
    groups = grouped(known)
    for written, following in zip_longest(groups, groups[1:]):
        standing = standing | _outcome(written)
        seen = _seen(standing.get(own), written[-1].at)
        if seen is None or (following and following[-1].at < seen):
            continue
        change = _change(written, logged)
        change.at, change.standing, change.first = seen, standing, not shown
        change.author, change.reason = _public_name(written[-1].user), _ADDRESS.sub("…", change.reason)
        if shown:
            change.differences = list(differences(shown[-1].standing, standing))
        if change.first or change.differences:
            shown.append(change)
    return shown


def _unrecorded(known: list[Version], today: list[Version]) -> dict[Key, Version]:
    """The rows of which history says nothing, as they are today."""
    recorded = {version.key for version in known}
    return {version.key: version for version in today if version.key not in recorded}


def _seen(own: Version | None, written: datetime.datetime) -> datetime.datetime | None:
    """Since when readers saw a state that was written then; None where they never did."""
    if own is None or own.values is None or own.gone:
        return None
    return max(written, own.record.publish_at or written)


def _change(written: list[Version], logged: Mapping[Any, LoggedChange]) -> Change:
    last = written[-1]
    entry = logged.get(last.change)
    key = str(last.change or f"{last.at:%Y%m%dT%H%M%S%f}")
    return Change(key, last.at, "", (entry and entry.reason) or last.reason, entry, written)


def _outcome(written: list[Version]) -> dict[Key, Version]:
    """The last version of each row, as what became of it since the first one."""
    rows: dict[Key, Version] = {}
    for version in written:
        begun = rows.get(version.key, version)
        rows[version.key] = replace(version, first=begun.first, begins=begun.begins)
    return rows


def _public_name(user: Any) -> str:
    """Who it was, where that is no address: readers see names alone."""
    name = user.get_full_name() or user.get_username() if user else ""
    return "" if "@" in name else name


def grouped(versions: Iterable[Version]) -> list[list[Version]]:
    """What was written at once: as one change of the log; what is older, at one time by one hand for one reason."""
    groups: list[list[Version]] = []
    by_change: dict[Any, list[Version]] = {}
    unlogged: list[Version] = []
    for version in versions:
        last = unlogged[-1] if unlogged else None
        if version.change:
            group = by_change.get(version.change)
        else:
            alike = last and (last.user, last.reason) == (version.user, version.reason)
            group = unlogged if alike and version.at - last.at <= TOGETHER else None
        if group is None:
            groups.append(group := [])
            if version.change:
                by_change[version.change] = group
            else:
                unlogged = group
        group.append(version)
    return sorted(groups, key=lambda group: group[-1].at)


def differences(before: Standing, after: Standing) -> Iterator[Difference]:
    """What became of each row from one state to a later one."""
    for key, new in after.items():
        old = before.get(key)
        if old is not new and new.values is not None and (found := _difference(old, new)):
            yield found


def _difference(old: Version | None, new: Version) -> Difference | None:
    """What a row says now and did not say before, if readers may see that."""
    was = {} if old is None or old.values is None or old.gone else old.values
    if new.gone:
        # What was loaded without a record is removed with what it said. What nobody saw come, nobody sees go.
        was = was or (new.values if old is None and new.first and not new.begins else {})
        values = [(label, text, "") for label, text in was.items() if text]
        return Difference(new.title, "removed", values) if was else None
    if old is None and new.first and not new.begins:
        # It was there before, but of what it said then there is no record.
        return Difference(new.title, "recorded for the first time", [])
    labels = [label for label in {**was, **new.values} if was.get(label, "") != new.values.get(label, "")]
    values = [(label, *narrowed(was.get(label, ""), new.values.get(label, ""))) for label in labels]
    figures = {label_of(new.kind._meta.get_field(name)) for name in new.kind.corrected}
    corrected = frozenset(label for label, text, now in values if text and now and label in figures)
    own = issubclass(new.kind, Entry)
    return Difference(new.title, "changed" if was else "added", values, own, corrected) if values else None


def narrowed(old: str, new: str) -> tuple[str, str]:
    """Two long texts from a little before where they differ to a little after."""
    if not old or not new or max(len(old), len(new)) <= WHOLE:
        return old, new
    same = _alike(old, new)
    rest = _alike(old[same:][::-1], new[same:][::-1])
    start, end = max(same - AROUND, 0), max(rest - AROUND, 0)
    before, after = "…" if start else "", "…" if end else ""
    return tuple(f"{before}{text[start : len(text) - end]}{after}" for text in (old, new))


def _alike(one: str, other: str) -> int:
    """How many characters are the same at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
