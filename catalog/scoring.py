"""Scores as readers compare them: printed with their unit, drawn against the benchmark's scale."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, OuterRef, Prefetch, QuerySet, Subquery, When

from catalog.comparability import ROLES, Verdict, known_benchmark, verdict
from catalog.evidence import Note, Notes
from catalog.models import AIModel, Score
from core.prepared import Prepared
from core.quantities import format_number
from research.models import Benchmark, Organization

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
    best: Score
    title: Benchmark
    variant: Benchmark | None
    text: str
    best_text: str
    bar: Bar | None
    note: Note | None

    @property
    def is_best(self) -> bool:
        return self.score.value == self.best.value

    @cached_property
    def verdict(self) -> Verdict:
        """Whether it compares with the best one."""
        return verdict(self.score, self.best)

    @property
    def compares(self) -> bool:
        """Whether the best one says something of it."""
        return self.is_best or self.verdict.comparable

    @property
    def terms(self) -> str:
        """“5-shot · measured by the vendor”, and what is to be known of it besides."""
        score = self.score
        measured = f"measured by {ROLES[score.measured_by]}"
        return " · ".join(filter(None, (score.setting, measured, score.note)))

    @property
    def beside_best(self) -> str:
        """“best known here: 93.3% (Qwen), not comparable: 5-shot against 0-shot”."""
        best = f"{self.best_text} ({self.best.model.name})"
        if self.is_best:
            text = "best score known here"
        elif self.verdict.comparable:
            text = f"best known here, and comparable: {best}"
        else:
            text = f"best known here: {best}, {self.verdict}"
        return text if self.score.benchmark.higher_is_better else f"{text} (lower is better)"


def score_text(value: float, benchmark: Benchmark) -> str:
    """“88.5%”, “1,287 points”."""
    unit = benchmark.unit if benchmark.unit == "%" else f" {benchmark.unit}"
    return f"{format_number(value)}{unit}".strip()


def score_rows(model: AIModel, notes: Notes, *, as_of: datetime.date | None = None) -> list[ScoreRow]:
    """The model's scores, headlines first, each with the best one known by that day."""
    scores = sorted(model.rows_of("scores"), key=lambda score: (not score.headline, score.order))
    best = best_scores({score.benchmark for score in scores}, as_of=as_of)
    return [score_row(score, best.get(score.benchmark_id, score), notes) for score in scores]


def score_row(score: Score, best: Score, notes: Notes) -> ScoreRow:
    benchmark = score.benchmark
    title = known_benchmark(benchmark)
    return ScoreRow(
        score=score,
        best=best,
        title=title,
        variant=benchmark if title != benchmark else None,
        text=score_text(score.value, benchmark),
        best_text=score_text(best.value, benchmark),
        bar=_bar(score.value, best.value, benchmark),
        note=notes.cite(score.source, score.locator),
    )


def best_scores(benchmarks: set[Benchmark], *, as_of: datetime.date | None = None) -> dict[int, Score]:
    """The best score known by that day on each benchmark, by its id, with all that a verdict looks at.

    Each is the first row of an index, however many scores there are; equal ones are told apart by which came first.
    """
    known = {benchmark.pk: benchmark for benchmark in benchmarks}
    found = _best(list(known), as_of)
    for score in found:
        score.benchmark = known[score.benchmark_id]
    return {score.benchmark_id: score for score in found}


@Prepared
def _best(benchmarks: list[int], as_of: datetime.date | None) -> QuerySet:
    """With all that `verdict` looks at, and the name of the model."""
    scores = Score.objects.published().as_of(as_of).filter(benchmark=OuterRef("pk")).values("pk")
    highest, lowest = Subquery(scores.order_by("-value", "pk")[:1]), Subquery(scores.order_by("value", "pk")[:1])
    best = Case(When(higher_is_better=True, then=highest), default=lowest)
    found = Score.objects.filter(pk__in=Benchmark.objects.filter(pk__in=benchmarks).values_list(best))
    makers = Prefetch("model__organizations", Organization.objects.published().only("name"))
    told = ("model__name", *(f"source__{name}" for name in ("name", "publisher", "published")))
    own = ("value", "benchmark", "setting", "measured_by", "measured_on", *told)
    return found.select_related("source", "model").only(*own).prefetch_related(makers)


def _bar(value: float, best: float, benchmark: Benchmark) -> Bar | None:
    place = on_scale(value, benchmark)
    return None if place is None else Bar(place, on_scale(best, benchmark))


def on_scale(value: float, benchmark: Benchmark) -> float | None:
    """Where it stands between the ends of the benchmark's scale, in hundredths; None where an end is open."""
    low, high = benchmark.scale_min, benchmark.scale_max
    if low is None or high is None:
        return None
    return round(100 * min(max((value - low) / (high - low), 0), 1), 2)
