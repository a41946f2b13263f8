"""Lists of organizations, papers, terms and benchmarks on the pages of other entries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import F, QuerySet
from django.urls import reverse

from core.models import Entry
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

register = template.Library()

# How many entries such a list shows.
SHOWN = 24


def some_of(heading: str, entries: QuerySet, filter_name: str = "", value: str = "") -> dict[str, Any]:
    """The first of them and whether there are more; where the list of their kind has the filter, its address."""
    found = list(entries[: SHOWN + 1])
    list_url = reverse(f"{entries.model._meta.model_name}_list", query={filter_name: value}) if filter_name else ""
    return {"heading": heading, "entries": found[:SHOWN], "more": len(found) > SHOWN, "list_url": list_url}


def _some(context, kind, heading: str, filter_name: str, value: str, conditions: dict[str, Any]) -> dict[str, Any]:
    entries = kind.objects.published().as_of(context.get("as_of")).filter(**conditions)
    return some_of(heading, entries, filter_name, value)


@register.inclusion_tag("includes/entries.html", takes_context=True)
def organizations_where(context, heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(context, Organization, heading, filter_name, value, conditions)


@register.inclusion_tag("includes/entries.html", takes_context=True)
def papers_where(context, heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(context, Paper, heading, filter_name, value, conditions)


@register.inclusion_tag("research/_introduced_in.html", takes_context=True)
def papers_introducing(context, term: Term):
    """The papers that introduced a term, the oldest first; past 24, a link to all of them."""
    papers = Paper.objects.published().as_of(context.get("as_of")).filter(introduces=term).defer("authors")
    found = list(papers.order_by(F("published").asc(nulls_last=True), "name")[: SHOWN + 1])
    return {"papers": found[:SHOWN], "more": len(found) > SHOWN, "term": term}


@register.inclusion_tag("includes/entries.html", takes_context=True)
def terms_where(context, heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(context, Term, heading, filter_name, value, conditions)


@register.inclusion_tag("includes/entries.html", takes_context=True)
def benchmarks_where(context, heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(context, Benchmark, heading, filter_name, value, conditions)


@register.simple_tag
def credits(entry: Entry, notes: Iterable | None) -> dict[str, dict[Source, str]]:
    """The sources of a page whose licences may ask to be named: by licence, each with the address that says more.

    That is the note which cites it; on the page of a source, its own address.
    """
    by_licence = defaultdict(dict)
    own = [(entry, entry.url)] if isinstance(entry, Source) else []
    for source, address in (*own, *((note.source, f"#note-{note.number}") for note in notes or ())):
        if source.licence:
            by_licence[source.licence].setdefault(source, address)
    # A defaultdict would take a template's “items” for a licence.
    return dict(by_licence)


@register.inclusion_tag("includes/entries.html", takes_context=True)
def sources_by(context, organization: Organization):
    """The sources that name the organization as their publisher."""
    return _some(context, Source, "Sources", "publisher", organization.name, {"publisher": organization.name})
