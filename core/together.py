"""Entries of one kind that are looked at one after another, as a static copy does: what each takes is read at once.

To build a query takes longer than to run it, and one for ten entries takes no longer to build than one for a single.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from core.memory import Kept, Memory
from core.models import Record

_looked_at: ContextVar["Together | None"] = ContextVar("looked_at", default=None)


class Together:
    """Entries, and what was read of them: by a memory, so that what is remembered of it knows where it came from."""

    def __init__(self, kind: type[Record] | None, slugs: Collection[str]):
        self.kind, self.slugs = kind, slugs
        self._memory, self._store = Memory(), dict[str, Kept]()

    @cached_property
    def numbers(self) -> list[int]:
        return list(self.kind.objects.filter(slug__in=self.slugs).values_list("pk", flat=True))

    def read(self, what: str, load: Callable[[Collection[int]], Mapping]) -> Mapping:
        return self._memory.recall(self._store, what, lambda: load(self.numbers))


@contextmanager
def together(kind: type[Record] | None, slugs: Collection[str]) -> Iterator[None]:
    """While it lasts, `of_all` reads of these entries at once."""
    token = _looked_at.set(Together(kind, slugs))
    try:
        yield
    finally:
        _looked_at.reset(token)


def of_all(kind: type[Record], what: str, key: Any, load: Callable[[Collection[int]], Mapping]) -> Any:
    """What `load`, given the numbers of all entries of that kind that are looked at together, has at `key`.

    None where it has nothing there, or no entries of that kind are looked at. It is shared: nobody may change it.
    """
    looked_at = _looked_at.get()
    if looked_at is None or looked_at.kind is not kind:
        return None
    return looked_at.read(what, load).get(key)
