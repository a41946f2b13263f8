"""What rests on a source, a part at a time: a database may have a hundred thousand figures of the collection."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from catalog.models import Citation, Derivation, Milestone, Score
from research.models import Source

# How many figures, scores, milestones and derivations each a page shows.
SHOWN = 40


@dataclass(frozen=True)
class Resting:
    """The page with this number. Nothing is counted: whether there is a next page is known by one row more."""

    number: int
    citations: list[Citation]
    scores: list[Score]
    milestones: list[Milestone]
    derivations: list[Derivation]
    more: bool

    @property
    def empty(self) -> bool:
        return not (self.citations or self.scores or self.milestones or self.derivations)


def resting_on(source: Source, number: int = 1, *, as_of: datetime.date | None = None) -> Resting:
    """What readers may see of it, in the order in which it was entered; four queries."""
    parts = (
        Citation.objects.select_related("model"),
        Score.objects.select_related("model", "benchmark"),
        Milestone.objects.select_related("model"),
        Derivation.objects.select_related("child"),
    )
    found = [_part(rows.filter(source=source).as_of(as_of), number) for rows in parts]
    return Resting(number, *(rows[:SHOWN] for rows in found), more=any(len(rows) > SHOWN for rows in found))


def _part(rows: QuerySet, number: int) -> list:
    first = SHOWN * (number - 1)
    return list(rows.published().order_by("pk")[first : first + SHOWN + 1])
