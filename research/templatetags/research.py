"""Lists of organizations, papers, terms and benchmarks on the pages of other entries."""

from typing import Any

from django import template
from django.db.models import F, QuerySet
from django.urls import reverse

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


def _some(kind, heading: str, filter_name: str, value: str, conditions: dict[str, Any]) -> dict[str, Any]:
    return some_of(heading, kind.objects.published().filter(**conditions), filter_name, value)


@register.inclusion_tag("includes/entries.html")
def organizations_where(heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(Organization, heading, filter_name, value, conditions)


@register.inclusion_tag("includes/entries.html")
def papers_where(heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(Paper, heading, filter_name, value, conditions)


@register.inclusion_tag("research/_introduced_in.html")
def papers_introducing(term: Term):
    """The papers that introduced a term, the oldest first; past 24, a link to all of them."""
    papers = Paper.objects.published().filter(introduces=term).defer("authors")
    found = list(papers.order_by(F("published").asc(nulls_last=True), "name")[: SHOWN + 1])
    return {"papers": found[:SHOWN], "more": len(found) > SHOWN, "term": term}


@register.inclusion_tag("includes/entries.html")
def terms_where(heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(Term, heading, filter_name, value, conditions)


@register.inclusion_tag("includes/entries.html")
def benchmarks_where(heading: str, filter_name: str = "", value: str = "", **conditions):
    return _some(Benchmark, heading, filter_name, value, conditions)


@register.inclusion_tag("includes/entries.html")
def sources_by(organization: Organization):
    """The sources that name the organization as their publisher."""
    return _some(Source, "Sources", "publisher", organization.name, {"publisher": organization.name})
