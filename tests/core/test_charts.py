import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from core.charts import DENSITIES, OTHER, SERIES, Bar, Grid, Line, Point, draw
from core.scales import linear_scale, log_scale, time_scale

JANUARY, JULY = datetime.date(2024, 1, 1), datetime.date(2024, 7, 1)


def drawn(points=(), log=False, **rest):
    values = [point.y for point in points]
    scale = log_scale(values) if log else linear_scale(values, zero=True)
    return draw(time_scale(point.x for point in points), scale, points=points, **rest)


def marks(chart):
    return [mark for series in chart.series for mark in series.marks]


POINTS = st.builds(
    Point,
    x=st.dates(),
    y=st.floats(-1e18, 1e18),
    name=st.text(max_size=40),
    series=st.sampled_from("abcdefgh"),
    hollow=st.booleans(),
    strong=st.booleans(),
    error=st.floats(0, 1e18),
    rank=st.integers(0, 5),
)


@how(deadline=None)
@given(st.lists(POINTS, max_size=20), st.booleans())
def test_everything_drawn_lies_within_the_plot(points, log):
    chart = drawn(points, log, series="abcdefgh", lines=[Line([(p.x, p.y) for p in points], "all", step=True)])

    for mark in marks(chart):
        assert all(0 <= place <= 100 for place in (mark.x, mark.y, *(mark.whisker or ())))
    assert all(0 <= tick.at <= 100 for tick in (*chart.x_ticks, *chart.y_ticks))
    assert len(marks(chart)) + chart.omitted == len(points)
    assert all(0 <= float(place) <= 100 for place in re.findall(r"[\d.]+", chart.strokes[0].path))


def test_empty_chart_has_scales_and_nothing_else():
    chart = drawn()

    assert (chart.series, chart.labels, chart.keys, chart.omitted) == ([], [], [], 0)
    assert chart.x_ticks
    assert chart.y_ticks


def test_single_point_stands_in_the_middle():
    [mark] = marks(drawn([Point(JULY, 5e10, "One")], log=True))

    assert (mark.x, mark.y) == (50, 50)


def test_what_has_no_place_on_a_log_scale_is_counted():
    chart = drawn([Point(JULY, value, "x") for value in (0, -1, 10)], log=True)

    assert (len(marks(chart)), chart.omitted) == (1, 2)


def test_higher_values_stand_nearer_to_the_top():
    low, high = marks(drawn([Point(JANUARY, 1, "low"), Point(JULY, 2, "high")]))

    assert low.x < high.x
    assert low.y > high.y


def test_series_have_their_shapes_in_order_and_the_rest_lies_below():
    names = [f"Series {number}" for number in range(1, 9)]
    points = [Point(JULY, number, "x", series=name) for number, name in enumerate(names, 1)]

    chart = drawn(points, series=names)

    assert [series.number for series in chart.series] == [0, 1, 2, 3, 4, 5, 6]
    assert [series.name for series in chart.series] == ["", *names[:6]]
    assert [len(series.marks) for series in chart.series] == [2, 1, 1, 1, 1, 1, 1]
    assert [key.name for key in chart.keys] == [*names[:6], "others"]
    assert len({key.shape for key in chart.keys}) == len({key.color for key in chart.keys}) == 7


def test_series_without_points_is_not_in_the_key():
    chart = drawn([Point(JULY, 1, "x", series="b")], series=["a", "b"])

    assert [(key.name, key.number) for key in chart.keys] == [("b", 2)]


def test_key_says_what_hollow_points_and_lines_are():
    points = [Point(JULY, 1, "x", hollow=True)]

    chart = drawn(points, lines=[Line([(JULY, 1)], "best so far"), Line([(JULY, 1)])], hollow="by the vendor")

    assert [(key.name, key.shape) for key in chart.keys] == [("by the vendor", "hollow"), ("best so far", "line")]


def test_nothing_to_tell_apart_needs_no_key():
    assert drawn([Point(JULY, 1, "x")]).keys == []


def test_long_keys_go_on_in_a_second_row():
    names = [f"The organization with the long name {number}" for number in range(6)]

    keys = drawn([Point(JULY, 1, "x", series=name) for name in names], series=names).keys

    assert [key.row for key in keys] == [0, 0, 0, 1, 1, 1]
    assert keys[0].x == keys[3].x == 0


def test_whisker_reaches_from_below_to_above_and_stays_within():
    inner, outer = marks(drawn([Point(JANUARY, 5, "x", error=1), Point(JULY, 10, "y", error=99)]))

    assert inner.whisker[0] > inner.y > inner.whisker[1]
    assert outer.whisker == (100, 0)
    assert marks(drawn([Point(JULY, 5, "x")]))[0].whisker is None


def test_step_line_keeps_its_height_until_the_next_value():
    line = [(0, 0), (5, 5), (10, 10)]
    scale = linear_scale([0, 10])

    [step] = draw(scale, scale, lines=[Line(line, step=True)]).strokes
    [straight] = draw(scale, scale, lines=[Line(line)]).strokes

    assert step.path == "M4.55 95.45H50.0V50.0H95.45V4.55"
    assert straight.path == "M4.55 95.45L50.0 50.0L95.45 4.55"


def test_bars_stand_on_zero():
    bars = [Bar(0, 1, 10, "up", strong=True), Bar(1, 2, -5, "down")]

    up, down = draw(linear_scale([0, 2]), linear_scale([10, -5], zero=True), bars=bars).columns

    assert up.y + up.height == pytest.approx(down.y)
    assert up.height == pytest.approx(2 * down.height, abs=0.02)
    assert up.x + up.width == pytest.approx(down.x)


def gridded(*counts):
    return draw(linear_scale([]), linear_scale([]), grid=Grid(9, 1, {(n, 0): count for n, count in enumerate(counts)}))


def test_fields_of_one_density_are_one_area():
    areas = gridded(1, 1, 30, 1000).areas

    assert [(area.density, area.path) for area in areas] == [
        (1, "M0 0h1v1h-1zM1 0h1v1h-1z"),
        (2, "M2 0h1v1h-1z"),
        (5, "M3 0h1v1h-1z"),
    ]
    assert areas[-1].density == DENSITIES
    assert [area.opacity for area in areas] == sorted({area.opacity for area in areas})


def test_fields_with_one_thing_each_are_all_alike():
    assert [area.density for area in gridded(1, 1, 1).areas] == [1]


def test_only_ranked_points_are_labeled_the_highest_first():
    points = [Point(JANUARY, 1, "low", rank=1), Point(JULY, 9, "high", rank=2), Point(JULY, 5, "none")]

    assert [label.text for label in drawn(points).labels] == ["high", "low"]


def test_style_sheet_has_the_colors_of_the_files():
    css = Path(settings.BASE_DIR, "static/css/charts.css").read_text()

    colors = re.findall(r"--series-\d: light-dark\((#\w{6}), #\w{6}\)", css)

    assert colors == [color for _, color in (OTHER, *SERIES)]
