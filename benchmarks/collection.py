"""Makes a database with a made-up collection of any size, the same each time.

    .venv/bin/python -m benchmarks.collection 100000 /tmp/100000.sqlite3

Without a file, it goes into the empty database that DATABASE_URL names: SQLite or PostgreSQL. Every table is migrated
first. What there is of each kind, and how it is spread: `benchmarks/made_up.py`.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import django

BATCH = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=int, help="how many models; all else in proportion")
    parser.add_argument("file", nargs="?", type=Path, help="an SQLite file to make")
    options = parser.parse_args()
    if not (options.file or os.environ.get("DATABASE_URL")):
        parser.error("Name a file, or set DATABASE_URL.")
    set_up(options.file)
    write(options.models)


def set_up(file: Path | None = None) -> None:
    """Django as in production, where no query is kept, on this SQLite file or on DATABASE_URL."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0", "SECRET_KEY": "for measuring only"}
    if file:
        os.environ["DATABASE_URL"] = f"sqlite:///{file.resolve()}"
    django.setup()


def write(models: int) -> None:
    """Migrates the database and fills it, all or nothing; says how many rows of each kind."""
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from benchmarks.made_up import MadeUp
    from catalog.models import AIModel

    call_command("migrate", verbosity=0)
    if AIModel.objects.exists():
        sys.exit("The database holds models already: name an empty one.")
    began, kinds = time.perf_counter(), []
    with transaction.atomic():
        for kind, rows in MadeUp(models).rows():
            total = sum(len(kind._default_manager.bulk_create(batch)) for batch in batches(rows))
            print(f"{total:11,} {kind._meta.verbose_name_plural}", flush=True)
            kinds.append(kind)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), kinds):
                cursor.execute(statement)
    if connection.vendor == "postgresql":
        # What autovacuum would do in a minute; SQLite plans without statistics, in production as well.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"in {time.perf_counter() - began:.0f} seconds")


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


if __name__ == "__main__":
    main()
