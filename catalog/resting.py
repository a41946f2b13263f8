"""What rests on a source, a part at a time: a database may have a hundred thousand figures of the collection."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet

from catalog.models import Citation, Derivation, Milestone, Score
from catalog.models.parts import Part
from core.together import of_all
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
    parts = {
        Citation: Citation.objects.select_related("model"),
        Score: Score.objects.select_related("model", "benchmark"),
        Milestone: Milestone.objects.select_related("model"),
        Derivation: Derivation.objects.select_related("child"),
    }
    # Of sources that are looked at together it is known which parts there are: only those are asked for.
    there = of_all(Source, "resting", source.pk, partial(_there, tuple(parts)))
    found = [
        _part(rows.filter(source=source).as_of(as_of), number) if there is None or kind in there else []
        for kind, rows in parts.items()
    ]
    return Resting(number, *(rows[:SHOWN] for rows in found), more=any(len(rows) > SHOWN for rows in found))


def _there(kinds: tuple[type[Part], ...], sources: Collection[int]) -> dict[int, set[type[Part]]]:
    """The kinds of which something rests on each source."""
    there = {source: set() for source in sources}
    for kind in kinds:
        for source in kind.objects.filter(source__in=sources).order_by().values_list("source", flat=True).distinct():
            there[source].add(kind)
    return there


def _part(rows: QuerySet, number: int) -> list:
    first = SHOWN * (number - 1)
    return list(rows.published().order_by("pk")[first : first + SHOWN + 1])
