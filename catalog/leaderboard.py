"""The leaderboard of a benchmark: which scores are shown, in which order, and who stands where.

A benchmark may have tens of thousands of scores. What filters, sorts and ranks them is read at once, and narrow; only
the scores on the page that is shown are fetched whole.
"""

import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Count, Max, Min, Prefetch, Q

from catalog.comparability import Verdict, conditions_of, verdict
from catalog.evidence import Note, Notes
from catalog.models import AIModel, Measurer, Score
from catalog.scoring import on_scale, score_text
from catalog.setting import setting_text
from core.models import DatePrecision, visible
from research.models import Benchmark, Organization


class Line(NamedTuple):
    """A score as far as it is filtered, sorted and ranked. `setting` is written in the one way that settings have.

    `precision` says how much of `known_on` is known, `of_source` that it is the source's date, not the measurement's.
    Lines with the same number of `conditions` compare with each other; None where the setting is not stated.
    """

    pk: int
    model: int
    slug: str
    name: str
    value: float
    error: float | None
    setting: str
    measured_by: str
    openness: str
    organizations: tuple[str, ...]
    released: datetime.date | None
    known_on: datetime.date | None
    precision: str
    of_source: bool
    conditions: int | None


@dataclass(frozen=True)
class Row:
    """A score as the page prints it. Without a `rank`, `verdict` says why it does not compare with the ranked ones."""

    score: Score
    rank: int | None
    text: str
    error: str
    note: Note | None
    verdict: Verdict | None


def read_lines(benchmark: Benchmark) -> list[Line]:
    """All public scores on exactly this benchmark, the best first, in two queries; of equal scores, the earlier first.

    Of the benchmark, nothing but its key and its direction is looked at: so the lines may be kept by these two.
    """
    scores = Score.objects.published().filter(benchmark=benchmark)
    makers, names = _organizations(scores)
    numbers: dict[tuple, int] = {}
    rows = scores.dated().order_by().values_list(*_READ, named=True)
    lines = [_line(row, makers.get(row.model, ()), names, numbers) for row in rows]
    sign = -1 if benchmark.higher_is_better else 1
    return sorted(lines, key=lambda line: (sign * line.value, line.known_on or datetime.date.max, line.name, line.pk))


def _line(row, makers: tuple[str, ...], names: dict[str, str], numbers: dict[tuple, int]) -> Line:
    vendor = ", ".join(sorted(names[slug] for slug in makers)) if row.measured_by == _VENDOR else ""
    key = conditions_of(row.setting, row.measured_by, vendor or row.source__publisher or row.source__name)
    return Line(
        pk=row.pk,
        model=row.model,
        slug=row.model__slug,
        name=row.model__name,
        value=row.value,
        error=row.standard_error,
        setting=setting_text(row.setting),
        measured_by=row.measured_by,
        openness=row.model__openness,
        organizations=makers,
        released=row.model__released,
        known_on=row.known_on,
        precision=_DAY if row.measured_on else row.source__published_precision,
        of_source=row.measured_on is None and row.known_on is not None,
        conditions=numbers.setdefault(key, len(numbers)) if key[0] else None,
    )


# Read once: looking into an enumeration takes as long as all the rest of a line.
_VENDOR, _DAY = Measurer.VENDOR.value, DatePrecision.DAY.value
_READ = (
    *("pk", "model", "model__slug", "model__name", "model__openness", "model__released", "value", "standard_error"),
    *("setting", "measured_by", "known_on", "measured_on"),
    *("source__published_precision", "source__publisher", "source__name"),
)


def _organizations(scores) -> tuple[dict[int, tuple[str, ...]], dict[str, str]]:
    """The slugs of the public organizations behind each model, and their names."""
    made = AIModel.organizations.through.objects.filter(visible("organization__"), aimodel__in=scores.values("model"))
    makers: dict[int, tuple[str, ...]] = {}
    names = {}
    for model, slug, name in made.values_list("aimodel", "organization__slug", "organization__name"):
        makers[model] = (*makers.get(model, ()), slug)
        names[slug] = name
    return makers, names


class Standing:
    """Who stands where among lines that are given the best first.

    Ranked are those under the conditions that most of them share, for only they compare with each other. Equal scores
    share a rank. `leader` is the best of them; None where no two share their conditions.
    """

    def __init__(self, lines: Sequence[Line], benchmark: Benchmark):
        self.sign = -1 if benchmark.higher_is_better else 1
        counts = Counter(map(attrgetter("conditions"), lines))
        del counts[None]
        self.conditions, most = counts.most_common(1)[0] if counts else (None, 0)
        ranked = [line for line in lines if line.conditions == self.conditions] if most > 1 else []
        self.leader = ranked[0] if ranked else None
        self.values = [self.sign * line.value for line in ranked]

    def rank(self, line: Line) -> int | None:
        """1 for the best; None for a line that does not compare."""
        if not self.leader or line.conditions != self.conditions:
            return None
        return bisect_left(self.values, self.sign * line.value) + 1


def read_rows(
    benchmark: Benchmark, lines: Sequence[Line], standing: Standing, notes: Notes
) -> tuple[list[Row], Score | None]:
    """The rows of these lines, and the score of the leader with whom they are compared; in two queries."""
    wanted = [*lines, *([standing.leader] if standing.leader else [])]
    scores = (
        Score.objects.published()
        .filter(pk__in=[line.pk for line in wanted])
        .select_related("model", "source")
        .defer("model__description", "model__why_it_matters")
        .prefetch_related(Prefetch("model__organizations", Organization.objects.published()))
    )
    found = {score.pk: score for score in scores}
    for score in found.values():
        score.benchmark = benchmark
    leader = found.get(standing.leader.pk) if standing.leader else None
    return [_row(found[line.pk], standing.rank(line), leader, notes) for line in lines if line.pk in found], leader


def _row(score: Score, rank: int | None, leader: Score | None, notes: Notes) -> Row:
    return Row(
        score=score,
        rank=rank,
        text=score_text(score.value, score.benchmark),
        error="" if score.standard_error is None else score_text(score.standard_error, score.benchmark),
        note=notes.cite(score.source, score.locator),
        verdict=verdict(score, leader) if leader and rank is None else None,
    )


@dataclass(frozen=True)
class Relative:
    """Another variant of the same benchmark, or the parent of all: how many scores there are on it, and the best."""

    benchmark: Benchmark
    count: int
    best: str


def relatives(benchmark: Benchmark, *, as_of: datetime.date | None = None) -> list[Relative]:
    """The public variants of a benchmark; of a variant, its public parent and the other variants."""
    root = benchmark.parent or benchmark
    family = Benchmark.objects.published().filter(Q(pk=root.pk) | Q(parent=root)).exclude(pk=benchmark.pk)
    found = list(family)
    scores = Score.objects.published().as_of(as_of).filter(benchmark__in=found)
    ends = scores.order_by().values("benchmark").annotate(count=Count("pk"), low=Min("value"), high=Max("value"))
    by_benchmark = {row["benchmark"]: row for row in ends}
    return [_relative(other, by_benchmark.get(other.pk)) for other in found]


def _relative(benchmark: Benchmark, ends: dict | None) -> Relative:
    if not ends:
        return Relative(benchmark, 0, "")
    best = ends["high" if benchmark.higher_is_better else "low"]
    return Relative(benchmark, ends["count"], score_text(best, benchmark))


def is_saturated(best: float, benchmark: Benchmark) -> bool:
    """Whether the best score is within a tenth of the end of the scale, where the scale has both ends."""
    place = on_scale(best, benchmark)
    return place is not None and (place >= 90 if benchmark.higher_is_better else place <= 10)
