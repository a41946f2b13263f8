"""What Prometheus reads, and who else may: nobody."""

import datetime
import http.client
import json
import socket
import subprocess
import sys
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from prometheus_client.parser import text_string_to_metric_families

from core.requests import log_requests
from editorial.models import Change, Proposal
from tests import factories as make

TOKEN = "a-token-of-this-test"


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def read(client=None):
    return (client or Client()).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})


def samples(text: str) -> dict[tuple, float]:
    """Name and values of the labels, in the order of their names, to the value."""
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"])
def test_without_the_token_nothing_is_told(given):
    answer = Client().get("/metrics", headers={"Authorization": given})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "descent_" not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer None", f"Bearer {TOKEN}"])
def test_without_a_token_of_its_own_the_site_has_no_such_page(settings, given):
    settings.METRICS_TOKEN = ""

    answer = Client().get("/metrics", headers={"Authorization": given}, REMOTE_ADDR="127.0.0.1")

    assert answer.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:8001", "site1:8000"])
def test_each_instance_is_asked_by_its_own_address_without_https(settings, host):
    settings.SECURE_SSL_REDIRECT = True
    given = {"Host": host, "Authorization": f"Bearer {TOKEN}"}

    assert Client().get("/metrics", headers={"Host": host}).status_code == 401
    answer = Client().get("/metrics", headers=given)

    assert (answer.status_code, "descent_database_up 1.0" in answer.text) == (200, True)
    assert Client().post("/metrics", headers=given).status_code in (301, 400)


@pytest.mark.django_db
def test_it_is_stored_nowhere():
    first, second = read(), read()

    assert first.status_code == second.status_code == 200
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert first.text != second.text, "the first is counted in the second"


@pytest.mark.django_db
def test_requests_are_counted_by_view_method_and_status():
    make.make_term(name="Attention")
    before = samples(read().text)

    Client().get("/glossary/attention/")
    Client().get("/glossary/attention/")
    Client().head("/glossary/nothing/")
    Client().generic("BREW", "/coffee/")

    after = samples(read().text)
    grown = {key: value - before.get(key, 0) for key, value in after.items() if key[0] == "descent_requests_total"}
    assert grown["descent_requests_total", "GET", "200", "term_detail"] == 2
    assert grown["descent_requests_total", "HEAD", "404", "term_detail"] == 1
    assert [key for key in grown if key[1] == "other" and grown[key]] == [
        ("descent_requests_total", "other", "404", "none")
    ]
    lasted = ("descent_request_seconds_count", "term_detail")
    assert after[lasted] - before.get(lasted, 0) == 3


@pytest.mark.django_db
def test_labels_have_few_values():
    """A name that a reader chose would fill the memory of Prometheus."""
    for path in ("/no-such-page-17/", "/glossary/no-such-term-17/", "/?q=17", "/%00", "/models/x.17"):
        Client().get(path)
    Client().generic("M" * 17, "/")

    told = samples(read().text)

    views = {key[3] for key in told if key[0] == "descent_requests_total"}
    assert {view for view in views if "17" in view} == set()
    assert {"none", "term_detail"} <= views
    methods = {key[1] for key in told if key[0] == "descent_requests_total"}
    assert {"GET", "other"} <= methods <= {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "other"}


@pytest.mark.django_db
def test_pages_are_counted_by_where_they_are_from():
    before = samples(read().text)

    for said in ("hit", "hit", "fwd=miss; stored", "hit; detail=stale"):
        answer = HttpResponse(headers={"Cache-Status": f"descent; {said}"})
        log_requests(lambda request, answer=answer: answer)(RequestFactory().get("/"))

    after = samples(read().text)
    grown = {key[1]: after[key] - before.get(key, 0) for key in after if key[0] == "descent_pages_total"}
    assert (grown["hit"], grown["miss"], grown["stale"]) >= (2, 1, 1)
    assert grown["stale"] == 1


@pytest.mark.django_db
def test_queries_are_counted_with_their_time_and_the_slow_ones(settings):
    settings.SLOW_QUERY_MS = 0.000_001
    before = samples(read().text)

    Client().get("/glossary/")

    after = samples(read().text)
    for name in ("database_queries_total", "database_seconds_total", "slow_queries_total"):
        key = (f"descent_{name}", "term_list")
        assert after[key] > before.get(key, 0), name


@pytest.mark.django_db
def test_collection_is_told_in_three_queries(django_assert_num_queries):
    make.make_term(name="One")
    make.make_term(name="Two", status="draft")
    make.make_model(name="M")
    Proposal.objects.create(kind="glossary.term", slug="one", title="One", document=[])
    Client().get("/metrics")

    with django_assert_num_queries(3):
        told = samples(read().text)

    entries = {key[1:]: value for key, value in told.items() if key[0] == "descent_entries"}
    assert entries == {
        ("glossary.term", "published"): 1,
        ("glossary.term", "draft"): 1,
        ("catalog.aimodel", "published"): 1,
    }
    assert told[("descent_proposals_waiting",)] == 1
    assert told[("descent_database_up",)] == 1


@pytest.mark.django_db
def test_last_change_is_an_instant():
    change = Change.objects.create()

    assert samples(read().text)[("descent_last_change_timestamp_seconds",)] == pytest.approx(change.at.timestamp())


@pytest.mark.django_db
def test_without_a_database_the_rest_is_told(monkeypatch):
    def down():
        raise OperationalError("by hand")

    monkeypatch.setattr("editorial.metrics._entries", down)

    told = samples(read().text)

    assert told[("descent_database_up",)] == 0
    assert ("descent_proposals_waiting",) not in told
    assert any(name == "descent_requests_total" for name, *_ in told)


@pytest.mark.django_db
@pytest.mark.parametrize("whole", [True, False])
def test_newest_backup_is_an_instant_and_read_once(settings, monkeypatch, tmp_path, whole):
    made, read_so_far = datetime.datetime(2026, 11, 28, tzinfo=datetime.UTC), []
    settings.BACKUP_DIR = tmp_path
    latest = lambda folder: read_so_far.append(folder) or SimpleNamespace(made=made, whole=whole)  # noqa: E731
    monkeypatch.setattr("editorial.metrics.latest", latest)

    told = [samples(read().text).get(("descent_last_backup_timestamp_seconds",)) for _ in range(2)]

    assert told == [made.timestamp() if whole else None] * 2
    assert read_so_far == [tmp_path]


@pytest.mark.django_db
def test_guide_for_operators_names_every_metric():
    guide = (site.BASE_DIR / "docs" / "operating.md").read_text()
    Client().get("/glossary/")
    told = {f.name for f in text_string_to_metric_families(read().text) if f.name.startswith("descent_")}

    assert {name for name in told if f"`{name}" not in guide} == set()
    assert len(told) > 8


def test_workers_of_one_machine_count_together(tmp_path):
    """Two of gunicorn's, as in production; the log of both is one JSON object a line."""
    folder, log = tmp_path / "metrics", tmp_path / "log"
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
        "STATIC_ROOT": str(tmp_path),
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
    }
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--preload", "--workers", "2"]
    with log.open("w") as stderr:
        server = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"], cwd=site.BASE_DIR, env=environment, stderr=stderr
        )
        try:
            asked = 0
            while len(list(folder.glob("counter_*.db"))) < 2 and asked < 500:
                asked += ask(port, "/robots.txt")[0] == 200
            told = samples(ask(port, "/metrics")[1])
        finally:
            server.terminate()
            server.wait(30)

    assert told["descent_requests_total", "GET", "200", "robots"] == asked > 1
    assert told[("descent_database_up",)] == 0, "it has no tables yet"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert sum(line.get("path") == "/robots.txt" for line in lines) == asked
    assert {"descent.access", "gunicorn.error"} <= {line["logger"] for line in lines}


def ask(port: int, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        try:
            client.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
            answer = client.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.1)
            return 0, ""
