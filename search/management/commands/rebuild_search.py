from django.core.management import BaseCommand

from search import index


class Command(BaseCommand):
    help = "Makes the search index anew from the entries, with the triggers that keep it in step."

    def handle(self, **options):
        counts = index.rebuild()
        told = ", ".join(f"{number:,} {kind}" for kind, number in counts.items())
        self.stdout.write(f"{counts.total():,} documents: {told}.")
