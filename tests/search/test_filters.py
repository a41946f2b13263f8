"""The search box of the lists: what it finds, in the list, its twins and its facets alike."""

import datetime

import pytest
from django.http import QueryDict
from django.test import Client

from catalog.filters import ModelFilters
from catalog.models import AIModel
from core import pages
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(query: str, name: str = "models", **filters) -> list[str]:
    twin = Client().get(f"/{name}.json", {"q": query, "order": "name", **filters}).json()
    assert twin["count"] == len(twin["results"])
    return [entry["name"] for entry in twin["results"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("d", ["DeepSeek-V3"]),
        ("deepseek v", ["DeepSeek-V3"]),
        ("deepseekv3", ["DeepSeek-V3"]),
        ("V3 deepseek", ["DeepSeek-V3"]),
        ("chat", ["DeepSeek-V3"]),
        ("memoire", ["Mémoire"]),
        ("MÉMOIRE", ["Mémoire"]),
        ("experts", ["DeepSeek-V3", "Mémoire"]),
        ("expert", ["DeepSeek-V3", "Mémoire"]),
        ("experts -sparse", ["Mémoire"]),
        ('"sparse experts"', ["DeepSeek-V3"]),
        ('"experts sparse"', []),
        ("sp", []),  # in a text, a word is begun with four letters
        ("spar", ["DeepSeek-V3"]),
        ("routed", ["DeepSeek-V3"]),
        ("deepseek memoire", []),
        ("secret", []),
        ("+++", []),
        ("-sparse", []),
        ("%", []),
        ("大", []),
    ],
)
def test_list_is_searched_as_on_the_search_page(query, names):
    make.make_model(
        name="DeepSeek-V3",
        aliases="deepseek-chat",
        summary="Many sparse experts.",
        why_it_matters="Cheap.",
        description="Tokens are routed.",
    )
    make.make_model(name="Mémoire", summary="Of experts.")
    make.make_model(name="DeepSeek secret experts", status="draft")
    # The same key in another table.
    make.make_term(name="Sparse experts")

    assert found(query) == names


@pytest.mark.parametrize(
    ("name", "factory", "query"),
    [
        ("families", make.make_family, "deep fam"),
        ("glossary", make.make_term, "deep fam"),
        ("organizations", make.make_organization, "deep fam"),
        ("benchmarks", make.make_benchmark, "deep-family"),
        ("papers", make.make_paper, "deepfamily"),
        ("sources", make.make_source, "deep-fam"),
        ("models", make.make_model, "family deep"),
    ],
)
def test_entry_is_found_in_its_list_by_name_and_slug(name, factory, query):
    factory(name="Deep Family", slug="deep-family")
    factory(name="Deep")

    assert found(query, name) == ["Deep Family"]


def test_source_is_found_by_publisher_and_address():
    make.make_source(name="One", publisher="DeepSeek AI", url="https://example.org/weights/v3")
    make.make_source(name="Two")

    assert [found(query, "sources") for query in ("deepseek", "weights", "example.org/weights")] == [["One"]] * 3


def test_tag_is_found_where_a_published_model_has_it():
    make.make_tagged_model(tag=make.make_tag(name="open weight"))
    make.make_tag(name="open secret")

    assert found("open", "tags") == ["open weight"]


def test_search_goes_with_other_filters_and_their_counts():
    day = datetime.date(2024, 6, 1)
    for name, openness, released in (("Deep one", "open_weight", day), ("Deep two", "api_only", None)):
        make.make_model(name=name, openness=openness, released=released, released_precision="day" if released else "")
    make.make_model(name="Other", openness="api_only")

    filters = ModelFilters(QueryDict("q=deep"), AIModel.objects)

    assert found("deep", openness="api_only") == ["Deep two"]
    assert found("deep", as_of="2024-06-30") == ["Deep one"]
    assert {option["value"]: option["count"] for option in filters.counted("openness")["options"]} == {
        "open_weight": 1,
        "api_only": 1,
    }
    assert {model.name for model in filters.qs} == {"Deep one", "Deep two"}


@pytest.mark.django_db(transaction=True)
def test_list_remembers_what_words_found_until_an_entry_changes(django_assert_num_queries, monkeypatch):
    model = make.make_model(name="Deep", summary="Of attention.")
    assert found("attention") == ["Deep"]
    # As if the store of pages had no room for it.
    monkeypatch.setattr(pages, "store", pages.Store())
    with django_assert_num_queries(6) as queries:
        assert found("attention") == ["Deep"]
    assert not any("search_words" in query["sql"] for query in queries)

    AIModel.objects.filter(pk=model.pk).update(summary="Of experts.")
    make.make_model(name="Attention")
    assert found("attention") == ["Attention"]

    AIModel.objects.filter(name="Attention").update(status="draft")
    assert found("attention") == []


def test_words_that_are_the_name_of_something_else_that_is_remembered_are_words():
    make.make_model(name="words released")

    assert found("words") == found("released") == ["words released"]


def test_search_page_and_list_count_the_same():
    for number in range(3):
        make.make_model(name=f"Deep {number}", summary="Of attention.")
    make.make_model(name="Attention")

    counts = Client().get("/search.json", {"q": "attention"}).json()["counts"]

    assert counts == {"model": len(found("attention"))} == {"model": 4}


def test_search_in_a_list_asks_equally_often_for_one_row_and_for_three(django_assert_num_queries):
    def fill():
        make.make_term(name="Deep", slug=f"deep-{len(slugs)}")
        slugs.append("")

    slugs = []
    fill()
    queries = 5
    with django_assert_num_queries(queries):
        one = Client().get("/glossary/", {"q": "deep"})
    fill(), fill()
    with django_assert_num_queries(queries):
        three = Client().get("/glossary/", {"q": "deep"})

    assert [len(page.context["page_obj"]) for page in (one, three)] == [1, 3]
