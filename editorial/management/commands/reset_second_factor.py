"""Takes away somebody's second factor, where no administrator is left who could."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from editorial.second_factor import switch_off


class Command(BaseCommand):
    help = "Takes away the second factor of a member who lost the phone and the codes for recovery."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username: str, **options):
        member = get_user_model().objects.filter(username=username).first()
        if member is None:
            raise CommandError(f"There is no account “{username}”.")
        switch_off(member)
        self.stdout.write(f"{username} has no second factor any more.")
