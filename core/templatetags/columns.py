"""Columns and sorting in the list template."""

from django import template
from django.utils.html import format_html

from core.columns import Column
from core.filters import EntryFilters

register = template.Library()


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
