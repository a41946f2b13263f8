"""What stands against publishing an entry, and against saving one that is public."""

import pytest
from django.urls import reverse

from catalog.models import AIModel
from core.models import Status
from tests.catalog.checks.checking import finished_model
from tests.editorial.desk import form, member, refusals, take
from tests.editorial.proposed import edited, proposals, record
from tests.factories import make_model
from tests.forms import send, typed

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_hard_rules_stand_against_publishing_all_at_once():
    reviewer = member("Reviewer")
    model = make_model(status="in_review", summary="It is currently the best.")

    (told,) = refusals(take(reviewer, "publish", model))

    for text in ("Description has 0 words", "It has 0 milestones", "does not say when: “It is currently the best.”"):
        assert text in told
    model.refresh_from_db()
    assert model.status == Status.IN_REVIEW


def test_soft_rules_warn_and_stand_against_nothing():
    administrator, model = member("Administrator"), finished_model()
    model.innovations.all().delete()

    response = administrator.post(form(model), typed(administrator.get(form(model))) | {"aliases": "L2"}, follow=True)

    told = [(message.level_tag, str(message)) for message in response.context["messages"]]
    assert ("warning", "Lion 2: It has no innovation.") in told
    model.refresh_from_db()
    assert model.aliases == "L2"


def test_public_entry_is_refused_only_what_a_save_breaks_anew():
    administrator, whole, bare = member("Administrator"), finished_model(), make_model(summary="Here.")

    assert send(administrator, form(bare), licence="", aliases="Bare").status_code == 302
    assert refusals(send(administrator, form(bare), summary="")) == ["Summary has 0 words; write 1 to 60."]
    (told,) = refusals(send(administrator, form(whole), description="Short."))

    assert told == "Description has 1 word; write 40 to 150."
    bare.refresh_from_db()
    assert (bare.aliases, bare.summary) == ("Bare", "Here.")


def accept(made):
    """What stands against the proposals when a reviewer accepts them."""
    ids = ",".join(str(proposal.pk) for proposal in made)
    page = member("Reviewer").post(f"{reverse('admin:proposal_review')}?ids={ids}", {"accept": "on"}, follow=True)
    return page.context.get("problems", [])


def test_proposal_that_makes_an_entry_public_is_held_to_the_hard_rules():
    told = accept(proposals(record("catalog.aimodel", slug="v3", name="V3", status="published")))

    assert any("It has 0 milestones" in problem for problem in told)
    assert any("Summary has 0 words" in problem for problem in told)
    assert not AIModel.objects.exists()


def test_proposal_of_a_draft_or_of_what_is_public_already_is_not():
    assert accept(proposals(record("catalog.aimodel", slug="v3", name="V3", status="draft"))) == []
    assert accept([edited(make_model(slug="bare"), summary="New.")]) == []

    assert AIModel.objects.get(slug="bare").summary == "New."
    assert AIModel.objects.get(slug="v3").status == Status.DRAFT
