"""What is in each queue of upkeep but that of offers, and what its decisions do."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Status
from editorial.models import ChangedEntry, Proposal
from tests.catalog.checks.checking import finished_model
from tests.editorial.desk import form, member
from tests.editorial.upkeeping import address, decide, shown, titles, told
from tests.factories import make_citation, make_derivation, make_model, make_organization, make_paper, make_term

pytestmark = pytest.mark.django_db


def test_unresolved_parent_is_linked_to_the_entry_of_nearly_its_name():
    administrator, parent = member("Administrator"), make_model(name="Llama-3 8B Instruct")
    edge = make_derivation(parent_name="Llama 3 8B Instruct")

    item = shown(administrator, "parents")
    assert (item.facts["meant"], item.ready) == ([parent], True)
    decide(administrator, "parents", "link", item)

    edge.refresh_from_db()
    assert edge.parent == parent
    assert ChangedEntry.objects.last_of(edge.child).change.reason == "“Llama 3 8B Instruct” linked to its entry"


def test_unresolved_parent_without_an_entry_can_only_be_dismissed():
    administrator = member("Administrator")
    edge = make_derivation(parent_name="Nobody & Sons")

    page = administrator.get(address("parents"))
    assert f"{reverse('admin:catalog_aimodel_add')}?name=Nobody%20%26%20Sons" in page.text
    assert "No such decision" in told(decide(administrator, "parents", "link"))[0]
    decide(administrator, "parents", "dismiss")

    assert shown(administrator, "parents") is None
    make_model(name="Nobody & Sons")
    edge.parent_name = "Nobody and Sons"
    edge.save()
    assert shown(administrator, "parents").title.startswith("“Nobody and Sons”")


def test_parent_that_closes_a_circle_is_refused():
    administrator = member("Administrator")
    child, parent = make_model(name="Child"), make_model(name="Parent")
    make_derivation(child=parent, parent=child)
    make_derivation(child=child, parent_name="parent")

    refused = told(decide(administrator, "parents", "link"))

    assert refused == ["“parent”, parent of Child: nothing was done. This closes a circle: Child ← Parent ← Child."]


@pytest.mark.parametrize(
    ("make", "one", "other"),
    [
        (make_model, {"name": "GPT-4"}, {"name": "GPT 4"}),
        (make_model, {"name": "A", "aliases": "x\nClaude 3.5 Sonnet"}, {"name": "Claude Sonnet 3.5"}),
        (make_organization, {"name": "DeepSeek AI"}, {"name": "Deep Think", "aliases": "Deepseek-AI"}),
        (make_paper, {"name": "Attention is all you need"}, {"name": "Attention Is All You Need."}),
        (make_term, {"name": "Self-attention"}, {"name": "Attention (self)"}),
    ],
)
def test_names_nearly_the_same_are_told_to_be_two(make, one, other):
    editor = member("Editor")
    one, other = make(**one, slug="one"), make(**other, slug="other")

    page = editor.get(address("names"))
    assert page.context["item"].title == f"{one} and {other}"
    assert f'href="{form(one)}"' in page.text
    assert f'href="{form(other)}"' in page.text
    decide(editor, "names", "dismiss")

    assert shown(editor, "names") is None
    other.name = f"{other.name}!"
    other.save()
    assert shown(editor, "names") is not None


def test_uncited_figures_are_those_that_keep_a_draft_from_being_published():
    editor = member("Editor")
    draft = make_model(status="draft", parameters_total=7, licence="MIT")
    make_model(status="draft")
    make_citation(model=draft, field="licence", stated="MIT", value="MIT", shown=True)

    item = shown(editor, "uncited")

    assert (item.entry, item.facts["texts"]) == (draft, ["Parameters: 7"])
    assert len(titles(editor, "uncited")) == 1
    make_citation(model=draft, stated="7", value="7")
    assert shown(editor, "uncited") is None


def test_model_not_checked_for_a_year_is_checked_by_a_key():
    administrator, editor = member("Administrator"), member("Editor")
    today = timezone.localdate()
    old = make_model(name="Old", checked_on=today - datetime.timedelta(days=366))
    make_model(name="Fresh", checked_on=today - datetime.timedelta(days=364))
    never = make_model(name="Never")
    make_model(name="Draft", status=Status.DRAFT)

    assert titles(editor, "stale") == ["Never", "Old"]
    assert 'data-key="c"' in administrator.get(address("stale")).text
    decide(administrator, "stale", "check")
    decide(editor, "stale", "check")

    never.refresh_from_db()
    old.refresh_from_db()
    assert never.checked_on == today
    assert old.checked_on != today
    assert Proposal.objects.get().slug == old.slug
    assert titles(editor, "stale") == []


def test_what_is_not_checked_cannot_be_dismissed():
    administrator = member("Administrator")
    make_model()

    assert "No such decision" in told(decide(administrator, "stale", "dismiss"))[0]
    assert 'value="dismiss"' not in administrator.get(address("stale")).text


def test_claim_past_its_date_is_listed_until_it_is_mended_or_dismissed():
    editor = member("Editor")
    model = make_model(summary="It is currently the largest. In 2024 it was the best.")
    make_organization(name="Maker", summary="The latest model is theirs.")

    assert titles(editor, "claims") == [model.name, "Maker"]
    assert shown(editor, "claims").facts["texts"] == ["It is currently the largest."]
    decide(editor, "claims", "dismiss")

    assert titles(editor, "claims") == ["Maker"]
    model.summary = "It is currently the smallest."
    model.save()
    assert titles(editor, "claims") == [model.name, "Maker"]


def test_soft_rules_are_listed_and_stand_against_nothing():
    editor, model = member("Editor"), finished_model()
    assert shown(editor, "soft") is None
    model.innovations.all().delete()

    item = shown(editor, "soft")

    assert (item.title, item.facts["texts"]) == ("Lion 2", ["It has no innovation."])
    decide(editor, "soft", "dismiss")
    assert shown(editor, "soft") is None
    model.model_papers.all().delete()
    assert shown(editor, "soft").facts["texts"] == ["It has no innovation and no paper."]
