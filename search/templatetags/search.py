from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.excerpts import Piece

register = template.Library()


@register.filter
def marked(pieces: list[Piece]) -> SafeString:
    """The text of the pieces, the found ones marked."""
    return format_html_join("", "{}", ([_mark(piece.text) if piece.found else piece.text] for piece in pieces))


def _mark(text: str) -> SafeString:
    return format_html("<mark>{}</mark>", text)
