"""SQLite: copied by its own backup at one stroke, for which no writer waits and which none makes begin again."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from core.backups.archive import LEFT_OUT, Content, Unusable

# So many seconds at most it waits for others who write, and they wait for it.
PATIENCE = 60
# It looks after so many pages how it goes on.
PIECE = 100


def rows(cursor: Any) -> Counter[str]:
    """How many rows each table has. Virtual ones have none of their own: they have no first page."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
    tables = [name for (name,) in cursor.fetchall()]
    return Counter({name: cursor.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables})


def copy(data: Path) -> None:
    """Writes the state that the present transaction sees: one file, without what was deleted before."""
    raw = data.with_name("raw")
    with closing(sqlite3.connect(raw)) as new:
        connection.connection.backup(new)
        with new:
            new.execute(f"DELETE FROM {LEFT_OUT}")
        new.execute("VACUUM INTO ?", [str(data)])
    raw.unlink()


def content(data: Path) -> Content:
    """What a copy has. Unusable where SQLite finds that it is damaged."""
    with closing(sqlite3.connect(f"{data.as_uri()}?mode=ro", uri=True)) as file:
        found = file.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise Unusable(f"The copy is damaged: {found[0][0]}")
        return Content(rows(file.cursor()), dict(file.execute("SELECT name, token FROM core_table_state")))


def put(data: Path) -> None:
    """Migrates the copy, and writes it over what is there in one transaction.

    Who reads meanwhile sees what was there; the file stays the same one, so workers need not open it again.
    """
    name = connection.settings_dict["NAME"]
    with _standing_in(data):
        call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    with closing(sqlite3.connect(data)) as source, closing(sqlite3.connect(name, timeout=PATIENCE)) as live:
        source.backup(live, pages=PIECE, progress=_watched())


@contextmanager
def _standing_in(data: Path) -> Iterator[None]:
    """All that asks the site's database, asks this file."""
    live = connections["default"]
    connections["default"] = live.copy()
    connection.settings_dict["NAME"] = str(data)
    try:
        yield
    finally:
        connection.close()
        connections["default"] = live


def _watched() -> Callable[[int, int, int], None]:
    """Looks at how the copying goes on, and ends it where it does not begin."""
    until = monotonic() + PATIENCE

    def look(status: int, left: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            raise Unusable("others were writing all the time.")

    return look
