"""From which database one reads now: the primary, unless somebody said otherwise. Writes go to the primary."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"

_reads: ContextVar[str] = ContextVar("reads", default=PRIMARY)


@contextmanager
def reads_from(alias: str) -> Iterator[None]:
    """All that is read within comes from that database."""
    token = _reads.set(alias)
    try:
        yield
    finally:
        _reads.reset(token)


def reading() -> BaseDatabaseWrapper:
    """The connection that reads now; for SQL that no queryset writes."""
    return connections[_reads.get()]


class Router:
    """Tells querysets the same: `DATABASE_ROUTERS`."""

    def db_for_read(self, model, **hints) -> str:
        return _reads.get()

    def db_for_write(self, model, **hints) -> str:
        return PRIMARY

    def allow_relation(self, *objects, **hints) -> bool:
        return True

    def allow_migrate(self, db: str, *rest, **hints) -> bool:
        return db == PRIMARY
