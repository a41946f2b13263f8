"""What load balancers are told, while all is well and while parts are missing."""

from contextlib import nullcontext

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from core import health
from core.reading import PRIMARY, REPLICA


@pytest.fixture
def parts(monkeypatch):
    """The version that each database holds, None where it does not answer; all migrations are done."""
    held = {PRIMARY: "v1", REPLICA: "v1"}
    monkeypatch.setattr(health, "version_of", held.get)
    monkeypatch.setattr(health, "_migrated", True)
    monkeypatch.setattr(settings, "DATABASES", {PRIMARY: {}, REPLICA: {}})
    return held


def readiness() -> tuple[int, dict[str, str]]:
    response = Client().get("/readyz")
    assert response["Cache-Control"] == "no-store"
    return response.status_code, response.json()


# Without `django_db`: a query would fail.
@pytest.mark.parametrize("host", ["10.0.0.7:8001", "nobody.example", "not a host"])
def test_process_says_that_it_answers_by_whatever_name_it_is_asked(host, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get("/healthz", headers={"Host": host})

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"
    assert response.cookies == {}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_head_has_no_body(address, parts):
    response = Client().head(address)

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_can_be_posted(address):
    assert Client().post(address).status_code == 404


def test_ready_with_all_parts(parts):
    assert readiness() == (
        200,
        {"status": "ready", "database": "ok", "replica": "ok", "migrations": "ok", "cache": "ok"},
    )


def test_replica_is_no_part_where_there_is_none(parts, monkeypatch):
    monkeypatch.setattr(settings, "DATABASES", {PRIMARY: {}})

    assert readiness() == (200, {"status": "ready", "database": "ok", "migrations": "ok", "cache": "ok"})


@pytest.mark.parametrize(("held", "said"), [("v0", "behind"), (None, "down")])
def test_degraded_without_a_replica_that_follows(parts, held, said):
    parts[REPLICA] = held

    status, told = readiness()

    assert (status, told["status"], told["replica"], told["database"]) == (200, "degraded", said, "ok")


def test_degraded_while_the_replica_alone_answers(parts):
    parts[PRIMARY] = None

    assert readiness() == (200, {"status": "degraded", "database": "down", "replica": "ok", "cache": "ok"})


def test_degraded_without_a_cache(parts, monkeypatch):
    def fail(key):
        raise ConnectionError("refused at 10.0.0.9:6379")

    monkeypatch.setattr(cache, "get", fail)

    status, told = readiness()

    assert (status, told["status"], told["cache"]) == (200, "degraded", "down")
    assert "10.0.0.9" not in str(told)


def test_unavailable_without_any_database(parts):
    parts.update({PRIMARY: None, REPLICA: None})

    assert readiness() == (503, {"status": "unavailable", "database": "down", "replica": "down", "cache": "ok"})


def test_unavailable_while_a_migration_is_missing(parts, monkeypatch):
    monkeypatch.setattr(health, "_is_migrated", lambda: False)

    status, told = readiness()

    assert (status, told["status"], told["migrations"]) == (503, "unavailable", "missing")


def test_migrations_are_looked_at_until_none_is_missing(monkeypatch):
    plans = [["one is missing"], [], ["never asked"]]

    class Executor:
        def __init__(self, connection):
            self.loader = self.graph = self

        def leaf_nodes(self):
            return []

        def migration_plan(self, targets):
            return plans.pop(0)

    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr(health, "MigrationExecutor", Executor)
    monkeypatch.setattr(health, "patience", lambda *args: nullcontext())

    assert [health._is_migrated() for _ in range(3)] == [False, True, True]
    assert plans == [["never asked"]]
