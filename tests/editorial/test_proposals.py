import json

import pytest

from catalog.models import AIModel, Derivation
from editorial.models import Proposal
from editorial.proposals import accept, decide, is_stale, propose
from editorial.record_import import RecordImport
from glossary.models import Term
from tests import factories as make

pytestmark = pytest.mark.django_db


def proposals(*records, reason="Why"):
    batch = RecordImport()
    batch.read("f.json", json.dumps(records))
    batch.plan()
    batch.write(reason, dry_run=True)
    assert batch.problems == []
    return propose(batch, reason)


def record(model, /, **fields):
    return {"model": model, "fields": fields}


MODEL = record("catalog.aimodel", slug="v3", name="V3", training_compute=3.29e24)


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
        ("catalog.aimodel", "old", 1),
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


def test_stale_proposal_is_refused_and_still_waits():
    term = make.make_term(slug="a", name="Old")
    (made,) = proposals(record("glossary.term", slug="a", name="New"))
    assert not is_stale(made)
    Term.objects.update(definition="Edited meanwhile.")

    (problem,) = accept([made], make.make_editor()).problems

    assert "has changed since this was proposed" in str(problem)
    term.refresh_from_db(), made.refresh_from_db()
    assert (term.name, made.status) == ("Old", "waiting")


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
