import pytest

from search.excerpts import LENGTH, Marker
from search.query import parse


def shown(query: str, *texts: str) -> str:
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in Marker(parse(query)).excerpt(*texts))


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("attention", "Attention, attentions and inattention.", "[Attention], [attentions] and inattention."),
        ("memoire", "La Mémoire.", "La [Mémoire]."),
        ("gpt4", "GPT-4 and GPT4.", "[GPT]-[4] and [GPT4]."),
        ("experts", "An expert.", "An [expert]."),
        ('"scaling laws"', "Scaling laws.", "[Scaling] [laws]."),
        ("x", "", ""),
        ("<b>", "a <b> & c", "a <[b]> & c"),
        ("大模型", "大模型 x", "[大模型] x"),
    ],
)
def test_found_words_are_pieces_of_their_own(query, text, marked):
    assert shown(query, text) == marked


def test_pieces_together_are_the_text():
    text = "Attention — “attention”! 大 \U0001f600 attention"

    assert "".join(piece.text for piece in Marker(parse("attention")).pieces(text)) == text


def test_excerpt_is_of_the_first_text_that_has_a_word():
    assert shown("two", "One.", "And two.", "Two.") == "And [two]."
    assert shown("four", "One.", "And two.") == "One."


def test_excerpt_is_around_the_first_found_word():
    text = " ".join(f"word{number}" for number in range(200))

    excerpt = shown("word150 x", text)

    assert "[word150]" in excerpt
    assert excerpt.startswith("… word")
    assert excerpt.endswith(" …")
    assert len(excerpt) < LENGTH + 10


def test_excerpt_of_a_word_without_end_is_cut():
    assert len(shown("x", "y" * 5000)) < LENGTH + 10


def test_excerpt_is_plain():
    markdown = "## Head\n\n> *On* **softmax**: [its paper](https://x.org/a_b) and `code` [@a-source].\n\n- item"

    assert shown("softmax", markdown) == "Head On [softmax]: its paper and code . item"
