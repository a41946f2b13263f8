"""The history of a row in the admin: its changes, and each state."""

import pytest
from django.urls import reverse

from core.models import Status
from editorial.log import change
from editorial.models import Act
from tests import factories as make
from tests.editorial.histories import RESTORE, edit, full_model, page_of, somebody

pytestmark = pytest.mark.django_db


def test_history_shows_entry_parts_and_tags_of_a_change_together(client, editor):
    model, begun = full_model(summary="Old words.")
    with change("Read the report", editor) as written:
        model.summary = "New words."
        model.save()
        model.tags.add("moe")
        make.make_milestone(model=model, text="Opened")

    page = client.get(page_of(model, "history"))

    newest, oldest = page.context["page_obj"]
    assert (newest.key, oldest.key) == (str(written.id), begun)
    assert (newest.author, newest.reason, newest.logged.act) == ("ada", "Read the report", Act.EDITED)
    assert {(one.title, one.what) for one in newest.differences} == {
        ("model", "changed"),
        ("milestone: Opened", "added"),
        ("tag on a model: moe", "added"),
    }
    assert "<del>Old words.</del> <ins>New words.</ins>" in page.text
    assert page_of(model, "state", begun) in page.text


def test_history_tells_editors_of_drafts_steps_and_accounts(client, editor):
    term = make.make_term(name="Word", status=Status.DRAFT, definition="Secret.")
    edit(term, "Ready", make.make_editor(username="eve@example.org"), status=Status.IN_REVIEW)
    with change("Seen", editor, Act.PUBLISHED, alone=True):
        term.status = Status.PUBLISHED
        term.save()

    page = client.get(page_of(term, "history")).text

    assert "<del>Draft</del> <ins>In review</ins>" in page
    assert "by eve@example.org" in page
    assert "Published by ada, without a second reader: “Seen”" in page
    assert "Secret." in page


def test_long_reason_is_told_in_full(client, editor):
    term = make.make_term()
    edit(term, reason="long " * 100, definition="New.")

    assert ("long " * 100).strip() in client.get(page_of(term, "history")).text


def test_state_shows_all_that_stood(client, editor):
    model, begun = full_model(summary="Old words.")
    edit(model, summary="New words.")

    page = client.get(page_of(model, "state", begun)).text

    assert "Old words." in page
    assert "New words." not in page
    assert all(text in page for text in ("First of its kind", "MMLU", "fp8", "Lab", "671B"))


def test_history_is_paged(client, editor):
    term = make.make_term()
    for number in range(25):
        edit(term, definition=f"Words {number}.")

    pages = [client.get(page_of(term, "history"), {"page": page}) for page in ("1", "2", "banana", "999")]

    assert [len(page.context["page_obj"]) for page in pages] == [20, 6, 20, 6]
    assert "Words 24." in pages[0].text


@pytest.mark.parametrize("factory", [make.make_tag, make.make_modality, make.make_score, make.make_model])
def test_every_kind_with_a_form_has_a_history(client, editor, factory):
    row = factory()
    row.save()

    page = client.get(page_of(row, "history"))

    assert len(page.context["page_obj"]) > 0


def test_queries_of_a_history_do_not_grow_with_its_changes(client, editor, django_assert_num_queries):
    model, _ = full_model()
    edit(model, user=editor, summary="Words")
    client.get(page_of(model, "history"))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(model, "history"))
    for number in range(4):
        edit(model, user=make.make_editor(), summary=f"Words {number}")
        make.make_milestone(model=model)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(page_of(model, "history")).context["page_obj"]) == 7


QUERIES = 33


@pytest.mark.parametrize("page", ["history/", "history/{key}/", "history/{key}/restore/"])
def test_addresses_without_a_row_or_a_change_are_not_found(client, editor, page):
    term, other = make.make_term(), make.make_term()
    key, foreign = edit(term, definition="New."), edit(other, definition="New.")
    base = "/admin/glossary/term"

    for number in ("banana", "0", "9" * 30, "-1", "%00"):
        assert client.get(f"{base}/{number}/{page.format(key=key)}").status_code == 404
    if "key" in page:
        for wrong in (foreign, "banana", "%00", "9" * 300, "00000000-0000-0000-0000-000000000000"):
            assert client.get(f"{base}/{term.pk}/{page.format(key=wrong)}").status_code == 404
            assert client.post(f"{base}/{term.pk}/{page.format(key=wrong)}").status_code in (404, 405)
    assert client.get(f"{base}/{term.pk}/{page.format(key=key)}").status_code == 200


@pytest.mark.parametrize("name", ["history", "state", "restore"])
def test_history_needs_the_permission_to_look_at_the_kind(client, name):
    term = make.make_term()
    more = [] if name == "history" else [edit(term, definition="New.")]
    assert client.get(page_of(term, name, *more)).url.startswith(reverse("admin:login"))

    somebody(client, "view_family", RESTORE)
    assert client.get(page_of(term, name, *more)).status_code == 403
    somebody(client, "view_term")
    assert client.get(page_of(term, name, *more)).status_code == (403 if name == "restore" else 200)
