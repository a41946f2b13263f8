"""The best so far: which scores set a record, by how much, and how long each record held."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from catalog.leaderboard import Line
from core.models import DatePrecision

# In days.
MONTH, YEAR = 30.44, 365.25


@dataclass(frozen=True)
class Step:
    """A record and those who set it on the same day; the value it beat, and who broke it, where there is one."""

    holders: tuple[Line, ...]
    before: float | None = None
    broken_by: Line | None = None

    @property
    def value(self) -> float:
        return self.holders[0].value

    @property
    def gain(self) -> float | None:
        """How far it went beyond the record before it, in the benchmark's unit; None for the first."""
        return None if self.before is None else abs(self.value - self.before)

    @property
    def held(self) -> str:
        """“12 days”, “7 months”, “about 2.5 years” where a date is known by its month or year alone."""
        if self.broken_by is None:
            return "still stands"
        span = _span((self.broken_by.known_on - self.holders[0].known_on).days)
        known = {self.holders[0].precision, self.broken_by.precision} == {DatePrecision.DAY}
        return span if known else f"about {span}"


def frontier(lines: Iterable[Line], *, higher_is_better: bool) -> list[Step]:
    """The records among the dated ones of lines that are given the best first, in order of time.

    Those who share the best value of a day hold it together; who reaches it later does not.
    """
    # Sorting keeps the order of a day: the best first.
    dated = sorted((line for line in lines if line.known_on), key=attrgetter("known_on"))
    days, values = ([getattr(line, name) for line in dated] for name in ("known_on", "value"))
    found = []
    for first in records_of(days, values, higher_is_better=higher_is_better):
        same_day = dated[first : bisect_right(days, days[first])]
        found.append(tuple(line for line in same_day if line.value == values[first]))
    befores = [None, *(holders[0].value for holders in found)]
    breakers = [*(holders[0] for holders in found[1:]), None]
    return [Step(holders, *rest) for holders, *rest in zip(found, befores, breakers, strict=False)]


def records_of(days: Sequence, values: Sequence[float], *, higher_is_better: bool) -> list[int]:
    """The places of the values that were better than all before them, in order of time; of one day, the best alone."""
    best = list(accumulate(values if higher_is_better else [-value for value in values], max))
    records, place = [], 0
    while place < len(best):
        if records and days[records[-1]] == days[place]:
            records.pop()
        records.append(place)
        place = bisect_right(best, best[place], place)
    return records


def _span(days: int) -> str:
    """So many days, in the largest unit of which there are two."""
    if days < 2 * MONTH:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days / MONTH:.0f} months" if days < 2 * YEAR else f"{days / YEAR:.2g} years"
