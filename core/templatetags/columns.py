"""Columns, rows and sorting in the templates of lists."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.columns import Column
from core.filters import EntryFilters
from core.markup import fill, fill_each, prefill
from core.query_string import QueryString
from core.urls import on

register = template.Library()

# A row is one line, for there are many. Of a cell, what stands around its value is the same in all of them.
HEAD, CELL, END = '<tr><th scope="row">{}<a href="{}{}">{}</a>{}</th>', '<td data-label="{}"{}>{{}}</td>', "</tr>"
SUMMARY = '<span class="entry-summary">{}{}</span>'
PICK = '<input class="pick" type="checkbox" name="{}" value="{}" form="picked" aria-label="Pick {}">\n'
NUMBER, NOTHING = SafeString(' class="number"'), SafeString("")


@register.simple_tag(takes_context=True)
def rows(context, entries: Iterable, terse: bool = False) -> SafeString:
    """The entries as rows of a table, headed by the first of their columns; `terse` without summaries."""
    head, *others = context["columns"]
    cells = [prefill(CELL, column.label, NUMBER if column.numeric else NOTHING) for column in others]
    day, picked = on(context.get("as_of")), context.get("pick")
    return fill_each(
        "".join([HEAD, *cells, END]),
        (
            (
                pick(entry, picked),
                entry.get_absolute_url(),
                day,
                head.show(entry),
                NOTHING if terse else _summary(entry),
                *[column.show(entry) or "–" for column in others],
            )
            for entry in entries
        ),
        between="\n",
    )


def _summary(entry) -> SafeString:
    words = getattr(entry, "summary", "").split()
    return fill(SUMMARY, " ".join(words[:24]), " …" if words[24:] else NOTHING) if words else NOTHING


@register.simple_tag
def pick(entry, name: str) -> SafeString:
    """A box that picks the entry for the field of that name of the form `picked`; nothing where there is none."""
    return fill(PICK, name, entry.slug, entry.name) if name else NOTHING


@register.filter
def cell(entry, column: Column) -> str:
    """What the column prints of the entry."""
    return column.show(entry)


@register.filter
def next_order(column: Column, filters: EntryFilters) -> str:
    """The order that a click on the column's heading asks for: the other way round, if it is sorted by it already."""
    return f"-{column.order}" if filters.order == column.order else column.order


@register.simple_tag
def sorted_by(column: Column, filters: EntryFilters) -> str:
    """` aria-sort="…"` where the list is sorted by the column."""
    if not column.order or filters.order.lstrip("-") != column.order:
        return ""
    return format_html(' aria-sort="{}"', "descending" if filters.order.startswith("-") else "ascending")


@register.simple_tag(takes_context=True)
def with_query(context, **changes: str | int | None) -> str:
    """Django's `querystring`, in a tenth of the time: a list with filters has dozens of such links."""
    address = context["filter"].address if "filter" in context else QueryString(context["request"].GET)
    query = address.changed({name: [] if value is None else [str(value)] for name, value in changes.items()})
    return f"?{query}" if query or address.query else ""


@register.simple_tag(takes_context=True)
def twin(context, suffix: str) -> str:
    """The address of this very list as JSON or CSV."""
    request = context["request"]
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{request.path.rstrip('/')}.{suffix}{query}"


@register.inclusion_tag("core/_hidden.html", takes_context=True)
def kept_but(context, *names: str) -> dict:
    """Hidden fields by which a form keeps all parameters of the address but these and the page."""
    return {"pairs": [(name, value) for name, value in _parameters(context) if name not in (*names, "page")]}


def _parameters(context) -> list[tuple[str, str]]:
    return [(name, value) for name, values in context["request"].GET.lists() for value in values if value]
