"""The filters of a list: what is asked for stands in the address, in the marks, in the count and in the rows."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from catalog.models import AIModel, Tag
from tests import factories as make
from tests.browser.pages import go, tab_to, texts

NAMES = "table.entries tbody th a"


@pytest.fixture
def models(open_browser, scripts) -> Page:
    """The list of models with its filters beside it."""
    page = open_browser(scripts=scripts)
    go(page, "/models/")
    expect(page.get_by_role("button", name="Apply")).to_be_visible()
    return page


def settled(page: Page) -> None:
    """Waits until what was last asked for is there. Without scripts, it is when the page is."""
    page.wait_for_load_state()
    expect(page.locator(".browse")).not_to_have_attribute("aria-busy", "true")


def names(page: Page) -> list[str]:
    settled(page)
    return texts(page, NAMES)


def query(page: Page) -> dict[str, list[str]]:
    settled(page)
    return parse_qs(urlsplit(page.url).query)


def count(page: Page) -> int:
    settled(page)
    return int(re.match(r"\d+", page.locator(".result-count").inner_text())[0])


def apply(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Apply").click()
    settled(page)


def marks(page: Page) -> list[str]:
    settled(page)
    return texts(page, ".marks .mark-off")


def test_facet_narrows_the_list_and_its_mark_widens_it_again(models):
    everything = names(models)
    option = models.get_by_role("group", name="Innovation").get_by_role("listitem").first
    name = option.locator("label").inner_text().rsplit(maxsplit=1)[0]
    expected = int(option.locator(".count").inner_text())

    option.get_by_role("checkbox").check()
    apply(models)

    assert len(query(models)["innovation"]) == 1
    assert 0 < expected < len(everything)
    assert count(models) == len(names(models)) == expected
    assert set(names(models)) < set(everything)
    assert marks(models) == [f"Remove the filter Innovation: {name} ×"]
    expect(models.get_by_role("group", name="Innovation").get_by_role("checkbox", checked=True)).to_have_count(1)

    models.get_by_role("link", name=re.compile("^Remove the filter Innovation")).click()

    assert "innovation" not in query(models)
    assert names(models) == everything
    assert marks(models) == []


def test_two_values_of_a_facet_mean_or_and_each_has_its_mark(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/papers/")
    options = page.get_by_role("group", name="Category").get_by_role("listitem")
    expected = [int(options.nth(i).locator(".count").inner_text()) for i in (0, 1)]

    for i in (0, 1):
        options.nth(i).get_by_role("checkbox").check()
        settled(page)
    apply(page)

    assert len(query(page)["category"]) == 2
    assert count(page) == sum(expected)
    assert len(marks(page)) == 2
    page.locator(".marks .mark-off").first.click()
    assert len(query(page)["category"]) == 1
    assert count(page) in expected


def test_size_is_typed_as_people_write_it(models):
    assert "DeepSeek LLM 67B" in names(models)

    models.get_by_label("Parameters from").fill("70B")
    apply(models)

    assert query(models)["parameters_min"] == ["70B"]
    assert names(models) == ["DeepSeek R1", "DeepSeek V3", "DeepSeek V3 Base", "DeepSeek V2"]
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
    assert count(models) == len(names(models))


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
    ascending = names(models)
    heading.get_by_role("link").click()

    expect(heading).to_have_attribute("aria-sort", "descending")
    assert query(models)["order"] == ["-parameters"]
    assert ascending[0] == "DeepSeek LLM 67B"
    assert names(models)[-1] == "DeepSeek LLM 67B"
    expect(models.locator("th[aria-sort]")).to_have_count(1)


def test_sorting_keeps_the_filters(models):
    models.get_by_label("Parameters from").fill("70B")
    models.get_by_role("button", name="Apply").click()  # and without waiting for what comes of it:
    models.get_by_role("columnheader", name="Parameters").get_by_role("link").click()

    expect(models).to_have_url(re.compile("order=parameters"))
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
    settled(page)
    page.keyboard.press("Space")
    settled(page)
    tab_to(page, "details.filters [type=submit]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("lifecycle"))

    assert query(page)["parameters_min"] == ["70B"]
    assert len(query(page)["lifecycle"]) == 1
    assert 0 < count(page) < everything
    tab_to(page, ".marks .mark-off")
    page.keyboard.press("Enter")
    expect(page.locator(".marks .mark-off")).to_have_count(1)


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


def test_choice_shows_at_once_and_the_back_button_undoes_it(open_browser):
    page = open_browser()
    go(page, "/models/")
    everything = count(page)
    page.evaluate("window.samePage = true")
    option = page.get_by_role("group", name="Innovation").get_by_role("checkbox").first

    option.check()

    expect(page).to_have_url(re.compile(r"\?innovation=[\w-]+$"))
    narrowed = count(page)
    assert 0 < narrowed < everything
    expect(page.get_by_role("status").filter(has_text="matches")).to_have_text(f"{narrowed} matches")
    expect(option).to_be_focused()
    page.go_back()
    expect(page.locator(".result-count")).to_have_text(f"{everything} matches")
    expect(option).not_to_be_checked()
    page.go_forward()
    expect(option).to_be_checked()
    assert count(page) == narrowed
    assert page.evaluate("window.samePage")


def test_what_is_typed_while_the_list_changes_stays(open_browser):
    page = open_browser()
    go(page, "/models/")
    page.get_by_role("group", name="Openness").get_by_role("checkbox").first.check()

    page.get_by_label("Search in this list").fill("deep")
    settled(page)

    expect(page.get_by_label("Search in this list")).to_have_value("deep")


def test_last_of_two_quick_choices_wins(open_browser):
    page = open_browser()
    go(page, "/models/")
    boxes = page.get_by_role("group", name="Innovation").get_by_role("checkbox")
    values = [boxes.nth(i).get_attribute("value") for i in (0, 1)]

    page.evaluate(
        """values => values.forEach(value => document.querySelector(`[name=innovation][value="${value}"]`).click())""",
        values,
    )

    assert query(page)["innovation"] == values
    assert len(marks(page)) == 2


def test_failed_request_becomes_a_navigation(open_browser):
    page = open_browser()
    go(page, "/models/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")

    with page.expect_navigation():
        page.get_by_role("group", name="Openness").get_by_role("checkbox").first.check()

    assert len(marks(page)) == 1


def test_bar_narrows_to_what_it_counts(models, scripts):
    bar = models.locator(".range", has_text="Release").locator("a").last
    expected = int(bar.locator("title").text_content().rsplit(": ", 1)[1])

    bar.focus()
    models.keyboard.press("Enter")

    expect(models).to_have_url(re.compile("released_after=20"))
    assert count(models) == expected
    assert len(marks(models)) == 2


def test_bar_and_choice_by_finger(open_browser, scripts):
    page = open_browser(390, scripts=scripts, touch=True)
    go(page, "/models/")
    page.locator("details.filters > summary").tap()

    page.locator(".range", has_text="Parameters").locator("a").last.tap()

    expect(page).to_have_url(re.compile("parameters_min="))
    settled(page)
    page.get_by_role("group", name="Openness").get_by_role("checkbox").first.tap()
    if not scripts:
        page.get_by_role("button", name="Apply").tap()
    expect(page).to_have_url(re.compile("openness="))
    assert len(marks(page)) == 3


def test_cards_and_columns_are_chosen_and_stay(models):
    models.get_by_role("link", name="Cards").click()
    expect(models.locator(".cards .card").first).to_be_visible()
    models.locator("details.columns > summary").click()
    models.get_by_role("form", name="Columns").get_by_label("Licence").check()
    models.get_by_role("button", name="Show these").click()
    expect(models).to_have_url(re.compile("columns=licence"))
    settled(models)

    models.get_by_role("link", name="Table", exact=True).click()

    expect(models.get_by_role("columnheader", name="Licence")).to_be_visible()
    assert "licence" in query(models)["columns"]


@pytest.fixture
def many_tags(site):
    """Thirty tags on a model, for as long as the test runs."""
    model = AIModel.objects.get(slug="deepseek-v3")
    tags = [make.make_tagged_model(content_object=model, tag=make.make_tag(name=f"zz {n:02}")).tag for n in range(30)]
    yield
    Tag.objects.filter(pk__in=[tag.pk for tag in tags]).delete()


def test_values_that_are_not_offered_are_found_by_name(many_tags, models, scripts):
    group = models.get_by_role("group", name="Tag")
    expect(group.get_by_role("checkbox", name="zz 29")).to_have_count(0)

    group.get_by_role("link", name=re.compile(r"^Find among \d+$")).click()
    models.get_by_role("searchbox", name=re.compile("^Find")).fill("z 29")
    if not scripts:
        models.get_by_role("button", name="Find", exact=True).click()
    models.get_by_role("checkbox", name="zz 29").check()
    if not scripts:
        models.get_by_role("button", name="Show models").click()

    expect(models).to_have_url(re.compile("tag=zz-29"))
    assert names(models) == ["DeepSeek V3"]
    assert marks(models) == ["Remove the filter Tag: zz 29 ×"]
