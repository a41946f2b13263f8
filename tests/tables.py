"""The project's tables in a database, described: equal descriptions, equal tables, whatever made them."""

import json

from django.db import connection

APPS = ("catalog_", "core_", "editorial_", "glossary_", "research_", "search_")


def described() -> dict[str, list[str]]:
    """The columns, constraints and indexes of each table; the order of columns does not matter."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith(APPS)]
        return {name: sorted([*_columns(cursor, name), *_constraints(cursor, name)]) for name in names}


def _columns(cursor, table: str) -> list[str]:
    return [str(tuple(column)) for column in connection.introspection.get_table_description(cursor, table)]


def _constraints(cursor, table: str) -> list[str]:
    described = connection.introspection.get_constraints(cursor, table).items()
    # Django numbers those to which SQLite gives no name.
    return [json.dumps(["" if name.startswith(("fk_", "__")) else name, what]) for name, what in described]
