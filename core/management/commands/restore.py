from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from core.backups import Manifest, Unusable, examined, is_empty, restore
from core.folder import Refused


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of all that the database has, while the site runs: all of it or nothing. One of an "
        "earlier version of the site is migrated. Everybody has to log in again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--no-input", "--noinput", action="store_false", dest="interactive", help="do not ask, as with `flush`"
        )

    def handle(self, **options):
        try:
            manifest = examined(options["file"])
            if options["interactive"] and not is_empty():
                self._ask(manifest)
            restore(options["file"])
        except (Unusable, Refused, OSError, DatabaseError) as error:
            raise CommandError(f"Nothing was restored: {error}") from error
        if options["verbosity"]:
            self.stdout.write(
                f"Restored what the database had at {manifest.made}: {sum(manifest.rows.values()):,} rows."
            )

    def _ask(self, manifest: Manifest) -> None:
        self.stdout.write(f"All that was written after {manifest.made} will be gone. `backup` keeps it.")
        try:
            answer = input("Type “yes” to go on: ")
        except EOFError:
            answer = ""
        if answer != "yes":
            raise CommandError("Nothing was restored. To be asked nothing, say --no-input.")
