"""Small histograms above the two ends of a range: how much there is from little to much, at a glance."""

import datetime
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from core.quantities import format_size, parse_size
from core.selection import Index, Numbers

# As many bars as the narrow column of filters has room for, each wide enough for a finger.
MOST = 10


@dataclass(frozen=True)
class Bar:
    """The entries from `low` to `high`, both included and as a reader would type them; without `low`, all below."""

    low: str
    high: str
    places: int

    def __str__(self) -> str:
        return (
            f"up to {self.high}"
            if not self.low
            else self.high
            if self.low == self.high
            else f"{self.low} to {self.high}"
        )


@dataclass(frozen=True)
class Scale:
    """How numbers go into bins.

    `start` writes where a bin begins, `end` the greatest number in it: written so, a range that includes both its ends
    finds what the bar counts, though the next bin begins at a round number.
    """

    bin: Callable[[float], int]
    start: Callable[[int], str]
    end: Callable[[float], str]


def _year(ordinal: float) -> int:
    return datetime.date.fromordinal(int(ordinal)).year


def _power(number: float) -> int:
    return math.floor(math.log10(number))


def _half_power(number: float) -> int:
    """Two bins for each power of ten: from 1 and from 3."""
    return 2 * _power(number) + (number >= 3 * 10.0 ** _power(number))


def _size(number: float) -> str:
    """“128K”, or every digit where four would not be exact."""
    short = format_size(number).replace(",", "")
    return short if parse_size(short) == number else f"{number:.0f}"


def _scientific(number: float) -> str:
    """“3.29e24”, exactly."""
    short = f"{number:g}"
    return (short if float(short) == number else repr(number)).replace("+", "")


YEARS = Scale(_year, str, lambda ordinal: str(_year(ordinal)))
SIZES = Scale(_power, lambda power: _size(10**power), _size)
CLOSE_SIZES = Scale(_half_power, lambda bin: _size((1, 3)[bin % 2] * 10 ** (bin // 2)), _size)
POWERS = Scale(_power, lambda power: _scientific(10.0**power), _scientific)


@dataclass(frozen=True)
class Histogram:
    """The range of a list between two filters, those whose `field_name` is `path`."""

    path: str
    label: str
    scale: Scale

    def bars(self, index: Index, numbers: Numbers) -> list[Bar | None]:
        """At most MOST bars from left to right; None where nothing lies between two others."""
        bins: dict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(numbers.values):
            if not math.isnan(number):
                bins[self.scale.bin(number)].append(place)
        if not bins:
            return []
        last, lowest = max(bins), min(bins)
        first = max(lowest, last - MOST + 1)
        bins[first] = [place for bin in sorted(bins) if bin <= first for place in bins[bin]]
        bars: list[Bar | None] = []
        for bin in range(first, last + 1):
            places = bins.get(bin)
            greatest = max(map(numbers.values.__getitem__, places)) if places else 0
            low = self.scale.start(bin) if lowest == first or bin > first else ""
            bars.append(Bar(low, self.scale.end(greatest), index.set_at(places)) if places else None)
        return bars
