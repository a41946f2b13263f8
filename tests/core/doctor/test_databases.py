"""Each check of the databases is shown what it is there for."""

import datetime

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core.backups import postgresql
from core.doctor import Level, databases
from core.table_states import install, unseen
from tests import factories as make

pytestmark = pytest.mark.django_db


def told(check: str, thorough: bool = False) -> list[tuple[str, str]]:
    return [(found.level, found.what) for found in getattr(databases, check)(thorough)]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_whole_database_is_told():
    make.make_term(name="Attention")

    levels = {check: [level for level, _ in told(check)] for check in ("server", "migrations", "table_states", "clock")}

    assert levels == {check: [Level.OK] for check in levels}


def test_migration_that_waits_fails():
    MigrationRecorder(connection).record_unapplied("glossary", "0005_index_what_is_due_next")

    assert told("migrations") == [(Level.FAIL, "1 migrations wait: glossary 0005_index_what_is_due_next …")]


def test_migration_of_a_later_version_is_warned_of():
    MigrationRecorder(connection).record_applied("glossary", "9999_later")
    MigrationRecorder(connection).record_applied("of_an_app_that_was_removed", "0001_initial")

    ((level, what),) = told("migrations")

    assert (level, "glossary 9999_later …" in what, "removed" in what) == (Level.WARN, True, False)


@pytest.mark.parametrize("lost", ["trigger", "token"])
def test_table_whose_changes_nobody_sees_fails(lost):
    assert unseen() == set()
    if lost == "token":
        run("DELETE FROM core_table_state WHERE name = 'glossary_term'")
    elif connection.vendor == "sqlite":
        run("DROP TRIGGER glossary_term_state_update")
    else:
        run("ALTER TABLE glossary_term DISABLE TRIGGER core_state")

    assert told("table_states") == [(Level.FAIL, "Nobody sees when glossary_term … change, 1 in all.")]

    if connection.vendor == "sqlite":
        install("default")
        assert unseen() == set(), "as the advice says"


def test_clock_that_went_back_is_warned_of():
    make.make_term(name="Attention", updated_at=timezone.now() + datetime.timedelta(hours=1))

    ((level, what),) = told("clock")

    assert (level, what.startswith("An entry was saved in the future, at ")) == (Level.WARN, True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has the clock of this machine")
def test_clock_of_a_database_that_is_another_is_warned_of(monkeypatch):
    later = timezone.now() + datetime.timedelta(minutes=5)
    monkeypatch.setattr(databases.timezone, "now", lambda: later)

    assert told("clock")[0] == (Level.WARN, "The clocks of this machine and the database are 300 seconds apart.")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL looks after its files itself")
class TestSQLite:
    @pytest.fixture
    def pragmas(self, monkeypatch):
        """What SQLite answers, as a test says."""
        answers, ask = {}, databases._pragma
        monkeypatch.setattr(databases, "_pragma", lambda cursor, name: answers.get(name) or ask(cursor, name))
        return answers

    @pytest.mark.parametrize(
        ("pragma", "answer", "expected"),
        [
            ("journal_mode", "delete", (Level.WARN, "Readers wait for writers: the journal is “delete”.")),
            ("foreign_keys", 0, (Level.FAIL, "Keys are not looked after.")),
            ("quick_check", "row 1 missing", (Level.FAIL, "The file is damaged: row 1 missing.")),
        ],
    )
    def test_database_that_is_not_as_it_should_be_is_told(self, pragmas, pragma, answer, expected):
        pragmas[pragma] = [(answer,)]

        assert told("server")[0] == expected

    def test_row_that_points_at_nothing_fails_where_one_looks_closely(self):
        run("INSERT INTO glossary_term_see_also (from_term_id, to_term_id) VALUES (9999, 9998)")

        assert [level for level, _ in told("server")] == [Level.OK]
        assert told("server", True) == [(Level.FAIL, "2 rows point at nothing, the first in glossary_term_see_also.")]
        run("DELETE FROM glossary_term_see_also")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no replicas")
class TestPostgreSQL:
    def test_version_encoding_and_collation_are_told(self):
        ((level, what),) = told("server")

        assert (level, what.startswith("PostgreSQL "), ", UTF8, sorted by " in what) == (Level.OK, True, True)

    def test_server_that_nobody_can_back_up_fails(self, monkeypatch, tmp_path):
        monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
        monkeypatch.setenv("PATH", str(tmp_path))

        levels, said = zip(*told("server"), strict=True)

        assert levels == (Level.OK, Level.FAIL)
        assert said[1].startswith("There is no pg_dump of PostgreSQL ")

    def test_replica_that_follows_nothing_fails(self, settings, monkeypatch):
        settings.DATABASES["replica"] = settings.DATABASES["default"]
        monkeypatch.setattr(databases, "connections", {"replica": connection})

        found = told("replica")

        del settings.DATABASES["replica"]
        assert found == [(Level.FAIL, "REPLICA_URL names a database that follows no other.")]


def test_without_a_replica_nothing_is_told_of_one():
    assert told("replica") == []
