"""Public pages come from the store while nothing has changed, and from nowhere else once something has."""

import datetime

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from core import pages
from glossary.models import Term
from tests import factories as make
from tests.core.pages.conftest import LONG, NOON, TOMORROW, read
from tests.elsewhere import elsewhere


def test_page_is_computed_once(site):
    first, second = site.get(), site.get()

    assert site.computed == 1
    assert (first["Cache-Status"], second["Cache-Status"]) == ("descent; fwd=miss", "descent; hit")
    assert read(first) == read(second) == LONG
    assert {name for name in first.headers if first[name] != second[name]} == {"Cache-Status"}
    assert second["Cache-Control"] == "no-cache"
    assert second["Vary"] == "Accept-Encoding"


def test_reader_who_has_it_gets_nothing(site):
    etag = site.get()["ETag"]

    again = site.get(if_none_match=etag)

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Status"] == "descent; hit"
    assert site.computed == 1


def test_reader_of_a_page_that_is_not_kept_gets_nothing_either(site):
    site.version = ""
    etag = site.get()["ETag"]

    assert site.get(if_none_match=etag).status_code == 304
    assert site.computed == 2


def test_page_is_computed_anew_in_the_next_version_and_its_tag_is_that_of_the_content(site):
    first = site.get()
    site.version = "two"
    second = site.get()
    site.version, site.view = "three", lambda request: HttpResponse(LONG + "more")
    third = site.get()

    assert site.computed == 3
    assert first["ETag"] == second["ETag"] != third["ETag"]
    assert read(third) == LONG + "more"


def test_page_into_which_others_wrote_is_computed_again(site):
    site.later = ["one", "two", "two"]
    answer = site.get()

    assert site.computed == 2
    assert answer["Cache-Status"] == "descent; fwd=miss"
    assert site.get()["Cache-Status"] == "descent; hit"


def test_page_is_answered_and_not_kept_where_others_write_all_the_time(site):
    site.later = list("abcd")
    answer = site.get()

    assert site.computed == pages.TRIES
    assert read(answer) == LONG
    site.get()
    assert site.computed == pages.TRIES + 1


def test_page_holds_until_something_is_due(site, monkeypatch):
    site.get()
    site.at(monkeypatch, TOMORROW - datetime.timedelta(seconds=1))
    site.get()
    assert site.computed == 1

    site.at(monkeypatch, TOMORROW)
    site.get()
    assert site.computed == 2


def test_addresses_hosts_and_schemes_are_kept_apart(site):
    asked = [{}, {"address": "/?a=1"}, {"address": "/a/"}, {"host": "other.example"}, {"secure": True}]
    for _ in range(2):
        for one in asked:
            site.get(**one)

    assert site.computed == len(asked)


def test_each_encoding_is_answered_from_what_is_kept(site):
    zipped, plain = site.get(), site.get(accept_encoding="identity")

    assert site.computed == 1
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert plain.content.decode() == read(zipped) == LONG
    assert [int(a["Content-Length"]) for a in (zipped, plain)] == [len(zipped.content), len(LONG)]
    assert zipped["ETag"] == plain["ETag"]


@pytest.mark.parametrize("kind", ["image/png", "text/plain"])
def test_what_is_short_or_a_picture_is_not_compressed(site, kind):
    content = b"p" * (10_000 if kind == "image/png" else 20)
    site.view = lambda request: HttpResponse(content, content_type=kind)

    answers = [site.get(), site.get()]

    assert [(a.content, a.get("Content-Encoding")) for a in answers] == [(content, None)] * 2


def test_page_keeps_its_own_headers(site):
    site.view = lambda request: HttpResponse(
        "x", headers={"ETag": '"mine"', "Cache-Control": "public, max-age=60", "Vary": "Origin", "X-Of-View": "y"}
    )
    for _ in range(2):
        answer = site.get()
        assert (answer["ETag"], answer["Cache-Control"], answer["X-Of-View"]) == ('"mine"', "public, max-age=60", "y")
        assert answer["Vary"] == "Origin, Accept-Encoding"


def test_head_is_answered_from_what_is_kept_and_keeps_nothing(site):
    site.get(method="head")
    site.get()
    answer = site.get(method="head")

    assert site.computed == 2
    assert (answer.status_code, answer["Cache-Status"]) == (200, "descent; hit")


def with_cookie():
    answer = HttpResponse("x")
    answer.set_cookie("a", "b")
    return answer


@pytest.mark.parametrize(
    "view",
    [
        lambda: HttpResponse("x", status=404),
        lambda: HttpResponse("x", status=500),
        lambda: HttpResponse("x", headers={"Vary": "Accept-Language, Cookie"}),
        lambda: HttpResponse("x", headers={"Cache-Control": "no-store"}),
        lambda: HttpResponse("x", headers={"Cache-Control": "private"}),
        lambda: StreamingHttpResponse(iter(["x"])),
        with_cookie,
    ],
)
def test_what_is_not_for_everybody_is_passed_on_as_it_is(site, view):
    site.view = lambda request: view()
    answers = [site.get(), site.get()]

    assert site.computed == 2
    assert {(a.has_header("ETag"), a.has_header("Cache-Status")) for a in answers} == {(False, False)}


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_are_passed_on(site, method):
    site.get()
    site.get(method=method)

    assert site.computed == 2


@pytest.mark.django_db
def test_something_is_due_when_the_next_entry_is_published_or_a_day_ends(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(pages, "_due", ("", None))
    assert pages._until("one") == TOMORROW

    make.make_term(publish_at=NOON - datetime.timedelta(hours=1))
    make.make_term(publish_at=NOON + datetime.timedelta(days=3))
    assert pages._until("two") == TOMORROW

    make.make_source(publish_at=NOON + datetime.timedelta(hours=2))
    make.make_term(publish_at=NOON + datetime.timedelta(hours=1))
    assert pages._until("three") == NOON + datetime.timedelta(hours=1)
    # In the same version, the next one once that is past.
    monkeypatch.setattr(timezone, "now", lambda: NOON + datetime.timedelta(hours=1))
    assert pages._until("three") == NOON + datetime.timedelta(hours=2)


@pytest.mark.django_db(transaction=True)
def test_site_answers_with_one_query_until_somebody_changes_something(django_assert_num_queries):
    """All of it on the real site: in committed rows, by other connections, through every middleware."""
    make.make_term(slug="attention", name="Attention", status="draft")
    later = make.make_term(slug="later", name="Later", publish_at=timezone.now() + datetime.timedelta(days=400))
    client, address = Client(), "/glossary/"

    def ask(names, status):
        with connection.execute_wrapper(lambda execute, sql, *rest: asked.append(sql) or execute(sql, *rest)):
            asked.clear()
            answer = client.get(address)
        assert [name for name in ("Attention", "Focus", "Later") if f">{name}<" in answer.text] == names
        assert answer["Cache-Status"] == f"descent; {status}"
        return answer

    asked = []
    ask([], "fwd=miss")
    ask([], "hit")
    assert len(asked) == 1
    elsewhere(lambda: Term.objects.filter(slug="attention").update(status="published"))
    first = ask(["Attention"], "fwd=miss")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    Term.objects.filter(slug="attention").update(name="Focus")
    ask(["Focus"], "fwd=miss")
    later.publish_at = timezone.now() + datetime.timedelta(seconds=-1)
    later.save()
    ask(["Focus", "Later"], "fwd=miss")
    assert client.get("/glossary.json")["Cache-Status"] == "descent; fwd=miss"
    assert client.get("/glossary.json")["Access-Control-Allow-Origin"] == "*"
    Term.objects.all().delete()
    ask([], "fwd=miss")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/glossary/", "/glossary.json"])
def test_kept_page_says_what_every_answer_says_and_to_no_foreign_host(address, django_assert_num_queries):
    make.make_term()
    client = Client(headers={"x-request-id": "the-same-one"})
    first = client.get(address, secure=True)
    with django_assert_num_queries(2):
        kept = client.get(address, secure=True)
        unchanged = client.get(address, secure=True, headers={"if-none-match": first["ETag"]})

    assert {"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"} < set(kept.headers)
    assert ("Access-Control-Allow-Origin" in kept.headers) == (address == "/glossary.json")
    own = {"Content-Type", "Content-Length", "Content-Encoding"}
    assert dict(kept.items()) == dict(first.items()) | {"Cache-Status": "descent; hit"}
    assert unchanged.status_code == 304
    assert dict(unchanged.items()) == {name: value for name, value in kept.items() if name not in own}
    assert client.get(address, secure=True, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_file_is_answered_without_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get("/static/css/base.css")
    answer.close()

    assert answer.status_code == 200
    assert not answer.has_header("Cache-Status")


@pytest.mark.django_db(transaction=True)
def test_pages_that_depend_on_who_asks_are_never_kept(admin_client):
    make.make_term(slug="attention")
    for address in ("/admin/", "/admin/login/", "/glossary/attention/report/"):
        for client in (admin_client, Client(), admin_client):
            assert not client.get(address).has_header("Cache-Status"), address
    # Whoever is logged in reads the public pages as everybody else does.
    assert admin_client.get("/glossary/")["Cache-Status"] == "descent; fwd=miss"
    assert Client().get("/glossary/")["Cache-Status"] == "descent; hit"
