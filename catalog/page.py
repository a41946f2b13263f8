"""All that the page of a model prints, gathered in reading order."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from catalog.evidence import FigureRow, Note, Notes, figure_rows
from catalog.figures import FIGURE, FIGURES
from catalog.lineage.drawing import Drawing, draw
from catalog.lineage.graph import beside
from catalog.lineage.lines import Version, line_with
from catalog.models import AIModel, Derivation, Innovation, Link, Milestone, ModelPaper, Tag
from catalog.scoring import ScoreRow, score_rows
from catalog.timeline.filters import BEGINNING
from core.prepared import Prepared

# The figures that stand above the prose.
HEADLINE = FIGURES[:3]
# How many edges of the lineage graph the page lists, and how many of them it draws; the page on lineage has all.
LISTED, DRAWN = 40, 12


@dataclass(frozen=True)
class ModelPage:
    """The blocks of the page. Notes are numbered as a reader meets them, from the top."""

    model: AIModel
    figures: dict[str, FigureRow]
    milestones: list[tuple[Milestone, Note | None]]
    scores: list[ScoreRow]
    built_on: list[tuple[Derivation, Note | None]]
    descendants: list[tuple[Derivation, Note | None]]
    more_edges: bool
    edges: list[Derivation]
    line: list[Version]
    predecessor: AIModel | None
    variant_of: AIModel | None
    variants: list[AIModel]
    innovations: Iterable[Innovation]
    featured: list[ModelPaper]
    more_papers: list[ModelPaper]
    links: Iterable[Link]
    tags: Iterable[Tag]
    notes: Notes
    as_of: datetime.date | None = None

    @cached_property
    def tree(self) -> Drawing | None:
        """One step up and down, drawn."""
        return draw(beside(self.model, self.edges[:DRAWN])) if self.edges else None

    @cached_property
    def headline_scores(self) -> list[ScoreRow]:
        return [row for row in self.scores if row.score.headline]

    @cached_property
    def other_scores(self) -> list[ScoreRow]:
        return [row for row in self.scores if not row.score.headline]

    @property
    def predates_timeline(self) -> bool:
        """Whether the timeline begins after it if nobody says otherwise."""
        return bool(self.model.released) and self.model.released.year < int(BEGINNING)

    @cached_property
    def next_of_kin(self) -> list[AIModel]:
        """The versions right before and after it in its line, what it is a form of, and its own forms."""
        before, own = self.model.predecessor_id, self.model.pk
        line = [v.model for v in self.line if v.model.pk == before or v.model.predecessor_id == own]
        return [*line, *filter(None, [self.variant_of]), *self.variants]

    @property
    def disagreements(self) -> list[FigureRow]:
        return [row for row in self.figures.values() if row.disagreements]

    @cached_property
    def badges(self) -> list[str]:
        """Lifecycle, openness, architecture and modalities, as words."""
        model = self.model
        modalities = {m.pk: m.name for m in (*model.rows_of("input_modalities"), *model.rows_of("output_modalities"))}
        words = (model.lifecycle_on(self.as_of), model.get_openness_display(), model.get_architecture_display())
        return [word for word in (*words, *modalities.values()) if word]

    @property
    def parameters(self) -> str:
        return parameters_of(self.figures)

    @property
    def context_window(self) -> str:
        return context_window_of(self.figures)


_near = Prepared(AIModel.objects.around)
_all_edges = Prepared(Derivation.objects.touching)
_edges = Prepared(lambda model, as_of: Derivation.objects.touching(model, as_of)[: LISTED + 1])


def headline_of(rows: dict[str, FigureRow]) -> list[tuple[str, str]]:
    """Labels and values of the figures that stand above all, and of the release, as far as they are known."""
    values = {
        "parameters_total": parameters_of(rows),
        "context_window": context_window_of(rows),
        "released": rows["released"].text if "released" in rows else "",
    }
    return [
        (FIGURE[field].label + (", estimated" if rows[field].estimated else ""), value)
        for field, value in values.items()
        if value
    ]


def parameters_of(rows: dict[str, FigureRow]) -> str:
    """“671B (37B active)”; "" where the total is unknown."""
    total, active = rows.get("parameters_total"), rows.get("parameters_active")
    if not (total and total.text):
        return ""
    return f"{total.text} ({active.text} active)" if active and active.text else total.text


def context_window_of(rows: dict[str, FigureRow]) -> str:
    """“128K tokens”; "" where it is unknown."""
    row = rows.get("context_window")
    return f"{row.text} {FIGURE['context_window'].unit}" if row and row.text else ""


def model_page(model: AIModel, *, as_of: datetime.date | None = None, most: int | None = LISTED) -> ModelPage:
    """The page of a model fetched with `.published().for_detail(as_of)`; three more queries: scores, edges, neighbors.

    It lists at most so many edges of the lineage graph; None is all of them. As of a day: what was released, measured
    and written by then. Its figures are those known today.
    """
    notes = Notes()
    headline = figure_rows(model, notes, HEADLINE)
    notes.read(model.why_it_matters, model.description)
    milestones = [(milestone, notes.cite(milestone.source)) for milestone in model.rows_of("milestones")]
    scores = score_rows(model, notes, as_of=as_of)
    edges = _all_edges(model, as_of) if most is None else _edges(model, as_of)
    near = _near(model, as_of)
    listed = edges[:most]
    built_on = [(edge, notes.cite(edge.source)) for edge in listed if edge.child_id == model.pk]
    descendants = [(edge, notes.cite(edge.source)) for edge in listed if edge.child_id != model.pk]
    papers = model.rows_of("model_papers")
    return ModelPage(
        model=model,
        figures=headline | figure_rows(model, notes, FIGURES[len(HEADLINE) :]),
        milestones=milestones,
        scores=scores,
        built_on=built_on,
        descendants=descendants,
        more_edges=len(edges) > len(listed),
        edges=listed,
        line=line_with(model, near),
        predecessor=next((other for other in near if other.pk == model.predecessor_id), None),
        variant_of=next((other for other in near if other.pk == model.variant_of_id), None),
        variants=[other for other in near if other.variant_of_id == model.pk],
        innovations=model.rows_of("innovations"),
        featured=[paper for paper in papers if paper.featured],
        more_papers=[paper for paper in papers if not paper.featured],
        links=model.rows_of("links"),
        tags=model.rows_of("tags"),
        notes=notes,
        as_of=as_of,
    )
