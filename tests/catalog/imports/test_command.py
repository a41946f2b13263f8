"""What the four commands share: all or nothing, dry runs, mappings, editions, reports."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from catalog.imports.figures import Figures
from catalog.models import AIModel, Citation
from editorial.changes import Changes
from research.models import Source
from tests import factories as make
from tests.catalog.imports.importing import DATA, V3, collection, csv_file, epoch, run, text_file

pytestmark = pytest.mark.django_db

FOLDERS = {
    "import_epoch": DATA / "epoch" / "all_ai_models_2025-03-14.csv",
    "import_benchmark_hub": DATA / "epoch" / "benchmarks_2026-05",
    "import_llm_stats": DATA / "llm_stats",
    "import_models_dev": DATA / "models_dev",
}


def stop_midway(monkeypatch, error):
    """Let `error` come when some of the rows are written and some are not."""
    create, calls = Changes._create, []

    def fails(changes, kind):
        calls.append(kind)
        if len(calls) > 2:
            assert AIModel.objects.count() + Source.objects.count() > 1
            raise error
        create(changes, kind)

    monkeypatch.setattr(Changes, "_create", fails)


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError], ids=["ctrl-c", "error"])
@pytest.mark.parametrize("command", FOLDERS)
def test_import_that_is_stopped_midway_leaves_the_database_as_it_was(monkeypatch, command, error):
    make.make_model(name="DeepSeek-V3")
    before = collection()
    stop_midway(monkeypatch, error)

    with pytest.raises(error):
        run(command, FOLDERS[command])

    assert collection() == before


def test_error_while_reading_leaves_the_database_as_it_was(monkeypatch, tmp_path):
    monkeypatch.setattr(Figures, "state", lambda *args: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        epoch(tmp_path, V3)

    assert AIModel.objects.count() == 0


def test_second_file_that_is_bad_undoes_the_first(tmp_path):
    good = csv_file(tmp_path / "models_2025-01-01.csv", V3)
    bad = csv_file(tmp_path / "models_2025-02-01.csv", {"Name": "GPT-4"})
    out = io.StringIO()

    with pytest.raises(CommandError, match=r"no column “Model” or “System”\. Nothing was written\.$"):
        call_command("import_epoch", str(good), str(bad), stdout=out)

    assert AIModel.objects.count() == 0
    assert out.getvalue() == ""


@pytest.mark.parametrize("command", FOLDERS)
def test_dry_run_tells_the_same_and_writes_nothing(command):
    make.make_model(name="DeepSeek-V3")
    before = collection()

    dry = run(command, FOLDERS[command], dry_run=True)

    assert dry.text.splitlines()[-1] == "Nothing was written: this was a dry run."
    assert collection() == before
    assert run(command, FOLDERS[command]).files == dry.files


def test_dry_run_of_two_files_tells_what_the_second_does_after_the_first(tmp_path):
    files = [csv_file(tmp_path / f"models_2025-0{number}-01.csv", V3) for number in (1, 2)]

    assert run("import_epoch", *files, dry_run=True).counts == (1, 0, 1, 0)


@pytest.mark.parametrize("command", FOLDERS)
def test_counts_add_up(command):
    told = run(command, FOLDERS[command])

    assert sum(told.counts) == told.rows > 0
    counts = "{} created, {} updated, {} unchanged, {} refused".format(*told.counts)
    assert f"{FOLDERS[command].name}: {told.rows} rows read: {counts}." in told.text


def test_one_row_of_history_is_written_for_each_row_with_its_reason(tmp_path):
    epoch(tmp_path, V3 | {"Organization": "DeepSeek"})

    assert [set(kind.history.values_list("history_change_reason", "history_type")) for kind in (AIModel, Citation)] == [
        {("Import: Data on AI Models, 2025-03-14", "+")}
    ] * 2
    assert AIModel.history.count() == 1
    assert [link.organization.name for link in AIModel.history.get().organizations.all()] == ["DeepSeek"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be read: Expecting property name"),
        ("[]", "is not an object of names and slugs."),
        ('{"A": 5}', "is not an object of names and slugs."),
        ('{"A": "nowhere"}', "The mapping sends “A” to “nowhere”, and there is no such entry."),
    ],
)
def test_bad_mapping_stops(tmp_path, text, message):
    with pytest.raises(CommandError, match=message):
        epoch(tmp_path, V3, map=text_file(tmp_path / "map.json", text))

    assert AIModel.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "told", "date"),
    [
        ("models_2025-03-14", None, "2025-03-14"),
        ("models-2025-03", None, "2025-03-01"),
        ("2024-01-01 models 2025-03-14", None, "2025-03-14"),
        ("models_2025-03-14", "2025-04-01", "2025-04-01"),
        ("models_2025-03-14_2025-13-45", None, "2025-03-14"),
    ],
)
def test_edition_is_told_or_in_the_files_name(tmp_path, name, told, date):
    run("import_epoch", csv_file(tmp_path / f"{name}.csv", V3), edition=told)

    assert str(Source.objects.get().published) == date


def test_bad_edition_stops(tmp_path):
    with pytest.raises(CommandError, match="--edition: Write a date as 2024-12-26"):
        run("import_epoch", csv_file(tmp_path / "x.csv", V3), edition="soon")

    assert AIModel.objects.count() == 0


def test_report_that_cannot_be_written_stops_before_anything_is(tmp_path):
    with pytest.raises(CommandError, match=r"cannot be written: No such file or directory\. Nothing was written\."):
        call_command(
            "import_epoch", str(csv_file(tmp_path / "x.csv", V3)), report=tmp_path / "none" / "r.json", verbosity=0
        )

    assert AIModel.objects.count() == 0


def test_report_holds_all_remarks_and_the_screen_twenty(tmp_path):
    told = epoch(tmp_path, *({"Model": f"Model {n}", "Parameters": "many"} for n in range(25)))

    assert len(told.remarks("Values that cannot be read")) == 25
    assert told.text.splitlines()[:2] == [
        "Values that cannot be read (25):",
        "  models_2025-03-14.csv, row 2 (Model 0), parameters_total: “many”. Write a number: 3.3e24.",
    ]
    assert told.text.splitlines()[21] == "  … and 5 more; --report FILE writes all of them."
    assert len(told.text.splitlines()) == 23


def test_screen_is_sent_no_control_characters(tmp_path):
    told = epoch(tmp_path, V3 | {"Confidence": "\x1b]0;title\x07\x00", "Column \x1b[31m": "1"})

    assert "\x1b" not in told.text + json.dumps(told.files, ensure_ascii=False)
    assert len(told.remarks("Unknown values")) == 1


@pytest.mark.parametrize("command", FOLDERS)
def test_path_that_is_not_there_stops(tmp_path, command):
    with pytest.raises(CommandError, match=r"Nothing was written\.$"):
        run(command, tmp_path / "none")

    assert Source.objects.count() == 0
