"""Deleting with a reason, and the way back."""

import pytest

from catalog.models import AIModel, Milestone, Modality, Score, Tag
from core.models import Status
from editorial.models import Act, Change, ChangedEntry, Redirect
from glossary.models import Term
from tests import factories as make
from tests.editorial.histories import RESTORE, contents, edit, full_model, page_of, restore, somebody, told

pytestmark = pytest.mark.django_db


def test_deleting_is_a_change_with_its_reason(client, editor):
    term = make.make_term(name="Gone")
    address = page_of(term, "delete")

    assert 'name="reason"' in client.get(address).text
    client.post(address, {"post": "yes", "reason": "A duplicate"})

    entry = ChangedEntry.objects.get()
    assert (entry.change.act, entry.change.reason, entry.change.author, entry.fate) == (
        Act.DELETED,
        "A duplicate",
        editor,
        "removed",
    )
    assert not Term.objects.exists()


def test_deleting_several_is_one_change(client, editor):
    terms = [make.make_term(name=name) for name in ("One", "Two")]
    data = {"action": "delete_selected", "_selected_action": [term.pk for term in terms]}

    asked = client.post("/admin/glossary/term/", data).text
    client.post("/admin/glossary/term/", data | {"post": "yes", "reason": "Not ours"})

    assert 'name="reason"' in asked
    change = Change.objects.get()
    assert (change.act, change.reason, change.entries.count()) == (Act.DELETED, "Not ours", 2)


def test_deleted_entry_comes_back_whole_from_the_list_of_its_kind(client, editor):
    model, _ = full_model(summary="Words.")
    before, number = contents(model), model.pk
    listing = "/admin/catalog/aimodel/"
    assert f"{listing}deleted/" not in client.get(listing).text
    client.post(page_of(model, "delete"), {"post": "yes", "reason": "By mistake"})
    assert not AIModel.objects.filter(name="Full").exists()
    assert not Score.objects.exists()

    assert f"{listing}deleted/" in client.get(listing).text
    deleted = client.get(f"{listing}deleted/").text
    model.pk = number
    history = client.get(page_of(model, "history")).text
    key = str(Change.objects.get(act=Act.DELETED).pk)
    response = restore(client, model, key, reason="Sorry")

    assert page_of(model, "history") in deleted
    assert "By mistake" in deleted
    assert "This model is deleted." in history
    assert page_of(model, "restore", key) in history
    assert told(response) == ["“Full” is back."]
    back = AIModel.objects.get(name="Full")
    assert (back.pk, back.status, contents(back)) == (number, Status.PUBLISHED, before)
    assert [one.logged.act for one in response.context["page_obj"]] == [Act.RESTORED, Act.DELETED, Act.EDITED]
    assert f"{listing}deleted/" not in client.get(listing).text
    assert client.get(back.get_absolute_url()).status_code == 200


def test_deleted_entry_comes_back_as_of_an_earlier_change_under_its_last_address(client, editor):
    model, begun = full_model(summary="Old words.")
    before, number = contents(model), model.pk
    edit(model, summary="New words.", slug="renamed")
    client.post(page_of(model, "delete"), {"post": "yes"})
    model.pk = number

    restore(client, model, begun)

    back = AIModel.objects.get(pk=number)
    assert (back.slug, contents(back)) == ("renamed", before)


def test_entry_that_was_loaded_without_history_comes_back_with_its_links(client, editor):
    model, _ = full_model()
    before, number = contents(model), model.pk
    for kind in (AIModel, Milestone, Score, type(model.citations.get()), model.tags.through):
        kind.history.all().delete()
    client.post(page_of(model, "delete"), {"post": "yes"})
    model.pk = number

    restore(client, model, str(Change.objects.get(act=Act.DELETED).pk))

    assert contents(AIModel.objects.get(name="Full")) == before


def test_address_taken_meanwhile_is_told_and_nothing_written(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    make.make_term(name="Other", slug="word")
    term.pk = number

    page = restore(client, term, str(Change.objects.get(act=Act.DELETED).pk))

    assert "Its address is taken by another term, “Other”." in page.text
    assert [row.name for row in Term.objects.all()] == ["Other"]


def test_address_that_leads_elsewhere_meanwhile_is_told_and_nothing_written(client, editor):
    term, other = make.make_term(name="Word"), make.make_term(name="Other")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    Redirect.objects.create(kind="glossary.term", slug="word", row=other.pk)
    term.pk = number

    page = restore(client, term, str(Change.objects.get(act=Act.DELETED).pk))

    assert "Its address leads to “Other” by now." in page.text
    assert [row.name for row in Term.objects.all()] == ["Other"]


@pytest.mark.parametrize("factory", [make.make_tag, make.make_modality])
def test_what_is_no_entry_comes_back_too(client, editor, factory):
    row = factory(name="Gone")
    kind, number = type(row), row.pk
    client.post(page_of(row, "delete"), {"post": "yes"})
    row.pk = number
    assert not kind.objects.exists()

    restore(client, row, str(Change.objects.get(act=Act.DELETED).pk))

    assert (kind.objects.get().pk, kind.objects.get().name) == (number, "Gone")
    assert {Tag, Modality} > {kind}


def test_bringing_back_needs_its_permission_and_that_to_add(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    term.pk = number
    key = str(Change.objects.get(act=Act.DELETED).pk)
    address = page_of(term, "restore", key)

    for may in (["view_term", RESTORE], ["view_term", "add_term"]):
        somebody(client, *may)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
        assert address not in client.get(page_of(term, "history")).text
    somebody(client, "view_term", "add_term", RESTORE)
    restore(client, term, key)

    assert Term.objects.get().pk == number


def test_list_of_the_deleted_needs_the_permission_to_look(client):
    somebody(client, "view_family")
    assert client.get("/admin/glossary/term/deleted/").status_code == 403

    somebody(client, "view_term")
    assert "None is deleted." in client.get("/admin/glossary/term/deleted/?page=banana").text


def test_entry_deleted_twice_is_listed_once(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    for _ in range(2):
        term.pk = number
        client.post(page_of(term, "delete"), {"post": "yes"})
        deleted = client.get("/admin/glossary/term/deleted/").context["page_obj"]
        assert len(deleted) == 1
        restore(client, term, str(Change.objects.filter(act=Act.DELETED).latest("at").pk))

    assert Term.objects.get().pk == number
