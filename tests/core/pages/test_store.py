"""Where pages are kept: what a process remembers, and the cache that all share."""

from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse

from core import pages
from tests.core.pages.conftest import LONG, read


def test_large_answers_are_not_kept(site, shared, monkeypatch):
    monkeypatch.setattr(pages, "LARGEST", 10)
    site.get()
    site.get()

    assert site.computed == 2


def test_page_that_another_process_computed_is_answered_and_asked_of_the_cache_once(site, shared, monkeypatch):
    first = site.get()
    shared()
    asked, get = [], LocMemCache.get
    monkeypatch.setattr(LocMemCache, "get", lambda cache, key: asked.append(key) or get(cache, key))

    second, third = site.get(), site.get()

    assert (site.computed, len(asked)) == (1, 1)
    assert first.content == second.content == third.content
    assert second["Cache-Status"] == third["Cache-Status"] == "descent; hit"
    assert {name: value for name, value in first.items() if name != "Cache-Status"}.items() <= second.headers.items()


def test_page_that_another_process_computed_since_is_answered_in_place_of_what_is_remembered(site, shared):
    site.get()
    mine = pages.store
    shared()
    site.version, site.view = "two", lambda request: HttpResponse(LONG + "more")
    site.get()
    pages.store = mine

    assert [read(site.get()), read(site.get())] == [LONG + "more"] * 2
    assert site.computed == 2


def test_pages_that_were_asked_for_longest_ago_are_forgotten(site, monkeypatch):
    site.view = lambda request: HttpResponse("words", content_type="text/plain")
    monkeypatch.setattr(pages, "REMEMBERED", 3 * (pages.BESIDE + len("words")))

    for number in (1, 2, 3, 1, 4):
        site.get(f"/{number}/")
    assert site.computed == 4
    site.get("/1/"), site.get("/3/"), site.get("/4/")
    assert site.computed == 4
    site.get("/2/")
    assert site.computed == 5


def test_page_takes_its_room_once_however_often_it_changes(site, monkeypatch):
    site.view = lambda request: HttpResponse("words", content_type="text/plain")
    monkeypatch.setattr(pages, "REMEMBERED", 2 * (pages.BESIDE + len("words")))

    for site.version in ("one", "two", "three", "four"):
        site.get("/a/")
    site.get("/b/")
    assert site.computed == 5
    site.get("/a/"), site.get("/b/")

    assert site.computed == 5


def test_what_becomes_of_an_answer_does_not_touch_what_is_kept(site):
    for headers in ({}, {"accept_encoding": "identity"}):
        answer = site.get(**headers)
        answer.content, answer["ETag"], answer["X-Request-ID"] = b"", "other", "1"
    answer = site.get()

    assert (read(answer), answer.has_header("X-Request-ID")) == (LONG, False)
    assert answer["ETag"].startswith("W/")


def test_cache_that_fails_costs_nobody_a_page_and_is_left_alone_for_a_while(site, shared, monkeypatch, caplog):
    asked = []

    def broken(*args):
        asked.append(args)
        raise ConnectionError("refused")

    monkeypatch.setattr(LocMemCache, "get", broken)
    clock = [100.0]
    monkeypatch.setattr(pages, "monotonic", lambda: clock[0])

    assert [read(site.get("/a/")), read(site.get("/b/"))] == [LONG, LONG]
    assert len(asked) == 1
    assert [record.getMessage() for record in caplog.records] == ["The cache fails, and is left alone for 5 s: refused"]
    clock[0] += pages.REST
    site.get("/c/")
    assert len(asked) == 2
