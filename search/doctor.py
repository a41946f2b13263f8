"""Whether search finds what the entries say."""

from collections.abc import Iterator

from django.db import DatabaseError, connection, models, transaction

from core.doctor import Told, fail, ok
from core.snapshot import snapshot
from search.databases import database_of
from search.kinds import KINDS, columns_sql, is_searched_sql

# So many entries of each kind are compared, chosen at random.
SAMPLE = 50
REBUILD = "Run manage.py rebuild_search."


def search_triggers(thorough: bool) -> Iterator[Told]:
    with connection.cursor() as cursor:
        if database_of(connection).is_installed(cursor, list(KINDS.values())):
            yield ok("Triggers keep the search index in step.")
        else:
            yield fail("The triggers that keep the search index in step are not as this code wants them.", REBUILD)


def search_index(thorough: bool) -> Iterator[Told]:
    """Counts and a sample; looked at closely, every entry, and on SQLite the words of all documents."""
    compared, wrong = 0, []
    with snapshot():
        for kind, model in KINDS.items():
            entries, documents, differing = _compare(kind, model, thorough)
            compared += entries if thorough else min(entries, SAMPLE)
            if entries != documents or differing:
                wrong.append(
                    f"{documents:,} documents of {entries:,} {kind} entries, {differing} of those compared differ"
                )
    if wrong:
        yield fail(f"The search index is not in step: {'; '.join(wrong)}.", REBUILD)
    elif thorough and connection.vendor == "sqlite" and not _words_are_whole():
        yield fail("The words of the search index are not those of its documents.", REBUILD)
    else:
        yield ok(f"The search index is in step; {compared:,} entries compared.")


def _compare(kind: str, model: type[models.Model], thorough: bool) -> tuple[int, int, int]:
    """How many entries of the kind there are to be found, how many documents, and how many of these differ."""
    columns = columns_sql(model, database_of(connection).LEAST)
    entries = f'FROM "{model._meta.db_table}" AS new WHERE {is_searched_sql(model)}'
    documents, own, other = "FROM search_document WHERE kind = %s", "", ""
    with connection.cursor() as cursor:
        if not thorough:
            cursor.execute(f"SELECT new.id {entries} ORDER BY random() LIMIT {SAMPLE}")
            keys = ", ".join(str(key) for (key,) in cursor.fetchall()) or "NULL"
            own, other = f" AND new.id IN ({keys})", f" AND key IN ({keys})"
        expected = f"SELECT {', '.join(columns.values())} {entries}{own}"
        differing = f"{expected} EXCEPT SELECT {', '.join(columns)} {documents}{other}"
        return (
            _one(cursor, f"SELECT count(*) {entries}"),
            _one(cursor, f"SELECT count(*) {documents}", kind),
            _one(cursor, f"SELECT count(*) FROM ({differing}) AS differing", kind),
        )


def _one(cursor, sql: str, *parameters: str) -> int:
    cursor.execute(sql, parameters or None)
    return cursor.fetchone()[0]


def _words_are_whole() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for index in database_of(connection).INDEXES:
                cursor.execute(f"INSERT INTO search_{index} (search_{index}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
