"""A database without a collection."""

from django.apps import apps
from django.db import connection, transaction


def empty(*names: str) -> None:
    """Within a test, whose end takes it back: delete all rows of these apps, or of all that hold the collection and its
    past, whatever points at them.
    """
    for name in names or ("glossary", "research", "catalog", "editorial"):
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            model._base_manager.all()._raw_delete("default")


def filled() -> set[str]:
    """The tables that hold any row, but for the documents of search, which come and go with their entries."""
    tables = set(connection.introspection.django_table_names(include_views=False)) - {"search_document"}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT * FROM {table})" for table in tables))
        return {table for (table,) in cursor}


def empty_tables(*tables: str) -> None:
    """Delete all rows of these tables, and commit that."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
