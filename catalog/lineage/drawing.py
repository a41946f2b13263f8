"""The lineage graph as SVG: boxes, lines, and what each kind of line means."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.lineage.graph import Key, Lineage
from catalog.lineage.layout import BOX, Layout, Route, lay_out
from catalog.models import AIModel, DerivationKind
from core.quantities import format_date

# In px: the height of a line of a name, of the date below it, and the space above and below both.
LINE, DATE, SPACE = 17, 15, 15
# So many letters of a name fit into a box, in so many lines.
LETTERS, LINES = 22, 2
# Around the drawing: the ring of the focus and the arrows' heads.
MARGIN = 8


@dataclass(frozen=True)
class Stroke:
    """How a kind of edge is drawn: told apart without color. What carries weights over has a filled head."""

    dashes: str = ""
    width: float = 1.5
    filled: bool = True


STROKES = {
    DerivationKind.INITIALIZED_FROM: Stroke(width=2.5),
    DerivationKind.FINE_TUNED_FROM: Stroke(width=1.25),
    DerivationKind.MERGED_FROM: Stroke("12 3 3 3", 2),
    DerivationKind.QUANTIZED_FROM: Stroke("7 3", 2),
    DerivationKind.DISTILLED_FROM: Stroke("0 5", 2.25, filled=False),
    DerivationKind.USES_COMPONENT: Stroke("10 5", filled=False),
    DerivationKind.ARCHITECTURE_OF: Stroke("3 4", 1.25, filled=False),
    DerivationKind.BASED_ON: Stroke("8 3 1 3", 1.25, filled=False),
}


@dataclass(frozen=True)
class DrawnBox:
    """A model or a name in its place. `lines` are its name, each with the height of its baseline."""

    number: int
    name: str
    model: AIModel | None
    here: bool
    x: str
    y: str
    height: str
    lines: list[tuple[str, str]]
    date: str
    date_y: str
    text_x: str


@dataclass(frozen=True)
class DrawnEdge:
    """A line between the boxes numbered `start` and `end`, as an SVG path, and in words."""

    path: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class DrawnKind:
    kind: DerivationKind
    stroke: Stroke
    edges: list[DrawnEdge]

    @property
    def label(self) -> str:
        return self.kind.label


@dataclass(frozen=True)
class Drawing:
    """A drawing of `width` × `height` px; `kinds` are those that occur in it, with their edges."""

    width: int
    height: int
    boxes: list[DrawnBox]
    kinds: list[DrawnKind]

    box_width = BOX

    @property
    def height_with_legend(self) -> int:
        return self.height + 20 * len(self.kinds) + 2 * MARGIN

    @property
    def unresolved(self) -> bool:
        return any(box.model is None for box in self.boxes)


def draw(lineage: Lineage) -> Drawing:
    """The drawing of what is in `lineage`, older things to the left."""
    keys = lineage.keys
    names = {key: _wrapped(lineage.name(key)) for key in keys}
    dates = {key: "" if isinstance(key, str) else _date(lineage.models[key]) for key in keys}
    heights = {key: SPACE + LINE * len(names[key]) + (DATE if dates[key] else 0) for key in keys}
    layout = lay_out(heights, [(parent, edge.child_id) for edge, parent in lineage.edges])
    numbers = {key: number for number, key in enumerate(keys)}
    return Drawing(
        width=round(layout.width) + 2 * MARGIN,
        height=round(layout.height) + 2 * MARGIN,
        boxes=[_box(lineage, layout, key, numbers[key], names[key], dates[key]) for key in keys],
        kinds=list(_kinds(lineage, layout.routes, numbers)),
    )


def _box(lineage: Lineage, layout: Layout, key: Key, number: int, lines: list[str], date: str) -> DrawnBox:
    box = layout.boxes[key]
    x, y = box.x + MARGIN, box.y + MARGIN
    return DrawnBox(
        number=number,
        name=lineage.name(key),
        model=None if isinstance(key, str) else lineage.models[key],
        here=lineage.focus is not None and key == lineage.focus.pk,
        x=_short(x),
        y=_short(y),
        height=_short(box.height),
        lines=[(line, _short(y + SPACE / 2 + LINE * (place + 0.75))) for place, line in enumerate(lines)],
        date=date,
        date_y=_short(y + SPACE / 2 + LINE * len(lines) + DATE * 0.75),
        text_x=_short(x + 10),
    )


def _kinds(lineage: Lineage, routes: list[Route], numbers: dict[Key, int]) -> Iterable[DrawnKind]:
    by_kind: dict[str, list[DrawnEdge]] = {}
    for (edge, parent), route in zip(lineage.edges, routes, strict=True):
        words = f"{lineage.name(edge.child_id)} {edge.get_kind_display()} {lineage.name(parent)}"
        drawn = DrawnEdge(_path(route), numbers[parent], numbers[edge.child_id], words)
        by_kind.setdefault(edge.kind, []).append(drawn)
    return (DrawnKind(kind, stroke, by_kind[kind]) for kind, stroke in STROKES.items() if kind in by_kind)


def _path(route: Route) -> str:
    """Straight along the lanes, in curves between them."""
    points = [(x + MARGIN, y + MARGIN) for x, y in route.points]
    (x, y), text = points[0], [f"M{_short(points[0][0])} {_short(points[0][1])}"]
    for place, (to_x, to_y) in enumerate(points[1:]):
        if place % 2:
            text.append(f"H{_short(to_x)}")
        else:
            half = _short((x + to_x) / 2)
            text.append(f"C{half} {_short(y)} {half} {_short(to_y)} {_short(to_x)} {_short(to_y)}")
        x, y = to_x, to_y
    return "".join(text)


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, LETTERS, max_lines=LINES, placeholder="…") or [name]


def _date(model: AIModel) -> str:
    if not model.released:
        return ""
    return format_date(model.released, "year" if model.released_precision == "year" else "month")


def _short(number: float) -> str:
    """Half a pixel is exact enough, and short."""
    return f"{round(number * 2) / 2:g}"
