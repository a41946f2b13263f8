import pytest

from search.spelling import distance, near
from tests import factories as make


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("llama", "llama", 0),
        ("lama", "llama", 1),
        ("llamaa", "llama", 1),
        ("lamma", "llama", 2),
        ("calude", "claude", 1),
        ("gtp", "gpt", 1),
        ("gemni", "gemini", 1),
        ("mistral", "minstral", 1),
        ("abcdef", "uvwxyz", 3),
        ("", "ab", 2),
    ],
)
def test_distance_counts_slips_up_to_a_limit(one, other, slips):
    assert distance(one, other, 2) == slips
    assert distance(other, one, 2) == slips


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("lama", ["llama"]),
        ("llamma", ["llama"]),
        ("deepsek", ["deepseek"]),
        ("depsek", ["deepseek"]),
        ("memoire", []),  # it is there, accents aside
        ("gp", []),
        ("gpt5", []),
        ("zzzzzz", []),
        ("jlama", []),
    ],
)
@pytest.mark.django_db
def test_near_finds_the_nearest_words_of_names(word, nearest):
    make.make_model(name="Llama 3")
    make.make_model(name="V3", aliases="DeepSeek-V3")
    make.make_term(name="Mémoire", article="Lamas live elsewhere.")

    assert near(word) == nearest


@pytest.mark.django_db
def test_near_looks_everywhere_only_when_told():
    make.make_family(name="Gemini")

    assert (near("jemini"), near("jemini", everywhere=True)) == ([], ["gemini"])
