"""Who says what: the figures of a model with their sources as numbered notes, and where sources differ."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from itertools import count, product
from string import ascii_lowercase
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from catalog.figures import FIGURE, FIGURES, Figure
from catalog.models import AIModel, Basis, Citation
from catalog.preference import names_of, why
from core.columns import Part, fields
from core.markdown import change_text
from core.markup import fill
from core.models import Entry
from research.models import Source

# A source cited in prose, and perhaps the place in it: “[@deepseek-v3-readme, Table 6]”. The space before it goes too.
INLINE = re.compile(r"\s?\[@(?P<slug>[a-z0-9-]+)(?:,(?P<place>[^\[\]]{1,120}))?\]")

_SUPERSCRIPT = '<sup class="note"><a href="#note-{}" role="doc-noteref" title="{}">{}</a></sup>'

# Bases of a citation that says why there is no figure.
ABSENT = {Basis.NOT_DISCLOSED, Basis.NOT_APPLICABLE}


@dataclass
class CitedSource:
    """A numbered source of a page, and the places in it that the page cites."""

    number: int
    source: Source
    places: list[str] = field(default_factory=list)

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """The places with their letters; a source cited as a whole, or at one place, needs none."""
        return list(zip(_letters(), self.places, strict=False)) if len(self.places) > 1 else []

    @property
    def imprint(self) -> str:
        """What follows its name: “. DeepSeek, 2024”, as far as it is known."""
        source = self.source
        year = f", {source.published.year}" if source.published else ""
        return f". {source.publisher}{year}" if source.publisher else year

    @property
    def place(self) -> str:
        """Where in it, if the page cites one place alone."""
        return self.places[0] if len(self.places) == 1 else ""


@dataclass(frozen=True)
class Note:
    """A note beside a figure: “3”, or “3b” for the second place cited in the third source."""

    cited: CitedSource
    place: str

    @property
    def label(self) -> str:
        letters = {place: letter for letter, place in self.cited.lettered}
        return f"{self.cited.number}{letters.get(self.place, '')}"

    @property
    def superscript(self) -> SafeString:
        """As pages print it, without white space before it: it belongs to the word. They have dozens of them."""
        name = self.cited.source.name
        return fill(_SUPERSCRIPT, self.cited.number, f"{name}, {self.place}" if self.place else name, self.label)


def _letters():
    """a, b, … z, aa, ab, …"""
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_lowercase, repeat=length))


# The sources that a page cites, as data tells them.
CITED = Part(
    "sources",
    "Sources",
    lambda view: [cited.source for cited in view.notes],
    fields(Source, "kind", "publisher", "published", "url", "archived_url", "licence"),
    kind=Source,
    about="All that is cited in this entry, in figures and prose.",
)


@dataclass
class Notes:
    """The sources of one page, numbered in the order in which the page cites them."""

    by_source: dict[int, CitedSource] = field(default_factory=dict)
    by_slug: dict[str, Source] = field(default_factory=dict)

    part: ClassVar[Part] = CITED

    def cite(self, source: Source | None, locator: str = "") -> Note | None:
        """The note for this place in the source."""
        if source is None:
            return None
        cited = self.by_source.setdefault(source.pk, CitedSource(len(self.by_source) + 1, source))
        if locator not in cited.places:
            cited.places.append(locator)
        return Note(cited, locator)

    def read(self, *texts: str) -> None:
        """Cite what the texts cite inline, “[@deepseek-v3-readme, Table 6]”, in one query; none where none does."""
        found = [match for text in texts for match in INLINE.finditer(text)]
        slugs = {match["slug"] for match in found}
        if slugs:
            self.by_slug |= {source.slug: source for source in Source.objects.published().filter(slug__in=slugs)}
        for match in found:
            self._cite_inline(match)

    def mark(self, html: str) -> SafeString:
        """Prose that was read, as HTML, with a numbered note for each inline citation; none for a hidden source."""
        return change_text(html, lambda text: INLINE.sub(self._note, text))

    def bracketed(self, text: str) -> str:
        """Markdown that was read, with “[1, Table 6]” for each inline citation; nothing for a hidden source."""

        def number(match: re.Match) -> str:
            note = self._cite_inline(match)
            return f" [{', '.join(filter(None, (str(note.cited.number), note.place)))}]" if note else ""

        return INLINE.sub(number, text)

    def number_of(self, entry: Entry) -> str:
        """“[1]”, where the entry is one of the sources."""
        cited = self.by_source.get(entry.pk) if isinstance(entry, Source) else None
        return f"[{cited.number}]" if cited else ""

    def unseen(self, text: str) -> dict[str, Source | None]:
        """What a text that was read cites without a note for readers: by slug the hidden source, None for no source."""
        slugs = {match["slug"]: None for match in INLINE.finditer(text) if match["slug"] not in self.by_slug}
        return slugs | {source.slug: source for source in Source.objects.filter(slug__in=slugs)} if slugs else {}

    def _cite_inline(self, match: re.Match) -> Note | None:
        return self.cite(self.by_slug.get(match["slug"]), unescape(match["place"] or "").strip())

    def _note(self, match: re.Match) -> str:
        note = self._cite_inline(match)
        return note.superscript if note else ""

    def __bool__(self) -> bool:
        return bool(self.by_source)

    def __iter__(self):
        return iter(self.by_source.values())


@dataclass(frozen=True)
class Statement:
    """One source's word on a figure."""

    citation: Citation
    note: Note | None
    differs: bool

    @property
    def text(self) -> str:
        """What it says, printed like the column where it can be read."""
        figure = FIGURE[self.citation.field]
        try:
            return figure.write(figure.parse(self.citation.value))
        except ValueError:
            return self.citation.stated or self.citation.get_basis_display()


@dataclass(frozen=True)
class FigureRow:
    """A figure as the page prints it. `text` is "" where nobody states it; then `absence` may say why.

    `why` says, where statements differ, what the shown one and they rest on.
    """

    figure: Figure
    text: str
    absence: str
    shown: Statement | None
    others: tuple[Statement, ...]
    why: str

    @property
    def printed(self) -> str:
        """Its value with what it counts, where that is not plain; else why there is none."""
        unit = f" {self.figure.unit}" if self.figure.unit in ("tokens", "FLOP") else ""
        return f"{self.text}{unit}" if self.text else self.absence or "unknown"

    @property
    def statements(self) -> list[Statement]:
        """All of them, the shown one first."""
        return [statement for statement in (self.shown, *self.others) if statement]

    @property
    def agreeing(self) -> list[Statement]:
        """Those that stand beside the printed figure with a note."""
        return [statement for statement in self.statements if not statement.differs]

    @property
    def superscripts(self) -> SafeString:
        """Their notes as pages print them, one after another."""
        return SafeString("".join(statement.note.superscript for statement in self.agreeing if statement.note))

    @property
    def disagreements(self) -> list[Statement]:
        return [statement for statement in self.statements if statement.differs]

    @property
    def estimated(self) -> bool:
        return bool(self.shown and self.shown.citation.basis == Basis.ESTIMATED)


def figure_rows(model: AIModel, notes: Notes, figures: Iterable[Figure] = FIGURES) -> dict[str, FigureRow]:
    """Those of `figures` that have a value or a word about them, by field, in their order."""
    by_field: dict[str, list[Citation]] = {}
    for citation in model.rows_of("citations"):
        by_field.setdefault(citation.field, []).append(citation)
    makers = names_of(model.makers)
    rows = (_row(model, figure, by_field.get(figure.field, []), notes, makers) for figure in figures)
    return {row.figure.field: row for row in rows if row.text or row.statements}


def _row(model: AIModel, figure: Figure, citations: list[Citation], notes: Notes, makers: set[str]) -> FigureRow:
    value = figure.column(model)
    known = value not in (None, "")
    statements = [
        Statement(citation, notes.cite(citation.source, citation.locator), differs(figure, citation, value))
        for citation in citations
    ]
    shown = next((s for s in statements if s.citation.shown), None)
    absent = (s.citation.get_basis_display() for s in statements if s.citation.basis in ABSENT)
    absence = "" if known else next(absent, "")
    return FigureRow(
        figure=figure,
        text=_text(model, figure) if known else "",
        absence=absence,
        shown=shown,
        others=tuple(statement for statement in statements if statement is not shown),
        why=why(shown and shown.citation, (s.citation for s in statements if s.differs), makers),
    )


def _text(model: AIModel, figure: Figure) -> str:
    text = figure.write(figure.column(model))
    return f"{text} ({model.training_cost_year} dollars)" if figure.field == "training_cost" else text


def differs(figure: Figure, citation: Citation, value: Any) -> bool:
    """Whether the source states a value and the column holds none, or another one, rounding aside."""
    if not citation.value or value in (None, ""):
        return bool(citation.value)
    try:
        return not figure.same(figure.parse(citation.value), value)
    except ValueError:
        return True
