"""Previews in a browser: the page that readers will see, and what it says of itself."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from catalog.models import AIModel
from core.documents import document
from core.models import Status
from editorial.models import Proposal
from editorial.preview import preview_url
from tests.browser.inspection import WIDTHS
from tests.browser.pages import go

NEW = "What a reviewer has not accepted yet."


@pytest.fixture
def proposal(site) -> Iterator[Proposal]:
    """Other words on why DeepSeek V3 matters."""
    model = AIModel.objects.get(slug="deepseek-v3")
    own, *others = original = document(model)
    made = Proposal.objects.create(
        kind="catalog.aimodel",
        slug=model.slug,
        title=model.name,
        document=[{**own, "fields": {**own["fields"], "why_it_matters": NEW}}, *others],
        original=original,
        base="a version",
    )
    yield made
    made.delete()


@pytest.fixture
def draft(site) -> Iterator[AIModel]:
    """DeepSeek V3, taken back for a test."""
    models = AIModel.objects.filter(slug="deepseek-v3")
    models.update(status=Status.DRAFT)
    yield models.get()
    models.update(status=Status.PUBLISHED)


def test_previews_are_accessible(inspection, proposal):
    inspection.go(preview_url(proposal), unfold=True)

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4
    assert inspection.wide == []
    for width in WIDTHS:
        inspection.resize(width)
        expect(inspection.page.get_by_text("Preview of a proposed change to a published entry.")).to_be_in_viewport()


def test_draft_is_whole_without_scripts_and_on_a_narrow_screen(open_browser, draft):
    page = open_browser(320, scripts=False)

    go(page, preview_url(draft))

    expect(page.get_by_text("Preview of a draft.")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("DeepSeek V3")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_banner_is_printed(page, proposal):
    go(page, preview_url(proposal))

    page.emulate_media(media="print")

    expect(page.get_by_text("Preview of a proposed change")).to_be_visible()


def test_reader_goes_to_the_published_page_and_its_site_is_told_nothing(page, proposal):
    go(page, preview_url(proposal))
    expect(page.get_by_text(NEW)).to_be_visible()

    page.get_by_role("link", name="The page as it is published").click()

    page.wait_for_url("**/models/deepseek-v3/")
    expect(page.get_by_text(NEW)).to_have_count(0)
    assert page.evaluate("document.referrer") == ""


def test_broken_link_is_accessible(inspection, guard):
    guard.missing.add("/preview/broken/")

    assert inspection.page.goto("/preview/broken/").status == 404
    inspection.look("a broken link")

    assert not inspection.found, "\n".join(inspection.found)
