"""What earlier versions wrote is read for ever, and their code goes on while the database becomes today's."""

import json
import sqlite3
from contextlib import closing

import dj_database_url
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from core import table_states
from search import index

RELEASED = settings.BASE_DIR / "tests" / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir() if folder.is_dir())
ALIAS = "upgraded"
# Nothing in it has to survive a crash.
UNSAFE = "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;"
# Models that the code of a version could no longer write after a migration, from before there were rules.
BROKEN = {
    "0.1.0": {"glossary.0002_term_idioms": {"glossary.Term", "glossary.HistoricalTerm"}},
}


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["loaddata", "import_records"])
@pytest.mark.parametrize("version", VERSIONS)
def test_released_fixtures_load(version, door):
    file = RELEASED / version / "collection.json"
    records = [record["model"] for record in json.loads(file.read_text())]

    call_command(door, str(file), verbosity=0)

    counts = {kind: apps.get_model(kind).objects.count() for kind in records}
    assert counts == {kind: records.count(kind) for kind in records}
    assert len(counts) > 10


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_blocker):
    """A function from a version to a database as it wrote it."""
    folder = tmp_path_factory.mktemp("upgrading")

    def laid_out(version: str):
        file = folder / f"{version}.sqlite3"
        with closing(sqlite3.connect(file)) as plain:
            plain.executescript((RELEASED / version / "database.sql").read_text())
        own = dj_database_url.parse(f"sqlite:///{file}")
        connections.settings[ALIAS] = {**connections.settings["default"], **own, "OPTIONS": {"init_command": UNSAFE}}
        return connections[ALIAS]

    with django_db_blocker.unblock():
        yield laid_out
        connections[ALIAS].close()
        del connections[ALIAS], connections.settings[ALIAS]


class Code:
    """The models of a version, as its code has them."""

    def __init__(self, executor: MigrationExecutor):
        applied = executor.loader.applied_migrations
        known = [node for node in executor.loader.graph.nodes if node in applied]
        self.models = [
            model
            for model in executor.loader.project_state(known).apps.get_models()
            if model._meta.app_label in ("catalog", "editorial", "glossary", "research")
        ]
        self._tables = {}

    def rows(self) -> dict[str, list[dict]]:
        return {m._meta.label: list(m._base_manager.using(ALIAS).order_by("pk").values()) for m in self.models}

    def broken(self) -> set[str]:
        """The models that it could not read or write now, of those whose tables are others than when it last asked."""
        with connections[ALIAS].cursor() as cursor:
            tables = dict(cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
        changed = [m for m in self.models if tables.get(m._meta.db_table) != self._tables.get(m._meta.db_table)]
        self._tables = tables
        return {model._meta.label for model in changed if not self._works(model)}

    def _works(self, model) -> bool:
        try:
            with transaction.atomic(ALIAS):
                # Keys are looked after at the end, which does not come.
                for row in model._base_manager.using(ALIAS).order_by("pk")[:1]:
                    row.save(using=ALIAS, force_update=True)
                    model._base_manager.using(ALIAS).filter(pk=row.pk)._raw_delete(ALIAS)
                    row.save(using=ALIAS, force_insert=True)
                transaction.set_rollback(True, ALIAS)
        except DatabaseError:
            return False
        return True


@pytest.mark.parametrize("version", VERSIONS)
def test_database_of_a_version_becomes_todays_while_its_code_goes_on(version, database):
    connection = database(version)
    executor = MigrationExecutor(connection)
    code = Code(executor)
    before, told = code.rows(), {}
    assert code.broken() == set()
    assert sum(map(bool, before.values())) > 15

    state = executor._create_project_state(with_applied_migrations=True)
    state.apps  # noqa: B018 - drawn now, it is kept up; otherwise each operation draws all models anew
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        state = executor.apply_migration(state, migration)
        if broken := code.broken().difference(*told.values()):
            told[str(migration)] = broken

    assert told == BROKEN[version]
    assert code.rows() == before, "nothing is lost"
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    table_states.install(ALIAS)
    published = [len(rows) for label, rows in before.items() if label == "glossary.Term"]
    assert [index.rebuild(ALIAS)["term"]] == published
