"""A team at work in the admin, each in a browser of their own."""

import re

import pytest
from playwright.sync_api import Page, expect

from editorial.models import Change, Proposal
from glossary.models import Term
from tests.browser.pages import go
from tests.editorial.desk import client_of
from tests.factories import make_member, make_term

NAME = "Word of a browser"


@pytest.fixture
def desk(open_browser, site):
    """Opens a browser in which somebody with a role is logged in; what the team wrote is gone afterwards."""
    members = []

    def seat(role: str, width: int = 1440) -> Page:
        client = client_of(make_member(role))
        members.append(client.user)
        page = open_browser(width)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return page

    yield seat
    Term.objects.filter(name=NAME).delete()
    Proposal.objects.filter(created_by__in=members).delete()
    Change.objects.filter(author__in=members).delete()
    for member in members:
        member.delete()


def begin(page: Page) -> None:
    go(page, "/admin/glossary/term/add/")
    page.get_by_label("Name:").fill(NAME)
    page.get_by_label("Definition:").fill("What somebody wrote in a browser.")


def test_draft_is_submitted_sent_back_mended_and_published(desk):
    writer, reviewer = desk("Contributor"), desk("Reviewer", 390)
    begin(writer)
    writer.get_by_label("Reason:").fill("New to the field")
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.locator(".messagelist .success")).to_be_visible()

    go(reviewer, "/admin/")
    reviewer.get_by_role("table", name=re.compile("To review")).get_by_role("link", name=NAME).click()
    expect(reviewer.get_by_text("“New to the field”")).to_be_visible()
    reviewer.get_by_role("button", name="Send back").click()
    expect(reviewer.get_by_text("wants a reason")).to_be_visible()
    reviewer.get_by_label("Reason:").fill("Say where it began.")
    reviewer.get_by_role("button", name="Send back").click()
    expect(reviewer.locator(".messagelist .success")).to_be_visible()

    go(writer, "/admin/")
    writer.get_by_role("table", name=re.compile("Sent back to you")).get_by_role("link", name=NAME).click()
    expect(writer.get_by_text("“Say where it began.”")).to_be_visible()
    writer.get_by_label("Definition:").fill("What somebody wrote in Chromium.")
    writer.get_by_role("button", name="Submit for review").click()
    expect(writer.locator(".messagelist .success")).to_be_visible()

    go(reviewer, "/admin/")
    reviewer.get_by_role("table", name=re.compile("To review")).get_by_role("link", name=NAME).click()
    reviewer.get_by_role("button", name="Publish", exact=True).click()
    expect(reviewer.locator(".messagelist .success")).to_be_visible()
    go(reviewer, f"/glossary/{Term.objects.get(name=NAME).slug}/")
    expect(reviewer.get_by_text("What somebody wrote in Chromium.").first).to_be_visible()


def test_change_of_a_published_entry_is_proposed_sent_back_mended_and_accepted(desk):
    term = make_term(name=NAME, definition="As it was.")
    editor, reviewer = desk("Editor", 390), desk("Reviewer")
    go(editor, f"/admin/glossary/term/{term.pk}/change/")
    editor.get_by_label("Definition:").fill("As it should be.")
    editor.get_by_label("Reason:").fill("Clearer")
    editor.get_by_role("button", name="Propose this change").click()
    expect(editor.get_by_text("waits for a reviewer")).to_be_visible()
    go(editor, term.get_absolute_url())
    expect(editor.get_by_text("As it was.").first).to_be_visible()

    def review() -> None:
        go(reviewer, "/admin/")
        reviewer.get_by_role("table", name=re.compile("To review")).get_by_role("link", name=NAME).click()

    review()
    expect(reviewer.get_by_role("row", name=re.compile("Definition"))).to_contain_text("As it should be.")
    reviewer.get_by_label("Comment").fill("Say for whom.")
    reviewer.get_by_role("button", name="Send back").click()
    expect(reviewer.locator(".messagelist .success")).to_contain_text("1 sent back.")

    go(editor, "/admin/")
    editor.get_by_role("table", name=re.compile("Sent back to you")).get_by_role("link", name=NAME).click()
    editor.get_by_role("link", name="Go on editing").click()
    expect(editor.get_by_label("Definition:")).to_have_value("As it should be.")
    editor.get_by_label("Definition:").fill("As it should be, for all.")
    editor.get_by_role("button", name="Hand in again").click()
    expect(editor.get_by_text("waits for a reviewer")).to_be_visible()

    review()
    reviewer.get_by_role("button", name="Accept and write").click()
    expect(reviewer.locator(".messagelist .success")).to_contain_text("1 accepted.")
    go(editor, term.get_absolute_url())
    expect(editor.get_by_text("As it should be, for all.").first).to_be_visible()


def test_form_opened_before_anothers_save_keeps_what_was_typed(desk):
    one, other = desk("Editor"), desk("Editor", 390)
    begin(one)
    one.get_by_role("button", name="Save and continue editing").click()
    expect(one.locator(".messagelist .success")).to_be_visible()
    go(other, one.url)

    one.get_by_label("Definition:").fill("By the first.")
    with one.expect_navigation():
        one.get_by_role("button", name="Save and continue editing").click()
    expect(one.get_by_label("Definition:")).to_have_value("By the first.")
    other.get_by_label("Definition:").fill("By the second.")
    other.get_by_role("button", name="Save", exact=True).click()

    expect(other.get_by_text("Nothing of yours was saved yet")).to_be_visible()
    expect(other.get_by_label("Definition:")).to_have_value("By the second.")
    assert Term.objects.get(name=NAME).definition == "By the first."
    other.get_by_label("save mine over it").check()
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    assert Term.objects.get(name=NAME).definition == "By the second."


def test_what_was_typed_is_not_lost_by_leaving_and_a_key_saves_it(desk):
    page = desk("Editor")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    begin(page)

    with page.expect_event("dialog"):
        page.get_by_role("link", name="View site").click()
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Name:")).to_have_value(NAME)
    page.get_by_label("Definition:").press("Control+s")

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Term.objects.get(name=NAME).status == "draft"
    page.get_by_role("link", name="View site").click()
    expect(page).to_have_url("/")
    assert asked == ["beforeunload"]
