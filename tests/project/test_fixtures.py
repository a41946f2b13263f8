"""The law of the collection: what loading and dumping it does, and what it never does."""

import io
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog.evidence import differs
from catalog.figures import FIGURES
from catalog.models import AIModel, Citation, Tag
from core.models import Entry
from glossary.models import Term
from tests import emptying
from tests import factories as make
from tests.starter import family_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("collection")]

APPS = ("glossary", "research", "catalog")
TABLES = [model for name in APPS for model in apps.get_app_config(name).get_models(include_auto_created=True)]
FILES = [Path(name) for name in family_files()]
KINDS = [model for model in TABLES if issubclass(model, Entry)]
# A database that can be read from and written to in one format can be in all.
each_format = pytest.mark.parametrize(
    "kind", ["json", *(pytest.param(kind, marks=pytest.mark.same_everywhere) for kind in ("jsonl", "yaml"))]
)

WRITE = {
    "json": json.dumps,
    "jsonl": lambda records: "".join(f"{json.dumps(record)}\n" for record in records),
    "yaml": yaml.safe_dump,
}


def dump(path, *names, **options):
    """The bytes that `dumpdata` writes to `path`, whose suffix is the format."""
    call_command("dumpdata", *(names or APPS), output=str(path), verbosity=0, **options)
    return path.read_bytes()


def load(*paths):
    call_command("loaddata", *map(str, paths), verbosity=0)


def rows():
    """Every row of every table of the collection, history and links included."""
    return {model._meta.db_table: list(model._base_manager.order_by("pk").values_list()) for model in TABLES}


def empty():
    emptying.empty(*APPS)
    assert {table: found for table, found in rows().items() if found} == {}


def records(path):
    return json.loads(path.read_text())


def test_collection_is_all_there():
    entries = Counter(record["model"] for path in FILES for record in records(path))

    assert {model._meta.label_lower: model.objects.count() for model in KINDS} == {
        model._meta.label_lower: entries[model._meta.label_lower] for model in KINDS
    }
    assert min(model.objects.published().count() for model in KINDS) >= 1
    assert set(AIModel.objects.values_list("slug", flat=True)) >= {
        "deepseek-llm-67b",
        "deepseek-v2",
        "deepseek-v3",
        "deepseek-v3-base",
        "deepseek-r1",
    }


def test_loading_again_changes_nothing(tmp_path):
    before, dumped = rows(), dump(tmp_path / "before.json")

    load(*FILES)

    assert dump(tmp_path / "after.json") == dumped
    assert rows() == before
    assert len(before["catalog_citation"]) > 50


@each_format
def test_dump_of_a_loaded_dump_is_the_same_to_the_byte(tmp_path, kind):
    strange = "null\n~\nyes\n1e3\n2024-12-26\n\ttab “é” \u2028 #1: {x} & <b>"
    for factory in (make.make_term, make.make_organization, make.make_paper, make.make_benchmark, make.make_model):
        factory(status="draft", **{"article" if factory is make.make_term else "summary": strange})
    draft = make.make_model(name="Draft", status="draft", aliases=strange, tags=["Zürich", "a b", "1e3"])
    make.make_citation(model=draft, source=None, basis="not_applicable", stated="")
    make.make_derivation(child=AIModel.objects.get(slug="deepseek-v3"), parent=draft)
    draft.history.update(history_change_reason="edited")
    # Times as the clock gives them: with less than a millisecond, and with parts of one.
    for number, microseconds in enumerate((0, 1, 999, 1000, 123456, 999999)):
        make.make_term(slug=f"t{number}", created_at=datetime(2026, 1, 1, 0, 0, 0, microseconds, UTC))
    first = dump(tmp_path / f"first.{kind}", indent=2)

    empty()
    load(tmp_path / f"first.{kind}")

    assert dump(tmp_path / f"second.{kind}", indent=2) == first
    assert AIModel.objects.get(slug="draft").status == "draft"
    assert sorted(AIModel.objects.get(slug="draft").tags.names()) == ["1e3", "Zürich", "a b"]


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_dump_has_what_readers_do_not_see(tmp_path, status):
    slugs = {model: model.objects.first().slug for model in KINDS}
    for model, slug in slugs.items():
        model.objects.filter(slug=slug).update(status=status)

    dumped = {
        (record["model"], record["fields"]["slug"]): record["fields"]["status"]
        for record in json.loads(dump(tmp_path / "all.json"))
        if "status" in record["fields"]
    }

    assert len(dumped) == sum(model.objects.count() for model in KINDS)
    assert {key for key, found in dumped.items() if found == status} == {
        (model._meta.label_lower, slug) for model, slug in slugs.items()
    }


def test_dump_holds_records_without_numbers_links_of_tags_or_history(tmp_path):
    model = AIModel.objects.get(slug="deepseek-v3")
    model.save()
    assert model.history.count() >= 1

    dumped = json.loads(dump(tmp_path / "all.json"))

    assert {tuple(record) for record in dumped} == {("model", "fields")}
    kinds = {record["model"] for record in dumped}
    assert "catalog.aimodel" in kinds
    assert {kind for kind in kinds if "histor" in kind or "tagged" in kind} == set()


def test_removed_tag_disappears_on_reload(tmp_path):
    path = next(path for path in FILES if path.name == "deepseek-v3.json" and "model" in path.parent.name)
    changed = records(path)
    removed = changed[0]["fields"]["tags"].pop(0)
    assert removed in AIModel.objects.get(slug="deepseek-v3").tags.names()

    (tmp_path / "changed.json").write_text(json.dumps(changed))
    load(tmp_path / "changed.json")

    assert sorted(AIModel.objects.get(slug="deepseek-v3").tags.names()) == changed[0]["fields"]["tags"]
    assert Tag.objects.filter(name=removed).exists()


def test_one_file_whose_references_are_present_loads_alone(tmp_path):
    def state():
        return sorted(json.dumps(record) for record in json.loads(dump(tmp_path / "state.json")))

    before = state()
    model = AIModel.objects.get(slug="deepseek-v3")
    model.citations.all().delete()
    model.milestones.all().delete()
    AIModel.objects.filter(pk=model.pk).update(description="Spoilt.", family=None)
    assert state() != before

    load(next(path for path in FILES if path.name == "deepseek-v3.json" and "model" in path.parent.name))

    assert state() == before


def references(record):
    """What a record refers to: pairs of a kind of entry and a key."""
    model = apps.get_model(record["model"])
    for name, value in record["fields"].items():
        field = model._meta.get_field(name)
        if field.is_relation and name != "tags" and value is not None:
            keys = value if field.many_to_many else [value]
            yield from ((field.related_model._meta.label_lower, tuple(key)) for key in keys)


def refusal_of(path):
    """Why the file cannot be loaded into the database as it is; "" where it can. Leaves nothing behind."""
    try:
        with transaction.atomic():
            load(path)
            transaction.set_rollback(True)
    except CommandError as error:
        return str(error)
    return ""


def test_file_alone_in_an_empty_database_loads_or_names_what_is_missing():
    empty()
    loaded, refused = [], []
    for path in FILES:
        found = records(path)
        own = {(r["model"], (r["fields"].get("slug"),)) for r in found}
        missing = {reference for record in found for reference in references(record)} - own
        error = refusal_of(path)
        if not error:
            loaded.append(path)
            assert missing == set()
            continue
        refused.append(path)
        assert error.startswith(f"{path.relative_to(settings.BASE_DIR).as_posix()}, record ")
        assert error.endswith("Load it first.")
        assert [key for kind, key in missing if f"there is no {kind} “{key[0]}" in error] != []

    assert len(loaded) + len(refused) == len(FILES)
    assert len(loaded) > 20
    assert len(refused) > 20


def test_order_within_a_folder_does_not_matter(tmp_path):
    def state():
        return sorted(json.dumps(record) for record in json.loads(dump(tmp_path / "state.json")))

    before = state()
    empty()

    load(*sorted(FILES, key=lambda path: (path.parent.name, path.stem[::-1])))

    assert state() == before


GOOD = {"model": "glossary.term", "fields": {"name": "New", "slug": "new-term", "definition": "It is new."}}
NEXT = {"model": "catalog.modality", "fields": {"name": "smells", "slug": "smells"}}
MODEL = {"name": "Bad", "slug": "bad-model"}
FAULTS = {
    "unknown field": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "params": 5}},
        " (catalog.aimodel bad-model), params: catalog.aimodel has no such field.",
    ),
    "wrong type": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "context_window": "long"}},
        " (catalog.aimodel bad-model), context_window: “long” value must be an integer.",
    ),
    "unknown choice": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "lifecycle": "asleep"}},
        " (catalog.aimodel bad-model), lifecycle: Value 'asleep' is not a valid choice.",
    ),
    "required field": (
        {"model": "catalog.aimodel", "fields": {"slug": "bad-model"}},
        " (catalog.aimodel bad-model), name: this field is required.",
    ),
    "broken constraint": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "parameters_total": 5, "parameters_active": 6}},
        " (catalog.aimodel bad-model): Parameters active cannot exceed parameters total. "
        "[catalog_aimodel_parameters_active_at_most_parameters_total]",
    ),
    "missing reference": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "family": ["nobody"]}},
        " (catalog.aimodel bad-model), family: there is no catalog.family “nobody”. Load it first.",
    ),
    "missing reference among many": (
        {"model": "catalog.aimodel", "fields": {**MODEL, "organizations": [["deepseek"], ["nobody"]]}},
        " (catalog.aimodel bad-model), organizations: there is no research.organization “nobody”. Load it first.",
    ),
    "missing key": (
        {"model": "catalog.innovation", "fields": {"model": ["deepseek-v3"], "term": ["nothing"]}},
        " (catalog.innovation deepseek-v3 / nothing), term: there is no glossary.term “nothing”. Load it first.",
    ),
    "missing source": (
        {
            "model": "catalog.derivation",
            "fields": {
                "child": ["deepseek-v3"],
                "kind": "fine_tuned_from",
                "parent_name": "It",
                "source": ["nobody"],
            },
        },
        " (catalog.derivation deepseek-v3 / fine_tuned_from / It), source: there is no research.source “nobody”. "
        "Load it first.",
    ),
    "duplicate": (
        {"model": "glossary.term", "fields": {**GOOD["fields"], "name": "Other"}},
        " (glossary.term new-term): record 1 has the same key.",
    ),
    "duplicate of another entry": (
        {
            "model": "research.paper",
            "fields": {"name": "Bad", "slug": "bad-paper", "category": "data", "arxiv_id": "2412.19437"},
        },
        " (research.paper bad-paper): Another paper has this arXiv id. [research_paper_arxiv_id_once]",
    ),
    "unknown kind": ({"model": "catalog.robot", "fields": {}}, " (catalog.robot): there is no such model."),
    "no record": (["catalog.aimodel"], ': a record is {"model": …, "fields": {…}}.'),
}


@each_format
@pytest.mark.parametrize("fault", FAULTS)
def test_bad_record_is_named_and_leaves_the_database_as_it_was(tmp_path, kind, fault):
    bad, message = FAULTS[fault]
    path = tmp_path / f"bad.{kind}"
    path.write_text(WRITE[kind]([GOOD, NEXT, bad]))
    before = rows()

    with pytest.raises(CommandError) as error:
        load(FILES[0], path)

    assert str(error.value) == f"{path}, record 3{message}"
    assert rows() == before
    path.write_text(WRITE[kind]([GOOD, NEXT]))
    load(path)
    assert Term.objects.get(slug="new-term").name == "New"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("bad.json", '[{"model": "glossary.term",}]', " cannot be read: "),
        ("bad.json", "{}", " is not a list of records."),
        ("bad.jsonl", json.dumps(GOOD) + "\n{]\n", ", record 2 cannot be read: "),
        ("bad.yaml", "- model: glossary.term\n  fields: {name: [}\n", " cannot be read: "),
        ("bad.yaml", "model: glossary.term\n", " is not a list of records."),
    ],
)
def test_file_that_cannot_be_read_is_named_and_leaves_the_database_as_it_was(tmp_path, name, text, message):
    path = tmp_path / name
    path.write_text(text)
    before = rows()

    with pytest.raises(CommandError) as error:
        load(FILES[0], path)

    assert str(error.value).startswith(f"{path}{message}")
    assert rows() == before


def test_refusal_ends_the_command_with_its_message_alone(tmp_path):
    (tmp_path / "bad.json").write_text(json.dumps([FAULTS["unknown kind"][0]]))

    with pytest.raises(CommandError) as error:
        call_command("loaddata", str(tmp_path / "bad.json"), stdout=io.StringIO())

    assert error.value.returncode == 1
    assert str(error.value).count("\n") == 0


def test_no_fixture_has_numbers():
    checked = [record for path in FILES for record in records(path)]

    assert len(checked) > 300
    assert {key for record in checked for key in record} == {"model", "fields"}
    assert [record for record in checked if {"id", "pk"} & record["fields"].keys()] == []


def test_every_file_holds_one_entry_and_is_named_by_its_slug():
    labels = {model._meta.label_lower for model in KINDS}
    entries = {
        path: [record["fields"]["slug"] for record in records(path) if record["model"] in labels] for path in FILES
    }

    assert {path: slugs for path, slugs in entries.items() if slugs and slugs != [path.stem]} == {}
    assert [path.parent.name.split("-")[1] for path, slugs in entries.items() if not slugs] == ["modalities"]


def test_parts_in_a_models_file_are_its_own():
    owners = {
        (path.stem, (record["fields"].get("model") or record["fields"]["child"])[0])
        for path in FILES
        for record in records(path)
        if "model" in record["fields"] or "child" in record["fields"]
    }

    assert len(owners) >= 5
    assert {pair for pair in owners if pair[0] != pair[1]} == set()


def test_every_figure_of_a_published_model_is_cited_and_the_shown_citation_agrees():
    shown = {(c.model_id, c.field): c for c in Citation.objects.published().filter(shown=True)}
    faults, checked = [], 0
    for model in AIModel.objects.published():
        for figure in FIGURES:
            value = figure.column(model)
            if value in (None, ""):
                continue
            checked += 1
            citation = shown.get((model.pk, figure.field))
            if citation is None or not citation.value or differs(figure, citation, value):
                faults.append(f"{model}: {figure.label}")

    assert faults == []
    assert checked >= 40


def test_every_citation_value_can_be_read():
    figures = {figure.field: figure for figure in FIGURES}
    citations = [citation for citation in Citation.objects.all() if citation.value]

    assert len(citations) > 50
    for citation in citations:
        assert figures[citation.field].parse(citation.value)
