"""Where in a text the words were found: pieces for a template to mark."""

import re
from dataclasses import dataclass
from functools import cache

from search.query import Query, fold

_WORD = re.compile(r"[^\W_]+")
# Markdown, for an excerpt is plain: a link is its text, a citation nothing.
_MARKUP = re.compile(r"\[@[^\]]*\]|!?\[([^\]]*)\]\([^)]*\)|[*`]+|^#+\s|^>\s|^[-|]\s", re.MULTILINE)
# How many letters of a text an excerpt shows, and how many before the first word that was found.
LENGTH, BEFORE = 220, 60


@dataclass(frozen=True)
class Piece:
    text: str
    found: bool = False


class Marker:
    """Finds the words of a query in text."""

    def __init__(self, query: Query):
        ways = [way for group in query.groups for way in group.ways]
        self.whole = {word for way in ways for word in (way.words[:-1] if way.prefix else way.words)}
        self.begun = tuple({way.words[-1] for way in ways if way.prefix})
        # The same few words make up most of all texts.
        self._is_found = cache(self._is_found)

    def pieces(self, text: str) -> list[Piece]:
        """The text in pieces, found and not found; together they are the text."""
        pieces, end = [], 0
        for match in _WORD.finditer(text):
            if self._is_found(match[0]):
                pieces += [Piece(text[end : match.start()]), Piece(match[0], found=True)]
                end = match.end()
        return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]

    def excerpt(self, *texts: str) -> list[Piece]:
        """A part of the first of the texts that has one of the words; of the first, where none has any."""
        for text in texts:
            plain = _plain(text)
            if (first := next((m.start() for m in _WORD.finditer(plain) if self._is_found(m[0])), None)) is not None:
                return self.pieces(_cut(plain, first))
        return self.pieces(_cut(_plain(texts[0]), 0)) if texts else []

    def _is_found(self, word: str) -> bool:
        folded = fold(word)
        return folded in self.whole or (bool(self.begun) and folded.startswith(self.begun))


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", text).split())


def _cut(text: str, first: int) -> str:
    """The part of the text around its letter number `first`, of whole words, with … where more is."""
    start = 0 if first <= 2 * BEFORE else text.rfind(" ", 0, first - BEFORE) + 1
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start + 1, start + LENGTH)
    end = end if end > first else min(len(text), start + LENGTH)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
