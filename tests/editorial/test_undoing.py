"""A merge undone: all is as it was, or entry by entry."""

import pytest
from django.urls import reverse

from catalog.models import AIModel
from core.documents import document
from editorial.models import Act, Change, Redirect
from glossary.models import Term
from tests.editorial.desk import form, member
from tests.editorial.merges import (
    merge,
    pair,
)
from tests.factories import (
    make_score,
    make_term,
)
from tests.forms import send

pytestmark = pytest.mark.django_db


def test_merge_that_was_written_upon_is_undone_entry_by_entry(client):
    stays, goes = pair(Term)
    editor, before = member("Administrator"), document(goes)
    number = goes.pk
    merge(editor, stays, goes)
    merged = Change.objects.get(act=Act.MERGED)
    send(editor, form(stays), definition="Written since.")
    page = reverse("admin:editorial_change_change", args=[merged.pk])
    assert "“Stays” was changed since." in editor.get(page).text

    refused = editor.post(reverse("admin:editorial_change_undo", args=[merged.pk]), follow=True)
    assert "Nothing was undone." in refused.text
    send(editor, reverse("admin:glossary_term_restore", args=[number, merged.pk]))

    back = Term.objects.get(slug="goes")
    assert back.pk == number
    assert [one["fields"] | {"updated_at": 0} for one in document(back)] == [
        one["fields"] | {"updated_at": 0} for one in before
    ]
    assert client.get("/glossary/goes/").status_code == 200
    assert not Redirect.objects.exists()


def test_undoing_needs_both_permissions_and_that_to_publish_alone():
    stays, goes = pair(Term)
    merge(member("Administrator"), stays, goes)
    merged = Change.objects.get(act=Act.MERGED)
    page = reverse("admin:editorial_change_undo", args=[merged.pk])

    assert member("Reviewer").post(page).status_code == 403
    own = ("editorial.view_change", "editorial.publish_alone")
    for missing in ("editorial.merge_entries", "editorial.restore_entry"):
        assert member("", *own, missing).post(page).status_code == 403
    assert member("Administrator").get(page).status_code == 405
    assert Term.objects.count() == 1
    assert member("", *own, "editorial.merge_entries", "editorial.restore_entry").post(page).status_code == 302
    assert Term.objects.count() == 2


def test_other_changes_are_not_undone():
    term, editor = make_term(), member("Administrator")
    send(editor, form(term), definition="Another.")

    assert editor.post(reverse("admin:editorial_change_undo", args=[Change.objects.get().pk])).status_code == 404


def test_merge_is_not_undone_where_something_it_needs_is_gone():
    stays, goes = pair(AIModel)
    score = make_score(model=goes)
    editor = member("Administrator")
    merge(editor, stays, goes)
    score = stays.scores.get()
    source = score.source
    score.delete(), source.delete()
    merged = Change.objects.get(act=Act.MERGED)

    page = editor.get(reverse("admin:editorial_change_change", args=[merged.pk])).text

    assert "“Goes” referred to a source that is gone." in page
    assert "Undo this merge" not in page
