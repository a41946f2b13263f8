"""Scores of several models, benchmark by benchmark: a line for those that compare, and one for those that do not."""

from collections import defaultdict
from dataclasses import dataclass, replace

from catalog.comparability import Verdict, conditions, known_benchmark, measurer, verdict
from catalog.evidence import Note, Notes
from catalog.models import AIModel, Score
from catalog.scoring import score_text
from catalog.setting import read_setting
from research.models import Benchmark


@dataclass(frozen=True)
class Measured:
    """A score in a cell. `verdict` is on it and `other`, the score of another model that it comes nearest to."""

    score: Score
    text: str
    measurer: str
    note: Note | None
    best: bool = False
    verdict: Verdict | None = None
    other: Score | None = None

    @property
    def other_text(self) -> str:
        return score_text(self.other.value, self.other.benchmark) if self.other else ""


@dataclass(frozen=True)
class Line:
    """Scores on exactly one benchmark, in a cell for each model; those of a `comparable` line compare throughout."""

    benchmark: Benchmark
    cells: tuple[tuple[Measured, ...], ...]
    comparable: bool

    @property
    def all(self) -> list[Measured]:
        return [measured for cell in self.cells for measured in cell]

    @property
    def uniform(self) -> bool:
        """Whether all models have the same score under the same conditions."""
        values = {measured.score.value for measured in self.all}
        return self.comparable and all(self.cells) and len(values) == 1


@dataclass(frozen=True)
class Match:
    """A benchmark on which two or more of the models have scores: its own lines first, then those of its variants."""

    benchmark: Benchmark
    lines: tuple[Line, ...]

    def only_differences(self) -> "Match":
        return replace(self, lines=tuple(line for line in self.lines if not line.uniform))


@dataclass(frozen=True)
class Alone:
    """The scores of a model on benchmarks on which none of the others has any."""

    model: AIModel
    scores: list[Measured]


def matches(models: list[AIModel], notes: Notes) -> list[Match]:
    """Those on which most of the models meet come first."""
    met = [(benchmark, scores) for benchmark, scores in _by_benchmark(models).items() if _models(scores) > 1]
    met.sort(key=lambda pair: (-_models(pair[1]), pair[0].name))
    return [Match(benchmark, tuple(_lines(benchmark, scores, models, notes))) for benchmark, scores in met]


def lone_scores(models: list[AIModel], notes: Notes) -> list[Alone]:
    lone = [scores for scores in _by_benchmark(models).values() if _models(scores) == 1]
    found = []
    for model in models:
        own = [score for scores in lone for score in scores if score.model_id == model.pk]
        if own:
            found.append(Alone(model, [_measured(score, notes) for score in own]))
    return found


def _by_benchmark(models: list[AIModel]) -> dict[Benchmark, list[Score]]:
    """All their scores, model by model, by the benchmark that people know."""
    found = defaultdict(list)
    for model in models:
        for score in model.scores.all():
            found[known_benchmark(score.benchmark)].append(score)
    return found


def _models(scores: list[Score]) -> int:
    return len({score.model_id for score in scores})


def _lines(known: Benchmark, scores: list[Score], models: list[AIModel], notes: Notes):
    for benchmark in sorted({score.benchmark for score in scores}, key=lambda b: (b != known, b.name)):
        alike, rest = defaultdict(list), []
        for score in scores:
            if score.benchmark == benchmark:
                alike[conditions(score)].append(score)
        for group in alike.values():
            if _models(group) > 1 and read_setting(group[0].setting):
                yield _comparable(benchmark, group, models, notes)
            else:
                rest += group
        if rest:
            yield _unlike(benchmark, rest, scores, models, notes)


def _comparable(benchmark: Benchmark, group: list[Score], models: list[AIModel], notes: Notes) -> Line:
    values = [score.value for score in group]
    best = max(values) if benchmark.higher_is_better else min(values)
    differ = min(values) != max(values)
    marked = {score.pk for score in group if differ and score.value == best}
    others = {score.pk: next(other for other in group if other.model_id != score.model_id) for score in group}
    return _line(benchmark, group, models, others, notes, marked)


def _unlike(benchmark: Benchmark, rest: list[Score], scores: list[Score], models: list[AIModel], notes: Notes) -> Line:
    """The first model of the line is what the others are held against; alone, it is held against another variant."""
    places = {model.pk: place for place, model in enumerate(models)}
    others = {}
    for score in rest:
        here = [other for other in rest if other.model_id != score.model_id]
        before = [other for other in here if places[other.model_id] < places[score.model_id]]
        anywhere = [other for other in scores if other.model_id != score.model_id]
        if candidates := before or ([] if here else anywhere):
            others[score.pk] = min(candidates, key=lambda other: len(verdict(score, other).reasons))
    return _line(benchmark, rest, models, others, notes)


def _line(benchmark, scores, models, others, notes, best=None) -> Line:
    """`others` are the scores to hold each against, `best` the ids of the best ones; None where they do not compare."""
    cells = []
    for model in models:
        own = [score for score in scores if score.model_id == model.pk]
        cells.append(tuple(_measured(score, notes, others.get(score.pk), score.pk in (best or ())) for score in own))
    return Line(benchmark, tuple(cells), comparable=best is not None)


def _measured(score: Score, notes: Notes, other: Score | None = None, best: bool = False) -> Measured:
    return Measured(
        score=score,
        text=score_text(score.value, score.benchmark),
        measurer=measurer(score),
        note=notes.cite(score.source, score.locator),
        best=best,
        verdict=verdict(score, other) if other else None,
        other=other,
    )
