"""Markdown as editors write it, to HTML that is safe to print."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

# What may begin something in Markdown. Each can cost the parser 50 µs, and a text of nothing else seconds; the longest
# text of the starter collection has a hundred.
SIGNS, MOST_SIGNS = "[]!*_`<&\\|\n", 5_000

# No images (no request leaves the site), no h1 (the page has its own), no styles (the policy forbids them).
TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr", "ul"}


_TAG = re.compile(r"(<[^>]*>)")
# Sources that prose cites: “[@deepseek-v3-readme, Table 6]”.
_CITED = re.compile(r"\s?\[@[^\[\]]*\]")
# What is inside these stays as it is: a link in a link is no link, and code is not prose.
_CLOSED = re.compile(r"<(/?)(?:a|code|pre|h[1-6])\b")


def change_text(html: str, change: Callable[[str], str]) -> SafeString:
    """`html` with its texts, HTML themselves, as `change` returns them; those in links, code and headings stay."""
    pieces, depth = [], 0
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            closed = _CLOSED.match(piece)
            depth += (-1 if closed[1] else 1) if closed else 0
        elif not depth:
            piece = change(piece)
        pieces.append(piece)
    return SafeString("".join(pieces))


@lru_cache(maxsize=512)
def to_html(text: str) -> SafeString:
    """`text` as sanitized HTML; as it is typed, where it has more signs than any prose."""
    if sum(map(text.count, SIGNS)) > MOST_SIGNS:
        return format_html("<p>{}</p>\n", text)
    html = nh3.clean(
        _markdown.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return SafeString(html)


@lru_cache(maxsize=512)
def to_text(text: str) -> str:
    """`text` in one line as plain text: without its marks, and without the sources that it cites."""
    return " ".join(unescape(_TAG.sub("", to_html(_CITED.sub("", text)))).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters of a line of text: up to the end of a sentence or, with “…”, of a word."""
    if len(text) <= most:
        return text
    end = max(text.rfind(stop, 0, most) for stop in (". ", "! ", "? "))
    if end > most // 2:
        return text[: end + 1]
    return f"{text[: text.rfind(' ', 0, most) if ' ' in text[:most] else most - 1].rstrip(' ,;:–—')}…"
