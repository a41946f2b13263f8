"""Who may decide in the queues of upkeep: without the permission, with it, and on somebody else's entry."""

import pytest

from editorial.models import Change, Dismissal, Proposal
from tests.catalog.checks.checking import finished_model
from tests.editorial.desk import member
from tests.editorial.upkeeping import address, decide, offered, shown
from tests.factories import make_derivation, make_model

pytestmark = pytest.mark.django_db

CHANGE, OTHERS = "catalog.change_aimodel", "editorial.edit_others"


def fill(queue: str) -> None:
    """One thing to decide in the queue, on an entry that somebody else wrote."""
    if queue == "offers":
        offered()
    elif queue == "parents":
        make_model(name="Parent", status="draft"), make_derivation(child=make_model(), parent_name="parent")
    elif queue == "names":
        make_model(name="GPT-4", slug="one"), make_model(name="GPT 4", slug="other")
    elif queue == "soft":
        finished_model().innovations.all().delete()
    else:
        make_model(summary="It is currently the best.")


@pytest.mark.parametrize(
    ("permissions", "status"),
    [((), 403), ((OTHERS,), 403), ((CHANGE, OTHERS), 200), ((CHANGE,), 403)],
    ids=["without", "without the kind's", "with", "other's"],
)
@pytest.mark.parametrize(
    ("queue", "do"),
    [
        *(("offers", "adopt"), ("offers", "dismiss"), ("parents", "link"), ("parents", "dismiss")),
        *(("names", "dismiss"), ("stale", "check"), ("claims", "dismiss"), ("soft", "dismiss")),
    ],
)
def test_decision_needs_the_permission_and_the_entry(permissions, status, queue, do):
    fill(queue)
    item = shown(member("Administrator"), queue)

    response = decide(member("", *permissions), queue, do, item)

    assert response.status_code == status
    # What is published is proposed, which is a decision as well.
    decided = [Dismissal.objects.exists(), Proposal.objects.exists(), Change.objects.exists()]
    assert decided == [status == 200, status == 200 and do != "dismiss", False]


@pytest.mark.parametrize("queue", ["offers", "parents", "names", "stale", "claims", "soft"])
def test_who_may_not_write_in_the_entry_is_told_and_sees_no_button(queue):
    fill(queue)

    page = member("Contributor").get(address(queue)).text

    assert "You may not change this entry" in page
    assert 'name="do"' not in page


@pytest.mark.parametrize(("permissions", "status"), [((CHANGE,), 403), ((CHANGE, OTHERS), 302)])
def test_dismissal_of_somebody_else_is_undone_by_who_may_edit_others(permissions, status):
    offered()
    decide(member("Editor"), "offers", "dismiss")

    response = member("", *permissions).post(address("offers"), {"undo": Dismissal.objects.get().pk})

    assert response.status_code == status
    assert Dismissal.objects.exists() == (status == 403)
