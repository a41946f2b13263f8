"""How much of what a whole entry has is there, and what is missing, in words. Declared by kind, asked in one query."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from catalog.evidence import ABSENT
from catalog.figures import FIGURES
from catalog.models import (
    AIModel,
    Architecture,
    Citation,
    Derivation,
    Family,
    Innovation,
    Link,
    Milestone,
    ModelPaper,
    Score,
)
from core.models import Entry
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

_PREFIX = "has_"


@dataclass(frozen=True)
class Completeness:
    """So many of so many things are there; the others are missing."""

    done: int
    all: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Rounded down: only what is whole is 100."""
        return 100 * self.done // self.all


def _filled(*columns: str) -> Q:
    """Whether one of the columns holds something."""
    condition = Q()
    for column in columns:
        condition |= ~(Q(**{f"{column}__isnull": True}) | Q(**{column: ""}))
    return condition


def _known(column: str) -> Q:
    return Q(**{f"{column}__isnull": False})


def _some(part: type[Model], column: str = "model", **conditions) -> Combinable:
    return Exists(part._base_manager.filter(**{column: OuterRef("pk")}, **conditions))


def _several(part: type[Model]) -> Combinable:
    """At least two."""
    return Exists(part._base_manager.filter(model=OuterRef("pk")).order_by().values("pk")[1:2])


def _figure(figure) -> Combinable:
    """The figure, or a source that says why there is none; not of each model are only some parameters active."""
    there = _known(figure.field) if AIModel._meta.get_field(figure.field).null else _filled(figure.field)
    if figure.field == "parameters_active":
        there |= ~Q(architecture__in=[Architecture.MIXTURE_OF_EXPERTS, ""])
    return there | _some(Citation, field=figure.field, basis__in=ABSENT)


_SUMMARY = {"a summary": _filled("summary")}

# What an entry of each kind has, in the order in which an editor would add it.
WANTED: Mapping[type[Entry], Mapping[str, Q | Combinable]] = {
    AIModel: {
        "its makers": _some(AIModel.organizations.through, "aimodel"),
        **_SUMMARY,
        "why it matters": _filled("why_it_matters"),
        "a description": _filled("description"),
        **{figure.label.lower(): _figure(figure) for figure in FIGURES},
        "a lifecycle": _filled("lifecycle"),
        "its openness": _filled("openness"),
        "an architecture": _filled("architecture"),
        "what it reads": _some(AIModel.input_modalities.through, "aimodel"),
        "what it writes": _some(AIModel.output_modalities.through, "aimodel"),
        "two milestones": _several(Milestone),
        "a paper": _some(ModelPaper),
        "an innovation": _some(Innovation),
        "a score": _some(Score),
        "a link": _some(Link),
        "kin: a family, a predecessor, an original or a derivation": _known("family")
        | _known("predecessor")
        | _known("variant_of")
        | _some(Derivation, "child"),
        "archived copies of its sources": _some(Citation)
        & ~Exists(
            Citation._base_manager.filter(model=OuterRef("pk"), source__archived_url="").exclude(source__isnull=True)
        ),
        "the day of a check": _known("checked_on"),
    },
    Family: {**_SUMMARY, "its maker": _known("organization"), "a model": _some(AIModel, "family")},
    Organization: {**_SUMMARY, "a country": _filled("country"), "a website": _filled("website")},
    Source: {
        "a publisher": _filled("publisher"),
        "a date": _known("published"),
        "the day it was read": _known("accessed"),
        "an archived copy": _filled("archived_url"),
        "a licence": _filled("licence"),
    },
    Paper: {
        **_SUMMARY,
        "a date": _known("published"),
        "authors": _filled("authors"),
        "organizations": _some(Paper.organizations.through, "paper"),
        "an arXiv id or DOI": _filled("arxiv_id", "doi"),
        "its source": _known("source"),
        "a term that it introduces": _some(Paper.introduces.through, "paper"),
    },
    Benchmark: {
        **_SUMMARY,
        "a full name": _filled("full_name"),
        "what it measures": _filled("measures"),
        "a metric": _filled("metric"),
        "a caveat": _filled("caveat"),
        "the paper that introduced it": _known("paper"),
    },
    Term: {
        "an article": _filled("article"),
        "other names": _filled("abbreviation", "aliases"),
        "terms to see also": _some(Term.see_also.through, "from_term"),
    },
}


def with_completeness(entries: QuerySet) -> QuerySet:
    """The entries, each with what `completeness` reads, and no query more."""
    return entries.annotate(
        **{
            f"{_PREFIX}{place}": Case(When(there, then=Value(True)), default=Value(False), output_field=BooleanField())
            for place, there in enumerate(WANTED[entries.model].values())
        }
    )


def completeness(entry: Entry) -> Completeness:
    """Of an entry that comes from `with_completeness`."""
    words = WANTED[type(entry)]
    missing = tuple(what for place, what in enumerate(words) if not getattr(entry, f"{_PREFIX}{place}"))
    return Completeness(len(words) - len(missing), len(words), missing)


def of_entry(entry: Entry) -> Completeness | None:
    """One query; None for what is no entry of a kind declared here."""
    if type(entry) not in WANTED:
        return None
    found = with_completeness(type(entry)._base_manager.filter(pk=entry.pk)).first()
    return found and completeness(found)
