"""How long records take to come in, all checks and the history included, and the same rows by `bulk_create` alone.

Seconds of processors, of the work alone, without the start of a process. Rows are all that the import leaves in the
tables of the site: those of records, of relations between them, of their history and of the log of changes. Both go
into an SQLite database that is migrated and empty, with its triggers, which keep the search index.
"""

import shutil
import sys
import time
from pathlib import Path

from benchmarks.collection import BATCH, set_up
from benchmarks.production.peers import Place

RECORDS, BULK = "import_records", "bulk_create"


def measure(place: Place) -> dict[str, float]:
    """Rows a second of processors, by the way in which they came in."""
    file, empty = place.database.with_suffix(".jsonl"), place.folder / "empty.sqlite3"
    whole, bare = place.folder / "imported.sqlite3", place.folder / "created.sqlite3"
    if not file.exists():
        place.run("-m", "benchmarks.production.imports", "write", str(place.database), str(file))
    empty.unlink(missing_ok=True)
    place.run("-m", "benchmarks.production.imports", "empty", str(empty))
    for copy in (whole, bare):
        shutil.copy(empty, copy)
    seconds = float(place.run("-m", "benchmarks.production.imports", RECORDS, str(whole), str(file)))
    created, rows = map(float, place.run("-m", "benchmarks.production.imports", BULK, str(whole), str(bare)).split())
    return {RECORDS: rows / seconds, BULK: rows / created}


def write_records(database: Path, file: Path) -> None:
    """All records of a database, as JSON Lines; complete or not there."""
    set_up(database)
    from django.core.management import call_command

    from benchmarks.made_up import MadeUp

    kinds = [kind._meta.label for kind, _ in MadeUp(1000).rows() if not kind._meta.auto_created]
    unfinished = file.with_name(f"unfinished-{file.name}")
    call_command("dumpdata", *kinds, output=str(unfinished), verbosity=0)
    unfinished.rename(file)


def migrate(database: Path) -> None:
    set_up(database)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def import_records(database: Path, file: Path) -> None:
    """Prints the seconds that it takes."""
    set_up(database)
    from django.core.management import call_command

    began = time.process_time()
    call_command("import_records", str(file), verbosity=0)
    print(time.process_time() - began)


def bulk_create(source: Path, target: Path) -> None:
    """Prints the seconds that it takes to write all rows of the first database into the second, and their number."""
    set_up(source)
    from django.apps import apps
    from django.conf import settings
    from django.db import connections, transaction

    ours = [app for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    kinds = [kind for app in ours if app.label != "search" for kind in app.get_models(include_auto_created=True)]
    connections.settings["target"] = connections.settings["default"] | {"NAME": str(target)}
    # Read before the time begins, as objects that need but be written; what every new database has is there.
    rows = {kind: list(kind._base_manager.all()) for kind in kinds if not kind._base_manager.using("target").exists()}
    began = time.process_time()
    with transaction.atomic(using="target"):
        for kind, found in rows.items():
            kind._base_manager.using("target").bulk_create(found, batch_size=BATCH)
    print(time.process_time() - began, sum(map(len, rows.values())))


if __name__ == "__main__":
    work = {"write": write_records, "empty": migrate, RECORDS: import_records, BULK: bulk_create}[sys.argv[1]]
    work(*map(Path, sys.argv[2:]))
