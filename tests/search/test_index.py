"""The index says what the tables say, whichever way they were written."""

import datetime
import json
from contextlib import suppress
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.operations import AlterField
from django.db.migrations.state import ProjectState
from django.utils import timezone

from catalog.models import AIModel, Tag
from core.models import Status
from glossary.models import Term
from research.models import Paper
from search import index
from search.databases import database_of, sqlite
from search.engine import search
from search.kinds import JOINERS, KINDS, SEEN, Searched
from search.models import Document
from search.query import parse
from tests import factories as make

pytestmark = pytest.mark.django_db

COLUMNS = ("kind", "key", "slug", "title", "aliases", "squeezed", "summary", "text", "publish_at")


def joined(row, columns) -> str:
    return "\n".join(getattr(row, column) for column in columns)


def document(row) -> tuple:
    searched = row.searched
    squeezed = joined(row, ("name", *searched.aliases, "slug")).lower().translate(str.maketrans("", "", JOINERS))
    texts = [joined(row, columns) for columns in (searched.summary, searched.text)]
    names = (row.name, joined(row, searched.aliases), squeezed)
    return (row._meta.verbose_name, row.pk, row.slug, *names, *texts, getattr(row, "publish_at", None))


def assert_in_step() -> int:
    """The documents are those of the tables, and the words those of the documents; how many there are."""
    rows = [row for model in KINDS.values() for row in model.objects.all()]
    expected = sorted(document(row) for row in rows if getattr(row, "status", "published") == Status.PUBLISHED)

    assert sorted(Document.objects.values_list(*COLUMNS)) == expected
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in sqlite.INDEXES:
                cursor.execute(f"INSERT INTO search_{name} (search_{name}, rank) VALUES ('integrity-check', 1)")
    return len(expected)


def found(word: str) -> set[str]:
    ids = index.find("words", word, limit=100)
    return {document.title for document in Document.objects.filter(pk__in=ids)}


def test_every_kind_is_in_the_index_once_it_is_saved():
    make.make_tag(name="fp8")
    for kind in ("model", "family", "term", "paper", "benchmark", "organization", "source"):
        getattr(make, f"make_{kind}")()

    assert assert_in_step() == 8
    assert list(KINDS) == ["family", "organization", "term", "benchmark", "paper", "tag", "model", "source"]


def test_index_follows_save_update_and_delete():
    term = make.make_term(name="Attention", aliases="self-attention\r\nQKV", abbreviation="Att", article="Softmax.")
    other = make.make_term()
    assert found("softmax") == {"Attention"}

    term.article = "Weights."
    term.save()
    assert (found("softmax"), found("weights")) == (set(), {"Attention"})
    Term.objects.filter(pk=term.pk).update(name="Focus")
    assert (found("attention"), found("weights")) == ({"Focus"}, {"Focus"})
    Term.objects.filter(pk=term.pk).update(aliases="")
    assert found("qkv") == set()
    assert assert_in_step() == 2
    other.delete()
    assert assert_in_step() == 1
    Term.objects.all()._raw_delete("default")
    assert assert_in_step() == 0


def test_index_follows_bulk_writes():
    terms = Term.objects.bulk_create(
        [Term(name=f"Term {n}", slug=f"term-{n}", definition="x", status="published") for n in range(3)]
    )
    assert assert_in_step() == 3

    for term in terms:
        term.definition = f"{term.name} is a word."
    Term.objects.bulk_update(terms, ["definition"])
    assert assert_in_step() == 3
    again = Term(name="Once more", slug="term-0", definition="anew", status="published")
    Term.objects.bulk_create([again], update_conflicts=True, unique_fields=["slug"], update_fields=["name"])
    Term.objects.bulk_create([Term(name="No", slug="term-1", definition="x")], ignore_conflicts=True)

    assert assert_in_step() == 3
    assert found("once") == {"Once more"}


def test_many_new_entries_get_their_documents_at_once():
    before = make.make_term(name="Before")
    with transaction.atomic(), index.at_once():
        make.make_term(name="Short"), make.make_term(name="Long", definition="Looks. " * 50)
        make.make_paper(status=Status.DRAFT)
        gone, changed = make.make_model(), make.make_term()
        meanwhile = Document.objects.count()
        Term.objects.filter(pk=changed.pk).update(name="Changed")
        Term.objects.filter(pk=before.pk).update(name="Earlier")
        gone.delete()

    # PostgreSQL lets nothing wait.
    assert meanwhile == (1 if connection.vendor == "sqlite" else 5)
    assert assert_in_step() == 4
    assert (found("earlier"), found("changed"), found("looks")) == ({"Earlier"}, {"Changed"}, {"Long"})
    make.make_term(name="After")
    assert (assert_in_step(), found("after")) == (5, {"After"})


def test_nothing_waits_for_a_document_once_its_transaction_is_broken_off():
    with suppress(ValueError), transaction.atomic(), index.at_once():
        make.make_term()
        raise ValueError

    make.make_term()
    assert assert_in_step() == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
def test_only_what_is_published_is_in_the_index(status):
    paper = make.make_paper(name="Secret", status=status)
    assert assert_in_step() == 0

    Paper.objects.update(status=Status.PUBLISHED)
    assert found("secret") == {"Secret"}
    paper.status = status
    paper.save()

    assert assert_in_step() == 0
    assert found("secret") == set()


@pytest.mark.parametrize(
    ("changed", "written"), [({"licence": "MIT"}, False), ({"summary": "New."}, True), ({"status": "published"}, True)]
)
def test_a_document_is_written_anew_where_something_changed_that_it_is_made_of(changed, written):
    model = make.make_model()
    document = Document.objects.filter(kind="model", key=model.pk)
    document.delete()

    AIModel.objects.filter(pk=model.pk).update(**changed)

    assert document.exists() is written


def test_what_is_to_come_is_found_when_its_time_has_come():
    model = make.make_model(name="Tomorrow", publish_at=timezone.now() + datetime.timedelta(days=1))

    assert found("tomorrow") == set()
    assert index.count("tomorrow") == {}
    AIModel.objects.update(publish_at=timezone.now() - datetime.timedelta(seconds=1))

    assert found("tomorrow") == {model.name}
    assert index.count("tomorrow") == {"model": 1}


def test_only_of_what_may_be_hidden_is_it_asked():
    past, coming = (timezone.now() + datetime.timedelta(days=days) for days in (-1, 1))
    make.make_model(name="Always")
    make.make_model(name="Since yesterday", publish_at=past)
    make.make_model(name="From tomorrow", publish_at=coming)
    make.make_tag(name="Tag")

    seen = {document.title: bool(document.pk & SEEN) for document in Document.objects.all()}

    assert seen == {"Always": True, "Since yesterday": False, "From tomorrow": False, "Tag": False}


def test_tag_is_found_where_a_published_model_has_it():
    tagged = make.make_tagged_model(tag=make.make_tag(name="quick"))

    assert found("quick") == {"quick"}
    AIModel.objects.update(status=Status.DRAFT)
    assert found("quick") == set()
    tagged.delete()

    assert found("quick") == set()
    assert assert_in_step() == Tag.objects.count() == 1


def test_index_follows_fixtures_both_ways(tmp_path):
    make.make_organization(name="Before", slug="lab", aliases="Old Lab")
    record = {"model": "research.organization", "fields": {"name": "After", "slug": "lab", "status": "published"}}
    path = tmp_path / "lab.json"

    path.write_text(json.dumps([record]))
    call_command("loaddata", path, verbosity=0)
    assert (assert_in_step(), found("before"), found("after")) == (1, set(), {"After"})
    record["fields"] |= {"name": "Later", "summary": "A lab."}
    path.write_text(json.dumps([record]))
    call_command("import_records", path, verbosity=0)

    assert (assert_in_step(), found("later")) == (1, {"Later"})


def test_index_follows_the_admin(client):
    client.force_login(make.make_editor())
    form = {"name": "Typed", "slug": "typed", "definition": "By hand.", "_step_publish_alone": "on"}

    client.post("/admin/glossary/term/add/", form)
    assert (assert_in_step(), found("typed")) == (1, {"Typed"})
    term = Term.objects.get()
    client.post(f"/admin/glossary/term/{term.pk}/delete/", {"post": "yes"})

    assert assert_in_step() == 0


def test_index_follows_a_restored_version():
    term = make.make_term(name="First")
    term.name = "Second"
    term.save()

    term.history.earliest().instance.save()
    assert (assert_in_step(), found("first"), found("second")) == (1, {"First"}, set())
    key = term.pk
    term.delete()
    Term.history.filter(id=key, name="First").first().instance.save()

    assert (assert_in_step(), found("first")) == (1, {"First"})


def test_index_follows_a_rolled_back_transaction():
    with transaction.atomic():
        make.make_term(name="Never")
        assert found("never") == {"Never"}
        transaction.set_rollback(True)

    assert (assert_in_step(), found("never")) == (0, set())


def test_any_text_can_be_indexed():
    odd = "\x01\x1f \"quotes\" 'single' %s $$ \\ {x} ; DROP TABLE x; -- \n\t 大模型 \U0001f600 é"
    odd += "x" * 5000 + " word " * 70_000
    make.make_model(name="Odd"[:250], aliases=odd[:400], description=odd)

    assert assert_in_step() == 1
    assert found("word") == {"Odd"}


def test_what_matters_more_has_the_smaller_id():
    stub = make.make_term(name="Stub", definition="Short.")
    full = make.make_term(name="Full", definition="Short.", article="Long. " * 100)
    endless = make.make_term(name="Endless", definition="Short.", article="Long. " * 50_000)
    family = make.make_family()

    assert list(Document.objects.values_list("title", flat=True)) == [family.name, "Endless", "Full", "Stub"]
    assert {KINDS.of_id(id) for id in Document.objects.values_list("pk", flat=True)} == {"family", "term"}
    assert len({stub.pk, full.pk, endless.pk}) == 3


def test_rebuild_makes_it_anew_and_counts(capsys):
    make.make_model(), make.make_term(), make.make_term(status="draft")
    Document.objects.all().delete()
    assert Document.objects.count() == 0

    call_command("rebuild_search")

    told = "2 documents: 0 family, 0 organization, 1 term, 0 benchmark, 0 paper, 0 tag, 1 model, 0 source."
    assert told in capsys.readouterr().out
    assert assert_in_step() == 2
    make.make_term(name="After")
    assert (assert_in_step(), found("after")) == (3, {"After"})


def triggers() -> int:
    with connection.cursor() as cursor:
        return len(database_of(connection).triggers(cursor))


def test_triggers_are_away_while_tables_change_and_come_back():
    make.make_term(name="Kept")
    before = triggers()

    index.remove(using="default", plan=[])
    assert triggers() == before > 8
    index.remove(using="default", plan=["some migration"])
    assert triggers() == 0
    Term.objects.update(name="Changed meanwhile")
    index.install(using="default", plan=["some migration"])

    assert triggers() == before
    assert (assert_in_step(), found("changed")) == (1, {"Changed meanwhile"})


def test_missing_trigger_or_other_declaration_is_made_good(monkeypatch):
    make.make_term(name="Kept", article="Prose.")
    with connection.cursor() as cursor:
        database_of(connection).remove(cursor)

    index.install(using="default")
    assert (assert_in_step(), found("prose")) == (1, {"Kept"})
    monkeypatch.setattr(Term, "searched", Searched(place=3, summary=("definition",)))
    index.install(using="default")

    assert (assert_in_step(), found("prose")) == (1, set())


@pytest.mark.django_db(transaction=True)
def test_a_table_that_django_builds_anew_keeps_its_documents():
    """What `migrate` does for an altered field: on SQLite, a new table in the place of the old one."""
    make.make_organization(name="Kept")
    before = ProjectState.from_apps(apps)
    after = before.clone()
    altered = AlterField("organization", "website", models.URLField(max_length=300, blank=True))
    altered.state_forwards("research", after)

    for one, other in ((before, after), (after, before)):
        index.remove(using="default", plan=["it"])
        with connection.schema_editor() as editor:
            altered.database_forwards("research", editor, one, other)
        index.install(using="default", plan=["it"])
    make.make_organization(name="New")

    assert assert_in_step() == 2


def test_nothing_is_installed_twice():
    make.make_term()
    before = Document.objects.get().pk

    index.install(using="default")
    call_command("migrate", verbosity=0, stdout=StringIO())

    assert Document.objects.get().pk == before
    assert assert_in_step() == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_found_is_remembered_until_an_entry_changes_or_is_due(django_assert_num_queries, monkeypatch):
    soon = timezone.now() + datetime.timedelta(hours=1)
    make.make_term(name="Deep")
    make.make_term(name="Deep soon", publish_at=soon)
    found = []

    def look() -> list[str]:
        results = search(parse("deep"))
        found.append(results)
        return [hit.document.title for hit in results.hits(results.ranks(9, "term"))]

    assert look() == ["Deep"]
    # The states of the tables, and the documents.
    with django_assert_num_queries(2):
        assert look() == ["Deep"]
    assert found[0] is found[1]

    Term.objects.filter(name="Deep").update(name="Deeper")
    assert look() == ["Deeper"]

    monkeypatch.setattr(timezone, "now", lambda: soon + datetime.timedelta(seconds=1))
    assert look() == ["Deeper", "Deep soon"]
