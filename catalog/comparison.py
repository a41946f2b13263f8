"""Models side by side: what each row says of each of them, where they differ, and which value is best."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from catalog.evidence import FigureRow, Note, Notes, figure_rows
from catalog.figures import FIGURE, FIGURES, Figure
from catalog.matches import Alone, Match, lone_scores, matches
from catalog.models import AIModel, Derivation
from core.slugs import make_slug

MOST = 6
# Which figures have a best value. More parameters, data or compute are not better, only more.
BEST = {"context_window": max, "max_output": max, "training_cost": min}
# The figures that say what a model is; the others say how much of it there is.
IDENTITY = ("released", "licence")


@dataclass(frozen=True)
class Choice:
    """What the address asks for: the models found, and the names that were unknown or too many."""

    models: list[AIModel]
    unknown: list[str]
    left_out: list[str]

    @property
    def messages(self) -> list[str]:
        unknown = [f"There is no model “{name}” here." for name in self.unknown]
        most = f"At most {MOST} models stand side by side. Left out: {', '.join(self.left_out)}."
        return [*unknown, most] if self.left_out else unknown


def choose(values: Iterable[str], *, as_of: datetime.date | None = None) -> Choice:
    """The models named by `values`, in their order: slugs or names, several in one divided by commas.

    Three queries and those of `.for_comparison()`, whatever is asked for.
    """
    names: dict[str, str] = {}
    for name in chain.from_iterable(value.split(",") for value in values):
        if name.strip():
            names.setdefault(make_slug(name), "".join(filter(str.isprintable, name)).strip()[:80])
    public = AIModel.objects.published().as_of(as_of).filter(slug__in=names)
    found = dict(public.values_list("slug", "name"))
    known = [slug for slug in names if slug in found]
    chosen = {model.slug: model for model in public.filter(slug__in=known[:MOST]).for_comparison(as_of)}
    return Choice(
        models=[chosen[slug] for slug in known[:MOST]],
        unknown=[name for slug, name in names.items() if slug not in found],
        left_out=[found[slug] for slug in known[MOST:]],
    )


@dataclass(frozen=True)
class Word:
    """One of the things that a cell names. `shared`: another of the models has it too."""

    text: str
    url: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Cell:
    """What a row says of one model: words, or a figure; neither where it is unknown."""

    words: tuple[Word, ...] = ()
    figure: FigureRow | None = None
    best: bool = False

    @property
    def text(self) -> str:
        """As one text, for programs; "" where it is unknown."""
        return self.figure.text or self.figure.absence if self.figure else ", ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Row:
    """One property of all models. `differs`: two of them state different values; `uniform`: all cells say the same."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    differs: bool
    uniform: bool
    unit: str = ""


@dataclass(frozen=True)
class Relation:
    """How one of the models stands to another, as the catalog has it: “fine-tuned from”."""

    model: AIModel
    kind: str
    other: AIModel
    note: Note | None = None


@dataclass(frozen=True)
class Comparison:
    """The models with all rows, in reading order; the notes are numbered in it."""

    models: list[AIModel]
    identity: list[Row]
    figures: list[Row]
    matches: list[Match]
    alone: list[Alone]
    ideas: list[Row]
    relations: list[Relation]
    notes: Notes

    @property
    def rows(self) -> list[Row]:
        return [*self.identity, *self.figures, *self.ideas]

    def only_differences(self) -> "Comparison":
        """Without the rows in which all models say the same."""
        return replace(
            self,
            identity=[row for row in self.identity if not row.uniform],
            figures=[row for row in self.figures if not row.uniform],
            ideas=[row for row in self.ideas if not row.uniform],
            matches=[match for match in (match.only_differences() for match in self.matches) if match.lines],
        )


def compare(models: list[AIModel], *, as_of: datetime.date | None = None) -> Comparison:
    """All that is known of the models, fetched with `.for_comparison()`; one more query, for what was made of what."""
    notes = Notes()
    return Comparison(
        models=models,
        identity=_identity(models, notes, as_of),
        figures=[figure_row(models, figure, notes) for figure in FIGURES if figure.field not in IDENTITY],
        matches=matches(models, notes),
        alone=lone_scores(models, notes),
        ideas=[_words("innovations", "Innovations", [_innovations(model, models) for model in models])],
        relations=_relations(models, notes, as_of),
        notes=notes,
    )


def _identity(models: list[AIModel], notes: Notes, as_of: datetime.date | None) -> list[Row]:
    def named(key: str, label: str, entries) -> Row:
        return _words(key, label, [[_link(entry) for entry in entries(model) if entry] for model in models])

    def plain(key: str, label: str, texts) -> Row:
        return _words(key, label, [[Word(str(text)) for text in texts(model) if text] for model in models])

    return [
        named("organizations", "By", lambda model: model.organizations.all()),
        named("family", "Family", lambda model: [model.family]),
        figure_row(models, FIGURE["released"], notes),
        plain("lifecycle", "Lifecycle", lambda model: [model.lifecycle_on(as_of)]),
        plain("openness", "Openness", lambda model: [model.get_openness_display()]),
        figure_row(models, FIGURE["licence"], notes),
        plain("architecture", "Architecture", lambda model: [model.get_architecture_display()]),
        plain("input_modalities", "Reads", lambda model: model.input_modalities.all()),
        plain("output_modalities", "Writes", lambda model: model.output_modalities.all()),
    ]


def _link(entry) -> Word:
    return Word(entry.name, entry.get_absolute_url())


def _words(key: str, label: str, columns: list[list[Word]]) -> Row:
    said = [{word.text for word in column} for column in columns]
    known = [texts for texts in said if texts]
    return Row(
        key=key,
        label=label,
        cells=tuple(Cell(words=tuple(column)) for column in columns),
        differs=any(texts != known[0] for texts in known),
        uniform=all(texts == said[0] for texts in said),
    )


def figure_row(models: list[AIModel], figure: Figure, notes: Notes) -> Row:
    """One figure of all models. Values that agree but for rounding do not differ."""
    rows = [figure_rows(model, notes, [figure]).get(figure.field) for model in models]
    values = [value for value in map(figure.column, models) if value not in (None, "")]
    differs = any(not figure.same(values[0], value) for value in values)
    said = {row.absence if row else "" for row in rows}
    best = _best(figure, models, rows) if differs else None
    return Row(
        key=figure.field,
        label=figure.label,
        cells=tuple(Cell(figure=row, best=_is(figure, model, best)) for model, row in zip(models, rows, strict=True)),
        differs=differs,
        uniform=not differs and len(values) == len(models) if values else len(said) == 1,
        unit=figure.unit,
    )


def _best(figure: Figure, models: list[AIModel], rows: list[FigureRow | None]) -> float | None:
    """The best of the values, where one is better than another and like is compared with like."""
    years = {model.training_cost_year for model in models if model.training_cost}
    unlike = figure.field == "training_cost" and (len(years) > 1 or any(row and row.estimated for row in rows))
    if figure.field not in BEST or unlike:
        return None
    return BEST[figure.field](value for value in map(figure.column, models) if value is not None)


def _is(figure: Figure, model: AIModel, best: float | None) -> bool:
    value = figure.column(model)
    return best is not None and value is not None and figure.same(value, best)


def _innovations(model: AIModel, models: list[AIModel]) -> list[Word]:
    """Its innovations, those that another of the models has too first."""
    elsewhere = {i.term_id for other in models if other is not model for i in other.innovations.all()}
    words = [
        Word(i.term.short_name, i.term.get_absolute_url(), i.term_id in elsewhere) for i in model.innovations.all()
    ]
    return sorted(words, key=lambda word: not word.shared)


def _relations(models: list[AIModel], notes: Notes, as_of: datetime.date | None) -> list[Relation]:
    by_id = {model.pk: model for model in models}
    edges = Derivation.objects.published().as_of(as_of).filter(child__in=models, parent__in=models)
    made = [
        Relation(by_id[edge.child_id], edge.get_kind_display(), by_id[edge.parent_id], notes.cite(edge.source))
        for edge in edges.select_related("source")
    ]
    line = [
        Relation(model, kind, by_id[other])
        for model in models
        for kind, other in (("a version after", model.predecessor_id), ("a variant of", model.variant_of_id))
        if other in by_id
    ]
    return line + made
