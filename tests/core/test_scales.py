import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.quantities import format_size
from core.scales import FEW, linear_scale, linear_ticks, log_scale, log_ticks, time_scale

SIZES = st.one_of(st.integers(1, 2**63 - 1), st.floats(1e-12, 1e30))
NUMBERS = st.floats(-1e18, 1e18)
quick = settings(deadline=None)


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ((0, 100), [0, 20, 40, 60, 80, 100]),
        ((0.1, 0.37), [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]),
        ((-5, 5), [-4, -2, 0, 2, 4]),
        ((1, 1287), [200, 400, 600, 800, 1000, 1200]),
        ((1e18, 9e18), [2e18, 4e18, 6e18, 8e18]),
    ],
)
def test_linear_ticks_are_round(ends, ticks):
    assert linear_ticks(*ends) == ticks


@pytest.mark.parametrize(
    ("ends", "ticks"),
    [
        ((1, 200), [1, 2, 5, 10, 20, 50, 100, 200]),
        ((3e6, 2e12), [1e7, 1e8, 1e9, 1e10, 1e11, 1e12]),
        ((1e3, 1e26), [1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24]),
        ((4e9, 5e9), [4e9, 4.2e9, 4.4e9, 4.6e9, 4.8e9, 5e9]),
    ],
)
def test_log_ticks_are_powers_of_ten_as_far_as_there_are_enough(ends, ticks):
    assert log_ticks(*ends) == pytest.approx(ticks)


def days(*texts):
    return [datetime.date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("dates", "all_labels", "labels_on_a_phone"),
    [
        (
            ("1957-01-01", "2026-11-01"),
            "1960 1965 1970 1975 1980 1985 1990 1995 2000 2005 2010 2015 2020 2025",
            "1960 1980 2000 2020",
        ),
        (("2017-06-01", "2026-11-01"), "2018 2019 2020 2021 2022 2023 2024 2025 2026 2027", "2018 2020 2022 2024 2026"),
        (("2023-02-01", "2023-10-01"), "Feb Mar 2023 Apr May Jun Jul Aug Sep Oct", "Mar 2023 May Jul Sep"),
        (("2023-09-01", "2024-04-01"), "Sep 2023 Oct Nov Dec 2024 Feb Mar Apr", "Sep 2023 Nov 2024 Mar"),
        (("0001-01-01", "9999-12-31"), "1000 2000 3000 4000 5000 6000 7000 8000 9000", "2000 4000 6000 8000"),
    ],
)
def test_time_ticks_are_beginnings_of_years_or_months(dates, all_labels, labels_on_a_phone):
    ticks = time_scale(days(*dates)).ticks

    assert " ".join(tick.label for tick in ticks) == all_labels
    assert " ".join(tick.label for tick in ticks if not tick.minor) == labels_on_a_phone


@quick
@given(st.lists(NUMBERS, max_size=5), st.booleans())
def test_every_value_has_a_place_on_a_linear_scale(values, zero):
    scale = linear_scale(values, zero=zero)

    assert all(0 <= scale.place(value) <= 1 for value in values)
    assert 1 <= len(scale.ticks) <= 7
    assert zero is False or scale.place(0) is not None
    check_ticks(scale)


@quick
@given(st.lists(SIZES, max_size=5))
def test_every_value_has_a_place_on_a_log_scale(values):
    scale = log_scale(values)

    assert all(0 <= scale.place(value) <= 1 for value in values)
    assert 1 <= len(scale.ticks) <= 9
    check_ticks(scale)


@quick
@given(st.lists(st.dates(), max_size=5))
def test_every_date_has_a_place_on_a_time_scale(dates):
    scale = time_scale(dates)

    assert all(0 <= scale.place(date) <= 1 for date in dates)
    assert 1 <= len(scale.ticks) <= 14
    assert 1 <= len([tick for tick in scale.ticks if not tick.minor]) <= FEW
    check_ticks(scale)


def check_ticks(scale):
    values = [tick.value for tick in scale.ticks]
    assert values == sorted(set(values))
    assert all(scale.low <= value <= scale.high for value in values)


@quick
@given(SIZES, SIZES)
def test_greater_values_stand_higher(a, b):
    for scale in (linear_scale([a, b]), log_scale([a, b])):
        if a < b:
            assert scale.place(a) <= scale.place(b)


def test_log_scale_gives_equal_ratios_equal_room():
    scale = log_scale([1e6, 1e12])

    assert scale.place(1e9) == pytest.approx(0.5)
    assert scale.place(1e8) - scale.place(1e7) == pytest.approx(scale.place(1e11) - scale.place(1e10))


@pytest.mark.parametrize("value", [0, -3, 1e99])
def test_what_is_not_above_zero_or_lies_beyond_has_no_place_on_a_log_scale(value):
    scale = log_scale([0, -3, 10, 1000])

    assert scale.place(value) is None
    assert scale.place(10) is not None


@pytest.mark.parametrize("scale", [linear_scale([3, 80]), log_scale([1e-9, 1e26]), time_scale([700_000, 740_000])])
@pytest.mark.parametrize("place", [0.01, 0.5, 0.99])
def test_value_in_a_place_has_that_place(scale, place):
    assert scale.place(scale.at(place)) == pytest.approx(place)


@pytest.mark.parametrize("values", [[5], [5, 5, 5], [0], [-7]])
def test_equal_values_stand_in_the_middle(values):
    assert linear_scale(values).place(values[0]) == pytest.approx(0.5)


def test_a_single_size_stands_in_the_middle_of_a_decade():
    scale = log_scale([6e10], format_size)

    assert scale.place(6e10) == pytest.approx(0.5)
    assert math.log10(scale.high / scale.low) == pytest.approx(1)


def test_a_single_date_has_a_quarter_on_either_side():
    [day] = days("2024-05-01")
    scale = time_scale([day])

    assert scale.place(day) == 0.5
    assert scale.high - scale.low == 182


def test_scale_from_zero_has_no_room_below_it():
    scale = linear_scale([3, 10], zero=True)

    assert (scale.low, scale.place(0)) == (0, 0)
    assert scale.high > 10


def test_nearest_is_the_end_beyond_which_a_value_lies():
    scale = linear_scale([0, 100])

    assert [scale.nearest(value) for value in (-1000, 50, 1000)] == [scale.low, 50, scale.high]


@pytest.mark.parametrize("value", [0, -1, 5e-324, 2.225073858507e-311, 1e-99, 1e300, 1.7e308])
def test_log_scale_has_no_place_for_what_has_no_order_of_magnitude(value):
    scale = log_scale([value])

    assert scale.place(value) is None
    assert log_scale([value, 5]) == log_scale([5])
