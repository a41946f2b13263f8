import pytest
from django.db import IntegrityError, transaction

from catalog.models import Milestone
from editorial.changes import Changes
from editorial.log import change
from editorial.models import Act, Change, ChangedEntry
from editorial.record_import import RecordImport, write_documents
from glossary.models import Term
from tests.factories import make_derivation, make_editor, make_model, make_source, make_term

pytestmark = pytest.mark.django_db


def touched(one: Change) -> set[tuple[str, str, str]]:
    return {(entry.kind, entry.slug, entry.fate) for entry in one.entries.all()}


def test_entry_its_parts_and_its_tags_are_one_change():
    editor = make_editor()
    model = make_model(name="A model")

    with change("Read the report", editor):
        model.summary = "New"
        model.save()
        Milestone.objects.create(model=model, text="Announced", order=1)
        model.tags.add("open-weight")

    logged = Change.objects.get()
    assert (logged.author, logged.reason, logged.act, logged.alone) == (editor, "Read the report", Act.EDITED, False)
    assert ("catalog.aimodel", "a-model", "changed") in touched(logged)
    assert ("catalog.tag", "open-weight", "added") in touched(logged)
    assert len(touched(logged)) == 2
    past = [
        model.history.latest(),
        Milestone.history.latest(),
        model.tags.through.history.latest(),
    ]
    assert {row.change for row in past} == {logged.pk}
    assert {row.history_change_reason for row in past} == {"Read the report"}
    assert {row.history_user for row in past} == {editor}


def test_part_names_its_entry_and_nothing_else():
    child, parent, source = make_model(name="Child"), make_model(name="Parent"), make_source()

    with change("Found in the paper"):
        make_derivation(child=child, parent=parent, source=source)

    assert touched(Change.objects.get()) == {("catalog.aimodel", "child", "changed")}


def test_change_within_a_change_is_part_of_it_and_keeps_its_own_reason():
    with change("Outer"):
        make_term(name="One")
        with change("Inner"):
            make_term(name="Two")

    logged = Change.objects.get()
    assert touched(logged) == {("glossary.term", "one", "added"), ("glossary.term", "two", "added")}
    assert list(Term.history.order_by("pk").values_list("history_change_reason", flat=True)) == ["Outer", "Inner"]


def test_deleted_entry_is_named_as_it_was():
    term = make_term(name="Gone")

    with change("A duplicate", act=Act.DELETED):
        term.delete()

    entry = ChangedEntry.objects.get()
    assert (entry.slug, entry.title, entry.fate) == ("gone", "Gone", "removed")


def test_nothing_written_or_taken_back_is_not_logged():
    with change("Nothing"):
        pass
    with change("Taken back"):
        make_term()
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError), change("Broken off"):
        make_term(slug="same"), make_term(slug="same")

    assert not Term.objects.exists()
    assert not Change.objects.exists()


def test_batch_of_changes_is_one():
    changes = Changes()
    terms = [Term(name=name, slug=name, definition="What it means.") for name in ("a", "b")]
    for term in terms:
        changes.create(term)
    changes.write("Import: a list")

    logged = Change.objects.get()
    assert logged.act == Act.IMPORTED
    assert touched(logged) == {("glossary.term", "a", "added"), ("glossary.term", "b", "added")}
    assert set(Term.history.values_list("change", flat=True)) == {logged.pk}


def test_import_with_what_it_prunes_is_one_change_and_a_dry_run_none():
    model = make_model(name="M")
    for number, text in enumerate(["Stays", "Goes"]):
        Milestone.objects.create(model=model, text=text, order=number)
    batch = RecordImport()
    batch.read("m.json", '[{"model": "catalog.aimodel", "fields": {"slug": "m", "summary": "New"}}]')
    batch.read("n.json", '[{"model": "catalog.milestone", "fields": {"model": ["m"], "text": "Stays"}}]')
    batch.plan(prune=True)
    batch.write("Try", dry_run=True)
    assert not Change.objects.exists()

    batch.write("Do")

    assert [row.change for row in Milestone.history.filter(history_type="-")] == [Change.objects.get().pk]
    assert touched(Change.objects.get()) == {("catalog.aimodel", "m", "changed")}


def test_documents_make_entries_exactly_what_they_say():
    model = make_model(name="M")
    Milestone.objects.create(model=model, text="Goes", order=1)
    documents = {
        "m": [{"model": "catalog.aimodel", "fields": {"slug": "m", "summary": "New"}}],
        "n": [{"model": "glossary.term", "fields": {"slug": "n", "name": "N", "definition": "New."}}],
    }

    batch = write_documents(documents, "Why", act=Act.RESTORED, number=lambda one: 4711)

    assert batch.problems == []
    assert not Milestone.objects.exists()
    assert Term.objects.get().pk == 4711
    assert Change.objects.get().act == Act.RESTORED
