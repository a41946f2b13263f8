"""A backup is written: of one moment, checked, and only then under its name."""

import datetime
import logging
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core import snapshot
from core.backups import archive
from core.backups.archive import LEFT_OUT, Manifest, Unusable
from core.backups.databases import database_of
from core.folder import alone
from core.site import version
from core.table_states import states

log = logging.getLogger(__name__)

NAMED = "descent-{:%Y-%m-%dT%H-%M-%SZ}{}.zip"
_named = re.compile(r"descent-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(?:-\d+)?\.zip").fullmatch


class Backup(NamedTuple):
    """A backup in a folder: its file, when it was made, and whether it is as it was written."""

    path: Path
    made: datetime.datetime
    whole: bool


def back_up(folder: Path, keep: int = 0) -> tuple[Path, Manifest]:
    """Writes a backup into `folder` while the site runs; of all there, the newest `keep` stay, or all where that is 0.

    Whatever ends it early, nothing is left that looks like a backup. Unusable where what was written is not what the
    database had; Refused where another process is writing one.
    """
    folder = folder.resolve()
    folder.mkdir(0o700, parents=True, exist_ok=True)
    with alone(folder, folder):
        new = folder / ".new"
        # What a run that was killed has left.
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(0o700)
        try:
            with connection.wrap_database_errors:
                manifest = _copy(new / archive.DATA)
            packed = new / "packed"
            archive.pack(new / archive.DATA, manifest, packed)
            archive.check(packed)
            path = _name(packed, folder, datetime.datetime.fromisoformat(manifest.made))
        finally:
            shutil.rmtree(new, ignore_errors=True)
        log.info("backup written", extra={"file": str(path), "bytes": path.stat().st_size})
        if keep:
            _prune(folder, keep, path)
    return path, manifest


def latest(folder: Path) -> Backup | None:
    """The newest backup of a folder; None where there is none. All of it is read to see whether it is whole."""
    for path in reversed(_backups(folder)):
        made = datetime.datetime.strptime(path.name[8:28], "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=datetime.UTC)
        try:
            archive.check(path)
        except (Unusable, OSError):
            return Backup(path, made, whole=False)
        return Backup(path, made, whole=True)
    return None


def _copy(data: Path) -> Manifest:
    """The database as of one moment, and what it has: counted there, and again in the copy."""
    database = database_of(connection)
    with snapshot.snapshot():
        with connection.cursor() as cursor:
            rows = database.rows(cursor)
        rows.pop(LEFT_OUT, None)
        applied = MigrationRecorder(connection).applied_migrations()
        manifest = Manifest(
            made=snapshot.now().isoformat(timespec="seconds"),
            version=version(),
            database=connection.vendor,
            migrations=sorted(map(".".join, applied)),
            rows=rows,
            states=states(),
        )
        database.copy(data)
    if database.content(data) != manifest.content:
        raise Unusable("The copy has not what the database had.")
    return replace(manifest, sha256=archive.sha256_of(data))


def _name(packed: Path, folder: Path, made: datetime.datetime) -> Path:
    path, number = folder / NAMED.format(made, ""), 1
    while path.exists():
        path, number = folder / NAMED.format(made, f"-{number}"), number + 1
    packed.rename(path)
    listing = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(listing)
    finally:
        os.close(listing)
    return path


def _prune(folder: Path, keep: int, made: Path) -> None:
    """Also where the clock was set back and what was just made bears an earlier time than the rest, it stays."""
    others = [path for path in _backups(folder) if path != made]
    for path in others[: max(0, len(others) + 1 - keep)]:
        path.unlink()
        log.info("backup deleted", extra={"file": str(path)})


def _backups(folder: Path) -> list[Path]:
    """The earliest first, by their names; what else is there is none of ours."""
    return sorted(path for path in folder.glob("descent-*.zip") if _named(path.name))
