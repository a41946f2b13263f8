"""What citations offer: a value for a figure that the entry leaves empty, or another one than it shows."""

from types import SimpleNamespace
from typing import Any

from django.db.models import F

from catalog import rules
from catalog.evidence import Notes, figure_rows
from catalog.figures import FIGURE, FIGURES, Figure
from catalog.models import Citation
from core.admin import row_number
from core.memory import lingering
from core.models import Status
from editorial.upkeep import Action, Impossible, Item, Open, Upkeep

CHANGE = "catalog.change_aimodel"
_COLUMNS = ["name", *FIGURE, *(f"{figure.field}_precision" for figure in FIGURES if figure.is_date)]
_PLACES = {field: place for place, field in enumerate(FIGURE)}


@lingering
def offers() -> Open:
    """Empty figures first, then model by model in the order of the figures."""
    rows = (
        Citation.objects.filter(shown=False)
        .exclude(value="")
        .exclude(model__status=Status.ARCHIVED)
        .order_by()
        .values_list("pk", "field", "value", *(F(f"model__{column}") for column in _COLUMNS))
    )
    found = []
    for pk, field, value, *columns in rows.iterator(chunk_size=5000):
        figure, model = FIGURE[field], SimpleNamespace(**dict(zip(_COLUMNS, columns, strict=True)))
        column = figure.column(model)
        if _offers(figure, value, column):
            found.append((column not in (None, ""), model.name.casefold(), _PLACES[field], pk, _state(column, value)))
    return {str(pk): state for *_, pk, state in sorted(found)}


def _offers(figure: Figure, value: str, column: Any) -> bool:
    """Whether a cited value can be read and is not what the column says."""
    try:
        told = figure.parse(value)
    except ValueError:
        return False
    return column in (None, "") or not figure.same(told, column)


def _state(column: Any, value: str) -> str:
    return f"{column} {value}"


def load(key: str) -> Item | None:
    """The offer with what else is said of the figure."""
    if row_number(key) is None:
        return None
    citation = Citation.objects.select_related("model", "source").filter(pk=key, shown=False).first()
    if citation is None or not citation.value:
        return None
    model, figure = citation.model, FIGURE[citation.field]
    column = figure.column(model)
    if not _offers(figure, citation.value, column):
        return None
    (row,) = figure_rows(model, Notes(), [figure]).values()
    said = [statement for statement in row.statements if statement.citation.pk != citation.pk]
    offered = next(statement for statement in row.statements if statement.citation.pk == citation.pk)
    facts = {"figure": figure, "citation": citation, "row": row, "offered": offered, "others": said}
    return Item(key, _state(column, citation.value), f"{figure.label} of {model}", model, facts)


def adopt(item: Item) -> None:
    """The column takes the cited value, and the citation becomes the one that it follows."""
    citation, model, figure = item.facts["citation"], item.entry, item.facts["figure"]
    value = figure.parse(citation.value)
    if figure.is_date:
        value, precision = value
        setattr(model, f"{figure.field}_precision", precision)
    setattr(model, figure.field, value)
    for other in model.citations.filter(field=figure.field, shown=True):
        other.shown = False
        other.save()
    citation.shown = True
    if problem := rules.shown_elsewise(model, citation):
        raise Impossible(problem)
    citation.save()


def _reason(item: Item) -> str:
    source = item.facts["citation"].source
    return f"{item.facts['figure'].label} adopted from {source.publisher or source.name}"[:500]


def _others(item: Item) -> list[str]:
    """Whoever adopts one statement has seen the others of the figure, and what was shown so far."""
    return [str(statement.citation.pk) for statement in item.facts["others"]]


OFFERS = Upkeep(
    name="offers",
    title="Offers",
    purpose="A source states a figure that the entry leaves empty, or another one than it shows.",
    open=offers,
    load=load,
    permission=CHANGE,
    template="admin/editorial/upkeep/_offer.html",
    action=Action("adopt", "Adopt", "a", adopt, _reason, _others),
    dismissal="Dismiss",
)
