"""Backups of a database in use, and how they are put back while it is used."""

import os
import resource
import stat
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from unittest.mock import Mock, patch
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from core import backups, snapshot, table_states
from core.backups import Unusable, archive, latest, making, postgresql, sqlite
from core.backups.databases import database_of
from core.table_states import states
from glossary.models import Term
from tests.factories import make_term
from tests.forking import Beside, die, killed
from tests.tables import described

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own")]

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="The other database says nothing new.")


@pytest.fixture
def folder(tmp_path, settings):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


@pytest.fixture
def backup(folder):
    """Of a site with one term, somebody logged in, and no other account."""
    make_term(name="Kept", definition="Before.")
    Client().force_login(User.objects.create(username="ada"))
    assert Session.objects.count() == 1
    path, _ = backups.back_up(folder)
    return path


def names() -> list[str]:
    return sorted(Term.objects.values_list("name", flat=True))


@contextmanager
def limited_files(size: int):
    """As on a full disk, no file grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def writing_first(module, name):
    """Another process writes, and is done, just before that function is called."""
    act, own = getattr(module, name), connections["default"]

    def late(*args):
        # This one goes on with the connection that it has.
        connections["default"] = own.copy()
        Beside(lambda: make_term(name="Late") and None).result()
        connections["default"] = own
        return act(*args)

    with patch.object(module, name, late):
        yield


def test_backup_has_what_the_snapshot_had_whoever_writes(folder):
    make_term(name="Kept")

    with writing_first(database_of(connection), "copy"):
        path, manifest = backups.back_up(folder)

    assert names() == ["Kept", "Late"]
    assert manifest.rows["glossary_term"] == 1
    call_command("restore", path, interactive=False, verbosity=0)
    assert names() == ["Kept"]


def test_restoring_takes_the_place_of_all_that_is_there(backup):
    before, saved = states(), archive.read(backup).states
    Term.objects.update(definition="After.")
    make_term(name="Lost")
    User.objects.create(username="bob")

    call_command("restore", backup, interactive=False, verbosity=0)

    assert list(Term.objects.values_list("name", "definition")) == [("Kept", "Before.")]
    assert list(User.objects.values_list("username", flat=True)) == ["ada"]
    assert Session.objects.count() == 0, "nobody who has logged out is logged in again"
    assert Client().get("/glossary/").content.count(b"Kept") > 0
    # Nobody takes for true what was kept of either.
    tokens = [*before.values(), *saved.values()]
    assert len(set(tokens) & set(states().values())) == 0
    assert set(states()) == set(before)


def test_restored_tables_are_watched_and_searched(backup):
    call_command("restore", backup, interactive=False, verbosity=0)
    before = states()

    make_term(name="Heliotropic")

    assert states()["glossary_term"] != before["glossary_term"]
    assert "Heliotropic" in Client().get("/search/?q=heliotropic").content.decode()


def test_backup_is_one_file_for_its_owner_alone(backup, folder):
    manifest = archive.read(backup)

    assert os.listdir(folder) == [backup.name]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (manifest.database, manifest.rows["auth_user"], manifest.rows.get("django_session", 0)) == (
        connection.vendor,
        1,
        0,
    )
    with ZipFile(backup) as packed:
        assert packed.namelist() == ["manifest.json", "database"]
        assert len(packed.read("database")) > 10_000


@on_sqlite
def test_a_copy_that_has_not_what_the_database_had_is_no_backup(folder):
    module = database_of(connection)
    lost = archive.Content(module.rows(connection.cursor()), {})

    with patch.object(module, "content", return_value=lost), pytest.raises(Unusable, match="has not what"):
        backups.back_up(folder)

    assert os.listdir(folder) == []


@on_sqlite
def test_the_oldest_go_once_there_are_more_than_are_kept(folder):
    (folder / "other").mkdir(parents=True)
    for day in (1, 2, 3):
        (folder / f"descent-2020-01-0{day}T00-00-00Z.zip").touch()

    call_command("backup", "--keep", "2", verbosity=0)

    newest = latest(folder)
    assert sorted(os.listdir(folder)) == ["descent-2020-01-03T00-00-00Z.zip", newest.path.name, "other"]
    assert newest.whole
    assert (timezone.now() - newest.made).total_seconds() < 60


@on_sqlite
def test_a_failed_backup_deletes_none(folder):
    folder.mkdir()
    (folder / "descent-2020-01-01T00-00-00Z.zip").touch()

    with patch.object(archive, "check", side_effect=Unusable("broken")), pytest.raises(CommandError, match="broken"):
        call_command("backup", "--keep", "1", verbosity=0)

    assert os.listdir(folder) == ["descent-2020-01-01T00-00-00Z.zip"]


@on_sqlite
def test_what_was_just_made_stays_though_the_clock_was_set_back(folder, backup):
    with patch.object(snapshot.timezone, "now", return_value=datetime(2020, 1, 1, tzinfo=UTC)):
        path, _ = backups.back_up(folder, keep=1)
        again, _ = backups.back_up(folder, keep=2)

    assert path.name == "descent-2020-01-01T00-00-00Z.zip"
    assert again.name == "descent-2020-01-01T00-00-00Z-1.zip"
    assert sorted(os.listdir(folder)) == sorted([path.name, again.name])


@on_sqlite
def test_only_one_backup_is_written_at_a_time(folder):
    with making.alone(folder, folder), pytest.raises(CommandError, match="being written by another process"):
        call_command("backup", verbosity=0)


def scratch(content: bytes) -> bytes:
    """As one bit might go unnoticed: not each changes what is unpacked."""
    middle = len(content) // 2
    return content[:middle] + bytes(byte ^ 255 for byte in content[middle : middle + 50]) + content[middle + 50 :]


@on_sqlite
@pytest.mark.parametrize(
    "damage", [scratch, lambda content: content[:-100], lambda content: b"", lambda content: b"PK"]
)
def test_a_damaged_backup_is_never_put_back(backup, folder, damage):
    make_term(name="Newer")
    backup.write_bytes(damage(backup.read_bytes()))

    with pytest.raises(CommandError, match=r"^Nothing was restored: .*(damaged|no backup)"):
        call_command("restore", backup, interactive=False, verbosity=0)

    assert names() == ["Kept", "Newer"]
    assert latest(folder)[0::2] == (backup, False)


def repacked(path, **changed):
    """The same backup, with another manifest."""
    data = path.with_name("data")
    archive.unpack(path, data)
    manifest = replace(archive.read(path), **changed)
    other = path.with_name("other.zip")
    archive.pack(data, manifest, other)
    return other


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"migrations": ["catalog.0001_initial", "catalog.9999_later"]}, "newer version .* has no catalog.9999_later"),
        ({"database": "mysql"}, "is of mysql"),
        ({"rows": {"glossary_term": 7}}, "has not what it says"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(backup, changed, why):
    make_term(name="Newer")

    with pytest.raises(CommandError, match=why):
        call_command("restore", repacked(backup, **changed), interactive=False, verbosity=0)

    assert names() == ["Kept", "Newer"]


@on_sqlite
def test_restoring_asks_before_anything_is_lost(backup, capsys):
    with patch("builtins.input", return_value="no"), pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore", backup)
    with patch("builtins.input", side_effect=EOFError), pytest.raises(CommandError, match="--no-input"):
        call_command("restore", backup)
    Term.objects.all().delete()
    User.objects.all().delete()

    with patch("builtins.input", side_effect=AssertionError):
        call_command("restore", backup)

    assert names() == ["Kept"]
    assert capsys.readouterr().out.splitlines()[-1].startswith("Restored what the database had at 20")


def test_an_older_backup_is_migrated(folder):
    make_term(name="Kept")
    wanted, newest = described(), ("catalog", "0007_index_what_is_due_next")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX catalog_aimodel_due")
        cursor.execute("DROP INDEX catalog_family_due")
        cursor.execute("DELETE FROM django_migrations WHERE app = %s AND name = %s", newest)
    older, manifest = backups.back_up(folder)

    call_command("restore", older, interactive=False, verbosity=0)

    assert ".".join(newest) not in manifest.migrations
    assert newest in MigrationRecorder(connection).applied_migrations()
    assert described() == wanted
    assert names() == ["Kept"]


@on_sqlite
@pytest.mark.parametrize("where", ["_copy", "archive.pack", "archive.check", "_name"])
def test_a_killed_backup_leaves_nothing_that_looks_like_one(folder, where):
    make_term(name="Kept")

    killed(patch(f"core.backups.making.{where}", die), backups.back_up, folder)

    assert latest(folder) is None
    assert os.listdir(folder) == [".new"]
    path, _ = backups.back_up(folder)
    assert os.listdir(folder) == [path.name]
    assert latest(folder).whole


HALFWAY = {
    "sqlite": [
        patch.object(sqlite, "_standing_in", die),
        patch.object(sqlite, "_watched", return_value=lambda status, left, total: left < total / 2 and die()),
    ],
    "postgresql": [
        patch.object(postgresql, "_empty", die),
        patch.object(postgresql, "call_command", die),
    ],
}


@pytest.mark.parametrize("where", range(4))
def test_a_killed_restore_changes_nothing(backup, where):
    make_term(name="Newer")
    points = [
        patch.object(archive, "unpack", die),
        patch.object(table_states, "secrets", new_callable=lambda: Mock(randbits=die)),
        *HALFWAY[connection.vendor],
    ]

    killed(points[where], backups.restore, backup)

    assert names() == ["Kept", "Newer"]
    call_command("restore", backup, interactive=False, verbosity=0)
    assert names() == ["Kept"]


def test_a_full_disk_ends_a_backup_without_a_trace(folder):
    make_term(name="Kept")

    with limited_files(20_000), pytest.raises(CommandError, match=r"There is no new backup: \w+"):
        call_command("backup", verbosity=0)

    assert os.listdir(folder) == []
    call_command("backup", verbosity=0)
    assert latest(folder).whole


def read_all_the_time(begun, done):
    """What the list says in each answer, as long as nothing is in its way; and all else that was answered."""
    client, seen, refused = Client(raise_request_exception=False), [], []
    while not (done.exists() and seen):
        answer = client.get("/glossary.json?per_page=100")
        if answer.status_code == 200:
            seen.append(sorted({row["definition"] for row in answer.json()["results"]}))
            begun.touch()
        else:
            refused.append([answer.status_code, answer.get("Retry-After")])
    said = [state for state, _ in groupby(seen)]
    return said, [answer for answer, _ in groupby(refused)]


def write_all_the_time(begun, done):
    """How often."""
    count = 0
    while not done.exists():
        User.objects.create(username=f"writer{count}")
        count += 1
        begun.touch()
    return count


def test_who_reads_during_a_restore_sees_the_one_state_or_the_other(folder, tmp_path):
    for number in range(20):
        make_term(name=f"Term {number}", definition="Before.")
    path, _ = backups.back_up(folder)
    Term.objects.update(definition="After.")
    done, begun = tmp_path / "done", [tmp_path / f"begun{number}" for number in range(3)]
    readers = [Beside(read_all_the_time, own, done) for own in begun[:2]]
    writer = Beside(write_all_the_time, begun[2], done)
    while not all(own.exists() for own in begun):
        time.sleep(0.01)

    call_command("restore", path, interactive=False, verbosity=0)
    now = Client().get("/glossary.json").json()["results"][0]["definition"]
    done.touch()

    assert now == "Before."
    for reader in readers:
        said, refused = reader.result()
        assert said == [["After."], ["Before."]], "each answer is all of one state, and the later one is the last"
        assert refused in ([], [[503, "10"]])
    assert 0 < User.objects.count() < writer.result()
