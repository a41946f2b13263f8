"""What narrows the timeline, and which filters stand open."""

import re

import pytest

from tests import factories as make
from tests.catalog.timeline.drawn import filters, html, model, points

pytestmark = pytest.mark.django_db


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
