from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from search import index

        pre_migrate.connect(index.remove, sender=self)
        post_migrate.connect(index.install, sender=self)
