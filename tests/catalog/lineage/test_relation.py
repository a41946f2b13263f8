"""How two models are related."""

from itertools import pairwise

import pytest

from catalog.lineage.relation import relate
from catalog.models import Derivation
from core.models import Status
from tests import factories as make

pytestmark = pytest.mark.django_db


def made(child, parent, kind="fine_tuned_from"):
    return make.make_derivation(child=child, parent=parent, kind=kind)


def model(name, **fields):
    return make.make_model(name=name, **fields)


def told(relation):
    """The paths as names."""
    return [
        [path[0].child.name, *(relation.lineage.name(step.parent) for step in path)] for path in relation.paths if path
    ]


def related(first, second):
    return relate(first, second, Derivation.objects.all())


def test_ancestor_is_reached_by_the_shortest_path_from_either_side():
    a, b, c, d = map(model, "ABCD")
    made(b, a), made(c, b), made(d, c), made(d, b, "distilled_from")

    up, down = related(d, a), related(a, d)

    assert told(up) == told(down) == [["D", "B", "A"]]
    assert (up.common, up.direct, up.descendant, up.ancestor) == (a.pk, True, d, a)
    assert (down.descendant, down.ancestor) == (d, a)
    assert [step.edges[0].kind for step in up.steps] == ["distilled_from", "fine_tuned_from"]


def test_step_has_all_edges_between_its_models():
    a, b = model("A"), model("B")
    made(b, a), made(b, a, "distilled_from")

    [step] = related(b, a).steps

    assert sorted(edge.kind for edge in step.edges) == ["distilled_from", "fine_tuned_from"]


def test_nearest_common_ancestor_has_both_paths():
    far, near, a, b, between = map(model, ("Far", "Near", "A", "B", "Between"))
    made(near, far), made(a, near), made(between, near), made(b, between)

    relation = related(a, b)

    assert relation.common == near.pk
    assert told(relation) == [["A", "Near"], ["B", "Between", "Near"]]
    assert relation.direct is False


def test_common_ancestor_may_be_a_name():
    a, b = model("A"), model("B")
    for child in (a, b):
        make.make_derivation(child=child, parent_name="SigLIP")

    relation = related(a, b)

    assert (relation.common, relation.ancestor) == ("SigLIP", None)
    assert told(relation) == [["A", "SigLIP"], ["B", "SigLIP"]]


def test_descent_comes_before_an_ancestor_that_is_nearer():
    shared, a, between, b = map(model, ("Shared", "A", "Between", "B"))
    made(a, shared), made(b, shared), made(between, a), made(b, between)

    assert told(related(a, b)) == [["B", "Between", "A"]]


def test_strangers_are_not_related():
    relation = related(model("A"), model("B"))

    assert (relation.common, relation.paths, relation.besides) == (None, [], [])


def test_model_is_itself():
    a = model("A", family=make.make_family())

    relation = related(a, a)

    assert relation.same
    assert (relation.steps, relation.besides) == ([], [])


def test_circle_is_told_by_its_shorter_side():
    a, b, c = map(model, "ABC")
    for child, parent in ((b, a), (c, b), (a, c)):
        made(child, parent, "distilled_from")

    assert told(related(a, b)) == [["B", "A"]]
    assert told(related(a, c)) == [["A", "C"]]


def test_way_through_a_draft_is_none():
    a, draft, c = model("A"), model("Draft", status=Status.DRAFT), model("C")
    made(draft, a), made(c, draft)

    assert related(a, c).common is None


def test_family_version_line_and_variants_are_told_besides():
    family = make.make_family(name="Line")
    v1 = model("V1", family=family)
    v2 = model("V2", family=family, predecessor=v1)
    v3 = model("V3", family=family, predecessor=v2)
    fork = model("Fork", family=family, predecessor=v1)
    base = model("Base", family=family, variant_of=v3)
    chat = model("Chat", family=family, variant_of=v3)
    both = "Both belong to the family Line."

    assert related(v1, v3).besides == ["In the version line, V3 stands 2 versions after V1.", both]
    assert related(v2, v1).besides == ["In the version line, V2 stands 1 version after V1.", both]
    assert related(v3, fork).besides == ["In the version line, both follow V1.", both]
    assert related(base, v3).besides == ["Base is a variant of V3.", both]
    assert related(base, chat).besides == ["Both are variants of V3.", both]
    assert related(base, v1).besides == ["In the version line, Base stands 2 versions after V1.", both]


def test_draft_family_and_draft_original_are_not_told():
    family = make.make_family(name="Hidden", status=Status.DRAFT)
    draft = model("Draft", status=Status.DRAFT)
    a = model("A", family=family, variant_of=draft)
    b = model("B", family=family, variant_of=draft)

    assert related(a, b).besides == []


@pytest.mark.parametrize("length", [2, 20])
def test_relation_asks_equally_often_however_far_it_is(length, django_assert_num_queries):
    models = [model(f"M{number}") for number in range(length)]
    for parent, child in pairwise(models):
        made(child, parent)

    with django_assert_num_queries(6):
        relation = related(models[-1], models[0])

    assert len(relation.steps) == length - 1
