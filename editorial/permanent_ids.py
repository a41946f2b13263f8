"""Ids that never change and that nothing else bears, whatever an entry is called and wherever the site stands."""

import uuid
from collections.abc import Callable

from django.db import connections

from editorial.models import Installation


def name_installation(using: str, **kwargs: object) -> None:
    """Gives the installation its name, once. Runs after `migrate`, which may have gone back to before there was one."""
    is_there = Installation._meta.db_table in connections[using].introspection.table_names()
    installations = Installation.objects.using(using)
    if is_there and not installations.exists():
        installations.create()


def permanent_ids(installation: Installation) -> Callable[..., str]:
    """A function from what is permanent to its id: `("change", "catalog.aimodel", 17, "…")` to “urn:uuid:…”.

    Numbers of rows stay with a row when its name and its slug change, and are never given to another one. The name of
    the installation tells its seventeenth model from that of others, and goes with the database to another host.
    """
    return lambda *what: uuid.uuid5(installation.pk, "/".join(map(str, what))).urn
