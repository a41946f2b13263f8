"""The timeline in hand: marks that tell and open, ways to draw, filters, and files to take along."""

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import go, tab_to, texts

V3 = "/models/deepseek-v3/"
# Alone in its place: V3 has its base right below it.
V2 = "/models/deepseek-v2/"
TIP = ".chart-tip"


@pytest.fixture
def timeline(open_browser) -> Page:
    page = open_browser()
    go(page, "/timeline/")
    return page


def mark(page: Page, address: str = V2) -> Locator:
    return page.locator(f".plot a[href='{address}'] use")


def middle(spot: Locator) -> tuple[float, float]:
    spot.scroll_into_view_if_needed()
    box = spot.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drawn(page: Page) -> list[str]:
    """The addresses of the models in the plot, in alphabetical order."""
    page.wait_for_load_state()
    expect(page.locator(".browse")).not_to_have_attribute("aria-busy", "true")
    return sorted(link.get_attribute("href") for link in page.locator(".plot a").all())


def listed(page: Page) -> list[str]:
    return sorted(link.get_attribute("href") for link in page.locator("table.entries tbody th a").all())


def current(page: Page) -> list[str]:
    """The ways to draw that are in force."""
    page.wait_for_load_state()
    return texts(page, ".views [aria-current]")


def test_mark_tells_what_it_is_to_a_mouse_and_opens_its_model(timeline):
    expect(timeline.locator(TIP)).to_be_hidden()
    x, y = middle(mark(timeline))

    timeline.mouse.move(x + 3, y + 3)

    expect(timeline.locator(TIP)).to_have_text("DeepSeek V2236B · 6 May 2024")
    timeline.mouse.move(x, y + 300)
    expect(timeline.locator(TIP)).to_be_hidden()
    timeline.mouse.click(x, y)
    expect(timeline).to_have_url(re.compile(f"{V2}$"))


def test_mark_tells_what_it_is_to_a_finger_first_and_opens_its_model_then(open_browser):
    page = open_browser(390, touch=True)
    go(page, "/timeline/")
    x, y = middle(mark(page))

    page.touchscreen.tap(x, y)

    expect(page.locator(TIP)).to_contain_text("Tap again to open")
    expect(page).to_have_url(re.compile("/timeline/$"))
    name = page.locator(TIP).locator("strong").inner_text()
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_keyboard_walks_from_mark_to_mark_and_opens_one(timeline):
    tab_to(timeline, ".plot a")
    focused = timeline.locator(".plot a:focus")
    newest = focused.get_attribute("href")

    timeline.keyboard.press("Home")
    oldest = focused.get_attribute("href")
    timeline.keyboard.press("ArrowRight")
    second = focused.get_attribute("href")

    assert len({newest, oldest, second}) == 3
    name, detail = focused.get_attribute("aria-label").split(": ")
    expect(timeline.locator(TIP)).to_have_text(name + detail)
    expect(timeline.get_by_role("link", name=f"{name}: {detail}")).to_be_focused()
    timeline.keyboard.press("Escape")
    expect(timeline.locator(TIP)).to_be_hidden()
    timeline.keyboard.press("Enter")
    expect(timeline).to_have_url(re.compile(f"{second}$"))
    expect(timeline.get_by_role("heading", level=1)).to_have_text(name)


def test_plot_is_one_stop_for_the_keyboard_and_its_table_follows(timeline):
    tab_to(timeline, ".plot a")

    assert tab_to(timeline, ".views a") == 1
    assert tab_to(timeline, "table.entries tbody a") > 1


def test_keyboard_comes_in_at_what_is_highlighted(timeline):
    go(timeline, "/timeline/?highlight=deepseek-v2")

    tab_to(timeline, ".plot a")

    expect(timeline.locator(".plot a:focus")).to_have_attribute("href", V2)
    assert timeline.locator(".plot .strong").all_text_contents() == ["DeepSeek V2"]


def test_without_scripts_marks_are_links_with_a_title_and_the_table_says_the_same(open_browser):
    page = open_browser(scripts=False)
    go(page, "/timeline/")

    titles = page.locator(".plot a title").all_text_contents()

    assert "DeepSeek V3\n671B · 26 December 2024" in titles
    assert drawn(page) == listed(page)
    mark(page).click()
    expect(page).to_have_url(re.compile(f"{V2}$"))


def test_ways_to_draw_stand_in_the_address_and_the_back_button_undoes_them(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/timeline/")
    assert current(page) == ["Parameters", "Organization", "Logarithmic", "2017"]

    for name in ("Training cost", "Openness", "Linear", "The first"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("aria-current", "true")

    assert current(page) == ["Training cost", "Openness", "Linear", "The first"]
    expect(page).to_have_url(re.compile(r"\?y=cost&color=openness&scale=linear&released_after=$"))
    expect(page).to_have_title("Training cost of AI models by release date · Timeline · Descent")
    assert drawn(page) == listed(page) == ["/models/deepseek-v3-base/", V3]
    page.go_back()
    expect(page.get_by_role("link", name="2017", exact=True)).to_have_attribute("aria-current", "true")


def test_scores_on_a_benchmark_are_drawn_and_the_marks_of_the_new_plot_tell(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/timeline/?color=openness")

    page.get_by_label("Score on", exact=True).select_option("benchmark:mmlu")
    page.get_by_role("button", name="Draw").click()

    expect(page).to_have_url(re.compile(r"color=openness&y=benchmark%3Ammlu$|y=benchmark%3Ammlu&color=openness$"))
    expect(page.get_by_role("columnheader", name="MMLU")).to_be_visible()
    assert drawn(page) == listed(page)
    if scripts:
        page.mouse.move(*middle(mark(page)))
        expect(page.locator(TIP)).to_contain_text("measured by the vendor")


def test_filters_narrow_what_is_drawn_and_keep_how(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/timeline/?color=architecture&highlight=deepseek-v3")
    everything = drawn(page)

    page.get_by_role("group", name="Architecture").get_by_label("mixture of experts").check()
    if not scripts:
        page.get_by_role("button", name="Apply").click()

    expect(page.locator(".mark-off", has_text="Architecture: mixture of experts")).to_be_visible()
    assert V3 in drawn(page)
    assert set(drawn(page)) < set(everything)
    assert page.locator(".plot .strong").all_text_contents() == ["DeepSeek V3"]
    expect(page.locator(".views [aria-current]", has_text="Architecture")).to_be_visible()


def test_beginning_can_be_taken_away(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/timeline/")
    field = page.get_by_label("Released from")
    expect(field).to_have_value("2017")

    field.fill("")
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile("released_after="))
    expect(page.get_by_role("link", name="The first")).to_have_attribute("aria-current", "true")
    expect(page.get_by_label("Released from")).to_have_value("")


def test_values_of_a_closed_facet_are_found_by_name(open_browser, scripts):
    page = open_browser(scripts=scripts)
    go(page, "/timeline/")

    family = page.get_by_role("group", name="Family")
    family.get_by_role("link").click()
    if scripts:
        page.get_by_role("searchbox", name=re.compile("under Family")).fill("deepseek")
    family.get_by_role("checkbox", name=re.compile("^DeepSeek ")).check()
    if not scripts:
        page.get_by_role("button", name="Show models").click()

    expect(page.locator(".mark-off", has_text="Family: DeepSeek")).to_be_visible()
    assert V3 in drawn(page)


@pytest.mark.parametrize("query", ["", "?y=benchmark:mmlu&page=1&per_page=2"])
def test_files_hold_what_is_drawn(timeline, query):
    go(timeline, f"/timeline/{query}")
    names = sorted(link.get_attribute("aria-label").split(": ")[0] for link in timeline.locator(".plot a").all())
    files = {
        name: timeline.request.get(timeline.get_by_role("link", name=name, exact=True).get_attribute("href"))
        for name in ("SVG", "CSV", "JSON")
    }

    picture = ET.fromstring(files["SVG"].text())
    titles = [title.text.split("\n")[0] for title in picture.findall(".//{*}a/{*}title")]

    assert sorted(titles) == names
    assert sorted(row["name"] for row in csv.DictReader(io.StringIO(files["CSV"].text()))) == names
    assert sorted(row["name"] for row in files["JSON"].json()["results"]) == names
    assert len(names) > 3


def test_picture_shows_by_itself(timeline):
    timeline.get_by_role("link", name="SVG", exact=True).click()

    expect(timeline.locator("svg > text").first).to_have_text("Parameters of AI models by release date")
    expect(timeline.locator(f"a[href$='{V3}'] use")).to_be_visible()


def test_model_and_family_lead_to_their_place(timeline):
    for address, highlight in ((V3, "deepseek-v3"), ("/families/deepseek/", "family:deepseek")):
        go(timeline, address)
        timeline.get_by_role("link", name="In the timeline").click()

        expect(timeline).to_have_url(re.compile(f"/timeline/.highlight={highlight}$"))
        expect(timeline.locator(f".plot a.is-strong[href='{V3}']")).to_be_visible()
