"""axe-core finds nothing on any page but lists and the admin, which have files of their own; in no theme and width."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import SCHEMES, violations
from tests.browser.pages import FILTERED, MISSING, MODEL, OTHERS, PUBLIC, go, tab_to


def test_pages_are_accessible(inspection, guard):
    guard.missing |= MISSING

    for address in OTHERS.values():
        inspection.go(address, unfold=True)

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4 * len(OTHERS) > 60


def test_open_tip_is_accessible(inspection):
    page = inspection.page
    go(page, MODEL)
    tab_to(page, "#description ~ * .term-name, #description ~ .term-name")
    page.keyboard.press("Enter")
    expect(page.locator(".tip:popover-open")).to_be_visible()

    inspection.look("tip", within=".tip:popover-open")

    assert not inspection.found, "\n".join(inspection.found)


def test_open_menu_is_accessible(open_browser, guard):
    page = open_browser(390, height=844)
    go(page, MODEL)
    page.get_by_role("button", name="Menu").click()
    found = []

    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += violations(guard, page, within=".site-head")

    expect(page.locator("#menu")).to_be_visible()
    assert found == []


def test_theme_against_the_system_is_accessible(page, guard):
    go(page, PUBLIC["a benchmark"])
    found = []

    for system, chosen in (("light", "dark"), ("dark", "light")):
        page.emulate_media(color_scheme=system)
        while chosen not in page.get_by_role("button", name="Theme").inner_text():
            page.get_by_role("button", name="Theme").click()
        found += violations(guard, page)

    assert found == []


@pytest.mark.parametrize("address", ["/", MODEL, FILTERED["models, with every error"], "/papers/", "/benchmarks/"])
def test_every_field_has_a_label_that_stays(page, address):
    go(page, address)
    fields = page.locator("input:not([type=hidden]), select, textarea")

    # A placeholder, with which axe is content, goes as soon as something is typed.
    unlabeled = fields.evaluate_all(
        """(fields) => fields
          .filter((field) => !field.ariaLabel && ![...field.labels].some((label) => label.textContent.trim()))
          .map((field) => field.outerHTML)"""
    )

    assert unlabeled == []
    assert fields.count() >= 1


def test_violations_are_found(page, guard):
    go(page, MODEL)
    page.evaluate(
        """() => {
          document.querySelector(".site-search label").remove();
          document.querySelector("#site-q").removeAttribute("placeholder");
          document.querySelector("h1").style.color = "#ddd";
        }"""
    )

    found = violations(guard, page)

    assert {"label", "color-contrast"} <= {violation["rule"] for violation in found}
