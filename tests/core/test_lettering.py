from itertools import pairwise

import pytest

from core import lettering
from core.lettering import ITALIC, LONGEST, ROMAN, Type, legible, loses_letters


@pytest.fixture(autouse=True)
def own_fonts_alone(monkeypatch):
    """As on a machine that has no fonts."""
    monkeypatch.setattr(lettering, "_ELSEWHERE", ())
    remembered = (lettering._kept, lettering._rank, lettering._chain)
    for function in remembered:
        function.cache_clear()
    yield
    for function in remembered:
        function.cache_clear()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DeepSeek V3", "DeepSeek V3"),
        ("τ²-bench, π₀, Σ, Ж, ő", "τ²-bench, π₀, Σ, Ж, ő"),
        ("Rocket 🚀 model", "Rocket model"),
        ("ﬁne ＧＰＴ", "fine GPT"),
        ("two\nlines\x00 \u202eand \u200dmore", "two lines and more"),
        ("通义千问", ""),
        ("", ""),
    ],
)
def test_what_no_font_has_is_left_out(text, left):
    assert legible(text) == left


@pytest.mark.parametrize(
    ("text", "lost"), [("通义千问 2", True), ("GPT-4 🚀", False), ("ＧＰＴ", False), ("τ²-bench", False), ("", False)]
)
def test_letters_that_are_lost_are_told_from_signs(text, lost):
    assert loses_letters(text) == lost


@pytest.mark.parametrize("face", [ROMAN, ITALIC])
def test_greek_is_set_in_another_font(face):
    pieces = [(font.getname()[0], piece) for font, piece in Type(face, 40).runs("aτb")]

    assert pieces == [("Newsreader 16pt", "a"), ("Noto Serif", "τ"), ("Newsreader 16pt", "b")]


def test_lines_are_as_wide_as_they_may_be():
    type_ = Type(ROMAN, 40)
    text = "Open-weight mixture-of-experts language model of December 2024 that reached the level of leading models."

    lines = type_.lines(text, 500, 9)

    assert " ".join(lines) == text
    assert len(lines) > 3
    for line, following in pairwise(lines):
        assert type_.width(line) <= 500 < type_.width(f"{line} {following.split()[0]}")


def test_last_line_says_that_there_is_more():
    lines = Type(ROMAN, 40).lines("one two three four, five six seven eight nine ten eleven twelve", 300, 2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert not lines[1].endswith(",…")
    assert Type(ROMAN, 40).width(lines[1]) <= 300


@pytest.mark.parametrize("letters", [30, LONGEST + 1, 5000])
def test_word_wider_than_a_line_is_broken(letters):
    lines = Type(ROMAN, 40).lines("x" * letters, 300, 400)

    assert "".join(lines) == "x" * letters
    assert {Type(ROMAN, 40).width(line) <= 300 for line in lines} == {True}


def test_no_lines_hold_nothing():
    assert Type(ROMAN, 40).lines("words", 300, 0) == []
