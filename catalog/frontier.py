"""The best so far: which scores set a record, by how much, and how long each record held."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter, gt, lt

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

    Each is strictly better than the one before it. Of one day only the best counts; those who share it hold it
    together; who reaches it later does not.
    """
    better = gt if higher_is_better else lt
    # Sorting keeps the order of a day: the best first.
    dated = sorted((line for line in lines if line.known_on), key=attrgetter("known_on"))
    found: list[list[Line]] = []
    for line in dated:
        last = found[-1][0] if found else None
        if last is None or better(line.value, last.value):
            found.append([line])
        elif line.value == last.value and line.known_on == last.known_on:
            found[-1].append(line)
    befores = [None, *(holders[0].value for holders in found)]
    breakers = [*(holders[0] for holders in found[1:]), None]
    return [Step(tuple(holders), *rest) for holders, *rest in zip(found, befores, breakers, strict=False)]


def _span(days: int) -> str:
    """So many days, in the largest unit of which there are two."""
    if days < 2 * MONTH:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days / MONTH:.0f} months" if days < 2 * YEAR else f"{days / YEAR:.2g} years"
