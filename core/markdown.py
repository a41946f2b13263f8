"""Markdown as editors write it, to HTML that is safe to print."""

import re
from collections.abc import Callable

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")

# No images (no request leaves the site), no h1 (the page has its own), no styles (the policy forbids them).
TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong"}
TAGS |= {"table", "tbody", "td", "th", "thead", "tr", "ul"}


_TAG = re.compile(r"(<[^>]*>)")
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


def to_html(text: str) -> SafeString:
    """`text` as sanitized HTML."""
    html = nh3.clean(
        _markdown.render(text), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )
    return SafeString(html)
