"""The filters of a list: what is asked for stands in the address, in the marks, in the count and in the rows."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import go, tab_to, texts

NAMES = "table.entries tbody th a"


@pytest.fixture
def models(open_browser, scripts) -> Page:
    """The list of models with its filters beside it."""
    page = open_browser(scripts=scripts)
    go(page, "/models/")
    expect(page.get_by_role("button", name="Apply")).to_be_visible()
    return page


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def count(page: Page) -> int:
    return int(re.match(r"\d+", page.locator(".result-count").inner_text())[0])


def apply(page: Page) -> None:
    page.get_by_role("button", name="Apply").click()


def marks(page: Page) -> list[str]:
    return texts(page, ".marks .mark-off")


def test_facet_narrows_the_list_and_its_mark_widens_it_again(models):
    everything = texts(models, NAMES)
    option = models.get_by_role("group", name="Innovation").get_by_role("listitem").first
    name = option.locator("label").inner_text().rsplit(maxsplit=1)[0]
    expected = int(option.locator(".count").inner_text())

    option.get_by_role("checkbox").check()
    apply(models)

    assert len(query(models)["innovation"]) == 1
    assert 0 < expected < len(everything)
    assert count(models) == len(texts(models, NAMES)) == expected
    assert set(texts(models, NAMES)) < set(everything)
    assert marks(models) == [f"Remove the filter Innovation: {name} ×"]
    expect(models.get_by_role("group", name="Innovation").get_by_role("checkbox", checked=True)).to_have_count(1)

    models.get_by_role("link", name=re.compile("^Remove the filter Innovation")).click()

    assert "innovation" not in query(models)
    assert texts(models, NAMES) == everything
    assert marks(models) == []


def test_two_values_of_a_facet_mean_or_and_each_has_its_mark(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/papers/")
    options = page.get_by_role("group", name="Category").get_by_role("listitem")
    expected = [int(options.nth(i).locator(".count").inner_text()) for i in (0, 1)]

    for i in (0, 1):
        options.nth(i).get_by_role("checkbox").check()
    apply(page)

    assert len(query(page)["category"]) == 2
    assert count(page) == sum(expected)
    assert len(marks(page)) == 2
    page.locator(".marks .mark-off").first.click()
    assert len(query(page)["category"]) == 1
    assert count(page) in expected


def test_size_is_typed_as_people_write_it(models):
    assert "DeepSeek LLM 67B" in texts(models, NAMES)

    models.get_by_label("Parameters from").fill("70B")
    apply(models)

    assert query(models)["parameters_min"] == ["70B"]
    assert texts(models, NAMES) == ["DeepSeek R1", "DeepSeek V3", "DeepSeek V3 Base", "DeepSeek V2"]
    assert count(models) == 4
    assert marks(models) == ["Remove the filter Parameters from: 70B ×"]
    expect(models.get_by_label("Parameters from")).to_have_value("70B")


def test_bad_value_has_its_message_beside_it_and_the_others_apply(models):
    everything = count(models)
    models.get_by_label("Parameters from").fill("banana")
    models.get_by_label("Parameters up to").fill("300B")
    apply(models)
    field = models.get_by_label("Parameters from")

    expect(field).to_have_value("banana")
    expect(field).to_have_attribute("aria-invalid", "true")
    error = models.locator(f"#{field.get_attribute('aria-describedby')}")
    expect(error).to_be_visible()
    expect(field).to_have_accessible_description(error.inner_text())
    below = error.bounding_box()["y"] - field.bounding_box()["y"] - field.bounding_box()["height"]
    assert 0 <= below < 20
    assert "70B" in error.inner_text()  # what would have been understood
    assert len(marks(models)) == 1
    assert 0 < count(models) < everything
    assert count(models) == len(texts(models, NAMES))


def test_bad_choice_has_its_message_in_its_group(open_browser):
    page = open_browser()
    go(page, "/models/?openness=ajar")

    group = page.get_by_role("group", name="Openness")

    expect(group.get_by_text("“ajar” is not a value to choose from.")).to_be_visible()
    expect(group).to_have_accessible_description(re.compile("ajar"))


def test_heading_sorts_one_way_and_then_the_other(models):
    heading = models.get_by_role("columnheader", name="Parameters")
    expect(heading).not_to_have_attribute("aria-sort", re.compile(".*"))

    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    ascending = texts(models, NAMES)
    heading.get_by_role("link").click()

    expect(heading).to_have_attribute("aria-sort", "descending")
    assert query(models)["order"] == ["-parameters"]
    assert ascending[0] == "DeepSeek LLM 67B"
    assert texts(models, NAMES)[-1] == "DeepSeek LLM 67B"
    expect(models.locator("th[aria-sort]")).to_have_count(1)


def test_sorting_keeps_the_filters(models):
    models.get_by_label("Parameters from").fill("70B")
    apply(models)

    models.get_by_role("columnheader", name="Parameters").get_by_role("link").click()

    assert query(models)["parameters_min"] == ["70B"]
    assert query(models)["order"] == ["parameters"]
    assert count(models) == 4


def test_filters_work_by_keyboard(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/models/")
    everything = count(page)

    tab_to(page, "[name=parameters_min]")
    page.keyboard.type("70B")
    tab_to(page, "[name=lifecycle]")
    page.keyboard.press("Space")
    tab_to(page, "details.filters [type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert query(page)["parameters_min"] == ["70B"]
    assert len(query(page)["lifecycle"]) == 1
    assert 0 < count(page) < everything
    tab_to(page, ".marks .mark-off")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(marks(page)) == 1


def test_nothing_found_offers_to_take_a_filter_away(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/models/?q=nothing+is+called+so&parameters_min=70B")

    page.get_by_role("link", name="without Search in this list: nothing is called so").click()

    assert count(page) == 4


def test_filters_work_on_a_phone(open_browser, scripts):
    page = open_browser(390, scripts=scripts, touch=True)
    go(page, "/models/")
    field = page.get_by_label("Parameters from")
    expect(field).to_be_hidden()

    page.locator("details.filters > summary").tap()
    field.fill("70B")
    page.get_by_role("button", name="Apply").tap()
    expect(page).to_have_url(re.compile("parameters_min=70B"))

    expect(page.locator(NAMES).first).to_be_visible()
    assert count(page) == 4


def test_filters_unfold_on_a_phone_by_keyboard(open_browser, scripts):
    page = open_browser(390, scripts=scripts)
    go(page, "/models/")

    tab_to(page, "details.filters > summary")
    page.keyboard.press("Enter")

    assert tab_to(page, "details.filters input") == 1
    expect(page.get_by_label("Search in this list")).to_be_focused()
