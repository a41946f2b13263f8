"""Scores over time: the chart, its table and its files."""

import csv
import datetime
import io
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from catalog.leaderboard import read_lines
from catalog.progress import progress
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db

FIRST = datetime.date(2024, 1, 1)


@pytest.fixture
def mmlu():
    """Four scores of which three were records when they came, and one without a date."""
    benchmark = make.make_benchmark(name="MMLU", metric="accuracy")
    for name, month, value, by in (
        ("One", 1, 50, "vendor"),
        ("Two", 3, 60.5, "independent"),
        ("Worse", 4, 55, "independent"),
        ("Three", 6, 70, "vendor"),
    ):
        make.make_score(
            benchmark=benchmark,
            model=make.make_model(name=name),
            value=value,
            measured_by=by,
            setting="5-shot",
            standard_error=1.5 if by == "independent" else None,
            measured_on=datetime.date(2024, month, 1),
        )
    make.make_score(benchmark=benchmark, model=make.make_model(name="Undated"), value=99)
    return benchmark


def shown(benchmark):
    return progress(read_lines(benchmark), benchmark)


def test_chart_tells_measurers_apart_and_marks_the_records(mmlu):
    chart = shown(mmlu).chart

    assert [(one.name, one.shape, len(one.marks)) for one in chart.series] == [
        ("independent", "circle", 2),
        ("vendor", "square", 2),
    ]
    assert {mark.point.name for mark in chart.marks if mark.point.strong} == {"One", "Two", "Three"}
    assert {mark.point.name for mark in chart.marks if mark.whisker} == {"Two", "Worse"}
    assert [key.name for key in chart.keys] == ["independent", "vendor", "best so far"]
    assert chart.omitted == 0


def test_line_climbs_to_the_right_and_falls_where_lower_is_better(mmlu):
    rising = _heights(shown(mmlu).chart.strokes[0].path)
    mmlu.higher_is_better = False
    mmlu.save()
    make.make_score(benchmark=mmlu, value=40, measured_on=datetime.date(2024, 7, 1))

    falling = _heights(shown(mmlu).chart.strokes[0].path)

    assert rising == sorted(rising, reverse=True)
    assert len(set(rising)) == 3
    assert falling == sorted(falling)
    assert len(set(falling)) == 2


def _heights(path: str) -> list[float]:
    """From the top: the smaller, the higher."""
    return [float(height) for height in re.findall(r"(?:M\S+ |V)([\d.]+)", path)]


def test_point_says_score_setting_measurer_and_date(mmlu):
    point = next(mark.point for mark in shown(mmlu).chart.marks if mark.point.name == "Two")

    assert point.detail == "60.5%, 5-shot, independent, 2024-03-01"
    assert point.url == "/models/two/"


@pytest.mark.parametrize(
    ("named", "drawn", "marks", "names", "areas"), [(14, 20, 14, 14, 0), (13, 20, 14, 7, 0), (13, 13, 7, 7, 1)]
)
def test_many_scores_lose_their_names_and_more_their_marks_but_records_neither(
    monkeypatch, named, drawn, marks, names, areas
):
    monkeypatch.setattr("catalog.progress.NAMED", named)
    monkeypatch.setattr("catalog.progress.DRAWN", drawn)
    benchmark, model = make.make_benchmark(), make.make_model()
    for number in range(14):
        day = FIRST + datetime.timedelta(number // 2)
        make.make_score(
            benchmark=benchmark, model=model, value=min(number, 10), setting=f"run {number}", measured_on=day
        )

    dense = shown(benchmark)

    # The last record was set twice on its day.
    assert [len(step.holders) for step in dense.steps] == [1, 1, 1, 1, 1, 2]
    found = [mark.point for mark in dense.chart.marks]
    assert (len(found), len([point for point in found if point.name])) == (marks, names)
    assert len([point for point in found if point.strong]) == 7
    assert (dense.is_dense, bool(dense.chart.areas)) == (bool(areas), bool(areas))
    assert len(dense.rows) == 14


def test_page_has_the_records_as_a_table_with_what_has_no_date_counted(mmlu):
    page = text_of(Client().get("/benchmarks/mmlu/").text)

    assert "among the 4 dated scores, whatever their conditions" in page
    assert "1 more has no known date." in page
    table = page[page.index("Record holders") : page.index("Leaderboard")]
    assert re.findall(r"(Three|Two|One) ([\d-]+) (\S+%) (.*?) 5-shot", table) == [
        ("Three", "2024-06-01", "70%", "9.5 points still stands"),
        ("Two", "2024-03-01", "60.5%", "10.5 points 3 months"),
        ("One", "2024-01-01", "50%", "– 60 days"),
    ]


def test_date_of_the_source_is_said_to_be_that():
    source = make.make_source(published=FIRST, published_precision="month")
    score = make.make_score(source=source)

    page = text_of(Client().get(score.benchmark.get_absolute_url()).text)

    assert "2024-01 its source" in page[page.index("Record holders") : page.index("Leaderboard")]


def test_ratings_without_bounds_have_a_chart_and_differences_in_their_unit():
    elo = make.make_benchmark(name="Elo", unit="points", scale_min=None, scale_max=None)
    for day, value in ((1, -20.5), (2, 1287)):
        make.make_score(benchmark=elo, value=value, measured_on=datetime.date(2024, 1, day))

    found = shown(elo)

    assert [row["gain"] for row in found.table] == ["1,307.5 points", ""]
    assert found.y_name == "Score, points"
    assert len(found.chart.marks) == 2


def test_chart_has_what_the_filters_leave(mmlu):
    page = Client().get("/benchmarks/mmlu/", {"measured_by": "vendor"})

    assert {mark.point.name for mark in page.context["progress"].chart.marks} == {"One", "Three"}
    assert "among the 2 dated scores that match the filters" in text_of(page.text)
    assert 'href="/benchmarks/mmlu/progress.svg?measured_by=vendor"' in page.text


@pytest.mark.parametrize("values", [(), (88.5,)])
def test_without_a_dated_score_there_is_no_chart(values):
    benchmark = make.make_benchmark()
    for value in values:
        make.make_score(benchmark=benchmark, value=value)

    page = Client().get(benchmark.get_absolute_url())

    assert 'id="progress"' not in page.text
    assert Client().get(f"{benchmark.get_absolute_url()}progress.svg").status_code == 404
    assert Client().get(f"{benchmark.get_absolute_url()}progress.csv").status_code == 404


def test_svg_is_a_file_of_its_own(mmlu):
    answer = Client().get("/benchmarks/mmlu/progress.svg", {"measured_by": "vendor"})
    root = ElementTree.fromstring(answer.content)

    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert root.find("{*}title").text == "MMLU: scores over time"
    assert "/benchmarks/mmlu/?measured_by=vendor" in answer.text
    assert "One" in answer.text
    assert "Two" not in answer.text


def test_csv_has_every_dated_score_oldest_first(mmlu):
    rows = list(csv.DictReader(io.StringIO(Client().get("/benchmarks/mmlu/progress.csv").text)))

    assert [(row["date"], row["model"], row["score"], row["record"]) for row in rows] == [
        ("2024-01-01", "one", "50.0", "1"),
        ("2024-03-01", "two", "60.5", "1"),
        ("2024-04-01", "worse", "55.0", "0"),
        ("2024-06-01", "three", "70.0", "1"),
    ]
    assert rows[1]["standard_error"] == "1.5"


@pytest.mark.parametrize("twin", ["svg", "csv"])
@pytest.mark.parametrize("query", [{"measured_by": "nobody"}, {"setting": "\0"}, {"order": "up"}])
def test_files_answer_400_to_what_they_do_not_understand(mmlu, twin, query):
    answer = Client().get(f"/benchmarks/mmlu/progress.{twin}", query)

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(query)
