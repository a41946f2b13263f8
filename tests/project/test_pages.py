"""Every public page that a link leads to: there, whole and well formed."""

import json
import os
import re
import subprocess

import html5lib
import pytest
from django.test import Client

from catalog.models import AIModel, Family, Score, Tag
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests.project.crawler import Visit, crawl

# All tests of the module ask for the database, so that they run in one go and the pages are fetched once.
pytestmark = pytest.mark.django_db

KINDS = (AIModel, Family, Tag, Term, Organization, Source, Paper, Benchmark)


@pytest.fixture(scope="module")
def visits(collection, django_db_blocker) -> dict[str, Visit]:
    with django_db_blocker.unblock():
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
    expected = entries | lists | {"/", "/search/", "/compare/", "/start/", "/lineage/", "/timeline/"}
    pages = {address for address, visit in visits.items() if visit.is_page}
    twins = set(visits) - pages

    assert pages == expected
    assert len(entries) > 90
    # An entry's JSON, BibTeX and CSL-JSON, a list's JSON and CSV, two files each of the scores on a benchmark and of
    # the chart of those that are dated, those of the lineage graph and of the timeline, and their drawings.
    scores = Score.objects.published().dated().order_by()
    pairs = [rows.values("benchmark").distinct().count() for rows in (scores, scores.exclude(known_on=None))]
    assert len(twins) == 3 * len(entries) + 2 * len(lists) + 2 * sum(pairs) + 6


def test_every_page_has_one_h1_and_a_title_of_its_own(pages):
    headings = {address: re.findall(r"<h1[ >]", text) for address, text in pages.items()}
    titles = [re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1].strip() for text in pages.values()]

    assert {address for address, found in headings.items() if len(found) != 1} == set()
    assert len(set(titles)) == len(titles)
    assert len(pages) > 100


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
    inline = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:")

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
