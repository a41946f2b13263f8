import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from core.models import entry_kinds

FIRST_EDITOR = "editor"


def starter_files() -> list[str]:
    """The files of the starter collection, in the order in which they load."""
    return sorted(str(path) for path in Path(settings.BASE_DIR, "fixtures").glob("*/*.json"))


class Command(BaseCommand):
    help = (
        "Migrates the database, loads the starter collection into an empty one, and creates the first editor "
        "where there is no account yet. Run again, it changes nothing."
    )

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        self._load_collection()
        self._create_editor()

    def _load_collection(self):
        kinds = entry_kinds()
        if any(kind.objects.exists() for kind in kinds):
            return
        files = starter_files()
        call_command("import_records", *files, reason="Starter collection", verbosity=0)
        count = sum(kind.objects.count() for kind in kinds)
        self.stdout.write(f"Loaded the starter collection: {count} entries from {len(files)} files.")

    def _create_editor(self):
        accounts = get_user_model().objects
        if accounts.exists():
            self.stdout.write("Edit at /admin/. A lost password: python manage.py changepassword NAME")
            return
        password = secrets.token_urlsafe(12)
        accounts.create_superuser(FIRST_EDITOR, password=password)
        self.stdout.write(f"Edit at /admin/ as “{FIRST_EDITOR}” with the password {password}")
        self.stdout.write("It is shown this once. To set another: python manage.py changepassword editor")
