"""All that the page on lineage prints, gathered for what its address asks."""

import datetime
from dataclasses import dataclass, field

from catalog.evidence import Note, Notes
from catalog.lineage import graph
from catalog.lineage.drawing import Drawing, draw
from catalog.lineage.forms import DEPTH, Direction, LineageForm
from catalog.lineage.graph import Key, Lineage
from catalog.lineage.relation import Relation, relate
from catalog.lineage.tree import Branch, forest, tree
from catalog.models import AIModel, Derivation


@dataclass(frozen=True)
class Line:
    """A line of a text tree, or a step of a path: where it leads, and its edges with their sources."""

    name: str
    model: AIModel | None
    edges: list[tuple[Derivation, Note]]
    branch: Branch | None = None
    child: AIModel | None = None


@dataclass(frozen=True)
class LineagePage:
    """`ancestors` and `descendants` stand by the model asked for; `everything`, where none is."""

    form: LineageForm
    lineage: Lineage | None = None
    relation: Relation | None = None
    drawing: Drawing | None = None
    ancestors: list[Line] = field(default_factory=list)
    descendants: list[Line] = field(default_factory=list)
    everything: list[Line] = field(default_factory=list)
    paths: list[list[Line]] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    most: int = graph.DRAWN

    @property
    def title(self) -> str:
        if self.relation:
            return f"{self.relation.first} and {self.relation.second}"
        return f"The lineage of {self.lineage.focus}" if self.lineage.focus else "The lineage graph"

    @property
    def drawn(self) -> int:
        """How many are drawn of those that are `found`: models and names around one; of all the graph, models."""
        return len(self.lineage.keys) - 1 if self.lineage.focus else len(self.lineage.models)

    @property
    def complete(self) -> bool:
        """Whether all is drawn that there is."""
        return not self.lineage.more and self.drawn >= self.lineage.found

    @property
    def limited(self) -> bool:
        """Whether there is more than a drawing holds: not only more steps than were asked for."""
        return self.lineage.more or self.lineage.focus is None or self.drawn + 1 >= self.most


def lineage_page(form: LineageForm, *, most: int = graph.DRAWN, as_of: datetime.date | None = None) -> LineagePage:
    """The page that a validated form asks for; where the models are not clear, without a drawing.

    It draws the nearest or most connected `most` of all that is found.
    """
    asked, value = form.asked, form.cleaned_data.get
    if asked == "relation" and value("from") and value("to"):
        return _of_two(form, relate(value("from"), value("to"), form.derivations, as_of=as_of))
    if asked == "model" and value("model"):
        return _of_one(form, value("model"), value("direction") or Direction.BOTH, most, as_of)
    if asked == "all":
        return _of_all(form, graph.whole(form.derivations, limit=most, as_of=as_of))
    return LineagePage(form)


def _of_one(form: LineageForm, model: AIModel, direction: str, most: int, as_of: datetime.date | None) -> LineagePage:
    up, down = direction != Direction.DESCENDANTS, direction != Direction.ANCESTORS
    depth = form.cleaned_data.get("depth", DEPTH)
    lineage = graph.around(model, form.derivations, up=up, down=down, depth=depth, limit=most, as_of=as_of)
    notes = Notes()
    ancestors, descendants = (
        _lines(lineage, tree(lineage, [model.pk], up=upward, titled=False), notes) if wanted else []
        for upward, wanted in ((True, up), (False, down))
    )
    return LineagePage(form, lineage, None, draw(lineage), ancestors, descendants, notes=notes, most=most)


def _of_all(form: LineageForm, lineage: Lineage) -> LineagePage:
    notes = Notes()
    return LineagePage(
        form, lineage, drawing=draw(lineage), everything=_lines(lineage, forest(lineage), notes), notes=notes
    )


def _of_two(form: LineageForm, relation: Relation) -> LineagePage:
    notes, lineage = Notes(), relation.lineage
    paths = [
        [_line(lineage, step.parent, step.edges, notes, child=step.child) for step in path]
        for path in relation.paths
        if path
    ]
    return LineagePage(form, lineage, relation, draw(lineage) if lineage.edges else None, paths=paths, notes=notes)


def _lines(lineage: Lineage, branches: list[Branch], notes: Notes) -> list[Line]:
    return [_line(lineage, branch.key, branch.edges, notes, branch=branch) for branch in branches]


def _line(lineage: Lineage, key: Key, edges: list[Derivation], notes: Notes, **more) -> Line:
    cited = [(edge, notes.cite(edge.source)) for edge in edges]
    return Line(lineage.name(key), None if isinstance(key, str) else lineage.models[key], cited, **more)
