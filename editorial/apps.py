from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self):
        from editorial.permanent_ids import name_installation
        from editorial.roles import seed

        post_migrate.connect(seed, sender=self)
        post_migrate.connect(name_installation, sender=self)
