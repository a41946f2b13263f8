"""The page of the timeline, its table and its twins."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from tests import factories as make
from tests.catalog.timeline.drawn import html, model, points
from tests.reading import text_of

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def test_page_says_what_is_not_drawn():
    model("One"), model("Two")
    model("No figure", parameters=None)
    model("No date", day=None, parameters=None)
    model("No date but a figure", day=None)

    # With no bound, a model without a date matches as well.
    text = text_of(html("released_after="))

    assert "2 models are drawn. 2 more match, but the figure is not known." in text
    assert "1 more matches, but the release date is not known." in text


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
