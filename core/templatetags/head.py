"""What the head of a page says of it: its title and description in plain words, its whole address, its linked data."""

from html import unescape

from django import template
from django.utils.safestring import SafeString

from core.linked_data import as_json_ld
from core.markdown import shortened

register = template.Library()
register.filter("json_ld", as_json_ld)


@register.simple_block_tag
def in_words(content: SafeString, most: int = 300) -> str:
    """What the block prints, in one line of at most so many characters, to be said more than once."""
    return shortened(" ".join(unescape(content).split()), most)


@register.simple_tag(takes_context=True)
def whole(context, path: str) -> str:
    """The whole address of a path of this site."""
    return context["request"].build_absolute_uri(path)
