"""How a feed is written."""

import datetime

import pytest
from django.test import RequestFactory

from core.feeds import Feed, Item, answer, readable
from glossary.models import Term
from tests.project.feed_validator import faults

BEGUN = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ADDRESS = "http://testserver/feeds/terms.atom"


def ask(address="/feeds/terms.atom"):
    names = Term.objects.published().order_by("name").values_list("name", flat=True)
    items = [Item(f"urn:x:{name}", BEGUN, name, "/glossary/", "term", "", "") for name in names]
    feed = Feed("urn:x:terms", BEGUN, "Terms", "All of them", "/glossary/", items)
    return answer(RequestFactory().get(address), feed)


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


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_feed_without_items_is_valid_and_always_the_same():
    one, two = ask(), ask()

    assert faults(one.content, ADDRESS) == []
    assert one.content == two.content
    assert b"<updated>2026-01-01T00:00:00+00:00</updated>" in one.content


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_query_is_no_part_of_the_feeds_address():
    page = ask("/feeds/terms.atom?utm_source=x")

    assert faults(page.content, ADDRESS) == []
