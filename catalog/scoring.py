"""Scores as readers compare them: printed with their unit, drawn against the benchmark's scale."""

from dataclasses import dataclass

from django.db.models import Case, OuterRef, Subquery, When

from catalog.evidence import Note, Notes
from catalog.models import AIModel, Score
from core.quantities import format_number
from research.models import Benchmark

# The width of the mark, in hundredths of the scale.
MARK = 0.6


@dataclass(frozen=True)
class Bar:
    """A score on its scale, and the best known one, both in hundredths of the scale's length."""

    value: float
    best: float

    @property
    def best_mark(self) -> float:
        """Where the mark of the best score begins, so that it stays on the scale."""
        return max(self.best - MARK, 0)


@dataclass(frozen=True)
class ScoreRow:
    """A score as a page prints it. `title` is the benchmark people know: the parent's name for a variant."""

    score: Score
    title: Benchmark
    variant: Benchmark | None
    text: str
    best: str
    is_best: bool
    bar: Bar | None
    note: Note | None


def score_text(value: float, benchmark: Benchmark) -> str:
    """“88.5%”, “1,287 points”."""
    unit = benchmark.unit if benchmark.unit == "%" else f" {benchmark.unit}"
    return f"{format_number(value)}{unit}".strip()


def score_rows(model: AIModel, notes: Notes) -> list[ScoreRow]:
    """The model's scores, headlines first."""
    scores = sorted(model.scores.all(), key=lambda score: (not score.headline, score.order))
    best = best_values({score.benchmark for score in scores})
    return [score_row(score, best[score.benchmark_id], notes) for score in scores]


def score_row(score: Score, best: float, notes: Notes) -> ScoreRow:
    benchmark = score.benchmark
    parent = benchmark.parent if benchmark.parent and benchmark.parent.is_public else None
    return ScoreRow(
        score=score,
        title=parent or benchmark,
        variant=benchmark if parent else None,
        text=score_text(score.value, benchmark),
        best=score_text(best, benchmark),
        is_best=score.value == best,
        bar=_bar(score.value, best, benchmark),
        note=notes.cite(score.source, score.locator),
    )


def best_values(benchmarks: set[Benchmark]) -> dict[int, float]:
    """The best score that the encyclopedia knows on each benchmark, by its id, in one query.

    Each is the first row of an index, however many scores there are.
    """
    scores = Score.objects.published().filter(benchmark=OuterRef("pk")).values("value")
    highest, lowest = Subquery(scores.order_by("-value")[:1]), Subquery(scores.order_by("value")[:1])
    best = Case(When(higher_is_better=True, then=highest), default=lowest)
    found = Benchmark.objects.filter(pk__in=[benchmark.pk for benchmark in benchmarks]).values_list("pk", best)
    return {pk: value for pk, value in found if value is not None}


def _bar(value: float, best: float, benchmark: Benchmark) -> Bar | None:
    place = on_scale(value, benchmark)
    return None if place is None else Bar(place, on_scale(best, benchmark))


def on_scale(value: float, benchmark: Benchmark) -> float | None:
    """Where it stands between the ends of the benchmark's scale, in hundredths; None where an end is open."""
    low, high = benchmark.scale_min, benchmark.scale_max
    if low is None or high is None:
        return None
    return round(100 * min(max((value - low) / (high - low), 0), 1), 2)
