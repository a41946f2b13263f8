import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState
from django.db.models import Index

from core.operations import AddIndexConcurrently


@pytest.mark.django_db
def test_index_is_made_and_dropped_while_others_write():
    before = ProjectState.from_apps(apps)
    operation = AddIndexConcurrently("term", Index(fields=["abbreviation"], name="by_abbreviation"))
    after = before.clone()
    operation.state_forwards("glossary", after)

    # Not entered: SQLite's wants no transaction around it, and a test has one.
    editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []

    operation.database_forwards("glossary", editor, before, after)
    operation.database_backwards("glossary", editor, after, before)

    how = " CONCURRENTLY" if connection.vendor == "postgresql" else ""
    made, dropped = editor.collected_sql
    assert made.startswith(f'CREATE INDEX{how} "by_abbreviation" ON "glossary_term"')
    assert dropped.startswith(f"DROP INDEX{how} ")
