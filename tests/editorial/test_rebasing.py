"""A proposal laid upon an entry that has moved: what merges, what stands against each other, what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.rebasing import Choice, alike, by_identity, differing, entry_name, laid_upon, rebased, written

TEXTS = st.sampled_from(["", "a", "b", "c"])
NAMES = st.lists(st.sampled_from(["one", "two", "three"]), unique=True)
PARTS = st.dictionaries(st.sampled_from(["Won", "Lost", "Sold"]), st.integers(1, 3))


def record(model, /, **fields):
    return {"model": model, "fields": fields}


def model(*parts, slug="m", **fields):
    """A model with milestones by text and order."""
    milestones = [record("catalog.milestone", model=[slug], text=text, order=order) for text, order in parts]
    return [record("catalog.aimodel", slug=slug, **fields), *milestones]


@st.composite
def documents(draw):
    return model(
        *draw(PARTS).items(),
        name=draw(TEXTS),
        summary=draw(TEXTS),
        parameters_total=draw(st.sampled_from([None, 1, 2])),
        tags=draw(NAMES),
        organizations=[[name] for name in draw(NAMES)],
        updated_at=draw(st.sampled_from(["2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"])),
    )


def merged(original, proposed, current, choice=None):
    """What comes of it where every conflict is decided in the same way, and the conflicts."""
    _, conflicts = rebased(original, proposed, current, {})
    return rebased(original, proposed, current, {one.id: choice for one in conflicts} if choice else {})


def undecided(original, proposed, current):
    return [(one.model._meta.model_name, one.field) for one in rebased(original, proposed, current, {})[1]]


@given(documents(), documents())
def test_entry_that_has_not_moved_becomes_what_is_proposed(original, proposed):
    document, conflicts = rebased(original, proposed, original, {})

    assert conflicts == []
    assert alike(document, proposed)


@given(documents(), documents())
def test_proposal_that_changes_nothing_leaves_the_entry_as_it_is(original, current):
    assert rebased(original, original, current, {}) == (current, [])


@given(documents(), documents(), documents())
def test_it_does_not_matter_which_of_two_came_first(original, one, other):
    first, conflicts = rebased(original, one, other, {})
    second, same = rebased(original, other, one, {})

    assert len(conflicts) == len(same)
    assert conflicts or alike(first, second)


@given(documents(), documents(), documents(), st.sampled_from([None, *Choice]))
def test_merging_again_changes_nothing(original, proposed, current, choice):
    once, _ = merged(original, proposed, current, choice)

    assert alike(merged(original, proposed, once, choice)[0], once)


@given(documents(), documents(), documents(), st.sampled_from([None, *Choice]))
def test_what_the_proposal_did_not_touch_stays_as_it_is_now(original, proposed, current, choice):
    then, wanted, now = map(by_identity, (original, proposed, current))

    after = by_identity(merged(original, proposed, current, choice)[0])

    for identity in {*then, *wanted, *now}:
        old, new = then.get(identity), wanted.get(identity)
        if (old is None) == (new is None) and (old is None or not differing(identity[0], new, old)):
            assert after.get(identity) == now.get(identity)
        elif old and new and identity in now:
            untouched = now[identity].keys() - {*differing(identity[0], new, old)}
            assert {name: after[identity][name] for name in untouched} == {
                name: now[identity][name] for name in untouched
            }


@given(documents(), documents(), documents())
def test_choosing_the_proposal_everywhere_brings_all_of_its_values(original, proposed, current):
    after = by_identity(merged(original, proposed, current, Choice.PROPOSED)[0])

    for identity, fields in by_identity(proposed).items():
        old = by_identity(original).get(identity, {})
        for name in set(differing(identity[0], fields, old)) - {"tags", "organizations"}:
            assert after[identity][name] == fields[name]


@given(documents(), documents(), documents())
def test_lists_gain_and_lose_what_either_side_put_in_and_took_out(original, proposed, current):
    document, _ = rebased(original, proposed, current, {})

    then, wanted, now, after = (set(one[0]["fields"]["tags"]) for one in (original, proposed, current, document))
    assert after == (now - (then - wanted)) | (wanted - then)


@pytest.mark.parametrize(
    ("original", "proposed", "current", "found"),
    [
        (model(name="A"), model(name="B"), model(name="C"), [("aimodel", "name")]),
        (model(name="A"), model(name="B"), model(name="B"), []),
        (model(("Won", 1)), model(), model(("Won", 2)), [("milestone", "")]),
        (model(("Won", 1)), model(("Won", 2)), model(), [("milestone", "")]),
        (model(("Won", 1)), model(), model(), []),
        (model(), model(("Won", 1)), model(("Won", 2)), [("milestone", "order")]),
        ([], model(name="A"), model(name="B"), [("aimodel", "name")]),
        # PostgreSQL returns such a number as a whole one.
        (model(training_compute=3.29e24), model(training_compute=1.0), model(training_compute=329 * 10**22), []),
        (model(tags=["MoE"]), model(tags=["moe", "fp8"]), model(tags=["MOE"]), []),
        # A field that there was, and is no more.
        (model(gone="A"), model(gone="B"), model(), []),
    ],
)
def test_conflict_is_where_both_changed_the_same_to_different_things(original, proposed, current, found):
    assert undecided(original, proposed, current) == found


@pytest.mark.parametrize(("choice", "name"), [(Choice.NOW, "C"), (Choice.PROPOSED, "B"), (None, "C"), ("banana", "C")])
def test_choice_is_kept_and_what_is_undecided_stays_as_it_is(choice, name):
    document, (conflict,) = merged(model(name="A"), model(name="B"), model(name="C"), choice)

    assert document[0]["fields"]["name"] == name
    assert conflict.choice == (choice if choice in Choice.values else None)


@pytest.mark.parametrize(("choice", "there"), [(Choice.NOW, True), (Choice.PROPOSED, False)])
def test_record_that_one_side_removed_and_the_other_changed_stays_or_goes(choice, there):
    document, _ = merged(model(("Won", 1)), model(), model(("Won", 2)), choice)

    assert alike(document, model(("Won", 2)) if there else model())


def test_choice_holds_only_for_the_values_that_were_seen():
    _, (conflict,) = rebased(model(name="A"), model(name="B"), model(name="C"), {})

    _, (other,) = rebased(model(name="A"), model(name="B"), model(name="D"), {conflict.id: Choice.PROPOSED})

    assert other.choice is None


def test_new_address_moves_the_parts_along_with_it():
    before = model(("Won", 1), name="A")

    document, conflicts = rebased(before, model(("Won", 2), slug="n", name="A"), model(("Won", 1), name="C"), {})

    assert conflicts == []
    assert document == model(("Won", 2), slug="n", name="C")
    assert entry_name(document) == "n"


def test_what_a_proposal_without_its_original_leaves_out_is_left_alone():
    current = model(("Won", 1), ("Lost", 2), name="A", summary="Kept", tags=["fp8"])

    document, conflicts = rebased([], model(("Won", 1), tags=["moe"]), current, {})

    assert conflicts == []
    assert alike(document, model(("Won", 1), ("Lost", 2), name="A", summary="Kept", tags=["fp8", "moe"]))


def test_records_are_laid_upon_a_document_and_only_what_differs_is_written():
    before = model(("Won", 1), name="A", summary="Kept")

    after = laid_upon(before, [record("catalog.aimodel", slug="m", name="B"), *model(("Lost", 2))[1:]])

    assert alike(after, model(("Won", 1), ("Lost", 2), name="B", summary="Kept"))
    assert before[0]["fields"]["name"] == "A"
    assert written(before, after) == [
        record("catalog.aimodel", slug="m", name="B"),
        record("catalog.milestone", model=["m"], text="Won"),
        record("catalog.milestone", model=["m"], text="Lost", order=2),
    ]
