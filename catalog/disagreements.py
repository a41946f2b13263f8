"""Where sources differ: every statement that contradicts what a model's page shows, of figures and of scores."""

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch

from catalog.evidence import Notes, differs, figure_rows
from catalog.figures import FIGURE, FIGURES, Figure
from catalog.models import AIModel, Citation, Measurer, Score
from catalog.preference import accounts, is_by, names_of
from catalog.scoring import score_text
from core.models import DatePrecision
from core.quantities import format_number
from research.models import Organization, Source

SCORE = "score"
SUBJECTS = {figure.field: figure.label for figure in FIGURES} | {SCORE: "Benchmark score"}
_PLACES = {subject: place for place, subject in enumerate(SUBJECTS)}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One statement that contradicts the shown one: what finding and sorting need. There may be 100,000.

    `ratio` says how many times the larger value is the smaller, `days` how far two dates are apart; None where that
    makes no sense. `against` is the id of the score that stands first on the page; a figure has a column instead.
    """

    subject: str
    statement: int
    against: int | None
    model: int
    name: str
    makers: tuple[str, ...]
    publisher: str
    own: bool
    ratio: float | None
    days: int | None
    released: datetime.date | None
    published: datetime.date | None

    @property
    def who(self) -> str:
        """Whether the makers themselves say otherwise, or others."""
        return "makers" if self.own else "others"

    @property
    def place(self) -> int:
        """Of its figure among the figures."""
        return _PLACES[self.subject]


@dataclass(frozen=True)
class Contradiction:
    """A disagreement as the page prints it: what is shown and what is stated elsewhere, and what either rests on."""

    found: Disagreement
    model: AIModel
    label: str
    shown: str
    shown_source: Source | None
    shown_account: str
    stated: str
    source: Source
    account: str
    difference: str
    note: str

    @property
    def slug(self) -> str:
        return self.model.slug

    @property
    def subject(self) -> str:
        return SUBJECTS[self.found.subject]

    def get_absolute_url(self) -> str:
        anchor = "scores" if self.found.subject == SCORE else "figures"
        return f"{self.model.get_absolute_url()}#{anchor}"


def disagreements() -> list[Disagreement]:
    """All of them, by model."""
    makers = _makers()
    found = [*_of_figures(makers), *_of_scores(makers)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.model, one.place, one.statement))


# By the id of a model: the slugs of its makers, and their names in one case.
Makers = dict[int, tuple[tuple[str, ...], set[str]]]


def maker_names() -> dict[str, str]:
    """The name of each organization by its slug."""
    return dict(Organization.objects.published().values_list("slug", "name"))


def _makers() -> Makers:
    organizations = Organization.objects.published().in_bulk()
    of_model = defaultdict(list)
    for model, organization in AIModel.organizations.through.objects.values_list("aimodel", "organization"):
        if organization in organizations:
            of_model[model].append(organizations[organization])
    return {model: (tuple(maker.slug for maker in makers), names_of(makers)) for model, makers in of_model.items()}


def _of_figures(makers: Makers) -> Iterator[Disagreement]:
    """Statements that differ from their column. The shown one follows it, so that only the others are looked at."""
    columns = [*FIGURE, *(f"{figure.field}_precision" for figure in FIGURES if figure.is_date)]
    rows = (
        Citation.objects.published()
        .filter(shown=False)
        .exclude(value="")
        .order_by()
        .annotate(
            name=F("model__name"),
            publisher=F("source__publisher"),
            published=F("source__published"),
            **{column: F(f"model__{column}") for column in columns},
        )
        .values_list("pk", "field", "value", "model_id", "name", "publisher", "published", *columns, named=True)
    )
    for row in rows.iterator(chunk_size=5000):
        figure = FIGURE[row.field]
        value = figure.column(row)
        if differs(figure, row, value):
            yield _disagreement(row, row.field, makers, distance(figure, row.value, value))


def _of_scores(makers: Makers) -> Iterator[Disagreement]:
    """Scores on exactly one benchmark in one stated setting that are not the first one's, rounding aside."""
    other = Score.objects.filter(
        model=OuterRef("model"), benchmark=OuterRef("benchmark"), setting=OuterRef("setting")
    ).exclude(value=OuterRef("value"))
    rows = (
        Score.objects.published()
        .exclude(setting="")
        .filter(Exists(other))
        .order_by("-headline", "order", "pk")
        .annotate(
            name=F("model__name"),
            released=F("model__released"),
            publisher=F("source__publisher"),
            published=F("source__published"),
        )
        .values_list(
            *("pk", "model_id", "benchmark_id", "setting", "value", "name", "released", "publisher", "published"),
            named=True,
        )
    )
    first = {}
    for row in rows:
        shown = first.setdefault((row.model_id, row.benchmark_id, row.setting), row)
        if not same_score(row.value, shown.value):
            yield _disagreement(row, SCORE, makers, (times(row.value, shown.value), None), shown.pk)


def _disagreement(
    row: Any, subject: str, makers: Makers, size: tuple[float | None, int | None], against: int | None = None
) -> Disagreement:
    ours, names = makers.get(row.model_id, ((), set()))
    return Disagreement(
        subject=subject,
        statement=row.pk,
        against=against,
        model=row.model_id,
        name=row.name,
        makers=ours,
        publisher=row.publisher,
        own=is_by(row.publisher, names),
        ratio=size[0],
        days=size[1],
        released=row.released,
        published=row.published,
    )


# How far apart


def same_score(a: float, b: float) -> bool:
    """Equal, or the one is the other rounded: 88.5 and 88.52, not 88.5 and 88.6."""
    digits = min(max(0, -Decimal(str(value)).normalize().as_tuple().exponent) for value in (a, b))
    return abs(a - b) <= 0.5 * 10**-digits + 1e-9


def times(a: float, b: float) -> float | None:
    """How many times the larger is the smaller: 12.5; None unless both are above zero."""
    return max(a, b) / min(a, b) if min(a, b) > 0 and math.isfinite(max(a, b) / min(a, b)) else None


def distance(figure: Figure, stated: str, value: Any) -> tuple[float | None, int | None]:
    """(ratio, days) between a statement and the column; None for what does not apply or cannot be read."""
    try:
        told = figure.parse(stated)
    except ValueError:
        return None, None
    if value in (None, "") or isinstance(told, str):
        return None, None
    return (None, abs((told[0] - value[0]).days)) if figure.is_date else (times(told, value), None)


def distance_text(figure: Figure, stated: str, value: Any) -> str:
    """“7% more”, “× 12.5”, “÷ 2.4”, “47 days later”, “2 months earlier”; "" where it cannot be told."""
    ratio, days = distance(figure, stated, value)
    if days is not None:
        return _days_text(value, figure.parse(stated))
    return "" if ratio is None else _times_text(figure.parse(stated) / value)


def _times_text(factor: float) -> str:
    if 0.5 < factor < 2:
        percent = 100 * (factor - 1)
        return f"{abs(percent):.2g}% {'more' if percent > 0 else 'less'}"
    sign, size = ("×", factor) if factor > 1 else ("÷", 1 / factor)
    return f"{sign} {format_number(float(f'{size:.3g}'))}"


def _days_text(shown: tuple, told: tuple) -> str:
    """As exactly as both dates are known."""
    (a, a_precision), (b, b_precision) = shown, told
    precisions = {a_precision, b_precision}
    if DatePrecision.YEAR in precisions:
        count, unit = b.year - a.year, "year"
    elif DatePrecision.MONTH in precisions:
        count, unit = 12 * (b.year - a.year) + b.month - a.month, "month"
    else:
        count, unit = (b - a).days, "day"
    return f"{abs(count):,} {unit}{'' if abs(count) == 1 else 's'} {'later' if count > 0 else 'earlier'}"


# As the page prints them


def contradictions(found: Iterable[Disagreement]) -> list[Contradiction]:
    """The disagreements of one page, in their order, in five queries."""
    found = list(found)
    subjects = {one.subject for one in found}
    citations = Citation.objects.published().filter(field__in=subjects).select_related("source")
    models = (
        AIModel.objects.published()
        .with_makers()
        .defer("summary", "why_it_matters", "description")
        .prefetch_related(Prefetch("citations", citations))
        .in_bulk({one.model for one in found})
    )
    scores = (
        Score.objects.published()
        .select_related("benchmark", "source")
        .in_bulk({pk for one in found if one.against for pk in (one.statement, one.against)})
    )
    return [
        _of_score(one, models[one.model], scores[one.against], scores[one.statement])
        if one.against
        else _of_figure(one, models[one.model])
        for one in found
    ]


def _of_figure(one: Disagreement, model: AIModel) -> Contradiction:
    (row,) = figure_rows(model, Notes(), [FIGURE[one.subject]]).values()
    statement = next(statement for statement in row.statements if statement.citation.pk == one.statement)
    citation, shown = statement.citation, row.shown and row.shown.citation
    makers = names_of(model.organizations.all())
    first, (account,) = accounts(shown or citation, [citation], makers)
    return Contradiction(
        found=one,
        model=model,
        label=row.figure.label,
        shown=row.text or row.absence or "unknown",
        shown_source=shown and shown.source,
        shown_account=first if shown else "",
        stated=statement.text,
        source=citation.source,
        account=account,
        difference=distance_text(row.figure, citation.value, row.figure.column(model)),
        note=citation.note,
    )


def _of_score(one: Disagreement, model: AIModel, shown: Score, told: Score) -> Contradiction:
    gap = told.value - shown.value
    points = "points" if shown.benchmark.unit == "%" else shown.benchmark.unit
    return Contradiction(
        found=one,
        model=model,
        label=f"{shown.benchmark}, {shown.setting}",
        shown=score_text(shown.value, shown.benchmark),
        shown_source=shown.source,
        shown_account=_measured(shown),
        stated=score_text(told.value, told.benchmark),
        source=told.source,
        account=_measured(told),
        difference=f"{format_number(abs(gap))} {points} {'more' if gap > 0 else 'less'}".replace("  ", " "),
        note=told.note,
    )


def _measured(score: Score) -> str:
    if score.measured_by == Measurer.VENDOR:
        return "measured by its makers"
    how = "measured" if score.measured_by == Measurer.INDEPENDENT else "listed"
    return f"{how} by {score.source.publisher or f'“{score.source.name}”'}"
