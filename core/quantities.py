"""Sizes, dates and numbers as people write them: read from text, and written for readers."""

import calendar
import datetime
import math
import re
from decimal import Decimal
from typing import Any

from core.models import DatePrecision

SCALES = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_SIZE = re.compile(r"\s*([0-9][0-9,_]*\.?[0-9]*(?:e\+?[0-9]{1,6})?)\s*([KMBT]?)\s*", re.IGNORECASE)


def parse_size(text: str) -> int:
    """671000000000 from “671B”, “671,000,000,000” or “6.71e11”. K is 1,000. ValueError where it is no size."""
    match = _SIZE.fullmatch(text)
    if not match:
        raise ValueError("Write a number, with K, M, B or T for thousands to trillions: 128K, 70B.")
    number, scale = match.groups()
    # Decimal, for a float loses the last digits of large numbers.
    size = Decimal(number.replace(",", "").replace("_", "")) * SCALES[scale.upper()]
    # The largest number that a database column of integers holds.
    if size >= 2**63:
        raise ValueError("This number is too large.")
    return round(size)


def parse_number(text: str) -> float:
    """3.3e24 from “3.3e24”. ValueError where it is no finite number."""
    try:
        number = float(text)
    except ValueError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("Write a number: 3.3e24.")
    return number


def format_size(size: float) -> str:
    """“671B” from 671000000000, “14.8T”, “128K”, “4,096”: four significant digits, and all of them below a million."""
    if abs(size) < SCALES["M"] and size % SCALES["K"]:
        return f"{size:,g}" if size % 1 else f"{size:,.0f}"
    for letter, scale in reversed(SCALES.items()):
        if abs(size) >= scale:
            return f"{size / scale:.4g}{letter}"
    return f"{size:g}"


def exact_size(size: int) -> str:
    """“671B” or “131,072”; “7,241,732,096” where the short form would round."""
    short = format_size(size)
    return short if size >= 0 and parse_size(short) == size else f"{size:,}"


def format_power(number: float) -> str:
    """“3.29 × 10²⁴” from 3.29e24: at most three significant digits."""
    exponent = math.floor(math.log10(number))
    digits = f"{number / 10**exponent:.3g}"
    if digits == "10":
        digits, exponent = "1", exponent + 1
    return f"{digits} × 10{str(exponent).translate(str.maketrans('0123456789-', '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'))}"


def format_number(number: float) -> str:
    """“88.5”, “1,287”: no trailing zeros, thousands apart, at most six significant digits."""
    return f"{number:,.6g}" if abs(number) < 10**6 else f"{number:,.0f}"


def exact_number(number: float) -> str:
    """“88.5” or “3.29 × 10²⁴”; “3.294e+24” where the short form would round."""
    if abs(number) < 10**6 and float(f"{number:.6g}") == number:
        return format_number(number)
    if number >= 10**6 and float(f"{number:.3g}") == number:
        return format_power(number)
    return f"{number:,}".removesuffix(".0")


def format_date(date: datetime.date, precision: str = DatePrecision.DAY) -> str:
    """“26 December 2024”, “December 2024” or “2024”, by what is known of it."""
    if precision == DatePrecision.YEAR:
        return f"{date:%Y}"
    if precision == DatePrecision.MONTH:
        return f"{date:%B %Y}"
    return f"{date.day} {date:%B %Y}"


# So many characters of “2024-12-26” are known.
_KNOWN = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}


def iso_date(date: datetime.date, precision: str = DatePrecision.DAY) -> str:
    """“2024-12-26”, “2024-12” or “2024”, by what is known of it."""
    return date.isoformat()[: _KNOWN.get(precision, 10)]


def iso_of(row: Any, field: str) -> str:
    """The same of a row's date, whose precision stands beside it: `released` and `released_precision`; "" of none."""
    date = getattr(row, field)
    return iso_date(date, getattr(row, f"{field}_precision")) if date else ""


def parse_date(text: str) -> tuple[datetime.date, str]:
    """The date and its precision from “2024-12-26”, “2024-12” or “2024”. ValueError where it is none."""
    text = text.strip()
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}.get(len(text))
    if precision is None:
        raise ValueError("Write a date as 2024-12-26, 2024-12 or 2024.")
    try:
        return datetime.date.fromisoformat(text + "2024-01-01"[len(text) :]), precision
    except ValueError:
        raise ValueError("Write a date as 2024-12-26, 2024-12 or 2024.") from None


def last_day(date: datetime.date, precision: str) -> datetime.date:
    """The last day of the year or month that is known of a date; the day itself, where that is known."""
    if precision == DatePrecision.DAY:
        return date
    month = 12 if precision == DatePrecision.YEAR else date.month
    return date.replace(month=month, day=calendar.monthrange(date.year, month)[1])


def parse_moment(text: str) -> datetime.datetime:
    """A time in UTC from “2026-11-27T04:30:00Z”; from a day, month or year, its end. ValueError where it is none."""
    try:
        date = last_day(*parse_date(text))
    except ValueError:
        pass
    else:
        return datetime.datetime.combine(date, datetime.time.max, datetime.UTC)
    try:
        moment = datetime.datetime.fromisoformat(text.strip())
        return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    except (ValueError, OverflowError):
        raise ValueError("Write a date as 2024-12-26, or a time as 2024-12-26T18:30:00Z.") from None
