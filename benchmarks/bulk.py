"""What the careful door costs: `import_records` into an empty database, beside `bulk_create` of the same records.

    .venv/bin/python -m benchmarks.bulk [MODELS [RUNS]]

A made-up collection (`benchmarks/collection.py`, 1,000 models without a word) is dumped into one JSON file. Each way
reads that file into an SQLite file that is migrated, so with all constraints, indexes and triggers; each in a process
of its own, in turn. The ways beside the command are the textbook: natural keys are looked up in a dictionary, and each
table is one `bulk_create`, all in one transaction. Rules across rows, what follows from the records, the log of changes
and the places of mistakes they leave aside.

- *validated*: with `full_clean()`. It takes so long that it runs once only; of the others, medians count.
- *unchecked*: without. What the database does not refuse is in.
- *unchecked, history*: likewise, by django-simple-history's `bulk_create_with_history`.

CPU seconds of the process, without those of `manage.py check`, for machines are busy; `rows` are those of all tables of
records, their links and their history, counted afterwards; `ratio` is the way's time by the command's.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks.collection import set_up

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [str(ROOT / "manage.py"), "import_records", "--verbosity=0"]
BATCH = 500


def main(models: int = 1000, runs: int = 3) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made, empty, file = Path(folder, "made.sqlite3"), Path(folder, "empty.sqlite3"), Path(folder, "all.json")
        python(made, "-m", "benchmarks.collection", str(models))
        dump = ["dumpdata", "glossary", "research", "catalog", "--verbosity=0", "--output", str(file)]
        python(made, str(ROOT / "manage.py"), *dump)
        python(empty, str(ROOT / "manage.py"), "migrate", "--verbosity=0")
        peer = ["-m", "benchmarks.bulk", "--peer", str(file)]
        ways = {
            "import_records": [*COMMAND, str(file)],
            "bulk_create, validated": [*peer, "full_clean"],
            "bulk_create, unchecked": peer,
            "bulk_create, unchecked, history": [*peer, "history"],
        }
        start = median(python(empty, str(ROOT / "manage.py"), "check")[0] for _ in range(3))
        used, rows = defaultdict(list), {}
        for number in range(runs):
            for way, words in ways.items():
                if number and "full_clean" in words:
                    continue
                database = Path(shutil.copy(empty, Path(folder, f"{len(rows)}-{number}.sqlite3")))
                used[way].append(python(database, *words))
                rows[way] = count(database)
        records = len(json.loads(file.read_bytes()))
        table(records, {way: (median(s for s, _ in u) - start, max(m for _, m in u)) for way, u in used.items()}, rows)


def table(records: int, used: dict[str, tuple[float, float]], rows: dict[str, int]) -> None:
    print(f"{records:,} records\n{'':32}{'CPU s':>8}{'records/s':>11}{'rows/s':>9}{'ratio':>7}{'MB':>7}")
    own = used["import_records"][0]
    for way, (seconds, size) in used.items():
        rates = f"{records / seconds:11,.0f}{rows[way] / seconds:9,.0f}"
        print(f"{way:32}{seconds:8.1f}{rates}{seconds / own:7.2f}{size:7.0f}")


def python(database: Path, *words: str) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a script, with the settings of production, on this database."""
    own = {"DEBUG": "0", "SECRET_KEY": "for measuring only", "DATABASE_URL": f"sqlite:///{database}"}
    process = subprocess.Popen([sys.executable, *words], env={**os.environ, **own}, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(words)} failed.")
    # Linux counts in kilobytes, macOS in bytes.
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1e3 if sys.platform == "linux" else 1e6)


def count(database: Path) -> int:
    """The rows of the collection and of its history."""
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, instr(name, '_') - 1)"
            " IN ('glossary', 'research', 'catalog')"
        ).fetchall()
        return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables)


def peer(file: str, *options: str) -> None:
    """The textbook: rows of the file's records, kind after kind, as `dumpdata` sorts them: after what they refer to."""
    set_up()
    from django.apps import apps
    from django.db import transaction
    from simple_history.utils import bulk_create_with_history

    records = defaultdict(list)
    for record in json.loads(Path(file).read_bytes()):
        records[apps.get_model(record["model"])].append(record["fields"])
    known: dict = defaultdict(dict)
    with transaction.atomic():
        for kind, all_fields in records.items():
            rows, later, links = [], defaultdict(list), defaultdict(list)
            for fields in all_fields:
                row = kind()
                rows.append(row)
                for name, value in fields.items():
                    column = kind._meta.get_field(name)
                    if column.many_to_many:
                        links[column].append((row, value))
                    elif column.related_model is kind and value:
                        later[name].append((row, tuple(value)))
                    elif column.is_relation:
                        setattr(row, name, value and known[column.related_model][tuple(value)])
                    else:
                        setattr(row, name, column.to_python(value))
                if "full_clean" in options:
                    row.full_clean()
            if "history" in options:
                rows = bulk_create_with_history(rows, kind, batch_size=BATCH)
            else:
                kind._base_manager.bulk_create(rows, batch_size=BATCH)
            known[kind] = {row.natural_key(): row for row in rows}
            for name, pairs in later.items():
                for row, key in pairs:
                    setattr(row, name, known[kind][key])
                kind._base_manager.bulk_update([row for row, _ in pairs], [name], batch_size=BATCH)
            for column, pairs in links.items():
                through = column.remote_field.through
                own, other = column.m2m_column_name(), column.m2m_reverse_name()
                through._base_manager.bulk_create(
                    [
                        through(**{own: row.pk, other: known[column.related_model][key].pk})
                        for row, keys in pairs
                        for key in {(key,) if isinstance(key, str) else tuple(key) for key in keys}
                    ],
                    batch_size=BATCH,
                )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer(*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:]))
