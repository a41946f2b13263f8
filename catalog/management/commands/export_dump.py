from pathlib import Path

from django.core.management import BaseCommand, CommandError

from core.dump import Credit, export
from core.progress import progress
from core.site import site_address
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
            address = options["address"] and site_address(options["address"])
            counts = export(options["folder"], credits, address, watch)
        except (ValueError, OSError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
        if options["verbosity"]:
            records = sum(counts.values())
            self.stdout.write(f"{records:,} records, {counts['models']:,} models among them, in {options['folder']}.")


def credits() -> list[Credit]:
    """The databases that facts came from, with their licences."""
    databases = Source.objects.published().filter(kind=SourceKind.DATABASE).order_by("slug")
    return [Credit(source.name, source.url, source.licence) for source in databases]
