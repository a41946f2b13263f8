"""An editor works through the admin by keys: decides on offers, saves and goes on, searches."""

import pytest
from playwright.sync_api import Page, expect

from catalog.models import AIModel, Citation
from editorial.models import Change, Dismissal
from tests.browser.conftest import EDITOR
from tests.browser.pages import go
from tests.factories import make_citation, make_source

OFFERS = "/admin/upkeep/offers/"


@pytest.fixture
def offers(site):
    """Two offers to a draft that stands first in the queue; what was decided is undone afterwards."""
    model = AIModel.objects.create(name="1 by a browser", slug="1-by-a-browser", status="draft")
    source = make_source(name="Leak", publisher="A newspaper")
    for field in ("parameters_total", "training_tokens"):
        make_citation(model=model, field=field, source=source)
    yield model
    Dismissal.objects.all().delete(), Change.objects.filter(author__username=EDITOR).delete()
    Citation.objects.filter(model=model).delete()
    model.delete(), source.delete()


def item(page: Page):
    return page.get_by_role("heading", level=2).first


def press(page: Page, key: str) -> None:
    """Keys are heard once the scripts of the page have run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_offer_is_adopted_dismissed_and_taken_back_by_keys(offers, admin_page):
    page = admin_page
    go(page, OFFERS)
    expect(item(page)).to_have_text("Parameters of 1 by a browser")

    press(page, "n")
    expect(item(page)).to_have_text("Training tokens of 1 by a browser")
    press(page, "b")
    expect(item(page)).to_have_text("Parameters of 1 by a browser")
    press(page, "a")
    expect(page.locator(".messagelist .success")).to_have_text("Parameters of 1 by a browser: done.")
    expect(item(page)).to_have_text("Training tokens of 1 by a browser")
    page.get_by_label("Why").press_sequentially("a sad idea")
    expect(page.get_by_label("Why")).to_have_value("a sad idea")
    page.get_by_role("heading", level=1).click()
    press(page, "d")
    expect(page.get_by_text("Training tokens of 1 by a browser: a sad idea")).to_be_visible()

    offers.refresh_from_db()
    assert (offers.parameters_total, offers.training_tokens) == (671_000_000_000, None)
    press(page, "u")
    expect(page.locator(".messagelist .success")).to_have_text("Training tokens of 1 by a browser: open again.")
    expect(item(page)).to_have_text("Training tokens of 1 by a browser")


def test_offer_is_decided_without_scripts(offers, open_browser, logged_in):
    page = open_browser(390, scripts=False, storage_state=logged_in)
    go(page, OFFERS)

    page.get_by_role("button", name="Adopt").click()

    expect(page.locator(".messagelist .success")).to_have_text("Parameters of 1 by a browser: done.")
    expect(item(page)).to_have_text("Training tokens of 1 by a browser")


def test_form_opened_from_a_queue_is_saved_and_leads_on_by_a_key(offers, admin_page):
    page = admin_page
    go(page, OFFERS)
    page.get_by_role("link", name="Open the form of 1 by a browser").click()
    page.get_by_label("Licence:").first.fill("MIT")

    press(page, "Control+Enter")

    page.wait_for_url("**/admin/upkeep/offers/?item=*")
    expect(item(page)).to_have_text("Training tokens of 1 by a browser")
    offers.refresh_from_db()
    assert offers.licence == "MIT"


def test_next_in_the_queue_is_a_key_away_from_the_form(offers, admin_page):
    page = admin_page
    go(page, OFFERS)
    page.get_by_role("link", name="Open the form of 1 by a browser").click()
    page.get_by_label("Licence:").first.press_sequentially("n")
    expect(page.get_by_label("Licence:").first).to_have_value("n")
    page.get_by_label("Licence:").first.fill("")
    page.get_by_role("heading", level=1).click()

    press(page, "n")

    expect(item(page)).to_have_text("Training tokens of 1 by a browser")


def test_entries_are_searched_by_a_key_that_can_be_turned_off(admin_page):
    page, box = admin_page, admin_page.get_by_label("Search all entries")
    press(page, "/")
    page.keyboard.type("deepseek v3 base")
    press(page, "Enter")
    expect(page.get_by_role("link", name="DeepSeek V3 Base")).to_be_visible()

    page.get_by_label("Single keys work").uncheck()
    go(page, "/admin/")
    press(page, "/")
    expect(box).not_to_be_focused()
    press(page, "Control+k")

    expect(box).to_be_focused()
