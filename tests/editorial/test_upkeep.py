"""Queues of upkeep in the admin: what is listed, decided, undone, and by whom."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from editorial.models import Act, Change, ChangedEntry, Dismissal, Proposal, ProposalStatus
from editorial.upkeep import queues
from tests.editorial.desk import member
from tests.editorial.upkeeping import address, decide, offered, shown, titles, told
from tests.factories import (
    make_citation,
    make_derivation,
    make_model,
    make_source,
)

pytestmark = pytest.mark.django_db

CHANGE, OTHERS, ALONE = "catalog.change_aimodel", "editorial.edit_others", "editorial.publish_alone"


def counts(client) -> dict[str, int]:
    page = client.get(reverse("admin:index")).text
    return {
        name: int(count)
        for name, count in re.findall(r'/upkeep/(\w+)/">[^<]+</a></th>\s*<td class="count">(\d+)</td>', page)
    }


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
