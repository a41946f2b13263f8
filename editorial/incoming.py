"""Records as files bring them in, and what is wrong with them."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.models import Record
from core.record_fields import Key, is_key
from core.serializers.records import flat, place
from editorial.rebasing import differing


@dataclass(frozen=True)
class Problem:
    """What is wrong with a record, and where that is written."""

    place: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}{f', {self.field}' if self.field else ''}: {self.reason}"


class Place(NamedTuple):
    """Where a record stands in its file. Put into words only where something is wrong with it."""

    file: str
    spot: str
    record: object

    def __str__(self) -> str:
        return place(self.file, self.spot, namable(self.record))


@dataclass(eq=False)
class Incoming:
    """A record of a file, its natural key, and the row it becomes."""

    place: object
    model: type[Record]
    # What it states, and what of that rows hold: texts that are dates are dates there.
    fields: dict[str, Any]
    cleaned: dict[str, Any]
    key: Key
    # The files that state it.
    files: set[str] = field(default_factory=set)
    # Whether they only name it: where there is such a row, they say nothing of it; where there is none, one begins.
    by_name: bool = False
    row: Record | None = None
    new: bool = False
    # Those of its fields that no file states, but follow from what the files bring.
    implied: frozenset[str] = frozenset()
    # What changes of a row that is there already: field, old and new value in words.
    diff: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.model._meta.label_lower} {flat(self.key)}"

    def unite(self, other: "Incoming") -> list[str]:
        """Take over what another file says of the same record; the fields of which it says something else."""
        self.files |= other.files
        if other.by_name:
            self._lay(self, upon=other)
            return []
        both = {name: value for name, value in other.fields.items() if name in self.fields}
        contradicted = [] if self.by_name else differing(self.model, both, self.fields)
        self._lay(*(other, self) if self.by_name else (self, other))
        self.place, self.by_name = other.place if self.by_name else self.place, False
        return contradicted

    def _lay(self, one: "Incoming", upon: "Incoming") -> None:
        self.fields, self.cleaned = upon.fields | one.fields, upon.cleaned | one.cleaned


def printable(text: str) -> str:
    """Without what no page and no terminal can show: halves of characters, null characters."""
    return text.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()


def namable(record: object) -> object:
    """What names the record: its model and the texts and keys among its fields. Anything else may be endless."""
    if not isinstance(record, dict):
        return None
    fields = record["fields"] if isinstance(record.get("fields"), dict) else {}
    model = {"model": record["model"]} if isinstance(record.get("model"), str) else {}
    return {
        **model,
        "fields": {name: value for name, value in fields.items() if isinstance(value, str) or is_key(value)},
    }
