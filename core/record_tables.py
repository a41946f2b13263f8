"""Tables of records: a CSV file holds one kind of them, and names it; the first row names the fields."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from django.apps import apps

from core.models import Record
from core.record_cells import NOTHING, Cell, cell, columns_of, stated
from core.record_fields import column_of, required
from core.serializers.records import key_names

# Of one cell, in characters: more than a file may have. Python takes no more than 131,072 if nothing is said.
csv.field_size_limit(10**8)

# Columns of a table: no kind of record has a tenth as many, and each that none has is told of.
MOST_COLUMNS = 500

# A row of a table: its number, counted from 1, and its cells.
Row = tuple[int, list[Cell]]
# Where something stands in a file, and the record there, or what is wrong with it.
Found = tuple[str, object]


class Unreadable(ValueError):
    """Why a file, or a part of it, cannot be read, in a sentence for whoever brought it."""


def kind(label: str) -> type[Record]:
    """The kind of records with this label. Raises Unreadable, with all the labels."""
    kinds = {model._meta.label_lower: model for model in apps.get_models() if issubclass(model, Record)}
    if label not in kinds:
        raise Unreadable(f"“{label}” is no kind of record. The kinds are {', '.join(sorted(kinds))}.")
    return kinds[label]


def records_of(model: type[Record], rows: Iterator[Row], spot: str = "") -> Iterator[Found]:
    """The records of a table; what is wrong with its head is told once, and what that leaves out is left out."""
    number, head = next(((number, cells) for number, cells in rows if any(map(_filled, cells))), (0, []))
    if not head:
        yield f"{spot}row 1", Unreadable("it is empty: the first row names the fields.")
        return
    if len(head) > MOST_COLUMNS:
        yield f"{spot}row {number}", Unreadable(f"it names more than {MOST_COLUMNS} columns.")
        return
    columns, wrong = _columns(model, head)
    for problem in wrong:
        yield f"{spot}row {number}", problem
    missing = (set(key_names(model)) & set(required(model))) - {column.name for column in columns.values()}
    if missing:
        names = ", ".join(sorted(missing))
        yield f"{spot}row {number}", Unreadable(f"the records have no names: there is no column {names}.")
        return
    for number, cells in rows:
        if not any(map(_filled, cells)):
            continue
        where = f"{spot}row {number}"
        beyond = [place for place, found in enumerate(cells) if place >= len(head) and _filled(found)]
        if beyond:
            yield where, Unreadable(f"it has a cell in column {letters(beyond[0])}, which the first row does not name.")
        values = {c.name: stated(c, cells[place] if place < len(cells) else None) for place, c in columns.items()}
        fields = {name: value for name, value in values.items() if value is not NOTHING}
        yield where, {"model": model._meta.label_lower, "fields": fields}


def _columns(model: type[Record], head: list[Cell]) -> tuple[dict, list[Exception]]:
    """The columns of a table by their place, and what is wrong with the rest."""
    columns, wrong = {}, []
    for place, name in enumerate(head):
        name = name.strip() if isinstance(name, str) else name
        known = [letters(other) for other, column in columns.items() if column.name == name]
        if not _filled(name):
            continue
        try:
            if isinstance(name, Exception):
                raise name
            if known:
                raise Unreadable(f"columns {known[0]} and {letters(place)} are both named “{name}”.")
            columns[place] = column_of(model, str(name))
        except ValueError as error:
            if isinstance(error, Unreadable):
                wrong.append(error)
            else:
                wrong.append(Unreadable(f"column {letters(place)}, “{name}”: {error}"))
    return columns, wrong


def _filled(found: Cell) -> bool:
    return found is not None and found != ""


def letters(place: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    while place >= 0:
        name, place = chr(ord("A") + place % 26) + name, place // 26 - 1
    return name


def cells_of(record: dict) -> list[str | int | float | None]:
    """The row of a record, in the order of `columns_of`."""
    return [cell(column, record["fields"].get(column.name)) for column in columns_of(apps.get_model(record["model"]))]


# CSV


def read_csv(name: str, text: str) -> Iterator[Found]:
    """The records of a CSV file whose name begins with their kind; commas, semicolons or tabs stand between cells."""
    stem = Path(name).stem
    label = re.match(r"\w+\.\w+|", stem.lower()).group()
    if not label:
        raise Unreadable("its name must begin with the kind of its records, as in “catalog.aimodel.csv”.")
    yield from records_of(kind(label), _rows(text))


def _rows(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    width = None
    try:
        for number, cells in enumerate(reader, 1):
            width = width or len(cells)
            if cells and len(cells) < width:
                # Cut off, perhaps: what is missing is not the same as what is empty.
                raise Unreadable(f"row {number} has {len(cells)} cells, and the first row {width}.")
            yield number, cells
    except csv.Error as error:
        raise Unreadable(f"it cannot be read after line {reader.line_num}: {error}.") from error


def write_csv(file: BinaryIO, model: type[Record], records: Iterable[dict]) -> None:
    """One kind of record, as UTF-8 with the mark by which spreadsheets know it."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    head = [column.name for column in columns_of(model)]
    csv.writer(text).writerows(chain([head], map(cells_of, records)))
    text.flush()
    text.detach()
