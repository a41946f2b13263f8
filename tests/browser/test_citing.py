"""An editor cites a figure where it stands in the form."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.figures import FIGURES
from catalog.models import AIModel, Citation
from core.documents import document
from editorial.models import Change, Proposal
from editorial.proposals import propose_document
from tests.browser.conftest import EDITOR
from tests.browser.inspection import WIDTHS, Inspection
from tests.browser.pages import ADMIN, go, tab_to
from tests.browser.test_accessibility_of_admin import EXCUSED
from tests.browser.test_layout import TOO_WIDE
from tests.factories import make_citation, make_source

SOURCE = "Leaflet of a browser"
# What Enter chooses: before the answer to what was typed has come, another source.
FOUND = ".select2-results__option--highlighted"
FIELDS = {figure.label: figure.field for figure in FIGURES}
# Of what is filled in and read, whatever is cut off or out of reach: neither on the screen nor in what scrolls.
OUT_OF_REACH = """
() => {
  const filled = ["input", "select", "textarea", "button", ".select2-selection", ".help"];
  const fields = [...document.querySelectorAll(`#content :is(${filled})`)]
    .filter((field) => field.checkVisibility() && !field.matches("[type=hidden], .select2-hidden-accessible"));
  const cut = (field) => {
    const { left, right } = field.getBoundingClientRect();
    for (let box = field.parentElement; box; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      if (["auto", "scroll"].includes(overflowX)) return false;
      const edge = box.getBoundingClientRect();
      if (overflowX !== "visible" && (left < edge.left - 1 || right > edge.right + 1)) return true;
    }
    return left < 0 || right > document.documentElement.clientWidth + 1;
  };
  return [fields.length, fields.filter(cut).map((field) => field.outerHTML.slice(0, 120))];
}
"""


@pytest.fixture
def draft(site):
    """A draft with one figure that two statements of a source support; nothing of it is left afterwards."""
    model = AIModel.objects.create(
        name="Cited by a browser", slug="cited-by-a-browser", parameters_active=37_000_000_000, context_window=128_000
    )
    source = make_source(name=SOURCE)
    make_citation(model=model, field="parameters_active", source=source, stated="37B", value="37000000000", shown=True)
    make_citation(model=model, field="parameters_active", source=source, stated="40B", value="40000000000")
    yield model
    Citation.objects.filter(source=source).delete()
    Change.objects.filter(author__username=EDITOR).delete()
    AIModel.objects.filter(slug__startswith="cited-by-a-browser").delete()
    source.delete()


def open_form(page: Page, model: AIModel) -> None:
    go(page, f"/admin/catalog/aimodel/{model.pk}/change/")


def line(page: Page, figure: str) -> Locator:
    """What stands beside a figure: the button, and what supports the figure."""
    return page.locator(".cite").filter(has=page.get_by_role("button", name=f"Cite {figure}", exact=True))


def cite(page: Page, figure: str) -> Locator:
    """Presses the button beside the figure; the block that comes, in which the source is to be chosen first."""
    before = beneath(page, figure).count()
    line(page, figure).get_by_role("button").click()
    expect(beneath(page, figure)).to_have_count(before + 1)
    block = beneath(page, figure).last
    expect(block.locator(".field-source .select2-selection").first).to_be_focused()
    return block


def beneath(page: Page, figure: str) -> Locator:
    """The blocks of the figure beneath its row."""
    field = FIELDS[figure]
    return page.locator(f".form-row.field-{field} ~ .inline-related[data-cites={field}]")


def choose_source(block: Locator) -> None:
    """Finds the source by its name, with what is focused or touched."""
    page = block.page
    page.locator(".select2-search__field").last.fill(SOURCE)
    expect(page.locator(FOUND)).to_contain_text(SOURCE)
    page.get_by_role("option", name=SOURCE).click()
    expect(block.locator(".field-source .select2-selection__rendered").first).to_contain_text(SOURCE)


def said_of(model: AIModel) -> list[tuple]:
    """Of the citations that were added: figure, statement, value, and whether it is shown."""
    added = model.citations.exclude(field="parameters_active").order_by("field")
    return list(added.values_list("field", "stated", "value", "shown"))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_each_figure_says_what_supports_it_and_leads_there(admin_page, draft):
    page = admin_page
    open_form(page, draft)

    expect(page.locator(".cite")).to_have_count(len(FIGURES))
    expect(line(page, "Parameters")).to_have_text("Cite no source yet")
    expect(line(page, "Parameters").get_by_role("link")).to_have_count(0)
    # Two statements, but one source.
    expect(line(page, "Active parameters")).to_have_text("Cite 1 source")

    line(page, "Active parameters").get_by_role("link", name="1 source of Active parameters").click()

    expect(page.locator("#citations-0")).to_be_in_viewport()
    expect(page.locator("#citations-0 [name$=-field]")).to_have_value("parameters_active")
    page.locator("#citations-0 [name$=-DELETE]").check()
    page.locator("#citations-1 [name$=-DELETE]").check()
    expect(line(page, "Active parameters")).to_have_text("Cite no source yet")


def test_figures_are_cited_where_they_stand_and_saved_in_one_go(admin_page, draft):
    page = admin_page
    open_form(page, draft)
    page.get_by_label("Parameters:", exact=True).fill("671B")
    page.get_by_label("Released:", exact=True).fill("2024-12-01")
    page.get_by_label("Released precision:").select_option("month")

    for figure in ("Parameters", "Context window", "Released"):
        block = cite(page, figure)
        page.keyboard.press("Enter")
        choose_source(block)
        expect(line(page, figure)).to_have_text("Cite 1 source")
    expect(page.locator(".form-row.field-parameters_total + [data-cites=parameters_total]")).to_have_count(1)
    # The shown one is ticked in the first citation of a figure alone.
    second = cite(page, "Active parameters")
    expect(second.get_by_label("Shown")).not_to_be_checked()
    second.locator(".inline-deletelink").click()
    save(page)

    assert said_of(draft) == [
        ("context_window", "128K", "128000", True),
        ("parameters_total", "671B", "671000000000", True),
        ("released", "2024-12", "2024-12", True),
    ]
    assert draft.citations.filter(field="parameters_active").count() == 2
    # What is saved has its place among the citations.
    expect(page.locator("fieldset .inline-related[data-cites]")).to_have_count(0)


def test_figure_is_cited_by_keyboard_alone(admin_page, draft):
    page = admin_page
    open_form(page, draft)
    page.get_by_label("Context window:", exact=True).focus()

    tab_to(page, ".cite button", presses=1)
    page.keyboard.press("Enter")
    block = beneath(page, "Context window")
    expect(block.locator(".field-source .select2-selection").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".select2-search__field").last).to_be_focused()
    page.keyboard.type(SOURCE)
    expect(page.locator(FOUND)).to_contain_text(SOURCE)
    page.keyboard.press("Enter")
    expect(block.locator(".field-source .select2-selection").first).to_be_focused()
    expect(block.locator(".field-source .select2-selection__rendered").first).to_contain_text(SOURCE)
    page.keyboard.press("Control+s")

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert said_of(draft) == [("context_window", "128K", "128000", True)]


def test_refused_citations_come_back_beneath_their_figures(admin_page, draft):
    page = admin_page
    open_form(page, draft)
    cite(page, "Context window")
    whole = cite(page, "Licence")
    page.keyboard.press("Enter")
    choose_source(whole)
    whole.get_by_label("Stated").fill("MIT")

    page.get_by_role("button", name="Save and continue editing").first.click()

    expect(page.locator(".errornote")).to_be_visible()
    refused = beneath(page, "Context window")
    expect(refused.get_by_text("Name the source.")).to_be_visible()
    expect(beneath(page, "Licence").get_by_label("Stated")).to_have_value("MIT")
    expect(line(page, "Context window")).to_have_text("Cite no source yet")
    expect(line(page, "Licence")).to_have_text("Cite 1 source")
    assert said_of(draft) == []

    beneath(page, "Licence").get_by_label("Shown").uncheck()
    refused.locator(".field-source .select2-selection").first.click()
    choose_source(refused)
    save(page)
    assert said_of(draft) == [("context_window", "128K", "128000", True), ("licence", "MIT", "MIT", False)]


def test_citation_that_is_removed_leaves_the_others_whole(admin_page, draft):
    page = admin_page
    open_form(page, draft)
    page.get_by_label("Parameters:", exact=True).fill("671B")
    cite(page, "Parameters")
    kept = cite(page, "Context window")
    page.keyboard.press("Enter")
    choose_source(kept)
    page.get_by_role("button", name="Add another Citation").click()
    expect(page.locator("#citations-group .dynamic-citations")).to_have_count(3)

    beneath(page, "Parameters").locator(".inline-deletelink").click()
    page.locator("#citations-group .inline-deletelink").click()

    expect(beneath(page, "Parameters")).to_have_count(0)
    expect(beneath(page, "Context window")).to_have_count(1)
    expect(page.locator("#id_citations-TOTAL_FORMS")).to_have_value("3")
    save(page)
    assert said_of(draft) == [("context_window", "128K", "128000", True)]
    assert draft.citations.count() == 3


def test_removal_leads_back_to_the_button(admin_page, draft):
    page = admin_page
    open_form(page, draft)
    block = cite(page, "Parameters")

    block.locator(".inline-deletelink").press("Enter")

    expect(line(page, "Parameters").get_by_role("button")).to_be_focused()


def test_new_model_is_cited_in_its_first_form(admin_page, draft):
    page = admin_page
    go(page, "/admin/catalog/aimodel/add/")
    page.get_by_label("Name:", exact=True).fill("Cited by a browser, new")
    page.get_by_label("Parameters:", exact=True).fill("7B")
    block = cite(page, "Parameters")
    page.keyboard.press("Enter")
    choose_source(block)

    save(page)

    new = AIModel.objects.get(slug="cited-by-a-browser-new")
    assert said_of(new) == [("parameters_total", "7B", "7000000000", True)]


def test_without_scripts_the_form_is_as_it_was(open_browser, logged_in, draft):
    page = open_browser(390, scripts=False, storage_state=logged_in)
    open_form(page, draft)

    expect(page.get_by_role("button", name=re.compile("^Cite"))).to_have_count(0)
    page.locator("#citations-group").get_by_label("Locator").first.fill("Table 1")
    save(page)

    assert draft.citations.filter(locator="Table 1").count() == 1


def test_form_of_a_full_entry_is_accessible_while_it_is_cited(admin_page, guard, entry_ids):
    page = admin_page
    inspection = Inspection(guard, page, EXCUSED)
    go(page, ADMIN["a model"].format(**entry_ids))
    cite(page, "Parameters")

    inspection.look("a model, cited", within="fieldset:has(> [data-cites])")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4
    for width in WIDTHS:
        inspection.resize(width)
        assert page.evaluate(TOO_WIDE) == []


# On a phone


@pytest.fixture
def phone(open_browser, logged_in) -> Page:
    return open_browser(390, height=844, touch=True, storage_state=logged_in)


@pytest.fixture
def proposal(site):
    """A change of DeepSeek V3 that waits; it is gone afterwards."""
    model = AIModel.objects.get(slug="deepseek-v3")
    original = document(model)
    proposed = [{**original[0], "fields": original[0]["fields"] | {"summary": "New words."}}, *original[1:]]
    made = propose_document(AIModel, model.slug, model.name, proposed, original, "Read it again")
    yield made
    Proposal.objects.filter(pk=made.pk).delete()


def test_editors_pages_fit_a_phone(phone, entry_ids, proposal):
    faults, checked = {}, 0
    forms = [ADMIN["a model"].format(**entry_ids), "/admin/catalog/aimodel/add/"]
    review = f"/admin/editorial/proposal/review/?ids={proposal.pk}"

    for address in [*forms, review, *(ADMIN[name] for name in ("index", "a list", "offers"))]:
        go(phone, address)
        if address in forms:
            cite(phone, "Parameters")
        fields, cut = phone.evaluate(OUT_OF_REACH)
        checked += fields
        if past := [*phone.evaluate(TOO_WIDE), *cut]:
            faults[address] = past[:5]

    assert faults == {}
    assert checked > 500


def test_figure_is_changed_and_cited_by_touch(phone, draft):
    open_form(phone, draft)
    phone.get_by_label("Parameters:", exact=True).tap()
    expect(phone.get_by_label("Parameters:", exact=True)).to_be_focused()
    phone.keyboard.type("671B")

    line(phone, "Parameters").get_by_role("button").tap()
    block = beneath(phone, "Parameters")
    block.locator(".field-source .select2-selection").first.tap()
    choose_source(block)
    phone.get_by_role("link", name="To the reason and the buttons").tap()
    expect(phone.get_by_label("Reason:")).to_be_in_viewport()
    phone.get_by_role("button", name="Save and continue editing").tap()

    expect(phone.locator(".messagelist .success")).to_be_visible()
    assert said_of(draft) == [("parameters_total", "671B", "671000000000", True)]
