from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from core.backups import Unusable, back_up
from core.folder import Refused


class Command(BaseCommand):
    help = (
        "Writes the whole database as of one moment into a new file, while the site runs, and checks it before it "
        "counts as a backup. It holds all that the database holds, but nobody is logged in by it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", nargs="?", type=Path, default=settings.BACKUP_DIR, help="default: BACKUP_DIR, %(default)s"
        )
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="then delete the oldest, so that N backups stay"
        )

    def handle(self, **options):
        if options["keep"] < 0:
            raise CommandError("--keep: how many backups stay is no number below 0.")
        try:
            path, manifest = back_up(options["folder"], options["keep"])
        except (Unusable, Refused, OSError, DatabaseError) as error:
            raise CommandError(f"There is no new backup: {error}") from error
        if options["verbosity"]:
            rows, tables = sum(manifest.rows.values()), len(manifest.rows)
            self.stdout.write(f"{path}: {rows:,} rows of {tables} tables, {path.stat().st_size:,} bytes, checked.")
