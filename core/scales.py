"""Scales of charts: where a value stands between two ends, and the round values that are written beside an axis."""

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.quantities import format_number, format_power

Value = float | datetime.date

# How much room there is beyond the outermost values, as a share of what lies between them.
MARGIN = 0.05
# What is nearer to zero is zero.
TINY = 1e-99
# The steps of a calendar, in months.
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
# How many dates stand below a chart on a phone.
FEW = 5


@dataclass(frozen=True)
class Tick:
    """A round value beside an axis. One that is `minor` is left out where there is little room."""

    value: float
    label: str
    minor: bool = False


@dataclass(frozen=True)
class Scale:
    """An axis from `low` to `high`; dates are counted in days."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    is_log: bool = False

    def place(self, value: Value) -> float | None:
        """0 at the low end, 1 at the high one; None beyond them, and for what has no logarithm."""
        value = number(value)
        low, high = self.low, self.high
        if not low <= value <= high:
            return None
        if self.is_log:
            low, value, high = math.log(low), math.log(value), math.log(high)
        return (value - low) / (high - low)

    def at(self, place: float) -> float:
        """The value in a place between 0 and 1."""
        if self.is_log:
            return self.low * (self.high / self.low) ** place
        return self.low + place * (self.high - self.low)

    def nearest(self, value: Value) -> float:
        """The value itself, or the end of the scale beyond which it lies."""
        return min(max(number(value), self.low), self.high)


def number(value: Value) -> float:
    return value.toordinal() if isinstance(value, datetime.date) else value


def linear_scale(
    values: Iterable[float], write: Callable[[float], str] = format_number, *, zero: bool = False, count: int = 7
) -> Scale:
    """From just below the lowest to just above the highest value; with `zero`, it begins or ends there."""
    values = [*values, 0] if zero else [*values]
    low, high = min(values, default=0), max(values, default=1)
    span, size = high - low, max(abs(low), abs(high))
    # Values that only rounding tells apart count as one.
    room = MARGIN * span if span > max(1e-9 * size, TINY) else (size / 2 if size > TINY else 1)
    low -= 0 if zero and low == 0 else room
    high += 0 if zero and high == 0 > low else room
    return Scale(low, high, tuple(Tick(tick, write(tick)) for tick in linear_ticks(low, high, count)))


def linear_ticks(low: float, high: float, count: int = 7) -> list[float]:
    """The multiples of 1, 2 or 5 times a power of ten between two ends: at most `count`, and as many as that allows."""
    for step in _steps((high - low) / count):
        exponent = math.floor(math.log10(step))
        ticks = [round(n * step, -exponent) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
        ticks = [tick for tick in dict.fromkeys(ticks) if low <= tick <= high]
        if len(ticks) <= count:
            return ticks
    return []


def _steps(least: float) -> Iterable[float]:
    """The round steps from `least` on: 1, 2, 5, 10, 20, 50 …"""
    exponent = math.floor(math.log10(least))
    for power in range(exponent, exponent + 3):
        yield from (step for digit in (1, 2, 5) if (step := digit * 10.0**power) >= least * (1 - 1e-9))


def write_power(value: float) -> str:
    """“10²⁴”, “5 × 10²⁴”."""
    return format_power(value).removeprefix("1 × ")


def log_scale(values: Iterable[float], write: Callable[[float], str] = write_power, *, count: int = 9) -> Scale:
    """As `linear_scale`, by orders of magnitude. Zero, what is below it or as near to it, or endless, has no place."""
    values = [value for value in values if TINY < value < 1 / TINY]
    low, high = math.log10(min(values, default=1)), math.log10(max(values, default=10))
    room = 0.5 if high - low < 1e-9 else MARGIN * (high - low)
    low, high = 10 ** (low - room), 10 ** (high + room)
    return Scale(low, high, tuple(Tick(tick, write(tick)) for tick in log_ticks(low, high, count)), is_log=True)


def log_ticks(low: float, high: float, count: int = 9) -> list[float]:
    """Powers of ten between two ends, every second or third where they are many, with 2 and 5 times where few."""
    first, last = math.ceil(math.log10(low)), math.floor(math.log10(high))
    powers = range(first, last + 1)
    if len(powers) < 2:
        return linear_ticks(low, high, count)
    choices = [[digit * 10.0**power for power in range(first - 1, last + 1) for digit in (1, 2, 5)]]
    choices += [[10.0**power for power in powers if power % every == 0] for every in (1, 2, 3, 6, 10, 20, 50, 100)]
    inside = ([tick for tick in ticks if low <= tick <= high] for ticks in choices)
    return next(ticks for ticks in inside if len(ticks) <= count)


def time_scale(dates: Iterable[Value], *, count: int = 14) -> Scale:
    """From just before the first to just after the last date; a quarter more on either side where they are close."""
    days = [int(number(date)) for date in dates] or [datetime.date(2000, 1, 1).toordinal()]
    span = max(days) - min(days)
    room = MARGIN / 2 * span if span > 180 else 91
    low, high = max(min(days) - round(room), 1), min(max(days) + round(room), datetime.date.max.toordinal())
    return Scale(low, high, tuple(time_ticks(low, high, count)))


def time_ticks(low: int, high: int, count: int = 14) -> list[Tick]:
    """Beginnings of months or years between two days, in the finest steps that give at most `count`."""
    finest = next(step for step in MONTHS if len(_months(low, high, step)) <= count)
    coarse = next(step for step in MONTHS if step % finest == 0 and len(_months(low, high, step)) <= FEW)
    days, few = ([datetime.date(m // 12, m % 12 + 1, 1) for m in _months(low, high, step)] for step in (finest, coarse))
    return [Tick(day.toordinal(), _date(day, first=few[:1] == [day]), minor=day not in few) for day in days]


def _months(low: int, high: int, step: int) -> range:
    """Every `step`th month that begins between two days, all counted from January of the year 0."""
    begin, end = datetime.date.fromordinal(low), datetime.date.fromordinal(high)
    first = begin.year * 12 + begin.month - (begin.day == 1)
    return range(-(-first // step) * step, end.year * 12 + end.month, step)


def _date(day: datetime.date, *, first: bool) -> str:
    """“2024” for January, “Mar” for other months, “Mar 2024” where a phone's axis begins with it."""
    if day.month == 1:
        return f"{day.year}"
    return f"{day:%b} {day.year}" if first else f"{day:%b}"
