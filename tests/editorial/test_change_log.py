"""The log of all changes in the admin."""

import datetime
import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from editorial.changes import Changes
from editorial.log import change
from editorial.models import Act, Change
from editorial.record_import import RecordImport
from glossary.models import Term
from tests import factories as make

pytestmark = pytest.mark.django_db

LOG = "/admin/editorial/change/"


@pytest.fixture
def editor(client):
    client.force_login(editor := make.make_editor(username="ada"))
    return editor


def write(*rows, reason="Why", user=None, act=Act.EDITED, alone=False) -> Change:
    with change(reason, user, act, alone=alone) as written:
        for row in rows:
            row.save()
    return Change.objects.get(pk=written.id)


def somebody(client, *codenames: str) -> None:
    user = make.make_editor(is_superuser=False)
    user.user_permissions.set(found := Permission.objects.filter(codename__in=codenames))
    assert len(found) == len(codenames)
    client.force_login(user)


def listed(client, **query) -> list[str]:
    page = client.get(LOG, query)
    assert page.status_code == 200
    return [one.reason for one in page.context["cl"].result_list]


def detail(one: Change) -> str:
    return reverse("admin:editorial_change_change", args=[one.pk])


def test_list_names_the_first_entries_and_counts_the_rest(client, editor):
    terms = [make.make_term(name=name) for name in ("One", "Two", "Three", "Four", "Five")]
    write(*terms, reason="All at once", user=editor, act=Act.PUBLISHED, alone=True)

    page = client.get(LOG).text

    assert "One, Two, Three and 2 more" in page
    assert "Published, without a second reader" in page
    assert "All at once" in page
    assert "ada" in page


def test_imports_bulk_changes_and_restores_are_in_it(client, editor):
    batch = RecordImport()
    batch.read(
        "t.json", json.dumps([{"model": "glossary.term", "fields": {"name": "T", "slug": "t", "definition": "D"}}])
    )
    batch.plan()
    batch.write("A file")
    changes = Changes()
    changes.create(Term(name="U", slug="u", definition="D"))
    changes.write("In bulk")

    assert listed(client) == ["In bulk", "A file"]
    assert listed(client, act__exact="imported") == ["In bulk", "A file"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"act__exact": "published"}, ["Term"]),
        ({"alone__exact": "1"}, ["Term"]),
        ({"kind": "glossary.term"}, ["Term"]),
        ({"kind": "catalog.family"}, ["Family"]),
        ({"kind": "banana"}, []),
        ({"q": "attention"}, ["Term"]),
        ({"q": "the-slug"}, ["Family"]),
        ({"q": "famil"}, ["Family"]),
        ({"q": "attention famil"}, []),
        ({"q": "nothing"}, []),
        ({"q": "%"}, []),
        ({"at__gte": "2026-01-01 00:00:00+00:00"}, ["Family", "Term"]),
        ({"at__lt": "1999-01-01 00:00:00+00:00"}, []),
    ],
)
def test_list_is_filtered_and_searched(client, editor, query, found):
    write(make.make_term(name="Attention"), reason="Term", user=editor, act=Act.PUBLISHED, alone=True)
    write(make.make_family(name="GPT", slug="the-slug"), reason="Family", user=make.make_editor())
    Change.objects.update(at=datetime.datetime(2026, 5, 3, tzinfo=datetime.UTC))

    assert sorted(listed(client, **query)) == found


def test_list_is_filtered_by_author(client, editor):
    write(make.make_term(), reason="Mine", user=editor)
    write(make.make_term(), reason="Hers", user=make.make_editor())

    assert listed(client, author__id__exact=editor.pk) == ["Mine"]


@pytest.mark.parametrize(
    "query", ["q=%00", "kind=%00", "act__exact=%00", "author__id__exact=banana", "p=banana", "x=1"]
)
def test_bad_filters_get_a_message_or_are_left_out(client, editor, query):
    write(make.make_term())

    page = client.get(f"{LOG}?{query}", follow=True)

    assert page.status_code == 200
    assert page.context["cl"].result_count == 1


def test_list_asks_equally_often_for_one_change_and_for_three(client, editor, django_assert_num_queries):
    write(make.make_term(), user=editor)
    client.get(LOG)
    with django_assert_num_queries(QUERIES):
        client.get(LOG)
    for _ in range(2):
        write(make.make_term(), make.make_term(), make.make_model(), user=make.make_editor())

    with django_assert_num_queries(QUERIES):
        assert client.get(LOG).context["cl"].result_count == 3


QUERIES = 7


def test_change_shows_what_became_of_each_entry_with_the_ways_on(client, editor):
    term, model = make.make_term(name="Word", definition="Old."), make.make_model(name="Model")
    term.definition = "New."
    with change("Both", editor) as written:
        term.save()
        make.make_milestone(model=model, text="Opened")
    one = Change.objects.get(pk=written.id)

    page = client.get(detail(one))

    assert [(t.entry.title, [(d.title, d.what) for d in t.differences]) for t in page.context["entries"]] == [
        ("Word", [("term", "changed")]),
        ("Model", [("milestone: Opened", "added")]),
    ]
    assert "<del>Old.</del> <ins>New.</ins>" in page.text
    for name in ("change", "history"):
        assert f'href="{reverse(f"admin:glossary_term_{name}", args=[term.pk])}"' in page.text
    assert reverse("admin:glossary_term_restore", args=[term.pk, one.pk]) in page.text


def test_deletion_offers_to_bring_the_entry_back(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    with change("Gone", editor, Act.DELETED) as written:
        term.delete()

    page = client.get(f"{LOG}{written.id}/change/").text

    assert "Bring back" in page
    assert reverse("admin:glossary_term_restore", args=[number, written.id]) in page
    assert reverse("admin:glossary_term_change", args=[number]) not in page


def test_entries_of_a_change_are_paged_and_asked_for_together(client, editor, django_assert_num_queries):
    one = write(make.make_term(), user=editor)
    many = write(*(make.make_term() for _ in range(15)), user=editor)
    client.get(detail(one))

    with django_assert_num_queries(QUERIES_OF_A_CHANGE):
        client.get(detail(one))
    with django_assert_num_queries(QUERIES_OF_A_CHANGE):
        page = client.get(detail(many))

    assert [len(client.get(detail(many), {"page": n}).context["entries"]) for n in ("1", "2", "banana")] == [10, 5, 10]
    assert len(page.context["entries"]) == 10


QUERIES_OF_A_CHANGE = 12


def test_kind_that_one_may_not_look_at_is_named_and_nothing_of_it_shown(client):
    term = make.make_term(name="Word", definition="Old.")
    term.definition = "Secret."
    one = write(term, make.make_family(name="Family"))
    somebody(client, "view_change", "view_family")

    page = client.get(detail(one)).text

    assert "Word" in page
    assert "Secret." not in page
    assert reverse("admin:glossary_term_history", args=[term.pk]) not in page
    assert "/restore/" not in page


def test_log_needs_its_permission_and_nobody_writes_in_it(client):
    one = write(make.make_term(), reason="Why")
    assert client.get(LOG).url.startswith(reverse("admin:login"))

    somebody(client, "view_term")
    assert [client.get(address).status_code for address in (LOG, detail(one))] == [403, 403]
    somebody(client, "view_change", "add_change", "change_change", "delete_change")
    assert [client.get(address).status_code for address in (LOG, detail(one))] == [200, 200]
    assert client.get(f"{LOG}add/").status_code == 403
    assert client.post(f"{LOG}{one.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(detail(one), {"reason": "Another"})

    assert Change.objects.get().reason == "Why"


@pytest.mark.parametrize("key", ["banana", "00000000-0000-0000-0000-000000000000", "%00", "9" * 300])
def test_change_that_there_is_not_leads_back_with_a_message(client, editor, key):
    response = client.get(f"{LOG}{key}/change/")

    assert response.url == "/admin/"


def test_log_is_in_order_of_time(client, editor):
    first, second = write(make.make_term(), reason="First"), write(make.make_term(), reason="Second")
    Change.objects.filter(pk=first.pk).update(at=timezone.now() + datetime.timedelta(hours=1))

    assert listed(client) == ["First", "Second"]
    assert second.at < timezone.now()
