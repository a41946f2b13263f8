from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        from core.migrating import make_whole
        from core.table_states import install

        pre_migrate.connect(make_whole, sender=self)
        post_migrate.connect(install, sender=self)
