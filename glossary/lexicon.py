"""Finds terms in text: their first mentions in prose, and labels that are the name of a term."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from django.utils.safestring import SafeString

from core.markdown import change_text, to_html
from core.markup import fill
from core.memory import remembered
from glossary.models import Term

# The sign of “pass@1” is a word: who passes 1,400 points is not meant.
_WORD = re.compile(r"\w+|@")
# In HTML, “&amp;” is one character and not the word “amp”; “[@a-source]” cites, and says nothing of its words.
_HTML_WORD = re.compile(r"\[@[^\[\]]*\]|&#?\w+;|\w+|@")
# What may stand between the words of a name: “open weight”, “open-weight”, “pass@1”, “GPT-4.1”, a line's end.
_JOINTS = {" ", "-", "\n", "", ".", "/"}

# A term with its definition: on hover and focus by CSS, on touch and click as a popover. Prose has dozens of them.
_TERM = (
    '<span class="term"><button class="term-name" type="button" popovertarget="term-{slug}"'
    ' aria-describedby="definition-{slug}">{text}</button><span class="tip" id="term-{slug}" popover>'
    '<span id="definition-{slug}">{definition}</span> <a href="{address}">{name}'
    '<span class="visually-hidden"> in the glossary</span></a></span></span>'
)

_AGAIN = '<a href="{}">{}</a>'

# By the first word of a name: all its words, and the term; None for an idiom.
Ways = dict[str, list[tuple[list[str], Term | None]]]
# Texts whose mentions are remembered: most prose stays as it is from one look at it to the next.
REMEMBERED = 2048


class Index:
    """Every way of writing the published terms, and where texts mention them."""

    def __init__(self, by_first_word: Ways):
        self.by_first_word = by_first_word
        self.mentions = lru_cache(REMEMBERED)(self._mentions)

    def _mentions(self, text: str) -> tuple[tuple[int, int, Term], ...]:
        """Where in the text (HTML without tags) each mention of a term begins and ends, the longest name first."""
        words, mentions, at = list(_HTML_WORD.finditer(text)), [], 0
        while at < len(words):
            length, term = self._match(text, words, at)
            if term:
                mentions.append((words[at].start(), words[at + length - 1].end(), term))
            at += length or 1
        return tuple(mentions)

    def _match(self, text: str, found: list[re.Match], at: int) -> tuple[int, Term | None]:
        """How many of the words `found` the longest name takes that begins at the one with this number; its term."""
        first = found[at][0].casefold()
        for way, term in (*self.by_first_word.get(first, ()), *self.by_first_word.get(first.removesuffix("s"), ())):
            here = found[at : at + len(way)]
            if _same([match[0] for match in here], way) and _joined(text, here):
                return len(way), term
        return 0, None


@dataclass
class Lexicon:
    """The published terms, for a page: it knows which of them the page has explained already."""

    index: Index
    explained: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, page_of: Term | None = None) -> "Lexicon":
        """All published terms; on a term's own page it is not explained again."""
        return cls(_index(), {page_of.pk} if page_of else set())

    def find(self, label: str) -> Term | None:
        """The term whose name, abbreviation or alias is exactly `label`, case and hyphens aside."""
        words = _folded(_words(label))
        ways = self.index.by_first_word.get(words[0] if words else "", ())
        return next((term for way, term in ways if term and _folded(way) == words), None)

    def explain(self, term: Term, text: str) -> SafeString:
        """`text` with the term's definition behind it; the second time on a page, as a link."""
        again = term.pk in self.explained
        self.explained.add(term.pk)
        address = term.get_absolute_url()
        if again:
            return fill(_AGAIN, address, text)
        told = {"slug": term.slug, "name": term.name, "definition": term.definition}
        return fill(_TERM, text=text, address=address, **told)

    def prose(self, text: str) -> SafeString:
        """Markdown as HTML, in which the first mention of each term carries its definition."""
        return change_text(to_html(text), self._mark)

    def _mark(self, text: str) -> str:
        """`text` (HTML without tags) with its first mentions marked."""
        marked, end = [], 0
        for start, stop, term in self.index.mentions(text):
            if term.pk not in self.explained:
                marked += [text[end:start], self.explain(term, SafeString(text[start:stop]))]
                end = stop
        return "".join([*marked, text[end:]])


@remembered
def _index() -> Index:
    """Every way of writing the published terms, the longest first, in one query.

    Spaces and hyphens count alike: “mixture-of-experts” needs no alias. An idiom is the name of no term.
    """
    by_first_word: Ways = {}
    for term in Term.objects.published().defer("article"):
        for name, meant in [*((name, term) for name in term.names), *((idiom, None) for idiom in term.idiom_list)]:
            words = _words(name)
            if words:
                by_first_word.setdefault(words[0].casefold(), []).append((words, meant))
    for ways in by_first_word.values():
        ways.sort(key=lambda way: -len(way[0]))
    return Index(by_first_word)


def _words(name: str) -> list[str]:
    """The words of a name; those with a capital inside in their own letters: “ZeRO” is not any zero."""
    words = _WORD.findall(name)
    return [word.casefold() if word[1:] == word[1:].lower() else word for word in words]


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _joined(text: str, words: list[re.Match]) -> bool:
    """Whether nothing else stands between the words."""
    return all(text[a.end() : b.start()] in _JOINTS for a, b in pairwise(words))


def _same(words: list[str], way: list[str]) -> bool:
    """The words of a name, its last one perhaps in the plural."""
    if len(words) != len(way):
        return False
    # Most names have one word, which is the last.
    last, name = words[-1], way[-1]
    if name not in (last, folded := last.casefold(), last.removesuffix("s"), folded.removesuffix("s")):
        return False
    return all(part in (word, word.casefold()) for word, part in zip(words[:-1], way, strict=False))
