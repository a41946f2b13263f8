"""Suggestions below the search boxes: by keyboard, mouse and touch, and never in the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import MODEL, go, tab_to

OPTIONS = "[role=listbox]:not([hidden]) [role=option]"


@pytest.fixture(params=["#site-q", "#q"], ids=["head", "home"])
def box(request, page):
    """A search box of the first page, into which “deep” has been written.

    Written at once, here and below: letter by letter, a slow machine asks between two of them, and is answered twice.
    """
    go(page, "/")
    box = page.locator(request.param)
    box.fill("deep")
    expect(page.locator(OPTIONS).first).to_be_visible()
    return box


def active(page: Page) -> str:
    """The text of the option that the box says is active."""
    return page.evaluate(
        """() => {
          const id = document.activeElement.getAttribute("aria-activedescendant");
          return id ? document.getElementById(id).innerText : "";
        }"""
    )


def test_suggestions_are_announced(page, box):
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-controls", f"{box.get_attribute('id')}-suggestions")
    count = page.locator(OPTIONS).count()

    assert 2 < count <= 8
    expect(page.get_by_role("status").filter(has_text=f"{count} suggestions")).to_have_count(1)


def test_arrows_walk_round_and_enter_goes(page, box):
    options = page.locator(OPTIONS)
    count = options.count()

    assert active(page) == ""
    box.press("ArrowDown")
    assert active(page) == options.nth(0).inner_text()
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    assert active(page) == ""
    box.press("ArrowUp")
    assert active(page) == options.nth(count - 1).inner_text()
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")

    page.wait_for_url("**/deepseek/")


def test_enter_without_a_choice_searches(page, box):
    box.press("Enter")

    page.wait_for_url("**/search/?q=deep")


def test_escape_closes_and_keeps_what_was_typed(page, box):
    box.press("ArrowDown")
    box.press("Escape")

    expect(page.locator(OPTIONS)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("deep")
    assert active(page) == ""
    box.press("ArrowDown")
    expect(page.locator(OPTIONS).first).to_be_visible()


def test_tab_leaves_and_closes(page, box):
    box.press("Tab")

    expect(page.locator(OPTIONS)).to_have_count(0)
    expect(box).not_to_be_focused()


def test_mouse_chooses(page, box):
    page.locator(OPTIONS).filter(has_text="DeepSeek V3").first.click()

    page.wait_for_url("**/deepseek-v3**")


def test_finger_chooses(open_browser):
    page = open_browser(390, touch=True)
    go(page, "/")
    page.locator("#q").tap()
    page.locator("#q").fill("mixture")

    page.locator(OPTIONS).first.tap()

    page.wait_for_url("**/glossary/mixture-of-experts/")


def test_suggestions_stay_on_the_day(page):
    go(page, "/models/?as_of=2024-06")
    page.locator("#site-q").fill("deepseek v")

    expect(page.locator(OPTIONS).first).to_contain_text("DeepSeek V2")
    expect(page.locator(OPTIONS).filter(has_text="V3")).to_have_count(0)
    page.locator(OPTIONS).first.click()

    page.wait_for_url("**/models/deepseek-v2/?as_of=2024-06-30")


def test_nothing_moves_when_suggestions_come(page):
    go(page, "/")
    place = "() => document.querySelector('main').getBoundingClientRect().toJSON()"
    before = page.evaluate(place)

    page.locator("#site-q").fill("deep")
    expect(page.locator(OPTIONS).first).to_be_visible()

    assert page.evaluate(place) == before


def hold_answer(page) -> list:
    """Writes “deep”, and keeps back the answers to it: the requests that wait."""
    held = []
    go(page, "/")
    page.route("**/suggest.json?q=deep", lambda route: held.append(route))
    with page.expect_request("**/suggest.json?q=deep"):
        page.locator("#site-q").fill("deep")
    return held


def test_an_answer_that_comes_too_late_is_dropped(page):
    held = hold_answer(page)

    page.locator("#site-q").fill("mixture of e")
    expect(page.locator(OPTIONS).first).to_contain_text("Mixture of Experts")
    held[0].continue_()
    page.wait_for_timeout(300)

    expect(page.locator(OPTIONS).first).to_contain_text("Mixture of Experts")


def test_an_answer_that_comes_while_one_chooses_is_dropped(page, box):
    held = []
    page.route("**/suggest.json?q=deeps", lambda route: held.append(route))
    with page.expect_request("**/suggest.json?q=deeps"):
        box.fill("deeps")

    box.press("ArrowDown")
    chosen = active(page)
    with page.expect_response("**/suggest.json?q=deeps"):
        held[0].fulfill(json={"suggestions": []})
    page.wait_for_timeout(300)

    assert active(page) == chosen != ""


def test_whoever_does_not_wait_for_suggestions_searches(page):
    held = hold_answer(page)

    page.locator("#site-q").press("Enter")

    page.wait_for_url("**/search/?q=deep")
    assert len(held) == 1


@pytest.mark.parametrize(
    "fail",
    [lambda route: route.abort("connectionreset"), lambda route: route.fulfill(status=500, body="<h1>Error</h1>")],
    ids=["network", "server"],
)
def test_without_an_answer_nothing_old_stands_below_the_box(page, box, guard, fail):
    page.route("**/suggest.json*", fail)

    with guard.paused():
        box.fill("deeps")
        expect(page.locator(OPTIONS)).to_have_count(0)
    box.press("Enter")

    page.wait_for_url("**/search/?q=deeps")


def test_whoever_types_fast_asks_once(page):
    # The page's own clock: a busy machine may take long from one key to the next.
    page.clock.install(time="2026-11-27")
    go(page, "/")
    page.clock.pause_at("2026-11-28")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest.json" in request.url else None)

    for letter in "deepseek":
        page.locator("#site-q").press_sequentially(letter)
        page.clock.run_for(100)
    assert asked == []
    page.clock.run_for(100)
    expect(page.locator(OPTIONS).first).to_be_visible()

    assert len(asked) == 1


def test_no_suggestion_is_said_and_shows_no_list(page):
    go(page, "/")

    page.locator("#site-q").fill("zzzzqqq")

    expect(page.get_by_role("status").filter(has_text="No suggestions")).to_have_count(1)
    expect(page.locator(OPTIONS)).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_suggestions_fit_the_screen(open_browser, width):
    page = open_browser(width)
    go(page, "/")

    page.locator("#site-q").fill("deep")
    expect(page.locator(OPTIONS).first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator(OPTIONS).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(heights) >= 24


def test_open_suggestions_are_accessible(inspection):
    page = inspection.page
    go(page, "/")
    page.locator("#q").fill("deep")
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.locator("#q").press("ArrowDown")

    inspection.look("suggestions")

    assert inspection.found == []


def test_slash_leads_to_the_box_but_not_from_a_field(page):
    go(page, MODEL)
    box = page.locator("#site-q")

    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.press("/")

    expect(box).to_have_value("/")


def test_slash_can_be_turned_off(page):
    go(page, "/search/")
    page.get_by_text("How to ask for more exactly that").click()

    page.get_by_label("leads to the search box").uncheck()
    go(page, MODEL)
    page.keyboard.press("/")
    expect(page.locator("#site-q")).not_to_be_focused()
    expect(page.locator("#site-q")).to_have_attribute("aria-keyshortcuts", "Control+K Meta+K")
    page.keyboard.press("Control+k")

    expect(page.locator("#site-q")).to_be_focused()


def test_search_is_whole_without_scripts(open_browser):
    page = open_browser(scripts=False)
    go(page, "/search/?q=deepsek")

    page.get_by_label("Kinds of entries").get_by_role("link", name="Models").click()
    expect(page.get_by_role("heading", name="Models")).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_have_count(0)
    page.get_by_text("How to ask for more exactly that").click()
    expect(page.get_by_text("params:70b..400b")).to_be_visible()
    page.locator("#q").fill("org:deepseek params:>100b")
    page.locator("#q").press("Enter")

    expect(page.get_by_role("link", name="DeepSeek V3", exact=True)).to_be_visible()
    assert tab_to(page, "main a") > 1
