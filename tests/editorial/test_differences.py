import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents import document
from editorial.differences import Words, compare
from editorial.past import Difference
from editorial.rebasing import Choice, rebased
from editorial.templatetags.differences import LONGEST, marked
from tests import factories as make

pytestmark = pytest.mark.django_db


def record(model, /, **fields):
    return {"model": model, "fields": fields}


def model(**fields):
    return record("catalog.aimodel", slug="m", **fields)


def milestone(**fields):
    return record("catalog.milestone", model=["m"], **fields)


def values(before, after):
    (found,) = compare([model(**before)], [model(**after)])
    return found.values


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        ({"name": "A"}, {"name": "B"}, ("name", "A", "B")),
        ({"parameters_total": None}, {"parameters_total": 671 * 10**9}, ("parameters", "", "671B")),
        ({"context_window": 128_000}, {"context_window": 131_072}, ("context window", "128K", "131,072")),
        ({"parameters_total": 7_241_732_096}, {"parameters_total": 7 * 10**9}, ("parameters", "7,241,732,096", "7B")),
        ({"training_compute": 3.29e24}, {"training_compute": None}, ("training compute", "3.29 × 10²⁴", "")),
        (
            {"training_compute": 1.00001e9},
            {"training_compute": 1e9},
            ("training compute", "1000010000.0", "1000000000.0"),
        ),
        ({"training_cost_year": 2023}, {"training_cost_year": 2024}, ("training cost year", "2023", "2024")),
        ({"openness": "open_weight"}, {"openness": "api_only"}, ("openness", "Open Weight", "API Only")),
        ({"tags": ["moe"]}, {"tags": ["fp8", "moe"]}, ("Tags", "moe", "fp8, moe")),
        ({"tags": ["moe"]}, {"tags": []}, ("Tags", "moe", "")),
        (
            {"released": "2024-12-01", "released_precision": "month"},
            {"released": "2024-12-26", "released_precision": "day"},
            ("released", "December 2024", "26 December 2024"),
        ),
        (
            {"released": "2024-12-01", "released_precision": "month"},
            {"released": "2024-12-01", "released_precision": "year"},
            ("released", "December 2024", "2024"),
        ),
        (
            {"publish_at": None},
            {"publish_at": "2026-11-27T04:30:00+01:00"},
            ("publish at", "", "27 November 2026, 03:30 UTC"),
        ),
    ],
)
def test_value_is_written_as_the_site_writes_it(before, after, row):
    assert values(before, after) == [row]


def test_what_is_referred_to_is_called_by_its_name():
    make.make_organization(slug="a", name="Lab A"), make.make_organization(slug="b", name="Lab B")
    make.make_model(slug="v2", name="Version 2")

    found = values(
        {"organizations": [["b"], ["a"]], "predecessor": None},
        {"organizations": [["a"]], "predecessor": ["v2"]},
    )

    assert found == [("organizations", "Lab A, Lab B", "Lab A"), ("predecessor", "", "Version 2")]


def test_parts_are_added_changed_and_removed():
    before = [model(), milestone(text="Changed", order=1, source=None), milestone(text="Gone", order=2)]
    after = [model(), milestone(text="Changed", order=3, source=["s"]), milestone(text="New", order=2)]

    assert compare(before, after) == [
        Difference("milestone: Changed", "changed", [("order", "1", "3"), ("source", "", "s")]),
        Difference("milestone: New", "added", [("text", "", "New"), ("order", "", "2")]),
        Difference("milestone: Gone", "removed", [("text", "Gone", ""), ("order", "2", "")]),
    ]


def test_order_of_lists_and_when_it_was_written_is_no_difference():
    before = {"tags": ["a", "b"], "organizations": [["a"], ["b"]], "updated_at": "2026-11-23T00:00:00Z"}
    after = {"tags": ["B", "a"], "organizations": [["b"], ["a"]], "updated_at": "2026-11-24T00:00:00Z"}

    assert compare([model(**before)], [model(**after)]) == []


def test_entry_does_not_differ_from_itself():
    entry = make.make_model(tags=["moe"], organizations=[make.make_organization()])
    make.make_milestone(model=entry), make.make_score(model=entry), make.make_citation(model=entry)

    assert compare(document(entry), document(entry)) == []
    assert len(document(entry)) == 4


def test_conflict_is_told_with_both_values():
    _, conflicts = rebased(
        [model(parameters_total=10**9), milestone(text="Won", order=1)],
        [model(parameters_total=2 * 10**9)],
        [model(parameters_total=3 * 10**9), milestone(text="Won", order=2)],
        {},
    )

    assert [Words().conflict(one) for one in conflicts] == [
        ("parameters", "1B", "3B", "2B"),
        ("milestone: Won, all of it", "text: Won; order: 1", "text: Won; order: 2", "removed"),
    ]
    assert {one.choice for one in conflicts} == {None}
    assert Choice.values == ["now", "proposed"]


def test_names_are_asked_for_once_a_kind(django_assert_num_queries):
    before = [model(organizations=[], predecessor=None)]
    after = [[model(organizations=[[f"lab-{n}"], ["x"]], predecessor=[f"v{n}"])] for n in range(3)]

    with django_assert_num_queries(2):
        words = Words(*after)
    with django_assert_num_queries(0):
        assert all(compare(before, one, words) for one in after)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("a b c d", "a b c", ([(False, "a b c"), (True, " d")], [(False, "a b c")])),
        ("It is.", "It is\nso.", ([(False, "It "), (True, "is.")], [(False, "It "), (True, "is\nso.")])),
        ("One thing.", "Quite another.", ([(True, "One thing.")], [(True, "Quite another.")])),
        ("", "New", ([], [(True, "New")])),
        ("a " * LONGEST, "a", ([(True, "a " * LONGEST)], [(True, "a")])),
    ],
)
def test_words_that_differ_are_marked_where_texts_are_alike(old, new, pieces):
    assert marked(old, new) == pieces


@given(st.text(" \nab", max_size=30), st.text(" \nab", max_size=30))
def test_marked_pieces_are_the_texts(old, new):
    assert tuple("".join(text for _, text in side) for side in marked(old, new)) == (old, new)
