"""Finds terms in text: their first mentions in prose, and labels that are the name of a term."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.markdown import change_text, to_html
from core.memory import remembered
from glossary.models import Term

# The sign of “pass@1” is a word: who passes 1,400 points is not meant.
_WORD = re.compile(r"\w+|@")
# In HTML, “&amp;” is one character and not the word “amp”; “[@a-source]” cites, and says nothing of its words.
_HTML_WORD = re.compile(r"\[@[^\[\]]*\]|&#?\w+;|\w+|@")
# What may stand between the words of a name: “open weight”, “open-weight”, “pass@1”, “GPT-4.1”, a line's end.
_JOINTS = {" ", "-", "\n", "", ".", "/"}

# By the first word of a name: all its words, and the term; None for an idiom.
Ways = dict[str, list[tuple[list[str], Term | None]]]


@dataclass
class Lexicon:
    """The published terms, by the first word of every way of writing them.

    One lives as long as a page, and knows which terms the page has explained already.
    """

    by_first_word: Ways
    explained: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, page_of: Term | None = None) -> "Lexicon":
        """All published terms; on a term's own page it is not explained again."""
        return cls(_by_first_word(), {page_of.pk} if page_of else set())

    def find(self, label: str) -> Term | None:
        """The term whose name, abbreviation or alias is exactly `label`, case and hyphens aside."""
        words = _folded(_words(label))
        ways = self.by_first_word.get(words[0] if words else "", ())
        return next((term for way, term in ways if term and _folded(way) == words), None)

    def explain(self, term: Term, text: str) -> SafeString:
        """`text` with the term's definition behind it; the second time on a page, as a link."""
        again = term.pk in self.explained
        self.explained.add(term.pk)
        html = render_to_string("glossary/_term.html", {"term": term, "text": text, "again": again})
        # A stripped SafeString is a plain one.
        return SafeString(html.strip())

    def prose(self, text: str) -> SafeString:
        """Markdown as HTML, in which the first mention of each term carries its definition."""
        return change_text(to_html(text), self._mark)

    def _mark(self, text: str) -> str:
        """`text` (HTML without tags) with its first mentions marked, the longest name first."""
        found, marked, end, at = list(_HTML_WORD.finditer(text)), [], 0, 0
        while at < len(found):
            length, term = self._match(text, found, at)
            if term and term.pk not in self.explained:
                start, stop = found[at].start(), found[at + length - 1].end()
                marked += [text[end:start], self.explain(term, SafeString(text[start:stop]))]
                end = stop
            at += length or 1
        return "".join([*marked, text[end:]])

    def _match(self, text: str, found: list[re.Match], at: int) -> tuple[int, Term | None]:
        """How many of the words `found` the longest name takes that begins at the one with this number; its term."""
        first = found[at][0].casefold()
        for way, term in [*self.by_first_word.get(first, ()), *self.by_first_word.get(first.removesuffix("s"), ())]:
            here = found[at : at + len(way)]
            together = all(text[a.end() : b.start()] in _JOINTS for a, b in pairwise(here))
            if together and _same([match[0] for match in here], way):
                return len(way), term
        return 0, None


@remembered
def _by_first_word() -> Ways:
    """Every way of writing the published terms, the longest first, in one query.

    Spaces and hyphens count alike: “mixture-of-experts” needs no alias. An idiom is the name of no term.
    """
    index: Ways = {}
    for term in Term.objects.published().defer("article"):
        for name, meant in [*((name, term) for name in term.names), *((idiom, None) for idiom in term.idiom_list)]:
            words = _words(name)
            if words:
                index.setdefault(words[0].casefold(), []).append((words, meant))
    for ways in index.values():
        ways.sort(key=lambda way: -len(way[0]))
    return index


def _words(name: str) -> list[str]:
    """The words of a name; those with a capital inside in their own letters: “ZeRO” is not any zero."""
    words = _WORD.findall(name)
    return [word.casefold() if word[1:] == word[1:].lower() else word for word in words]


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _same(words: list[str], way: list[str]) -> bool:
    """The words of a name, its last one perhaps in the plural."""
    *front, last = words
    return (
        len(words) == len(way)
        and all(part in (word, word.casefold()) for word, part in zip(front, way, strict=False))
        and way[-1] in (last, last.casefold(), last.removesuffix("s"), last.casefold().removesuffix("s"))
    )
