from html import escape

from django import template
from django.utils.safestring import SafeString

from search.excerpts import Piece

register = template.Library()


@register.filter
def marked(pieces: list[Piece]) -> SafeString:
    """The text of the pieces, the found ones marked."""
    return SafeString("".join(map(_marked, pieces)))


def _marked(piece: Piece) -> str:
    text = escape(piece.text)
    return f"<mark>{text}</mark>" if piece.found else text
