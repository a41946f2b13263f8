"""How a feed is written, and answered without being written anew."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from core import feeds
from core.feeds import Feed, Item, answer, readable
from core.memory import Recent
from glossary.models import Term
from tests import factories as make
from tests.project.feed_validator import faults

BEGUN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ADDRESS = "http://testserver/feeds/terms.atom"


@pytest.fixture
def written(monkeypatch):
    """What is written while a test runs: the numbers of terms. Feeds of other tests are forgotten."""
    monkeypatch.setattr(feeds, "_answers", Recent(1000_000, weigh=len))
    return []


def terms(written) -> Feed:
    names = [*Term.objects.published().order_by("name").values_list("name", flat=True)]
    written.append(len(names))
    items = [Item(f"urn:x:{name}", BEGUN, name, "/glossary/", "term", "", "") for name in names]
    return Feed("urn:x:terms", BEGUN, "Terms", "All of them", "/glossary/", items)


def ask(written, **headers):
    return answer(RequestFactory().get("/feeds/terms.atom", headers=headers), lambda: terms(written))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain\ttext\r\n“…” \U0001f600", "plain\ttext\r\n“…” \U0001f600"),
        ("\0\x08\x0b\x1f", "����"),
        ("￾￿\ud800", "���"),
    ],
)
def test_what_xml_cannot_hold_is_replaced(text, left):
    assert readable(text) == left


@pytest.mark.django_db
def test_feed_without_items_is_valid_and_always_the_same(written):
    one, two = ask(written), ask(written)

    assert faults(one.content, ADDRESS) == []
    assert one.content == two.content
    assert b"<updated>2026-01-01T00:00:00+00:00</updated>" in one.content


@pytest.mark.django_db
def test_query_is_no_part_of_the_feeds_address(written):
    page = answer(RequestFactory().get("/feeds/terms.atom?utm_source=x"), lambda: terms(written))

    assert faults(page.content, ADDRESS) == []


@pytest.mark.django_db(transaction=True)
def test_reader_who_has_it_gets_nothing_and_nothing_is_written(written, django_assert_num_queries):
    make.make_term(name="A")
    first = ask(written)

    with django_assert_num_queries(1):
        again = ask(written, if_none_match=first["ETag"])

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert written == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tag", ['W/"{}"', '"other", "{}"', "*"])
def test_compressed_and_listed_tags_are_known(written, tag):
    etag = ask(written)["ETag"].strip('"')

    assert ask(written, if_none_match=tag.format(etag)).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_change_of_what_it_tells_is_seen_at_once_whoever_makes_it(written):
    make.make_term(name="A")
    first = ask(written)

    Term.objects.update(name="B")
    second = ask(written, if_none_match=first["ETag"])
    Term.objects.update(status="archived")
    third = ask(written, if_none_match=second["ETag"])

    assert [first.status_code, second.status_code, third.status_code] == [200, 200, 200]
    assert b"<title>B</title>" in second.content
    assert written == [1, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_change_of_what_it_does_not_tell_sends_nothing_anew(written):
    make.make_term(name="A")
    first = ask(written)

    make.make_source()
    Term.objects.update(article="More words.")

    assert ask(written, if_none_match=first["ETag"]).status_code == 304
    # The table of terms changed: it was written anew, and was the same.
    assert written == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_entry_whose_time_comes_is_in_it(written, monkeypatch):
    now = timezone.now()
    make.make_term(name="A", publish_at=now + datetime.timedelta(minutes=5))
    first = ask(written)

    answers = []
    for minutes in (4, 5):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + datetime.timedelta(minutes=minutes))
        answers.append(ask(written, if_none_match=first["ETag"]).status_code)

    assert answers == [304, 200]
    assert written == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_history_is_watched_too(written):
    def past():
        feed = terms(written)
        count = Term.history.count()
        return Feed(feed.id, feed.begun, f"{count} versions", feed.subtitle, feed.link, feed.items)

    term = make.make_term(name="A")
    request = RequestFactory().get("/feeds/terms.atom")
    assert b"<title>1 versions" in answer(request, past).content

    Term.history.create(**{name: getattr(term.history.get(), name) for name in HISTORIC})

    assert b"<title>2 versions" in answer(request, past).content


HISTORIC = ("id", "name", "slug", "definition", "status", "created_at", "updated_at", "history_date", "history_type")
