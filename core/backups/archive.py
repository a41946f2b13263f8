"""The file of a backup: a ZIP archive with the database and a manifest, by which it is known to be whole."""

import hashlib
import json
import os
import zlib
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

DATA, MANIFEST = "database", "manifest.json"
# Who stole a backup, or put one back, would otherwise be logged in as everybody.
LEFT_OUT = "django_session"
_PIECE = 1 << 20


class Unusable(ValueError):
    """Why there is no backup, or none that can be put back."""


@dataclass(frozen=True)
class Content:
    """How many rows each table has, and the token of its state: two databases that have the same are the same."""

    rows: Counter[str]
    states: dict[str, int]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `made` is a time in UTC, `migrations` are written “catalog.0001_initial”."""

    made: str
    version: str
    database: str
    migrations: list[str]
    rows: dict[str, int]
    states: dict[str, int]
    sha256: str = ""

    @property
    def content(self) -> Content:
        return Content(Counter(self.rows), self.states)


def pack(data: Path, manifest: Manifest, archive: Path) -> None:
    """Writes the archive, readable by its owner alone, and has it on the disk before it returns."""
    with open(os.open(archive, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr(MANIFEST, json.dumps(vars(manifest), indent=2))
            packed.write(data, DATA)
        file.flush()
        os.fsync(file.fileno())


def read(archive: Path) -> Manifest:
    """What it says of itself. Unusable where that is nothing."""
    try:
        with ZipFile(archive) as packed:
            said = json.loads(packed.read(MANIFEST))
            return Manifest(**{field.name: said[field.name] for field in fields(Manifest)})
    except (OSError, BadZipFile, KeyError, TypeError, ValueError, zlib.error) as error:
        raise Unusable(f"{archive} is no backup: {error}") from error


def check(archive: Path) -> Manifest:
    """What it says of itself, once all of it was read. Unusable where it is not as it was written."""
    unpack(archive, Path(os.devnull))
    return read(archive)


def unpack(archive: Path, data: Path) -> None:
    """Writes the database in it to `data`. Unusable where that is not the one that was packed."""
    sum, wanted = hashlib.sha256(), read(archive).sha256
    try:
        with ZipFile(archive) as packed, packed.open(DATA) as source, open(data, "wb") as target:
            while piece := source.read(_PIECE):
                sum.update(piece)
                target.write(piece)
    except (BadZipFile, KeyError, EOFError, zlib.error) as error:
        raise Unusable(f"{archive} is damaged: {error}") from error
    if sum.hexdigest() != wanted:
        raise Unusable(f"{archive} is damaged: its checksum is another one than when it was written.")


def sha256_of(data: Path) -> str:
    with open(data, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
