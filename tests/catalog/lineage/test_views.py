"""The page on lineage and its twins."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from catalog.lineage.drawing import STROKES
from catalog.models import DerivationKind
from core.models import Status
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def get(**query):
    query = {name.rstrip("_"): value for name, value in query.items()}
    return Client().get("/lineage/", query)


def main_of(page):
    return text_of(page.text)


def twin(suffix, **query):
    return Client().get(f"/lineage.{suffix}", query)


@pytest.fixture
def v3():
    """V3, made from a base and a name; R1 made from it, and Small from R1."""
    source = make.make_source(name="Report")
    base = make.make_model(name="Base", slug="base", released="2024-12-01", released_precision="month")
    model = make.make_model(name="V3", slug="v3", released="2024-12-26", released_precision="day")
    r1, small = make.make_model(name="R1"), make.make_model(name="Small")
    make.make_derivation(child=model, parent=base, source=source)
    make.make_derivation(child=model, parent_name="An R1 model", kind="distilled_from", source=source, note="A note")
    make.make_derivation(child=r1, parent=model, kind="uses_component")
    make.make_derivation(child=small, parent=r1, kind="distilled_from")
    return model


def test_page_of_a_model_says_the_same_as_drawing_and_as_lists(v3):
    page = get(model="v3")

    text = main_of(page)
    assert "Made from initialized from Base December 2024 distilled from An R1 model no entry here A note" in text
    assert "Made from it R1 uses it as a component Small distilled from it" in text
    assert re.findall(r"<path [^>]*data-from[^>]*><title>(.*?)</title>", page.text) == [
        "V3 initialized from Base",
        "V3 distilled from An R1 model",
        "Small distilled from R1",
        "R1 uses as a component V3",
    ]
    assert re.findall(r'<a href="([^"]+)" class="box[^"]*"', page.text) == [
        "/models/base/",
        "/models/v3/",
        "/models/r1/",
        "/models/small/",
    ]
    assert text.count("Report") == 1
    assert "4 models and names around it" in text


def test_name_without_entry_is_dashed_and_no_link(v3):
    html = get(model="v3").text

    assert re.search(r'<g class="box unresolved"[^>]*><title>An R1 model: no entry here</title>', html)
    assert "no entry here, known by name" in html


def test_kinds_of_edges_are_drawn_differently_and_told_in_a_legend(v3):
    html = get(model="v3").text

    legend = re.search(r'<ul class="legend".*?</ul>', html, re.DOTALL)[0]
    assert set(STROKES) == set(DerivationKind)
    assert len({(stroke.dashes, stroke.width, stroke.filled) for stroke in STROKES.values()}) == len(DerivationKind)
    assert text_of(legend).split(" no entry")[0] == "initialized from distilled from uses as a component"


def test_direction_depth_and_kind_narrow_it(v3):
    assert "Made from it" not in main_of(get(model="v3", direction="ancestors"))
    assert "Made from initialized" not in main_of(get(model="v3", direction="descendants"))
    assert "Small" not in main_of(get(model="v3", depth="1"))
    assert "Drawn: the nearest 3 of 4 · all of them" in main_of(get(model="v3", depth="1"))
    assert "Base" not in main_of(get(model="v3", kind=["distilled_from", "uses_component"])).split("around it")[1]


def test_model_without_lineage_says_so():
    make.make_model(name="Alone")

    page = get(model="alone")

    assert "No source says that it was made from another model, or another from it." in main_of(page)
    assert "lineage-graph" not in page.text


def test_model_may_be_typed_by_name_or_alias():
    make.make_model(name="GPT-4.1", aliases="gpt four one")

    for typed in ("gpt-4-1", "GPT-4.1", "gpt-4.1", "GPT four one"):
        assert get(model=typed).context["page"].lineage.focus.slug == "gpt-4-1", typed


def test_ambiguous_name_offers_those_that_bear_it():
    make.make_model(name="Phi", slug="phi-one"), make.make_model(name="Phi", slug="phi-two")
    make.make_model(name="Phi", slug="phi-draft", status=Status.DRAFT)

    page = get(model="Phi", depth="2")

    assert "“Phi” is the name of several. Choose one:" in main_of(page)
    assert re.findall(r'href="\?([^"]*phi[^"]*)"', page.text) == [
        "model=phi-one&amp;depth=2",
        "model=phi-two&amp;depth=2",
    ]


def test_unknown_model_gets_a_message_and_what_may_be_meant():
    make.make_model(name="DeepSeek-V3"), make.make_model(name="DeepSeek-Draft", status=Status.DRAFT)

    page = get(model="DeepSeek")

    assert page.status_code == 200
    assert "No model is called “DeepSeek”. Did you mean one of these? DeepSeek-V3" in main_of(page)
    assert "Draft" not in page.text


def test_draft_is_as_unknown_as_what_is_not_there():
    make.make_model(name="Secret", slug="secret", status=Status.DRAFT)

    for query in ({"model": "secret"}, {"from_": "secret", "to": "secret"}):
        assert "No model is called “secret”." in main_of(get(**query))


def test_all_of_the_graph_is_drawn_and_narrowed(v3):
    family, organization = make.make_family(name="GPT"), make.make_organization(name="Lab")
    child = make.make_model(name="Child", family=family, organizations=[organization], **on_first_day(2020))
    make.make_derivation(child=child, parent=make.make_model(name="Parent"), kind="merged_from")

    assert [model.name for model in drawn()] == ["Child", "Base", "V3", "Parent", "R1", "Small"]
    for query in (
        {"organization": "lab"},
        {"family": "GPT"},
        {"kind": "merged_from"},
        {"released_before": "2020"},
        {"organization": ["lab", "Lab"]},
    ):
        assert sorted(model.name for model in drawn(**query)) == ["Child", "Parent"], query
    assert drawn(released_after="2030") == []
    assert "Nothing is derived from anything under these filters." in main_of(get(released_after="2030"))


def on_first_day(year):
    return {"released": f"{year}-01-01", "released_precision": "day"}


def drawn(**query):
    return list(get(**query).context["page"].lineage.models.values())


def test_relation_of_two_is_told_in_words(v3):
    text = main_of(get(from_="small", to="v3"))

    assert "Small comes from V3, in 2 steps. Small was distilled from R1 R1 uses as a component V3" in text
    assert "Both come from V3" not in text


def test_relation_of_cousins_and_of_strangers(v3):
    make.make_derivation(child=make.make_model(name="Cousin"), parent=v3)
    make.make_model(name="Stranger")

    assert "Both come from V3: the nearest that they share." in main_of(get(from_="cousin", to="small"))
    assert "No source says that one was made from the other, or both from a third." in main_of(
        get(from_="stranger", to="v3")
    )
    assert "They are the same model." in main_of(get(from_="v3", to="v3"))


def test_relation_wants_both():
    make.make_model(name="A")

    page = get(from_="a")

    assert list(page.context["form"].errors) == ["to"]
    assert "Name the other model, too." in main_of(page)


BAD = [
    ({"model": "\0"}, "model", "Null characters are not allowed."),
    ({"model": "x" * 251}, "model", "at most 250 characters"),
    ({"model": "'; drop table"}, "model", "No model is called"),
    ({"direction": "sideways"}, "direction", "“sideways” is not a value to choose from."),
    ({"depth": "-1"}, "depth", "Write a number of steps from 1 to 100, or “all”."),
    ({"depth": "9" * 400}, "depth", "at most 20 characters"),
    ({"depth": "²"}, "depth", "Write a number of steps"),
    ({"kind": "begotten"}, "kind", "“begotten” is not a value to choose from."),
    ({"kind": "\0"}, "kind", "is not a value to choose from."),
    ({"organization": "nobody, no one"}, "organization", "No organization is called “nobody”."),
    ({"family": "\0"}, "family", "Null characters are not allowed."),
    ({"released_after": "soon"}, "released_after", "Write a date as 2024-12-26"),
    ({"released_before": "2024-02-31"}, "released_before", "Write a date as 2024-12-26"),
    ({"from": "a", "to": "\0"}, "to", "Null characters are not allowed."),
]


@pytest.mark.parametrize(("query", "name", "message"), BAD)
def test_bad_value_gets_a_message_beside_its_field(v3, query, name, message):
    page = Client().get("/lineage/", {"model": "v3", **query} if name in ("direction", "depth", "kind") else query)

    assert page.status_code == 200
    assert name in page.context["form"].errors
    assert message in main_of(page).replace("&#x27;", "'")
    # What else was asked for still applies.
    assert bool(page.context["page"].lineage) is (name not in ("model", "to"))


@pytest.mark.parametrize(("query", "name", "message"), BAD)
@pytest.mark.parametrize("suffix", ["json", "csv", "svg"])
def test_twins_answer_400_with_the_same_message(suffix, query, name, message):
    answer = twin(suffix, **query)

    assert answer.status_code == 400
    assert message in " ".join(answer.json()["errors"][name])


@pytest.mark.parametrize(
    "query", ["model=v3&model=base", "depth=1&depth=2&model=v3", "direction=&depth=", "%00=1", "from=&to="]
)
def test_strange_queries_are_read_as_well_as_they_can_be(v3, query):
    for address in ("/lineage/", "/lineage.json", "/lineage.csv", "/lineage.svg"):
        assert Client().get(f"{address}?{query}").status_code == 200


def test_json_has_nodes_and_edges(v3):
    document = twin("json", model="v3").json()

    assert (document["found"], document["complete"]) == (4, True)
    assert [node["id"] for node in document["nodes"]] == ["base", "v3", "r1", "small", "An R1 model"]
    assert document["nodes"][0] == {
        "id": "base",
        "name": "Base",
        "resolved": True,
        "released": "2024-12",
        "steps_up": 1,
        "steps_down": None,
        "html": "http://testserver/models/base/",
    }
    assert document["nodes"][-1] | {"steps_up": 1} == {
        "id": "An R1 model",
        "name": "An R1 model",
        "resolved": False,
        "released": None,
        "steps_up": 1,
        "steps_down": None,
        "html": None,
    }
    assert document["edges"][1] == {
        "child": "v3",
        "kind": "distilled_from",
        "parent": "An R1 model",
        "resolved": False,
        "stated": "An R1 model",
        "source": "report",
        "note": "A note",
    }


def test_json_tells_a_relation(v3):
    relation = Client().get("/lineage.json", {"from": "small", "to": "v3"}).json()["relation"]

    assert relation == {"from": "small", "to": "v3", "common": "v3", "besides": []}


def test_csv_has_an_edge_a_row_and_no_formulas(v3):
    make.make_derivation(child=v3, parent_name="=1+1")

    rows = list(csv.reader(io.StringIO(twin("csv", model="v3").text)))

    assert rows[0] == ["child", "kind", "parent", "resolved", "stated", "source", "note"]
    assert rows[1][:4] == ["v3", "initialized_from", "base", "True"]
    assert rows[-1][:5] == ["v3", "initialized_from", "'=1+1", "False", "'=1+1"]
    assert len(rows) == 6


def test_svg_stands_alone(v3):
    make.make_derivation(child=v3, parent_name="<A & B>")
    answer = twin("svg", model="v3")

    root = ET.fromstring(answer.text)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"V3", "Base", "<A & B>", "initialized from", "distilled from"} <= texts
    hrefs = {element.get("href") for element in root.iter("{http://www.w3.org/2000/svg}a")}
    assert "http://testserver/models/base/" in hrefs
    assert "style" not in answer.text


def test_svg_of_nothing_is_an_empty_drawing():
    assert ET.fromstring(twin("svg").text).get("role") == "group"
    assert twin("json").json()["nodes"] == []


def test_model_page_draws_one_step_and_leads_to_the_whole(v3):
    html = Client().get("/models/v3/").text

    tree = html.split('id="tree"')[1].split("</section>")[0]
    assert re.findall(r'<a href="([^"]+)" class="box', tree) == ["/models/v3/", "/models/base/", "/models/r1/"]
    assert '<a href="/lineage/?model=v3">The whole lineage</a>' in tree


def test_model_page_bounds_what_it_lists():
    hub = make.make_model(name="Hub")
    make.make_derivation(child=hub, parent_name="Origin")
    for _ in range(45):
        make.make_derivation(child=make.make_model(), parent=hub)

    html = Client().get("/models/hub/").text

    assert html.count("initialized from it") == 39
    assert "The whole lineage: more was made from it than is listed here" in html
    assert "Origin" in html


def test_family_page_draws_forks_and_variants():
    family = make.make_family(name="Line")
    v1 = make.make_model(name="V1", family=family, released="2023-01-01", released_precision="year")
    v2 = make.make_model(name="V2", family=family, predecessor=v1)
    make.make_model(name="V3", family=family, predecessor=v2)
    make.make_model(name="Fork", family=family, predecessor=v1)
    make.make_model(name="V2 Base", family=family, variant_of=v2)

    page = text_of(Client().get("/families/line/").text)

    assert "Version line V1 2023 Fork V2 V2 Base V3 In the timeline Models" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_equally_often_for_one_row_and_for_three(rows, django_assert_num_queries):
    model = make.make_model(name="Middle")
    for _ in range(rows):
        make.make_derivation(child=model, parent=make.make_model())
        make.make_derivation(child=make.make_model(), parent=model)
        make.make_derivation(child=make.make_model(), parent=make.make_model())

    with django_assert_num_queries(7):
        page = get(model="middle")
    with django_assert_num_queries(6):
        everything = get()
    with django_assert_num_queries(7):
        twin("json", model="middle")

    assert len(page.context["page"].lineage.edges) == 2 * rows
    assert len(everything.context["page"].lineage.edges) == 3 * rows
