"""Models over time: what is drawn, what is said of the rest, and the same as data and as a picture."""

import csv
import datetime
import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.http import QueryDict
from django.test import Client

from catalog.models import AIModel
from catalog.timeline import drawing
from catalog.timeline.drawing import timeline
from catalog.timeline.filters import TimelineFilters
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def model(name, day="2024-05-01", parameters=10**9, **fields):
    dated = {"released": day, "released_precision": "day"} if day else {}
    return make.make_model(name=name, parameters_total=parameters, **dated, **fields)


def scored(name, value, benchmark, day="2024-05-01", **fields):
    scored_model = model(name, day, None)
    make.make_score(model=scored_model, benchmark=benchmark, value=value, **fields)
    return scored_model


def filters(query):
    return TimelineFilters(QueryDict(query), AIModel.objects.published())


def drawn(query=""):
    return timeline(filters(query))


def points(query=""):
    return {mark.point.name: mark.point for mark in drawn(query).chart.marks}


def html(query=""):
    return Client().get(f"/timeline/?{query}").text


def test_models_with_date_and_figure_are_drawn():
    model("One", parameters=5)
    model("No figure", parameters=None)
    model("No date", day=None)
    model("Draft", status="draft")

    point = points()["One"]

    assert list(points()) == ["One"]
    assert (point.x, point.y, point.url) == (datetime.date(2024, 5, 1), 5, "/models/one/")
    assert (point.hollow, point.strong) == (False, False)


def test_page_says_what_is_not_drawn():
    model("One"), model("Two")
    model("No figure", parameters=None)
    model("No date", day=None, parameters=None)
    model("No date but a figure", day=None)

    # With no bound, a model without a date matches as well.
    text = text_of(html("released_after="))

    assert "2 models are drawn. 2 more match, but the figure is not known." in text
    assert "1 more matches, but the release date is not known." in text


def test_timeline_begins_where_models_become_many_unless_asked():
    model("Old", day="2012-10-01")
    model("New", day="2017-01-01")

    assert list(points()) == ["New"]
    assert set(points("released_after=")) == {"Old", "New"}
    assert set(points("released_after=2012")) == {"Old", "New"}
    assert list(points("released_before=2012-12&released_after=")) == ["Old"]


def test_the_usual_beginning_is_in_its_field_but_no_mark_and_can_be_taken_away():
    model("New")

    usual, chosen = html(), html("released_after=2020&q=New")

    assert 'name="released_after" value="2017"' in usual
    assert 'class="marks"' not in usual
    assert set(re.findall(r'class="mark-off" href="\?([^"]*)"', chosen)) == {
        "released_after=2020",
        "q=New&amp;released_after=",
    }


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


def test_all_filters_of_the_list_narrow_the_timeline():
    lab = make.make_organization(name="Lab", slug="lab")
    model("Open", openness="open_weight", organizations=[lab], parameters=7)
    model("Closed", openness="api_only", organizations=[lab], parameters=7)
    model("Other", openness="open_weight", parameters=7)

    assert list(points("openness=open_weight&organization=lab")) == ["Open"]
    assert list(points("q=clos")) == ["Closed"]
    assert points("parameters_min=8") == {}


def test_highlight_has_a_mark_that_takes_it_away():
    model("One", family=make.make_family(name="Line"))

    [mark] = filters("highlight=family:line,one&color=openness").active

    assert (mark["label"], mark["text"], mark["query"]) == ("Highlighted", "line, one", "color=openness")


def test_facets_that_no_color_tells_are_closed_until_one_of_their_values_is_chosen():
    for name in ("One", "Two"):
        model(name, family=make.make_family(name=name), openness="open_weight")

    closed, chosen = (
        {facet["name"]: [option["label"] for option in facet["options"]] for facet in filters(query).facets}
        for query in ("", "family=one")
    )

    assert closed == {"openness": ["Open Weight"], "family": []}
    assert chosen == {"openness": ["Open Weight"], "family": ["One", "Two"]}
    assert "Find among 2" in html()
    assert 'value="one"' in html("facet=family")


@pytest.mark.parametrize(
    ("query", "ends"),
    [
        ("", ["parameters_min", "parameters_max"]),
        ("y=context", ["context_min", "context_max"]),
        ("y=benchmark:mmlu", []),
        ("y=benchmark:mmlu&cost_min=1M&compute_max=x", ["compute_max", "cost_min"]),
    ],
)
def test_ends_of_ranges_are_those_of_what_is_drawn_and_those_asked_for(query, ends):
    make.make_score(benchmark=make.make_benchmark(name="MMLU"))

    names = [field.name for field in filters(query).typed]

    assert names == ["q", "as_of", "released_after", "released_before", *ends]


def test_nothing_to_draw_is_said():
    model("One")

    page = html("q=nothing")

    assert "No models match all of these filters." in text_of(page)
    assert "<figure" not in page
    assert ET.fromstring(Client().get("/timeline.svg?q=nothing").content).tag == f"{SVG}svg"


def test_nothing_that_can_be_drawn_is_said():
    model("No figure", parameters=None)

    text = text_of(html())

    assert "No models are drawn. 1 more matches, but the figure is not known." in text
    assert "There are no models yet" not in text


def test_empty_encyclopedia_has_an_empty_timeline():
    assert "There are no models yet." in text_of(html())
    assert ET.fromstring(Client().get("/timeline.svg").content).tag == f"{SVG}svg"


@pytest.mark.parametrize("query", ["", "y=benchmark:mmlu", "released_before=2024-03", "order=name"])
def test_table_and_twins_hold_exactly_what_is_drawn(query):
    mmlu = make.make_benchmark(name="MMLU")
    for number in range(1, 25):
        one = model(f"Model {number}", f"2024-{number % 9 + 1:02}-01", number * 10**6 if number % 3 else None)
        if number % 2:
            make.make_score(model=one, benchmark=mmlu, value=number + 0.5)

    values = {point.name: point.y for point in points(query).values()}

    answer = Client().get(f"/timeline.json?{query}").json()
    key = "mmlu" if "mmlu" in query else "parameters_total"
    assert {row["name"]: row[key] for row in answer["results"]} == values
    assert (answer["count"], answer["next"]) == (len(values), None)
    rows = list(csv.DictReader(io.StringIO(Client().get(f"/timeline.csv?{query}").text)))
    assert {row["name"]: float(row[key]) for row in rows} == values
    picture = ET.fromstring(Client().get(f"/timeline.svg?{query}").content)
    titles = [title.text.split("\n")[0] for link in picture.iter(f"{SVG}a") for title in link.iter(f"{SVG}title")]
    assert sorted(titles) == sorted(values)
    pages = "".join(html(f"{query}&per_page=7&page={page}") for page in range(1, -(-len(values) // 7) + 1))
    assert {
        name: pages.count(f'<th scope="row"><a href="/models/{name.lower().replace(" ", "-")}/">') for name in values
    } == dict.fromkeys(values, 1)
    assert len(values) > 1


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


BAD = [
    ("y", "beauty", "“beauty” is nothing to measure models by."),
    ("y", "benchmark:none", "“benchmark:none” is nothing to measure models by."),
    ("y", "benchmark:\0", "is nothing to measure models by."),
    ("scale", "cubic", "“cubic” is none of “log”, “linear”."),
    ("color", "licence", "is none of “organization”"),
    ("highlight", "nobody", "“nobody” is no model here, and no family."),
    ("highlight", "family:nobody", "“family:nobody” is no model here, and no family."),
    ("highlight", "a\0b", "is no model here"),
    ("highlight", "<b>", "is no model here"),
    ("released_after", "yesterday", "Write a date as"),
    ("parameters_min", "9" * 40, "This number is too large."),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD)
def test_bad_value_gets_a_message_and_the_rest_is_drawn(field, value, message):
    model("Large one"), model("Small one")

    page = Client().get("/timeline/", {field: value, "q": "Large"})

    assert page.status_code == 200
    assert list(page.context["filter"].errors) == [field]
    assert message in page.context["filter"].errors[field][0]
    assert [mark.point.name for mark in page.context["timeline"].chart.marks] == ["Large one"]
    assert "<b>" not in page.text
    for twin in ("json", "csv", "svg"):
        answer = Client().get(f"/timeline.{twin}", {field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


@pytest.mark.parametrize(
    "query", ["y=cost&y=active", "highlight=", "y=&scale=&color=", "page=1&page=1", "%00=1", "as=b"]
)
def test_odd_queries_are_read_as_well_as_they_can_be(query):
    model("One")

    assert Client().get(f"/timeline/?{query}").status_code == 200
    assert Client().get(f"/timeline.svg?{query}").status_code == 200


@pytest.mark.parametrize("page", ["9", "0", "banana"])
def test_page_that_is_not_there_is_404(page):
    model("One")

    assert Client().get("/timeline/", {"page": page}).status_code == 404
    assert Client().get("/timeline.json", {"page": page}).status_code == 404


def test_draft_does_not_show_through_anything():
    hidden = {"status": "draft"}
    lab = make.make_organization(name="Secret lab", **hidden)
    family, benchmark = make.make_family(name="Secret family", **hidden), make.make_benchmark(name="Secret", **hidden)
    public = model("Public", organizations=[lab], family=family)
    make.make_score(model=public, benchmark=benchmark)
    make.make_citation(model=public, shown=True, source=make.make_source(name="Secret source", **hidden))
    make.make_score(model=model("Secret model", **hidden), benchmark=make.make_benchmark(name="MMLU"))

    client = Client()
    texts = [client.get(address).text for address in ("/timeline/", "/timeline.csv", "/timeline.json", "/timeline.svg")]

    assert [text for text in texts if "secret" in text.casefold()] == []
    assert all("Public" in text for text in texts)
    assert "MMLU" not in texts[0]
    for query in (
        "y=benchmark:secret",
        "highlight=secret-model",
        "highlight=family:secret-family",
        "organization=secret-lab",
    ):
        assert client.get(f"/timeline.json?{query}").status_code == 400


def test_names_are_text_in_the_page_and_in_the_picture():
    name = "<script>alert(\"1\")</script> & 'co'"
    model(name, slug="odd")

    page, picture = html(), ET.fromstring(Client().get("/timeline.svg").content)

    assert "<script>alert" not in page
    assert name in [text.text for text in picture.iter(f"{SVG}text")]


def test_picture_is_called_timeline_and_names_the_view():
    model("One")

    answer = Client().get("/timeline.svg?y=parameters&scale=linear")

    assert answer.headers["Content-Disposition"] == 'inline; filename="timeline.svg"'
    assert "http://testserver/timeline/?y=parameters&amp;scale=linear" in answer.text


def test_models_and_families_point_to_their_place_in_the_timeline():
    new, old = model("New", family=make.make_family(name="Line")), model("Old", day="2012-10-01")
    for one in (new, old):
        make.make_citation(model=one)
    client = Client()

    assert 'href="/timeline/?highlight=new"' in client.get("/models/new/").text
    assert 'href="/timeline/?highlight=old&amp;released_after="' in client.get("/models/old/").text
    assert 'href="/timeline/?highlight=family:line"' in client.get("/families/line/").text
    for address, highlight in (("/models/new/", "new"), ("/families/line/", "family:line")):
        page = client.get(address, {"as_of": "2025"})
        assert f'href="/timeline/?highlight={highlight}&amp;as_of=2025-12-31"' in page.text
