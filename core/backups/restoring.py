"""A backup takes the place of all that the database has, while the site runs: all of it or nothing."""

import logging
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core.backups import archive
from core.backups.archive import Manifest, Unusable
from core.backups.databases import database_of
from core.folder import alone
from core.models import entry_kinds

log = logging.getLogger(__name__)


def examined(path: Path) -> Manifest:
    """What the backup says of itself. Unusable where this site cannot take it."""
    manifest = archive.read(path)
    if manifest.database != connection.vendor:
        raise Unusable(
            f"{path} is of {manifest.database}, and the site runs on {connection.vendor}: a collection moves from one "
            "to the other by export_dump."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Unusable(
            f"{path} was made by a newer version of the site, {manifest.version}: this one has no {unknown[0]}"
            f"{f' and {len(unknown) - 1} more' if unknown[1:] else ''}."
        )
    return manifest


def is_empty() -> bool:
    """Whether there is neither an account nor an entry: nothing that restoring a backup would take away."""
    kinds = [get_user_model(), *entry_kinds()]
    tables = set(connection.introspection.table_names())
    return not any(kind._meta.db_table in tables and kind._base_manager.exists() for kind in kinds)


def restore(path: Path) -> Manifest:
    """Puts back a backup, checked and migrated. Every table has a new token then: nobody takes a kept page for true.

    Unusable where the backup is damaged, or nothing that this site can take; Refused where another process is
    restoring one.
    """
    manifest, database = examined(path), database_of(connection)
    work = settings.BACKUP_DIR.resolve() / ".restoring"
    work.parent.mkdir(0o700, parents=True, exist_ok=True)
    with alone(work, "The database"):
        work.chmod(0o700)
        try:
            data = work / archive.DATA
            for left in work.iterdir():
                left.unlink()
            archive.unpack(path, data)
            with connection.wrap_database_errors:
                if database.content(data) != manifest.content:
                    raise Unusable(f"{path} has not what it says.")
                database.put(data)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    ContentType.objects.clear_cache()
    log.warning("backup restored", extra={"file": str(path), "made": manifest.made})
    return manifest
