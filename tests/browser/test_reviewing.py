"""A reviewer reads what is proposed, chooses where both have changed, and decides."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from core.documents import document
from editorial.log import change
from editorial.models import Change, Proposal
from editorial.proposals import propose_document
from glossary.models import Term
from tests.browser.conftest import EDITOR
from tests.browser.inspection import Inspection
from tests.browser.pages import go

REVIEW = "/admin/editorial/proposal/review/?ids="


@pytest.fixture
def conflict(site):
    """A proposal on a term that has moved since; both are as they were afterwards."""
    term = Term.objects.filter(status="published").first()
    before = {"name": term.name, "definition": term.definition, "abbreviation": term.abbreviation}
    original = document(term)
    proposed = [{**original[0], "fields": original[0]["fields"] | {"name": "Proposed", "definition": "New words."}}]
    made = propose_document(Term, term.slug, term.name, proposed, original, "Read it again")
    with change("Found in the paper", User.objects.get(username=EDITOR)):
        term.name, term.abbreviation = "Meanwhile", "MW"
        term.save()
    yield made
    Proposal.objects.all().delete(), Change.objects.filter(author__username=EDITOR).delete()
    Term.objects.filter(pk=term.pk).update(**before)


def test_reviewer_chooses_and_accepts(admin_page, conflict):
    page = admin_page
    page.get_by_role("link", name="Proposals", exact=True).first.click()
    page.locator("#result_list tbody").get_by_role("link").first.click()
    expect(page.get_by_text("Found in the paper")).to_be_visible()

    page.get_by_role("button", name="Accept and write").click()
    expect(page.get_by_text("Choose what is to stand.")).to_be_visible()
    page.get_by_role("group", name="Name").get_by_label("As proposed").check()
    page.get_by_role("button", name="Accept and write").click()

    expect(page.locator(".messagelist .success")).to_contain_text("1 accepted.")
    term = Term.objects.get(slug=conflict.slug)
    assert (term.name, term.definition, term.abbreviation) == ("Proposed", "New words.", "MW")


def test_author_takes_it_back(admin_page, conflict):
    Proposal.objects.update(created_by=User.objects.get(username=EDITOR))
    page = admin_page

    go(page, f"{REVIEW}{conflict.pk}")
    expect(page.get_by_role("link", name="Go on editing")).to_be_visible()
    page.get_by_role("button", name="Withdraw").click()

    expect(page.locator(".messagelist .success")).to_contain_text("is withdrawn")
    assert Proposal.objects.get().status == "declined"


def test_review_is_accessible_and_no_wider_than_a_phone(admin_page, guard, conflict):
    Proposal.objects.update(created_by=User.objects.get(username=EDITOR))
    # Known of the stock admin: see the test of the whole admin.
    inspection = Inspection(guard, admin_page, {"link-in-text-block": ".breadcrumbs"})

    inspection.go(f"{REVIEW}{conflict.pk}")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.wide == []
