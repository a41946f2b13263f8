"""What else to read: entries that have models in common with one, and models of the same ideas and time."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from django.db.models import Count, Q, QuerySet

from catalog.models import AIModel, Innovation, ModelPaper, Score
from core.models import Entry
from core.prepared import Prepared
from glossary.models import Term
from research.models import Benchmark, Paper

SHOWN = 6
# What is read of each model, in the order of its columns.
ROW = ("id", "name", "slug", "released", "released_precision")
# Of very many models only so many are looked at, so that a page costs the same whatever it is about.
LOOKED_AT = 200
# What ties the entries of a kind to models, and by which field.
TIES = {Term: (Innovation, "term"), Paper: (ModelPaper, "paper"), Benchmark: (Score, "benchmark")}


@dataclass(frozen=True)
class Related:
    """An entry, and how many models it shares; of a model, the names of the ideas that it shares."""

    entry: Entry
    models: int = 0
    ideas: tuple[str, ...] = ()


def related(entry: Entry, but: Iterable[Entry] = (), *, as_of: datetime.date | None = None) -> list[Related]:
    """Those of its kind that share most with an entry, without those that its page names already.

    Of a model one query, of others two. Where more than LOOKED_AT models are tied to the entry, those entered last
    count.
    """
    known = {entry.pk, *(other.pk for other in but)}
    return _models(entry, known, as_of) if isinstance(entry, AIModel) else _others(entry, known, as_of)


def _others(entry: Entry, known: set[int], as_of: datetime.date | None) -> list[Related]:
    ties, name = TIES[type(entry)]
    rows = ties.objects.published().as_of(as_of).order_by()
    models = rows.filter(**{name: entry}).order_by("-pk").values("model")[:LOOKED_AT]
    beside = rows.filter(model__in=models).exclude(**{f"{name}__in": known}).values_list(name)
    most = beside.annotate(shared=Count("model", distinct=True)).order_by("-shared", f"{name}__name")[:SHOWN]
    shared = dict(most)
    found = type(entry).objects.published().as_of(as_of).in_bulk(shared)
    return [Related(found[pk], models=count) for pk, count in shared.items() if pk in found]


def _models(model: AIModel, known: set[int], as_of: datetime.date | None) -> list[Related]:
    """Those released next before and after it that share most of its ideas; its family stands elsewhere on its page."""
    names = {use.term_id: use.term.short_name for use in model.rows_of("innovations")}
    if not (names and model.released):
        return []
    ideas: dict[tuple, list[str]] = {}
    for term, *row in _sharing(list(names), sorted(known), model.family_id, model.released, as_of):
        ideas.setdefault(tuple(row), []).append(names[term])

    def place(row: tuple) -> tuple:
        _, name, slug, released, _ = row
        return -len(ideas[row]), abs(released - model.released), name, slug

    # Few of them are shown: rows are made into models last.
    found = nsmallest(SHOWN, ideas, key=place)
    return [Related(AIModel.from_db(None, ROW, row), ideas=tuple(sorted(ideas[row]))) for row in found]


@Prepared
def _sharing(
    terms: list[int], known: list[int], family: int | None, day: datetime.date, as_of: datetime.date | None
) -> QuerySet:
    """The uses of these terms by the models next to that day.

    Which models these are, one subquery says: of two, databases would rather look through all uses of the terms.
    """
    others = AIModel.objects.published().as_of(as_of).exclude(pk__in=known)
    others = others.exclude(family=family) if family else others
    near = AIModel.objects.filter(
        Q(pk__in=others.until(day)[: LOOKED_AT // 2]) | Q(pk__in=others.after(day)[: LOOKED_AT // 2])
    )
    uses = Innovation.objects.filter(model__in=near, term__in=terms).order_by()
    return uses.values_list("term", *(f"model__{name}" for name in ROW))
