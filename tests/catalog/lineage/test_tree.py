"""The lineage graph as nested lists."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from catalog.lineage.graph import Lineage
from catalog.lineage.tree import DEEPEST, forest, tree
from catalog.models import AIModel, Derivation


def lineage(*edges, names=()):
    """Unsaved: edges as (child, parent), a parent that is a text being a name."""
    numbers = {key for edge in edges for key in edge if isinstance(key, int)}
    models = {number: AIModel(pk=number, name=str(number), released=datetime.date(2020, 1, 1)) for number in numbers}
    return Lineage(
        models, [(Derivation(pk=place, child_id=child), parent) for place, (child, parent) in enumerate(edges)], 0
    )


def outline(lines):
    """Each line's key under its level, and what is said of it."""
    marks = {"again": "…", "continued": "↓"}
    return [
        f"{'-' * line.level}{line.key}{''.join(mark for name, mark in marks.items() if getattr(line, name))}"
        for line in lines
    ]


def test_tree_leads_up_or_down():
    graph = lineage((2, 1), (3, 2), (3, "a name"), (4, 3))

    assert outline(tree(graph, [3], up=True, titled=False)) == ["2", "-1", "a name"]
    assert outline(tree(graph, [2], up=False)) == ["2", "-3", "--4"]


def test_model_reached_twice_is_unfolded_once():
    graph = lineage((2, 1), (3, 1), (4, 2), (4, 3), (5, 4))

    assert outline(tree(graph, [1], up=False, titled=False)) == ["2", "-4", "--5", "3", "-4…"]


def test_circle_ends():
    graph = lineage((2, 1), (1, 2))

    assert outline(tree(graph, [1], up=True, titled=False)) == ["2", "-1…"]
    assert outline(forest(graph)) == ["1", "-2", "--1…"]


def test_forest_begins_at_the_roots_and_names_what_hangs_on_nothing_else():
    graph = lineage((2, 1), (3, 2), (3, "a name"))

    assert outline(forest(graph)) == ["1", "-2", "--3", "a name", "-3"]


def test_deep_lists_go_on_below():
    length = 3 * DEEPEST
    lines = forest(lineage(*((number + 1, number) for number in range(length))))

    assert max(line.level for line in lines) == DEEPEST
    assert [line.key for line in lines if line.continued] == [DEEPEST, 2 * DEEPEST]
    assert {line.key for line in lines} == set(range(length + 1))


def test_lists_open_fold_and_close():
    lines = forest(lineage(*((number + 1, number) for number in range(4)), (9, 0)))

    assert [(line.key, line.opens, line.folds, line.beneath, line.closes) for line in lines] == [
        (0, True, False, 5, []),
        (1, True, False, 3, []),
        (2, True, True, 2, []),
        (3, True, False, 1, []),
        (4, False, False, 0, [False, True, False]),
        (9, False, False, 0, [False]),
    ]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12) | st.sampled_from("xyz")), max_size=40))
def test_every_edge_stands_once_and_every_list_is_closed(edges):
    graph = lineage(*edges)

    lines = forest(graph)

    assert sorted(edge.pk for line in lines for edge in line.edges) == list(range(len(edges)))
    assert {line.key for line in lines} == set(graph.keys)
    assert sum(line.opens for line in lines) == sum(len(line.closes) for line in lines)
