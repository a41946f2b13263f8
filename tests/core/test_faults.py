"""A database that is full, read-only, busy or away: what readers and editors are told, and that nothing is lost."""

import json
import logging
import os
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from errno import EFBIG, ENOENT, ENOSPC
from pathlib import Path
from pwd import getpwnam
from random import Random
from unittest.mock import patch

import pytest
from django import db
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from core import pages
from core.faults import Fault, fault_of
from core.models import Status
from editorial.models import Change, Proposal
from glossary.models import Term
from tests.factories import make_term
from tests.forms import send, typed
from tests.own_database import connected_anew

# PostgreSQL would compress what repeats itself.
BIG = "".join(map(chr, Random(1).choices(range(0x4E00, 0x9FA5), k=90_000)))

pytestmark = pytest.mark.django_db


@pytest.fixture
def term(own):
    return make_term(name="Kept", status=Status.DRAFT, definition="Before.")


@pytest.fixture
def client(own):
    """A superuser, who is logged in already."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("ada"))
    return client


def read_only():
    if connection.vendor == "sqlite":
        return connected_anew(NAME=f"file:{connection.settings_dict['NAME']}?mode=ro")
    return connected_anew(OPTIONS={"options": "-c default_transaction_read_only=on"})


def away():
    return connected_anew(NAME="/nowhere/site.sqlite3") if connection.vendor == "sqlite" else connected_anew(PORT="1")


@contextmanager
def busy():
    """Somebody else is writing, for longer than one waits."""
    impatient = {"timeout": 0.01} if connection.vendor == "sqlite" else {"options": "-c lock_timeout=10ms"}
    other = connections["default"].copy()
    with other.cursor() as cursor, connected_anew(OPTIONS={**connection.settings_dict["OPTIONS"], **impatient}):
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        cursor.execute("UPDATE glossary_term SET definition = 'Theirs.'")
        yield
        cursor.execute("ROLLBACK")
    other.close()


@pytest.fixture
def disk(own):
    """What `full` fills up: PostgreSQL keeps the database on a small disk in memory meanwhile."""
    if connection.vendor == "sqlite":
        yield None
        return
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    small = f"size=64m,mode=700,uid={getpwnam('postgres').pw_uid}" if os.getuid() == 0 else ""
    if not small or subprocess.run(["mount", "-t", "tmpfs", "-o", small, "small", folder]).returncode:
        folder.rmdir()
        pytest.skip("nobody may mount a disk here")
    try:
        with lying_in(folder):
            yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


@contextmanager
def lying_in(folder):
    name, space = connection.settings_dict["NAME"], f"small_{os.getpid()}"
    # Nobody may use what is moved.
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE {space} LOCATION '{folder}'")
        try:
            cursor.execute(f'ALTER DATABASE "{name}" SET TABLESPACE {space}')
            yield
        finally:
            connection.close()
            cursor.execute(f'ALTER DATABASE "{name}" SET TABLESPACE pg_default')
            cursor.execute(f"DROP TABLESPACE {space}")


@contextmanager
def full(disk):
    """On a full disk, the file of the database grows no more."""
    if disk:
        with (disk / "theirs").open("wb", buffering=0) as theirs, suppress(OSError):
            while theirs.write(bytes(4096)):
                pass
        yield
        (disk / "theirs").unlink()
        return
    with connection.cursor() as cursor:
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute("PRAGMA max_page_count = 1000000")


def logged(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def expect_refusal(answer, caplog, heading, why):
    assert answer.status_code == 503
    assert f"<h1>{heading}</h1>" in answer.text
    assert why in answer.text
    assert "Traceback" not in answer.text
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("10", "no-store")
    [line] = logged(caplog)
    assert line.startswith(f"{answer.request['REQUEST_METHOD']} {answer.request['PATH_INFO']}: ")
    assert caplog.records[-1].exc_info is None, "one line, and no traceback"


def expect_unchanged():
    assert list(Term.objects.values_list("name", "definition")) == [("Kept", "Before.")]
    assert Change.objects.count() == 0


def test_a_full_disk_is_told_to_who_saves_and_readers_go_on(disk, term, client, caplog):
    address = f"/admin/glossary/term/{term.pk}/change/"

    with full(disk):
        answer = send(client, address, article=BIG)
        expect_refusal(answer, caplog, "It could not be saved", "no room left: nothing was changed")
        assert client.get("/glossary/").status_code == 200

    expect_unchanged()
    assert send(client, address, definition="After.").status_code == 302
    assert Term.objects.get().definition == "After."


def test_a_full_disk_ends_an_import_and_nothing_of_it_stays(disk, term, client, caplog, tmp_path):
    path = tmp_path / "terms.json"
    fields = [{"name": f"New {n}", "slug": f"new-{n}", "definition": "New.", "article": BIG} for n in range(3)]
    path.write_text(json.dumps([{"model": "glossary.term", "fields": own} for own in fields]))

    with full(disk), pytest.raises(CommandError, match="Nothing was written"):
        call_command("import_records", path, verbosity=0)
    with full(disk), path.open() as file:
        answer = client.post("/admin/editorial/proposal/upload/", {"file": file, "reason": "Why."})
        expect_refusal(answer, caplog, "It could not be saved", "no room left: nothing was changed")

    expect_unchanged()
    assert Proposal.objects.count() == 0
    call_command("import_records", path, verbosity=0)
    assert Term.objects.count() == 4


def test_a_read_only_site_is_read(term, client):
    Term.objects.update(status=Status.PUBLISHED)

    with read_only():
        pages = ["/", "/glossary/", "/glossary/kept/", "/glossary/kept/history/", "/glossary.json", "/search/?q=kept"]
        pages += ["/models/", "/feeds/new.atom", "/admin/", f"/admin/glossary/term/{term.pk}/change/"]
        answers = {page: client.get(page) for page in pages}

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert "Before." in answers["/glossary/kept/"].text
    assert "Kept" in answers["/search/?q=kept"].text


def test_a_read_only_site_says_so_to_who_writes_and_who_logs_in(term, client, caplog):
    User.objects.update(password=make_password("lovelace"))
    client.force_login(User.objects.get())
    stranger = Client(raise_request_exception=False)
    address = f"/admin/glossary/term/{term.pk}/change/"
    data = typed(client.get(address)) | {"definition": "After."}

    with read_only():
        answer = client.post(address, data)
        expect_refusal(answer, caplog, "The site is read-only at present", "Nothing was changed.")
        caplog.clear()
        answer = stranger.post("/admin/login/", {"username": "ada", "password": "lovelace"})
        expect_refusal(answer, caplog, "The site is read-only at present", "nobody can log in")

    expect_unchanged()


def test_who_waits_too_long_for_others_is_told(term, client, caplog):
    address = f"/admin/glossary/term/{term.pk}/change/"
    data = typed(client.get(address)) | {"definition": "After."}

    with busy():
        answer = client.post(address, data)
        expect_refusal(answer, caplog, "It could not be saved", "Others have been writing for too long")
        assert client.get("/glossary/").status_code == 200, "readers wait for nobody"

    expect_unchanged()
    assert client.post(address, data).status_code == 302


def test_a_database_that_is_away_is_told_to_pages_and_to_programs(own, caplog, monkeypatch):
    client = Client(raise_request_exception=False)
    # What is stored would be answered: see `core.pages`.
    monkeypatch.setattr(pages, "store", pages.Store())

    with away():
        expect_refusal(client.get("/glossary/"), caplog, "This page cannot be made just now", "does not answer")
        told = client.get("/glossary.json")
        written = client.post("/admin/login/", {"username": "ada", "password": "lovelace"})

    assert (told.status_code, told["Retry-After"], told["Cache-Control"]) == (503, "10", "no-store")
    assert told.json() == {
        "errors": {"database": ["The database cannot be asked at present. Ask again in 10 seconds."]}
    }
    assert "look before you send it again" in written.text
    assert client.get("/glossary/").status_code == 200


def test_other_errors_are_still_ours(own, caplog):
    make_term(name="Kept")
    client = Client(raise_request_exception=False)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE glossary_term RENAME COLUMN article TO other")
    missing = client.get("/glossary/kept/")
    with patch("core.views.EntryList.get", side_effect=KeyError("a bug")):
        broken = client.get("/glossary/")

    assert (missing.status_code, broken.status_code) == (500, 500)
    assert "Something broke on our side" in missing.text
    assert [record.exc_info is not None for record in caplog.records if record.levelno >= logging.ERROR] == [True] * 2


class Said(Exception):
    """What the driver of a database raised."""

    def __init__(self, **attributes):
        super().__init__("It said so.")
        vars(self).update(attributes)


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "cause", "fault"),
    [
        (db.OperationalError, Said(sqlite_errorcode=13), Fault.FULL),
        (db.OperationalError, Said(sqlite_errorcode=5), Fault.BUSY),
        (db.OperationalError, Said(sqlite_errorcode=8 | 1 << 8), Fault.READ_ONLY),
        (db.OperationalError, Said(sqlite_errorcode=14), Fault.AWAY),
        (db.DatabaseError, Said(sqlite_errorcode=11), Fault.AWAY),
        (db.OperationalError, Said(sqlite_errorcode=1), None),
        (db.IntegrityError, Said(sqlite_errorcode=19), None),
        (db.OperationalError, Said(sqlstate="53100"), Fault.FULL),
        (db.OperationalError, Said(sqlstate="53300"), Fault.BUSY),
        (db.InternalError, Said(sqlstate="25006"), Fault.READ_ONLY),
        (db.OperationalError, Said(sqlstate="55P03"), Fault.BUSY),
        (db.OperationalError, Said(sqlstate="40P01"), Fault.BUSY),
        (db.OperationalError, Said(sqlstate="57P01"), Fault.AWAY),
        (db.OperationalError, Said(sqlstate=None), Fault.AWAY),
        (db.InterfaceError, Said(sqlstate=None), Fault.AWAY),
        (db.ProgrammingError, Said(sqlstate="42P01"), None),
        (db.DataError, Said(sqlstate=None), None),
        (ValueError, Said(), None),
    ],
)
def test_faults_are_told_from_errors_of_ours(error, cause, fault):
    raised = caused(error("It said so."), cause)

    assert fault_of(raised) is fault
    assert fault_of(caused(RuntimeError("A page could not be drawn."), raised)) is fault


def test_a_disk_without_room_is_a_fault_and_a_missing_file_is_none():
    assert fault_of(OSError(ENOSPC, "No space left on device")) is Fault.FULL
    assert fault_of(OSError(EFBIG, "File too large")) is Fault.FULL
    assert fault_of(OSError(ENOENT, "No such file")) is None
