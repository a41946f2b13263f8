"""Models side by side: built up and rearranged by mouse, keyboard and finger, with scripts and without."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import COMPARISON, MODEL, go, tab_to, texts

HEADS = ".compare thead th > a"


@pytest.fixture
def comparison(open_browser, scripts) -> Page:
    page = open_browser(scripts=scripts)
    go(page, COMPARISON)
    expect(page.locator(HEADS)).to_have_text(["DeepSeek V3", "DeepSeek V2", "DeepSeek R1"])
    return page


def test_models_are_added_moved_and_removed_by_mouse(comparison):
    comparison.get_by_label("Add a model").fill("DeepSeek LLM 67B")
    comparison.get_by_role("button", name="Add").click()
    expect(comparison.locator(HEADS)).to_have_text(["DeepSeek V3", "DeepSeek V2", "DeepSeek R1", "DeepSeek LLM 67B"])

    comparison.get_by_role("link", name="Move DeepSeek R1 to the left").click()
    expect(comparison.locator(HEADS)).to_have_text(["DeepSeek V3", "DeepSeek R1", "DeepSeek V2", "DeepSeek LLM 67B"])

    comparison.get_by_role("link", name="Remove DeepSeek V3").click()
    expect(comparison.locator(HEADS)).to_have_text(["DeepSeek R1", "DeepSeek V2", "DeepSeek LLM 67B"])
    assert unquote(comparison.url).endswith("/compare/?models=deepseek-r1,deepseek-v2,deepseek-llm-67b")


def test_names_are_suggested_while_one_types(open_browser):
    page = open_browser()
    go(page, COMPARISON)

    page.get_by_label("Add a model").fill("v3 base")

    expect(page.locator("#suggested option")).to_have_count(1)
    expect(page.locator("#suggested option")).to_have_attribute("value", "deepseek-v3-base")


def test_models_are_added_and_removed_by_keyboard(comparison):
    tab_to(comparison, "#add")
    comparison.keyboard.type("deepseek-v3-base")
    with comparison.expect_navigation():
        comparison.keyboard.press("Enter")
    assert len(texts(comparison, HEADS)) == 4

    tab_to(comparison, ".moves a:last-child")
    with comparison.expect_navigation():
        comparison.keyboard.press("Enter")

    expect(comparison.locator(HEADS)).to_have_text(["DeepSeek V2", "DeepSeek R1", "DeepSeek V3 Base"])


def test_models_are_added_and_removed_by_touch(open_browser, scripts):
    page = open_browser(390, scripts=scripts, touch=True)
    go(page, COMPARISON)

    page.get_by_label("Add a model").fill("nobody")
    page.get_by_role("button", name="Add").tap()
    expect(page.get_by_role("alert")).to_contain_text("There is no model “nobody” here.")
    page.get_by_role("link", name="Remove DeepSeek V2").tap()

    expect(page.locator(HEADS)).to_have_text(["DeepSeek V3", "DeepSeek R1"])


def test_rows_that_agree_are_hidden_and_shown_again(comparison):
    rows = comparison.locator(".compare tbody tr")
    everything = rows.count()

    comparison.get_by_role("link", name="Only the rows in which they differ").click()
    expect(comparison.get_by_role("link", name="Show the rows in which all agree as well")).to_be_visible()
    assert 10 < rows.count() < everything
    expect(comparison.get_by_role("row", name="Family")).to_have_count(0)

    comparison.get_by_role("link", name="Show the rows in which all agree as well").click()
    expect(rows).to_have_count(everything)


def test_comparison_begins_on_a_models_page(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, MODEL)

    page.locator(".facts").get_by_role("link", name="others").click()
    page.get_by_role("link", name="DeepSeek V2", exact=True).click()

    expect(page.locator(HEADS)).to_have_text(["DeepSeek V3", "DeepSeek V2"])


def test_source_shows_to_whoever_comes_by_keyboard(comparison):
    tab_to(comparison, ".compare .note a")
    note = comparison.locator(":focus")

    shown = note.evaluate("note => getComputedStyle(note, '::after').content")

    assert shown == "attr(title)" or shown.strip('"') == note.get_attribute("title")
    assert len(note.get_attribute("title")) > 10
    comparison.keyboard.press("Enter")
    expect(comparison).to_have_url(re.compile("#note-1$"))


def test_names_of_the_models_stay_in_sight(page):
    go(page, COMPARISON)

    page.locator(".compare tbody tr").last.scroll_into_view_if_needed()

    for head in page.locator(HEADS).all():
        expect(head).to_be_in_viewport()


def test_each_cell_names_its_model_on_a_phone(open_browser):
    page = open_browser(390, touch=True)
    go(page, COMPARISON)

    cells = page.locator(".compare tbody td")
    labels = cells.evaluate_all("cells => cells.map((cell) => getComputedStyle(cell, '::before').content)")

    assert set(labels) == {'"DeepSeek V3"', '"DeepSeek V2"', '"DeepSeek R1"'} or set(labels) == {"attr(data-label)"}
    boxes = [cell.bounding_box() for cell in cells.all()[:3]]
    assert len({box["x"] for box in boxes}) == 1
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]


def test_paper_shows_the_table_without_its_controls(page):
    go(page, COMPARISON)

    page.emulate_media(media="print")

    expect(page.locator(".moves:visible, .add-model:visible, .controls:visible, .companions:visible")).to_have_count(0)
    expect(page.locator(".compare tbody tr").last).to_be_visible()


def test_models_are_picked_in_their_list(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/models/")

    for name in ("DeepSeek V2", "DeepSeek R1"):
        page.get_by_label(f"Pick {name}", exact=True).check()
    page.get_by_role("button", name="Compare the picked").click()

    expect(page.locator(HEADS)).to_have_count(2)
    assert set(texts(page, HEADS)) == {"DeepSeek V2", "DeepSeek R1"}


def test_no_more_are_picked_than_stand_side_by_side(page):
    go(page, "/models/")
    status = page.locator("#picked [role=status]")
    status.evaluate("status => (status.dataset.most = 2)")
    boxes = page.locator("input[form=picked]")

    boxes.nth(0).check()
    expect(status).to_have_text("1 of 2 picked.")
    boxes.nth(1).check()

    expect(status).to_have_text("2 of 2 picked.")
    expect(boxes.nth(2)).to_be_disabled()
    boxes.nth(0).uncheck()
    expect(boxes.nth(2)).to_be_enabled()


def test_models_are_picked_by_keyboard_in_a_list_that_was_narrowed(page):
    go(page, "/models/")
    tab_to(page, "[name=parameters_min]")
    page.keyboard.type("70B")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("parameters_min=70B"))

    for box in page.locator("input[form=picked]").all()[:2]:
        box.focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare the picked").focus()
    page.keyboard.press("Enter")

    expect(page.locator(HEADS)).to_have_count(2)
