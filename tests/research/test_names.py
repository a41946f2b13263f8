"""Names of authors, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.references import Name
from research.names import read_name


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("Ashish Vaswani", ("Ashish", "", "Vaswani", "")),
        ("Samuel R. Bowman", ("Samuel R.", "", "Bowman", "")),
        ("Aäron van den Oord", ("Aäron", "van den", "Oord", "")),
        ("van den Oord", ("", "van den", "Oord", "")),
        ("Diego de Las Casas", ("Diego", "de", "Las Casas", "")),
        ("Diego de las Casas", ("Diego", "de las", "Casas", "")),
        ("Henrique P. d. O. Pinto", ("Henrique P. d. O.", "", "Pinto", "")),
        ("Cyprien de Masson d'Autume", ("Cyprien", "de", "Masson d'Autume", "")),
        ("Juan de la Cruz e Silva", ("Juan", "de la", "Cruz e Silva", "")),
        ("Gerard 't Hooft", ("Gerard", "'t", "Hooft", "")),
        ("A. Joseph Hoane Jr.", ("A. Joseph", "", "Hoane", "Jr.")),
        ("Martin Luther King, Jr.", ("Martin Luther", "", "King", "Jr.")),
        ("John von Neumann III", ("John", "von", "Neumann", "III")),
        ("van den Oord, Aäron", ("Aäron", "van den", "Oord", "")),
        ("danah boyd", ("danah", "", "boyd", "")),
        ("Guangwei Ai", ("Guangwei", "", "Ai", "")),
        ("  Thuy   Vi ", ("Thuy", "", "Vi", "")),
        ("Nguyen The Anh", ("Nguyen The", "", "Anh", "")),
        ("Jean-François Lespiau", ("Jean-François", "", "Lespiau", "")),
    ],
)
def test_name_of_a_person_is_taken_apart(printed, parts):
    name = read_name(printed)

    assert (name.given, name.particle, name.family, name.suffix) == parts


@pytest.mark.parametrize(
    "printed",
    [
        "DeepSeek-AI",
        "MiniMax",
        "Plato",
        "李飞飞",
        "Qwen Team",
        "Team GLM",
        "GLM-4.5 Team",
        "Meta AI",
        "The BigScience Workshop",
        "Center for AI Safety",
        "Johnson and Johnson",
        "Meta, Google, and others",
        "Vaswani et al.",
        "Doe,Jane X.",
    ],
)
def test_name_of_anybody_else_stays_as_it_is(printed):
    assert read_name(printed) == Name(literal=printed)


@given(st.text(min_size=1))
def test_name_says_all_that_was_read(text):
    words = text.split()
    said = str(read_name(text)).split()

    assert sorted("".join(said).replace(",", "")) == sorted("".join(words).replace(",", ""))


CAPITALIZED = st.from_regex(r"[A-Z][a-zé]{2,8}", fullmatch=True).filter(
    lambda word: not read_name(f"{word} {word}").literal
)


@given(
    given=st.lists(CAPITALIZED, min_size=1, max_size=3),
    particle=st.sampled_from(["", "de", "van der", "von"]),
    family=CAPITALIZED,
    suffix=st.sampled_from(["", "Jr.", "III"]),
)
def test_name_that_is_printed_is_read_again(given, particle, family, suffix):
    name = Name(family, " ".join(given), particle, suffix)

    assert read_name(str(name)) == name
    assert suffix or read_name(name.inverted) == name
