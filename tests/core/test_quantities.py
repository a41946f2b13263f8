import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import DatePrecision
from core.quantities import (
    format_date,
    format_number,
    format_power,
    format_size,
    iso_date,
    iso_of,
    parse_date,
    parse_moment,
    parse_number,
    parse_size,
)

DAY = datetime.date(2024, 12, 26)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("671B", 671_000_000_000),
        ("14.8T", 14_800_000_000_000),
        (" 128k ", 128_000),
        ("128 K", 128_000),
        ("1.5m", 1_500_000),
        ("671,000,000,000", 671_000_000_000),
        ("671_000", 671_000),
        ("6.71e11", 671_000_000_000),
        ("6.71E+11", 671_000_000_000),
        ("0", 0),
        ("9.2e18", 9_200_000_000_000_000_000),
    ],
)
def test_parse_size_reads_what_people_type(text, size):
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "banana", "-5", "K", ",5", "12 34", "1e-3", "0x10", "nan", "inf", "5X", "٣B"])
def test_parse_size_refuses_what_is_none(text):
    with pytest.raises(
        ValueError, match=r"^Write a number, with K, M, B or T for thousands to trillions: 128K, 70B\.$"
    ):
        parse_size(text)


@pytest.mark.parametrize("text", ["1e19", "9223372036854775808", "10000000T", "9e999"])
def test_parse_size_refuses_what_no_column_holds(text):
    with pytest.raises(ValueError, match=r"^This number is too large\.$"):
        parse_size(text)


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (671_000_000_000, "671B"),
        (14_800_000_000_000, "14.8T"),
        (128_000, "128K"),
        (131_072, "131,072"),
        (4096, "4,096"),
        (512, "512"),
        (5_576_000, "5.576M"),
        (0, "0"),
        (1000, "1K"),
    ],
)
def test_format_size_takes_the_largest_letter_and_keeps_what_is_below_a_million(size, text):
    assert format_size(size) == text


@given(st.integers(1, 9999), st.sampled_from("KMBT"))
def test_a_size_written_short_is_read_back(number, letter):
    size = parse_size(f"{number}{letter}")

    assert parse_size(format_size(size)) == size


@pytest.mark.parametrize(("text", "number"), [("3.3e24", 3.3e24), (" 5 ", 5.0), ("-2", -2.0)])
def test_parse_number_reads_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "much", "nan", "inf", "-inf", "1e999"])
def test_parse_number_refuses_what_is_not_finite(text):
    with pytest.raises(ValueError, match=r"^Write a number: 3\.3e24\.$"):
        parse_number(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [(3.29e24, "3.29 × 10²⁴"), (3.3e24, "3.3 × 10²⁴"), (9.999e23, "1 × 10²⁴"), (1, "1 × 10⁰"), (0.002, "2 × 10⁻³")],
)
def test_format_power_writes_powers_of_ten(number, text):
    assert format_power(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (88.5, "88.5"),
        (90.0, "90"),
        (1287.0, "1,287"),
        (-3.25, "-3.25"),
        (0, "0"),
        (1234567.8, "1,234,568"),
    ],
)
def test_format_number_has_no_trailing_zeros(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize(
    ("precision", "written", "iso"),
    [
        (DatePrecision.DAY, "26 December 2024", "2024-12-26"),
        (DatePrecision.MONTH, "December 2024", "2024-12"),
        (DatePrecision.YEAR, "2024", "2024"),
    ],
)
def test_dates_are_written_as_far_as_they_are_known(precision, written, iso):
    assert format_date(DAY, precision) == written
    assert iso_date(DAY, precision) == iso
    # What is read from it keeps the precision, the unknown part being 01.
    assert parse_date(f" {iso} ")[1] == precision
    assert iso_date(*parse_date(iso)) == iso


def test_parse_date_fills_the_unknown_part_with_01():
    assert parse_date("2024-12") == (datetime.date(2024, 12, 1), DatePrecision.MONTH)
    assert parse_date("2024") == (datetime.date(2024, 1, 1), DatePrecision.YEAR)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-02-30", "26.12.2024", "20241226", "soon", "0000", "2024-W52"]
)
def test_parse_date_refuses_what_is_none(text):
    with pytest.raises(ValueError, match=r"^Write a date as 2024-12-26, 2024-12 or 2024\.$"):
        parse_date(text)


@pytest.mark.parametrize("size", [2**53 + 1, 2**63 - 1, 9_007_199_254_740_993_001])
def test_parse_size_keeps_every_digit(size):
    assert parse_size(str(size)) == size


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-27", "2026-11-27T23:59:59.999999+00:00"),
        ("2026-02", "2026-02-28T23:59:59.999999+00:00"),
        ("2024", "2024-12-31T23:59:59.999999+00:00"),
        ("2026-11-27T04:30:00Z", "2026-11-27T04:30:00+00:00"),
        ("2026-11-27T04:30:00+02:00", "2026-11-27T02:30:00+00:00"),
        ("2026-11-27T04:30", "2026-11-27T04:30:00+00:00"),
    ],
)
def test_parse_moment_reads_times_and_the_ends_of_days(text, moment):
    assert parse_moment(text).isoformat() == moment


@pytest.mark.parametrize("text", ["", "banana", "2026-13", "0001-01-01T00:00+05:00", "99999-01-01"])
def test_parse_moment_refuses_what_is_no_time(text):
    with pytest.raises(ValueError, match="Write a date as"):
        parse_moment(text)


@pytest.mark.parametrize(("precision", "written"), [("day", "2024-12-01"), ("month", "2024-12"), ("year", "2024")])
def test_date_of_a_row_is_written_as_far_as_it_is_known(precision, written):
    row = SimpleNamespace(published=datetime.date(2024, 12, 1), published_precision=precision)

    assert iso_of(row, "published") == written


def test_date_of_a_row_that_is_not_known_is_nothing():
    assert iso_of(SimpleNamespace(published=None, published_precision=""), "published") == ""
