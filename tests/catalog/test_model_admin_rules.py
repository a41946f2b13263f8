"""What the form of a model in the admin refuses, and where it says so."""

import pytest

from catalog.models import AIModel, Citation, Milestone
from tests.catalog.checks.checking import finished_model
from tests.catalog.model_form import change, errors_of, save, typed
from tests.factories import (
    make_benchmark,
    make_citation,
    make_derivation,
    make_editor,
    make_milestone,
    make_model,
    make_source,
)


@pytest.fixture
def browser(client, db):
    client.force_login(make_editor())
    return client


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"parameters_total": "37B", "parameters_active": "671B"},
            "parameters_active",
            "Parameters active cannot exceed parameters total.",
        ),
        (
            {"released": "2024-12-26"},
            "released_precision",
            "Released and released precision are given together or not at all.",
        ),
        (
            {"training_cost": "5.5M"},
            "training_cost_year",
            "Training cost and training cost year are given together or not at all.",
        ),
        (
            {"context_window": "0"},
            "context_window",
            "Context window must be above zero. Leave it empty where it is unknown.",
        ),
        (
            {"context_window": "banana"},
            "context_window",
            "Write a number, with K, M, B or T for thousands to trillions: 128K, 70B.",
        ),
        (
            {"context_window": "-5"},
            "context_window",
            "Write a number, with K, M, B or T for thousands to trillions: 128K, 70B.",
        ),
        ({"context_window": "9e30"}, "context_window", "This number is too large."),
        ({"training_compute": "inf"}, "training_compute", "Enter a number."),
        ({"tags": "a\0b"}, "tags", "Null characters are not allowed."),
        ({"organizations": ["\0"]}, "organizations", "Null characters are not allowed."),
        ({"family": "\0"}, "family", "Null characters are not allowed."),
        ({"family": "banana"}, "family", "Select a valid choice. That choice is not one of the available choices."),
        ({"family": "9" * 30}, "family", "Select a valid choice. That choice is not one of the available choices."),
        ({"released": "9999-99-99", "released_precision": "day"}, "released", "Enter a valid date."),
    ],
)
def test_a_rule_of_the_model_speaks_beside_its_field(browser, values, field, message):
    response = save(browser, None, **values)

    assert errors_of(response)[field] == [message]


def test_a_variant_has_no_predecessor_of_its_own(browser):
    response = save(browser, None, predecessor=make_model().pk, variant_of=make_model().pk)

    assert errors_of(response) == {
        "predecessor": ["A variant stands outside the version line: it has no predecessor of its own."]
    }


@pytest.mark.parametrize(
    ("prefix", "row", "field", "message"),
    [
        ("milestones", {"text": "a\0b"}, "text", "Null characters are not allowed."),
        (
            "milestones",
            {"text": "Won", "date": "2024-01-01"},
            "date_precision",
            "Date and date precision are given together or not at all.",
        ),
        ("scores", {"standard_error": "-1"}, "standard_error", "A standard error is not negative."),
        ("scores", {"value": "101"}, "value", "MMLU has no score above 100."),
        ("scores", {"value": "nan"}, "value", "Enter a number."),
        ("citations", {"source": ""}, "source", "Name the source. Only “not applicable” needs none."),
        (
            "citations",
            {"basis": "not_disclosed", "value": "671B"},
            "value",
            "A figure that is not disclosed or not applicable has no value.",
        ),
        (
            "citations",
            {"value": "many"},
            "value",
            "Write a number, with K, M, B or T for thousands to trillions: 128K, 70B.",
        ),
        (
            "citations",
            {"field": "released", "value": "26.12.2024"},
            "value",
            "Write a date as 2024-12-26, 2024-12 or 2024.",
        ),
    ],
)
def test_a_rule_of_a_part_speaks_beside_its_field(browser, prefix, row, field, message):
    valid = {
        "milestones": {"order": 1},
        "scores": {"order": 1, "benchmark": make_benchmark(name="MMLU").pk, "value": 88.5, "measured_by": "vendor"},
        "citations": {"field": "parameters_total", "stated": "671B", "basis": "disclosed"},
    }[prefix]
    source = make_source()

    response = save(browser, None, [(prefix, {"source": source.pk, **valid, **row})])

    assert errors_of(response) == {f"{prefix}-0-{field}": [message]}


@pytest.mark.parametrize("kind", ["initialized_from", "distilled_from"])
def test_a_model_is_not_made_from_itself(browser, kind):
    model = make_model(name="V3")
    row = {"kind": kind, "parent": model.pk, "parent_name": "V3", "source": make_source().pk}

    response = save(browser, model, [("derivations", row)])

    assert errors_of(response)["derivations-0-parent"][0] == "A model is not made from itself."


def test_two_equal_rows_in_one_form_are_told_apart(browser):
    row = {"order": 1, "text": "Shook the industry"}

    response = save(browser, None, [("milestones", row), ("milestones", row)])

    assert errors_of(response) == {"milestones-1-text": ["The model has this milestone already."]}


def test_two_citations_without_a_source_meet(browser):
    row = {"field": "max_output", "basis": "not_applicable"}

    response = save(browser, None, [("citations", row), ("citations", row)])

    assert errors_of(response) == {"citations-1-stated": ["This source's statement about the figure is cited already."]}


def test_a_row_equal_to_one_that_is_there_is_refused(browser):
    milestone = make_milestone()

    response = save(browser, milestone.model, [("milestones", {"order": 2, "text": milestone.text})])

    assert errors_of(response) == {"milestones-1-text": ["The model has this milestone already."]}


def test_a_row_may_take_the_place_of_one_that_goes(browser):
    milestone = make_milestone()
    data = {"milestones-0-DELETE": "on"}

    response = save(browser, milestone.model, [("milestones", {"order": 2, "text": milestone.text})], **data)

    assert response.status_code == 302
    assert milestone.model.milestones.get().order == 2


def test_only_one_citation_of_a_figure_is_the_shown_one(browser):
    model = make_model(parameters_total=671_000_000_000)
    make_citation(model=model, shown=True)
    row = {"field": "parameters_total", "basis": "disclosed", "stated": "671B", "source": make_source().pk}

    response = save(browser, model, [("citations", {**row, "shown": "on"})])

    assert errors_of(response) == {"citations-1-shown": ["Another citation of this figure is the shown one already."]}


def test_the_mark_of_the_shown_citation_moves_in_one_save(browser):
    model = make_model(parameters_total=671_000_000_000)
    old, new = make_citation(model=model, shown=True), make_citation(model=model)
    data = typed(browser.get(change(model)))
    del data["citations-0-shown"]

    response = browser.post(change(model), {**data, "citations-1-shown": "on"})

    assert response.status_code == 302
    assert Citation.objects.get(shown=True) == new
    assert Citation.objects.filter(pk=old.pk, shown=False).exists()


def test_two_rows_that_exchange_their_values_are_refused_and_nothing_typed_is_lost(browser):
    model = make_model(name="Old name")
    make_milestone(model=model, text="First", order=1)
    make_milestone(model=model, text="Second", order=2)

    response = save(browser, model, name="New name", **{"milestones-0-text": "Second", "milestones-1-text": "First"})

    assert errors_of(response)["__all__"][0].startswith("Nothing was saved: a value that must be unique")
    assert typed(response)["milestones-0-text"] == "Second"
    assert typed(response)["name"] == "New name"
    assert [milestone.text for milestone in Milestone.objects.all()] == ["First", "Second"]
    assert AIModel.objects.get().name == "Old name"


def test_a_published_model_with_an_uncited_figure_is_refused_by_name(browser):
    response = save(browser, None, parameters_total="671B", licence="MIT")

    assert errors_of(response) == {
        "citations": [
            "Parameters: a published model needs a citation for it. Add one, or empty the figure.",
            "Licence: a published model needs a citation for it. Add one, or empty the figure.",
        ]
    }
    assert not AIModel.objects.exists()


def test_a_draft_may_have_uncited_figures(browser):
    assert save(browser, None, _step_publish_alone=None, parameters_total="671B").status_code == 302


def test_the_last_citation_of_a_published_figure_stays(browser):
    model = make_model(parameters_total=671_000_000_000)
    make_citation(model=model)

    response = save(browser, model, **{"citations-0-DELETE": "on"})

    assert "Parameters: a published model needs a citation" in errors_of(response)["citations"][0]
    assert model.citations.count() == 1


def test_a_source_that_discloses_nothing_needs_no_figure(browser):
    row = {"field": "max_output", "basis": "not_disclosed", "source": make_source().pk}

    assert save(browser, finished_model(), [("citations", row)]).status_code == 302


def test_the_shown_citation_must_say_what_the_column_says(browser):
    model = make_model(parameters_total=671_000_000_000)
    make_citation(model=model, shown=True)

    response = save(browser, model, parameters_total="685B")

    assert errors_of(response) == {
        "citations-0-shown": ["Parameters is 685B, but the shown citation says “671000000000”."]
    }


def test_a_line_of_versions_does_not_circle(browser):
    v1 = make_model(name="V1")
    v2 = make_model(name="V2", predecessor=v1)
    v3 = make_model(name="V3", predecessor=v2)

    response = save(browser, v1, predecessor=v3.pk)

    assert errors_of(response) == {"predecessor": ["This closes a circle: V1 ← V3 ← V2 ← V1."]}


def test_variants_are_one_level_deep(browser):
    v3 = make_model(name="V3")
    base = make_model(name="V3-Base", variant_of=v3)

    below = save(browser, None, variant_of=base.pk)
    above = save(browser, v3, variant_of=make_model().pk)

    assert errors_of(below) == {
        "variant_of": ["V3-Base is a variant itself. Choose the model that it is a variant of."]
    }
    assert errors_of(above) == {"variant_of": ["This model has variants of its own, so it cannot be one."]}


@pytest.mark.parametrize(
    ("kind", "message"),
    [("fine_tuned_from", ["This closes a circle: V3-Base ← R1 ← V3-Base."]), ("distilled_from", None)],
)
def test_weights_do_not_come_round_to_themselves_but_distillation_may(browser, kind, message):
    base, r1 = make_model(name="V3-Base"), make_model(name="R1")
    make_derivation(child=r1, parent=base)
    row = {"kind": kind, "parent": r1.pk, "parent_name": "R1", "source": make_source().pk}

    response = save(browser, base, [("derivations", row)])

    assert (errors_of(response)["derivations-0-parent"] if message else None) == message
    assert response.status_code == (200 if message else 302)
