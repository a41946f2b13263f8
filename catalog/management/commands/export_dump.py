from pathlib import Path
from urllib.parse import urlsplit

from django.core.management import BaseCommand, CommandError

from core.dump import Credit, export
from core.progress import progress
from research.models import Source, SourceKind


class Command(BaseCommand):
    help = (
        "Writes the published collection into a folder: as fixtures, as CSV files, as one SQLite file, and a manifest "
        "of it all. The same collection makes the same bytes. An earlier dump in the folder is replaced at once."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--address", default="", help="where the pages are: https://example.org; else paths alone")

    def handle(self, **options):
        def watch(entries, total):
            return progress(entries, "Exporting", self.stderr, total=total)

        try:
            counts = export(options["folder"], credits, site(options["address"]), watch)
        except (ValueError, OSError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
        if options["verbosity"]:
            records = sum(counts.values())
            self.stdout.write(f"{records:,} records, {counts['models']:,} models among them, in {options['folder']}.")


def site(text: str) -> str:
    """The address of a site without its last stroke; "" of none. ValueError where it is no such address."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ValueError(f"“{text}” is no address of a site: write https://example.org.")
    return text.rstrip("/")


def credits() -> list[Credit]:
    """The databases that facts came from, with their licences."""
    databases = Source.objects.published().filter(kind=SourceKind.DATABASE).order_by("slug")
    return [Credit(source.name, source.url, source.licence) for source in databases]
