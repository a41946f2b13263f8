"""A proposal laid upon the entry as it is now, accepted or only looked at."""

import pytest
from django.db import transaction

from catalog.models import AIModel, Milestone
from core.documents import document
from editorial.models import Act, Change, Proposal, Redirect
from editorial.proposals import (
    Unwritable,
    accept,
    applied,
    propose_document,
)
from editorial.prospects import digest, prospects
from editorial.rebasing import Choice
from editorial.redirects import lead_on
from glossary.models import Term
from tests import factories as make
from tests.editorial.proposed import MODEL, edited, proposals, record

pytestmark = pytest.mark.django_db


def test_accepted_edit_is_one_change_with_parts_and_tags_and_leaves_no_row_behind():
    author, reviewer = make.make_editor(), make.make_editor()
    model = make.make_model(slug="v3", name="V3", tags=["moe", "fp8"])
    make.make_milestone(model=model, text="Gone")
    made = edited(model, without=["catalog.milestone"], summary="New.", tags=["moe"], user=author)

    assert accept([made], reviewer).problems == []

    model = AIModel.objects.get()
    assert (model.summary, list(model.tags.names()), Milestone.objects.count()) == ("New.", ["moe"], 0)
    logged = Change.objects.get()
    assert (logged.act, logged.author, logged.alone, logged.reason) == (
        Act.ACCEPTED,
        reviewer,
        False,
        "Proposal: Read it again",
    )
    assert [entry.slug for entry in logged.entries.filter(kind="catalog.aimodel")] == ["v3"]
    assert model.updated_at > made.created_at


def test_accepting_what_only_touches_a_part_moves_the_time_of_the_entry():
    model = make.make_model(slug="v3")
    make.make_milestone(model=model)
    made = edited(model, without=["catalog.milestone"])

    accept([made], make.make_editor())

    assert AIModel.objects.get().updated_at > model.updated_at


def test_base_that_has_moved_elsewhere_is_merged():
    term = make.make_term(slug="a", name="Old")
    (made,) = proposals(record("glossary.term", slug="a", name="New"))
    Term.objects.update(definition="Edited meanwhile.")

    assert accept([made], make.make_editor()).problems == []

    term.refresh_from_db(), made.refresh_from_db()
    assert (term.name, term.definition, made.status) == ("New", "Edited meanwhile.", "accepted")


@pytest.mark.parametrize(("choice", "name"), [(Choice.NOW, "Meanwhile"), (Choice.PROPOSED, "New")])
def test_conflict_blocks_until_it_is_decided(choice, name):
    term = make.make_term(slug="a", name="Old")
    (made,) = proposals(record("glossary.term", slug="a", name="New", definition="Both."))
    Term.objects.update(name="Meanwhile")

    (problem,) = accept([made], make.make_editor()).problems
    term.refresh_from_db(), made.refresh_from_db()
    assert "Choose what is to stand" in str(problem)
    assert (term.name, term.definition, made.status) == ("Meanwhile", "What the word means.", "waiting")

    (conflict,) = prospects([made])[0].conflicts
    assert accept([made], make.make_editor(), chosen={conflict.id: choice}).problems == []
    term.refresh_from_db()
    assert (term.name, term.definition) == (name, "Both.")


def test_publication_and_address_stay_as_they_are_now():
    term = make.make_term(slug="a", status="draft")
    made = edited(term, definition="New.")
    Term.objects.update(status="published", publish_at="2030-01-01T00:00:00Z")

    accept([made], make.make_editor())

    term.refresh_from_db()
    assert (term.slug, term.status, term.publish_at.year, term.definition) == ("a", "published", 2030, "New.")


def test_new_address_is_the_same_entry_with_its_parts():
    model = make.make_model(slug="old", name="V3")
    milestone = make.make_milestone(model=model, text="Won")
    made = edited(model, slug="new")

    assert accept([made], make.make_editor()).problems == []

    assert AIModel.objects.get().pk == model.pk
    assert AIModel.objects.get().slug == "new"
    assert Milestone.objects.get().pk == milestone.pk
    assert Change.objects.count() == 1
    assert Redirect.objects.to(model).get().slug == "old"


def test_new_address_that_is_taken_is_told_and_nothing_is_written():
    make.make_model(slug="taken")
    made = edited(make.make_model(slug="old"), slug="taken", summary="New.")

    (problem,) = accept([made], make.make_editor()).problems

    assert "another entry has the new address" in str(problem)
    assert set(AIModel.objects.values_list("slug", "summary")) == {("taken", ""), ("old", "")}
    assert Proposal.objects.get().status == "waiting"
    assert Change.objects.count() == 0


def test_address_that_leads_to_another_entry_is_not_taken_from_it():
    other = make.make_model(slug="new")
    lead_on(other, "once")
    made = edited(make.make_model(slug="old"), slug="once")

    (problem,) = accept([made], make.make_editor()).problems

    assert "or had it once" in str(problem)
    assert set(AIModel.objects.values_list("slug", flat=True)) == {"new", "old"}


def test_entry_that_is_gone_takes_no_proposal():
    term = make.make_term()
    made = edited(term, definition="New.")
    term.delete()

    (problem,) = accept([made], make.make_editor()).problems

    assert "was deleted" in str(problem)
    assert Term.objects.count() == 0


def test_two_proposals_on_one_entry_are_accepted_together():
    term = make.make_term(slug="a")
    both = [edited(term, definition="New."), edited(term, abbreviation="AN")]

    assert accept(both, make.make_editor()).problems == []

    term.refresh_from_db()
    assert (term.definition, term.abbreviation) == ("New.", "AN")


def test_all_or_none_are_accepted():
    good, gone = make.make_term(), make.make_term()
    both = [edited(good, definition="New."), edited(gone, definition="New.")]
    gone.delete()

    assert len(accept(both, make.make_editor()).problems) == 1

    good.refresh_from_db()
    assert good.definition == "What the word means."
    assert set(Proposal.objects.values_list("status", flat=True)) == {"waiting"}


def test_entries_of_two_kinds_with_the_same_address_are_kept_apart():
    both = [
        edited(make.make_term(slug="x"), definition="A word."),
        edited(make.make_model(slug="x"), summary="A model."),
    ]

    assert accept(both, make.make_editor()).problems == []

    assert (Term.objects.get().definition, AIModel.objects.get().summary) == ("A word.", "A model.")


@pytest.mark.parametrize("moved", [False, True])
def test_old_proposal_without_its_original_deletes_nothing(moved):
    model = make.make_model(slug="v3", summary="Old.", tags=["moe"])
    make.make_milestone(model=model)
    partial = [record("catalog.aimodel", slug="v3", summary="New.", tags=["fp8"])]
    base = digest(AIModel, "v3")
    made = Proposal.objects.create(kind="catalog.aimodel", slug="v3", title="V3", document=partial, base=base)
    if moved:
        AIModel.objects.update(name="Meanwhile")
    (one,) = prospects([made])
    chosen = {conflict.id: Choice.PROPOSED for conflict in one.conflicts}
    assert [conflict.field for conflict in one.conflicts] == (["summary"] if moved else [])

    assert accept([made], make.make_editor(), chosen=chosen).problems == []

    model = AIModel.objects.get()
    assert (model.summary, Milestone.objects.count()) == ("New.", 1)
    assert sorted(model.tags.names()) == (["fp8", "moe"] if moved else ["fp8"])


def test_rule_that_the_entry_would_break_is_told_and_nothing_is_written():
    model = make.make_model(parameters_total=671 * 10**9)
    make.make_citation(model=model)
    made = edited(model, without=["catalog.citation"], summary="New.")

    (problem,) = accept([made], make.make_editor()).problems

    assert "needs a citation" in str(problem)
    assert AIModel.objects.get().summary == ""
    assert Change.objects.count() == 0


def test_one_who_publishes_alone_is_logged_so():
    author = make.make_editor()
    made = edited(make.make_term(), definition="New.", user=author)

    accept([made], author)

    assert Change.objects.get().alone is True


def test_applied_is_the_entry_as_proposed_until_it_is_rolled_back():
    model = make.make_model(slug="v3", name="V3", summary="Old.")
    milestone = make.make_milestone(model=model, text="Won")
    original = document(model)
    proposed = [{**original[0], "fields": original[0]["fields"] | {"summary": "New.", "tags": ["moe"]}}, original[1]]
    proposed += [record("catalog.milestone", model=["v3"], text=text, order=1) for text in ("B", "A")]
    made = propose_document(AIModel, "v3", "V3", proposed, original, "Why")
    AIModel.objects.update(name="Meanwhile", summary="Meanwhile.")
    seen = []

    for _ in range(2):
        with transaction.atomic():
            entry = applied(made, -100)
            seen.append((entry.name, entry.summary, dict(entry.milestones.values_list("text", "pk"))))
            transaction.set_rollback(True)

    keys = {"Won": milestone.pk, "B": -102, "A": -103}
    assert seen == [("Meanwhile", "New.", keys)] * 2
    assert AIModel.objects.get().summary == "Meanwhile."
    assert (Change.objects.count(), Milestone.objects.count()) == (0, 1)


def test_new_rows_of_an_applied_proposal_keep_their_numbers_when_the_entry_moves():
    model = make.make_model(slug="v3")
    original = document(model)
    added = [record("catalog.milestone", model=["v3"], text=text) for text in ("A", "B")]
    made = propose_document(AIModel, "v3", "V3", original + added, original, "Why")
    make.make_milestone(model=model, text="A")

    with transaction.atomic():
        assert applied(made).milestones.get(text="B").pk == -3
        transaction.set_rollback(True)


def test_new_entry_is_applied_with_a_number_of_its_own():
    (made,) = proposals(MODEL, record("catalog.milestone", model=["v3"], text="Won"))

    with transaction.atomic():
        entry = applied(made, -5)
        assert (entry.pk, entry.milestones.get().pk) == (-5, -6)
        transaction.set_rollback(True)


def test_applying_what_cannot_be_written_says_why():
    gone, model = make.make_term(), make.make_model(parameters_total=10, status="draft")
    without_entry = edited(gone, definition="New.")
    gone.delete()

    with pytest.raises(Unwritable, match="was deleted"):
        applied(without_entry)
    with pytest.raises(Unwritable, match="cannot exceed"):
        applied(edited(model, parameters_active=11))
    assert AIModel.objects.get().parameters_active is None


def test_what_breaks_a_rule_across_rows_can_still_be_looked_at():
    model = make.make_model(parameters_total=671 * 10**9)
    make.make_citation(model=model)
    made = edited(model, without=["catalog.citation"])

    with transaction.atomic():
        assert applied(made).citations.count() == 0
        transaction.set_rollback(True)
