"""What data tells of a model besides its columns: its relations, its scores, and what each source says of a figure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter

from django.db.models import QuerySet

from catalog.evidence import Statement
from catalog.figures import FIGURE
from catalog.models import (
    AIModel,
    Basis,
    Citation,
    Derivation,
    Family,
    Innovation,
    Link,
    Milestone,
    ModelPaper,
    Score,
    Tag,
)
from core import schemas
from core.columns import Column, Part, fields
from core.prepared import Prepared
from research.models import Organization


def _modalities(name: str, label: str) -> Column:
    return Column(name, label, lambda m: [one.name for one in getattr(m, name).all()], schema=schemas.TEXTS)


DETAILS = (
    *fields(AIModel, "line_label"),
    _modalities("input_modalities", "Reads"),
    _modalities("output_modalities", "Writes"),
    *fields(AIModel, "lifecycle_date"),
    # Markdown says it beside the figure.
    replace(*fields(AIModel, "training_cost_year"), text=lambda model: ""),
    *fields(AIModel, "checked_on"),
)


def _told(name: str, text: Callable[[Statement], str] = lambda statement: "") -> Column:
    """A field of a citation, and what Markdown tells of it: only what is not said already by the figure."""
    return replace(*fields(Citation, name, of=attrgetter("citation")), text=text)


def _if_it_differs(write: Callable[[Statement], str]) -> Callable[[Statement], str]:
    return lambda statement: write(statement) if statement.differs else ""


_SLUG = schemas.about(schemas.or_null(schemas.SLUG), "Of the source; only “not applicable” may have none.")
_DIFFERS = schemas.about(schemas.YES_OR_NO, "Whether it says something else than is shown, rounding aside.")
CITATIONS = Part(
    "citations",
    "Sources",
    lambda row: row.statements,
    (
        Column("source", "Source", attrgetter("citation.source"), by_slug=True, schema=_SLUG),
        _told("stated", _if_it_differs(lambda statement: f"says {statement.text}")),
        _told("value"),
        _told("basis", lambda s: "" if s.citation.basis == Basis.DISCLOSED else s.citation.get_basis_display()),
        _told("confidence"),
        _told("locator", attrgetter("citation.locator")),
        _told("note", _if_it_differs(attrgetter("citation.note"))),
        _told("shown"),
        Column("differs", "Differs", attrgetter("differs"), lambda statement: "", schema=_DIFFERS),
    ),
    about="What each source says of it, the shown statement first.",
)
FIGURES = Part(
    "figures",
    "Figures",
    lambda view: view.page.figures.values(),
    (
        Column("label", "Figure", attrgetter("figure.label")),
        Column("text", "Value", lambda row: row.text or row.absence),
        Column("unit", "Unit", attrgetter("figure.unit")),
        CITATIONS,
    ),
    by="figure.field",
    about="Every figure that is known or spoken of, as the page prints it, with what each source says.",
)

PARTS = (
    Part("makers", "By", lambda view: view.object.organizations.all(), kind=Organization),
    Part("family", "Family", lambda view: view.object.family, kind=Family, one=True),
    Part("predecessor", "Version before it", lambda view: view.page.predecessor, kind=AIModel, one=True),
    Part("variant_of", "Variant of", lambda view: view.page.variant_of, kind=AIModel, one=True),
    Part("variants", "Variants", lambda view: view.page.variants, kind=AIModel),
    Part("tags", "Tags", lambda view: view.object.tags.all(), kind=Tag),
    FIGURES,
    Part(
        "milestones",
        "Notable milestones",
        lambda view: [milestone for milestone, _ in view.page.milestones],
        fields(Milestone, "text", "date", "source"),
    ),
    Part(
        "scores",
        "Benchmark scores",
        lambda view: view.page.scores,
        (
            *fields(Score, "benchmark", "value", of=attrgetter("score")),
            Column("unit", "Unit", attrgetter("score.benchmark.unit")),
            *fields(
                Score,
                *("setting", "measured_by", "measured_on", "standard_error", "source", "locator", "note", "headline"),
                of=attrgetter("score"),
            ),
        ),
    ),
    Part(
        "innovations", "Key innovations", lambda view: view.object.innovations.all(), fields(Innovation, "term", "note")
    ),
    Part(
        "derivations",
        "Built on",
        lambda view: [edge for edge, _ in view.page.built_on],
        (
            *fields(Derivation, "kind", "parent_name"),
            Column("parent", "Entry", attrgetter("public_parent"), field=Derivation._meta.get_field("parent")),
            *fields(Derivation, "source", "note"),
        ),
        about="What it was technically made from; `parent` is null where that has no entry.",
    ),
    Part(
        "descendants",
        "Built on it",
        lambda view: [edge for edge, _ in view.page.descendants],
        fields(Derivation, "child", "kind", "source", "note"),
        about="What was made from it.",
    ),
    Part(
        "papers",
        "Related research",
        lambda view: view.object.model_papers.all(),
        fields(ModelPaper, "paper", "featured"),
    ),
    Part("links", "Links", lambda view: view.object.links.all(), fields(Link, "kind", "url")),
)


# Of a citation, what lists tell.
_SAID = (
    Column("source", "Source", attrgetter("source.slug"), schema=_SLUG),
    *fields(Citation, "stated", "value", "basis", "locator", "shown"),
)

LISTED_FIGURES = Column(
    "figures",
    "Figures",
    attrgetter("cited_figures"),
    schema=schemas.about(
        schemas.by_name(schemas.record(citations=schemas.rows(schemas.record(**schemas.of_columns(_SAID, Citation))))),
        "What each source says of the figures, in short; left out where columns are chosen.",
    ),
)


@Prepared
def _said(models: list[int]) -> QuerySet:
    """What sources say of these models; of each figure the shown statement first."""
    rows = Citation.objects.published().filter(model__in=models).order_by("-shown", "pk")
    paths = ("source__slug" if column.key == "source" else column.key for column in _SAID)
    return rows.values_list("model", "field", *paths)


def fetch_figures(models: Iterable[AIModel]) -> None:
    """Gives each model its `cited_figures`, as JSON carries them, in one query: there are thousands in a list."""
    cited: dict[int, dict[str, list]] = {model.pk: defaultdict(list) for model in models}
    keys = [column.key for column in _SAID]
    for number, field, *said in _said(list(cited)):
        cited[number][field].append(dict(zip(keys, said, strict=True)))
    for model in models:
        own = cited[model.pk]
        model.cited_figures = {field: {"citations": own[field]} for field in FIGURE if field in own}
