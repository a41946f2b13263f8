"""Where the boxes and lines of a graph stand: in layers from left to right, whatever the graph.

Knows no models and no HTML. The steps are those of Sugiyama: break circles, layer by longest path, give long edges a
lane through every layer between, order each layer by the median of its neighbors, then move all as near to their
neighbors as there is room for. Each is a bounded number of passes over nodes and edges.
"""

from bisect import bisect_right, insort
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)
Point = tuple[float, float]

# All in px.
BOX = 176
BETWEEN_LAYERS = 72
BETWEEN_BOXES = 14
# An edge that passes a layer needs this much of it.
LANE = 12
# The ends of several edges at one side of a box stand this far apart, where the box is high enough.
BETWEEN_ENDS = 9
# Components stand side by side until a row is this wide.
ROW = 1200

# More lanes than this would cost more than they show: the longest edges then run straight, under the boxes.
LANES = 1500
ORDERING_PASSES = 8
PLACING_PASSES = 10


@dataclass(frozen=True)
class Box:
    """A node's place: its left upper corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Route:
    """A line from one box to another: where it bends, and whether it runs against the direction of the layers."""

    points: tuple[Point, ...]
    back: bool


@dataclass(frozen=True)
class Layout:
    """A drawing of `width` × `height` px. `routes` stand in the order of the edges."""

    width: float
    height: float
    boxes: dict
    routes: list[Route]


def lay_out(heights: Mapping[Node, float], edges: Sequence[tuple[Node, Node]]) -> Layout:
    """The drawing of a graph, given the height of each node's box, and its edges as (from, to).

    Edges lead to the right, but for those that close a circle. Components stand apart, the largest first. Nodes that
    the order of `heights` puts first stand above others, where nothing speaks against it.
    """
    boxes: dict[Node, Box] = {}
    routes: dict[int, Route] = {}
    x = y = width = height = 0.0
    for nodes, numbers in components(heights, edges):
        part = _Part(nodes, heights, [edges[number] for number in numbers])
        if x and x + part.width > ROW:
            x, y = 0.0, height + 3 * BETWEEN_BOXES
        for node, box in part.boxes.items():
            boxes[node] = Box(box.x + x, box.y + y, box.width, box.height)
        for number, route in zip(numbers, part.routes, strict=True):
            routes[number] = Route(tuple((px + x, py + y) for px, py in route.points), route.back)
        width, height = max(width, x + part.width), max(height, y + part.height)
        x += part.width + BETWEEN_LAYERS
    return Layout(width, height, boxes, [routes[number] for number in range(len(edges))])


def components(nodes: Mapping[Node, object], edges: Sequence[tuple[Node, Node]]) -> list[tuple[list[Node], list[int]]]:
    """What hangs together: the nodes of each component and the numbers of its edges, the largest first."""
    found: dict[Node, int] = {}
    near: dict[Node, list[Node]] = {node: [] for node in nodes}
    for start, end in edges:
        near[start].append(end)
        near[end].append(start)
    parts: list[tuple[list[Node], list[int]]] = []
    for node in nodes:
        if node in found:
            continue
        found[node] = len(parts)
        todo = [node]
        while todo:
            new = [other for other in near[todo.pop()] if other not in found]
            found.update(dict.fromkeys(new, len(parts)))
            todo += new
        parts.append(([], []))
    for node in nodes:
        parts[found[node]][0].append(node)
    for number, (start, _) in enumerate(edges):
        parts[found[start]][1].append(number)
    return sorted(parts, key=lambda part: -len(part[0]))


@dataclass
class _Vertex:
    """A box, or the place where an edge passes a layer (`lane`). Neighbors are vertices of the next layers."""

    layer: int
    height: float
    lane: bool = False
    left: list["_Vertex"] = field(default_factory=list)
    right: list["_Vertex"] = field(default_factory=list)
    place: int = 0
    middle: float = 0.0


class _Part:
    """One component, laid out at the origin."""

    def __init__(self, nodes: list[Node], heights: Mapping[Node, float], edges: list[tuple[Node, Node]]):
        back = _closing(nodes, edges)
        forward = [(b, a) if number in back else (a, b) for number, (a, b) in enumerate(edges)]
        layer = _layers(nodes, [(a, b) for a, b in forward if a != b])
        self.vertices = {node: _Vertex(layer[node], heights[node]) for node in nodes}
        lanes = self._lanes(forward)
        rows: list[list[_Vertex]] = [[] for _ in range(max(layer.values()) + 1)]
        for vertex in (*self.vertices.values(), *(lane for way in lanes.values() for lane in way)):
            rows[vertex.layer].append(vertex)
        _order(rows)
        _place(rows)
        self.width = len(rows) * (BOX + BETWEEN_LAYERS) - BETWEEN_LAYERS
        self.height = max(row[-1].middle + row[-1].height / 2 for row in rows)
        self.boxes = {
            node: Box(_x(vertex), vertex.middle - vertex.height / 2, BOX, vertex.height)
            for node, vertex in self.vertices.items()
        }
        self.routes = self._routes(forward, lanes, back)

    def _lanes(self, edges: list[tuple[Node, Node]]) -> dict[int, list[_Vertex]]:
        """The lane of each edge through the layers that it passes; the shortest first, as long as there are lanes."""
        lanes: dict[int, list[_Vertex]] = {}
        ends = [(self.vertices[start], self.vertices[end]) for start, end in edges]
        left = LANES
        for number in sorted(range(len(edges)), key=lambda number: ends[number][1].layer - ends[number][0].layer):
            start, end = ends[number]
            passed = range(start.layer + 1, end.layer)
            if len(passed) > left or start is end:
                continue
            left -= len(passed)
            lanes[number] = [_Vertex(layer, LANE, lane=True) for layer in passed]
            way = [start, *lanes[number], end]
            for here, there in pairwise(way):
                here.right.append(there)
                there.left.append(here)
        return lanes

    def _routes(self, edges: list[tuple[Node, Node]], lanes: dict[int, list[_Vertex]], back: set[int]) -> list[Route]:
        """A route for each edge. Where several leave or reach a box, their ends are spread in the others' order."""
        ways = [
            [self.vertices[start], *lanes.get(number, ()), self.vertices[end]]
            for number, (start, end) in enumerate(edges)
        ]
        leaves = _spread([(way[0], way[1], number) for number, way in enumerate(ways)])
        reaches = _spread([(way[-1], way[-2], number) for number, way in enumerate(ways)])
        routes = []
        for number, way in enumerate(ways):
            points = [(_x(way[0]) + BOX, way[0].middle + leaves[number])]
            for lane in way[1:-1]:
                points += [(_x(lane), lane.middle), (_x(lane) + BOX, lane.middle)]
            points.append((_x(way[-1]), way[-1].middle + reaches[number]))
            routes.append(Route(tuple(reversed(points) if number in back else points), number in back))
        return routes


def _x(vertex: _Vertex) -> float:
    return vertex.layer * (BOX + BETWEEN_LAYERS)


def _closing(nodes: list[Node], edges: list[tuple[Node, Node]]) -> set[int]:
    """The numbers of edges that close a circle, met in depth-first order: without them there is none."""
    onward: dict[Node, list[int]] = {node: [] for node in nodes}
    entered = set()
    for number, (start, end) in enumerate(edges):
        onward[start].append(number)
        entered.add(end)
    closing: set[int] = set()
    open_, done = set(), set()
    # From where nothing leads to, first: so a circle is cut where one would begin to read it.
    for root in sorted(nodes, key=lambda node: node in entered):
        stack = [(root, iter(onward[root]))] if root not in done else []
        open_.add(root)
        while stack:
            node, ways = stack[-1]
            for number in ways:
                end = edges[number][1]
                if end in open_:
                    closing.add(number)
                elif end not in done:
                    open_.add(end)
                    stack.append((end, iter(onward[end])))
                    break
            else:
                stack.pop()
                open_.discard(node)
                done.add(node)
        open_.clear()
    return closing


def _layers(nodes: list[Node], edges: list[tuple[Node, Node]]) -> dict[Node, int]:
    """Each node's layer: one past the last that leads to it; then as near to what it leads to as that allows."""
    before: dict[Node, list[Node]] = {node: [] for node in nodes}
    after: dict[Node, list[Node]] = {node: [] for node in nodes}
    for start, end in edges:
        after[start].append(end)
        before[end].append(start)
    waiting = {node: len(before[node]) for node in nodes}
    order = [node for node in nodes if not waiting[node]]
    layer = dict.fromkeys(order, 0)
    for node in order:
        for other in after[node]:
            layer[other] = max(layer.get(other, 0), layer[node] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    for node in reversed(order):
        if after[node] and len(before[node]) <= len(after[node]):
            layer[node] = min(layer[other] for other in after[node]) - 1
    first = min(layer.values())
    return {node: layer[node] - first for node in nodes}


def _order(rows: list[list[_Vertex]]) -> None:
    """Sorts each layer so that few edges cross; of all passes, the best."""
    best, fewest = None, None
    for number in range(ORDERING_PASSES + 1):
        for row in rows:
            for place, vertex in enumerate(row):
                vertex.place = place
        crossings = sum(map(_crossings, rows))
        if fewest is None or crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
        if not fewest or number == ORDERING_PASSES:
            break
        for row in reversed(rows) if number % 2 else rows:
            row.sort(key=_median_of_right if number % 2 else _median_of_left)
            for place, vertex in enumerate(row):
                vertex.place = place
    rows[:] = best


def _crossings(row: list[_Vertex]) -> int:
    """How often edges from this layer to the next cross."""
    ends: list[int] = []
    count = 0
    for vertex in row:
        places = sorted(other.place for other in vertex.right)
        count += sum(len(ends) - bisect_right(ends, place) for place in places)
        for place in places:
            insort(ends, place)
    return count


def _median_of_left(vertex: _Vertex) -> float:
    return _median([other.place for other in vertex.left], vertex.place)


def _median_of_right(vertex: _Vertex) -> float:
    return _median([other.place for other in vertex.right], vertex.place)


def _median(values: list[float], otherwise: float) -> float:
    if not values:
        return otherwise
    values.sort()
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _place(rows: list[list[_Vertex]]) -> None:
    """Gives every vertex its height on the page: near its neighbors, in its layer's order, and none over another."""
    for row in rows:
        below = 0.0
        for vertex in row:
            vertex.middle = below + vertex.height / 2
            below += vertex.height + BETWEEN_BOXES
    for number in range(PLACING_PASSES):
        for row in reversed(rows) if number % 2 else rows:
            wanted = []
            for vertex in row:
                sides = (
                    vertex.left + vertex.right
                    if number >= PLACING_PASSES - 2
                    else (vertex.right if number % 2 else vertex.left)
                )
                wanted.append(_median([other.middle for other in sides], vertex.middle))
            settle(row, wanted)
    top = min(row[0].middle - row[0].height / 2 for row in rows)
    for row in rows:
        for vertex in row:
            vertex.middle -= top


def settle(row: list[_Vertex], wanted: list[float]) -> None:
    """Moves the vertices of a layer as near to where they are wanted as their order and sizes allow.

    The least squares under these bounds, by pooling neighbors that are in each other's way.
    """
    # Seen from the tightest packing, the places need only not to decrease.
    packed, tightest = 0.0, []
    for before, vertex in zip([None, *row], row, strict=False):
        if before:
            packed += (before.height + vertex.height) / 2 + (LANE / 2 if before.lane and vertex.lane else BETWEEN_BOXES)
        tightest.append(packed)
    pools: list[tuple[float, float, int]] = []
    for vertex, want, least in zip(row, wanted, tightest, strict=True):
        # A lane is to be straight, above all.
        mean, weight, size = want - least, 3.0 if vertex.lane else 1.0, 1
        while pools and pools[-1][0] > mean:
            other, other_weight, other_size = pools.pop()
            mean = (mean * weight + other * other_weight) / (weight + other_weight)
            weight, size = weight + other_weight, size + other_size
        pools.append((mean, weight, size))
    places = (mean for mean, _, size in pools for _ in range(size))
    for vertex, least, place in zip(row, tightest, places, strict=True):
        vertex.middle = least + place


def _spread(ends: list[tuple[_Vertex, _Vertex, int]]) -> dict[int, float]:
    """How far above or below the middle of its box each edge ends, given (box, the vertex it comes from, number)."""
    at: dict[int, list[tuple[float, int]]] = {}
    boxes = {id(vertex): vertex for vertex, _, _ in ends}
    for vertex, other, number in ends:
        at.setdefault(id(vertex), []).append((other.middle, number))
    offsets = {}
    for key, others in at.items():
        step = min(BETWEEN_ENDS, (boxes[key].height - 8) / len(others))
        for place, (_, number) in enumerate(sorted(others)):
            offsets[number] = (place - (len(others) - 1) / 2) * step
    return offsets
