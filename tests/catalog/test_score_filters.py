"""The filters of a leaderboard, worked on its lines."""

import datetime

import pytest
from django.http import QueryDict

from catalog.score_filters import ScoreFilters
from core.filters.facets import OFFERED
from research.models import Benchmark
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scored(kept):
    """Five scores of three models: A of one vendor, B of two, C of nobody known; the number of the benchmark."""
    benchmark = make.make_benchmark()
    one, two = (make.make_organization(name=name) for name in ("One", "Two"))
    a = make.make_model(name="A", organizations=[one], openness="open_weight")
    b = make.make_model(name="b", organizations=[one, two], openness="api_only")
    c = make.make_model(name="C")
    for model, value, by, setting, day in (
        (a, 90, "vendor", "5-shot", 3),
        (a, 70, "independent", "0-shot", 1),
        (b, 80, "vendor", "CoT; 5-shot", None),
        (b, 60, "aggregator", "", 2),
        (c, 50, "independent", "5-shot, chain of thought", 4),
    ):
        date = day and datetime.date(2024, 1, day)
        make.make_score(
            benchmark=benchmark, model=model, value=value, measured_by=by, setting=setting, measured_on=date
        )
    return benchmark.pk


@pytest.fixture
def benchmark(scored):
    return Benchmark.objects.get(pk=scored)


def asked(benchmark, query: str) -> ScoreFilters:
    return ScoreFilters(QueryDict(query), benchmark)


def values(benchmark, query: str) -> list[float]:
    return [line.value for line in asked(benchmark, query).found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [90, 80, 70, 60, 50]),
        ("measured_by=vendor", [90, 80]),
        ("measured_by=vendor&measured_by=aggregator", [90, 80, 60]),
        ("setting=5-shot", [90]),
        ("setting=5-shot, chain of thought", [80, 50]),
        ("setting=unknown", [60]),
        ("openness=api_only", [80, 60]),
        ("openness=unknown", [50]),
        ("organization=one", [90, 80, 70, 60]),
        ("organization=two&measured_by=vendor", [80]),
        ("organization=two&openness=open_weight", []),
        ("q=B", [80, 60]),
        ("q=nobody", []),
        ("rows=all", [90, 80, 70, 60, 50]),
        ("rows=best", [90, 80, 50]),
        ("rows=best&measured_by=independent", [70, 50]),
        ("order=score", [50, 60, 70, 80, 90]),
        ("order=-score", [90, 80, 70, 60, 50]),
        ("order=date", [70, 60, 90, 50, 80]),
        ("order=-date", [50, 90, 60, 70, 80]),
        ("order=model", [90, 70, 80, 60, 50]),
        ("order=-model", [50, 80, 60, 90, 70]),
    ],
)
def test_scores_are_filtered_and_sorted_by_what_is_asked(benchmark, query, expected):
    filters = asked(benchmark, query)

    assert values(benchmark, query) == expected
    assert sorted(line.value for line in filters.lines) == sorted(expected)
    assert filters.errors == {}


def test_where_lower_is_better_the_lowest_stands_first(benchmark):
    benchmark.higher_is_better = False
    benchmark.save()

    assert values(benchmark, "") == values(benchmark, "order=score") == [50, 60, 70, 80, 90]
    assert values(benchmark, "order=-score") == [90, 80, 70, 60, 50]
    assert values(benchmark, "rows=best") == [50, 60, 70]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("measured_by", "nobody", "“nobody” is not a value to choose from."),
        ("setting", "\0", "is not a value to choose from."),
        ("openness", "ajar", "“ajar” is not a value to choose from."),
        ("organization", "nobody", "“nobody” is not a value to choose from."),
        ("rows", "worst", "“worst” is neither “all” nor “best”."),
        ("order", ";drop", "“;drop” is no order this list can be in."),
        ("q", "a\0b", "Null characters are not allowed."),
        ("as_of", "2024-02-31", "Write a date as 2024-12-26, 2024-12 or 2024."),
        ("facet", "name", "“name” is no facet of this list."),
        ("per_page", "-1", "greater than or equal to 1"),
        ("per_page", "9" * 30, "less than or equal to 1000"),
        ("per_page", "banana", "whole number"),
    ],
)
def test_bad_value_gets_a_message_and_the_others_apply(benchmark, field, value, message):
    other = "measured_by=vendor" if field != "measured_by" else "setting=5-shot"
    query = QueryDict(other, mutable=True)
    query[field] = value

    filters = ScoreFilters(query, benchmark)

    assert list(filters.errors) == [field]
    assert message in filters.errors[field][0]
    assert len(filters.lines) == (2 if field != "measured_by" else 1)


def counts(filters: ScoreFilters, name: str) -> list[tuple]:
    options = next((facet["options"] for facet in filters.facets if facet["name"] == name), [])
    return [(option["value"], option["count"], option["chosen"]) for option in options]


def test_each_choice_is_counted_among_what_the_other_filters_leave(benchmark):
    filters = asked(benchmark, "organization=one&measured_by=vendor")

    assert counts(filters, "measured_by") == [("vendor", 2, True), ("aggregator", 1, False), ("independent", 1, False)]
    assert counts(filters, "organization") == [("one", 2, True), ("two", 1, False)]
    assert counts(filters, "setting") == [("5-shot", 1, False), ("5-shot, chain of thought", 1, False)]


def test_with_one_row_a_model_choices_count_models(benchmark):
    assert counts(asked(benchmark, "rows=best"), "organization") == [("one", 2, False), ("two", 1, False)]
    assert counts(asked(benchmark, ""), "organization") == [("one", 4, False), ("two", 2, False)]


def test_choice_that_finds_nothing_stays_to_be_taken_away(benchmark):
    filters = asked(benchmark, "openness=open_weight&organization=two")

    assert counts(filters, "openness")[-1] == ("open_weight", 0, True)
    assert [(mark["label"], mark["text"], mark["query"]) for mark in filters.active] == [
        ("Openness", "Open Weight", "organization=two"),
        ("Organization", "Two", "openness=open_weight"),
    ]


def test_with_one_row_a_model_each_choice_is_counted_as_it_would_be_found(benchmark):
    for name in ("measured_by", "setting", "openness", "organization"):
        for value, count, _ in counts(asked(benchmark, "rows=best&measured_by=vendor&measured_by=independent"), name):
            others = "" if name == "measured_by" else "&measured_by=vendor&measured_by=independent"
            assert (value, len(asked(benchmark, f"rows=best&{name}={value}{others}").found)) == (value, count)


def test_facet_in_which_nothing_is_known_is_left_out():
    score = make.make_score(setting="")

    assert [facet["name"] for facet in asked(score.benchmark, "").facets] == ["measured_by"]
    assert [facet["name"] for facet in asked(score.benchmark, "setting=unknown").facets] == ["measured_by", "setting"]


def test_best_is_that_of_all_scores_known_on_the_day():
    benchmark = make.make_benchmark()
    for value, day in ((50, 1), (70, 2)):
        date = datetime.date(2024, 1, day)
        model = make.make_model(released=date, released_precision="day")
        make.make_score(benchmark=benchmark, value=value, model=model, measured_on=date)

    assert asked(benchmark, "measured_by=aggregator").best.value == 70
    assert asked(benchmark, "as_of=2024-01-01").best.value == 50
    assert asked(benchmark, "as_of=2023").best is None
    assert asked(make.make_benchmark(), "").best is None


def test_only_so_many_choices_are_offered_and_the_chosen_one():
    benchmark = make.make_benchmark()
    for number in range(OFFERED + 3):
        make.make_score(benchmark=benchmark, setting=f"harness {number:03}")

    filters = asked(benchmark, f"setting=harness {OFFERED + 2:03}")

    settings = counts(filters, "setting")
    assert [facet["more"] for facet in filters.facets if facet["name"] == "setting"] == [2]
    assert len(settings) == OFFERED + 1
    assert settings[-1] == (f"harness {OFFERED + 2:03}", 1, True)


def test_name_of_a_hidden_organization_is_no_choice():
    hidden = make.make_organization(name="Hidden", status="draft")
    score = make.make_score(model=make.make_model(organizations=[hidden]))

    assert list(asked(score.benchmark, "organization=hidden").errors) == ["organization"]
