"""Which scores a leaderboard shows, in which order, and who stands where."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.evidence import Notes
from catalog.leaderboard import Standing, is_saturated, read_lines, read_rows, relatives
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 6, 30)


def scores(benchmark, *values, setting="5-shot", by="independent", source=None, **fields):
    """One score for each value, of a model named by it, all under the same conditions."""
    source = source or make.make_source(publisher="HELM")
    return [
        make.make_score(
            benchmark=benchmark,
            model=make.make_model(name=f"Model {value:g}", slug=f"model-{make.make_tag().pk}"),
            value=value,
            setting=setting,
            measured_by=by,
            source=source,
            **fields,
        )
        for value in values
    ]


def ranks(benchmark) -> list[tuple[float, int | None]]:
    lines = read_lines(benchmark)
    standing = Standing(lines, benchmark)
    return [(line.value, standing.rank(line)) for line in lines]


@pytest.mark.parametrize(
    ("higher", "expected"),
    [
        (True, [(90, 1), (80, 2), (80, 2), (70, 4), (60, 5)]),
        (False, [(60, 1), (70, 2), (80, 3), (80, 3), (90, 5)]),
    ],
)
def test_equal_scores_share_a_rank_and_the_next_one_counts_both(higher, expected):
    benchmark = make.make_benchmark(higher_is_better=higher)
    scores(benchmark, 80, 90, 60, 80, 70)

    assert ranks(benchmark) == expected


def test_ratings_without_bounds_are_ranked_below_zero_as_well():
    benchmark = make.make_benchmark(unit="points", scale_min=None, scale_max=None)
    scores(benchmark, -12.5, 1287, 0)

    assert ranks(benchmark) == [(1287, 1), (0, 2), (-12.5, 3)]


def test_only_scores_under_the_conditions_that_most_share_are_ranked():
    benchmark, source = make.make_benchmark(), make.make_source(publisher="HELM")
    scores(benchmark, 70, 80, 90, source=source)
    scores(benchmark, 95, setting="0-shot", source=source)
    scores(benchmark, 85, by="aggregator", source=source)
    scores(benchmark, 75, source=make.make_source(publisher="Another"))
    scores(benchmark, 65, setting="", source=source)

    assert ranks(benchmark) == [(95, None), (90, 1), (85, None), (80, 2), (75, None), (70, 3), (65, None)]


def test_settings_that_say_the_same_are_ranked_together():
    benchmark, source = make.make_benchmark(), make.make_source(publisher="HELM")
    scores(benchmark, 70, setting="5-shot, CoT", source=source)
    scores(benchmark, 80, setting="chain of thought; 5-shot", source=source)

    assert ranks(benchmark) == [(80, 1), (70, 2)]


def test_where_no_two_share_their_conditions_none_is_ranked():
    benchmark = make.make_benchmark()
    for number, setting in enumerate(("0-shot", "5-shot", " ; ", " ; ")):
        scores(benchmark, number, setting=setting)

    assert ranks(benchmark) == [(3, None), (2, None), (1, None), (0, None)]
    assert Standing(read_lines(benchmark), benchmark).leader is None


def test_of_equally_frequent_conditions_those_with_the_best_score_are_ranked():
    benchmark, source = make.make_benchmark(), make.make_source()
    scores(benchmark, 50, 60, setting="0-shot", source=source)
    scores(benchmark, 55, 65, setting="5-shot", source=source)

    assert ranks(benchmark) == [(65, 1), (60, None), (55, 2), (50, None)]


def test_a_vendor_is_compared_with_itself_alone():
    benchmark, source = make.make_benchmark(), make.make_source()
    ours = make.make_organization()
    for value, organization in ((70, ours), (80, ours), (90, make.make_organization())):
        model = make.make_model(organizations=[organization])
        make.make_score(benchmark=benchmark, model=model, value=value, setting="5-shot", source=source)

    assert ranks(benchmark) == [(90, None), (80, 1), (70, 2)]


def test_of_equal_scores_the_earlier_one_stands_first():
    benchmark = make.make_benchmark()
    days = (DAY, datetime.date(2020, 1, 1), None)
    late, early, undated = (make.make_score(benchmark=benchmark, value=50, measured_on=day) for day in days)

    assert [line.pk for line in read_lines(benchmark)] == [early.pk, late.pk, undated.pk]


def test_line_is_dated_by_its_measurement_else_by_its_source():
    source = make.make_source(published=DAY, published_precision="month")
    benchmark = make.make_benchmark()
    make.make_score(benchmark=benchmark, value=3, measured_on=datetime.date(2024, 1, 2), source=source)
    make.make_score(benchmark=benchmark, value=2, source=source)
    make.make_score(benchmark=benchmark, value=1)

    dates = [(line.known_on, line.precision) for line in read_lines(benchmark)]

    assert dates == [(datetime.date(2024, 1, 2), "day"), (DAY, "month"), (None, "")]


@pytest.mark.parametrize("hidden", ["model", "source"])
def test_board_has_no_score_of_a_draft(hidden):
    benchmark = make.make_benchmark()
    make.make_score(benchmark=benchmark, value=1)
    make.make_score(
        benchmark=benchmark, value=2, **{hidden: getattr(make, f"make_{hidden}")(status="draft", name="Hidden")}
    )

    assert [line.value for line in read_lines(benchmark)] == [1]


def test_rows_say_what_keeps_the_others_from_being_ranked():
    benchmark, source = make.make_benchmark(), make.make_source(publisher="HELM")
    scores(benchmark, 70, 80, source=source)
    scores(benchmark, 95, setting="0-shot", source=source)
    scores(benchmark, 65, setting="", source=source)
    lines = read_lines(benchmark)

    rows, leader = read_rows(benchmark, lines, Standing(lines, benchmark), Notes())

    assert [(row.rank, row.text, str(row.verdict or "")) for row in rows] == [
        (None, "95%", "not comparable: 0-shot against 5-shot"),
        (1, "80%", ""),
        (2, "70%", ""),
        (None, "65%", "not known to be comparable: its setting is not stated"),
    ]
    assert leader.value == 80


def test_rows_carry_their_standard_error_and_their_place_in_the_source():
    benchmark = make.make_benchmark()
    make.make_score(benchmark=benchmark, value=2, standard_error=0.25, locator="Table 6")
    make.make_score(benchmark=benchmark, value=1)
    lines = read_lines(benchmark)

    rows, _ = read_rows(benchmark, lines, Standing(lines, benchmark), Notes())

    assert [(row.error, row.note.place) for row in rows] == [("0.25%", "Table 6"), ("", "")]


def test_board_and_rows_ask_equally_often_for_two_scores_and_for_six(django_assert_num_queries):
    benchmark = make.make_benchmark()
    for _ in (1, 2, 3):
        for _ in (1, 2):
            model = make.make_model(organizations=[make.make_organization()])
            make.make_score(benchmark=benchmark, model=model, setting="5-shot")
        with django_assert_num_queries(4):
            lines = read_lines(benchmark)
            read_rows(benchmark, lines, Standing(lines, benchmark), Notes())


@pytest.mark.parametrize(
    ("higher", "ends", "value", "expected"),
    [
        (True, (0, 100), 90, True),
        (True, (0, 100), 89, False),
        (True, (25, 100), 92.5, True),
        (False, (0, 100), 10, True),
        (False, (0, 100), 11, False),
        (True, (0, None), 5000, False),
    ],
)
def test_benchmark_is_saturated_within_a_tenth_of_the_end_of_its_scale(higher, ends, value, expected):
    benchmark = make.make_benchmark(higher_is_better=higher, scale_min=ends[0], scale_max=ends[1])

    assert is_saturated(value, benchmark) is expected


def test_relatives_are_the_variants_of_a_parent_and_the_siblings_of_a_variant():
    parent = make.make_benchmark(name="Parent")
    variant = make.make_benchmark(name="One", parent=parent)
    errors = make.make_benchmark(name="Two", parent=parent, higher_is_better=False)
    make.make_benchmark(name="Hidden", parent=parent, status="draft")
    scores(variant, 3, 5)
    scores(errors, 4, 7)
    make.make_score(benchmark=errors, value=1, model=make.make_model(status="draft"))

    assert [(r.benchmark.name, r.count, r.best) for r in relatives(parent)] == [("One", 2, "5%"), ("Two", 2, "4%")]
    assert [(r.benchmark.name, r.count, r.best) for r in relatives(variant)] == [("Parent", 0, ""), ("Two", 2, "4%")]
    assert relatives(make.make_benchmark()) == []


def test_boards_large_page_fetches_no_score_one_by_one():
    benchmark = make.make_benchmark()
    scores(benchmark, *range(30))
    lines = read_lines(benchmark)

    with CaptureQueriesContext(connection) as queries:
        rows, _ = read_rows(benchmark, lines, Standing(lines, benchmark), Notes())

    assert (len(rows), len(queries)) == (30, 2)
