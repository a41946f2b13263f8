"""What the head of a page tells search engines and previews of links."""

import json
import re

import lxml.html
import pytest
from django.test import Client

from core.models import Status
from core.views import EntryList
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

HOSTILE = "</script><script>alert(1)</script> \"&amp;' [@a-source, p. 2] **bold** [link](https://example.org/)"
PLAIN = "</script><script>alert(1)</script> \"&' bold link"


def head_of(address: str, status: int = 200):
    response = Client().get(address)
    assert response.status_code == status
    return lxml.html.document_fromstring(response.text).head


def canonical(head) -> list[str]:
    return head.xpath("link[@rel='canonical']/@href")


def meta(head, name: str) -> str:
    return head.xpath(f"string(meta[@name='{name}' or @property='{name}']/@content)")


def linked_data(head) -> list[dict]:
    return [json.loads(text) for text in head.xpath("script[@type='application/ld+json']/text()")]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/models/"),
        ("?utm_source=x", "/models/"),
        ("?page=1", "/models/"),
        ("?page=2", "/models/?page=2"),
        ("?page=2&utm_source=x&fbclid=y", "/models/?page=2"),
        ("?per_page=1&page=2", "/models/"),
        ("?order=-name", "/models/"),
        ("?openness=open_weight", "/models/"),
        ("?openness=nonsense", "/models/"),
        ("?as_of=2026", "/models/"),
        ("?facet=organization", "/models/"),
    ],
)
def test_list_is_canonical_as_a_whole_and_by_its_pages(query, address, monkeypatch):
    monkeypatch.setattr(EntryList, "paginate_by", 2)
    organization = make.make_organization()
    dated = {"released": "2024-01-01", "released_precision": "day"}
    for _ in range(3):
        make.make_model(organizations=[organization], openness="open_weight", **dated)

    head = head_of(f"/models/{query}")

    assert canonical(head) == [meta(head, "og:url")] == [f"http://testserver{address}"]
    whole = {"utm_source", "page", "fbclid"} >= set(re.findall(r"(\w+)=", query))
    assert len(linked_data(head)) == whole


@pytest.mark.parametrize("query", ["", "?as_of=2025", "?as_of=nonsense", "?utm_source=x", "?start", "?page=2"])
def test_entry_is_canonical_whatever_follows_its_address(query):
    make.make_model(name="GPT-4", released="2024-01-01", released_precision="day")

    assert canonical(head_of(f"/models/gpt-4/{query}")) == ["http://testserver/models/gpt-4/"]


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/lineage/?model=v2&depth=all&utm_source=x", "/lineage/?model=v2"),
        ("/lineage/?from=v2&to=v3&depth=1", "/lineage/?from=v2&to=v3"),
        ("/lineage/?kind=distilled_from", "/lineage/"),
        ("/compare/?models=v2&models=v3&differences=1", "/compare/?models=v2,v3"),
        ("/timeline/?y=compute&as_of=2025", "/timeline/"),
        ("/?utm_source=x", "/"),
        ("/search/?utm_source=x", "/search/"),
        ("/models/v2/history/?page=1", "/models/v2/history/"),
    ],
)
def test_other_pages_are_canonical_by_what_they_are_about(address, whole):
    first = make.make_model(name="V2")
    make.make_derivation(child=make.make_model(name="V3"), parent=first)

    assert canonical(head_of(address)) == [f"http://testserver{whole}"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/models/no-such-model/", 404),
        ("/nowhere/", 404),
        ("/models/gpt-4/report/", 200),
        ("/models/gpt-4/history/?at=2026-11-01", 200),
        ("/search/?q=gpt", 200),
        (f"/models/?q={'x' * 9000}", 414),
    ],
)
def test_page_that_is_not_to_be_listed_names_no_address(address, status):
    make.make_model(name="GPT-4")

    head = head_of(address, status)

    assert canonical(head) == []
    assert (meta(head, "og:title"), linked_data(head)) == ("", [])


def test_preview_of_a_link_is_whole():
    make.make_model(
        name="GPT-4",
        summary="A model.",
        organizations=[make.make_organization(name="OpenAI")],
        parameters_total=10**12,
        released="2024-01-01",
        released_precision="year",
    )

    head = head_of("/models/gpt-4/")

    assert {name: meta(head, name) for name in head.xpath("meta/@property")} == {
        "og:site_name": "Descent",
        "og:type": "article",
        "og:title": "GPT-4 · Model",
        "og:description": "A model.",
        "og:url": "http://testserver/models/gpt-4/",
        "og:image": "http://testserver/models/gpt-4.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Card of Descent: GPT-4, Model, OpenAI: parameters 1T, released 2024",
    }
    assert meta(head, "twitter:card") == "summary_large_image"


@pytest.mark.parametrize("address", ["/", "/models/", "/search/"])
def test_pages_of_no_entry_have_the_card_of_the_site(address):
    head = head_of(address)

    assert (meta(head, "og:image"), meta(head, "og:type")) == ("http://testserver/card.png", "website")


@pytest.mark.parametrize("kind", ["model", "family", "term", "organization", "source", "paper", "benchmark"])
def test_no_text_breaks_out_of_the_head(kind):
    text = {"definition": HOSTILE} if kind == "term" else {"summary": HOSTILE}
    entry = getattr(make, f"make_{kind}")(name=HOSTILE[:60], slug="x", **text)

    head = head_of(entry.get_absolute_url())

    assert meta(head, "description") == meta(head, "og:description") == PLAIN
    assert meta(head, "og:title").startswith(HOSTILE[:30])
    [page] = linked_data(head)
    assert (page["mainEntity"]["name"], page["mainEntity"]["description"]) == (entry.name, PLAIN)
    assert len(head.xpath("script[not(@src)]")) == 1


def test_description_ends_with_a_sentence_or_a_word():
    sentence = "It reads and writes text, images and sound, as its makers say in their report of that year."
    for name, summary in {"A": f"{sentence} {sentence}", "B": "word " * 60, "C": "x" * 400}.items():
        make.make_model(name=name, summary=summary)

    descriptions = [meta(head_of(f"/models/{slug}/"), "description") for slug in "abc"]

    assert descriptions == [sentence, " ".join(["word"] * 32) + "…", "x" * 159 + "…"]


def test_entry_without_a_text_is_described_by_its_name():
    make.make_model(name="GPT-4")
    make.make_source(name="A report")
    make.make_tagged_model(tag=make.make_tag(name="fp8", slug="fp8"))

    descriptions = [meta(head_of(a), "description") for a in ("/models/gpt-4/", "/sources/a-report/", "/tags/fp8/")]

    assert descriptions == [
        "GPT-4: model in Descent, an open encyclopedia of AI models.",
        "What Descent takes from “A report”, and which figures rest on it.",
        "Models tagged “fp8” in Descent, an open encyclopedia of AI models.",
    ]


def test_linked_data_of_a_model_says_what_is_known_and_nothing_hidden():
    hidden = {"name": "Secret", "status": Status.DRAFT}
    model = make.make_model(
        name="V3",
        aliases="V-3",
        organizations=[make.make_organization(name="Lab"), make.make_organization(**hidden)],
        family=make.make_family(**hidden),
        released="2024-12-01",
        released_precision="month",
        parameters_total=7,
        openness="open_weight",
        licence="MIT (code)",
    )
    make.make_derivation(child=model, parent=make.make_model(**hidden), parent_name="V2")
    make.make_model_paper(model=model, paper=make.make_paper(name="Report"), featured=True)
    make.make_model_paper(model=model, paper=make.make_paper(**hidden), featured=True)
    make.make_link(model=model, url="https://example.org/v3")
    make.make_link(model=model, url="https://example.org/docs", kind="documentation")

    [page] = linked_data(head_of("/models/v3/"))

    at = "http://testserver"
    assert page["mainEntity"] == {
        "@type": "CreativeWork",
        "name": "V3",
        "alternateName": ["V-3"],
        "creator": [{"@type": "Organization", "name": "Lab", "url": f"{at}/organizations/lab/"}],
        "datePublished": "2024-12",
        "conditionsOfAccess": "Open Weight",
        "license": {"@type": "CreativeWork", "name": "MIT (code)"},
        "size": {"@type": "QuantitativeValue", "value": 7, "unitText": "parameters"},
        "keywords": ["AI model"],
        "isBasedOn": [{"@type": "CreativeWork", "name": "V2"}],
        "citation": [{"@type": "ScholarlyArticle", "name": "Report", "url": f"{at}/papers/report/"}],
        "sameAs": ["https://example.org/v3"],
    }
    assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"
    trail = [step["item"] for step in page["breadcrumb"]["itemListElement"]]
    assert trail == [f"{at}/", f"{at}/models/", f"{at}/models/v3/"]


def test_linked_data_of_a_paper_has_its_identifiers():
    make.make_paper(name="A Report", slug="r", authors="Ann\nBob", arxiv_id="2412.19437", doi="10.1234/x")

    [page] = linked_data(head_of("/papers/r/"))

    thing = page["mainEntity"]
    assert thing["@type"] == "ScholarlyArticle"
    assert [author["name"] for author in thing["author"]] == ["Ann", "Bob"]
    identifiers = [(one["propertyID"], one["value"]) for one in thing["identifier"]]
    assert identifiers == [("arXiv", "2412.19437"), ("DOI", "10.1234/x")]
    assert thing["sameAs"] == ["https://arxiv.org/abs/2412.19437", "https://doi.org/10.1234/x"]


def test_scores_on_a_benchmark_are_data_where_there_are_any():
    make.make_score(benchmark=make.make_benchmark(name="MMLU"))
    make.make_benchmark(name="MATH")

    [scored], [bare] = (linked_data(head_of(f"/benchmarks/{slug}/")) for slug in ("mmlu", "math"))

    files = [file["contentUrl"] for file in scored["hasPart"]["distribution"]]
    assert files == [f"http://testserver/benchmarks/mmlu/scores.{end}" for end in ("csv", "json")]
    assert "hasPart" not in bare


@pytest.mark.parametrize("kind", ["model", "family", "term", "organization", "source", "paper", "benchmark"])
def test_every_kind_has_a_card(kind):
    factory = getattr(make, f"make_{kind}")
    shown, hidden = factory(), factory(status=Status.DRAFT)

    answer, none = (Client().get(f"{entry.get_absolute_url()[:-1]}.png") for entry in (shown, hidden))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
    assert none.status_code == 404


def test_tag_has_a_card():
    make.make_tagged_model(tag=make.make_tag(name="fp8", slug="fp8"))

    assert Client().get("/tags/fp8.png")["Content-Type"] == "image/png"


def test_card_keeps_to_the_day_it_is_asked_for():
    make.make_model(name="V3", released="2024-12-01", released_precision="month")
    client = Client()

    answers = [client.get(f"/models/v3.png?as_of={day}").status_code for day in ("2025", "2020", "nonsense")]

    assert answers == [200, 404, 400]


def test_card_of_the_site_is_drawn():
    answer = Client().get("/card.png")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
