"""The way to the sections: behind a button on a phone, in plain sight on a wide screen."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import MODEL, SECTIONS, go, tab_to


@pytest.fixture
def phone(open_browser, scripts) -> Page:
    page = open_browser(390, height=844, scripts=scripts, touch=True)
    go(page, MODEL)
    return page


def test_menu_opens_and_closes_with_its_button(phone):
    button, menu = phone.get_by_role("button", name="Menu"), phone.locator("#menu")
    expect(menu).to_be_hidden()

    button.tap()
    expect(menu).to_be_visible()
    assert menu.get_by_role("link").count() == len(SECTIONS)
    button.tap()

    expect(menu).to_be_hidden()


def test_menu_closes_with_escape(phone):
    tab_to(phone, ".menu-button")
    phone.keyboard.press("Enter")
    expect(phone.locator("#menu")).to_be_visible()

    phone.keyboard.press("Escape")

    expect(phone.locator("#menu")).to_be_hidden()
    expect(phone.locator(".menu-button")).to_be_focused()


def test_menu_closes_with_a_tap_outside(phone):
    phone.get_by_role("button", name="Menu").tap()
    expect(phone.locator("#menu")).to_be_visible()

    phone.touchscreen.tap(195, 830)

    expect(phone.locator("#menu")).to_be_hidden()
    expect(phone).to_have_url(re.compile(MODEL))


def test_menu_is_next_after_its_button(phone):
    tab_to(phone, ".menu-button")
    phone.keyboard.press("Enter")
    expect(phone.locator("#menu")).to_be_visible()

    assert tab_to(phone, "#menu a") == 1


def test_menu_leads_to_every_section(phone):
    for address in SECTIONS.values():
        phone.get_by_role("button", name="Menu").tap()
        link = phone.locator(f"#menu a[href='{address}']")
        expect(link).to_be_visible()
        box = link.bounding_box()
        assert box["height"] >= 24  # big enough for a finger
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 844
        link.tap()
        expect(phone).to_have_url(re.compile(f"{address}$"))
        expect(phone.locator(f"#menu a[href='{address}']")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("width", [820, 1440])
def test_sections_are_in_plain_sight_on_a_wide_screen(open_browser, scripts, width):
    page = open_browser(width, scripts=scripts)
    go(page, MODEL)
    sections = page.get_by_role("navigation", name="Sections").get_by_role("link")

    expect(page.locator(".menu-button")).to_be_hidden()
    assert sections.count() == len(SECTIONS)
    for section in sections.all():
        expect(section).to_be_visible()
    sections.filter(has_text="Glossary").click()
    expect(page).to_have_url(re.compile("/glossary/$"))
