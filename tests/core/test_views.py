"""The two shapes of pages and their twins, on terms."""

import csv
import html
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from catalog.views import FamilyList, ModelList, TagList
from glossary.views import TermList
from research.views import BenchmarkList, OrganizationList, PaperList, SourceList
from tests import factories as make

pytestmark = pytest.mark.django_db


def get(address, **query):
    return Client().get(address, query)


def rows(response):
    return list(csv.reader(io.StringIO(response.text)))


def test_json_list_has_every_column_and_the_addresses():
    make.make_term(name="Mixture of Experts", abbreviation="MoE", aliases="experts\nmixtures", definition="Many.")

    answer = get("/glossary.json", q="many")

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "count": 1,
        "pages": 1,
        "self": "http://testserver/glossary.json?q=many",
        "html": "http://testserver/glossary/?q=many",
        "previous": None,
        "next": None,
        "data_licence": "https://creativecommons.org/licenses/by/4.0/",
        "results": [
            {
                "slug": "mixture-of-experts",
                "name": "Mixture of Experts",
                "abbreviation": "MoE",
                "aliases": ["experts", "mixtures"],
                "definition": "Many.",
                "html": "http://testserver/glossary/mixture-of-experts/",
            }
        ],
    }


def test_csv_list_has_every_column():
    make.make_term(name="Mixture, of “Experts”", slug="moe", aliases="experts\nmixtures", definition="Many.")

    answer = get("/glossary.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows(answer) == [
        ["slug", "name", "abbreviation", "aliases", "definition"],
        ["moe", "Mixture, of “Experts”", "", "experts; mixtures", "Many."],
    ]


def test_twins_take_the_filters_and_the_order_of_the_list():
    for name in ("Attention B", "Token", "Attention A"):
        make.make_term(name=name)
    query = {"q": "attention", "order": "-name"}

    listed = [term.name for term in get("/glossary/", **query).context["page_obj"]]

    assert listed == ["Attention B", "Attention A"]
    assert [term["name"] for term in get("/glossary.json", **query).json()["results"]] == listed
    assert [row[1] for row in rows(get("/glossary.csv", **query))[1:]] == listed


def test_pages_follow_one_another():
    for name in "ABC":
        make.make_term(name=name)

    first = get("/glossary.json", per_page=2, q="").json()
    second = Client().get(first["next"]).json()

    assert (first["count"], first["pages"], [term["name"] for term in first["results"]]) == (3, 2, ["A", "B"])
    assert first["next"] == "http://testserver/glossary.json?per_page=2&q=&page=2"
    assert [term["name"] for term in second["results"]] == ["C"]
    assert second["next"] is None
    assert [row[1] for row in rows(get("/glossary.csv", per_page=2, page=2))[1:]] == ["C"]


def test_page_holds_40_entries_or_as_many_as_asked_for_up_to_1000():
    make.Term.objects.bulk_create(
        make.Term(name=f"{i:04}", slug=f"t{i}", definition="x", status="published") for i in range(1001)
    )

    assert len(get("/glossary.json").json()["results"]) == 40
    assert len(get("/glossary.json", per_page=1000).json()["results"]) == 1000
    assert len(rows(get("/glossary.csv", per_page=1000))) == 1001
    assert get("/glossary.json", per_page=1001).status_code == 400


def test_twins_answer_400_with_the_messages_of_the_page():
    query = {"order": ";drop", "q": "a\0", "per_page": "x"}
    errors = get("/glossary/", **query).context["filter"].errors

    for suffix in ("json", "csv"):
        answer = get(f"/glossary.{suffix}", **query)

        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json() == {"errors": errors}
    assert set(errors) == set(query)


@pytest.mark.parametrize("page", ["2", "0", "-1", "x"])
def test_page_past_the_end_is_404(page):
    make.make_term()

    human = get("/glossary/", page=page)

    assert human.status_code == 404
    assert "<h1>There is no page here</h1>" in human.text
    for suffix in ("json", "csv"):
        answer = get(f"/glossary.{suffix}", page=page)
        assert answer.status_code == 404
        assert list(answer.json()["errors"]) == ["page"]


def test_empty_list_is_a_page_and_empty_data():
    assert "There are no terms yet." in get("/glossary/").text
    assert get("/glossary.json").json()["results"] == []
    assert len(rows(get("/glossary.csv"))) == 1


def test_empty_result_says_which_filters_to_take_away():
    make.make_source(kind="paper")

    page = get("/sources/", q="nothing", kind="paper").text

    assert "No sources match all of these filters." in page
    assert '<a href="?q=nothing">without Kind: Paper</a>' in page
    assert '<a href="?kind=paper">without Search in this list: nothing</a>' in page


def heads(response):
    return re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', response.text)


@pytest.mark.parametrize("query", ["columns=published,credit", "columns=credit&columns=published&columns=credit"])
def test_chosen_columns_are_shown_beside_the_name_on_the_page_and_in_its_twins(query):
    make.make_paper(slug="p", credit="DeepSeek AI")

    page, twin, table = (Client().get(f"/papers{end}?{query}") for end in ("/", ".json", ".csv"))

    assert heads(page) == ["Title", "Published", "Credit"]
    assert list(twin.json()["results"][0]) == ["slug", "name", "published", "credit", "html"]
    assert rows(table)[0] == ["slug", "name", "published", "credit"]


def test_column_that_is_not_listed_is_shown_when_asked_for():
    make.make_paper(arxiv_id="2412.19437")

    assert "arXiv" not in heads(get("/papers/"))
    assert heads(get("/papers/", columns="arxiv_id")) == ["Title", "arXiv"]


def test_chosen_columns_stay_with_sorting_paging_views_and_twins():
    for number in range(3):
        make.make_paper(name=f"Paper {number}")

    page = get("/papers/", columns="credit", per_page=2, category="architecture").text

    links = [html.unescape(link) for link in re.findall(r'href="([^"]*\?[^"]*)"', page)]
    assert len(links) >= 7
    assert [link for link in links if "columns=credit" not in link] == []
    assert '<input type="hidden" name="columns" value="credit">' in page


def test_cards_show_what_the_table_shows():
    make.make_paper(name="Attention", credit="Google", summary="All you need.")

    table, cards = get("/papers/"), get("/papers/", view="cards")

    assert "<table" in table.text
    assert "<table" not in cards.text
    for text in ('<a href="/papers/attention/">Attention</a>', "Google", "Architecture", "All you need."):
        assert text in table.text
        assert text in cards.text


def test_page_that_is_read_holds_at_most_100_entries_and_says_so():
    make.make_term()

    page = get("/glossary/", per_page=101)

    assert page.context["filter"].errors == {"per_page": ["Ensure this value is less than or equal to 100."]}
    assert get("/glossary/", per_page=100).context["filter"].errors == {}


def test_facet_of_many_values_offers_the_most_frequent_and_the_way_to_all():
    publishers = [f"Publisher {number:03}" for number in range(300)]
    for number, publisher in enumerate(publishers):
        make.make_source(publisher=publisher, kind="news" if number < 250 else "paper")
    make.make_source(publisher="Publisher 299")

    page = get("/sources/", kind="news", publisher="Publisher 249")
    facet = next(f for f in page.context["filter"].facets if f["name"] == "publisher")

    assert [option["label"] for option in facet["options"]] == [*publishers[:12], "Publisher 249"]
    assert facet["more"] == 250 - 13
    assert "Find among 250</a>" in page.text
    all_values = get("/sources/", facet="publisher", kind="news", publisher="Publisher 249")
    assert all_values.text.count('type="checkbox"') == 201
    assert "49 more can be found by name" in all_values.text
    found = get("/sources/", facet="publisher", find="ER 24", publisher="Publisher 001")
    assert re.findall(r'<input type="checkbox" name="publisher" value="([^"]+)"', found.text) == publishers[240:250]
    assert '<input type="hidden" name="publisher" value="Publisher 001">' in found.text


def test_orders_by_every_column_that_says_so():
    checked = 0
    for listing in (PaperList, SourceList, BenchmarkList, OrganizationList, TermList, ModelList, FamilyList, TagList):
        orders = listing.filters.base_filters["order"].orders
        named = {column.order for column in listing.columns if column.order}
        assert named <= set(orders), listing
        assert [column.key for column in listing.columns if column.listed and not column.order] == [], listing
        for order in orders:
            address = reverse(f"{listing.model._meta.model_name}_list_json")
            assert get(address, order=f"-{order}").status_code == 200
            checked += 1
    assert checked == 45


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("a=1", "a=1"),
    ],
)
def test_formula_is_defused_in_csv_and_untouched_in_json(text, cell):
    make.make_term(slug="t", definition=text, aliases=text.strip() + "\nother")

    row = rows(get("/glossary.csv"))[1]

    assert row[4] == cell
    assert row[3].startswith("'") == cell.startswith("'")
    assert get("/glossary.json").json()["results"][0]["definition"] == text


def test_entry_as_json_is_its_columns_texts_parts_and_addresses():
    see = make.make_term(name="Word")
    make.make_term(
        name="Token", definition="A piece.", article="*Small*.", see_also=[see], updated_at="2026-11-23T00:00:00Z"
    )

    document = get("/glossary/token.json").json()

    assert document["twins"].pop("json") == "http://testserver/glossary/token.json"
    assert document.pop("twins")["md"] == "http://testserver/glossary/token.md"
    assert document == {
        "slug": "token",
        "name": "Token",
        "abbreviation": "",
        "aliases": [],
        "definition": "A piece.",
        "article": "*Small*.",
        "see_also": [{"slug": "word", "name": "Word", "html": "http://testserver/glossary/word/"}],
        "sources": [],
        "updated_at": "2026-11-23T00:00:00+00:00",
        "data_licence": "https://creativecommons.org/licenses/by/4.0/",
        "html": "http://testserver/glossary/token/",
        "self": "http://testserver/glossary/token.json",
        "lists": {
            "models": "http://testserver/models.json?innovation=token",
            "papers": "http://testserver/papers.json?term=token",
        },
        "schema": "http://testserver/api/schemas/term.json",
    }


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
@pytest.mark.parametrize("address", ["/glossary/token/", "/glossary/token.json"])
def test_entry_that_is_not_published_is_404(status, address):
    term = make.make_term(name="Token")
    assert get(address).status_code == 200

    term.status = status
    term.save()

    assert get(address).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize(
    "address", ["/", "/search/", "/glossary/", "/glossary.json", "/glossary.csv", "/glossary/token/", "/models.json"]
)
def test_pages_are_read_and_nothing_else(method, address):
    make.make_term(name="Token")

    answer = Client().generic(method, address)

    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", ")) <= {"GET", "HEAD", "OPTIONS"}
