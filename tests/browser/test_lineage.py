"""The drawn lineage: by mouse, keyboard and touch, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import MODEL, go, tab_to

LINEAGE = "/lineage/?model=deepseek-v3&depth=all"
BOX = ".lineage-graph a.box"
LIT = ".lineage-graph .lit"


def focused(page):
    return page.evaluate("document.activeElement.querySelector('title')?.textContent")


def test_graph_is_one_stop_and_arrow_keys_lead_along_its_lines(page):
    go(page, LINEAGE)

    tab_to(page, BOX)
    assert focused(page).startswith("DeepSeek V3,")
    page.keyboard.press("ArrowLeft")
    before = focused(page)
    page.keyboard.press("ArrowRight")
    after = focused(page)

    assert before != after
    assert page.evaluate("document.querySelectorAll('.lineage-graph [tabindex=\"0\"]').length") == 1
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.lineage-graph a')")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == after


def test_graph_shows_the_lineage_of_the_model_in_hand(page):
    go(page, LINEAGE)
    lit = page.locator(LIT)
    expect(lit).to_have_count(0)

    page.locator(BOX).filter(has=page.locator("title", has_text="DeepSeek R1")).first.hover()
    expect(lit.nth(1)).to_be_attached()
    assert 1 < lit.count() < page.locator(".lineage-graph :is(.box, [data-from])").count()
    page.mouse.move(0, 0)
    expect(lit).to_have_count(0)
    tab_to(page, BOX)
    expect(lit.nth(1)).to_be_attached()


def test_model_opens_by_mouse_and_by_keyboard(page):
    go(page, LINEAGE)
    page.locator(BOX).filter(has=page.locator("title", has_text="DeepSeek V3 Base")).click()
    expect(page).to_have_url(re.compile("/models/deepseek-v3-base/$"))

    go(page, LINEAGE)
    tab_to(page, BOX)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/models/deepseek-v3/$"))


def test_model_opens_by_touch(open_browser, scripts):
    page = open_browser(820, touch=True, scripts=scripts)
    go(page, LINEAGE)

    page.locator(BOX).filter(has=page.locator("title", has_text=re.compile("^DeepSeek V3,"))).tap()

    expect(page).to_have_url(re.compile("/models/deepseek-v3/$"))


def test_graph_without_scripts_adds_no_stops(open_browser):
    page = open_browser(scripts=False)
    go(page, LINEAGE)

    assert page.locator(BOX).count() > 3
    assert page.locator(f'{BOX}[tabindex="-1"]').count() == page.locator(BOX).count()


def test_deep_part_of_the_tree_unfolds(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/lineage/")
    folded = page.locator(".tree details")

    for _ in range(folded.count()):
        closed = page.locator(".tree details:not([open]) > summary:visible")
        if closed.count() == 0:
            break
        closed.first.click()

    expect(page.locator(".tree a:visible")).to_have_count(page.locator(".tree a").count())


def test_list_stands_before_the_drawing_on_a_phone(open_browser):
    page = open_browser(390, height=844)
    go(page, LINEAGE)

    tree, drawing = page.locator(".tree").first.bounding_box(), page.locator(".lineage-region").bounding_box()

    assert tree["y"] < drawing["y"]
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator(".lineage-region").bounding_box()["y"] < page.locator(".tree").first.bounding_box()["y"]


def test_wide_drawing_scrolls_by_keyboard_in_its_region(open_browser):
    page = open_browser(390, height=844)
    go(page, LINEAGE)
    region = page.get_by_role("region", name="The lineage of DeepSeek V3, drawn")

    region.focus()
    # It opened where V3 is, at the right.
    before = region.evaluate("region => region.scrollLeft")
    page.keyboard.press("ArrowLeft")

    page.wait_for_function("before => document.querySelector('.lineage-region').scrollLeft < before", arg=before)
    assert before > 0
    assert page.evaluate("document.documentElement.scrollLeft") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawing_stands_out_in_forced_colors(open_browser, scheme):
    page = open_browser(forced_colors="active", color_scheme=scheme)
    go(page, LINEAGE)

    stroke, paper = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".strokes")).stroke,
          getComputedStyle(document.body).backgroundColor]"""
    )

    assert stroke != paper


def test_relation_is_asked_by_names(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/lineage/")

    form = page.get_by_role("form", name="Two models")
    form.get_by_label("How is").fill("DeepSeek R1")
    form.get_by_label("related to").fill("deepseek v2")
    form.get_by_role("button").click()

    expect(page.locator(".answer")).to_have_text(re.compile(r"DeepSeek R1 comes from DeepSeek.V2, in 2 steps\."))


def test_model_page_draws_its_tree_where_there_is_room(page):
    go(page, MODEL)
    expect(page.locator("#tree ~ figure .lineage-graph")).to_be_visible()
    overflow = page.locator("#tree ~ figure .lineage-region").evaluate(
        "(region) => region.scrollWidth - region.clientWidth"
    )

    page.set_viewport_size({"width": 390, "height": 844})

    assert overflow <= 0
    expect(page.locator("#tree ~ figure")).to_be_hidden()
    page.get_by_role("link", name="The whole lineage").click()
    expect(page).to_have_url(re.compile(r"/lineage/\?model=deepseek-v3$"))
