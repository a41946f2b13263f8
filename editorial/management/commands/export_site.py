import os
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from core.folder import Refused, replacing
from core.progress import progress
from core.site import site_address
from editorial.static_copy.addresses import batches
from editorial.static_copy.making import begin, finish, foreign, render_all
from editorial.static_copy.rendering import SITE, StaticCopy


class Command(BaseCommand):
    help = (
        "Writes the public site into a directory as files: every address without a query, the pages of the lists, "
        "their twins and what pages load, with the configuration by which nginx serves them at the same addresses. "
        "An earlier copy there is replaced once the new one is complete."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument(
            "--address", required=True, metavar="URL", help="where it will be served: https://example.org"
        )
        parser.add_argument(
            "--live", default="", metavar="URL", help="the site that searches, filters and compares, if there is one"
        )
        parser.add_argument(
            "--jobs", type=int, default=os.cpu_count() or 1, help="processes that render (default: %(default)s)"
        )

    def handle(self, **options):
        folder = options["directory"].absolute()
        try:
            address, live = site_address(options["address"]), options["live"] and site_address(options["live"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        copy = StaticCopy(timezone.now().date(), address, live)
        try:
            with replacing(folder, foreign) as new, copy.settings(new / SITE / "static"):
                renderer = begin(copy, new)
                asked = list(batches(renderer.read))
                total = sum(len(batch.addresses) for batch in asked)
                rendering = render_all(renderer, asked, max(options["jobs"], 1))
                rendered = list(progress(rendering, "Writing", self.stderr, total=total))
                if errors := [one.error for one in rendered if one.error]:
                    lines = "\n".join(errors)
                    raise CommandError(f"{lines}\nNothing was written: {len(errors):,} of {total:,} failed.")
                finish(copy, new, rendered)
        except Refused as reason:
            raise CommandError(str(reason)) from None
        if options["verbosity"]:
            files = sum(one.files for one in rendered)
            self.stdout.write(f"{folder}: {files:,} files of {total:,} addresses.")
