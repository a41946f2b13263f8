"""What was computed from the collection, kept in this process until a table changes from which it came.

A change shows at the next request in every process: see `core.table_states`. What depends on `publish_at` is kept until
the next such time comes.
"""

import datetime
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, wraps
from threading import RLock
from time import monotonic
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from core.models import entry_kinds
from core.reading import reading
from core.table_states import states

_loading = RLock()
# The tables read so far by each of the values that are being computed, one for the sake of another.
_reading: ContextVar[tuple[set[str], ...]] = ContextVar("reading", default=())


@dataclass(frozen=True)
class Kept:
    """A value, the state in which each table was that it came from, and the time until which it holds at most."""

    value: Any
    states: dict[str, int]
    until: datetime.datetime | None


class Recent(OrderedDict):
    """A store for `recall` that holds at most so much weight: what was asked for longest ago goes first."""

    def __init__(self, most: int, weigh: Callable[[Any], int]):
        super().__init__()
        self.most, self.weigh = most, weigh

    def get(self, key: Hashable, default: Kept | None = None) -> Kept | None:
        # Another thread may have dropped it in between.
        with suppress(KeyError):
            self.move_to_end(key)
        return super().get(key, default)

    def __setitem__(self, key: Hashable, kept: Kept) -> None:
        super().__setitem__(key, kept)
        # A list at one stroke: another thread may ask for a value meanwhile.
        while len(self) > 1 and sum(self.weigh(kept.value) for kept in list(self.values())) > self.most:
            self.popitem(last=False)


class Memory:
    """What one request may take for true: the tables are asked for their states once.

    Inside a transaction nothing is kept for others, or recalled: what it sees, it may see alone.
    """

    def __init__(self):
        self._own: dict[Hashable, Any] = {}
        self._due: dict[str, datetime.datetime | None] = {}

    def recall(self, store: dict[Hashable, Kept], key: Hashable, load: Callable[[], Any]) -> Any:
        """What `load` gives, from `store` if nothing that it read has changed since."""
        if self._connection.in_atomic_block:
            if key not in self._own:
                self._own[key] = load()
            return self._own[key]
        kept = store.get(key)
        if not (kept and self._holds(kept)):
            with _loading:
                kept = store.get(key)
                if not (kept and self._holds(kept)):
                    kept = store[key] = self._load(load)
        # What is recalled while something else is computed, that comes from the same tables.
        for read in _reading.get():
            read.update(kept.states)
        return kept.value

    # Read before any value is computed: whatever changes in between, the value passes for older than it is.
    @cached_property
    def now(self) -> datetime.datetime:
        return timezone.now()

    @cached_property
    def states(self) -> dict[str, int]:
        return states(self._connection.alias)

    # Looked up once: a list recalls dozens of values.
    @cached_property
    def _connection(self) -> BaseDatabaseWrapper:
        return reading()

    def _holds(self, kept: Kept) -> bool:
        in_time = kept.until is None or self.now < kept.until
        return in_time and kept.states.items() <= self.states.items()

    def _load(self, load: Callable[[], Any]) -> Kept:
        states, read = self.states, set()

        def note(execute, sql, *rest):
            read.update(table for table in states if f'"{table}"' in sql)
            return execute(sql, *rest)

        token = _reading.set((*_reading.get(), read))
        try:
            with self._connection.execute_wrapper(note):
                value = load()
        finally:
            _reading.reset(token)
        times = [time for time in map(self._next_publication, read) if time]
        return Kept(value, {table: states[table] for table in read}, min(times, default=None))

    def _next_publication(self, table: str) -> datetime.datetime | None:
        if table not in self._due:
            kind = next((m for m in entry_kinds() if m._meta.db_table == table), None)
            self._due[table] = kind.objects.next_due(self.now) if kind else None
        return self._due[table]


def remembered(load: Callable[[], Any]) -> Callable[[], Any]:
    """`load`, called again only once something that it read has changed. Its value is shared: nobody may change it."""
    store: dict[Hashable, Kept] = {}

    @wraps(load)
    def recall() -> Any:
        return Memory().recall(store, load, load)

    return recall


# What takes longer to compute than so many seconds, stands so many times as long as it took more.
QUICK, LINGER = 0.5, 100


def lingering(load: Callable[[], Any]) -> Callable[[], Any]:
    """As `remembered`, for what may be a little late: the longer it took to compute, the longer it stands.

    Of a small collection, it is never late; of a large one, little more than a hundredth of the time goes into it.
    """
    recall, kept, until = remembered(load), None, 0.0

    @wraps(load)
    def recall_lately() -> Any:
        nonlocal kept, until
        if reading().in_atomic_block:
            return recall()
        begun = monotonic()
        if begun >= until:
            kept = recall()
            ended = monotonic()
            until = ended + LINGER * max(0, ended - begun - QUICK)
        return kept

    return recall_lately
