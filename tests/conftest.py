"""What all tests share."""

import fcntl
import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings

from core.management.commands.prepare_site import starter_files
from tests.emptying import empty_tables, filled
from tests.own_database import laid_out, own_database
from tests.starter import family_files

# Time is measured in benchmarks: here a busy machine would fail what is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session):
    """What was imported and collected stays to the end: nobody needs to look through it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000)
        gc.enable()


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what it could answer otherwise than SQLite, where all was tested: what asks a database at all,
    unless its queries are those that others make on both.
    """
    # The longest tests begin, so that at the end no process waits for another.
    items.sort(key=lambda item: item.path.parent.name != "project" and "whole_collection" not in item.fixturenames)
    if connection.vendor == "sqlite":
        return
    asking = [item for item in items if item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames]
    there = [item for item in asking if not item.get_closest_marker("same_everywhere")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(there)])
    items[:] = there


@pytest.fixture(scope="session", autouse=True)
def quick_hashes():
    """In production a password is hashed a million times, for it to be slow to guess; here it only takes time."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """All migrations are noted as done, for the tables that come straight from the models are what they would make."""
    with django_db_blocker.unblock():
        executor = MigrationExecutor(connection)
        executor.recorder.ensure_schema()
        for app, name in executor.loader.disk_migrations:
            executor.recorder.record_applied(app, name)
        seeds = filled()
    # Django would truncate every table, and do anew all that `migrate` does at its end: on PostgreSQL, seconds.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_tables(*filled() - seeds))
        yield


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """An SQLite file in which all migrations have run: to be copied by what needs a database of its own.

    They take a quarter of a minute, so they run once for all processes.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    made, making = folder / "migrated.sqlite3", folder / "migrating.sqlite3"
    with open(folder / "migrated.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not made.exists():
            environment = os.environ | {"DATABASE_URL": f"sqlite:///{making}", "DEBUG": "1"}
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=Path(__file__).parent.parent, env=environment, check=True)
            making.rename(made)
    return made


@pytest.fixture(scope="session")
def layout(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), laid_out(tmp_path_factory.mktemp("layout")) as name:
        yield name


@pytest.fixture
def own(layout, db, tmp_path):
    """A database of its own, empty, in which what is written stays."""
    with own_database(tmp_path, layout):
        yield


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """What other fixtures of a module write is there for all its tests, and rolled back after them."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        # What was taken back still lies in the tables, and all that comes later would read over it.
        tend("VACUUM")


@pytest.fixture(scope="module")
def collection(kept):
    """One family of the starter collection, loaded once for all tests of a module."""
    load(family_files())


@pytest.fixture(scope="module")
def whole_collection(kept):
    """All of the starter collection, likewise; it takes seconds, so few modules ask for it."""
    load(starter_files())


def load(files: list[str]) -> None:
    call_command("import_records", *files, verbosity=0)
    # Autovacuum sees none of these rows, and after it the planner would take the tables for empty.
    tend("ANALYZE")
    # Or PostgreSQL would check at the end of each test what all these rows refer to.
    connection.check_constraints()


def tend(command: str) -> None:
    """On PostgreSQL, of this database alone: to tend the tables that all share, processes wait for each other."""
    if connection.vendor == "postgresql":
        tables = map(connection.ops.quote_name, connection.introspection.table_names())
        connection.cursor().execute(f"{command} {', '.join(tables)}")
