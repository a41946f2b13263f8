"""The index behind search: made, rebuilt, and asked for documents."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.db import connection, connections, transaction
from django.db.models import QuerySet

from core.memory import remembered
from core.reading import reading
from search.databases import database_of
from search.kinds import KEY, KINDS, PLACE, SEEN, columns_sql, is_searched_sql
from search.models import Document
from search.query import Way

# The keys of the entries that are searched, by kind; None where all are.
Among = dict[str, QuerySet] | None
# The bits of a document's id that are the key of its entry.
_KEY = (1 << KEY) - 1


def remove(*, using: str, plan: list = (), **kwargs) -> None:
    """Before migrations: a table that changes its shape must not have triggers that know the old one."""
    if plan:
        with transaction.atomic(using), connections[using].cursor() as cursor:
            database_of(connections[using]).remove(cursor)


def install(*, using: str, plan: list = (), **kwargs) -> None:
    """After migrations, and whenever what is installed is not what this code says: makes and fills the index."""
    tables = set(connections[using].introspection.table_names())
    if Document._meta.db_table not in tables:
        return
    kinds = [model for model in KINDS.values() if model._meta.db_table in tables]
    with connections[using].cursor() as cursor:
        done = not plan and database_of(connections[using]).is_installed(cursor, kinds)
    if not done:
        rebuild(using, kinds)


def rebuild(using: str = "default", kinds: list | None = None) -> Counter:
    """Makes the index anew from the tables of the entries; how many documents of each kind it has now."""
    database = database_of(connections[using])
    kinds = list(KINDS.values()) if kinds is None else kinds
    with transaction.atomic(using), connections[using].cursor() as cursor:
        database.remove(cursor)
        Document.objects.using(using).all()._raw_delete(using)
        database.install(cursor, kinds)
        counts = Counter()
        for model in kinds:
            columns = columns_sql(model, database.LEAST)
            cursor.execute(
                f"INSERT INTO search_document ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
                f' FROM "{model._meta.db_table}" AS new WHERE {is_searched_sql(model)} ORDER BY 1'
            )
            counts[model._meta.verbose_name] = cursor.rowcount
    return counts


@contextmanager
def at_once() -> Iterator[None]:
    """Within a transaction: many new entries get their documents together, where that takes less time."""
    with connection.cursor() as cursor, database_of(connection).at_once(cursor, KINDS.values()):
        yield


@dataclass
class Within:
    """Which of the documents that match are looked at: those that readers may see, and of these some."""

    # Those that have any of these words are left out.
    but: Sequence[Way] = ()
    # The entries there are to choose from.
    among: Among = None

    @cached_property
    def hidden(self) -> list[int]:
        return hidden()

    def matches(self, index: str, expression: str, kind: str = "") -> tuple[str, list]:
        """The matches as the end of a query, with its parameters."""
        database, (sql, parameters) = database_of(reading()), _matching(index, expression, kind, self.but)
        column = database.ID
        if self.hidden:
            sql += f" AND ({column} & {SEEN} <> 0 OR {database.NONE_OF})"
            parameters.append(database.many(self.hidden))
        if self.among is not None:
            chosen = []
            for one, entries in self.among.items():
                there, values = entries.query.sql_with_params()
                chosen.append(f"{column} BETWEEN %s AND %s AND {column} & {_KEY} IN ({there})")
                parameters += [*KINDS[one].searched.ids, *values]
            sql += f" AND ({' OR '.join(chosen)})"
        return sql, parameters

    def first(self, index: str, expression: str, limit: int, kind: str = "") -> tuple[str, list]:
        """A query for the ids of the first `limit` of them, in the order of their ids, with its parameters."""
        column, (condition, parameters) = database_of(reading()).ID, self.matches(index, expression, kind)
        return f"SELECT {column} {condition} ORDER BY {column} LIMIT %s", [*parameters, limit]


def find(index: str, expression: str, *, limit: int) -> list[int]:
    """The ids of the first `limit` visible documents that match, in the order of their ids."""
    return [id for (id,) in _rows(*Within().first(index, expression, limit))]


def first(expression: str, limits: dict[str, int], within: Within) -> list[int]:
    """The ids of the first visible documents that match, so many of each kind as `limits` says, in their order."""
    parts = [within.first("words", expression, limit, kind) for kind, limit in limits.items()]
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part" for part, _ in parts)
    return sorted(id for (id,) in _rows(sql, [value for _, values in parts for value in values]))


def named(expression: str, within: Within, limit: int) -> list[tuple[int, str, str]]:
    """Id, title and squeezed names of the first `limit` visible documents whose names match."""
    sql, parameters = within.first("names", expression, limit)
    return _rows(f"SELECT id, title, squeezed FROM search_document WHERE id IN ({sql})", parameters)


def keys(index: str, expression: str, *, kind: str, but: Sequence[Way] = ()) -> list[int]:
    """The keys of all entries of a kind that match. Some may be hidden yet: whoever asks knows which readers see."""
    condition, parameters = _matching(index, expression, kind, but)
    return [key for (key,) in _rows(f"SELECT {database_of(reading()).ID} & {_KEY} {condition}", parameters)]


def count(expression: str, within: Within | None = None) -> dict[str, int]:
    """How many visible documents match, by kind."""
    condition, parameters = (within or Within()).matches("words", expression)
    column = database_of(reading()).ID
    rows = _rows(f"SELECT {column} >> {PLACE}, count(*) {condition} GROUP BY 1 ORDER BY 1", parameters)
    return {KINDS.of_id(place << PLACE): number for place, number in rows}


@remembered
def hidden() -> list[int]:
    """The ids of the documents that readers may not see yet: few, and every search leaves them out."""
    return list(Document.objects.hidden().order_by().values_list("pk", flat=True))


def spellings(first: str) -> list[str]:
    """The words of names that begin with this letter."""
    rows = _rows("SELECT term FROM search_spellings WHERE term >= %s AND term < %s", [first, chr(ord(first) + 1)])
    return [term for (term,) in rows]


def _matching(index: str, expression: str, kind: str, but: Sequence[Way]) -> tuple[str, list]:
    """All matches, hidden ones too, as the end of a query with its parameters."""
    database = database_of(reading())
    if but and index == "words":
        expression = database.without(expression, but)
    sql, parameters = database.matches(index), [expression]
    if kind:
        sql += f" AND {database.ID} BETWEEN %s AND %s"
        parameters += KINDS[kind].searched.ids
    if but and index != "words":
        sql += f" AND {database.ID} NOT IN (SELECT {database.ID} {database.matches('words')})"
        parameters.append(database.any_of(but))
    return sql, parameters


def _rows(sql: str, parameters: list) -> list[tuple]:
    with reading().cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
