"""An entry made again what it was after a change."""

import pytest

from catalog.models import AIModel, Milestone
from core.models import Status
from editorial.log import change
from editorial.models import Act, Change, Proposal
from glossary.models import Term
from research.models import Organization
from tests import factories as make
from tests.editorial.histories import RESTORE, contents, edit, full_model, page_of, restore, somebody, told
from tests.forms import typed

pytestmark = pytest.mark.django_db


def test_entry_is_restored_whole_with_its_parts_tags_and_numbers(client, editor):
    model, begun = full_model(summary="Old words.")
    before = contents(model)
    with change("Vandalized"):
        AIModel.objects.get(pk=model.pk).tags.set(["spam"])
        model.organizations.clear()
        model.milestones.get().delete()
        score = model.scores.get()
        score.value = 1
        score.save()
        citation = model.citations.get()
        citation.stated = "9"
        citation.save()
        model.summary = "Spam."
        model.save()
    vandalized = contents(AIModel.objects.get())
    assert all(one != other for one, other in zip(vandalized, before, strict=True))

    asked = client.get(page_of(model, "restore", begun)).text
    response = restore(client, model, begun, reason="Undo it")

    assert contents(AIModel.objects.get()) == before
    assert "<del>Spam.</del> <ins>Old words.</ins>" in asked
    assert told(response) == ["“Full” is restored."]
    logged = Change.objects.latest("at")
    assert (logged.act, logged.reason, logged.author, logged.alone) == (Act.RESTORED, "Undo it", editor, True)
    # Readers see the corrected figures as what they are: nothing but the change back.
    assert [one.what for one in response.context["page_obj"][0].differences if "citation" in one.title] == ["changed"]


def test_address_and_publication_stay_as_they_are(client, editor):
    model, begun = full_model(summary="Old words.", status=Status.DRAFT)
    edit(model, summary="New words.", slug="renamed", status=Status.PUBLISHED)

    restore(client, model, begun)

    model.refresh_from_db()
    assert (model.summary, model.slug, model.status) == ("Old words.", "renamed", Status.PUBLISHED)
    assert [row.text for row in model.milestones.all()] == ["First of its kind"]


def test_what_it_refers_to_is_found_under_its_new_address(client, editor):
    model, begun = full_model()
    lab = Organization.objects.get()
    edit(lab, slug="lab-renamed")
    model.organizations.clear()

    restore(client, model, begun)

    assert list(model.organizations.all()) == [lab]


def test_parts_that_exchanged_their_keys_get_them_back(client, editor):
    model, begun = full_model()
    old = model.milestones.get()
    with change("Moved"):
        old.text = "Other"
        old.save()
        make.make_milestone(model=model, text="First of its kind", order=7)

    restore(client, model, begun)

    assert [(row.text, row.order) for row in model.milestones.all()] == [("First of its kind", 0)]


def test_number_that_another_row_has_by_now_is_not_taken(client, editor):
    model, begun = full_model()
    milestone, other = model.milestones.get(), make.make_model()
    Milestone.objects.filter(pk=milestone.pk).update(model=other, text="Moved there")

    response = restore(client, model, begun)

    assert told(response) == ["“Full” is restored."]
    assert Milestone.objects.get(pk=milestone.pk).text == "Moved there"
    assert [row.text for row in model.milestones.all()] == ["First of its kind"]


def test_part_without_a_record_at_that_time_stays(client, editor):
    model, begun = full_model()
    loaded = make.make_milestone(model=model, text="Loaded, not written")
    loaded.history.all().delete()
    edit(model, summary="New words.")
    edit(loaded, note="x", order=3)

    restore(client, model, begun)

    assert {row.text for row in model.milestones.all()} == {"First of its kind", "Loaded, not written"}


def test_nothing_is_written_by_looking(client, editor):
    term = make.make_term(definition="Old.")
    begun, now = term.history.latest().history_date, edit(term, definition="New.")
    key = f"{begun:%Y%m%dT%H%M%S%f}"

    page = client.get(page_of(term, "restore", key), {"reason": "x", "opened": "x"})

    assert "<del>New.</del> <ins>Old.</ins>" in page.text
    assert Term.objects.get().definition == "New."
    assert str(Change.objects.get().pk) == now


def test_state_that_stands_is_not_restored_again(client, editor):
    term = make.make_term()
    key = edit(term, definition="New.")

    page = client.get(page_of(term, "restore", key)).text
    client.post(page_of(term, "restore", key), {"opened": "x"})

    assert "Nothing would change" in page
    assert Change.objects.count() == 1


@pytest.mark.parametrize("opened", [None, "", "banana", "\0", "0 "])
def test_form_that_is_tampered_with_restores_nothing(client, editor, opened):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")

    page = restore(client, term, begun, opened=opened)

    assert "Nothing was written." in page.text
    assert Term.objects.get().definition == "New."


def test_form_opened_before_somebody_else_saved_restores_nothing_and_keeps_the_reason(client, editor):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")
    sent = typed(client.get(page_of(term, "restore", begun))) | {"reason": "Typed"}
    edit(term, "Meanwhile", make.make_editor(username="eve"), definition="Newer.")

    page = client.post(page_of(term, "restore", begun), sent)

    assert (page.status_code, Term.objects.get().definition) == (200, "Newer.")
    assert "eve saved" in page.text
    assert ">Typed</textarea>" in page.text


def test_reason_with_null_characters_and_of_any_length_is_kept_as_far_as_it_goes(client, editor):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")

    restore(client, term, begun, reason="a\0b" * 9999)

    assert Term.objects.get().definition == "Old."
    assert Change.objects.latest("at").reason == ("ab" * 500)


def test_source_that_is_gone_is_named_and_nothing_written(client, editor):
    model, begun = full_model(summary="Old words.")
    source = model.citations.get().source
    with change("Gone"):
        model.citations.all().delete()
        source.delete()
    edit(model, summary="New words.")

    page = restore(client, model, begun)

    assert "It refers to the source “Paper”, which is gone." in page.text
    model.refresh_from_db()
    assert model.summary == "New words."
    assert not Change.objects.filter(act=Act.RESTORED).exists()


def test_rule_that_would_be_broken_is_told_and_nothing_written(client, editor):
    model, begun = full_model(parameters_total=671 * 10**9, status=Status.DRAFT)
    with change("No source"):
        model.citations.all().delete()
        model.parameters_total = None
        model.save()
    without = edit(model, parameters_total=10**9, summary="Uncited.")
    with change("Published"):
        model.parameters_total, model.status = None, Status.PUBLISHED
        model.save()

    page = restore(client, model, without)

    assert "Nothing was written." in page.text
    assert "Parameters" in page.text
    assert AIModel.objects.get().parameters_total is None
    restore(client, model, begun)
    assert AIModel.objects.get().parameters_total == 671 * 10**9


@pytest.mark.parametrize("factory", [make.make_modality, make.make_organization])
def test_restoring_needs_its_permission_and_that_of_the_kind(client, factory):
    row = factory(name="Old")
    kind = row._meta.model_name
    begun = edit(row, name="Old")
    edit(row, name="New")
    key = page_of(row, "restore", begun)

    somebody(client, f"view_{kind}", f"change_{kind}", "edit_others")
    assert (client.get(key).status_code, client.post(key).status_code) == (403, 403)
    assert key not in client.get(page_of(row, "history")).text
    somebody(client, f"view_{kind}", RESTORE)
    assert (client.get(key).status_code, client.post(key).status_code) == (403, 403)
    somebody(client, f"view_{kind}", f"change_{kind}", "edit_others", "publish_alone", RESTORE)
    assert key in client.get(page_of(row, "history")).text
    restore(client, row, begun)

    row.refresh_from_db()
    assert row.name == "Old"


def test_published_entry_of_whoever_may_not_publish_alone_waits_for_a_reviewer(client):
    model, begun = full_model(summary="Old words.")
    edit(model, summary="New words.")
    user = somebody(client, "view_aimodel", "change_aimodel", "edit_others", "view_proposal", RESTORE)

    response = restore(client, model, begun, reason="Better before")

    proposal = Proposal.objects.get()
    assert "waits for a reviewer" in told(response)[0]
    assert AIModel.objects.get().summary == "New words."
    assert (proposal.kind, proposal.slug, proposal.reason, proposal.created_by) == (
        "catalog.aimodel",
        "full",
        "Better before",
        user,
    )
    was, wanted = proposal.original[0]["fields"], proposal.document[0]["fields"]
    assert {name for name in was if was[name] != wanted[name]} == {"summary"}
    assert not Change.objects.filter(act=Act.RESTORED).exists()
