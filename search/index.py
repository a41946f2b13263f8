"""The index behind search: made, rebuilt, and asked for documents."""

from collections import Counter
from collections.abc import Sequence

from django.db import connections, transaction
from django.db.models import QuerySet

from core.reading import reading
from search.databases import database_of
from search.kinds import IMPORTANCE, KEY, KINDS, columns_sql, is_searched_sql
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


def find(
    index: str, expression: str, *, kind: str = "", but: Sequence[Way] = (), among: Among = None, limit: int
) -> list[int]:
    """The ids of the first `limit` visible documents that match, in the order of their ids.

    `but` leaves out those that have any of these words; `among` says which entries there are to choose from.
    """
    condition, parameters = _visible(index, expression, kind, but, among)
    column = database_of(reading()).ID
    return [id for (id,) in _rows(f"SELECT {column} {condition} ORDER BY {column} LIMIT %s", [*parameters, limit])]


def keys(index: str, expression: str, *, kind: str, but: Sequence[Way] = ()) -> list[int]:
    """The keys of all entries of a kind that match. Some may be hidden yet: whoever asks knows which readers see."""
    condition, parameters = _matching(index, expression, kind, but)
    return [key for (key,) in _rows(f"SELECT {database_of(reading()).ID} & {_KEY} {condition}", parameters)]


def count(expression: str, *, but: Sequence[Way] = (), among: Among = None) -> dict[str, int]:
    """How many visible documents match, by kind."""
    condition, parameters = _visible("words", expression, "", but, among)
    column = database_of(reading()).ID
    shift = IMPORTANCE + KEY
    rows = _rows(f"SELECT {column} >> {shift}, count(*) {condition} GROUP BY 1 ORDER BY 1", parameters)
    return {KINDS.of_id(place << shift): number for place, number in rows}


def spellings(first: str) -> list[str]:
    """The words of names that begin with this letter."""
    rows = _rows("SELECT term FROM search_spellings WHERE term >= %s AND term < %s", [first, chr(ord(first) + 1)])
    return [term for (term,) in rows]


def _visible(index: str, expression: str, kind: str, but: Sequence[Way], among: Among) -> tuple[str, list]:
    """The matches that readers may see, as the end of a query with its parameters."""
    column, (sql, parameters) = database_of(reading()).ID, _matching(index, expression, kind, but)
    hidden, values = Document.objects.hidden().order_by().values("pk").query.sql_with_params()
    sql += f" AND {column} NOT IN ({hidden})"
    parameters += values
    if among is not None:
        chosen = []
        for one, entries in among.items():
            there, values = entries.query.sql_with_params()
            chosen.append(f"{column} BETWEEN %s AND %s AND {column} & {_KEY} IN ({there})")
            parameters += [*KINDS[one].searched.ids, *values]
        sql += f" AND ({' OR '.join(chosen)})"
    return sql, parameters


def _matching(index: str, expression: str, kind: str, but: Sequence[Way]) -> tuple[str, list]:
    """All matches, likewise."""
    database = database_of(reading())
    sql, parameters = database.matches(index), [expression]
    if kind:
        sql += f" AND {database.ID} BETWEEN %s AND %s"
        parameters += KINDS[kind].searched.ids
    if but:
        sql += f" AND {database.ID} NOT IN (SELECT {database.ID} {database.matches('words')})"
        parameters.append(database.any_of(but))
    return sql, parameters


def _rows(sql: str, parameters: list) -> list[tuple]:
    with reading().cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
