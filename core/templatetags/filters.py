"""The choices and bars of a list's filters."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from core.markup import fill, fill_each

register = template.Library()

CHOICE = '<li><label><input type="checkbox" name="{}" value="{}"{}> {} <span class="count">{}</span></label></li>'
BAR = '<a href="?{}"{}><title>{}: {}</title><path d="M{} 0h{}v40H{}z"/><path d="M{} 40h{}v-{}H{}z"/></a>'
CHECKED, WITHIN, NOTHING = map(SafeString, (" checked", ' class="within"', ""))


@register.simple_tag
def choices(facet: dict, options: Iterable[dict]) -> SafeString:
    """Options of the facet, each with its count."""
    name = fill("{}", facet["name"])
    rows = ((name, o["value"], CHECKED if o["chosen"] else NOTHING, o["label"], o["count"]) for o in options)
    return fill_each(CHOICE, rows)


@register.simple_tag
def bars(range: dict) -> SafeString:
    """The bars of a histogram, links to what each counts."""
    step = range["step"]
    return fill_each(
        BAR,
        (
            (
                *(bar["query"], WITHIN if bar["within"] else NOTHING, bar["text"], bar["count"]),
                *(bar["x"], step, bar["x"], bar["x"], step - 2, bar["height"], bar["x"]),
            )
            for bar in range["bars"]
        ),
    )


@register.filter
def any_chosen(options: Iterable[dict]) -> bool:
    return any(option["chosen"] for option in options)
