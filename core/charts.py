"""Charts as geometry: marks, lines, bars and labels on two scales. `core/_chart.html` and `core/chart.svg` draw them.

Places are in hundredths of the plot's width and height from its upper left corner: a chart is as wide as its page, and
its letters keep their size.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from core.labels import Label, breadth, place_labels
from core.scales import Scale, Value

# The shape of each series and its color on white paper; `charts.css` has both themes' colors. Readers who see no red,
# green or blue tell them apart, and by shape everybody does. What is in none of them is a small gray dot.
SERIES = (
    ("circle", "#1d96cb"),
    ("square", "#c48023"),
    ("triangle", "#734599"),
    ("diamond", "#096e62"),
    ("cross", "#134658"),
    ("wedge", "#5f2002"),
)
OTHER = ("dot", "#8a8277")
DENSITIES = 5
# How many fields a grid has, across and down.
COLUMNS, ROWS = 56, 28
# The width that keys have in a file, and what each takes beside its name, in pixels.
KEYS_WIDTH, KEY_ROOM = 900, 40


@dataclass(frozen=True)
class Point:
    """One thing to draw. `detail` is what a reader hears of it after its name; one without a name is its mark alone.

    A `hollow` one is less certain, a `strong` one stands out; `error` is half of its whisker, in units of y. Of those
    with a `rank`, the highest are labeled first.
    """

    x: Value
    y: float
    name: str
    detail: str = ""
    url: str = ""
    series: str = ""
    hollow: bool = False
    strong: bool = False
    error: float = 0
    rank: float = 0


@dataclass(frozen=True)
class Line:
    """A line through values in order of x; a `step` line keeps its height until the next one."""

    values: Sequence[tuple[Value, float]]
    name: str = ""
    step: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar from zero to `y` between two values of x."""

    start: Value
    end: Value
    y: float
    name: str
    detail: str = ""
    url: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """How many things lie in each field of the plot, by its column and its row, counted from the upper left corner."""

    columns: int
    rows: int
    counts: dict[tuple[int, int], int]

    @classmethod
    def of(cls, xs: Sequence[float], ys: Sequence[float], x: Scale, y: Scale) -> "Grid":
        """Of things at `xs`, which ascend, and `ys`: each column is a part of them, and a row begins at a value."""
        starts = [0, *(bisect_left(xs, x.at(column / COLUMNS)) for column in range(1, COLUMNS)), len(xs)]
        ends = [y.at(row / ROWS) for row in range(1, ROWS)]
        counts = {}
        for column, (start, end) in enumerate(pairwise(starts)):
            rows = Counter(map(partial(bisect_right, ends), ys[start:end]))
            counts |= {(column, ROWS - 1 - row): count for row, count in rows.items()}
        return cls(COLUMNS, ROWS, counts)


@dataclass(frozen=True)
class Tick:
    at: float
    label: str
    minor: bool


@dataclass(frozen=True)
class Mark:
    """A point in its place, and the ends of its whisker where it has one."""

    point: Point
    x: float
    y: float
    whisker: tuple[float, float] | None


@dataclass(frozen=True)
class Series:
    """The marks of one name. `number` counts from 1 and decides shape and color; 0 is all that is in no series."""

    name: str
    number: int
    marks: list[Mark]

    @property
    def shape(self) -> str:
        return (OTHER, *SERIES)[self.number][0]

    @property
    def color(self) -> str:
        return (OTHER, *SERIES)[self.number][1]


@dataclass(frozen=True)
class Column:
    """A bar in its place."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Area:
    """All fields of about one density, 1 the least and `DENSITIES` the greatest, as SVG path data in fields."""

    density: int
    path: str

    @property
    def opacity(self) -> float:
        return round(0.75 * self.density / DENSITIES, 2)


@dataclass(frozen=True)
class Stroke:
    """A line as SVG path data."""

    name: str
    path: str


@dataclass(frozen=True)
class Key:
    """What a shape, a color or a line means; `x` pixels into its row in a file."""

    name: str
    shape: str
    color: str = ""
    number: int = 0
    x: float = 0
    row: int = 0


@dataclass(frozen=True)
class Chart:
    """All that is drawn. `omitted` counts the points that have no place on the scales."""

    x_ticks: list[Tick]
    y_ticks: list[Tick]
    series: list[Series]
    strokes: list[Stroke]
    grid: Grid | None
    areas: list[Area]
    columns: list[Column]
    labels: list[Label]
    keys: list[Key]
    omitted: int

    @property
    def marks(self) -> list[Mark]:
        return [mark for series in self.series for mark in series.marks]


def draw(
    x: Scale,
    y: Scale,
    *,
    points: Iterable[Point] = (),
    lines: Iterable[Line] = (),
    bars: Iterable[Bar] = (),
    grid: Grid | None = None,
    series: Sequence[str] = (),
    other: str = "others",
    hollow: str = "estimated",
) -> Chart:
    """The chart of all these on two scales.

    `series` names those with a color of their own, most important first; `other` is what the rest is called, and
    `hollow` what hollow points are.
    """
    points, lines = list(points), list(lines)
    marks = [mark for point in points if (mark := _mark(point, x, y))]
    drawn = _by_series(marks, series)
    return Chart(
        x_ticks=[Tick(_across(x, tick.value), tick.label, tick.minor) for tick in x.ticks],
        y_ticks=[Tick(_down(y, tick.value), tick.label, tick.minor) for tick in y.ticks],
        series=drawn,
        strokes=[Stroke(line.name, _path(line, x, y)) for line in lines],
        grid=grid,
        areas=_areas(grid.counts) if grid else [],
        columns=[_column(bar, x, y) for bar in bars],
        labels=_labels(marks),
        keys=_keys(drawn, lines, other, hollow),
        omitted=len(points) - len(marks),
    )


def _across(scale: Scale, value: Value) -> float | None:
    place = scale.place(value)
    return None if place is None else round(100 * place, 2)


def _down(scale: Scale, value: float) -> float | None:
    place = scale.place(value)
    return None if place is None else round(100 - 100 * place, 2)


def _mark(point: Point, x: Scale, y: Scale) -> Mark | None:
    across, down = _across(x, point.x), _down(y, point.y)
    if across is None or down is None:
        return None
    whisker = tuple(_down(y, y.nearest(point.y + way * point.error)) for way in (-1, 1)) if point.error else None
    return Mark(point, across, down, whisker)


def _by_series(marks: list[Mark], names: Sequence[str]) -> list[Series]:
    """Each series that has marks; what is in none of them comes first and so lies below the others."""
    found = defaultdict(list)
    numbers = {name: number for number, name in enumerate(names[: len(SERIES)], 1)}
    for mark in sorted(marks, key=lambda mark: mark.x):
        found[numbers.get(mark.point.series, 0)].append(mark)
    return [Series(names[number - 1] if number else "", number, found[number]) for number in sorted(found)]


def _path(line: Line, x: Scale, y: Scale) -> str:
    path = ""
    for at, value in line.values:
        across, down = _across(x, at), _down(y, value)
        if across is not None and down is not None:
            path += f"H{across}V{down}" if path and line.step else f"{'L' if path else 'M'}{across} {down}"
    return path


def _areas(counts: dict[tuple[int, int], int]) -> list[Area]:
    """The densities are steps of equal ratio, from one thing in a field to the most."""
    most = max(counts.values(), default=1)
    paths = defaultdict(str)
    for (column, row), count in sorted(counts.items()):
        density = 1 + (math.floor((DENSITIES - 1) * math.log(count, most)) if most > 1 else 0)
        paths[density] += f"M{column} {row}h1v1h-1z"
    return [Area(density, paths[density]) for density in sorted(paths)]


def _column(bar: Bar, x: Scale, y: Scale) -> Column:
    left, right = (_across(x, x.nearest(at)) for at in (bar.start, bar.end))
    top, foot = (_down(y, y.nearest(at)) for at in (bar.y, 0))
    return Column(bar, left, min(top, foot), round(right - left, 2), round(abs(foot - top), 2))


def _labels(marks: list[Mark]) -> list[Label]:
    ranked = sorted((mark for mark in marks if mark.point.rank), key=lambda mark: -mark.point.rank)
    wanted = [Label(mark.point.name, mark.x, mark.y, strong=mark.point.strong) for mark in ranked]
    return place_labels(wanted, [(mark.x, mark.y) for mark in marks])


def _keys(series: list[Series], lines: list[Line], other: str, hollow: str) -> list[Key]:
    """Series in their order, others last, then what the rest means; nothing where there is nothing to tell apart."""
    keys = [Key(one.name or other, one.shape, one.color, one.number) for one in series]
    keys = keys[1:] + keys[:1] if keys and not series[0].number else keys
    keys = [] if len(series) == 1 and not series[0].number else keys
    if any(mark.point.hollow for one in series for mark in one.marks):
        keys.append(Key(hollow, "hollow"))
    keys += [Key(line.name, "line") for line in lines if line.name]
    return _in_rows(keys)


def _in_rows(keys: list[Key]) -> list[Key]:
    placed, x, row = [], 0.0, 0
    for key in keys:
        long = KEY_ROOM + breadth(key.name)
        if x and x + long > KEYS_WIDTH:
            x, row = 0.0, row + 1
        placed.append(replace(key, x=round(x), row=row))
        x += long
    return placed
