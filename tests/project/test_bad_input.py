"""What a reader, a robot or an attacker may send: each gets the answer that was promised, and never a 500."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db

LISTS = (
    "models",
    "families",
    "tags",
    "glossary",
    "organizations",
    "sources",
    "papers",
    "benchmarks",
    "disagreements",
    "timeline",
)
each_list = pytest.mark.parametrize("name", LISTS)

BAD_VALUES = [
    ("parameters_min", "banana", "Write a number, with K, M, B or T"),
    ("parameters_max", "9" * 40, "This number is too large."),
    ("parameters_min", "1e999", "This number is too large."),
    ("context_min", "-5", "Write a number, with K, M, B or T"),
    ("released_after", "yesterday", "Write a date as 2024-12-26, 2024-12 or 2024."),
    ("released_before", "2024-02-31", "Write a date as 2024-12-26, 2024-12 or 2024."),
    ("released_after", "0000", "Write a date as 2024-12-26, 2024-12 or 2024."),
    ("openness", "ajar", "“ajar” is not a value to choose from."),
    ("organization", "nobody", "“nobody” is not a value to choose from."),
    ("organization", "\0", "is not a value to choose from."),
    ("tag", "'; drop table catalog_tag;--", "is not a value to choose from."),
    ("order", ";drop", "“;drop” is no order this list can be in."),
    ("q", "a\0b", "Null characters are not allowed."),
    ("q", "x" * 201, "at most 200 characters"),
    ("context_max", "9" * 40, "This number is too large."),
    ("compute_min", "a lot", "Write a number: 3.3e24."),
    ("compute_max", "nan", "Write a number: 3.3e24."),
    ("cost_max", "$5", "Write a number, with K, M, B or T"),
    ("licence", "none of these", "is not a value to choose from."),
    ("view", "film", "“film” is no view of this list"),
    ("view", "\0", "is no view of this list"),
    ("columns", "name,secret", "“secret” is not a value to choose from."),
    ("columns", "\0", "is not a value to choose from."),
    ("facet", "name", "“name” is no facet of this list."),
    ("find", "x" * 201, "at most 200 characters"),
    ("per_page", "0", "greater than or equal to 1"),
    ("per_page", "5000", "less than or equal to 100"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD_VALUES)
def test_bad_value_gets_a_message_and_the_other_filters_still_apply(field, value, message):
    make.make_model(name="Small one", context_window=1000)
    make.make_model(name="Large one", context_window=10**6)
    other = {"q": "Large"} if field != "q" else {"context_min": "1M"}

    page = Client().get("/models/", {field: value, **other})

    assert page.status_code == 200
    assert message in page.text.replace("&#x27;", "'")
    assert [model.name for model in page.context["page_obj"]] == ["Large one"]
    assert list(page.context["filter"].errors) == [field]


@pytest.mark.parametrize(("field", "value", "message"), BAD_VALUES)
def test_twins_answer_400_with_the_same_message(field, value, message):
    for suffix in ("json", "csv"):
        answer = Client().get(f"/models.{suffix}", {field: value})

        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]
        assert message in answer.json()["errors"][field][0]


@each_list
def test_every_list_bears_a_nul_byte_and_an_unknown_order(name):
    page = Client().get(f"/{name}/", {"q": "\0", "order": ";drop"})

    assert page.status_code == 200
    assert set(page.context["filter"].errors) == {"q", "order"}


@each_list
@pytest.mark.parametrize("page", ["999", "0", "-1", "banana", "\0", "9" * 30])
def test_no_such_page_is_404_with_a_page_that_helps(name, page):
    answer = Client().get(f"/{name}/", {"page": page})
    twin = Client().get(f"/{name}.json", {"page": page})

    assert answer.status_code == 404
    assert 'href="/models/"' in answer.text
    assert (twin.status_code, list(twin.json()["errors"])) == (404, ["page"])


@each_list
@pytest.mark.parametrize("slug", ["no-such-thing", "%00", "UPPER", "a b", "a.b", "‮", "x" * 2000])
def test_unknown_slug_is_404_with_a_page_that_helps(name, slug):
    answer = Client().get(f"/{name}/{slug}/")

    assert answer.status_code == 404
    assert 'href="/glossary/"' in answer.text


@each_list
def test_query_over_8_kb_is_414(name):
    long, at_the_limit = "q=" + "x" * 8191, "q=" + "x" * 8190

    refused = Client().get(f"/{name}/?{long}")
    read = Client().get(f"/{name}/?{at_the_limit}")

    assert refused.status_code == 414
    assert "too long" in refused.text
    assert read.status_code == 200


def test_search_bears_bad_input():
    for query in ("\0", "x" * 201):
        page = Client().get("/search/", {"q": query})

        assert page.status_code == 200
        assert page.context["asked"].errors


@pytest.mark.parametrize("text", ['<script>alert("x")</script>', '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"])
def test_what_is_typed_comes_back_as_text(text):
    for address in ("/models/", "/search/"):
        page = Client().get(address, {"q": text})

        assert page.status_code == 200
        assert text not in page.text.replace("{{ 7", "") or "{{" in text
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "%00=1", "q[]=1", "order=name&order=-name", "page=1&page=2", "=&&=", "q=%"]
)
def test_malformed_queries_are_read_as_well_as_they_can_be(query):
    make.make_model()

    assert Client().get(f"/models/?{query}").status_code in (200, 404)
    assert Client().get(f"/models.json?{query}").status_code in (200, 400, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address", ["/", "/search/", "/compare/", "/models/", "/models.json", "/models.csv", "/lineage/", "/lineage.svg"]
)
def test_public_addresses_are_for_reading_only(address, method):
    assert getattr(Client(), method)(address).status_code == 405
