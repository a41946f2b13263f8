"""Queues of upkeep in the admin: what is listed, decided, undone, and by whom."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Status
from editorial.models import Act, Change, ChangedEntry, Dismissal, Proposal, ProposalStatus
from editorial.upkeep import queues
from tests.catalog.checks.checking import finished_model
from tests.editorial.desk import form, member
from tests.factories import (
    make_citation,
    make_derivation,
    make_model,
    make_organization,
    make_paper,
    make_source,
    make_term,
)

pytestmark = pytest.mark.django_db

CHANGE, OTHERS, ALONE = "catalog.change_aimodel", "editorial.edit_others", "editorial.publish_alone"


def address(queue: str) -> str:
    return reverse("upkeep", args=[queue])


def shown(client, queue: str, item: str = ""):
    """The item in focus on the queue's page; None where nothing is open."""
    return client.get(address(queue), {"item": item} if item else {}).context["item"]


def decide(client, queue: str, do: str, item=None, /, **values):
    """Press a button below the item in focus; `values` change what the form sends."""
    item = item or shown(client, queue)
    sent = {"key": item.key, "state": item.digest, "do": do, "next": ""}
    return client.post(address(queue), sent | values, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def titles(client, queue: str) -> list[str]:
    """All that is open, one after another."""
    found, page = [], client.get(address(queue))
    while page.context["item"]:
        found.append(page.context["item"].title)
        if not page.context["next"]:
            break
        page = client.get(address(queue), {"item": page.context["next"]})
    return found


def counts(client) -> dict[str, int]:
    page = client.get(reverse("admin:index")).text
    return {
        name: int(count)
        for name, count in re.findall(r'/upkeep/(\w+)/">[^<]+</a></th>\s*<td class="count">(\d+)</td>', page)
    }


def offered(**fields):
    """A model with 671B parameters on offer."""
    return make_citation(model=make_model(name="Lion", **fields)).model


# The first page


def test_first_page_counts_what_is_open_in_each_queue():
    editor = member("Editor")
    assert counts(editor) == dict.fromkeys((queue.name for queue in queues()), 0)
    model = offered(checked_on=timezone.localdate(), summary="It is currently the best.")
    make_derivation(child=model)
    make_model(name="LION!", slug="lion-2", status="draft", parameters_total=7)

    found = counts(editor)

    assert found == {"offers": 1, "parents": 1, "names": 1, "uncited": 1, "stale": 0, "claims": 1, "soft": 1}
    for queue, count in found.items():
        assert len(titles(editor, queue)) == count, queue


def test_who_may_change_no_model_sees_no_queue():
    offered()
    stranger = member("", "catalog.view_aimodel")

    assert "To look after" not in stranger.get(reverse("admin:index")).text
    assert stranger.get(address("offers")).status_code == 403
    assert "To look after" in member("", CHANGE).get(reverse("admin:index")).text


def test_unknown_queue_is_not_found():
    assert member("Editor").get(address("nothing")).status_code == 404


# Offers


def test_offer_shows_all_that_is_needed_and_is_adopted_by_who_may_publish_alone():
    administrator, model = member("Administrator"), offered()
    source = make_source(name="Leak", publisher="A newspaper", url="https://example.org/leak")
    make_citation(model=model, stated="700B", value="700000000000", source=source, locator="page 3")
    citation = model.citations.get(value="671000000000")

    page = administrator.get(address("offers"), {"item": citation.pk})
    for text in ("Parameters of Lion", "nothing", "671B", "https://example.org/leak", "page 3", "700B"):
        assert text in page.text
    response = decide(administrator, "offers", "adopt", page.context["item"])

    assert told(response) == ["Parameters of Lion: done."]
    model.refresh_from_db()
    assert model.parameters_total == 671_000_000_000
    assert [one.value for one in model.citations.filter(shown=True)] == ["671000000000"]
    change = ChangedEntry.objects.last_of(model).change
    assert (change.author, change.act, change.alone) == (administrator.user, Act.EDITED, True)
    assert change.reason == f"Parameters adopted from {citation.source.name}"


def test_adopted_offer_takes_the_place_of_the_shown_citation_and_settles_the_others():
    administrator = member("Administrator")
    model = make_model(parameters_total=5, released=datetime.date(2024, 1, 1), released_precision="year")
    before = make_citation(model=model, stated="5", value="5", shown=True)
    make_citation(model=model, field="released", stated="Dec 2023", value="2023-12")
    make_citation(model=model), make_citation(model=model, stated="6", value="6")

    assert titles(administrator, "offers") == [f"Parameters of {model}"] * 2 + [f"Released of {model}"]
    decide(administrator, "offers", "adopt")
    assert titles(administrator, "offers") == [f"Released of {model}"]
    decide(administrator, "offers", "adopt")

    model.refresh_from_db()
    before.refresh_from_db()
    assert (model.parameters_total, before.shown) == (671_000_000_000, False)
    assert (model.released, model.released_precision) == (datetime.date(2023, 12, 1), "month")
    assert titles(administrator, "offers") == []
    model.parameters_total = 7
    model.save()
    assert titles(administrator, "offers") == [f"Parameters of {model}"] * 2


def test_offer_adopted_by_an_editor_waits_for_a_reviewer_and_rests_meanwhile():
    editor, model = member("Editor"), offered()

    response = decide(editor, "offers", "adopt")

    assert told(response) == ["Parameters of Lion: waits for a reviewer."]
    model.refresh_from_db()
    assert (model.parameters_total, model.citations.filter(shown=True).count()) == (None, 0)
    proposal = Proposal.objects.get()
    assert (proposal.slug, proposal.created_by, proposal.status) == (model.slug, editor.user, ProposalStatus.WAITING)
    (fields,) = (one["fields"] for one in proposal.document if one["model"] == "catalog.aimodel")
    assert fields["parameters_total"] == 671_000_000_000
    assert not Change.objects.exists()
    assert shown(editor, "offers") is None
    Proposal.objects.update(status=ProposalStatus.DECLINED, decided_at=model.created_at)
    assert shown(editor, "offers").title == "Parameters of Lion"


def test_offer_of_a_draft_is_adopted_by_who_began_it():
    contributor = member("Contributor")
    model = offered(status="draft")
    change = Change.objects.create(author=contributor.user)
    ChangedEntry.objects.create(
        change=change, kind="catalog.aimodel", row=model.pk, slug=model.slug, title=model.name, fate="added"
    )

    decide(contributor, "offers", "adopt")

    model.refresh_from_db()
    assert model.parameters_total == 671_000_000_000


@pytest.mark.parametrize(
    ("permissions", "status"),
    [((), 403), ((CHANGE, OTHERS), 200), ((CHANGE,), 403)],
    ids=["without", "with", "other's"],
)
@pytest.mark.parametrize("do", ["adopt", "dismiss"])
def test_decision_needs_the_permission_and_the_entry(permissions, status, do):
    item = shown(member("Administrator"), "offers") if offered() else None
    client = member("", *permissions)

    assert decide(client, "offers", do, item).status_code == status
    assert Dismissal.objects.exists() == (status == 200)


def test_who_may_not_write_in_the_entry_is_told_and_sees_no_button():
    offered()

    page = member("Contributor").get(address("offers")).text

    assert "You may not change this entry" in page
    assert 'value="adopt"' not in page
    assert 'value="dismiss"' not in page


def test_offer_that_breaks_a_rule_is_refused_and_nothing_is_written():
    administrator = member("Administrator")
    model = make_model(parameters_active=700_000_000_000)
    make_citation(model=model)
    make_citation(model=make_model(name="Dear"), field="training_cost", stated="5M", value="5000000")

    refused = told(decide(administrator, "offers", "adopt", shown(administrator, "offers")))
    items = [shown(administrator, "offers", str(citation.pk)) for citation in model.citations.all()]
    active = told(decide(administrator, "offers", "adopt", items[0]))

    assert refused == [
        "Training cost of Dear: nothing was done. "
        "Training cost and training cost year are given together or not at all."
    ]
    assert active == [f"Parameters of {model}: nothing was done. Parameters active cannot exceed parameters total."]
    assert not Change.objects.exists()
    assert len(titles(administrator, "offers")) == 2


# Dismissals


def test_dismissed_offer_returns_when_the_column_or_the_citation_changes():
    editor, model = member("Editor"), offered()
    citation = model.citations.get()

    response = decide(editor, "offers", "dismiss", why="A rumor")
    assert told(response) == ["Parameters of Lion: left as it is. It can be undone below."]
    assert "Parameters of Lion: A rumor" in response.text
    assert shown(editor, "offers") is None
    assert counts(editor)["offers"] == 0

    model.parameters_total = 5
    model.save()
    assert shown(editor, "offers") is not None
    decide(editor, "offers", "dismiss")
    assert shown(editor, "offers") is None
    citation.value = "672000000000"
    citation.save()
    assert shown(editor, "offers") is not None


def test_dismissal_is_undone():
    editor = member("Editor")
    offered()
    decide(editor, "offers", "dismiss")
    dismissal = Dismissal.objects.get()

    response = editor.post(address("offers"), {"undo": dismissal.pk}, follow=True)

    assert told(response) == ["Parameters of Lion: open again."]
    assert response.context["item"].title == "Parameters of Lion"
    again = editor.post(address("offers"), {"undo": dismissal.pk}, follow=True)
    assert told(again) == ["This is undone already."]


@pytest.mark.parametrize(("permissions", "status"), [((CHANGE,), 403), ((CHANGE, OTHERS), 302)])
def test_dismissal_of_somebody_else_is_undone_by_who_may_edit_others(permissions, status):
    offered()
    decide(member("Editor"), "offers", "dismiss")

    response = member("", *permissions).post(address("offers"), {"undo": Dismissal.objects.get().pk})

    assert response.status_code == status
    assert Dismissal.objects.exists() == (status == 403)


def test_second_of_two_is_told_that_it_is_decided():
    one, other = member("Administrator"), member("Administrator")
    model = offered()
    seen = shown(one, "offers"), shown(other, "offers")

    decide(one, "offers", "adopt", seen[0])
    late = decide(other, "offers", "dismiss", seen[1])

    assert told(late) == ["This is decided already, or has changed meanwhile: nothing was done."]
    assert not Dismissal.objects.exists()
    make_citation(model=model, stated="5B", value="5000000000")
    item = shown(one, "offers")
    decide(one, "offers", "dismiss", item)
    late = decide(other, "offers", "adopt", item)
    assert told(late) == ["This is decided already, or has changed meanwhile: nothing was done."]
    model.refresh_from_db()
    assert model.parameters_total == 671_000_000_000


@pytest.mark.parametrize(
    "tampered",
    [
        {"state": "x"},
        {"state": ""},
        {"key": ""},
        {"key": "x\0"},
        {"key": "9" * 40},
        {"key": "-1"},
        {"key": "²"},
        {"do": "erase"},
        {"do": "check"},
        {"undo": "x"},
        {"undo": "9" * 40},
    ],
    ids=str,
)
def test_tampered_form_changes_nothing(tampered):
    editor, model = member("Administrator"), offered()

    response = decide(editor, "offers", "adopt", **tampered)

    assert response.status_code == 200
    (message,) = told(response)
    assert re.search("nothing was done|undone already", message)
    model.refresh_from_db()
    assert model.parameters_total is None
    assert not Dismissal.objects.exists()


@pytest.mark.parametrize("queue", [queue.name for queue in queues()])
@pytest.mark.parametrize("item", ["x", "%00", "9" * 40, "aimodel 1 x", "aimodel 1 ²", "aimodel x", "-1"])
def test_wrong_address_of_an_item_leads_to_the_first(queue, item):
    client = member("Administrator")

    assert client.get(f"{address(queue)}?item={item}&page=x").status_code == 200
    sent = {"key": item.replace("%00", "\0"), "state": "", "do": "dismiss"}
    assert told(client.post(address(queue), sent, follow=True)) == [
        "This is decided already, or has changed meanwhile: nothing was done."
    ]


def test_next_item_follows_a_decision():
    editor = member("Editor")
    for name in ("A", "B", "C"):
        make_citation(model=make_model(name=name))
    page = editor.get(address("offers"))

    following = decide(editor, "offers", "dismiss", page.context["item"], next=page.context["next"])

    assert following.context["item"].title == "Parameters of B"
    assert (following.context["place"], following.context["count"]) == (1, 2)


# The other queues


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


# As often for few as for many


@pytest.mark.parametrize("queue", [queue.name for queue in queues()])
def test_queue_asks_equally_often_for_few_and_many(queue, django_assert_max_num_queries):
    editor = member("Editor")

    def fill(number):
        model = make_model(name=f"Lion {number}", summary="It is currently the best.")
        make_citation(model=model)
        make_derivation(child=model)
        make_model(name=f"lion {number}", status="draft", parameters_total=7, slug=f"copy-{number}")

    fill(1)
    with django_assert_max_num_queries(50) as few:
        assert shown(editor, queue)
    fill(2), fill(3)

    with django_assert_max_num_queries(50) as many:
        assert shown(editor, queue)
    assert len(many) == len(few)
