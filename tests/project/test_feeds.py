"""Feeds are valid whatever a text holds, and name what they tell of for ever. `test_pages` reads all of them."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from editorial.log import change
from tests import factories as make
from tests.project.feed_validator import ATOM, faults
from tests.project.test_pages import KINDS

pytestmark = pytest.mark.django_db

SITE = ["/feeds/new.atom", "/feeds/corrections.atom"]
# Mark-up, what XML cannot hold, what it cannot hold unescaped, and signs of other planes and directions.
HOSTILE = "]]> <script>alert(1)</script> &amp; & \"' \x01\x0b\x1f\x7f￾\U0001f600 ‮ <!-- {{ 7 }}"


def feed_of(entry) -> str:
    return reverse(f"{entry._meta.model_name}_feed", args=[entry.slug])


def found_in(addresses) -> dict[str, list[str]]:
    answers = {address: Client().get(address) for address in addresses}
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"application/atom+xml; charset=utf-8"}
    wrong = {address: faults(answer.content, f"http://testserver{address}") for address, answer in answers.items()}
    return {address: found for address, found in wrong.items() if found}


def hostile_entries():
    """An entry of each kind, called as badly as can be, corrected, and with what belongs to it."""
    fields = {"name": HOSTILE, "summary": HOSTILE, "slug": "hostile"}
    with change(f"Because {HOSTILE}"):
        source, paper, benchmark = (
            factory(**fields) for factory in (make.make_source, make.make_paper, make.make_benchmark)
        )
        term = make.make_term(name=HOSTILE, definition=HOSTILE, slug="hostile")
        organization, family = make.make_organization(**fields), make.make_family(**fields)
        model = make.make_model(
            **fields, organizations=[organization], family=family, licence=HOSTILE, parameters_total=1
        )
        tag = make.make_tagged_model(content_object=model, tag=make.make_tag(name=HOSTILE, slug="hostile")).tag
        make.make_innovation(model=model, term=term, note=HOSTILE)
        make.make_score(model=model, benchmark=benchmark, source=source, setting=HOSTILE)
        make.make_citation(model=model, source=source, stated=HOSTILE, value="1")
        make.make_model_paper(model=model, paper=paper)
        ancestor = make.make_model(name=HOSTILE, slug="ancestor")
        make.make_derivation(child=model, parent=ancestor, parent_name=HOSTILE, source=source)
    for entry in (source, paper, benchmark, term, organization, family, model):
        with change(f"Corrected, for {HOSTILE}"):
            entry.name = f"{HOSTILE} anew"
            if entry is model:
                entry.parameters_total, entry.licence = 2, f"Other {HOSTILE}"
            entry.save()
    return [source, paper, benchmark, term, organization, family, model, tag]


def test_feeds_hold_whatever_a_text_may_hold():
    entries = hostile_entries()
    addresses = SITE + [feed_of(entry) for entry in entries]

    assert found_in(addresses) == {}
    assert {type(entry) for entry in entries} == set(KINDS)
    for address in addresses:
        root = etree.fromstring(Client().get(address).content)
        told = [" ".join(entry.itertext()) for entry in root.findall(f"{ATOM}entry")]
        assert told
        assert all("alert(1)" in text and "\U0001f600" in text for text in told)
        # Mark-up that somebody typed is text in HTML too.
        assert not any("<script>" in (entry.findtext(f"{ATOM}content")) for entry in root.findall(f"{ATOM}entry"))


def feed(entries: str = "", *, head: str = "") -> bytes:
    head = head or (
        "<id>urn:x:1</id><title>T</title><updated>2026-01-01T00:00:00Z</updated><author><name>A</name></author>"
        '<link href="http://x.org/"/><link rel="self" href="http://x.org/f"/>'
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()


ENTRY = '<entry><id>urn:x:2</id><title>E</title><updated>2026-01-01T00:00:00Z</updated><link href="http://x.org/e"/></entry>'
BROKEN = {
    "not well formed": feed(ENTRY.replace("</title>", "")),
    "a control character": feed(ENTRY.replace(">E<", ">\x01<")),
    "no id": feed(ENTRY.replace("<id>urn:x:2</id>", "")),
    "two titles": feed(ENTRY.replace("<title>E</title>", "<title>E</title><title>F</title>")),
    "an empty title": feed(ENTRY.replace(">E<", "><")),
    "no updated": feed(ENTRY.replace("<updated>2026-01-01T00:00:00Z</updated>", "")),
    "a time without an offset": feed(ENTRY.replace("00Z", "00")),
    "a day for a time": feed(ENTRY.replace("T00:00:00Z", "")),
    "an id that is no IRI": feed(ENTRY.replace("urn:x:2", "2")),
    "an address that is not absolute": feed(ENTRY.replace("http://x.org/e", "/e")),
    "one id twice": feed(ENTRY * 2),
    "an unknown element": feed(ENTRY.replace("<title>", "<guid>1</guid><title>")),
    "HTML that is not escaped": feed(ENTRY.replace(">E<", "><b>E</b><")),
    "an unknown type": feed(ENTRY.replace("<title>", '<title type="markdown">')),
    "no author": feed().replace(b"<author><name>A</name></author>", b""),
    "no link to itself": feed().replace(b'<link rel="self" href="http://x.org/f"/>', b""),
    "a link to another self": feed().replace(b"x.org/f", b"x.org/g"),
    "an older feed than its entry": feed(ENTRY.replace("2026", "2027")),
    "RSS": b"<rss version='2.0'><channel><title>T</title></channel></rss>",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_feed_is_seen(broken):
    assert faults(broken, "http://x.org/f")


def test_a_right_feed_is_passed():
    assert [faults(right, "http://x.org/f") for right in (feed(), feed(ENTRY))] == [[], []]


def test_ids_outlive_the_name_the_address_and_the_host_of_an_entry(settings):
    settings.ALLOWED_HOSTS = ["*"]
    model = make.make_model(name="Old", slug="old")
    make.make_score(model=make.make_model(), benchmark=make.make_benchmark(slug="bench"))
    make.make_derivation(child=make.make_model(), parent=model)
    model.history.update(history_date=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    with change("Why"):
        model.summary = "Other words."
        model.save()
    before = ids(feed_of(model)) | ids("/feeds/benchmarks/bench.atom") | ids("/feeds/new.atom")

    with change("Renamed"):
        model.name, model.slug = "New", "new"
        model.save()
    after = (
        ids("/feeds/models/new.atom", secure=True, headers={"host": "elsewhere.example"})
        | ids("/feeds/benchmarks/bench.atom", secure=True)
        | ids("/feeds/new.atom", secure=True)
    )

    assert before.items() <= after.items()
    # Of the model's feed: itself, that it is new, what changed, what belongs to it, and now the new name.
    assert (len(ids("/feeds/models/new.atom")), len(after) - len(before)) == (5, 1)


def ids(address: str, **request) -> dict[str, str]:
    """The ids of the feed and of its entries, each with when it was updated, the feed aside."""
    root = etree.fromstring(Client().get(address, **request).content)
    entries = {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}updated") for one in root.findall(f"{ATOM}entry")}
    return {root.findtext(f"{ATOM}id"): ""} | entries
