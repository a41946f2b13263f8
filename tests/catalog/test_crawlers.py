"""The sitemap, robots.txt and llms.txt."""

import re

import pytest
from django.test import Client
from lxml import etree

from catalog import crawlers
from core.models import Status
from core.urls import TWINS
from tests import factories as make
from tests.project.schemas import schema
from tests.project.sitemaps import NAMESPACE, places

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def whole_sitemap() -> list[str]:
    return [place for file in places("/sitemap.xml") for place in places(file)]


LISTS = ("models", "families", "glossary", "papers", "benchmarks", "organizations", "sources", "tags")


def test_every_page_in_the_sitemap_is_there():
    make.make_tagged_model(), make.make_score(), make.make_innovation(), make.make_model_paper()

    assert {Client().get(place).status_code for place in whole_sitemap()} == {200}


@pytest.mark.parametrize("state", [{"status": Status.DRAFT}, {"publish_at": "2999-01-01T00:00:00Z"}])
def test_sitemap_names_nothing_that_is_not_public(state):
    for factory in (make.make_model, make.make_term, make.make_source):
        factory(slug="hidden", **state)
    make.make_tagged_model(content_object=make.make_model(**state), tag=make.make_tag(slug="hidden"))

    assert [file for file in places("/sitemap.xml") if "pages" not in file] == []
    assert Client().get("/sitemaps/models-1.xml").status_code == 404


def test_sitemap_of_more_than_one_file_holds_has_several(monkeypatch):
    monkeypatch.setattr(crawlers, "LIMIT", 2)
    for number in range(5):
        make.make_term(slug=f"term-{number}", updated_at=f"2026-01-0{number + 1}T10:00:00.5Z")

    index = places("/sitemap.xml")
    parts = [places(file) for file in index if "glossary" in file]

    assert [*index][1:] == [f"/sitemaps/glossary-{number}.xml" for number in (1, 2, 3)]
    assert [list(part) for part in parts] == [
        ["/glossary/term-0/", "/glossary/term-1/"],
        ["/glossary/term-2/", "/glossary/term-3/"],
        ["/glossary/term-4/"],
    ]
    assert index["/sitemaps/glossary-2.xml"] == "2026-01-04T10:00:00+00:00"
    assert parts[1]["/glossary/term-2/"] == "2026-01-03T10:00:00+00:00"
    assert Client().get("/sitemaps/glossary-4.xml").status_code == 404


def test_files_stay_below_what_the_protocol_allows():
    assert crawlers.LIMIT <= 50_000
    assert crawlers.MOST <= 50_000


@pytest.mark.parametrize("name", ["models-0", "models-1", "none-1", "pages-2", "models-x", f"models-{'9' * 40}"])
def test_no_such_file_is_404(name):
    assert Client().get(f"/sitemaps/{name}.xml").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_sitemap_asks_equally_often_for_one_entry_and_for_three(rows, django_assert_num_queries):
    for _ in range(rows):
        make.make_tagged_model(content_object=make.make_model())
    with django_assert_num_queries(9):
        places("/sitemap.xml")
    with django_assert_num_queries(1):
        assert len(places("/sitemaps/models-1.xml")) == rows


BROKEN = [
    "<loc>/models/</loc>",
    "<loc>http://x.org/?page=2</loc>",
    "<loc>http://x.org/</loc><lastmod>2026</lastmod>",
    "",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_sitemap_is_seen(broken):
    root = etree.fromstring(f'<urlset xmlns="{NAMESPACE}"><url>{broken}</url></urlset>')

    assert not schema("sitemap").validate(root)


def allowed(address: str) -> bool:
    """What robots.txt says of an address, by RFC 9309: of the rules that match, the longest; of two, the milder."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", Client().get("/robots.txt").text, re.MULTILINE)
    matching = [
        (len(path), verb == "Allow")
        for verb, path in rules
        if re.match(re.escape(path).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    return max(matching)[1]


READ = "/ /models/ /models/?page=2 /models/deepseek-v3/ /models/deepseek-v3.json /models.json /feeds/new.atom"
READ += " /changes/?page=3 /static/css/base.css /sitemaps/models-1.xml /llms.txt /benchmarks/administration/"
LEFT_ALONE = (
    "/admin/ /admin/login/ /preview/abc/ /reports/abc/ /models/deepseek-v3/report/ /search/?q=x /models.json?q=x"
)
LEFT_ALONE += " /models/?openness=api_only /models/?openness=api_only&page=2 /models/?page=2&openness=api_only"
LEFT_ALONE += " /models/?facet=organization /compare/?models=a,b /models/deepseek-v3/?as_of=2024"


@pytest.mark.parametrize("address", READ.split())
def test_search_engines_may_read(address):
    assert allowed(address)


@pytest.mark.parametrize("address", LEFT_ALONE.split())
def test_search_engines_are_asked_to_leave_alone(address):
    assert not allowed(address)


def test_robots_names_the_sitemap_of_the_host():
    answer = Client().get("/robots.txt", secure=True)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "\nSitemap: https://testserver/sitemap.xml\n" in answer.text


def test_llms_txt_follows_the_convention_and_every_link_in_it_leads_somewhere():
    model = make.make_model(slug="deepseek-v3")
    answer = Client().get("/llms.txt")

    lines = [line for line in answer.text.splitlines() if line]
    links = re.findall(r"http://testserver(/[^\s)]*[^\s).])", answer.text)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert (lines[0], lines[1][:2]) == ("# Descent", "> ")
    # After what it is, lists of links under headings of the second rank.
    assert [line for line in lines if line.startswith("#")][1:] == [
        "## Lists",
        "## Open data",
        "## What is new",
        "## Optional",
    ]
    assert {link: Client().get(link).status_code for link in links if Client().get(link).status_code != 200} == {}
    assert {f"/{name}/" for name in LISTS} | {f"/{name}.json" for name in LISTS} <= {*links}
    assert all(f"`.{end}`" in answer.text for end in TWINS)
    assert "CC BY 4.0" in answer.text
    assert f"{model.get_absolute_url()[:-1]}.json" in answer.text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/robots.txt", "/llms.txt", "/sitemap.xml", "/sitemaps/pages-1.xml"])
def test_crawlers_addresses_are_for_reading_only(address, method):
    assert getattr(Client(), method)(address).status_code == 405
