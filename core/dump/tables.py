"""The collection as tables: each kind of record is one, and so is each list of relations or tags on its records.

Entries are named by their slugs, sizes say their units, dates are as long as they are known: “2024-12”.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse

from core.models import Record
from core.quantities import iso_date
from core.record_cells import columns_of
from core.serializers.records import key_names
from core.tags import Tags

# What is the same of all that is published.
SKIPPED = {"status", "publish_at"}
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
# What each type of field is called by Frictionless Table Schema; the first that fits.
TYPES = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.FloatField, "number"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
)


@dataclass(frozen=True)
class Column:
    """One column: how it is read from the fields of a record, its type in Table Schema's words, and what it means.

    `refers` names the table and the column whose values are meant, `prose` says that its words are worth a search.
    """

    name: str
    type: str
    about: str
    value: Callable[[dict[str, Any]], Any]
    required: bool = False
    refers: tuple[str, str] | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    prose: bool = False


@dataclass(frozen=True)
class Table:
    """The records of a kind, one a row; or what they are linked with by one of their fields, a pair a row."""

    name: str
    about: str
    kind: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    link: models.Field | None = None

    def rows(self, record: dict) -> Iterator[list]:
        """Those of a record of the kind."""
        fields = record["fields"]
        linked = fields.get(self.link.name, []) if self.link else [None]
        for one in linked:
            yield [column.value({**fields, self.link.name: one} if self.link else fields) for column in self.columns]


def tables(kinds: list[type[Record]], address: str = "") -> list[Table]:
    """The tables of these kinds; addresses of pages begin with `address`."""
    return [table for kind in kinds for table in (_of_kind(kind, address), *_of_links(kind))]


def _of_kind(kind: type[Record], address: str) -> Table:
    known = [column for column in columns_of(kind) if not column.many_to_many]
    apart = SKIPPED | {f"{column.name}_precision" for column in known}
    columns = (*(_column(kind, column) for column in known if column.name not in apart), *_page(kind, address))
    return Table(_plural(kind), " ".join((kind.__doc__ or "").split()), kind, columns, tuple(key_names(kind)))


def _of_links(kind: type[Record]) -> Iterator[Table]:
    own = _name(kind._meta.verbose_name)
    for column in columns_of(kind):
        if column.many_to_many:
            other = _name(column.related_model._meta.verbose_name)
            key = own, other if other != own else column.name
            ends = _end(key[0], kind, lambda fields, kind=kind: fields[key_names(kind)[0]]), _linked(key[1], column)
            yield Table(f"{own}_{column.name}", str(column.help_text), kind, ends, key, column)


def _linked(name: str, column: models.Field) -> Column:
    one = (lambda fields: fields[column.name]) if isinstance(column, Tags) else (lambda fields: fields[column.name][0])
    return _end(name, column.related_model, one)


def _end(name: str, kind: type[Record], value: Callable) -> Column:
    return Column(name, "string", f"The {kind._meta.verbose_name}.", value, True, (_plural(kind), key_names(kind)[0]))


def _page(kind: type[Record], address: str) -> Iterator[Column]:
    """Where its page is, if it has one."""
    try:
        before, after = reverse(f"{kind._meta.model_name}_detail", args=["slug"]).split("slug")
    except NoReverseMatch:
        return
    yield Column("html", "string", "Its page.", lambda fields: f"{address}{before}{fields['slug']}{after}", True)


def _column(kind: type[Record], column: models.Field) -> Column:
    name, about = column.name, str(column.help_text)
    required = not (column.null or column.blank)
    if column.is_relation:
        other = column.related_model
        refers = _plural(other), key_names(other)[0]
        return Column(name, "string", about, lambda fields: (fields[name] or [None])[0], required, refers)
    if isinstance(column, models.DateField) and hasattr(kind, f"{name}_precision"):
        about = about.replace("Unknown day or month: 01.", "As much of the date as is known: “2024-12”.")
        return Column(name, "string", about, lambda fields: _partial(fields, name), required, pattern=PARTIAL_DATE)
    type_ = next((word for base, word in TYPES if isinstance(column, base)), "string")
    # A key tells “nothing” from unknown, and so do no other texts.
    of_key = name in key_names(kind)
    unit = kind.units.get(name, "")
    return Column(
        name if unit.lower() in name else f"{name}_{unit.lower()}",
        type_,
        f"{about} In {unit}." if unit else about,
        lambda fields: _plain(fields[name], type_, of_key),
        required,
        choices=tuple(value for value, _ in column.flatchoices),
        prose=isinstance(column, models.TextField) or name == "name",
    )


def _partial(fields: dict[str, Any], name: str) -> str | None:
    value = fields[name]
    return value and iso_date(datetime.date.fromisoformat(value), fields[f"{name}_precision"])


def _plain(value: Any, type_: str, of_key: bool) -> Any:
    if value == "" and not of_key:
        return None
    # To the second: Table Schema's times have no room for more.
    return f"{value[:19]}Z" if type_ == "datetime" and value else value


def _plural(kind: type[Record]) -> str:
    return _name(kind._meta.verbose_name_plural)


def _name(words: str) -> str:
    return str(words).replace(" ", "_")
