"""Where the names of points stand in a chart, so that none covers another one or a point."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

# The least height of a plot, in pixels.
HEIGHT = 400
# How broad a plot is at least on a phone, a tablet and a desk, in pixels, and how many labels it has at most.
ROOMS = {"narrow": (270, 6), "medium": (560, 14), "wide": (800, 24)}
# How many labels are tried: to find no place for hundreds takes long.
TRIED = 100
# In pixels: half of a mark, the height of a line, the size of the type.
MARK, LINE, TYPE = 5, 15, 12.5
# Where a label may stand, best first: its anchor, and its way from the mark across and down.
SIDES = (("start", 1, 0), ("end", -1, 0), ("middle", 0, -1), ("middle", 0, 1))
# How far away it stands from the middle of a mark, and of one with a ring; how far its base line is below its middle.
REACH, STRONG_REACH, SINK = 9, 12, 4
# The breadth of letters as a share of the type's size; a little broad, for every system has letters of its own.
BREADTHS = {
    **dict.fromkeys("fijlrtI.,:;'’!|()[] -", 0.4),
    **dict.fromkeys("ABCEFHKNPRSTUVXYZ&", 0.74),
    **dict.fromkeys("mwMWQOGD@%", 0.92),
}
USUAL_BREADTH = 0.6


@dataclass(frozen=True)
class Label:
    """A name beside its mark, `dx` and `dy` pixels from it; shown where the plot has that much `room`."""

    text: str
    x: float
    y: float
    dx: int = 0
    dy: int = 0
    anchor: str = "start"
    room: str = ""
    strong: bool = False


class Box(NamedTuple):
    """In pixels from the upper left corner of the plot."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.right <= width and self.top >= 0 and self.bottom <= height


def place_labels(wanted: Sequence[Label], marks: Sequence[tuple[float, float]]) -> list[Label]:
    """Those of `wanted` that find a place, the first ones first; `marks` are the places of all marks.

    What stands on a narrow plot stays where it is on a wider one: there, things are only further apart. To be sure of
    that, a label is kept clear together with all that lies between it and its mark.
    """
    placed: list[Label] = []
    waiting = list(wanted[:TRIED])
    for room, (width, most) in ROOMS.items():
        points = _Taken(_mark_box(x, y, width) for x, y in marks)
        names = _Taken(_reach(label, width) for label in placed)
        left_over = []
        for label in waiting:
            found = _place(label, room, names, points) if len(placed) < most else None
            (placed if found else left_over).append(found or label)
        waiting = left_over
    return placed


def _place(label: Label, room: str, names: "_Taken", points: "_Taken") -> Label | None:
    """The label on the first free side of its mark; a strong one covers points rather than being left out."""
    width = ROOMS[room][0]
    reach = STRONG_REACH if label.strong else REACH
    own = _mark_box(label.x, label.y, width)
    for may_cover in (False, True) if label.strong else (False,):
        for anchor, across, down in SIDES:
            dx, dy = across * reach, SINK + down * (reach + SINK)
            found = replace(label, anchor=anchor, dx=dx, dy=dy, room=room)
            if not label_box(found, width).is_within(width, HEIGHT):
                continue
            box = _reach(found, width)
            if not names.meet(box) and (may_cover or not points.meet(box, but=own)):
                names.add(box)
                return found
    return None


@lru_cache(maxsize=1024)
def breadth(text: str) -> float:
    """How broad a text is, in pixels."""
    return TYPE * sum(BREADTHS.get(letter, USUAL_BREADTH) for letter in text)


def label_box(label: Label, width: float, height: float = HEIGHT) -> Box:
    """What a placed label covers in a plot of that size."""
    long = breadth(label.text)
    left = label.x * width / 100 + label.dx - {"start": 0, "middle": long / 2, "end": long}[label.anchor]
    bottom = label.y * height / 100 + label.dy + SINK
    return Box(left, bottom - LINE, left + long, bottom)


def _reach(label: Label, width: float) -> Box:
    """What the label covers, and the way to the middle of its mark."""
    box, x, y = label_box(label, width), label.x * width / 100, label.y * HEIGHT / 100
    return Box(min(box.left, x), min(box.top, y), max(box.right, x), max(box.bottom, y))


def _mark_box(x: float, y: float, width: float) -> Box:
    x, y = x * width / 100, y * HEIGHT / 100
    return Box(x - MARK, y - MARK, x + MARK, y + MARK)


class _Taken:
    """The boxes that are taken, in squares of a grid: to look at all of them for each label would take too long."""

    SIDE = 32

    def __init__(self, boxes: Iterable[Box]):
        self.squares: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for square in self._squares(box):
            self.squares[square].append(box)

    def meet(self, box: Box, but: Box | None = None) -> bool:
        near = (other for square in self._squares(box) for other in self.squares.get(square, ()))
        return any(box.meets(other) and other != but for other in near)

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(side // self.SIDE) for side in box)
        return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
