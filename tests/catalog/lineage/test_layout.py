"""Where boxes and lines stand, of any graph."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.lineage.layout import BOX, LANES, components, lay_out

HEIGHT = 47.0


@st.composite
def digraphs(draw):
    """Heights of up to 30 nodes and up to 60 edges among them: circles, loops and repetitions too."""
    count = draw(st.integers(1, 30))
    node = st.integers(0, count - 1)
    heights = {number: float(draw(st.sampled_from([32, 47, 64]))) for number in range(count)}
    return heights, draw(st.lists(st.tuples(node, node), max_size=60))


@given(digraphs())
@settings(deadline=None, max_examples=60)
def test_every_node_has_one_place_within_the_drawing(graph):
    heights, edges = graph

    layout = lay_out(heights, edges)

    assert set(layout.boxes) == set(heights)
    assert {node: box.height for node, box in layout.boxes.items()} == heights
    for box in layout.boxes.values():
        assert -0.01 <= box.x <= box.x + box.width <= layout.width + 0.01
        assert -0.01 <= box.y <= box.y + box.height <= layout.height + 0.01


@given(digraphs())
@settings(deadline=None, max_examples=60)
def test_no_boxes_overlap(graph):
    layout = lay_out(*graph)

    boxes = list(layout.boxes.values())
    over = [
        (one, other)
        for place, one in enumerate(boxes)
        for other in boxes[:place]
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height - 0.01
        and other.y < one.y + one.height - 0.01
    ]
    assert over == []


@given(digraphs())
@settings(deadline=None, max_examples=60)
def test_edges_lead_to_the_right_but_for_those_that_close_circles(graph):
    heights, edges = graph

    layout = lay_out(heights, edges)

    assert len(layout.routes) == len(edges)
    for (start, end), route in zip(edges, layout.routes, strict=True):
        first, last = layout.boxes[start], layout.boxes[end]
        if route.back:
            assert first.x >= last.x
        else:
            assert first.x + BOX <= last.x
            assert route.points[0][0] == first.x + BOX
            assert route.points[-1][0] == last.x
    # Without the edges that run back, nothing comes round: whatever is left can be taken off from the roots on.
    forward = [edge for edge, route in zip(edges, layout.routes, strict=True) if not route.back]
    left = set(heights)
    while roots := left - {end for start, end in forward if start in left}:
        left -= roots
    assert left == set()


def test_edge_that_closes_a_circle_runs_back():
    layout = lay_out(dict.fromkeys("abc", HEIGHT), [("a", "b"), ("b", "c"), ("c", "b")])

    assert [route.back for route in layout.routes] == [False, False, True]
    assert [layout.boxes[node].x for node in "abc"] == [0, BOX + 72, 2 * (BOX + 72)]


def test_graph_without_circles_has_no_edge_that_runs_back():
    edges = [(start, end) for start in range(8) for end in range(start + 1, 8)]

    layout = lay_out(dict.fromkeys(range(8), HEIGHT), edges)

    assert not any(route.back for route in layout.routes)


def test_node_stands_next_to_what_it_leads_to():
    """Not in the first layer, only because nothing leads to it."""
    layout = lay_out(dict.fromkeys("abcx", HEIGHT), [("a", "b"), ("b", "c"), ("x", "c")])

    assert layout.boxes["x"].x == layout.boxes["b"].x


def test_chain_is_one_straight_line():
    layout = lay_out(dict.fromkeys(range(5), HEIGHT), [(number, number + 1) for number in range(4)])

    assert {box.y for box in layout.boxes.values()} == {0}
    assert layout.height == HEIGHT


def test_tree_is_drawn_without_crossings():
    edges = [((child - 1) // 3, child) for child in range(1, 40)]

    layout = lay_out(dict.fromkeys([0, *reversed(range(1, 40))], HEIGHT), edges)

    by_child = sorted(
        ((layout.boxes[child].x, layout.boxes[child].y), layout.boxes[parent].y) for parent, child in edges
    )
    for layer in {x for (x, _), _ in by_child}:
        parents = [parent for (x, _), parent in by_child if x == layer]
        assert parents == sorted(parents)


def test_components_stand_apart_the_largest_first():
    edges = [("a", "b"), ("c", "d"), ("d", "e")]

    assert components(dict.fromkeys("abcde"), edges) == [(["c", "d", "e"], [1, 2]), (["a", "b"], [0])]
    assert lay_out({}, []).boxes == {}


def work(count: int, edges) -> int:
    """How many functions are called to lay out `count` nodes."""
    calls = 0

    def count_call(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        lay_out(dict.fromkeys(range(count), HEIGHT), edges)
    finally:
        sys.setprofile(None)
    return calls


def ladder(count: int) -> list[tuple[int, int]]:
    """A chain whose first node leads to all others as well: the longest edges there can be."""
    return [(0, node) for node in range(2, count)] + [(node, node + 1) for node in range(count - 1)]


def test_work_grows_with_the_graph_and_no_faster():
    tree = {count: work(count, [((child - 1) // 3, child) for child in range(1, count)]) for count in (125, 500)}
    long = {count: work(count, ladder(count)) for count in (125, 500)}

    assert 125 * 20 < tree[500] < 5 * tree[125]
    # The lanes of its edges would be 125,000; only so many are laid.
    assert long[500] < 5 * long[125]
    assert long[500] < 200 * (500 + LANES)
