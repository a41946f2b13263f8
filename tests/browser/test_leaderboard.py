"""The leaderboard of a benchmark: filtered by mouse, keyboard and finger, and its chart beside its table."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import go, tab_to, texts

MMLU = "/benchmarks/mmlu/"
ROWS = ".leaderboard table.entries tbody"
NAMES = f"{ROWS} th a"


@pytest.fixture
def board(open_browser, scripts) -> Page:
    """The scores on MMLU with their filters beside them."""
    page = open_browser(scripts=scripts)
    go(page, MMLU)
    return page


def query(page: Page) -> dict[str, list[str]]:
    page.wait_for_load_state()
    return parse_qs(urlsplit(page.url).query)


def count(page: Page) -> int:
    page.wait_for_load_state()
    return int(re.match(r"\d+", page.locator(".leaderboard .result-count").inner_text())[0])


def setting(page: Page):
    """The first of the settings to choose from, and how many scores it promises."""
    option = page.get_by_role("group", name="Setting").get_by_role("listitem").first
    return option.get_by_role("checkbox"), int(option.locator(".count").inner_text())


def test_choice_narrows_the_scores_and_its_mark_widens_them_again(board):
    everything = count(board)
    box, promised = setting(board)

    box.check()
    board.get_by_role("button", name="Apply").click()

    assert len(query(board)["setting"]) == 1
    assert urlsplit(board.url).fragment == "leaderboard"
    assert 0 < promised < everything
    assert count(board) == len(texts(board, NAMES)) == promised
    board.get_by_role("link", name=re.compile("^Remove the filter Setting")).click()
    assert "setting" not in query(board)
    assert count(board) == everything


def test_scores_are_filtered_by_keyboard(board):
    everything = count(board)
    _, promised = setting(board)

    tab_to(board, "[name=setting]")
    board.keyboard.press("Space")
    tab_to(board, ".leaderboard [type=submit]")
    with board.expect_navigation():
        board.keyboard.press("Enter")

    assert count(board) == promised < everything


def test_scores_are_filtered_by_touch_on_a_phone(open_browser, scripts):
    page = open_browser(390, scripts=scripts, touch=True)
    go(page, MMLU)
    everything = count(page)

    page.locator(".leaderboard details.filters > summary").tap()
    box, promised = setting(page)
    box.tap()
    page.get_by_role("button", name="Apply").tap()
    expect(page).to_have_url(re.compile("setting="))

    assert count(page) == promised < everything
    expect(page.locator(NAMES).first).to_be_visible()


def test_one_row_for_each_model_has_its_best_score(board):
    board.get_by_label("Show").select_option("best")
    board.get_by_role("button", name="Apply").click()

    assert query(board)["rows"] == ["best"]
    names = texts(board, NAMES)
    assert len(names) == len(set(names)) == count(board)


def test_heading_sorts_and_the_address_says_so(board):
    heading = board.locator(".leaderboard").get_by_role("columnheader", name="Model")
    heading.get_by_role("link").click()

    assert query(board)["order"] == ["model"]
    expect(board.locator(".leaderboard").get_by_role("columnheader", name="Model")).to_have_attribute(
        "aria-sort", "ascending"
    )
    names = [name.casefold() for name in texts(board, NAMES)]
    assert names == sorted(names)


def test_what_does_not_compare_says_why_when_it_is_opened(board):
    why = board.locator(f"{ROWS} details.differs").first
    reason = why.evaluate("details => details.lastChild.textContent.trim()")
    assert " against " in reason or "not stated" in reason
    height = why.bounding_box()["height"]

    why.locator("summary").click()

    assert why.bounding_box()["height"] > height


def test_chart_stands_beside_its_table_and_its_files(board):
    chart = board.get_by_role("group", name="MMLU: scores over time")
    expect(chart).to_be_visible()

    assert chart.locator("a").count() >= len(texts(board, ".progress table tbody tr")) > 0
    for name, kind in (("SVG", "image/svg+xml"), ("CSV", "text/csv")):
        address = board.locator(".progress .twins").get_by_role("link", name=name).get_attribute("href")
        answer = board.request.get(address)
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, kind)
