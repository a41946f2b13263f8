"""The tables as one SQLite file: typed, with keys, and with an index of the words of each kind of entry."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from core.dump.tables import Column, Table

# Of Table Schema's types; the rest are texts.
AFFINITIES = {"boolean": "INTEGER", "integer": "INTEGER", "number": "REAL"}


class Database:
    """Made anew in one go, so that the same rows in the same order make the same bytes."""

    def __init__(self, path: Path, tables: Sequence[Table]):
        self.tables = tables
        self._connection = sqlite3.connect(path, isolation_level=None)
        # Nothing in it has to survive a crash: a half dump is never used.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "page_size=4096"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        for table in tables:
            self._connection.execute(_create(table))

    def add(self, table: Table, rows: Iterable[list]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)

    def finish(self) -> None:
        """Index what was added: where it refers to, and its words."""
        for table in self.tables:
            for column in table.columns:
                # What a primary key begins with is found by that.
                if column.refers and column.name != table.key[0]:
                    name = f"{table.name}_by_{column.name}"
                    self._connection.execute(f'CREATE INDEX "{name}" ON "{table.name}" ("{column.name}")')
            if words := [column.name for column in table.columns if column.prose]:
                self._index_words(table, words)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()

    def _index_words(self, table: Table, columns: list[str]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        made = f"""content="{table.name}", tokenize='unicode61 remove_diacritics 2'"""
        self._connection.execute(f'CREATE VIRTUAL TABLE "{table.name}_fts" USING fts5({names}, {made})')
        self._connection.execute(f"""INSERT INTO "{table.name}_fts" ("{table.name}_fts") VALUES ('rebuild')""")


def _create(table: Table) -> str:
    key = ", ".join(f'"{name}"' for name in table.key)
    rules = [f"PRIMARY KEY ({key})"]
    for column in table.columns:
        if column.refers:
            other, name = column.refers
            rules.append(f'FOREIGN KEY ("{column.name}") REFERENCES "{other}" ("{name}")')
    lines = ",\n  ".join([*map(_declare, table.columns), *rules])
    return f'CREATE TABLE "{table.name}" (\n  {lines}\n)'


def _declare(column: Column) -> str:
    needed = " NOT NULL" if column.required else ""
    return f'"{column.name}" {AFFINITIES.get(column.type, "TEXT")}{needed}'
