"""One line of the log for each request, with an id that the answer bears too, and without anybody's secrets."""

import json
import logging
import re

import pytest
from django.core.signals import request_finished
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from core.logs import JSONLines, Lines
from core.requests import log_requests, now_asked, shown
from core.routes import before_tokens
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    """What is logged by loggers of a name, as production writes it; no request is being answered yet."""
    now_asked.set(None)
    caplog.set_level(logging.INFO, "descent")
    caplog.handler.setFormatter(JSONLines())

    def written(name: str = "descent") -> list[dict]:
        lines = map(json.loads, caplog.text.splitlines())
        return [line for line in lines if line["logger"].startswith(name)]

    return written


def test_each_request_is_one_line(lines):
    make.make_term(name="Attention")

    page = Client().get("/glossary/attention/?q=private")

    (line,) = lines("descent.access")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time"))
    assert line.pop("ms") >= line.pop("database_ms") > 0
    assert line.pop("queries") > 0
    line.pop("stored", "")
    assert line == {
        "level": "INFO",
        "logger": "descent.access",
        "message": "answered",
        "request": page.headers["X-Request-ID"],
        "method": "GET",
        "path": "/glossary/attention/",
        "status": 200,
        "bytes": len(page.content),
    }


def test_a_line_counts_the_queries_that_the_page_asked(lines, django_assert_num_queries):
    with django_assert_num_queries(3):
        log_requests(_three_queries)(RequestFactory().get("/"))

    assert [line["queries"] for line in lines()] == [3]


def _three_queries(request):
    for _ in range(3):
        connection.cursor().execute("SELECT 1")
    return HttpResponse()


@pytest.mark.parametrize("given", ["0f3a9c2e", "a" * 64, "Root=1-67891233-abcdef012345678912345678".replace("=", "_")])
def test_id_of_a_proxy_is_taken(given):
    assert Client().get("/robots.txt", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "a b c d e f g", "x" * 10 + "\n", "<script>x", "ééééééééé"])
def test_id_that_is_not_well_formed_is_not(given):
    answer = log_requests(lambda request: HttpResponse())(RequestFactory().get("/", headers={"X-Request-ID": given}))

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_ids_differ():
    assert len({Client().get("/robots.txt").headers["X-Request-ID"] for _ in range(3)}) == 3


def test_member_of_the_team_is_named_by_number_and_a_reader_not_at_all(lines):
    editor = make.make_editor()
    client = Client()
    client.force_login(editor)

    client.get("/admin/")
    Client().get("/glossary/", REMOTE_ADDR="203.0.113.7", headers={"user-agent": "Somebody's browser"})

    member, reader = lines("descent.access")
    assert member["user"] == editor.pk
    assert "user" not in reader
    assert not re.search("203.0.113.7|Somebody", json.dumps(reader))


def test_secrets_in_addresses_are_those_of_the_site_map():
    assert before_tokens() == {"reports/", "preview/", "admin/invitation/"}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/preview/WyJnbG9z:abc/", "/preview/…"),
        ("/preview/WyJnbG9z", "/preview/…"),
        ("//reports/s3cret/", "/reports/…"),
        ("/admin/invitation/MQ/s3cret/", "/admin/invitation/…"),
        ("/models/preview/", "/models/preview/"),
        ("/" + "x" * 600, "/" + "x" * 499),
    ],
)
def test_path_is_told_without_its_secret(path, told):
    assert shown(path) == told


@pytest.mark.parametrize("start", ["/preview/", "/reports/", "/admin/invitation/MQ/"])
def test_no_line_has_the_secret_of_an_address(lines, start):
    Client().get(f"{start}s3cret/")
    Client().get(f"{start}s3cret")
    Client(enforce_csrf_checks=True).post(f"{start}s3cret/")

    assert len(lines("descent.access")) == 3
    assert "s3cret" not in json.dumps(lines(""))


def broken(request):
    raise ZeroDivisionError("by hand")


def test_unhandled_error_is_one_line_whose_id_the_reader_is_told(lines, monkeypatch):
    monkeypatch.setattr("editorial.views.read", broken)

    page = Client(raise_request_exception=False).get("/preview/s3cret/")

    (error,) = lines("django.request")
    assert (error["level"], error["message"]) == ("ERROR", "Internal Server Error: /preview/…")
    assert error["traceback"].endswith("ZeroDivisionError: by hand")
    assert error["request"] == page.headers["X-Request-ID"]
    assert page.status_code == 500
    assert f"<code>{error['request']}</code>" in page.text
    assert "ZeroDivision" not in page.text
    assert [line["status"] for line in lines("descent.access")] == [500]


def test_what_is_refused_is_one_line_without_a_traceback(lines):
    Client().get("/", headers={"host": "evil.example"})

    (told,) = lines("django.security")
    assert (told["level"], "Invalid HTTP_HOST header: 'evil.example'." in told["message"]) == ("ERROR", True)
    assert "traceback" not in told


def test_what_is_logged_after_the_answer_bears_its_id_until_all_is_sent():
    log_requests(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert now_asked.get() is not None

    request_finished.send(None)

    assert now_asked.get() is None


@pytest.mark.parametrize(
    ("said", "told"),
    [("descent; hit", "hit"), ("descent; fwd=miss; stored", "miss"), ("descent; hit; detail=stale", "stale")],
)
def test_line_says_where_a_stored_page_is_from(lines, said, told):
    log_requests(lambda request: HttpResponse(headers={"Cache-Status": said}))(RequestFactory().get("/"))

    assert [line["stored"] for line in lines()] == [told]


def test_answer_does_not_depend_on_what_is_counted(lines, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("core.metrics._seconds", full)

    answer = log_requests(lambda request: HttpResponse("whole"))(RequestFactory().get("/"))

    assert answer.content == b"whole"
    assert [line["message"] for line in lines("")] == ["not counted: No space left on device", "answered"]


def test_slow_query_is_told_without_its_values(lines, settings):
    settings.SLOW_QUERY_MS = 0.000_001
    make.make_term(name="Attention")

    page = Client().get("/glossary/", {"q": "private words"})

    slow = lines("descent.slow")
    assert len(slow) == lines("descent.access")[0]["queries"] > 1
    assert {line["request"] for line in slow} == {page.headers["X-Request-ID"]}
    assert any('FROM "glossary_term"' in line["sql"] and line["view"] == "term_list" for line in slow)
    assert "private" not in json.dumps(slow)


def test_quick_queries_and_those_of_commands_are_not(lines, settings):
    Client().get("/glossary/")
    settings.SLOW_QUERY_MS = 0
    Client().get("/glossary/")
    settings.SLOW_QUERY_MS = 0.000_001
    connection.cursor().execute("SELECT 1")

    assert lines("descent.slow") == []


def test_line_for_programs_has_what_was_said_along_and_is_one_line(lines):
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        logging.getLogger("core.test").warning("two\nlines of %s", "“text”", exc_info=True, extra={"kept": {1, 2}})

    (line,) = lines("core.test")
    assert (line["message"], line["kept"]) == ("two\nlines of “text”", "{1, 2}")
    assert line["traceback"].splitlines()[0] == "Traceback (most recent call last):"
    assert "request" not in line


def test_line_for_people_is_readable(caplog):
    logging.getLogger("core.test").warning("forged\nline", extra={"ms": 3})

    written = Lines().format(caplog.records[0])

    assert re.fullmatch(r"\d\d:\d\d:\d\d WARNING core\.test: forged\\nline ms=3", written)
