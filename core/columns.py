"""What a list shows of each entry, declared once: the HTML table, the JSON and the CSV are drawn from it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """One property of an entry.

    `value` gives what JSON and CSV carry (number, text, list of texts, None); `text` what the page prints, where that
    differs; `order` names the choice in the list's `order` filter that sorts by it; what is not `listed` is shown when
    it is asked for, and in the JSON and CSV.
    """

    key: str
    label: str
    value: Callable[[Any], Any]
    text: Callable[[Any], str] | None = None
    order: str = ""
    numeric: bool = False
    listed: bool = True

    def show(self, entry: Any) -> str:
        if self.text:
            return self.text(entry)
        value = self.value(entry)
        if isinstance(value, list):
            return ", ".join(value)
        return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def as_record(entry: Any, columns: Iterable[Column]) -> dict[str, Any]:
    """The entry as a JSON object: its address, then its columns by key."""
    return {"slug": entry.slug, **{column.key: column.value(entry) for column in columns}}
