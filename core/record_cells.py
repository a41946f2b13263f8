"""A value of a record as the cell of a table, and back again with nothing lost.

- An empty cell is an empty text, null or no relations, whatever its column can be; of a column that can be none of
  these it states nothing.
- A relation is the key of what it leads to: “gpt-4”. The parts of a key, and several relations or tags, stand with a
  semicolon between them: “fp8; open weight”. A backslash before a semicolon or backslash makes it one of the text.
- A text that a spreadsheet would run has an apostrophe before it, which is not a part of it.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models

from core.models import Record
from core.serializers.records import key_names
from core.tags import Tags

Cell = str | int | float | bool | datetime.date | datetime.time | Exception | None

# What a cell states that is empty and cannot be.
NOTHING = object()
# With these a spreadsheet begins a formula, or what it strips off before one. (An apostrophe marks what is not run.)
RUN = tuple("=+-@\t\r\n＝＋－＠'")
WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
# Of a whole number that a column can hold; Python refuses to read thousands of them.
DIGITS = re.compile(r"[+-]?\d{1,30}")


@cache
def columns_of(model: type[Record]) -> tuple[models.Field, ...]:
    """The fields that records of a kind state, those of their key first."""
    key = key_names(model)
    links = [c for c in model._meta.many_to_many if isinstance(c, Tags) or c.remote_field.through._meta.auto_created]
    columns = [*(c for c in model._meta.concrete_fields if not c.primary_key), *links]
    return tuple(sorted(columns, key=lambda column: key.index(column.name) if column.name in key else len(key)))


def cell(column: models.Field, value: Any) -> str | int | float | None:
    """What a fixture states of the column, as a text or number."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if column.many_to_many and not isinstance(column, Tags):
        value = map(joined, value)
    if column.is_relation:
        value = joined(value)
    return defused(value) if isinstance(value, str) else value


def stated(column: models.Field, found: Cell) -> Any:
    """What a fixture would state of the column; NOTHING where the cell states nothing.

    What cannot be read as the column wants it stays as it is: the column's own rules refuse it.
    """
    if isinstance(found, Exception):
        return found
    text = restored(_text(found))
    if not text.strip() and (not text or not column.empty_strings_allowed or column.is_relation):
        return _empty(column)
    if column.is_relation:
        parts = parted(text)
        return [parted(key) for key in parts] if column.many_to_many and not isinstance(column, Tags) else parts
    if isinstance(column, models.BooleanField):
        return WORDS.get(text.strip().lower(), text)
    if isinstance(column, models.IntegerField):
        return int(text) if DIGITS.fullmatch(text.strip()) else text
    if isinstance(column, models.FloatField):
        return _float(text)
    if isinstance(column, models.DateField):
        return text.strip()
    return text


def defused(text: str) -> str:
    return f"'{text}" if text.startswith(RUN) else text


def restored(text: str) -> str:
    """The text that was defused."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUN) else text


def joined(parts: Iterable[str]) -> str:
    return "; ".join(re.sub(r"[\\;]", r"\\\g<0>", part) for part in parts)


def parted(text: str) -> list[str]:
    """The parts that were joined. White space around them is none of theirs; what is empty is no part."""
    pieces = (piece.strip() for piece in re.findall(r"(?s)(?:\\.|[^;])+", text))
    return [re.sub(r"(?s)\\(.)", r"\1", piece) for piece in pieces if piece]


def _empty(column: models.Field) -> Any:
    if column.many_to_many:
        return []
    if column.null:
        return None
    return "" if column.empty_strings_allowed and not column.is_relation else NOTHING


def _text(found: Cell) -> str:
    """What a spreadsheet holds, as somebody would have typed it."""
    if found is None:
        return ""
    # As long as a column can hold it: “1.9e+16” is no whole number to it.
    if isinstance(found, float) and found.is_integer() and abs(found) < 2**63:
        return str(int(found))
    if isinstance(found, datetime.datetime):
        # A day is the midnight that it begins with.
        return (found.date() if found.time() == datetime.time.min else found).isoformat()
    return found.isoformat() if isinstance(found, datetime.date | datetime.time) else str(found)


def _float(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
