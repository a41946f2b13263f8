"""A term shows its definition to every reader: with a keyboard, a mouse or a finger, with scripts or without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MODEL, PUBLIC, go, tab_to

TERM = "#description ~ * .term-name, #description ~ .term-name"
SHOWN = ".tip:visible"


def test_tip_shows_by_keyboard(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, MODEL)
    expect(page.locator(SHOWN)).to_have_count(0)

    tab_to(page, TERM)
    tip = page.locator(SHOWN)
    definition = tip.inner_text()

    expect(tip).to_have_count(1)
    assert len(definition) > 40
    page.keyboard.press("Tab")
    expect(tip.get_by_role("link")).to_be_focused()
    expect(tip).to_have_text(re.compile(re.escape(definition[:40])))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/glossary/.+/$"))
    expect(page.locator("main")).to_contain_text(definition[:40])


def test_tip_is_what_the_term_is_described_by(page):
    go(page, MODEL)
    tab_to(page, TERM)
    term = page.locator(":focus")

    described = page.locator(f"#{term.get_attribute('aria-describedby')}")

    expect(page.locator(SHOWN)).to_contain_text(described.inner_text())
    expect(term).to_have_accessible_description(described.inner_text())


def test_tip_goes_with_escape_and_the_focus_stays(page):
    go(page, MODEL)
    tab_to(page, TERM)
    expect(page.locator(SHOWN)).to_have_count(1)

    page.keyboard.press("Escape")

    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".term-name:focus")).to_have_count(1)


def test_tip_goes_with_escape_from_its_link(page):
    go(page, MODEL)
    tab_to(page, TERM)
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    expect(page.locator(SHOWN)).to_have_count(0)


def test_tip_goes_when_the_focus_goes(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, MODEL)
    tab_to(page, TERM)
    tip = page.locator(f"#{page.locator(SHOWN).get_attribute('id')}")

    page.keyboard.press("Tab")
    expect(tip).to_be_visible()
    page.keyboard.press("Tab")

    expect(tip).to_be_hidden()


def test_tip_opens_with_enter_and_escape_closes_it(page):
    go(page, MODEL)
    tab_to(page, TERM)

    page.keyboard.press("Enter")
    expect(page.locator(SHOWN)).to_have_count(1)
    page.keyboard.press("Escape")

    expect(page.locator(SHOWN)).to_have_count(0)


def test_tip_shows_under_the_pointer_and_stays_for_it(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, MODEL)
    tip = page.locator(SHOWN)

    for term in page.locator(TERM).all():
        page.mouse.move(0, 0)
        expect(tip).to_have_count(0)
        term.hover()
        expect(tip).to_have_count(1)
        # Slowly over whatever lies between, to where the link is.
        start, link = term.bounding_box(), tip.get_by_role("link").bounding_box()
        page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        page.mouse.move(link["x"] + link["width"] / 2, link["y"] + link["height"] / 2, steps=25)
        expect(tip).to_have_count(1)
        expect(tip.locator("a:hover")).to_have_count(1)
    tip.get_by_role("link").click()

    expect(page).to_have_url(re.compile("/glossary/.+/$"))


def test_tip_goes_with_escape_under_the_pointer(page):
    go(page, MODEL)
    page.locator(TERM).first.hover()
    expect(page.locator(SHOWN)).to_have_count(1)

    page.keyboard.press("Escape")
    expect(page.locator(SHOWN)).to_have_count(0)
    page.mouse.move(0, 0)
    page.locator(TERM).first.hover()

    expect(page.locator(SHOWN)).to_have_count(1)


def test_tip_shows_by_touch(open_browser, scripts):
    page = open_browser(390, scripts=scripts, touch=True)
    go(page, MODEL)
    term, tip = page.locator(TERM).first, page.locator(SHOWN)

    term.tap()
    expect(tip).to_have_count(1)
    page.touchscreen.tap(195, 20)
    expect(tip).to_have_count(0)

    term.tap()
    expect(tip).to_have_count(1)
    tip.get_by_role("link").tap()
    expect(page).to_have_url(re.compile("/glossary/.+/$"))


# For each term in turn, at the top, in the middle and at the bottom of the screen. To a finger, the definition is a
# sheet at the foot of the screen (`atFoot`), which may cover a word there; beside a word, it covers it nowhere.
TIPS_OUT_OF_SIGHT = """
async (atFoot) => {
  const terms = [...document.querySelectorAll(".term-name")].filter((term) => term.checkVisibility());
  const faults = [];
  for (const term of terms) {
    const tip = term.closest(".term").querySelector(".tip");
    for (const block of ["start", "center", "end"]) {
      term.scrollIntoView({ block, behavior: "instant" });
      term.focus({ preventScroll: true });
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const box = tip.getBoundingClientRect();
      const around = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      const { clientWidth, clientHeight } = document.documentElement;
      const inside = box.width > 100 && box.height > 20
        && box.left >= 0 && box.top >= 0 && box.right <= clientWidth && box.bottom <= clientHeight;
      if (!inside) faults.push([tip.id, block, "outside", box.left, box.top, box.right, box.bottom]);
      else if (!tip.contains(document.elementFromPoint(around.x, around.y))) faults.push([tip.id, block, "covered"]);
      else if (tip.scrollWidth > tip.clientWidth) faults.push([tip.id, block, "wider than its box"]);
      const name = term.getClientRects()[0];
      const covers = box.left < name.right && box.right > name.left && box.top < name.bottom && box.bottom > name.top;
      if (covers && !(atFoot && block === "end")) faults.push([tip.id, block, "covers its word"]);
      term.blur();
    }
  }
  return [terms.length, faults];
}
"""


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_tip_stays_on_the_screen(open_browser, touch):
    page = open_browser(390, height=844, touch=touch)
    found, seen = {}, 0

    for address in (MODEL, PUBLIC["a term"], PUBLIC["a paper"]):
        go(page, address)
        page.keyboard.press("Tab")  # from here on, a focus is the keyboard's
        for width, height in ((320, 568), (390, 844), (820, 1180), (1440, 900)):
            page.set_viewport_size({"width": width, "height": height})
            terms, faults = page.evaluate(TIPS_OUT_OF_SIGHT, touch)
            seen += terms
            found |= {(address, width, *fault[:2]): fault[2:] for fault in faults}

    assert found == {}
    assert seen >= 4 * 8


def test_every_tip_is_drawn_whole_by_touch(open_browser):
    page = open_browser(390, height=844, touch=True)
    go(page, MODEL)
    terms = page.locator(".term").all()

    for term in terms:
        term.locator(".term-name").tap()
        expect(term.locator(".tip")).to_be_visible()
        box = term.locator(".tip").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
        assert 0 <= box["y"] <= box["y"] + box["height"] <= 844
        page.touchscreen.tap(195, 5)

    assert len(terms) >= 5
