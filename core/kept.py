"""What is worked out of the whole database once and kept in the process until the database changes."""

import threading
import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from django.db import connection

Value = TypeVar("Value")


def snapshot() -> Hashable:
    """Two that are equal saw the same database; None inside a transaction, whose own changes may be taken back.

    SQLite tells of the changes by other connections and counts those by this one, so that the connection is part of
    the answer; PostgreSQL names the transactions that are visible. Either costs less than any query.
    """
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            return cursor.execute("SELECT pg_current_snapshot()::text").fetchone()
        (version,) = cursor.execute("PRAGMA data_version").fetchone()
        return connection.connection, version, connection.connection.total_changes


def kept(build: Callable[[], Value]) -> Callable[[], Value]:
    """`build`, called again only when the database was written to, or a minute has passed: publication times come.

    Readers share its value, so that nobody may change it.
    """
    memory = threading.local()

    @wraps(build)
    def recall() -> Value:
        state = snapshot()
        if state is None:
            return build()
        now = (state, time.monotonic() // 60)
        if getattr(memory, "now", None) != now:
            # Looked at before building: what is written meanwhile is seen the next time.
            memory.value, memory.now = build(), now
        return memory.value

    return recall
