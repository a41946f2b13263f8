"""An editor selects entries in a list, changes a field of all of them, and takes them out as a file."""

import pytest
from playwright.sync_api import Page, expect

from catalog.models import AIModel
from editorial.models import Change
from tests.browser.inspection import Inspection
from tests.browser.pages import go

LIST = "/admin/catalog/aimodel/?q=deepseek"
# Known of the stock admin: see the test of the whole admin.
EXCUSED = {
    "link-in-text-block": ".breadcrumbs",
    "aria-input-field-name": ".select2",
    "list": ".select2",
    "label": ".select2",
}


@pytest.fixture
def kept(site):
    """Models are as they were afterwards."""
    before = list(AIModel.objects.values("pk", "line_label", "updated_at"))
    yield
    Change.objects.filter(reason="For all").delete()
    for fields in before:
        AIModel.objects.filter(pk=fields.pop("pk")).update(**fields)


def choose(page: Page, action: str) -> None:
    go(page, LIST)
    page.get_by_label("Select all objects").check()
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Go", exact=True).click()


def preview(page: Page) -> None:
    page.get_by_label("Change Line label").check()
    page.get_by_label("Line label", exact=True).fill("Test")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()


def test_editor_looks_at_what_would_change_and_writes_it(admin_page, kept):
    page = admin_page

    choose(page, "Edit the selected models")
    preview(page)
    expect(page.locator(".difference ins").first).to_have_text("Test")
    assert not AIModel.objects.filter(line_label="Test").exists()
    page.get_by_label("Reason").fill("For all")
    page.get_by_role("button", name="Write").click()

    expect(page.locator(".messagelist .success")).to_contain_text("changed.")
    assert AIModel.objects.filter(line_label="Test").count() >= 5
    assert Change.objects.get(reason="For all").entries.count() >= 5


def test_editor_takes_the_selected_models_out(admin_page):
    page = admin_page
    choose(page, "Export the selected models")
    page.get_by_label("With all that belongs to them").check()

    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()

    assert download.value.suggested_filename.endswith(".xlsx")
    assert download.value.path().stat().st_size > 10_000


def test_pages_on_what_is_selected_are_accessible_and_no_wider_than_a_phone(admin_page, guard):
    page = admin_page
    inspection = Inspection(guard, page, EXCUSED)

    choose(page, "Export the selected models")
    page.get_by_label("CSV").check()
    page.get_by_label("With all that belongs to them").check()
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_text("A CSV file holds one kind of record")).to_be_visible()
    inspection.look("export")
    choose(page, "Edit the selected models")
    page.get_by_label("Line label", exact=True).fill("Test")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("tick the box if it is to be written")).to_be_visible()
    inspection.look("bulk")
    preview(page)
    inspection.look("preview")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.wide == []
    assert inspection.checked == 3 * 4
