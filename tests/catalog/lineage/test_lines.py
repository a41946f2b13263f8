import pytest

from catalog.lineage.lines import label, line_with, lines_of, versions_in
from catalog.models import AIModel


def models(*edges):
    """Unsaved models named by their places: `(number, predecessor)`."""
    return {number: AIModel(pk=number, name=f"V{number}", predecessor_id=before) for number, before in edges}


def numbers(line):
    return [version.model.pk for version in line]


def forks(line):
    """Each version's number with the branches that leave the line there."""
    return {version.model.pk: list(map(numbers, version.branches)) for version in line if version.branches}


@pytest.mark.parametrize("here", [1, 2, 3])
def test_line_runs_from_the_oldest_to_the_newest_wherever_one_stands(here):
    line = models((3, 2), (1, None), (2, 1))

    assert numbers(line_with(line[here], line.values())) == [1, 2, 3]


def test_line_goes_on_where_it_is_longest_and_shows_where_it_forks():
    found = models((1, None), (2, 1), (3, 1), (4, 3), (5, 4), (6, 4), (9, 8))

    line = line_with(found[2], found.values())

    assert numbers(line) == [1, 3, 4, 5]
    assert forks(line) == {1: [[2]], 4: [[6]]}
    assert [version.model.pk for version in versions_in(line)] == [1, 2, 3, 4, 6, 5]


def test_line_ends_where_what_is_before_is_unknown():
    line = models((2, 1), (3, 2))

    assert numbers(line_with(line[3], line.values())) == [2, 3]
    assert numbers(line_with(line[3], [])) == [3]


def test_circle_ends_where_it_would_begin_again():
    circle = models((1, 3), (2, 1), (3, 2), (4, None))

    lines = lines_of(circle.values())

    assert list(map(numbers, lines)) == [[1, 2, 3], [4]]
    assert forks(lines[0]) == {}


def test_line_may_be_long():
    line = models(*((number, number - 1) for number in range(1, 3000)))

    assert numbers(line_with(line[1500], line.values())) == list(range(1, 3000))


@pytest.mark.parametrize(("line_label", "expected"), [("DeepSeek V1", "DeepSeek V1"), ("", "DeepSeek LLM 67B")])
def test_label_is_the_short_name_within_the_line(line_label, expected):
    assert label(AIModel(name="DeepSeek LLM 67B", line_label=line_label)) == expected


def test_family_has_its_longest_line_first_and_variants_beside_their_model():
    found = models((5, None), (1, None), (2, 1), (3, 2), (4, None))
    found[4].variant_of_id = 3

    lines = lines_of(found.values())

    assert list(map(numbers, lines)) == [[1, 2, 3], [5]]
    assert lines[0][2].variants == [found[4]]
    assert lines_of([]) == []


def test_variant_stands_in_the_line_of_its_model():
    found = models((1, None), (2, 1), (4, None))
    found[4].variant_of_id = 2

    assert numbers(line_with(found[4], found.values())) == [1, 2]
