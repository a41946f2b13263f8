"""The rules asked of one entry, and what of all others they look at."""

import datetime

import pytest

from catalog.checks import of_entry, warnings_of
from core.models import Status
from tests import factories as make
from tests.catalog.checks.checking import finished_model

pytestmark = pytest.mark.django_db


def texts(entry):
    return [problem.text for problem in of_entry(entry)]


def test_finished_model_breaks_no_rule():
    assert texts(finished_model()) == []


def test_draft_is_taken_for_published():
    draft = finished_model()
    draft.status, draft.summary = Status.DRAFT, ""
    draft.save()

    assert texts(draft) == ["Summary has 0 words; write 1 to 60."]
    assert draft.status == Status.DRAFT


def test_what_others_say_or_are_called_is_looked_at():
    model = finished_model()
    make.make_model(name="lion  2", slug="another", status="draft")
    model.description += " Lions sleep for most of the day, and hunt by night."
    model.save()
    make.make_term(name="Sleep", article="Lions sleep for most of the day, and hunt by night.")

    assert texts(model) == [
        "“Lion 2” means lion  2 (another) as well.",
        "Description: “Lions sleep for most of the day, and hunt by night.” stands in Sleep (sleep) as well.",
    ]


def test_what_it_refers_to_is_looked_at():
    model = finished_model()
    model.description += " See [this](/glossary/nothing/) and [that](/glossary/sparse-attention/)."
    model.released, model.released_precision = datetime.date(2020, 1, 1), "day"
    model.save()
    make.make_citation(model=model, field="released", stated="2020-01-01", value="2020-01-01")
    before = model.predecessor
    before.released, before.released_precision, before.status = datetime.date(2021, 1, 1), "day", Status.DRAFT
    before.save()

    assert texts(model) == [
        "Released 1 January 2020, before its predecessor Lion 1 (1 January 2021).",
        "Description: “/glossary/nothing/” leads to no entry.",
        "Its predecessor, Lion 1, is not published.",
    ]


def test_circle_through_others_is_told():
    model = finished_model()
    model.predecessor.predecessor = model
    model.predecessor.save()

    assert texts(model) == ["This closes a circle: lion-2 ← lion-1 ← lion-2."]


def test_warnings_are_soft_and_those_of_the_entry_alone():
    model = finished_model()
    make.make_derivation(child=make.make_model(), parent=model)
    model.innovations.all().delete()

    (problem,) = warnings_of(model)

    assert (problem.text, problem.hard) == ("It has no innovation.", False)
