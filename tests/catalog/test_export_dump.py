"""`export_dump`: what it writes, that it opens elsewhere, and what it leaves alone."""

import asyncio
import csv
import hashlib
import json
import sqlite3
from pathlib import Path

import pandas
import pytest
from datasette.app import Datasette
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel
from catalog.views import MODEL_COLUMNS
from core.documents import document
from core.dump import export
from tests import factories as make
from tests.project.test_drafts import HIDDEN, SECRET, plant

pytestmark = pytest.mark.django_db


def dump(folder: Path, **options) -> dict[str, bytes]:
    call_command("export_dump", str(folder), verbosity=0, **options)
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with open(folder / "csv" / f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def filled(tmp_path) -> Path:
    """A dump of a few entries that have something of everything."""
    database = make.make_source(name="Numbers", slug="numbers", kind="database", licence="CC BY 4.0")
    lab = make.make_organization(name="Lab", slug="lab", country="NA")
    model = make.make_model(
        name="V3",
        slug="v3",
        organizations=[lab],
        family=make.make_family(slug="line"),
        input_modalities=[make.make_modality(name="text", slug="text")],
        released="2024-12-01",
        released_precision="month",
        context_window=128_000,
        training_compute=3.29e24,
        why_it_matters="=SUM(1) is a formula.",
        tags=["moe"],
    )
    make.make_citation(model=model, field="context_window", source=database, stated="128K", value="128000", shown=True)
    make.make_score(model=model, benchmark=make.make_benchmark(slug="mmlu"), source=database, headline=True)
    make.make_derivation(child=model, parent=make.make_model(slug="v2"), source=database)
    make.make_milestone(model=model, text="First"), make.make_milestone(model=model, text="Second", order=1)
    make.make_term(slug="a", see_also=[make.make_term(slug="b")])
    dump(tmp_path / "dump", address="https://example.org/")
    return tmp_path / "dump"


def test_tables_name_entries_by_slug_and_say_units_and_dates(filled):
    (model,) = (row for row in table(filled, "models") if row["slug"] == "v3")

    assert {name: model[name] for name in ("family", "released", "context_window_tokens", "training_compute_flop")} == {
        "family": "line",
        "released": "2024-12",
        "context_window_tokens": "128000",
        "training_compute_flop": "3.29e+24",
    }
    assert (model["html"], model["predecessor"]) == ("https://example.org/models/v3/", "")
    assert table(filled, "model_organizations") == [{"model": "v3", "organization": "lab"}]
    assert table(filled, "model_tags") == [{"model": "v3", "tag": "moe"}]
    assert table(filled, "term_see_also") == [{"term": "a", "see_also": "b"}]
    (citation,) = table(filled, "citations")
    assert (citation["model"], citation["source"], citation["shown"]) == ("v3", "numbers", "true")
    (derivation,) = table(filled, "derivations")
    assert (derivation["child"], derivation["parent"]) == ("v3", "v2")
    assert [row["text"] for row in table(filled, "milestones")] == ["First", "Second"]


def test_what_a_list_has_is_called_the_same_in_the_dump(filled):
    columns = set(table(filled, "models")[0])

    # Relations have tables of their own.
    assert {column.key for column in MODEL_COLUMNS} - columns == {"organizations"}


def test_no_table_runs_in_a_spreadsheet_and_the_database_has_texts_as_they_are(filled):
    (model,) = (row for row in table(filled, "models") if row["slug"] == "v3")
    with sqlite3.connect(filled / "descent.sqlite3") as database:
        (text,) = database.execute("SELECT why_it_matters FROM models WHERE slug = 'v3'").fetchone()

    assert (model["why_it_matters"], text) == ("'=SUM(1) is a formula.", "=SUM(1) is a formula.")


def test_fixtures_hold_each_entry_whole(filled):
    (path,) = filled.glob("fixtures/*-models/v3.json")

    assert json.loads(path.read_text()) == document(AIModel.objects.get(slug="v3"))
    assert [path.name for path in sorted(filled.glob("fixtures/*-modalities/*"))] == ["modalities.json"]


def test_database_has_the_same_rows_types_and_no_dangling_key(filled):
    with sqlite3.connect(filled / "descent.sqlite3") as database:
        (row,) = database.execute(
            "SELECT typeof(context_window_tokens), typeof(training_compute_flop), typeof(licence) FROM models "
            "WHERE slug = 'v3'"
        )
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {path.stem: len(table(filled, path.stem)) for path in filled.glob("csv/*.csv")}
        found = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in counts}
        keys = database.execute("SELECT count(*) FROM pragma_foreign_key_list('citations')").fetchone()
        dangling = database.execute("PRAGMA foreign_key_check").fetchall()
        words = database.execute("SELECT name FROM models_fts WHERE models_fts MATCH 'formula'").fetchall()

    assert row == ("integer", "real", "null")
    assert found == counts
    assert set(counts) <= set(names)
    assert (keys, dangling, words) == ((2,), [], [("V3",)])


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_datasette_opens_it(filled):
    metadata = json.loads((filled / "metadata.json").read_text())

    async def visit() -> list:
        datasette = Datasette([str(filled / "descent.sqlite3")], metadata=metadata)
        addresses = ("/descent/models", "/descent/models/v3", "/descent/models.json?_search=formula&_shape=array")
        return [await datasette.client.get(address) for address in addresses]

    listed, model, found = asyncio.run(visit())

    assert {answer.status_code for answer in (listed, model, found)} == {200}
    assert ">CC BY 4.0</a>" in listed.text
    assert "Numbers (CC BY 4.0)" in listed.text
    assert "How many tokens it reads at once; K is 1,000. In tokens." in listed.text
    assert 'href="/descent/citations?model=v3"' in model.text
    assert [row["slug"] for row in found.json()] == ["v3"]


def test_pandas_reads_it(filled):
    models = pandas.read_csv(filled / "csv" / "models.csv")
    labs = pandas.read_csv(filled / "csv" / "organizations.csv", keep_default_na=False, na_values=[""])
    scores = pandas.read_csv(filled / "csv" / "scores.csv").merge(models, left_on="model", right_on="slug")

    assert list(models["training_compute_flop"].dropna()) == [3.29e24]
    assert str(pandas.to_datetime(models["released"], format="ISO8601").max().date()) == "2024-12-01"
    assert list(labs["country"]) == ["NA"]
    assert scores["headline"].dtype == bool
    assert list(scores["name"]) == ["V3"]


def test_manifest_tells_what_is_there(filled):
    package = json.loads((filled / "datapackage.json").read_text())
    files = {one["path"]: one for one in package["resources"]}
    models = files["csv/models.csv"]
    fields = {field["name"]: field for field in models["schema"]["fields"]}

    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["sources"] == [{"title": "Numbers", "path": "https://example.org/1"} | package["sources"][0]]
    assert (package["homepage"], package["counts"]["models"], models["rows"]) == ("https://example.org/", 2, 2)
    assert models["schema"]["primaryKey"] == ["slug"]
    assert {"fields": "family", "reference": {"resource": "families", "fields": "slug"}} in (
        models["schema"]["foreignKeys"]
    )
    assert (fields["context_window_tokens"]["type"], fields["released"]["type"]) == ("integer", "string")
    assert fields["openness"]["constraints"]["enum"] == ["open_source", "open_weight", "api_only", "unreleased"]
    for path, one in files.items():
        content = (filled / path).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    assert len(files) == len(list(filled.glob("csv/*.csv"))) + 4


def test_checksums_are_of_every_file(filled):
    lines = (filled / "checksums.txt").read_text().splitlines()
    sums = {path: sha256 for sha256, path in (line.split("  ") for line in lines)}

    assert sums == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in contents(filled).items()
        if path not in ("checksums.txt", "datapackage.json")
    }


def test_the_same_collection_makes_the_same_bytes_and_a_changed_figure_changes_its_files(filled, tmp_path):
    before = contents(filled)

    assert dump(filled, address="https://example.org") == before
    AIModel.objects.filter(slug="v3").update(context_window=131_072)
    after = dump(filled, address="https://example.org")

    changed = {path for path in before | after if before.get(path) != after.get(path)}
    (model,) = (path for path in before if path.endswith("-models/v3.json"))
    assert changed == {model, "csv/models.csv", "descent.sqlite3", "datapackage.json", "checksums.txt"}


def test_what_is_gone_from_the_collection_is_gone_from_the_dump(filled):
    AIModel.objects.filter(slug="v3").update(status="archived")

    assert [path for path, content in dump(filled).items() if b"formula" in content or path.endswith("v3.json")] == [
        "README.md"
    ]


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_nothing_unpublished_is_in_it(tmp_path, state):
    plant(**state)

    files = dump(tmp_path / "dump")

    assert [path for path, content in files.items() if SECRET.casefold().encode() in content.lower()] == []
    assert b"Known by name" in files["csv/derivations.csv"]


def test_the_same_entries_are_in_it_once_they_are_published(tmp_path):
    plant()

    assert dump(tmp_path / "dump")["csv/models.csv"].lower().count(SECRET.casefold().encode()) > 3


def test_a_folder_with_something_else_is_refused_and_left(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").write_text("A cat.")
    (tmp_path / "file").write_text("A file.")

    with pytest.raises(CommandError, match=r"holds something else: cat\.png"):
        call_command("export_dump", str(tmp_path / "photos"))
    with pytest.raises(CommandError, match="is no folder"):
        call_command("export_dump", str(tmp_path / "file"))

    assert contents(tmp_path) == {"photos/cat.png": b"A cat.", "file": b"A file."}


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"“example\.org” is no address of a site"):
        call_command("export_dump", str(tmp_path / "dump"), address="example.org")

    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_breaks_off_leaves_the_earlier_one(filled):
    before = contents(filled)

    def break_off(entries, total):
        yield next(iter(entries))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(filled, list, watch=break_off)

    assert contents(filled) == before
    assert [path.name for path in filled.parent.iterdir()] == ["dump"]


def test_it_counts_what_it_wrote(filled, capsys):
    call_command("export_dump", str(filled))

    assert capsys.readouterr().out == f"15 records, 2 models among them, in {filled}.\n"


def test_more_entries_take_no_more_queries(tmp_path):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            dump(tmp_path / "dump")
        return len(queries)

    def fill():
        model = make.make_model(organizations=[make.make_organization()], tags=["a"])
        make.make_score(model=model), make.make_citation(model=model), make.make_milestone(model=model)

    fill()
    one = asked()
    fill(), fill()

    assert asked() == one
