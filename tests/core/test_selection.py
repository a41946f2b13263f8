"""Sets of entries and their values, against what one would find by going from entry to entry."""

import math
from collections import Counter
from itertools import compress
from types import SimpleNamespace
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import AIModel
from core import selection
from core.filters.facets import UNKNOWN, Facet
from core.selection import Numbers, Values, as_flags, as_set
from tests import factories as make

LABELS = {value: value.upper() for value in "abcdef"} | {UNKNOWN: "not known"}
holdings = st.lists(st.lists(st.sampled_from([*"abcdef", "of no label"])), max_size=12)
# A set for every value, for the frequent ones, for none.
rares = st.sampled_from([256, 3, 0])
quick = settings(deadline=None)


class Rows(selection.Index):
    """The places of rows that are in no table."""

    def __init__(self, size: int):
        self.size, self.all = size, (1 << size) - 1


def values_of(held: list[list[str]], rare: int) -> Values:
    pairs = [(place, value) for place, values in enumerate(held) for value in values]
    with mock.patch.object(selection, "RARE", rare):
        return Values(Rows(len(held)), pairs, LABELS, UNKNOWN)


# The columns of an entry's parts, of what it is linked to, of what it refers to, and of its own.
PATHS = ("innovations__term__slug", "tags__slug", "organizations__slug", "family__slug", "licence")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_what_is_read_is_what_a_query_of_the_entries_finds(path, django_assert_num_queries):
    for status in ("published", "published", "draft"):
        makers = [make.make_organization(), make.make_organization()]
        model = make.make_model(status=status, organizations=makers, family=make.make_family(), licence="MIT")
        make.make_innovation(model=model), make.make_innovation(model=model)
        make.make_tagged_model(content_object=model)
    make.make_model(name="With nothing")
    entries = AIModel.objects.published()
    index = selection.Index(entries, ["licence"])

    with django_assert_num_queries(0 if path == "licence" else 1):
        found = [(index.keys[place], value) for place, value in index.read(entries, path) if value]

    expected = [pair for pair in entries.order_by().values_list("pk", path) if pair[1]]
    assert sorted(found) == sorted(expected)
    assert len({key for key, _ in found}) == 2


def known(values: list[str]) -> set[str]:
    return {value for value in values if value in LABELS} or {UNKNOWN}


@given(flags=st.lists(st.booleans(), max_size=70))
def test_set_and_flags_are_the_same(flags):
    assert list(as_flags(as_set(bytes(flags)), len(flags))) == flags


@quick
@given(held=holdings, rare=rares, data=st.data())
def test_values_are_counted_among_any_entries(held, rare, data):
    chosen = data.draw(st.lists(st.booleans(), min_size=len(held), max_size=len(held)))

    counts = values_of(held, rare).counts(as_set(bytes(chosen)))

    assert counts == Counter(value for own in compress(held, chosen) for value in known(own))


@quick
@given(held=holdings, rare=rares, value=st.sampled_from([*LABELS, "nowhere"]), data=st.data())
def test_one_value_is_counted_as_among_all(held, rare, value, data):
    chosen = as_set(bytes(data.draw(st.lists(st.booleans(), min_size=len(held), max_size=len(held)))))
    values = values_of(held, rare)

    assert values.count(value, chosen) == values.counts(chosen)[value]


@quick
@given(held=holdings, wanted=st.sets(st.sampled_from("abc")), letter=st.sampled_from("ABD"))
def test_values_are_found_by_their_labels(held, wanted, letter):
    facet = Facet(label="", choices=dict, unknown="not known")
    values = values_of(held, 3)
    facet.parent = SimpleNamespace(recall=lambda key, load: values)

    options, more = facet.options(values.all, sorted(wanted), most=1, find=letter.lower())

    counts = Counter(value for own in held for value in known(own))
    called_so = {value for value in {*counts, *wanted} if letter in LABELS[value]}
    assert {option["value"]: option["count"] for option in options} == {value: counts[value] for value in called_so}
    assert more == 0


def test_the_same_set_is_counted_once():
    values = values_of([["a"], ["a", "b"], ["c"]], 256)
    first, again = 0b110, int("110", 2)
    counted = values.most_frequent(first, 2)
    with mock.patch.object(Values, "counts", side_effect=AssertionError):
        assert values.most_frequent(again, 2) == counted == ({"a": 2, "b": 1}, 2)


@quick
@given(held=holdings, rare=rares, wanted=st.sets(st.sampled_from([*LABELS, "nowhere"])))
def test_entries_have_any_of_the_values(held, rare, wanted):
    flags = as_flags(values_of(held, rare).having(wanted), len(held))

    assert list(flags) == [not wanted.isdisjoint(known(values)) for values in held]


@quick
@given(held=holdings, rare=rares)
def test_entry_knows_its_values_and_its_rank(held, rare):
    values = values_of(held, rare)

    assert [values.of(place) for place in range(len(held))] == [tuple(sorted(known(own))) for own in held]
    ranks = [min(map("abcdef".index, known(own) - {UNKNOWN}), default=None) for own in held]
    assert values.ranks() == ranks


@quick
@given(held=holdings, rare=rares, most=st.integers(1, 5), chosen=st.sets(st.sampled_from("abc")))
def test_most_frequent_values_are_offered_first_and_the_unknown_last(held, rare, most, chosen):
    facet = Facet(label="", choices=dict, unknown="not known")
    values = values_of(held, rare)
    facet.parent = SimpleNamespace(recall=lambda key, load: values)

    options, more = facet.options(values.all, sorted(chosen), most=most)

    counts = Counter(value for own in held for value in known(own))
    order = sorted({*counts, *chosen}, key=lambda value: (value == UNKNOWN, -counts[value], value))
    rest = [value for value in sorted(chosen) if value not in order[:most]]
    assert [(option["value"], option["count"]) for option in options] == [
        (value, counts[value]) for value in [*order[:most], *rest]
    ]
    assert more == len(order) - len(options)


@quick
@given(
    numbers=st.lists(st.none() | st.integers(-5, 5) | st.floats(-5, 5), max_size=30),
    end=st.integers(-6, 6) | st.sampled_from([math.inf, -math.inf]) | st.floats(-5, 5),
    blocks=st.sampled_from([1, 3, 255]),
)
def test_range_has_the_entries_whose_number_lies_in_it(numbers, end, blocks):
    held = Numbers(Rows(len(numbers)), enumerate(numbers))

    with mock.patch.object(selection, "BLOCKS", blocks):
        above, below = held.at_least(end), held.at_most(end)

    assert above == as_set(bytes(number is not None and number >= end for number in numbers))
    assert below == as_set(bytes(number is not None and number <= end for number in numbers))


def test_blocks_are_as_many_as_a_byte_can_tell_apart():
    numbers = list(range(1000))
    held = Numbers(Rows(1000), enumerate(numbers))

    assert [held.at_least(end).bit_count() for end in numbers] == [1000 - end for end in numbers]
    assert [held.at_most(end).bit_count() for end in numbers] == [1 + end for end in numbers]
