"""What the databases do each in their own way: `copy`, `rows`, `content` and `put`."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from core.backups import postgresql, sqlite


def database_of(connection: BaseDatabaseWrapper) -> ModuleType:
    return sqlite if connection.vendor == "sqlite" else postgresql
