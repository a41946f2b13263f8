import datetime

import pytest
from django.utils import timezone

from core.models import Status
from editorial.models import Act, Change, ChangedEntry, Proposal
from glossary.models import Term
from tests.catalog.checks.checking import finished_model
from tests.editorial.desk import begin, client_of, form, member, refusals, take
from tests.factories import make_citation, make_editor, make_model, make_term
from tests.forms import send, typed

pytestmark = pytest.mark.django_db

WRITE = ("glossary.view_term", "glossary.add_term", "glossary.change_term")
SUBMIT, REVIEW, ALONE = "editorial.submit_entry", "editorial.review_entry", "editorial.publish_alone"
ARCHIVE, OTHERS = "editorial.archive_entry", "editorial.edit_others"


def last(entry) -> Change:
    return ChangedEntry.objects.last_of(entry).change


def begun_by(client, **values) -> Term:
    """A draft of the client's user, who may begin none perhaps."""
    term = begin(client_of(make_editor()), **values)
    Change.objects.filter(entries__row=term.pk).update(author=client.user)
    return term


# Writing: without the permission, with it, with it on what somebody else began.


def test_writing_needs_the_permission_and_somebody_elses_draft_another():
    stranger, contributor, editor = member("", "glossary.view_term"), member("", *WRITE), member("", *WRITE, OTHERS)
    own, others, strangers = begin(contributor), begin(editor), begun_by(stranger)

    answers = {
        "without": send(stranger, form(strangers), definition="New.").status_code,
        "with": send(contributor, form(own), definition="New.").status_code,
        "with, somebody else's": send(contributor, form(others), definition="New.").status_code,
        "with both, somebody else's": send(editor, form(own), summary="Newer.").status_code,
    }

    assert answers == {
        "without": 403,
        "with": 302,
        "with, somebody else's": 403,
        "with both, somebody else's": 302,
    }
    assert {*Term.objects.filter(definition="New.")} == {own}


def test_contributor_reads_what_others_write_and_finds_no_button():
    contributor, term = member("Contributor"), make_term(status="draft")

    page = contributor.get(form(term)).text

    assert term.name in page
    assert 'type="submit" name="_s' not in page


@pytest.mark.parametrize(
    ("step", "permission", "before", "after", "act"),
    [
        ("submit", SUBMIT, "draft", "in_review", "submitted"),
        ("withdraw", SUBMIT, "in_review", "draft", "withdrawn"),
        ("send_back", REVIEW, "in_review", "draft", "sent_back"),
        ("publish", REVIEW, "in_review", "published", "published"),
        ("publish_alone", ALONE, "draft", "published", "published"),
        ("publish_alone", ALONE, "in_review", "published", "published"),
        ("archive", ARCHIVE, "published", "archived", "archived"),
        ("reopen", ARCHIVE, "archived", "draft", "reopened"),
    ],
)
def test_step_is_open_with_its_permission_alone_and_logged(step, permission, before, after, act):
    without, having = member("", *WRITE, OTHERS), member("", *WRITE, OTHERS, permission)
    term = make_term(status=before)

    refused = take(without, step, term, reason="Because.")
    assert Term.objects.get().status == before
    assert "is not open to you" in refusals(refused)[0]
    assert not Change.objects.exists()
    taken = take(having, step, term, reason="Because.")

    assert taken.status_code == 302
    assert Term.objects.get().status == after
    assert (last(term).author, last(term).reason) == (having.user, "Because.")
    assert last(term).act == act


@pytest.mark.parametrize("step", ["submit", "withdraw"])
def test_step_of_the_writer_is_closed_on_what_somebody_else_began(step):
    contributor, other = member("", *WRITE, SUBMIT), member("", *WRITE, SUBMIT)
    own, others = begin(contributor), begin(other)
    if step == "withdraw":
        take(contributor, "submit", own), take(other, "submit", others)

    answers = [take(contributor, step, term).status_code for term in (own, others)]

    assert answers == [302, 403]


def test_reviewer_publishes_what_others_wrote_and_nothing_of_their_own():
    contributor, reviewer, second = member("Contributor"), member("Reviewer"), member("Reviewer")
    theirs, own = begin(contributor), begin(reviewer)
    take(contributor, "submit", theirs), take(reviewer, "submit", own)

    published = take(reviewer, "publish", theirs)
    refused = take(reviewer, "publish", own)

    assert published.status_code == 302
    assert Term.objects.get(pk=theirs.pk).is_public
    assert refusals(refused) == ["You wrote in this entry yourself: somebody else has to publish it."]
    assert "_step_publish" not in reviewer.get(form(own)).text
    assert take(second, "publish", own).status_code == 302
    assert not Change.objects.filter(alone=True).exists()


def test_reviewer_who_wrote_in_somebody_elses_draft_has_made_it_their_own():
    contributor, reviewer = member("Contributor"), member("Reviewer")
    term = begin(contributor)
    take(contributor, "submit", term)
    send(reviewer, form(term), definition="Put better.")

    response = take(reviewer, "publish", term)

    assert refusals(response) == ["You wrote in this entry yourself: somebody else has to publish it."]


def test_reviewer_cannot_write_and_publish_at_one_stroke():
    contributor, reviewer = member("Contributor"), member("Reviewer")
    term = begin(contributor)
    take(contributor, "submit", term)

    response = take(reviewer, "publish", term, definition="Smuggled in.")

    assert "You changed the entry in this form" in refusals(response)[0]
    assert "Smuggled in." in response.text
    assert Term.objects.get().status == Status.IN_REVIEW
    assert Term.objects.get().definition == "A word."


def test_what_was_read_once_is_nobodys_own_any_more():
    first, second = member("Reviewer"), member("Reviewer")
    term = begin(first)
    take(first, "submit", term), take(second, "publish", term)
    take(second, "archive", term, reason="Out of date."), take(second, "reopen", term), take(second, "submit", term)

    assert take(first, "publish", term).status_code == 302


def test_sending_back_and_archiving_want_a_reason_and_keep_what_was_typed():
    reviewer = member("Reviewer")
    waiting, public = make_term(status="in_review"), make_term()

    back, archived = take(reviewer, "send_back", waiting), take(reviewer, "archive", public, reason="  ")

    assert refusals(back) == ["“Send back” wants a reason: say below what is to be done, or why."]
    assert refusals(archived) == ["“Archive” wants a reason: say below what is to be done, or why."]
    assert set(Term.objects.values_list("status", flat=True)) == {"in_review", "published"}


def test_administrator_publishes_alone_and_history_says_so():
    administrator = member("Administrator")
    term = begin(administrator)

    response = take(administrator, "publish_alone", term)

    assert response.status_code == 302
    assert Term.objects.get().is_public
    assert (last(term).act, last(term).alone) == (Act.PUBLISHED, True)
    assert "without a second reader" in administrator.get(form(term)).text


def test_administrator_who_publishes_what_another_wrote_is_not_alone():
    contributor, administrator = member("Contributor"), member("Administrator")
    term = begin(contributor)
    take(contributor, "submit", term)
    assert "_step_publish_alone" not in administrator.get(form(term)).text

    take(administrator, "publish", term)

    assert last(term).alone is False


def test_status_is_nothing_that_a_form_may_say():
    editor = member("Editor")
    term = begin(editor)

    send(editor, form(term), status="published", publish_at_0="2020-01-01", publish_at_1="00:00")

    assert (Term.objects.get().status, Term.objects.get().publish_at) == (Status.DRAFT, None)


def test_publication_at_a_time_needs_nobody_to_be_there():
    contributor, reviewer = member("Contributor"), member("Reviewer")
    term = begin(contributor)
    take(contributor, "submit", term)
    soon = timezone.now() + datetime.timedelta(days=1)

    response = take(reviewer, "publish", term, publish_at_0=f"{soon:%Y-%m-%d}", publish_at_1=f"{soon:%H:%M:%S}")

    assert response.status_code == 302
    assert contributor.get(term.get_absolute_url()).status_code == 404
    Term.objects.update(publish_at=timezone.now())
    assert contributor.get(term.get_absolute_url()).status_code == 200


def test_rule_of_the_collection_blocks_publishing_and_nothing_is_half_done():
    reviewer = member("Reviewer")
    model = finished_model()
    model.status, model.parameters_total = Status.IN_REVIEW, 671_000_000_000
    model.save()

    response = take(reviewer, "publish", model)

    assert "a published model needs a citation" in response.text
    model.refresh_from_db()
    assert model.status == Status.IN_REVIEW
    make_citation(model=model)
    assert take(reviewer, "publish", model).status_code == 302


# What is published


def test_edit_of_a_published_entry_waits_and_the_page_stays_as_it_was():
    editor, term = member("Editor"), make_term(definition="As it was.", aliases="one")

    response = send(editor, form(term), definition="As it should be.", reason="Clearer")

    proposal = Proposal.objects.get()
    assert response.url == f"/admin/editorial/proposal/{proposal.pk}/change/"
    assert (proposal.created_by, proposal.reason, proposal.slug) == (editor.user, "Clearer", term.slug)
    assert proposal.document[0]["fields"]["definition"] == "As it should be."
    assert proposal.original[0]["fields"]["definition"] == "As it was."
    page = editor.get(term.get_absolute_url()).text
    assert ("As it was." in page, "As it should be." in page) == (True, False)
    assert not Change.objects.exists()
    assert not term.history.filter(definition="As it should be.").exists()
    assert "waits for a reviewer" in editor.get(form(term)).text


def test_edit_of_a_published_entry_holds_its_parts_and_tags():
    editor, model = member("Editor"), make_model(tags=["old"])
    url = form(model)
    added = {"milestones-TOTAL_FORMS": 1, "milestones-0-text": "Announced", "milestones-0-order": 1}

    send(editor, url, **added, tags="new, newer")

    records = Proposal.objects.get().document
    assert [record["fields"]["text"] for record in records if record["model"] == "catalog.milestone"] == ["Announced"]
    assert records[0]["fields"]["tags"] == ["new", "newer"]
    assert (model.milestones.count(), [*model.tags.names()]) == (0, ["old"])


def test_edit_that_changes_nothing_makes_no_proposal():
    editor, term = member("Editor"), make_term()

    send(editor, form(term))

    assert not Proposal.objects.exists()


def test_edit_that_breaks_a_rule_is_refused_beside_its_field_and_makes_no_proposal():
    editor, term = member("Editor"), make_term()

    response = send(editor, form(term), definition="")

    assert response.context["adminform"].form.errors["definition"] == ["This field is required."]
    assert not Proposal.objects.exists()


def test_new_address_of_a_published_entry_waits_as_everything_else_does():
    editor, term = member("Editor"), make_term(slug="one")

    send(editor, form(term), slug="another")

    assert Proposal.objects.get().document[0]["fields"]["slug"] == "another"
    assert editor.get("/glossary/one/").status_code == 200
    assert editor.get("/glossary/another/").status_code == 404


def test_contributor_does_not_touch_what_is_published():
    contributor = member("Contributor")
    term = begin(contributor)
    Term.objects.update(status=Status.PUBLISHED)

    assert send(contributor, form(term), definition="New.").status_code == 403
    assert not Proposal.objects.exists()


def test_administrator_saves_what_is_published_at_once_or_proposes_it():
    administrator, term = member("Administrator"), make_term(definition="Old.")

    send(administrator, form(term), definition="New.")
    assert (Term.objects.get().definition, last(term).alone) == ("New.", True)
    send(administrator, form(term), _propose="on", definition="Newer.")

    assert Term.objects.get().definition == "New."
    assert Proposal.objects.get().document[0]["fields"]["definition"] == "Newer."


# Forms that were opened before somebody else saved


def test_form_opened_before_anothers_save_is_refused_and_keeps_what_was_typed():
    one, other = member("Editor"), member("Editor")
    term = begin(one)
    opened = typed(other.get(form(term)))
    send(one, form(term), definition="By one.", reason="First")

    response = other.post(form(term), opened | {"definition": "By the other."})

    message = refusals(response)[0]
    assert message.startswith(f"{one.user} saved “{term}” on")
    assert "with the reason “First”" in message
    assert "By the other." in response.text
    assert Term.objects.get().definition == "By one."


def test_refused_form_is_refused_again_until_its_editor_has_looked():
    one, other = member("Editor"), member("Editor")
    term = begin(one)
    opened = typed(other.get(form(term)))
    send(one, form(term), definition="By one.")
    refused = other.post(form(term), opened | {"definition": "By the other."})
    again = typed(refused)
    seen = refused.context["newest"]
    assert other.post(form(term), again).status_code == 200
    send(one, form(term), definition="By one again.")
    assert other.post(form(term), again | {"seen": seen}).status_code == 200, "what came later was not looked at"

    latest = other.post(form(term), again).context["newest"]
    saved = other.post(form(term), again | {"seen": latest})

    assert saved.status_code == 302
    assert Term.objects.get().definition == "By the other."
    assert term.history.filter(definition="By one again.").exists()


def test_part_that_another_added_makes_a_form_stale():
    one, other = member("Editor"), member("Editor")
    model = make_model(status="draft")
    opened = typed(other.get(form(model)))
    added = {"milestones-TOTAL_FORMS": 1, "milestones-0-text": "Announced", "milestones-0-order": 1}
    assert send(one, form(model), **added).status_code == 302

    response = other.post(form(model), opened)

    assert "Nothing of yours was saved yet" in refusals(response)[0]


@pytest.mark.parametrize("opened", [None, "", "banana", "0 \0", "9" * 400])
def test_form_with_a_tampered_version_is_refused(opened):
    editor = member("Editor")
    term = begin(editor)

    response = send(editor, form(term), opened=opened, definition="New.")

    assert "so nothing was saved" in refusals(response)[0] or "Nothing of yours was saved" in refusals(response)[0]
    assert Term.objects.get().definition == "A word."


def test_new_entry_is_a_draft_whoever_writes_it():
    for role in ("Contributor", "Editor", "Reviewer", "Administrator"):
        term = begin(member(role))
        assert (term.status, last(term).act) == (Status.DRAFT, Act.EDITED)


def test_entry_may_be_begun_and_submitted_at_one_stroke():
    contributor = member("Contributor")

    term = begin(contributor, _step_submit="on", reason="New to the field")

    assert term.status == Status.IN_REVIEW
    assert (last(term).act, last(term).reason) == (Act.SUBMITTED, "New to the field")
