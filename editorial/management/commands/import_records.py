import gc
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from core.progress import progress
from editorial.proposals import propose
from editorial.record_import import RecordImport

SHOWN = 120


class Command(BaseCommand):
    help = (
        "Brings in records of this encyclopedia, as JSON, JSON Lines, YAML, CSV or XLSX, in any order. Fields that a "
        "record leaves out stay as they are. Everything is checked first: if anything is wrong, all of it is listed, "
        "and nothing is written."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="tell field by field what would change")
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--prune", action="store_true", help="delete parts of the entries that the files no longer have"
        )
        way.add_argument(
            "--propose", action="store_true", help="write nothing but proposals, for an editor to accept or decline"
        )
        parser.add_argument("--reason", default="Imported", help="what the history says (default: %(default)s)")

    def handle(self, **options):
        # What is read stays until it is written: to look for garbage meanwhile takes a fifth of the time.
        gc.disable()
        try:
            self._import(options)
        finally:
            gc.enable()

    def _import(self, options: dict) -> None:
        batch = RecordImport()
        files = options["files"]
        for path in progress(files, "Reading", self.stderr, total=len(files)):
            try:
                content = path.read_bytes()
            except OSError as error:
                batch.tell(str(path), f"it cannot be read: {error.strerror or error}")
            else:
                batch.read(str(path.resolve()), content)
        batch.plan(prune=options["prune"])
        if options["dry_run"] and options["verbosity"]:
            self._show(batch)
        try:
            self._write(batch, options)
        except DatabaseError as error:
            raise CommandError(f"Nothing was written, for the database said: {error}") from error

    def _write(self, batch: RecordImport, options: dict) -> None:
        # Proposals, too, are of what could be written.
        batch.write(options["reason"], dry_run=options["dry_run"] or options["propose"])
        if batch.problems:
            lines = "\n".join(map(str, batch.problems))
            raise CommandError(f"{lines}\nNothing was written: {counted(batch.problems, 'problem')}.")
        if options["propose"] and not options["dry_run"]:
            made = propose(batch, options["reason"])
            if options["verbosity"]:
                self.stdout.write(f"{counted(batch.incoming, 'record')}: {counted(made, 'proposal')} made.")
        elif options["verbosity"]:
            self._counted(batch, options)

    def _show(self, batch: RecordImport) -> None:
        for one in batch.incoming:
            if one.new:
                self.stdout.write(f"+ {one.title}")
            elif one.diff:
                self.stdout.write(f"~ {one.title}")
                for name, old, new in one.diff:
                    self.stdout.write(f"    {name}: {_cut(old)} → {_cut(new)}")
        for row in batch.pruned:
            self.stdout.write(f"- {row._meta.label_lower} {row}")

    def _counted(self, batch: RecordImport, options: dict) -> None:
        counts = ", ".join(f"{number:,} {word}" for word, number in batch.counts().items())
        deleted = f", {len(batch.pruned):,} deleted" if options["prune"] else ""
        written = " Nothing was written: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(f"{counted(batch.incoming, 'record')}: {counts}{deleted}.{written}")


def counted(things: list, word: str) -> str:
    """“1 record”, “2,000 records”."""
    return f"{len(things):,} {word}{'' if len(things) == 1 else 's'}"


def _cut(text: str) -> str:
    """A value on one line: long prose is not shown whole."""
    text = " ".join(text.split()) or "empty"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
