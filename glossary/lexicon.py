"""Finds terms in text: their first mentions in prose, and labels that are the name of a term."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.markdown import change_text, to_html
from glossary.models import Term

_WORD = re.compile(r"\w+")
# In HTML, “&amp;” is one character and not the word “amp”.
_HTML_WORD = re.compile(r"&#?\w+;|\w+")
# What may stand between the words of a name: “open weight”, “open-weight”, “pass@1”, “GPT-4.1”, a line's end.
_JOINTS = {" ", "-", "\n", "@", ".", "/"}


@dataclass
class Lexicon:
    """The published terms, by the first word of every way of writing them.

    One lives as long as a page, and knows which terms the page has explained already.
    """

    by_first_word: dict[str, list[tuple[list[str], Term]]]
    explained: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, page_of: Term | None = None) -> "Lexicon":
        """All published terms, in one query; on a term's own page it is not explained again.

        Spaces and hyphens count alike: “mixture-of-experts” needs no alias.
        """
        index: dict[str, list] = {}
        for term in Term.objects.published().only("name", "slug", "abbreviation", "aliases", "definition"):
            for name in term.names:
                words = _words(name)
                if words:
                    index.setdefault(words[0], []).append((words, term))
        for ways in index.values():
            ways.sort(key=lambda way: -len(way[0]))
        return cls(index, {page_of.pk} if page_of else set())

    def find(self, label: str) -> Term | None:
        """The term whose name, abbreviation or alias is exactly `label`, case and hyphens aside."""
        words = _words(label)
        return next((term for way, term in self.by_first_word.get(words[0] if words else "", ()) if way == words), None)

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
            length, term = self._match(text, found[at:])
            if term and term.pk not in self.explained:
                start, stop = found[at].start(), found[at + length - 1].end()
                marked += [text[end:start], self.explain(term, SafeString(text[start:stop]))]
                end = stop
            at += length or 1
        return "".join([*marked, text[end:]])

    def _match(self, text: str, found: list[re.Match]) -> tuple[int, Term | None]:
        """How many of the words `found` the longest name at their beginning takes, and its term."""
        first = found[0][0].casefold()
        for way, term in [*self.by_first_word.get(first, ()), *self.by_first_word.get(first.removesuffix("s"), ())]:
            here = found[: len(way)]
            together = all(text[a.end() : b.start()] in _JOINTS for a, b in pairwise(here))
            if together and _same([match[0].casefold() for match in here], way):
                return len(way), term
        return 0, None


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _same(words: list[str], way: list[str]) -> bool:
    """The words of a name, its last one perhaps in the plural."""
    return len(words) == len(way) and words[:-1] == way[:-1] and words[-1] in (way[-1], f"{way[-1]}s")
