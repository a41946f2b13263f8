"""One moment of the collection: what is read within a snapshot fits together, whoever writes meanwhile."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone

from core.reading import reading

_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def now() -> datetime.datetime:
    """The time by which entries are published or not: within a snapshot always the same."""
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime.datetime) -> Iterator[None]:
    """While it lasts, `now` is that moment."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within stands as it stood at the first query, and nobody who writes has to wait.

    Within a transaction that has begun already, that one says what is read.
    """
    token, connection = _moment.set(now()), reading()
    try:
        if connection.in_atomic_block:
            yield
        elif connection.vendor == "sqlite":
            with _reading_only(), transaction.atomic():
                yield
        else:
            with transaction.atomic(connection.alias), connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield
    finally:
        _moment.reset(token)


@contextmanager
def _reading_only() -> Iterator[None]:
    """Transactions that begin within wait for no writer, and let none wait."""
    connection = reading()
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = mode
