"""What was typed into a search box, understood: words, phrases, what to leave out, and operators."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.kinds import JOINERS

# A last word of so many letters stands for all that begin with it; fewer would stand for half of all words.
PREFIX_LENGTH = 4
# What is left of a word without its ending is still a word of so many letters.
STEM_LENGTH = 5
ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "e", "s")

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:(?P<name>[A-Za-z_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
# Addresses of papers are their ids with something before them.
_PAPER = re.compile(r"(?:https?://)?(?:www\.)?(?:arxiv\.org/(?:abs|pdf)/|doi\.org/)|\b(?:arxiv|doi):\s*", re.IGNORECASE)
# What questions begin with says nothing of what they are about.
_QUESTION = re.compile(
    r"^\s*(?:what|who|how|why)(?:’s|'s| is| are| was| do| does)?(?: an?| the)?\s+(?=\w)", re.IGNORECASE
)
# Where letters and digits meet: gpt|4o, and all: gpt|4|o.
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
_ANY_MEETING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def fold(text: str) -> str:
    """Lower, and without accents, as both databases fold what they index."""
    if text.isascii():
        return text.lower()
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def squeeze(name: str) -> str:
    """“gpt41” from GPT-4.1, “commandr+” from Command R+."""
    return fold(name).translate(_SQUEEZED)


_SQUEEZED = str.maketrans("", "", JOINERS)


def split(word: str) -> list[str]:
    """“llama3” as llama and 3."""
    return _LETTER_DIGIT.split(word)


@dataclass(frozen=True)
class Way:
    """Words in a row, the last one perhaps only begun; `loose` where it is not quite what was typed."""

    words: tuple[str, ...]
    prefix: bool = False
    loose: bool = False

    def covers(self, other: "Way") -> bool:
        """Whether it is found wherever the other one is."""
        return self.prefix and len(self.words) == 1 and any(word.startswith(self.words[0]) for word in other.words)

    def found_in(self, words: list[str]) -> bool:
        """Whether these words, folded and in their order, have it."""
        if len(self.words) == 1 and not self.prefix:
            return self.words[0] in words
        *first, last = self.words
        return any(
            words[at : at + len(first)] == first and (word.startswith(last) if self.prefix else word == last)
            for at, word in enumerate(words[len(first) :])
        )


@dataclass(frozen=True)
class Group:
    """Something that was typed, and the ways in which it may stand there; one of them must."""

    typed: str
    ways: tuple[Way, ...]

    def covers(self, name: Way) -> bool:
        """Whether it is found wherever the name is."""
        return any(way == name or way.covers(name) for way in self.ways)

    @property
    def widest(self) -> list[Way]:
        """The ways without those that others cover: they find the same, and less is looked up."""
        return [way for way in self.ways if not any(other.covers(way) for other in self.ways if other != way)]

    def spelt(self, words: list[str], near: tuple[Way, ...]) -> str:
        """As these words have it, where it is `near` one of them; else as it was typed."""
        return next((" ".join(way.words) for way in near if way.found_in(words)), self.typed)


@dataclass(frozen=True)
class Query:
    """What to look for: every group, or a name that begins like the whole; None where the groups find that, too."""

    text: str = ""
    groups: tuple[Group, ...] = ()
    # The whole as a squeezed name.
    squeezed: str = ""
    name: Way | None = None
    excluded: tuple[Way, ...] = ()
    operators: tuple[tuple[str, str], ...] = ()
    # What stood before a colon and is no operator.
    unknown: tuple[str, ...] = ()
    # Whether one group is enough.
    any: bool = False

    @property
    def as_typed(self) -> "Query":
        """Without what is only nearly what was typed."""
        groups = (replace(group, ways=tuple(way for way in group.ways if not way.loose)) for group in self.groups)
        return replace(self, groups=tuple(groups), name=None)

    def respelled(self, near: dict[str, tuple[Way, ...]]) -> "Query":
        """In which some of the typed words may be others, too."""
        groups = (replace(group, ways=(*group.ways, *near.get(group.typed, ()))) for group in self.groups)
        return replace(self, groups=tuple(groups), name=None)

    def with_text(self, text: str) -> "Query":
        """The same with other words."""
        return replace(parse(text), excluded=self.excluded, operators=self.operators, unknown=self.unknown)

    def with_any_word(self) -> "Query":
        """One word is enough; those of one or two letters are not."""
        long = tuple(group for group in self.groups if len(group.typed) > 2)
        return replace(self, groups=long or self.groups, name=None, any=True)


def parse(text: str, operators: frozenset[str] = frozenset(), *, typing: bool = False) -> Query:
    """The query that `text` says. Names of `operators` take what follows their colon; others are words like any.

    With `typing`, the last word may be anything that begins so, however short it is.
    """
    found, excluded, said, plain, unknown = [], [], [], [], []
    for piece in _PIECE.finditer(_QUESTION.sub("", _PAPER.sub("", text))):
        name, value = (piece["name"] or "").lower(), piece["word"] if piece["phrase"] is None else piece["phrase"]
        if name in operators and not piece["minus"]:
            said.append((name, value))
            continue
        if name and value.strip(":/"):
            unknown.append(name)
        typed = f"{name}:{value}" if name else value
        words = tuple(words_of(typed))
        if piece["minus"]:
            excluded += [Way(words)] if words else []
            continue
        plain.append(typed)
        if words and piece["phrase"] is not None:
            found.append(Group(f'"{value}"', (Way(words),)))
        elif words:
            found += [Group(word, ()) for word in words]
    # A word is only begun where nothing follows it, not even a space.
    begun = not text.endswith((" ", '"'))
    squeezed = squeeze(" ".join(plain))
    whole = tuple(words_of(squeezed))
    short = len("".join(whole)) < PREFIX_LENGTH and not typing
    groups = tuple(_grouped(found, begun, typing))
    name = Way(whole, prefix=not short) if whole else None
    return Query(
        text=" ".join(plain),
        groups=groups,
        squeezed=squeezed,
        # Half of the work, where it finds nothing that the groups do not find.
        name=None if name and groups and all(group.covers(name) for group in groups) else name,
        excluded=tuple(excluded),
        operators=tuple(said),
        unknown=tuple(unknown),
    )


def _grouped(found: list[Group], begun: bool, typing: bool) -> Iterator[Group]:
    for at, group in enumerate(found):
        if group.ways:
            yield group
            continue
        last = begun and at == len(found) - 1
        ways = list(_ways(group.typed, last, typing))
        # Qwen 2.5 may be written Qwen2.5.
        for a, b in ((at - 1, at), (at, at + 1)):
            if a >= 0 and b < len(found) and not (found[a].ways or found[b].ways):
                joined = found[a].typed + found[b].typed
                if _LETTER_DIGIT.search(joined, len(found[a].typed) - 1, len(found[a].typed) + 1):
                    ways.append(Way((joined,), loose=True))
        yield replace(group, ways=tuple(dict.fromkeys(ways)))


def _ways(word: str, last: bool, typing: bool) -> Iterator[Way]:
    yield Way((word,))
    begun = last and (typing or len(word) >= PREFIX_LENGTH)
    if begun:
        yield Way((word,), prefix=True, loose=True)
    for meeting in (_LETTER_DIGIT, _ANY_MEETING):
        parts = tuple(meeting.split(word))
        if len(parts) > 1:
            yield Way(parts, prefix=begun)
    if word.isalpha():
        stem = next((word.removesuffix(end) for end in ENDINGS if word.endswith(end)), word)
        if len(stem) >= STEM_LENGTH:
            yield Way((stem,), prefix=True, loose=True)
        elif len(word) > 2:
            yield Way((word.removesuffix("s") if word.endswith("s") else f"{word}s",), loose=True)
