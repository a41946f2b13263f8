from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self):
        from editorial.roles import seed

        post_migrate.connect(seed, sender=self)
