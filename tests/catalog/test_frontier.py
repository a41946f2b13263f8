"""The best so far: each record strictly better than the one before, whoever it is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.frontier import Step
from catalog.frontier import frontier as frontier_of
from catalog.leaderboard import Line

FIRST = datetime.date(2024, 1, 1)


def line(day: int | None, value: float, name: str = "", *, precision: str = "day", pk: int = 0) -> Line:
    """A score known so many days after the first; None where no date is known."""
    return Line(
        pk=pk,
        model=pk,
        slug=name,
        name=name,
        value=value,
        error=None,
        setting="",
        measured_by="vendor",
        openness="",
        organizations=(),
        known_on=None if day is None else FIRST + datetime.timedelta(day),
        precision=precision,
        released=None,
        of_source=False,
        conditions=None,
    )


def frontier(lines: list[Line], *, higher_is_better: bool) -> list[Step]:
    """As the leaderboard gives them: the best first."""
    sign = -1 if higher_is_better else 1
    return frontier_of(
        sorted(lines, key=lambda line: (sign * line.value, line.name)), higher_is_better=higher_is_better
    )


lines = st.lists(st.builds(line, st.none() | st.integers(0, 9), st.integers(-3, 9), st.sampled_from("abc")))


@given(lines, st.booleans())
def test_each_record_is_later_and_strictly_better_than_the_one_before(lines, higher):
    steps = frontier(lines, higher_is_better=higher)

    days = [step.holders[0].known_on for step in steps]
    values = [step.value if higher else -step.value for step in steps]
    assert days == sorted(set(days))
    assert values == sorted(set(values))
    assert [step.before for step in steps[1:]] == [step.value for step in steps[:-1]]
    assert [step.broken_by for step in steps[:-1]] == [step.holders[0] for step in steps[1:]]


@given(lines, st.booleans())
def test_on_every_day_the_record_is_the_best_of_all_that_was_known(lines, higher):
    steps = frontier(lines, higher_is_better=higher)

    best = max if higher else min
    for day in {line.known_on for line in lines if line.known_on}:
        known = [line.value for line in lines if line.known_on and line.known_on <= day]
        assert [step.value for step in steps if step.holders[0].known_on <= day][-1] == best(known)


@given(lines)
def test_where_lower_is_better_the_records_mirror(lines):
    mirrored = [one._replace(value=-one.value) for one in lines]

    records = [(step.holders[0].known_on, step.value) for step in frontier(lines, higher_is_better=True)]

    assert [(s.holders[0].known_on, -s.value) for s in frontier(mirrored, higher_is_better=False)] == records


def test_of_one_day_only_the_best_is_a_record():
    steps = frontier([line(0, 50, "a"), line(0, 60, "b"), line(1, 55, "c")], higher_is_better=True)

    assert [[holder.name for holder in step.holders] for step in steps] == [["b"]]


def test_those_who_set_it_on_the_same_day_share_it_and_who_comes_later_does_not():
    steps = frontier([line(1, 60, "late"), line(0, 60, "b"), line(0, 60, "a")], higher_is_better=True)

    assert [[holder.name for holder in step.holders] for step in steps] == [["a", "b"]]


def test_what_has_no_date_sets_no_record():
    steps = frontier([line(None, 99), line(0, 50)], higher_is_better=True)

    assert [step.value for step in steps] == [50]
    assert frontier([line(None, 99)], higher_is_better=True) == frontier([], higher_is_better=True) == []


def test_record_says_by_how_much_it_is_better():
    steps = frontier([line(0, 15), line(1, 7.5), line(2, 3.5)], higher_is_better=False)

    assert [step.gain for step in steps] == [None, 7.5, 4]


@pytest.mark.parametrize(
    ("days", "precision", "held"),
    [
        (1, "day", "1 day"),
        (60, "day", "60 days"),
        (61, "day", "2 months"),
        (700, "day", "23 months"),
        (900, "day", "2.5 years"),
        (92, "month", "about 3 months"),
        (7305, "year", "about 20 years"),
    ],
)
def test_record_says_how_long_it_held(days, precision, held):
    steps = frontier([line(0, 1, precision=precision), line(days, 2)], higher_is_better=True)

    assert [step.held for step in steps] == [held, "still stands"]


def test_how_long_is_uncertain_where_the_breaker_is():
    steps = frontier([line(0, 1), line(92, 2, precision="month")], higher_is_better=True)

    assert steps[0].held == "about 3 months"
