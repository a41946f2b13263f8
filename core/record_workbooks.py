"""Workbooks of records: a sheet for each kind, named by its label. Nothing in them is ever run.

A workbook is a ZIP of XML files, so it can be made to swell without bounds: those are set before it is read.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import openpyxl
from django.apps import apps
from openpyxl.cell import WriteOnlyCell

from core.models import Record
from core.record_cells import Cell, columns_of
from core.record_tables import Found, Row, Unreadable, cells_of, kind, letters, records_of
from core.serializers.records import place

# Of a workbook, unpacked: files, bytes, and XML elements, of which a cell has two or three. Read, an element takes
# some 300 bytes of memory.
MOST_PARTS, MOST_BYTES, MOST_ELEMENTS = 1_000, 64 * 10**6, 1_500_000
MOST_ROWS = 100_000
# What the format allows.
LONGEST, LAST_ROW = 32_767, 1_048_576
# What XML has no letter for, and what would be taken for such: “_x0007_”.
ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def read_workbook(content: bytes) -> Iterator[Found]:
    """The records of all sheets. Raises Unreadable."""
    _check(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield from _records(sheet)
    except Unreadable:
        raise
    except Exception as error:
        # Whatever openpyxl stumbles over (it raises all sorts), the file is to blame.
        raise Unreadable("it is damaged, or no workbook.") from error


def _check(content: bytes) -> None:
    """Raises Unreadable for what is no workbook, or too large a one."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("it is protected by a password: save it without one.")
        raise Unreadable("it is a workbook of the old kind (.xls): save it as .xlsx.")
    if not content.startswith(b"PK"):
        raise Unreadable("it is no workbook, whatever its name says: save the table as .xlsx.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive)
    except Unreadable:
        raise
    except Exception as error:
        # BadZipFile, EOFError, and whatever the ways of packing raise.
        raise Unreadable(f"it is damaged: {error}.") from error


def _measure(archive: zipfile.ZipFile) -> None:
    if len(archive.infolist()) > MOST_PARTS:
        raise Unreadable(f"it consists of more than {MOST_PARTS:,} files.")
    if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
        raise Unreadable(_too_large())
    size = elements = 0
    # Not by the directory alone, which may lie.
    for part in archive.infolist():
        with archive.open(part) as stream:
            while piece := stream.read(65_536):
                size += len(piece)
                # Each has an end, or is its own.
                elements += piece.count(b"<") - piece.count(b"</")
                if size > MOST_BYTES or elements > MOST_ELEMENTS:
                    raise Unreadable(_too_large())


def _too_large() -> str:
    return (
        f"unpacked it has more than {MOST_BYTES // 10**6} MB or {MOST_ELEMENTS // 3:,} cells. "
        "Bring it in as several files, or as JSON."
    )


def _records(sheet) -> Iterator[Found]:
    spot = f"sheet {sheet.title}, "
    # Else it is read to the end that the file claims for it.
    sheet.reset_dimensions()
    try:
        yield from records_of(kind(sheet.title.strip().lower()), _rows(sheet), spot)
    except Unreadable as error:
        yield f"sheet {sheet.title}", error


def _rows(sheet) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > MOST_ROWS:
            raise Unreadable(f"it has more than {MOST_ROWS:,} rows. Delete those that are empty, or split it.")
        yield number, [_read(found, f"{letters(column)}{number}") for column, found in enumerate(row)]


def _read(found, name: str) -> Cell:
    if found.data_type == "f":
        return Unreadable(f"cell {name} holds a formula, and none is run here. Put its value in its place.")
    if found.data_type == "e":
        return Unreadable(f"cell {name} holds the error {found.value}.")
    if isinstance(found.value, str):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), found.value)
    return found.value


def write_workbook(file: BinaryIO, model: type[Record], records: Iterable[dict]) -> None:
    """A sheet for `model`, and one for each further kind that comes. Raises Unreadable for what no cell can hold."""
    book = openpyxl.Workbook(write_only=True)
    try:
        sheets, rows = {model: _sheet(book, model)}, Counter()
        for record in records:
            own = apps.get_model(record["model"])
            if own not in sheets:
                sheets[own] = _sheet(book, own)
            rows[own] += 1
            _write(sheets[own], own, record, rows[own] + 1)
    finally:
        # Refused ones, too: until then openpyxl keeps the sheets in files of their own.
        book.save(file)


def _sheet(book, model: type[Record]):
    sheet = book.create_sheet(model._meta.label_lower)
    sheet.freeze_panes = "B2"
    sheet.append([column.name for column in columns_of(model)])
    return sheet


def _write(sheet, model: type[Record], record: dict, row: int) -> None:
    cells = cells_of(record)
    where = place(f"sheet {sheet.title}", f"row {row}", record)
    if row > LAST_ROW:
        raise Unreadable(f"{where}: a sheet holds no more rows. Choose another format, or fewer entries.")
    for column, value in zip(columns_of(model), cells, strict=True):
        if isinstance(value, str) and len(value) > LONGEST:
            reason = f"a cell of a workbook holds at most {LONGEST:,} characters. Choose CSV, JSON or YAML."
            raise Unreadable(f"{where}, {column.name}: {reason}")
    sheet.append([_cell(sheet, value) for value in cells])


def _cell(sheet, value: str | float | None):
    """A text stays one, whatever it looks like; a number stays one if its 15 digits are all that it has."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) and float(f"{value:.15g}") == value:
        return value
    written = WriteOnlyCell(sheet)
    written._value = ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", str(value))
    written.data_type = "s"
    return written
