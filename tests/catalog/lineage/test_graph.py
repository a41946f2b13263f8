"""The lineage graph as it is read: how far, by which edges, and what of it readers may see."""

import datetime
from itertools import pairwise

import pytest

from catalog.lineage import graph
from catalog.models import Derivation
from core.models import Status
from tests import factories as make

pytestmark = pytest.mark.django_db


def chain(*names, kind="fine_tuned_from"):
    """Models, each made from the one before."""
    models = [make.make_model(name=name) for name in names]
    for parent, child in pairwise(models):
        make.make_derivation(child=child, parent=parent, kind=kind)
    return models


def around(model, edges=None, **options):
    return graph.around(model, Derivation.objects.all() if edges is None else edges, **options)


def whole(edges=None, **options):
    return graph.whole(Derivation.objects.all() if edges is None else edges, **options)


def names(lineage):
    return sorted(lineage.name(key) for key in lineage.keys)


def written(lineage):
    return sorted(f"{lineage.name(edge.child_id)} < {lineage.name(parent)}" for edge, parent in lineage.edges)


def test_lineage_is_what_is_above_and_below_and_nothing_beside():
    a, b, c, d = chain("A", "B", "C", "D")
    beside = make.make_model(name="Beside")
    make.make_derivation(child=beside, parent=a)

    lineage = around(c)

    assert written(lineage) == ["B < A", "C < B", "D < C"]
    assert lineage.above == {c.pk: 0, b.pk: 1, a.pk: 2}
    assert lineage.below == {c.pk: 0, d.pk: 1}
    assert (lineage.found, lineage.more, lineage.focus) == (3, False, c)


def test_one_direction_leaves_the_other_out():
    _, b, *_ = chain("A", "B", "C")

    assert written(around(b, down=False)) == ["B < A"]
    assert written(around(b, up=False)) == ["C < B"]


@pytest.mark.parametrize(
    ("depth", "expected"), [(1, ["B < A"]), (2, ["B < A", "C < B"]), (None, ["B < A", "C < B", "D < C"])]
)
def test_depth_counts_steps_and_what_is_found_is_still_counted(depth, expected):
    a, *_ = chain("A", "B", "C", "D")

    lineage = around(a, depth=depth)

    assert written(lineage) == expected
    assert lineage.found == 3


def test_only_edges_of_the_kinds_asked_for_lead_on():
    a, _, c = chain("A", "B", "C")
    distilled = make.make_model(name="Small")
    make.make_derivation(child=distilled, parent=c, kind="distilled_from")
    make.make_derivation(child=distilled, parent=a, kind="distilled_from")

    lineage = around(a, Derivation.objects.filter(kind="distilled_from"))

    assert written(lineage) == ["Small < A"]


def test_edges_of_several_kinds_between_two_models_all_stand():
    parent, child = make.make_model(name="P"), make.make_model(name="C")
    for kind in ("initialized_from", "distilled_from"):
        make.make_derivation(child=child, parent=parent, kind=kind)

    assert sorted(edge.kind for edge, _ in around(child).edges) == ["distilled_from", "initialized_from"]


def test_parent_without_entry_is_a_name_and_the_same_name_is_one():
    model = make.make_model(name="M")
    other = make.make_model(name="O")
    make.make_derivation(child=model, parent=other)
    for child in (model, other):
        make.make_derivation(child=child, parent_name="SigLIP", kind="uses_component")

    lineage = around(model)

    assert lineage.keys == [*lineage.models, "SigLIP"]
    assert written(lineage) == ["M < O", "M < SigLIP", "O < SigLIP"]


def test_walk_stops_at_a_draft_which_is_known_by_name_alone():
    a, b, c = chain("A", "B", "C")
    type(b).objects.filter(pk=b.pk).update(status=Status.DRAFT, name="Secret")

    lineage = around(c)

    assert written(lineage) == ["C < B"]
    assert lineage.keys == [c.pk, "B"]
    assert around(a).edges == []


def test_edge_by_an_unpublished_source_does_not_show():
    child, parent = make.make_model(), make.make_model()
    make.make_derivation(child=child, parent=parent, source=make.make_source(status=Status.DRAFT))

    assert around(child).edges == around(parent).edges == whole().edges == []


def test_circle_is_walked_once():
    a, b, c = chain("A", "B", "C", kind="distilled_from")
    make.make_derivation(child=a, parent=c, kind="distilled_from")

    lineage = around(b, depth=None)

    assert written(lineage) == ["A < C", "B < A", "C < B"]
    assert lineage.found == 2


def test_shortest_way_decides_how_far_a_model_is():
    a, _, c = chain("A", "B", "C")
    make.make_derivation(child=c, parent=a, kind="distilled_from")

    lineage = around(c, depth=1)

    assert lineage.above[a.pk] == 1
    # Both are drawn, and so is the edge between them.
    assert written(lineage) == ["B < A", "C < A", "C < B"]


def test_drawing_holds_the_nearest_and_says_how_many_there_are(monkeypatch):
    root = make.make_model(name="Root")
    for number in range(4):
        near = make.make_model(name=f"Near {number}")
        make.make_derivation(child=near, parent=root)
        make.make_derivation(child=make.make_model(name=f"Far {number}"), parent=near)

    lineage = around(root, limit=5)

    assert names(lineage) == [*(f"Near {number}" for number in range(4)), "Root"]
    assert (lineage.found, lineage.more) == (8, False)
    # Reading, too, is bounded, and what was read is what is nearest.
    monkeypatch.setattr(graph, "READ", 5)
    bounded = around(root)
    assert names(bounded) == names(lineage)
    assert bounded.more is True


def test_lineage_as_of_a_day_has_what_was_released_by_then():
    a, b, c = chain("A", "B", "C")
    for model, year in ((a, 2020), (b, 2021), (c, 2022)):
        type(model).objects.filter(pk=model.pk).update(released=datetime.date(year, 1, 1), released_precision="day")
    day = datetime.date(2021, 6, 1)

    assert written(around(a, as_of=day)) == ["B < A"]
    assert written(whole(as_of=day)) == ["B < A"]


def test_whole_graph_has_the_largest_parts_and_names_the_others():
    chain("A", "B", "C", "D")
    [x, _, _] = chain("X", "Y", "Z")
    [p, _] = chain("P", "Q")
    make.make_model(name="Alone")

    assert written(whole()) == ["B < A", "C < B", "D < C", "Q < P", "Y < X", "Z < Y"]
    lineage = whole(limit=5)
    assert written(lineage) == ["B < A", "C < B", "D < C"]
    assert [size for _, size in lineage.others] == [3, 2]
    assert {model.name for model, _ in lineage.others} <= {"X", "Y", "P"}
    assert (lineage.found, x.pk in lineage.models, p.pk in lineage.models) == (9, False, False)


def test_part_too_large_to_draw_is_drawn_around_what_most_is_built_on():
    hub, *_ = chain("Hub", "B", "C", "D")
    for name in ("E", "F"):
        make.make_derivation(child=make.make_model(name=name), parent=hub)

    assert names(whole(limit=4)) == ["B", "E", "F", "Hub"]


def test_whole_graph_shows_names_by_the_models_drawn_and_no_draft():
    a, b = chain("A", "B")
    make.make_derivation(child=b, parent_name="Only a name")
    make.make_derivation(child=make.make_model(name="Apart"), parent_name="Another name")
    make.make_derivation(child=make.make_model(name="Draft", status=Status.DRAFT), parent=a)

    assert names(whole()) == ["A", "B", "Only a name"]


@pytest.mark.parametrize("length", [2, 40])
def test_reading_asks_equally_often_however_far_it_goes(length, django_assert_num_queries):
    models = chain(*(f"M{number}" for number in range(length)))

    with django_assert_num_queries(6):
        lineage = around(models[length // 2], depth=None)
    with django_assert_num_queries(6):
        everything = whole()

    assert len(lineage.edges) == len(everything.edges) == length - 1


def test_beside_takes_what_is_fetched_and_asks_nothing(django_assert_num_queries):
    a, b, c = chain("A", "B", "C")
    make.make_derivation(child=b, parent_name="N")
    edges = list(Derivation.objects.touching(b))

    with django_assert_num_queries(0):
        lineage = graph.beside(b, edges)

    assert written(lineage) == ["B < A", "B < N", "C < B"]
    assert set(lineage.models) == {a.pk, b.pk, c.pk}
