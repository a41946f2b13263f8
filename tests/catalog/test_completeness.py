import datetime

import pytest

from catalog.completeness import WANTED, completeness, of_entry, with_completeness
from catalog.figures import FIGURES
from catalog.models import AIModel
from tests import factories as make
from tests.catalog.checks.checking import finished_model

pytestmark = pytest.mark.django_db

LABELS = [figure.label.lower() for figure in FIGURES]


def missing(entry):
    return of_entry(entry).missing


def test_empty_entry_of_each_kind_lacks_all_that_is_wanted_of_it():
    empty = {
        AIModel: make.make_model(),
        **{
            type(entry): entry
            for entry in (make.make_family(), make.make_organization(), make.make_source(), make.make_paper())
        },
        **{type(entry): entry for entry in (make.make_benchmark(), make.make_term())},
    }

    assert empty.keys() == WANTED.keys()
    for kind, entry in empty.items():
        found = of_entry(entry)
        assert (found.done, found.percent, found.missing) == (0, 0, tuple(WANTED[kind])), kind


def test_model_misses_what_is_not_there_in_the_order_of_adding():
    model = finished_model()

    assert missing(model) == (
        *LABELS,
        "a lifecycle",
        "its openness",
        "an architecture",
        "what it reads",
        "what it writes",
        "a score",
        "a link",
        "archived copies of its sources",
        "the day of a check",
    )
    assert of_entry(model).done == len(WANTED[AIModel]) - len(missing(model)) == 8


def test_whole_model_is_complete():
    model = finished_model()
    model.lifecycle, model.openness, model.architecture = "active", "open_weight", "transformer"
    model.checked_on = datetime.date(2026, 1, 1)
    model.input_modalities.add(make.make_modality())
    model.output_modalities.add(make.make_modality())
    model.save()
    make.make_score(model=model)
    make.make_link(model=model)
    archived = make.make_source(archived_url="https://web.archive.org/1")
    for figure in FIGURES:
        make.make_citation(model=model, field=figure.field, basis="not_disclosed", stated="", source=archived)

    found = of_entry(model)

    assert (found.missing, found.percent) == ((), 100)
    make.make_citation(model=model)
    assert missing(model) == ("archived copies of its sources",)


@pytest.mark.parametrize(("architecture", "wanted"), [("mixture_of_experts", True), ("transformer", False), ("", True)])
def test_active_parameters_are_wanted_where_not_all_need_be(architecture, wanted):
    model = make.make_model(architecture=architecture)

    assert ("active parameters" in missing(model)) == wanted


def test_one_milestone_is_not_enough():
    model = make.make_model()
    make.make_milestone(model=model)
    assert "two milestones" in missing(model)

    make.make_milestone(model=model)

    assert "two milestones" not in missing(model)


def test_many_are_asked_in_one_query(django_assert_num_queries):
    for _ in range(3):
        make.make_model()

    with django_assert_num_queries(1):
        assert len([completeness(model) for model in with_completeness(AIModel.objects.all())]) == 3
