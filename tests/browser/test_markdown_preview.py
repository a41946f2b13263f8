"""An editor looks at a text as readers will see it, before it is saved."""

import re

import pytest
from playwright.sync_api import Page, expect

from glossary.models import Term
from tests.browser.inspection import Inspection
from tests.browser.pages import go, tab_to
from tests.browser.test_accessibility_of_admin import EXCUSED

ADD = "/admin/glossary/term/add/"
TEXT = "It **matters** to a Transformer [@deepseek-v3-technical-report]."
SCRIPT = "**/js/prose-preview.js"


@pytest.fixture
def opened(admin_page) -> Page:
    go(admin_page, ADD)
    return admin_page


def button(page: Page):
    return page.get_by_role("button", name="Preview of “Article”")


def region(page: Page):
    return page.get_by_role("region", name="Preview of “Article”")


def leave(page: Page) -> list[str]:
    """What asks before the form is left."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    return asked


def test_preview_opens_beneath_follows_what_is_typed_and_closes(opened):
    page = opened
    text = page.get_by_label("Article:")
    text.fill(TEXT)
    expect(button(page)).to_have_attribute("aria-expanded", "false")

    text.focus()
    assert tab_to(page, "[data-prose-preview]") == 1
    page.keyboard.press("Enter")

    expect(button(page)).to_have_attribute("aria-expanded", "true")
    expect(region(page).locator("strong")).to_have_text("matters")
    expect(region(page).locator(".note a")).to_have_text("1")
    assert region(page).locator("p").first.evaluate("p => getComputedStyle(p).fontFamily").startswith("Newsreader")
    term = region(page).get_by_role("button", name="Transformer")
    expect(region(page).locator(".tip")).to_be_hidden()
    term.click()
    expect(region(page).locator(".tip")).to_be_visible()
    page.keyboard.press("Escape")

    text.press_sequentially(" And *more* [@no-such].")
    expect(region(page).locator("em")).to_have_text("more")
    expect(region(page)).to_contain_text("“no-such” is the name of no source: readers get no note.")
    expect(text).to_be_focused()

    button(page).press("Space")
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    expect(region(page)).to_have_count(0)
    assert len(page.context.pages) == 1
    assert page.url.endswith(ADD)
    assert not Term.objects.filter(article__startswith=TEXT).exists()


def test_preview_opens_a_page_of_its_own_without_scripts(open_browser, logged_in):
    page = open_browser(390, scripts=False, storage_state=logged_in)
    go(page, ADD)
    page.get_by_label("Article:").fill(TEXT)

    with page.context.expect_page() as opening:
        button(page).click()

    preview = opening.value
    expect(preview.get_by_role("heading", level=1)).to_have_text("Article")
    expect(preview.locator(".reading strong")).to_have_text("matters")
    expect(preview.locator("#note-1")).to_contain_text("DeepSeek-V3 Technical Report")
    assert preview.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_label("Article:")).to_have_value(TEXT)


def test_enter_in_a_field_saves_and_previews_nothing(open_browser, logged_in, scripts):
    page = open_browser(scripts=scripts, storage_state=logged_in)
    go(page, ADD)

    page.get_by_label("Name:").press("Enter")

    expect(page.locator(".errornote")).to_be_visible()
    assert len(page.context.pages) == 1


def test_looking_is_no_change_that_could_be_lost(opened):
    page = opened
    button(page).click()
    expect(region(page)).to_contain_text("There is no text yet.")

    assert leave(page) == []


def test_what_was_typed_is_not_taken_for_saved_by_a_preview(opened):
    page = opened
    page.get_by_label("Article:").fill(TEXT)
    button(page).click()
    expect(region(page).locator("strong")).to_be_visible()

    assert leave(page) == ["beforeunload"]


def test_nor_by_one_that_opened_a_page_of_its_own(opened):
    page = opened
    page.route(SCRIPT, lambda route: route.fulfill(body="", content_type="text/javascript"))
    go(page, ADD)
    page.get_by_label("Article:").fill(TEXT)
    with page.context.expect_page() as opening:
        button(page).click()
    expect(opening.value.locator(".reading strong")).to_be_visible()

    assert leave(page) == ["beforeunload"]


def test_what_hinders_a_preview_is_told_beneath_and_the_text_stays(opened, guard):
    page = opened
    text = page.get_by_label("Article:")
    token = page.locator("#term_form [name=csrfmiddlewaretoken]")
    good = token.input_value()
    button(page).click()
    expect(region(page)).to_contain_text("There is no text yet.")

    with guard.paused():
        text.fill("x" * 100_001)
        expect(region(page)).to_contain_text("This text has 100,001 characters; 100,000 are the most")
        token.evaluate("token => token.value = 'x'")
        text.fill(TEXT)
        expect(region(page)).to_contain_text("No preview: This is not allowed.")
        token.evaluate("(token, good) => token.value = good", good)
        page.context.set_offline(True)
        text.fill(TEXT + " More.")
        expect(region(page)).to_contain_text("No preview: the site cannot be reached. What you typed is still here.")
        page.context.set_offline(False)
        page.context.clear_cookies(name="sessionid")
        text.fill(TEXT)
        expect(region(page)).to_contain_text("You are not logged in, or not any more.")

    expect(text).to_have_value(TEXT)


def test_form_with_its_preview_open_is_accessible(opened, guard):
    page = opened
    inspection = Inspection(guard, page, EXCUSED)
    page.get_by_label("Article:").fill(f"{TEXT}\n\n## More\n\n| a | b |\n|---|---|\n| 1 | [2](/) [@no-such] |")
    button(page).click()
    expect(region(page).locator("table")).to_be_visible()
    expect(region(page).locator("h2").first).to_have_css("font-family", re.compile("Newsreader"))

    inspection.look("a term with its preview")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4
