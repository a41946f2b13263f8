"""Pages without the white space by which templates are indented: a tenth of some of them."""

import re

from django import template
from django.utils.safestring import SafeString

register = template.Library()

_KEPT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_KEPT_TAGS = "<pre", "<textarea"
_INDENTED = re.compile(r"\n\s+")


@register.simple_block_tag
def lean(content: SafeString) -> SafeString:
    """The block with one line break for any white space that has one, but for what is printed as it is."""
    if not any(tag in content for tag in _KEPT_TAGS):
        return SafeString(_INDENTED.sub("\n", content))
    # Each match gives its text and the name of its element.
    pieces = _KEPT.split(content)
    pieces[::3] = [_INDENTED.sub("\n", piece) for piece in pieces[::3]]
    del pieces[2::3]
    return SafeString("".join(pieces))
