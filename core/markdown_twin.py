"""An entry as Markdown that reads well as it is: facts as a list, rows as tables, sources numbered at the end."""

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.text import capfirst

from core.columns import Column, Part
from core.licences import OWN
from core.quantities import format_date

if TYPE_CHECKING:
    from core.views import EntryDetail

# What would be read as a sign and not as text.
_SIGNS = re.compile(r"([\\`*\[\]<|])")


def markdown(view: "EntryDetail", told: Iterable[Column | Part], lists: dict[str, str], licence: str) -> str:
    """The whole text. `told` are the columns and parts of the entry, in order; the last part are its sources;
    `lists` are the addresses of what has to do with it."""
    return "\n\n".join(filter(None, _Sheet(view).blocks(list(told), lists, licence))) + "\n"


class _Sheet:
    def __init__(self, view: "EntryDetail"):
        self.view, self.entry, self.notes = view, view.object, view.notes
        self.absolute = view.request.build_absolute_uri
        self.prose = getattr(view.model, "markdown", ())

    def blocks(self, told: list[Column | Part], lists: dict[str, str], licence: str) -> Iterator[str]:
        *told, _ = told
        parts = [(part, part.found(self.view)) for part in told if isinstance(part, Part)]
        tables = [(part, rows) for part, rows in parts if part.columns and not part.one]
        # What a part says better: figures with their sources, names with their addresses.
        better = {part.label for part, rows in parts if rows}
        better |= {attrgetter(part.by)(row) for part, rows in tables if part.by for row in rows}
        summary = getattr(self.entry, "summary", "")
        columns = [column for column in told if isinstance(column, Column) and column.key not in self.prose]
        yield f"# {escape(self.entry.name)}"
        yield self.notes.bracketed(summary)
        facts = [
            self._fact(c.label, self._cell(c, self.entry)) for c in columns if not self._is_said(c, better, summary)
        ]
        facts += [self._fact(part.label, self._links(rows)) for part, rows in parts if (part, rows) not in tables]
        yield "\n".join(filter(None, facts))
        for name in self.prose:
            text = getattr(self.entry, name)
            if text and text != summary:
                yield f"## {capfirst(self.view.model._meta.get_field(name).verbose_name)}"
                yield self.notes.bracketed(text)
        for part, rows in tables:
            if rows:
                yield f"## {part.label}"
                yield self._table(part, rows)
        yield from self._sources()
        yield self._foot(lists, licence)

    def _is_said(self, column: Column, better: set[str], summary: str) -> bool:
        said = {column.key, column.field, column.label} & (better | {"name"})
        return bool(said) or column.value(self.entry) == summary

    def _fact(self, label: str, text: str) -> str:
        return f"- **{label}**: {text}" if text else ""

    def _links(self, rows: Any) -> str:
        return ", ".join(map(self._link, rows))

    def _link(self, entry: models.Model) -> str:
        return f"[{escape(entry.name)}]({self.absolute(entry.get_absolute_url())})"

    def _table(self, part: Part, rows: list) -> str:
        """Without the columns in which no row says anything."""
        own = [[self._link(row)] if part.kind else [] for row in rows]
        cells = [
            mine + [self._cell(column, row) for column in part.columns] for mine, row in zip(own, rows, strict=True)
        ]
        heads = ([part.kind._meta.verbose_name.capitalize()] if part.kind else []) + [c.label for c in part.columns]
        said = [number for number in range(len(heads)) if any(row[number] for row in cells)]
        lines = [heads, ["---"] * len(heads), *cells]
        return "\n".join(f"| {' | '.join(line[number] for number in said)} |" for line in lines)

    def _cell(self, column: Column | Part, row: Any) -> str:
        if isinstance(column, Part):
            texts = [
                ", ".join(filter(None, (self._cell(inner, one) for inner in column.columns)))
                for one in column.found(row)
            ]
            return "; ".join(texts)
        value = column.value(row)
        if isinstance(value, models.Model):
            return self.notes.number_of(value) or self._link(value)
        if isinstance(value, bool) and not column.text:
            return "yes" if value else ""
        return escape(" ".join(column.show(row).split()))

    def _sources(self) -> Iterator[str]:
        if not self.notes:
            return
        yield "## Sources"
        yield "\n".join(f"{cited.number}. {self._source(cited.source)}" for cited in self.notes)

    def _source(self, source: Any) -> str:
        year = str(source.published.year) if source.published else ""
        return f"{', '.join(filter(None, (self._link(source), escape(source.publisher), year)))}. <{source.url}>"

    def _foot(self, lists: dict[str, str], licence: str) -> str:
        page = self.absolute(self.entry.get_absolute_url())
        lines = [f"From Descent, an open encyclopedia of AI models: <{page}>. Text and data: [{OWN}]({licence})."]
        if self.view.as_of:
            lines.append(f"As of {format_date(self.view.as_of)}: what was known by then; figures as known today.")
        if lists:
            links = (f"[{name}]({self.absolute(address)})" for name, address in lists.items())
            lines.append(f"Lists of what has to do with it: {', '.join(links)}.")
        return "\n\n".join(["---", *lines])


def escape(text: str) -> str:
    """Text that stays text."""
    return _SIGNS.sub(r"\\\1", text)
