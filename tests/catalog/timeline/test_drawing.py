"""Which models are drawn, how high, in which color, and what is told of each."""

import csv
import datetime
import io

import pytest
from django.test import Client

from catalog.timeline import drawing
from tests import factories as make
from tests.catalog.timeline.drawn import drawn, html, model, points, scored
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_models_with_date_and_figure_are_drawn():
    model("One", parameters=5)
    model("No figure", parameters=None)
    model("No date", day=None)
    model("Draft", status="draft")

    point = points()["One"]

    assert list(points()) == ["One"]
    assert (point.x, point.y, point.url) == (datetime.date(2024, 5, 1), 5, "/models/one/")
    assert (point.hollow, point.strong) == (False, False)


@pytest.mark.parametrize(
    ("name", "field", "value", "text"),
    [
        ("parameters", "parameters_total", 671 * 10**9, "671B"),
        ("active", "parameters_active", 37 * 10**9, "37B"),
        ("compute", "training_compute", 3.29e24, "3.29 × 10²⁴"),
        ("tokens", "training_tokens", 148 * 10**11, "14.8T"),
        ("cost", "training_cost", 5_576_000, "$5.576M"),
        ("context", "context_window", 128_000, "128K"),
    ],
)
def test_every_figure_can_be_the_height(name, field, value, text):
    year = {"training_cost_year": 2024} if field == "training_cost" else {}
    model("One", **{"parameters": None, field: value, **year} if field != "parameters_total" else {"parameters": value})
    model("Other", parameters=None)

    found = points(f"y={name}")

    assert {name: point.y for name, point in found.items()} == {"One": value}
    assert found["One"].detail == f"{text} · 1 May 2024"
    assert '<td data-label="' in html(f"y={name}")
    assert text in text_of(html(f"y={name}"))


def test_height_can_be_the_best_score_on_a_benchmark():
    mmlu, source = make.make_benchmark(name="MMLU"), make.make_source()
    best = scored("One", 80, mmlu, setting="5-shot", measured_by="vendor")
    make.make_score(model=best, benchmark=mmlu, value=85, setting="0-shot", measured_by="independent")
    make.make_score(model=best, benchmark=make.make_benchmark(), value=99)
    make.make_score(model=best, benchmark=mmlu, value=98, source=make.make_source(status="draft"))
    model("Without")

    found = points("y=benchmark:mmlu")

    assert {name: point.y for name, point in found.items()} == {"One": 85}
    assert found["One"].detail == "85% · 1 May 2024 · 0-shot, measured by an independent party"
    assert "1 more matches, but has no score on MMLU here." in text_of(html("y=benchmark:mmlu"))
    assert source


def test_where_lower_is_better_the_lowest_score_counts_and_sets_the_record():
    errors = make.make_benchmark(name="Errors", higher_is_better=False)
    first = scored("First", 9, errors, day="2023-01-01")
    make.make_score(model=first, benchmark=errors, value=7)
    scored("Worse", 8, errors, day="2023-06-01")
    scored("Better", 3, errors, day="2024-01-01")

    found = drawn("y=benchmark:errors")

    assert {mark.point.name: mark.point.y for mark in found.chart.marks} == {"First": 7, "Worse": 8, "Better": 3}
    assert found.chart.strokes[0].path.count("H") == 2
    assert "lower is better" in found.y_name


def test_line_rises_with_each_record_and_ends_at_the_last_model():
    for number, (month, size) in enumerate([(1, 10), (2, 5), (3, 100), (3, 50), (3, 1000), (9, 7)]):
        model(f"Model {number}", f"2024-0{month}-01", size)

    chart = drawn().chart

    [stroke] = chart.strokes
    records = [mark for mark in chart.marks if mark.point.y in (10, 1000)]
    start, end = sorted(records, key=lambda mark: mark.x)
    last = max(mark.x for mark in chart.marks)
    assert stroke.path == f"M{start.x} {start.y}H{end.x}V{end.y}H{last}V{end.y}"
    assert [key.name for key in chart.keys] == ["largest so far"]


def test_single_model_needs_no_line():
    model("One")

    assert drawn().chart.strokes == []


def test_scale_is_logarithmic_for_figures_and_linear_for_scores_unless_asked():
    scored("One", 50, make.make_benchmark(slug="mmlu"))
    model("Two")

    names = [drawn(query).y_name for query in ("", "scale=linear", "y=benchmark:mmlu", "y=benchmark:mmlu&scale=log")]

    assert [name.split()[-2] for name in names] == ["logarithmic", "linear", "linear", "logarithmic"]


def test_scores_without_a_place_on_a_logarithmic_scale_are_counted():
    elo = make.make_benchmark(name="Gain", scale_min=None, scale_max=None)
    scored("Up", 5, elo), scored("Zero", 0, elo), scored("Down", -5, elo)

    assert set(points("y=benchmark:gain")) == {"Up", "Zero", "Down"}
    assert list(points("y=benchmark:gain&scale=log")) == ["Up"]
    assert "2 are not above zero and have no place on a logarithmic scale." in text_of(
        html("y=benchmark:gain&scale=log")
    )


def test_estimates_are_hollow_and_say_so():
    guessed, known = model("Guessed"), model("Known")
    make.make_citation(model=guessed, basis="estimated", shown=True, source=make.make_source(publisher="Epoch AI"))
    make.make_citation(model=known, shown=True, source=make.make_source(name="Report"))
    make.make_citation(model=known, basis="estimated", source=make.make_source(publisher="Somebody"))

    found = points()

    assert {name: point.hollow for name, point in found.items()} == {"Guessed": True, "Known": False}
    assert found["Guessed"].detail == "1B · 1 May 2024 · estimated by Epoch AI"
    assert found["Known"].detail == "1B · 1 May 2024"
    rows = list(csv.DictReader(io.StringIO(Client().get("/timeline.csv").text)))
    assert {row["name"]: row["basis"] for row in rows} == {"Guessed": "estimated", "Known": ""}


def test_color_tells_the_most_frequent_organizations():
    labs = [make.make_organization(name=f"Lab {letter}") for letter in "ABCDEFGH"]
    hidden = make.make_organization(name="Hidden", status="draft")
    for number, lab in enumerate(labs):
        for copy in range(9 - number):
            model(f"{lab} {copy}", organizations=[lab, hidden])
    model("Shared", organizations=[labs[1], labs[0]])
    model("Nobody's")

    chart = drawn().chart

    assert [key.name for key in chart.keys] == ["Lab A", "Lab B", "Lab C", "Lab D", "Lab E", "Lab F", "others"]
    assert {s.name: len(s.marks) for s in chart.series} == {
        "": 3 + 2 + 1,
        **{f"Lab {letter}": count for letter, count in zip("ABCDEF", (9, 9, 7, 6, 5, 4), strict=True)},
    }


@pytest.mark.parametrize(
    ("color", "fields", "name"),
    [
        ("openness", {"openness": "open_weight"}, "Open Weight"),
        ("architecture", {"architecture": "diffusion"}, "diffusion"),
    ],
)
def test_color_can_tell_something_else(color, fields, name):
    model("One", **fields), model("Two")

    assert [key.name for key in drawn(f"color={color}").chart.keys] == [name, "others"]


def test_color_can_tell_modalities_of_several_the_rarest():
    text, images = make.make_modality(name="text"), make.make_modality(name="images")
    model("Reads", input_modalities=[text], output_modalities=[text])
    model("Sees", input_modalities=[images, text], output_modalities=[text])

    found = {name: point.series for name, point in points("color=modality").items()}

    assert found == {"Reads": "text", "Sees": "images"}
    assert "A model of several has the color of the rarest." in text_of(html("color=modality"))


def test_highlighted_models_stand_out_by_slug_or_family():
    gpt = make.make_family(name="GPT")
    model("GPT-4", family=gpt), model("GPT-3", family=gpt), model("Claude"), model("Llama")

    found = points("highlight=claude,family:gpt&highlight=claude")

    assert {name for name, point in found.items() if point.strong} == {"GPT-4", "GPT-3", "Claude"}
    assert max(found.values(), key=lambda point: point.rank).strong


def test_highlighted_model_that_is_not_drawn_is_named():
    model("One"), model("Old", day="2000-01-01"), model("Empty", parameters=None)

    text = text_of(html("highlight=old,empty,one"))

    assert "Highlighted, but not among what is drawn: Empty, Old." in text


def test_too_many_models_are_counted_in_fields_and_only_records_are_points(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_POINTS", 20)
    for number in range(30):
        model(f"Model {number}", f"2024-01-{number + 1:02}", 1000 + 7 * (number % 10))
    model("Chosen", "2024-01-15", 1)

    found = drawn("highlight=chosen")

    assert sum(found.chart.grid.counts.values()) == found.count == 31
    assert {mark.point.name for mark in found.chart.marks} == {"Chosen", *(f"Model {number}" for number in range(10))}
    assert found.busiest == max(found.chart.grid.counts.values())
    text = text_of(html("highlight=chosen"))
    assert "31 models are drawn. There are too many to draw each: the fuller the tone of a field" in text
    assert f"the more lie in it, up to {found.busiest}." in text
    assert "Points are those that set a record or are highlighted." in text


def test_of_too_many_highlighted_the_newest_are_points(monkeypatch):
    monkeypatch.setattr(drawing, "MOST_POINTS", 2)
    family = make.make_family(name="Line")
    for number in range(5):
        model(f"Model {number}", f"2024-01-{number + 1:02}", family=family)

    assert set(points("highlight=family:line")) == {"Model 3", "Model 4"}
    assert "Points are the newest 2 of those that set a record or are highlighted." in text_of(
        html("highlight=family:line")
    )


def test_fields_lie_where_the_points_would(monkeypatch):
    for number in range(12):
        model(f"Model {number}", f"2024-{number + 1:02}-01", 10**number)
    singly = drawn().chart
    monkeypatch.setattr(drawing, "MOST_POINTS", 0)

    grid = drawn().chart.grid

    places = {(int(mark.x * grid.columns / 100), int(mark.y * grid.rows / 100)) for mark in singly.marks}
    assert set(grid.counts) == places
    assert len(places) == 12
