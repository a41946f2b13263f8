"""The collection as fixtures, laid out as the project's own, and as CSV files."""

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

from core.dump.manifest import Written
from core.dump.tables import Table
from core.models import Entry, Record
from core.record_cells import defused


class Fixtures:
    """One file an entry, in a folder for each kind; what is no entry of its own stands together in one."""

    def __init__(self, folder: Path, kinds: Sequence[type[Record]], checksums: TextIO):
        self._checksums = checksums
        self._folder = folder
        self._paths = {}
        # What is no entry, as long as its kind is being written: a few records.
        self._together: dict[type[Record], list[dict]] = {}
        for number, kind in enumerate(kinds, 1):
            self._paths[kind] = f"fixtures/{number:02}-{plural(kind)}"
            (folder / self._paths[kind]).mkdir(parents=True)

    def add(self, kind: type[Record], document: list[dict]) -> None:
        if issubclass(kind, Entry):
            self._write(kind, document[0]["fields"]["slug"], document)
        else:
            self._together.setdefault(kind, []).extend(document)

    def finish(self) -> None:
        for kind, records in self._together.items():
            self._write(kind, plural(kind), records)

    def _write(self, kind: type[Record], name: str, records: list[dict]) -> None:
        path = f"{self._paths[kind]}/{name}.json"
        content = as_json(records)
        (self._folder / path).write_bytes(content)
        note(self._checksums, path, hashlib.sha256(content).hexdigest())


class CsvFiles:
    """One file a table; `counts` tells how many rows each has."""

    def __init__(self, folder: Path, tables: Sequence[Table]):
        folder.mkdir()
        self.counts = {table.name: 0 for table in tables}
        self._files = ExitStack()
        self._writers = {}
        for table in tables:
            file = open(folder / f"{table.name}.csv", "w", encoding="utf-8", newline="")  # noqa: SIM115 (`close` does)
            self._writers[table.name] = csv.writer(self._files.enter_context(file), lineterminator="\n")
            self._writers[table.name].writerow(column.name for column in table.columns)

    def add(self, table: Table, rows: Iterable[list]) -> None:
        for row in rows:
            self._writers[table.name].writerow(map(_cell, row))
            self.counts[table.name] += 1

    def close(self) -> None:
        self._files.close()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return defused(value) if isinstance(value, str) else value


def plural(kind: type[Record]) -> str:
    return str(kind._meta.verbose_name_plural).replace(" ", "-")


def as_json(content: list | dict) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def note(checksums: TextIO, path: str, sha256: str) -> None:
    """A line as `sha256sum` writes it."""
    checksums.write(f"{sha256}  {path}\n")


def written(folder: Path, path: str, table: Table | None = None, rows: int = 0) -> Written:
    """A file that lies there."""
    with open(folder / path, "rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return Written(path, file.tell(), sha256, table, rows)
