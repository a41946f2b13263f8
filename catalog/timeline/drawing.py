"""The timeline of the models that the filters leave, as a chart."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import chain

from django.urls import reverse

from catalog.frontier import records_of
from catalog.models import AIModel, Innovation, Score
from catalog.timeline.filters import TimelineFilters
from core.charts import SERIES, Chart, Grid, Line, Point, draw
from core.quantities import format_date
from core.scales import linear_scale, log_scale, time_scale
from core.urls import on

# Up to so many models, each is a point. More would hide each other, and the page would be heavy: then the plot is
# divided into fields that say how many lie in them, and points are only those that set a record or are highlighted.
MOST_POINTS = 220


@dataclass(frozen=True)
class Timeline:
    """The chart and what a reader must know about it.

    `singly` models are points, the others lie in fields, `busiest` of them in one; `too_many` says that even of those
    that should be points only the newest are. `hidden` names those highlighted that are not drawn.
    """

    chart: Chart
    title: str
    y_name: str
    count: int
    singly: int
    too_many: bool
    busiest: int
    hidden: list[str]


def timeline(filters: TimelineFilters) -> Timeline:
    measure, drawn = filters.measure, filters.drawn
    days, values = (list(map(numbers.values.__getitem__, drawn)) for numbers in (filters.released, filters.values))
    x = time_scale(days[:1] + days[-1:])
    y = (log_scale if filters.is_log else linear_scale)([min(values), max(values)] if values else [], measure.tick)
    records = records_of(days, values, higher_is_better=measure.higher_is_better)
    holders = {drawn[number] for number in records}
    wanted = dict(filters.highlighted)
    crowded = len(drawn) > MOST_POINTS
    special = [place for place in drawn if place in holders or place in wanted] if crowded else drawn
    singly = special[-MOST_POINTS:]
    points, names = _points(filters, singly, holders, wanted)
    grid = Grid.of(days, values, x, y) if crowded else None
    best = [(days[number], values[number]) for number in records]
    lines = [Line([*best, (days[-1], best[-1][1])], measure.record, step=True)] if len(best) > 1 else []
    return Timeline(
        chart=draw(x, y, points=points, lines=lines, grid=grid, series=names),
        title=measure.title,
        y_name=f"{measure.axis}, {'logarithmic' if filters.is_log else 'linear'} scale",
        count=len(drawn),
        singly=len(singly),
        too_many=len(special) > len(singly),
        busiest=max(grid.counts.values()) if grid else 1,
        hidden=[wanted[place] for place in sorted(wanted.keys() - {*drawn})] if wanted else [],
    )


def _points(
    filters: TimelineFilters, places: list[int], holders: set[int], wanted: Container[int]
) -> tuple[list[Point], list[str]]:
    """The models at these places, and the names of their series, the most frequent first."""
    measure = filters.measure
    place_of = {filters.index.keys[place]: place for place in places}
    series_of, names = _series(filters, places)
    told = _conditions(filters, place_of) if measure.benchmark else _estimates(filters, place_of)
    innovations = Counter(
        Innovation.objects.published().filter(model__in=place_of).order_by().values_list("model", flat=True)
    )
    query = on(filters.cleaned.get("as_of"))
    points = []
    models = AIModel.objects.filter(pk__in=place_of)
    for pk, name, slug, day, precision in models.values_list("pk", "name", "slug", "released", "released_precision"):
        place = place_of[pk]
        value, strong = filters.values.values[place], place in wanted
        point = Point(
            x=day,
            y=value,
            name=name,
            detail=" · ".join(filter(None, (measure.write(value), format_date(day, precision), told.get(pk)))),
            url=reverse("aimodel_detail", args=[slug]) + query,
            series=series_of[place],
            hollow=bool(measure.field) and pk in told,
            strong=strong,
            rank=1000 * strong + 100 * (place in holders) + innovations[pk] + day.toordinal() / 10**7,
        )
        points.append(point)
    return points, names


def _series(filters: TimelineFilters, places: list[int]) -> tuple[dict[int, str], list[str]]:
    """The series of each place, and their names; a model of several is in the rarest, which says most of it."""
    values = filters.filters[filters.colored_by].values
    found = {place: [value for value in values.of(place) if value != values.unknown] for place in places}
    counts = Counter(chain.from_iterable(found.values()))
    top = sorted(counts, key=lambda value: (-counts[value], values.labels[value]))[: len(SERIES)]
    first = {place: next((value for value in reversed(top) if value in own), None) for place, own in found.items()}
    names = {None: "", **{value: values.labels[value] for value in top}}
    return {place: names[value] for place, value in first.items()}, [names[value] for value in top]


def _estimates(filters: TimelineFilters, pks: Iterable[int]) -> dict[int, str]:
    """Of each model whose figure is an estimate, whose it is."""
    rows = filters.estimates.filter(model__in=pks).values_list("model", "source__publisher", "source__name")
    return {pk: f"estimated by {publisher or name}" for pk, publisher, name in rows}


def _conditions(filters: TimelineFilters, pks: Iterable[int]) -> dict[int, str]:
    """How the best score of each model was measured, and by whom."""
    best = "value" if filters.measure.higher_is_better else "-value"
    scores = Score.objects.published().as_of(filters.cleaned.get("as_of"))
    scores = scores.filter(benchmark=filters.measure.benchmark, model__in=pks).order_by(best, "-pk")
    return {
        pk: ", ".join(filter(None, (setting, f"measured by {MEASURED_BY[measurer]}")))
        for pk, setting, measurer in scores.values_list("model", "setting", "measured_by")
    }


MEASURED_BY = {"vendor": "the vendor", "independent": "an independent party", "aggregator": "an aggregator"}
