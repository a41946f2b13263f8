import json
from collections import Counter

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from core.doctor import Level, examine


class Command(BaseCommand):
    help = "Looks over the installation, a line for each thing: ok, warn or FAIL. Exits with 1 where something fails."
    # It makes them itself, and tells what else is wrong where they fail.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--thorough", action="store_true", help="compare everything, which may take minutes")
        parser.add_argument("--json", action="store_true", help="write one JSON object: counts and findings")

    def handle(self, **options):
        counts, findings = Counter({level.value: 0 for level in Level}), []
        for name, told in examine(settings.CHECKUPS, options["thorough"]):
            counts[told.level] += 1
            findings.append({"check": name, "level": told.level, "what": told.what, "todo": told.todo})
            if not options["json"]:
                self.stdout.write(str(told))
        if options["json"]:
            self.stdout.write(json.dumps({"counts": counts, "findings": findings}, ensure_ascii=False, indent=2))
        summary = f"{counts[Level.OK]} ok, {counts[Level.WARN]} warn, {counts[Level.FAIL]} FAIL."
        if counts[Level.FAIL]:
            raise CommandError(summary)
        if not options["json"]:
            self.stdout.write(summary)
