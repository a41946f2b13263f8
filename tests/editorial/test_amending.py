"""A proposal that its author goes on editing, in the form of its entry."""

import pytest
from django.urls import reverse

from catalog.models import Milestone
from editorial.models import Change, Proposal, ProposalStatus
from glossary.models import Term
from tests.editorial.desk import client_of, form, member, refusals
from tests.factories import make_milestone, make_model, make_term
from tests.forms import send, typed

pytestmark = pytest.mark.django_db


def decide(client, proposal: Proposal, button: str, **values):
    return client.post(f"{reverse('admin:proposal_review')}?ids={proposal.pk}", {button: "on", **values})


def amend(proposal: Proposal, entry) -> str:
    return f"{form(entry)}?proposal={proposal.pk}"


@pytest.fixture
def editor():
    return member("Editor")


@pytest.fixture
def model():
    model = make_model(name="Model", summary="As it was.")
    make_milestone(model=model, text="Stays", order=1)
    make_milestone(model=model, text="Goes", order=2)
    return model


@pytest.fixture
def proposal(editor, model) -> Proposal:
    """Another summary; of two milestones one goes, and a third is added."""
    rows = {"milestones-1-DELETE": "on", "milestones-TOTAL_FORMS": 3, "milestones-2-order": 3}
    send(editor, form(model), summary="As proposed.", **rows, **{"milestones-2-text": "Comes"}, reason="Read again")
    return Proposal.objects.get()


def milestones(proposal: Proposal) -> list[str]:
    records = Proposal.objects.get(pk=proposal.pk).document
    return sorted(record["fields"]["text"] for record in records if record["model"] == "catalog.milestone")


def test_form_shows_the_entry_as_proposed_and_writes_nothing(editor, model, proposal):
    page = editor.get(amend(proposal, model))

    sent = typed(page)
    assert sent["summary"] == "As proposed."
    assert {sent["milestones-0-text"], sent["milestones-1-text"]} == {"Stays", "Comes"}
    assert "This is the entry as you propose it." in page.text
    assert (model.milestones.count(), Change.objects.count()) == (2, 0)
    assert Milestone.objects.filter(pk__lt=0).count() == 0
    model.refresh_from_db()
    assert model.summary == "As it was."


def test_what_was_sent_back_is_mended_and_handed_in_again(editor, model, proposal):
    reviewer = member("Reviewer")
    decide(reviewer, proposal, "return", answer="Say when it came.")
    assert "Sent back: “Say when it came.”" in editor.get(amend(proposal, model)).text
    sent = typed(editor.get(amend(proposal, model)))
    number = 0 if sent["milestones-0-text"] == "Comes" else 1

    response = send(editor, amend(proposal, model), **{f"milestones-{number}-text": "Comes in May"}, summary="Better.")

    assert response.url == reverse("admin:editorial_proposal_change", args=[proposal.pk])
    proposal.refresh_from_db()
    assert (proposal.status, proposal.reason) == (ProposalStatus.WAITING, "Read again")
    assert milestones(proposal) == ["Comes in May", "Stays"]
    assert Proposal.objects.count() == 1
    decide(reviewer, proposal, "accept")
    model.refresh_from_db()
    assert model.summary == "Better."
    assert sorted(model.milestones.values_list("text", flat=True)) == ["Comes in May", "Stays"]


def test_entry_that_moved_meanwhile_is_edited_as_both_have_it(editor, model, proposal):
    administrator = member("Administrator")
    send(administrator, form(model), why_it_matters="Meanwhile.", aliases="M1")

    sent = typed(editor.get(amend(proposal, model)))

    assert (sent["summary"], sent["why_it_matters"], sent["aliases"]) == ("As proposed.", "Meanwhile.", "M1")


def test_refused_form_keeps_what_was_typed_and_the_proposal(editor, model, proposal):
    response = send(editor, amend(proposal, model), name="", summary="Typed with care.")

    assert response.context["adminform"].form.errors["name"] == ["This field is required."]
    assert "Typed with care." in response.text
    proposal.refresh_from_db()
    assert proposal.document[0]["fields"]["summary"] == "As proposed."


def test_second_window_of_the_author_overwrites_nothing(editor, model, proposal):
    opened = typed(editor.get(amend(proposal, model)))
    send(editor, amend(proposal, model), summary="From the first.")

    response = editor.post(amend(proposal, model), opened | {"summary": "From the second."})

    assert "You handed in this proposal again" in refusals(response)[0]
    assert "From the second." in response.text
    proposal.refresh_from_db()
    assert proposal.document[0]["fields"]["summary"] == "From the first."


def test_proposal_decided_while_its_form_was_open_stays_decided(editor, model, proposal):
    opened = typed(editor.get(amend(proposal, model)))
    decide(member("Reviewer"), proposal, "accept")

    response = editor.post(amend(proposal, model), opened | {"summary": "Too late."})

    assert response.status_code == 404
    model.refresh_from_db()
    assert model.summary == "As proposed."


def test_steps_and_direct_saving_are_not_open_in_it(model):
    administrator = member("Administrator")
    send(administrator, form(model), _propose="on", summary="As proposed.")
    proposal = Proposal.objects.get()
    assert "_step_archive" not in administrator.get(amend(proposal, model)).text

    refused = send(administrator, amend(proposal, model), _step_archive="on", reason="Why not?")
    assert refusals(refused) == ["The entry itself takes no step while a proposal is edited."]
    send(administrator, amend(proposal, model), summary="Again.")

    model.refresh_from_db()
    assert (model.summary, model.status) == ("As it was.", "published")
    proposal.refresh_from_db()
    assert proposal.document[0]["fields"]["summary"] == "Again."


@pytest.mark.parametrize("number", ["0", "banana", "-1", "9" * 30, "\0"])
def test_number_that_names_no_proposal_of_ones_own_is_not_found(editor, model, number):
    assert editor.get(f"{form(model)}?proposal={number}").status_code == 404


def test_nobody_edits_the_proposal_of_another_or_on_another_entry(editor, model, proposal):
    other = make_term()

    assert member("Editor").get(amend(proposal, model)).status_code == 404
    assert member("Administrator").get(amend(proposal, model)).status_code == 404
    assert editor.get(amend(proposal, other)).status_code == 404


def test_proposal_that_does_not_fit_any_more_is_told(editor, model, proposal):
    Proposal.objects.update(document=[{"model": "catalog.aimodel", "fields": {"slug": "model", "family": ["gone"]}}])

    response = editor.get(amend(proposal, model), follow=True)

    assert "The proposal cannot be edited" in response.text
    assert client_of(editor.user).get(form(model)).status_code == 200
    assert Term.objects.count() == 0
