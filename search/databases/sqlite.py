"""SQLite: two FTS5 tables over the documents, and triggers on every table of entries."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import models

from search.kinds import columns_sql, is_searched_sql, read_sql
from search.query import Query, Way

LEAST = "min"
ID = "rowid"
# A document is none of those whose ids are given as `many` has them, however many these are.
NONE_OF = "rowid NOT IN (SELECT value FROM json_each(%s))"
many = json.dumps
# What each index holds. Names apart: whoever types is answered from them alone, however much text there is.
INDEXES = {
    "names": ("title", "aliases", "squeezed"),
    "words": ("title", "aliases", "squeezed", "summary", "text"),
}
# Kinds and keys of entries whose documents `at_once` is to write. As long as it has rows, new entries go there.
WAITING = "search_waiting"


def statements(kinds: list[type[models.Model]]) -> list[str]:
    """The SQL that makes the index and the triggers, one statement each."""
    made = []
    for index, columns in INDEXES.items():
        new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
        names, table = ", ".join(columns), f"search_{index}"
        prefix = ", prefix='1 2 3 4'" if index == "names" else ""
        add = f"INSERT INTO {table} (rowid, {names}) VALUES (new.id, {new});"
        drop = f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', old.id, {old});"
        made += [
            f"CREATE VIRTUAL TABLE {table} USING fts5({names}, content='search_document', content_rowid='id',"
            f" tokenize='unicode61 remove_diacritics 2'{prefix})",
            f"CREATE TRIGGER {table}_insert AFTER INSERT ON search_document BEGIN {add} END",
            f"CREATE TRIGGER {table}_update AFTER UPDATE ON search_document BEGIN {drop} {add} END",
            f"CREATE TRIGGER {table}_delete AFTER DELETE ON search_document BEGIN {drop} END",
        ]
    made.append("CREATE VIRTUAL TABLE search_spellings USING fts5vocab(search_names, row)")
    made.append(f"CREATE TABLE {WAITING} (kind TEXT, key INTEGER)")
    some_wait = f"EXISTS (SELECT 1 FROM {WAITING})"
    for model in kinds:
        table, read = model._meta.db_table, read_sql(model)
        columns = columns_sql(model, LEAST)
        add = (
            f"INSERT INTO search_document ({', '.join(columns)})"
            f" SELECT {', '.join(columns.values())} WHERE {is_searched_sql(model)};"
        )
        drop = f"DELETE FROM search_document WHERE kind = {columns['kind']} AND key = old.id;"
        made += [
            f'CREATE TRIGGER search_{table}_insert AFTER INSERT ON "{table}" WHEN NOT {some_wait} BEGIN {add} END',
            f'CREATE TRIGGER search_{table}_wait AFTER INSERT ON "{table}" WHEN {some_wait}'
            f" BEGIN INSERT INTO {WAITING} VALUES ({columns['kind']}, new.id); END",
            f'CREATE TRIGGER search_{table}_update AFTER UPDATE OF {read} ON "{table}" BEGIN {drop} {add} END',
            f'CREATE TRIGGER search_{table}_delete AFTER DELETE ON "{table}" BEGIN {drop} END',
        ]
    return made


def install(cursor, kinds: list[type[models.Model]]) -> None:
    for statement in statements(kinds):
        cursor.execute(statement)


def is_installed(cursor, kinds: list[type[models.Model]]) -> bool:
    cursor.execute("SELECT sql FROM sqlite_master WHERE name LIKE 'search!_%' ESCAPE '!'")
    return set(statements(kinds)) <= {sql for (sql,) in cursor.fetchall()}


def triggers(cursor) -> list[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search!_%' ESCAPE '!'")
    return [name for (name,) in cursor.fetchall()]


def remove(cursor) -> None:
    for name in triggers(cursor):
        cursor.execute(f'DROP TRIGGER "{name}"')
    for table in (WAITING, "search_spellings", *(f"search_{index}" for index in INDEXES)):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


@contextmanager
def at_once(cursor, kinds: Iterable[type[models.Model]]) -> Iterator[None]:
    """The documents of new entries are written when it ends, by their ids: in a third of the time.

    FTS5 gathers words in memory and writes them out whenever a statement ends or a document has a lower id than the
    last. The transaction that this is part of takes back what waits, if it is not reached.
    """
    cursor.execute(f"INSERT INTO {WAITING} VALUES ('', 0)")
    yield
    for model in kinds:
        columns = columns_sql(model, LEAST)
        # An entry that was changed meanwhile has its document by that.
        cursor.execute(
            f"INSERT INTO search_document ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f' FROM "{model._meta.db_table}" AS new WHERE {is_searched_sql(model)}'
            f" AND new.id IN (SELECT key FROM {WAITING} WHERE kind = {columns['kind']}) AND NOT EXISTS"
            f" (SELECT 1 FROM search_document WHERE kind = {columns['kind']} AND key = new.id) ORDER BY 1"
        )
    cursor.execute(f"DELETE FROM {WAITING}")


def matches(index: str) -> str:
    """The documents that match, as the end of a query; its one parameter is what `expression` gives."""
    return f"FROM search_{index} WHERE search_{index} MATCH %s"


def expression(query: Query, *, summary: bool = False) -> str:
    """The query in FTS5's language; with `summary`, the text behind names and summary is left aside."""
    groups = (f"({' OR '.join(map(_way, group.widest))})" for group in query.groups)
    found = (" OR " if query.any else " AND ").join(groups)
    if query.name:
        found = f"({found}) OR squeezed : {_way(query.name)}"
    return f"{{title aliases squeezed summary}} : ({found})" if summary else found


def without(expression: str, ways: Sequence[Way]) -> str:
    return f"({expression}) NOT ({any_of(ways)})"


def any_of(ways: Sequence[Way]) -> str:
    return " OR ".join(map(_way, ways))


def _way(way: Way) -> str:
    # Words are letters and digits alone; quoted, AND and NEAR are words, too.
    return f'"{" ".join(way.words)}"{" *" if way.prefix else ""}'
