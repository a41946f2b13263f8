"""Proposals made, decided, sent back and withdrawn."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Derivation
from core.documents import document
from editorial.models import Proposal
from editorial.proposals import (
    accept,
    decide,
    resubmit,
    send_back,
    withdraw,
)
from editorial.prospects import digest, prospects
from glossary.models import Term
from tests import factories as make
from tests.editorial.proposed import MODEL, edited, proposals, record

pytestmark = pytest.mark.django_db


def test_one_proposal_for_each_entry_that_would_change_and_nothing_else():
    make.make_term(slug="same", name="Same"), make.make_model(slug="old")

    made = proposals(
        MODEL,
        record("catalog.milestone", model=["v3"], text="Won"),
        record("catalog.milestone", model=["old"], text="Won"),
        record("glossary.term", slug="same", name="Same"),
    )

    assert [(one.kind, one.slug, len(one.document)) for one in made] == [
        ("catalog.aimodel", "v3", 2),
        ("catalog.aimodel", "old", 2),
    ]
    assert AIModel.objects.filter(slug="v3").count() == 0


def test_the_same_is_not_proposed_twice():
    assert len(proposals(MODEL)) == 1
    assert proposals(MODEL) == []
    assert Proposal.objects.count() == 1


def test_accepting_writes_all_together_once():
    editor = make.make_editor()
    made = proposals(MODEL, record("catalog.aimodel", slug="v4", name="V4", predecessor=["v3"]))

    assert accept(made, editor).problems == []

    past = AIModel.objects.get(slug="v4").history.get()
    assert (past.history_change_reason, past.history_user) == ("Proposal: Why", editor)
    assert AIModel.objects.get(slug="v4").predecessor.slug == "v3"
    assert set(Proposal.objects.values_list("status", "decided_by")) == {("accepted", editor.pk)}
    assert len(accept(made, editor).problems) == 2


def test_declining_marks_those_that_wait():
    editor = make.make_editor()
    made = proposals(MODEL)

    assert [decide(made, "declined", editor), decide(made, "accepted", editor)] == [1, 0]
    assert Proposal.objects.get().status == "declined"
    assert AIModel.objects.count() == 0


def test_waiting_derivation_finds_its_parent_when_a_proposal_is_accepted():
    make.make_derivation(parent_name="V3")
    made = proposals(MODEL)
    assert len(made) == 1

    accept(made, make.make_editor())

    assert Derivation.objects.get().parent.slug == "v3"


def test_proposal_holds_the_entry_whole_and_as_it_stood():
    model = make.make_model(slug="v3", name="V3", tags=["moe"])
    make.make_milestone(model=model, text="Won")

    (made,) = proposals(record("catalog.aimodel", slug="v3", summary="New."))

    assert made.original == document(model)
    assert [one["model"] for one in made.document] == ["catalog.aimodel", "catalog.milestone"]
    assert made.document[0]["fields"] == made.original[0]["fields"] | {"summary": "New."}
    assert made.base == digest(AIModel, "v3")


def test_proposal_of_a_new_entry_has_no_original():
    (made,) = proposals(MODEL)

    assert (made.original, made.base) == ([], "")


def test_edit_that_changes_nothing_is_no_proposal():
    term = make.make_term()

    assert edited(term, updated_at="2030-01-01T00:00:00Z") is None
    assert Proposal.objects.count() == 0


def test_edit_that_waits_already_is_not_proposed_again():
    term = make.make_term()
    assert edited(term, definition="New.")

    assert edited(term, definition="New.") is None
    Term.objects.update(abbreviation="Meanwhile")
    # The same change, though of another version.
    assert edited(term, definition="New.") is None
    assert edited(term, definition="Newer.")


def test_sent_back_proposal_waits_again_when_it_is_handed_in_anew():
    author, reviewer = make.make_editor(), make.make_editor()
    term = make.make_term(definition="Old.")
    made = edited(term, definition="New.", user=author)
    with pytest.raises(ValueError, match="Say what"):
        send_back([made], reviewer, " ")

    assert send_back([made], reviewer, "Cite it.") == 1
    made.refresh_from_db()
    assert (made.status, made.answer, made.decided_by) == ("returned", "Cite it.", reviewer)
    assert [str(one) for one in accept([made], reviewer).problems] == [f"{made}: it is sent back already."]

    better = document(term)
    better[0]["fields"]["definition"] = "Newer."
    assert resubmit(made, better, document(term), "Cited")
    made.refresh_from_db()
    assert (made.status, made.reason, made.answer, made.decided_at) == ("waiting", "Cited", "Cite it.", None)
    assert accept([made], reviewer).problems == []
    assert Term.objects.get().definition == "Newer."
    assert not resubmit(made, better, document(term), "Too late")


def test_what_was_handed_in_anew_is_not_accepted_unseen():
    term = make.make_term()
    made = edited(term, definition="Harmless.")
    seen = Proposal.objects.get()
    resubmit(made, edited(term, definition="Other.").document, document(term), "Anew")

    (problem,) = accept([seen], make.make_editor()).problems

    assert "handed in anew" in str(problem)
    assert Term.objects.get().definition == "What the word means."


def test_long_reason_is_cut():
    assert len(edited(make.make_term(), definition="New.", reason="r" * 600).reason) == 500


def test_only_its_author_withdraws_it_and_only_while_it_is_open():
    author, other = make.make_editor(), make.make_editor()
    made = edited(make.make_term(), definition="New.", user=author)

    assert not withdraw(made, other)
    send_back([made], other, "Why?")
    assert withdraw(made, author)
    assert not withdraw(made, author)

    made.refresh_from_db()
    assert (made.status, made.decided_by) == ("declined", author)


def test_proposals_are_laid_in_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    def make_one(number):
        model = make.make_model(tags=["moe"], organizations=[make.make_organization()])
        make.make_milestone(model=model)
        return edited(model, summary=f"New {number}.")

    made = [make_one(1)]
    with CaptureQueriesContext(connection) as queries:
        prospects(made)
    made += [make_one(2), make_one(3)]

    with django_assert_num_queries(len(queries)):
        assert len(prospects(made)) == 3
