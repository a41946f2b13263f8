"""What is shown of entries, declared once: the HTML table, JSON and its schema, CSV and Markdown are drawn from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.text import capfirst

from core.quantities import iso_date

# Gives the whole address of one that begins with “/”.
Absolute = Callable[[str], str]


@dataclass(frozen=True)
class Column:
    """One property of an entry, or of what goes with it.

    `value` gives what JSON and CSV carry (number, text, list of texts, None; in JSON also an entry); `text` what the
    page prints, where that differs; `order` names the choice in the list's `order` filter that sorts by it; what is not
    `listed` is shown when it is asked for, and in the JSON and CSV. `field` is the model's field that says its type and
    what it means, or the name of it, where that is not the key; `schema` is what JSON Schema is to say instead. JSON
    tells an entry `by_slug` alone where the rest stands elsewhere in the document.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    text: Callable[[Any], str] | None = None
    order: str = ""
    numeric: bool = False
    listed: bool = True
    field: str | models.Field = ""
    schema: Mapping[str, Any] | None = None
    by_slug: bool = False

    def show(self, entry: Any) -> str:
        if self.text:
            return self.text(entry)
        value = self.value(entry)
        if isinstance(value, list):
            return ", ".join(value)
        return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)

    def write(self, row: Any, absolute: Absolute) -> Any:
        """The value as JSON carries it."""
        value = self.value(row)
        if isinstance(value, models.Model):
            return value.slug if self.by_slug else reference(value, absolute)
        return value


@dataclass(frozen=True)
class Part:
    """Rows that go with an entry, each with columns and parts of its own; what readers may not see is not among them.

    `rows` takes the entry's view, or the row that it is a part of. Where the rows are entries, `kind` is theirs: each
    begins with its slug, name and address. With `one`, `rows` gives a single row or None; with `by`, JSON names each
    row by that attribute.
    """

    key: str
    label: str
    rows: Callable[[Any], Any]
    columns: tuple["Column | Part", ...] = ()
    kind: type[models.Model] | None = None
    one: bool = False
    by: str = ""
    about: str = ""

    def found(self, whole: Any) -> list:
        """Its rows, of which `one` has one or none."""
        rows = self.rows(whole)
        return ([] if rows is None else [rows]) if self.one else list(rows)

    def write(self, whole: Any, absolute: Absolute) -> Any:
        """All rows as JSON carries them."""
        rows = self.found(whole)
        records = [self._record(row, absolute) for row in rows]
        if self.one:
            return records[0] if records else None
        return dict(zip(map(attrgetter(self.by), rows), records, strict=True)) if self.by else records

    def _record(self, row: Any, absolute: Absolute) -> dict[str, Any]:
        own = reference(row, absolute) if self.kind else {}
        return own | {column.key: column.write(row, absolute) for column in self.columns}


def fields(model: type[models.Model], *names: str, of: Callable[[Any], Any] | None = None) -> tuple[Column, ...]:
    """Columns that say what fields of the model hold: key, label, type and description are the field's own.

    `of` leads from a row to what has the fields, where that is not the row itself.
    """
    return tuple(_column(model._meta.get_field(name), of) for name in names)


def _column(column: models.Field, of: Callable[[Any], Any] | None) -> Column:
    read = _day(column) if isinstance(column, models.DateField) else attrgetter(column.name)
    value = (lambda row: read(of(row))) if of else read
    words = dict(column.choices or ())
    text = (lambda row: str(words.get(value(row), ""))) if words else None
    return Column(column.name, capfirst(column.verbose_name), value, text, field=column)


def _day(column: models.Field) -> Callable[[Any], str | None]:
    """Reads it as far as it is known, as ISO writes it."""
    name, precision = column.name, f"{column.name}_precision"
    has_precision = any(other.name == precision for other in column.model._meta.concrete_fields)

    def read(row: Any) -> str | None:
        day = getattr(row, name)
        if day is None:
            return None
        return iso_date(day, getattr(row, precision)) if has_precision else day.isoformat()

    return read


def reference(entry: Any, absolute: Absolute) -> dict[str, str]:
    """An entry as others name it."""
    return {"slug": entry.slug, "name": entry.name, "html": absolute(entry.get_absolute_url())}


def as_record(entry: Any, columns: Iterable[Column]) -> dict[str, Any]:
    """The entry as a JSON object: its address, then its columns by key."""
    return {"slug": entry.slug, **{column.key: column.value(entry) for column in columns}}
