"""Scores on a benchmark over time, with the best so far, as a chart and as rows of data."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.urls import reverse

from catalog.frontier import Step, frontier
from catalog.leaderboard import Line
from catalog.models import Measurer
from catalog.scoring import score_text
from core import charts
from core.charts import Chart, Grid, Point
from core.quantities import format_number, iso_date
from core.scales import Scale, linear_scale, time_scale
from research.models import Benchmark

# Up to so many scores, each has a name and a link; up to so many, a mark: what has more is heavy to read. Of even more,
# the chart has the records, and how dense the others lie.
NAMED, DRAWN = 80, 300
COLUMNS = ("date", "model", "model_name", "score", "unit", "standard_error", "measured_by", "setting", "record")


@dataclass(frozen=True)
class Progress:
    """What the dated lines of a benchmark show, the best first; `undated` says how many others there are."""

    benchmark: Benchmark
    dated: list[Line]
    steps: list[Step]
    undated: int

    @property
    def title(self) -> str:
        return f"{self.benchmark.name}: scores over time"

    @property
    def y_name(self) -> str:
        metric = self.benchmark.metric or "score"
        name = f"{metric}, {self.benchmark.unit}" if self.benchmark.unit else metric
        return name[:1].upper() + name[1:] + ("" if self.benchmark.higher_is_better else " (lower is better)")

    @property
    def is_dense(self) -> bool:
        return len(self.dated) > DRAWN

    @cached_property
    def records(self) -> set[int]:
        return {line.pk for step in self.steps for line in step.holders}

    @cached_property
    def chart(self) -> Chart:
        records = [line for line in self.dated if line.pk in self.records]
        others = [line for line in self.dated if line.pk not in self.records]
        days = list(map(attrgetter("known_on"), self.dated))
        first, last = min(days), max(days)
        # The best and the worst: the lines are in this order.
        ends = sorted((self.dated[0].value, self.dated[-1].value))
        x, y = time_scale((first, last)), linear_scale(ends, lambda value: score_text(value, self.benchmark))
        path = [(step.holders[0].known_on, step.value) for step in self.steps]
        return charts.draw(
            x,
            y,
            points=[*([] if self.is_dense else map(self._point, others)), *map(self._point, records)],
            lines=[charts.Line([*path, (last, path[-1][1])], "best so far", step=True)],
            grid=_grid(others, x, y) if self.is_dense else None,
            series=[measurer.label for measurer in (Measurer.INDEPENDENT, Measurer.VENDOR, Measurer.AGGREGATOR)],
        )

    @property
    def rows(self) -> list[tuple]:
        """All that the chart is drawn from, by `COLUMNS`, oldest first."""
        return [
            (
                iso_date(line.known_on, line.precision),
                line.slug,
                line.name,
                line.value,
                self.benchmark.unit,
                line.error,
                line.measured_by,
                line.setting,
                int(line.pk in self.records),
            )
            for line in sorted(self.dated, key=lambda line: (line.known_on, line.name, line.pk))
        ]

    @property
    def table(self) -> list[dict]:
        """A row for each holder of a record, the latest record first."""
        return [self._row(step, holder) for step in reversed(self.steps) for holder in step.holders]

    def _row(self, step: Step, holder: Line) -> dict:
        return {
            "line": holder,
            "url": reverse("aimodel_detail", args=[holder.slug]),
            "date": iso_date(holder.known_on, holder.precision),
            "text": score_text(step.value, self.benchmark),
            "gain": "" if step.gain is None else _difference(step.gain, self.benchmark),
            "held": step.held,
        }

    def _point(self, line: Line) -> Point:
        is_record, measurer = line.pk in self.records, Measurer(line.measured_by).label
        if not is_record and len(self.dated) > NAMED:
            return Point(line.known_on, line.value, name="", series=measurer)
        text, day = score_text(line.value, self.benchmark), iso_date(line.known_on, line.precision)
        return Point(
            x=line.known_on,
            y=line.value,
            name=line.name,
            detail=", ".join(filter(None, (text, line.setting, measurer, day))),
            url=reverse("aimodel_detail", args=[line.slug]),
            series=measurer,
            strong=is_record,
            error=line.error or 0,
            rank=line.known_on.toordinal() if is_record else 0,
        )


def progress(lines: Sequence[Line], benchmark: Benchmark) -> Progress:
    """Of lines that are given the best first."""
    dated = [line for line in lines if line.known_on]
    steps = frontier(dated, higher_is_better=benchmark.higher_is_better)
    return Progress(benchmark, dated, steps, undated=len(lines) - len(dated))


def _grid(lines: list[Line], x: Scale, y: Scale) -> Grid:
    ordered = sorted(lines, key=attrgetter("known_on"))
    return Grid.of([line.known_on.toordinal() for line in ordered], [line.value for line in ordered], x, y)


def _difference(gain: float, benchmark: Benchmark) -> str:
    """“2.4 points” between percentages; else in the benchmark's unit."""
    return f"{format_number(gain)} points" if benchmark.unit == "%" else score_text(gain, benchmark)
