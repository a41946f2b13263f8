"""While no database answers, readers get what is kept, marked."""

import datetime
from math import inf
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.http import HttpResponse

from core import pages, replica
from tests.core.pages.conftest import LONG, MAIN, NOON


def fail(request):
    return HttpResponse("Sorry", status=503)


def test_page_is_answered_marked_while_no_database_answers(site):
    site.get()
    site.version, site.view = None, fail

    answers = [site.get(), site.get(accept_encoding="identity")]

    for answer in answers:
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert answer["Cache-Status"] == "descent; hit; detail=stale"
        assert not answer.has_header("ETag")
        assert int(answer["Content-Length"]) == len(answer.content)
        text = answer.content.decode()
        assert text.index("<strong>This page may be behind.</strong>") > text.index(MAIN)
        assert text.replace(text[text.index(MAIN) + len(MAIN) : text.index("words")], "") == LONG


@pytest.mark.parametrize("newer", ["shared", "remembered"])
def test_page_is_answered_marked_as_it_was_made_last_by_whomever(site, shared, monkeypatch, newer):
    site.get()
    mine = pages.store
    site.at(monkeypatch, NOON + datetime.timedelta(hours=1))
    site.version, site.view = "two", lambda request: HttpResponse(LONG + "more")
    if newer == "shared":
        shared()
    else:
        monkeypatch.setattr(mine, "_rests_until", inf)
    site.get()
    monkeypatch.setattr(mine, "_rests_until", 0)
    pages.store = mine
    site.version, site.view = None, fail

    answer = site.get()

    assert answer["Cache-Status"] == "descent; hit; detail=stale"
    assert "more" in answer.text


def test_page_that_was_never_kept_fails_while_no_database_answers(site):
    site.version, site.view = None, fail

    assert site.get().status_code == 503


def test_page_is_not_taken_from_the_store_where_something_else_fails(site, monkeypatch):
    site.get()
    site.version, site.view = "two", fail

    assert site.get().status_code == 503


def test_page_that_needs_no_database_is_answered_without_one_and_not_kept(site):
    site.version = None

    assert [site.get().status_code, site.get().status_code] == [200, 200]
    assert site.computed == 2


def test_database_that_says_nothing_is_told_in_one_line(monkeypatch, caplog):
    def broken(alias):
        raise OperationalError("could not connect\n")

    monkeypatch.setattr(replica, "version", broken)
    monkeypatch.setattr(pages, "connection", SimpleNamespace(in_atomic_block=False))

    assert pages._version() is None
    assert [record.getMessage() for record in caplog.records] == [
        "The primary database does not answer: could not connect"
    ]
