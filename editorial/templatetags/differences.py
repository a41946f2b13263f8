"""Marks what differs between two texts."""

import re
from difflib import SequenceMatcher

from django import template

register = template.Library()

# Words of both texts together: to compare more takes too long.
LONGEST = 4000
# How much of two texts must be the same for single words to be marked.
ALIKE = 0.4

Marked = list[tuple[bool, str]]


@register.simple_tag
def marked(old: str, new: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, each with whether the other text lacks it: words where they are much alike, else all."""
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    whole = [(True, old)] if old else [], [(True, new)] if new else []
    if not before or not after or len(before) + len(after) > LONGEST:
        return whole
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return whole
    sides: tuple[Marked, Marked] = [], []
    for tag, first, last, start, end in matcher.get_opcodes():
        for side, words in zip(sides, (before[first:last], after[start:end]), strict=True):
            if words:
                side.append((tag != "equal", "".join(words)))
    return sides
