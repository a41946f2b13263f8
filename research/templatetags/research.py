"""Lists of organizations, papers, terms and benchmarks on the pages of other entries."""

from django import template
from django.db.models import F

from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

register = template.Library()


def _entries(kind, heading: str, conditions: dict) -> dict:
    return {"heading": heading, "entries": kind.objects.published().filter(**conditions)}


@register.inclusion_tag("includes/entries.html")
def organizations_where(heading: str, **conditions):
    return _entries(Organization, heading, conditions)


@register.inclusion_tag("includes/entries.html")
def papers_where(heading: str, **conditions):
    return _entries(Paper, heading, conditions)


SHOWN = 12


@register.inclusion_tag("research/_introduced_in.html")
def papers_introducing(term: Term):
    """The papers that introduced a term, the oldest first; past 12, a link to all of them."""
    papers = Paper.objects.published().filter(introduces=term).defer("authors")
    found = list(papers.order_by(F("published").asc(nulls_last=True), "name")[: SHOWN + 1])
    return {"papers": found[:SHOWN], "more": len(found) > SHOWN, "term": term}


@register.inclusion_tag("includes/entries.html")
def terms_where(heading: str, **conditions):
    return _entries(Term, heading, conditions)


@register.inclusion_tag("includes/entries.html")
def benchmarks_where(heading: str, **conditions):
    return _entries(Benchmark, heading, conditions)


@register.inclusion_tag("includes/entries.html")
def sources_by(organization: Organization):
    """The sources that name the organization as their publisher."""
    return _entries(Source, "Sources", {"publisher": organization.name})
