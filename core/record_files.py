"""Files of records as people and programs write them: JSON, JSON Lines, YAML, CSV and XLSX."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from core.models import Record
from core.record_tables import Found, Unreadable, read_csv, write_csv
from core.record_workbooks import read_workbook, write_workbook

# Lists and mappings in each other. No record needs more than four, and libyaml crashes on very many.
DEEPEST = 50


class _Loader(yaml.CSafeLoader):
    """YAML whose dates stay texts: what is no date is a problem of its field, not of the file."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def _yaml(text: str) -> Any:
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} lists or mappings in each other.")
    return yaml.load(text, _Loader)


def _json_lines(text: str) -> list[Any]:
    # Not splitlines: it would cut texts at line separators that JSON allows in them.
    return [_json_line(line) for line in text.split("\n") if line.strip()]


def _json_line(line: str) -> Any:
    """The record, or what is wrong with the line."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        return error


READERS: dict[str, Callable[[str], Any]] = {
    ".json": json.loads,
    ".jsonl": _json_lines,
    ".yaml": _yaml,
    ".yml": _yaml,
}
FORMATS = [*READERS, ".csv", ".xlsx"]


def read_records(name: str, content: str | bytes) -> Iterator[Found]:
    """The records of a file, whose name tells its format, each with where it stands in it.

    Raises ValueError, YAMLError or RecursionError where there is nothing to be read.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        raise Unreadable(f"its name must end in {', '.join(FORMATS)}.")
    if suffix == ".xlsx" and content:
        return _some(read_workbook(content))
    text = content if isinstance(content, str) else _decoded(content)
    if not text.strip():
        raise Unreadable("it is empty.")
    if suffix == ".csv":
        return _some(read_csv(name, text))
    records = READERS[suffix](text)
    if not isinstance(records, list):
        raise Unreadable("it is not a list of records.")
    return ((f"record {position}", record) for position, record in enumerate(records, 1))


def _some(found: Iterator[Found]) -> Iterator[Found]:
    """The same. Raises Unreadable where there are none: the rows of a table may be elsewhere than somebody thinks."""
    first = next(found, None)
    if first is None:
        raise Unreadable("it holds no records.")
    yield first
    yield from found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"it is not in UTF-8 (line {line}). Save it as “CSV UTF-8”, or as UTF-8 text.") from error


def unreadable(error: Exception) -> str:
    if isinstance(error, Unreadable):
        return str(error)
    return f"it cannot be read: {' '.join(str(error).split())}"


def _write_json(file: BinaryIO, model: type[Record], records: Iterable[dict]) -> None:
    mark = b"[\n"
    for record in records:
        file.write(mark + json.dumps(record, indent=2, ensure_ascii=False).encode())
        mark = b",\n"
    file.write(b"\n]\n" if mark == b",\n" else b"[]\n")


def _write_yaml(file: BinaryIO, model: type[Record], records: Iterable[dict]) -> None:
    some = False
    for record in records:
        some = True
        yaml.dump([record], file, yaml.CSafeDumper, encoding="utf-8", allow_unicode=True, sort_keys=False)
    if not some:
        file.write(b"[]\n")


# Each writes records, those of `model` first, to a file. Raises Unreadable for what the format cannot hold.
WRITERS: dict[str, Callable[[BinaryIO, type[Record], Iterable[dict]], None]] = {
    "csv": write_csv,
    "xlsx": write_workbook,
    "json": _write_json,
    "yaml": _write_yaml,
}
