"""Words of names that are nearly what was typed."""

from collections.abc import Iterator
from string import ascii_lowercase

from search import index

# How many of the nearest words stand for one that no entry has.
NEAREST = 4


def near(word: str, everywhere: bool = False) -> list[str]:
    """The nearest words of names, at most one slip away, or two from six letters on; none for what has a digit.

    Few slip in the first letter: only `everywhere` are words with another one looked at, where its own has none.
    """
    if not word.isalpha() or len(word) < 3:
        return []
    allowed = 1 if len(word) < 6 else 2
    for letters in (word[0], ascii_lowercase.replace(word[0], "") if everywhere else ""):
        slips = {term: distance(word, term, allowed) for letter in letters for term in _alike(word, letter, allowed)}
        least = min(slips.values(), default=allowed + 1)
        if least <= allowed:
            nearest = [term for term, number in slips.items() if number == least]
            return sorted(nearest, key=lambda term: (abs(len(term) - len(word)), term))[:NEAREST]
    return []


def _alike(word: str, letter: str, allowed: int) -> Iterator[str]:
    """The words that begin with this letter and may be near at all: a slip takes one letter, and brings one."""
    letters = set(word)
    for term in index.spellings(letter):
        as_long = abs(len(term) - len(word)) <= allowed and term != word and term.isalpha()
        if as_long and len(letters ^ set(term)) <= 2 * allowed:
            yield term


def distance(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, mistaken or swapped with a neighbor; `most` + 1 where it is more."""
    before, last = None, list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most and min(last) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)
