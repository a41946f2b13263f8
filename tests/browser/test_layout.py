"""No page is wider than the screen, and paper shows what is read."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MISSING, MODEL, PUBLIC, go

WIDTHS = (320, 390, 820, 1440)
# What was unfolded, or stands only in this width, may have asked for a font of its own.
TOO_WIDE = """
async () => {
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  const width = document.documentElement.clientWidth;
  const scrolled = (element) => {
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(parent).overflowX)) return true;
    }
    return false;
  };
  const past = [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
    .filter((element) => !scrolled(element) && !element.closest("svg svg"))
    .map((element) => element.outerHTML.slice(0, 100));
  const scrolls = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  return scrolls > width ? [`${scrolls} in ${width}`, ...past] : past;
}
"""

COLORS = """
() => ({
  paper: [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor)
    .find((color) => color !== "rgba(0, 0, 0, 0)") ?? "rgb(255, 255, 255)",
  ink: getComputedStyle(document.querySelector("article p")).color,
})
"""


def test_no_page_scrolls_sideways(page, guard):
    guard.missing |= MISSING
    faults, checked = {}, 0

    for name, address in PUBLIC.items():
        go(page, address)
        page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            checked += 1
            if past := page.evaluate(TOO_WIDE):
                faults[name, width] = past[:5]

    assert faults == {}
    assert checked == len(PUBLIC) * len(WIDTHS) > 100


def test_large_text_does_not_scroll_sideways(page):
    go(page, MODEL)
    page.set_viewport_size({"width": 390, "height": 844})

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("width", [670, 1000], ids=["upright", "landscape"])
def test_paper_shows_what_is_read(page, width):
    go(page, MODEL)
    controls = [
        page.get_by_role("navigation", name="Sections"),
        page.locator("#site-q"),
        page.locator("[data-theme-switch]"),
    ]
    for control in controls:
        expect(control).to_be_visible()

    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 1000})

    for control in [*controls, page.locator(".menu-button"), page.get_by_role("link", name="Skip to the content")]:
        expect(control).to_be_hidden()
    for heading in page.locator("main :is(h1, h2, h3)").all():
        expect(heading).to_be_visible()
    page.locator("[data-theme-switch]").evaluate("(button) => button.click()")
    for theme in ("dark", "light"):
        assert page.evaluate(COLORS) == {"paper": "rgb(255, 255, 255)", "ink": "rgb(0, 0, 0)"}, theme
        page.locator("[data-theme-switch]").evaluate("(button) => button.click()")
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("address", ["/models/?openness=open_weight", PUBLIC["a benchmark"]])
def test_paper_shows_lists_without_their_controls(page, address):
    go(page, address)

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.locator("details.filters:visible, .marks:visible")).to_have_count(0)
    expect(page.locator("table.entries tbody tr").first).to_be_visible()


def test_head_of_a_list_keeps_out_of_the_way(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/models/")

    assert page.get_by_role("heading", level=1).bounding_box()["height"] < 50
