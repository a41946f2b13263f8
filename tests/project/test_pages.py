"""Every public page that a link leads to: there, whole and well formed."""

import json
import os
import re
import subprocess
from collections.abc import Iterator

import html5lib
import lxml.html
import pytest
from django.db import connection
from django.test import Client
from rdflib.namespace import SDO

from catalog.models import AIModel, Family, Score, Tag
from core.table_states import watched
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests.project.crawler import Visit, crawl
from tests.project.feed_validator import faults
from tests.project.sitemaps import places

# All tests of the module ask for the database, so that they run in one go and the pages are fetched once.
pytestmark = pytest.mark.django_db

KINDS = (AIModel, Family, Tag, Term, Organization, Source, Paper, Benchmark)


@pytest.fixture(scope="module")
def queries() -> list[str]:
    """What the database was asked for all pages."""
    return []


@pytest.fixture(scope="module")
def visits(collection, queries, django_db_blocker) -> dict[str, Visit]:
    def note(execute, sql, *rest):
        queries.append(sql)
        return execute(sql, *rest)

    with django_db_blocker.unblock(), connection.execute_wrapper(note):
        return crawl(Client())


@pytest.fixture(scope="module")
def pages(visits) -> dict[str, str]:
    return {address: visit.text for address, visit in visits.items() if visit.is_page}


def test_every_link_leads_somewhere(visits):
    assert {address: visit.status for address, visit in visits.items() if visit.status != 200} == {}


def test_the_crawl_finds_every_public_entry_and_nothing_else(visits, db):
    entries = {entry.get_absolute_url() for kind in KINDS for entry in kind.objects.published()}
    lists = {
        "/models/",
        "/families/",
        "/tags/",
        "/glossary/",
        "/organizations/",
        "/sources/",
        "/papers/",
        "/benchmarks/",
        "/disagreements/",
    }
    others = {"/", "/search/", "/compare/", "/start/", "/lineage/", "/timeline/", "/changes/", "/api/"}
    expected = entries | lists | others
    pages = {address for address, visit in visits.items() if visit.is_page}
    twins = set(visits) - pages

    assert pages == expected
    assert len(entries) > 90
    # An entry's JSON, Markdown, BibTeX, CSL-JSON and feed, a list's JSON and CSV, the description of all with the
    # schemas of kinds and of their lists, two files each of the scores on a benchmark and of the chart of those that
    # are dated, those of the lineage graph and of the timeline, and their drawings; and the two feeds of the site.
    scores = Score.objects.published().dated().order_by()
    pairs = [rows.values("benchmark").distinct().count() for rows in (scores, scores.exclude(known_on=None))]
    assert len(twins) == 5 * len(entries) + 2 * len(lists) + 1 + 2 * len(KINDS) + 2 * sum(pairs) + 6 + 2


def test_the_sitemap_names_exactly_the_pages(visits, db):
    files = places("/sitemap.xml")

    named = [place for file in files for place in places(file)]

    assert {*named} == {address for address, visit in visits.items() if visit.is_page}
    assert (len(files), len(named)) == (len(KINDS) + 1, len({*named}))


def test_whatever_pages_show_is_watched(visits, queries):
    """Pages are kept until a watched table changes: see `core.pages`."""
    read = {table for sql in queries for table in re.findall(r'(?:FROM|JOIN) \(*"?(\w+)', sql)} - {"SELECT"}
    # What search knows follows from what is watched, by triggers.
    follows = {"search_document", "search_words", "search_names"}

    assert read - follows - {"core_table_state"} <= watched()
    assert len(read & watched()) > 30


def test_every_feed_is_valid(visits):
    feeds = {address: visit.text for address, visit in visits.items() if visit.kind.startswith("application/atom")}

    wrong = {address: faults(text.encode(), f"http://testserver{address}") for address, text in feeds.items()}

    assert {address: found for address, found in wrong.items() if found} == {}
    assert len(feeds) > 100


def test_every_page_has_one_h1_and_a_title_of_its_own(pages):
    headings = {address: re.findall(r"<h1[ >]", text) for address, text in pages.items()}
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].strip() for text in pages.values()]

    assert {address for address, found in headings.items() if len(found) != 1} == set()
    assert len(set(titles)) == len(titles)
    assert len(pages) > 100


def test_every_page_says_its_own_address_and_what_it_is(pages):
    heads = {address: head_of(text) for address, text in pages.items()}

    descriptions = [head.xpath("string(meta[@name='description']/@content)") for head in heads.values()]
    for address, head in heads.items():
        assert head.xpath("link[@rel='canonical']/@href") == [f"http://testserver{address}"]
    assert len(set(descriptions)) == len(descriptions)
    assert [d for d in descriptions if not 20 <= len(d) <= 160 or re.search(r"\[@|\*\*|\]\(|<", d)] == []


def test_every_page_can_be_previewed(pages, db):
    client, kinds = Client(), set()
    for address, text in pages.items():
        head = head_of(text)
        said = dict(zip(head.xpath("meta/@property"), head.xpath("meta[@property]/@content"), strict=True))
        assert said["og:url"] == f"http://testserver{address}"
        assert all(said[f"og:{name}"] for name in ("title", "description", "type", "site_name", "image:alt"))
        picture = said["og:image"].removeprefix("http://testserver")
        assert picture in (f"{address[:-1]}.png", "/card.png")
        # One card of each kind is drawn.
        if picture.split("/")[1] not in kinds:
            kinds.add(picture.split("/")[1])
            assert client.get(picture)["Content-Type"] == "image/png"
    assert len(kinds) == len(KINDS) + 1


def test_linked_data_is_in_the_words_of_schema_org(visits, pages):
    terms = {str(term).rsplit("/", 1)[-1] for term in SDO.__annotations__}
    found = {address: linked_data(head_of(text)) for address, text in pages.items()}
    things = [(address, thing) for address, data in found.items() for top in data for thing in things_in(top)]

    without = {address for address, data in found.items() if not data}
    assert without == {"/search/", "/compare/", "/start/", "/lineage/", "/timeline/", "/changes/", "/api/"}
    assert {top["@context"] for data in found.values() for top in data} == {"https://schema.org"}
    assert {word for _, thing in things for word in (thing.get("@type", "Thing"), *names_in(thing))} - terms == set()
    assert [(a, thing) for a, thing in things if not NEEDED.get(thing.get("@type"), set()) <= set(thing)] == []
    assert {thing["@type"] for _, thing in things if "@type" in thing} >= set(NEEDED)
    asked = {value for _, thing in things for value in addresses_in(thing)}
    own = {value.removeprefix("http://testserver") for value in asked if value.startswith("http://testserver")}
    assert [value for value in asked if not re.match(r"https?://", value)] == []
    # A picture and a search are answered, though no link leads to them.
    assert {a for a in own if "?q={q}" not in a and not a.endswith(".png")} - set(visits) == set()


# What search engines ask of what they show.
NEEDED = {
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"name", "url", "license", "publisher", "breadcrumb", "mainEntity"},
    "CreativeWork": {"name"},
    "CreativeWorkSeries": {"name"},
    "DataCatalog": {"name", "description", "dataset"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Dataset": {"name", "description", "license", "distribution"},
    "DefinedTerm": {"name", "inDefinedTermSet"},
    "ItemList": {"numberOfItems", "itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Organization": {"name"},
    "Person": {"name"},
    "ScholarlyArticle": {"name"},
    "WebPage": {"name", "url", "license", "publisher", "breadcrumb", "mainEntity"},
    "WebSite": {"name", "url", "potentialAction"},
}


def head_of(page: str):
    return lxml.html.document_fromstring(page).head


def linked_data(head) -> list[dict]:
    return [json.loads(text) for text in head.xpath("script[@type='application/ld+json']/text()")]


def things_in(value) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from things_in(part)


def names_in(thing: dict) -> list[str]:
    return [name for name in thing if not name.startswith("@")]


def addresses_in(thing: dict) -> Iterator[str]:
    for name in ("url", "item", "contentUrl", "urlTemplate", "archivedAt", "sameAs"):
        value = thing.get(name, [])
        yield from value if isinstance(value, list) else [value]


def test_every_page_is_well_formed(pages):
    faults = {address: fault for address, text in pages.items() if (fault := first_fault(text))}

    assert faults == {}
    assert len(pages) > 100


def first_fault(page: str) -> str:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    return "; ".join(f"{code} at {position} {data}" for position, code, data in parser.errors[:3])


@pytest.mark.parametrize(
    "page", ["<!doctype html><title>x</title><p><div></p>", "<!doctype html><title>x</title><b><i>x</b></i>", "<p>x"]
)
def test_a_malformed_page_is_seen(page):
    assert first_fault(page)


def test_no_page_asks_another_site_for_anything(pages):
    asked = re.compile(
        r'(?:src|srcset|poster|data|action|<link(?![^>]*rel="canonical")[^>]*href)="(?:https?:)?//[^"]*"'
    )

    assert {address: found for address, text in pages.items() if (found := asked.findall(text))} == {}


def test_no_page_has_inline_script_or_style(pages):
    # Linked data is no script: no browser runs it.
    data = r' type="application/ld\+json">'
    inline = re.compile(rf"<style|\sstyle=|\son\w+=|<script(?!{data})(?![^>]*\ssrc=)|javascript:")

    assert {address: found for address, text in pages.items() if (found := inline.findall(text))} == {}


@pytest.mark.skipif("VNU_JAR" not in os.environ, reason="set VNU_JAR to the Nu HTML checker's jar")
def test_nu_checker_finds_no_fault(pages, tmp_path):
    files = {}
    for number, (address, text) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(text)
        files[file.as_uri()] = address
    command = ["java", "-Xss4m", "-jar", os.environ["VNU_JAR"], "--format", "json", "--stdout", "--exit-zero-always"]

    answer = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True)

    found = [m for m in json.loads(answer.stdout)["messages"] if m["type"] == "error" or m.get("subType") == "warning"]
    assert [(files.get(m.get("url"), m.get("url")), m["message"], m.get("extract")) for m in found] == []
    assert len(files) > 100
