"""The filters of a leaderboard: those of a list, over the lines of a benchmark."""

from collections.abc import Callable
from functools import cached_property
from itertools import compress
from typing import TypeVar

import django_filters
from django import forms
from django.http import QueryDict

from catalog.disagreements import maker_names
from catalog.filters import Known, OwnLabels, RowFilters, RowIndex
from catalog.leaderboard import Line, read_lines
from catalog.models import Measurer, Openness
from core.filters import Facet, OrderFilter
from core.filters.display import Display
from core.memory import Recent
from core.selection import as_flags
from research.models import Benchmark

BEST = "best"
T = TypeVar("T")


class RowsFilter(Display, django_filters.ChoiceFilter):
    """`rows=best`: of each model, its best score alone."""

    def __init__(self):
        super().__init__(
            label="Show",
            choices=[("all", "every score"), (BEST, "the best score of each model")],
            empty_label=None,
            error_messages={"invalid_choice": "“%(value)s” is neither “all” nor “best”."},
        )


class ScoreFilters(RowFilters):
    """Over all scores on a benchmark; a place is a line's place among them, the best first."""

    view = columns = None

    as_of = Known("released", "known_on")
    measured_by = Facet("measured_by", label="Measured by", choices=Measurer)
    setting = OwnLabels("setting", label="Setting", choices=(), unknown="not stated")
    openness = Facet("openness", label="Openness", choices=Openness, unknown="not known")
    organization = Facet("organizations", label="Organization", choices=lambda: maker_names().items())
    rows = RowsFilter()
    order = OrderFilter(
        empty_label="the best first", score=("Score", "value"), date=("Date", "known_on"), model=("Model", "name")
    )

    def __init__(self, data: QueryDict, benchmark: Benchmark, **options):
        super().__init__(data, **options)
        self.benchmark = benchmark
        self.filters["order"].usual = "-score" if benchmark.higher_is_better else "score"

    @cached_property
    def index(self) -> RowIndex:
        key = self.benchmark.pk, self.benchmark.higher_is_better
        return self.memory.recall(_boards, key, lambda: RowIndex(read_lines(self.benchmark)))

    @property
    def best_only(self) -> bool:
        return self.cleaned.get("rows") == BEST

    def narrowed(self, *but: str) -> int:
        """As for a list. With one row a model, its best score; where facets are left out, its best for each value."""
        places = super().narrowed(*but)
        if not self.best_only:
            return places
        parts = [self.numbers("model").values, *(self.filters[name].values.codes for name in but)]
        flags = as_flags(places, self.index.size)
        keys, found = list(compress(zip(*parts, strict=True), flags)), list(compress(range(self.index.size), flags))
        # Of those with the same key, the last to be set stays.
        return self.index.set_at(dict(zip(reversed(keys), reversed(found), strict=True)).values())

    @cached_property
    def lines(self) -> list[Line]:
        """Those that the filters leave, the best first."""
        return list(compress(self.index.keys, as_flags(self.narrowed(), self.index.size)))

    def of_lines(self, compute: Callable[[list[Line], Benchmark], T]) -> T:
        """What is computed of these lines; kept, where they are all there are."""
        if len(self.lines) < self.index.size:
            return compute(self.lines, self.benchmark)
        # The benchmark is read again: what is kept must come from a time after its tables were asked for their states.
        return self.recall(compute, lambda: compute(self.lines, Benchmark.objects.get(pk=self.benchmark.pk)))

    @cached_property
    def best(self) -> Line | None:
        """Of all that was known on the day, whatever else is asked."""
        known = as_flags(self.places.get("as_of", self.index.all), self.index.size)
        return next(compress(self.index.keys, known), None)

    @property
    def display(self) -> list[forms.BoundField]:
        return [self.form["rows"], *super().display]


# So many scores a process keeps, a board counting as a thousand more for what else it holds: some tens of megabytes.
_boards = Recent(100_000, lambda board: 1000 + board.size)
