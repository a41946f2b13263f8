"""Which database a page is read from; `tests/project/test_cluster.py` has real ones."""

import logging
from contextlib import nullcontext
from time import monotonic

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from core import replica
from core.reading import PRIMARY, REPLICA, Router, reading, reads_from
from core.replica import AT_LENGTH, QUICKLY, REST, answer, bound_writes, patience, version_of


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is set, in a list of one."""
    now = [1000.0]
    monkeypatch.setattr(replica, "monotonic", lambda: now[0])
    monkeypatch.setattr(replica, "_rests_until", {})
    return now


@pytest.fixture
def databases(monkeypatch, clock):
    """What each database answers when asked for its version, None where it refuses, and who was `asked`."""
    held = {PRIMARY: "v1", REPLICA: "v1", "asked": []}

    def version(alias):
        held["asked"].append(alias)
        if held[alias] is None:
            raise OperationalError("refused\n  by the server")
        return held[alias]

    class Nothing:
        vendor, in_atomic_block = "sqlite", False

    held["connection"] = Nothing
    monkeypatch.setattr(replica, "version", version)
    monkeypatch.setattr(replica, "connections", {PRIMARY: Nothing, REPLICA: Nothing})
    monkeypatch.setattr(settings, "DATABASES", {PRIMARY: {}, REPLICA: {}})
    return held


@pytest.fixture
def page():
    """A view that tells which database it reads, and fails where it is told to."""

    class Page:
        def __init__(self):
            self.read, self.fails_on = [], []

        def __call__(self, request):
            here = Router().db_for_read(None)
            self.read.append(here)
            return HttpResponse(here, status=500 if here in self.fails_on else 200)

    return Page()


def get(**cookies: str):
    request = RequestFactory().get("/glossary/")
    request.COOKIES.update(cookies)
    return request


def test_version_of_a_database_is_what_it_holds(databases):
    assert version_of(PRIMARY) == version_of(REPLICA) == "v1"


def test_replica_that_fails_rests_for_a_while(databases, clock, caplog):
    databases[REPLICA] = None
    assert version_of(REPLICA) is None
    databases[REPLICA] = "v1"

    clock[0] += REST - 0.1
    assert version_of(REPLICA) is None
    assert databases["asked"] == [REPLICA]

    clock[0] += 0.2
    assert version_of(REPLICA) == "v1"
    assert caplog.messages == ["The replica does not answer: refused by the server"]
    assert caplog.records[0].levelno == logging.WARNING


def test_primary_that_refuses_at_once_is_asked_again_at_once(databases):
    databases[PRIMARY] = None
    assert version_of(PRIMARY) is None
    databases[PRIMARY] = "v1"

    assert version_of(PRIMARY) == "v1"


def test_primary_that_takes_long_to_fail_rests(databases, clock, monkeypatch):
    def hang(alias):
        databases["asked"].append(alias)
        clock[0] += replica.QUICKLY
        raise OperationalError("hung")

    monkeypatch.setattr(replica, "version", hang)

    assert version_of(PRIMARY) is version_of(PRIMARY) is None
    assert databases["asked"] == [PRIMARY]


# Who holds which version, and whom a reader's page is then read from; None is a database that does not answer.
CHOICES = [
    ("v1", "v1", REPLICA),
    ("v2", "v1", PRIMARY),
    ("v1", None, PRIMARY),
    (None, "v1", REPLICA),
    (None, None, PRIMARY),
]


@pytest.mark.parametrize(("now_is", "held", "chosen"), CHOICES)
def test_page_is_read_from_the_replica_that_holds_its_version(databases, page, now_is, held, chosen):
    databases[REPLICA] = held

    response = answer(get(), page, now_is)

    assert (response.text, page.read) == (chosen, [chosen])


def test_page_within_a_transaction_is_read_from_the_primary(databases, page):
    assert answer(get(), page, "").text == PRIMARY


def test_page_of_who_has_a_session_is_read_from_the_primary(databases, page):
    response = answer(get(**{settings.SESSION_COOKIE_NAME: "mine"}), page, "v1")

    assert response.text == PRIMARY
    assert databases["asked"] == []
    assert answer(get(other="cookie"), page, "v1").text == REPLICA


def test_without_a_replica_none_is_asked(databases, page, monkeypatch):
    monkeypatch.setattr(settings, "DATABASES", {PRIMARY: {}})

    assert answer(get(), page, "v1").text == PRIMARY
    assert databases["asked"] == []


def test_page_that_fails_on_the_replica_is_asked_of_the_primary(databases, page, clock, caplog):
    page.fails_on = [REPLICA]

    response = answer(get(), page, "v1")

    assert (response.status_code, page.read) == (200, [REPLICA, PRIMARY])
    assert caplog.messages == ["The replica fails at /glossary/: the primary database is asked."]
    # The next reader does not wait for it.
    answer(get(), page, "v1")
    assert page.read == [REPLICA, PRIMARY, PRIMARY]
    clock[0] += REST
    answer(get(), page, "v1")
    assert page.read == [REPLICA, PRIMARY, PRIMARY, REPLICA, PRIMARY]


def test_page_that_fails_on_the_replica_is_answered_so_without_a_primary(databases, page):
    page.fails_on = [REPLICA]

    assert (answer(get(), page, None).status_code, page.read) == (500, [REPLICA])


@pytest.mark.parametrize(("held", "seconds"), [("v1", AT_LENGTH), (None, QUICKLY)])
@pytest.mark.parametrize("method", ["POST", "OPTIONS", "DELETE"])
def test_what_is_sent_ends_and_soon_where_the_primary_is_known_to_hang(databases, monkeypatch, method, held, seconds):
    databases[PRIMARY], waits = held, []
    monkeypatch.setattr(databases["connection"], "vendor", "postgresql")
    monkeypatch.setattr(replica, "patience", lambda alias, seconds: waits.append((alias, seconds)) or nullcontext())

    answered = bound_writes(lambda request: HttpResponse(str(waits)))(RequestFactory().generic(method, "/admin/"))

    # For the version, and then for all.
    assert answered.text == str([(PRIMARY, QUICKLY), (PRIMARY, seconds)])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite runs in the process that asks it")
@pytest.mark.django_db
def test_server_leaves_off_what_nobody_waits_for(monkeypatch):
    hasty = connection.copy()
    monkeypatch.setattr(replica, "connections", {PRIMARY: hasty})
    asked = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    with hasty.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [process] = cursor.fetchone()
        with pytest.raises(OperationalError), patience(PRIMARY, 0.2):
            cursor.execute("SELECT pg_sleep(60)")
    hasty.close()

    until = monotonic() + 10
    with connection.cursor() as cursor:
        cursor.execute(asked, [process])
        while cursor.fetchone():
            assert monotonic() < until, "it sleeps on"
            # Within a transaction it is told the same again and again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked, [process])


def test_reads_go_where_one_says_and_writes_to_the_primary():
    router = Router()
    with reads_from(REPLICA):
        within = (router.db_for_read(None), router.db_for_write(None))

    assert within == (REPLICA, PRIMARY)
    assert router.db_for_read(None) == PRIMARY
    assert reading().alias == PRIMARY
    assert (router.allow_migrate(PRIMARY, "core"), router.allow_migrate(REPLICA, "core")) == (True, False)
    assert router.allow_relation(None, None) is True


def test_reads_are_the_primarys_again_after_an_error():
    with pytest.raises(ZeroDivisionError), reads_from(REPLICA):
        1 / 0  # noqa: B018

    assert Router().db_for_read(None) == PRIMARY
