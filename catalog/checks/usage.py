"""What nobody uses, nobody finds, or is not finished."""

from collections import defaultdict

from catalog.checks.collection import Collection, Found
from catalog.checks.references import links, names
from catalog.models import Family, Part
from core.models import Status
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source


def unused(collection: Collection) -> Found:
    """Terms, papers, sources, benchmarks and organizations are there for something."""
    used = {
        Term: _terms(collection),
        Paper: _papers(collection),
        Source: _sources(collection),
        Benchmark: _benchmarks(collection),
        Organization: _organizations(collection),
    }
    for kind, needed in used.items():
        for entry in collection.all_of(kind):
            if entry.pk not in needed and entry.status != Status.ARCHIVED:
                yield entry, f"Nothing uses this {kind._meta.verbose_name}."


def _terms(collection: Collection) -> set[int]:
    introduced = {term.pk for paper in collection.all_of(Paper) for term in paper.introduces.all()}
    seen = {other.pk for term in collection.all_of(Term) for other in term.see_also.all()}
    return introduced | seen | {part.term_id for part in collection.innovations} | collection.mentioned


def _papers(collection: Collection) -> set[int]:
    introducing = {paper.pk for paper in collection.all_of(Paper) if paper.introduces.all()}
    tested = {benchmark.paper_id for benchmark in collection.all_of(Benchmark)}
    return introducing | tested | {part.paper_id for part in collection.papers}


def _sources(collection: Collection) -> set[int]:
    parts = (collection.citations, collection.scores, collection.milestones, collection.derivations)
    return {part.source_id for rows in parts for part in rows} | {paper.source_id for paper in collection.all_of(Paper)}


def _benchmarks(collection: Collection) -> set[int]:
    parents = {benchmark.parent_id for benchmark in collection.all_of(Benchmark)}
    return parents | {score.benchmark_id for score in collection.scores}


def _organizations(collection: Collection) -> set[int]:
    """Those that made, wrote or published something, or that another belongs to."""
    makers = {maker.pk for model in collection.models.values() for maker in model.organizations.all()}
    writers = {writer.pk for paper in collection.all_of(Paper) for writer in paper.organizations.all()}
    publishers = {source.publisher.casefold() for source in collection.all_of(Source)}
    used = makers | writers
    for organization in collection.all_of(Organization):
        used.add(organization.parent_id)
        if not publishers.isdisjoint(name.casefold() for name in names(organization)):
            used.add(organization.pk)
    return used | {family.organization_id for family in collection.all_of(Family)}


def no_way_in(collection: Collection) -> Found:
    """A published model is reached from some page that is no list: its family, its kin, a term, paper or benchmark."""
    reached = _together(collection.innovations, collection.papers, collection.scores) | _related(collection)
    addresses = {link.partition("#")[0] for _, link in links(collection.prose)}
    for model in collection.published:
        if model.pk not in reached and model.get_absolute_url() not in addresses:
            yield model, "No page but lists leads here: it has no family, kin, innovation, paper or score."


def unfinished(collection: Collection) -> Found:
    """A finished entry on a model says what is new in it, what research it rests on, and has to do with another."""
    innovative, researched = _together(collection.innovations), _together(collection.papers)
    related = _related(collection) | _sharing(collection)
    for model in collection.published:
        wanted = (("innovation", innovative), ("paper", researched), ("link to another model", related))
        missing = [what for what, models in wanted if model.pk not in models]
        if missing:
            yield model, f"It has no {' and no '.join(missing)}."


def _together(*parts: list[Part]) -> set[int]:
    """The models that have one of the parts."""
    return {part.model_id for rows in parts for part in rows}


def _related(collection: Collection) -> set[int]:
    """The models of a family, and those that a predecessor, variant or derivation ties to another, at either end."""
    kin = {pk for relatives in collection.relatives for pk in relatives}
    kin |= {pk for edge in collection.derivations if edge.parent for pk in (edge.child_id, edge.parent_id)}
    return kin | {model.pk for model in collection.models.values() if model.family_id}


def _sharing(collection: Collection) -> set[int]:
    """The models that share a term or a paper with another."""
    bearers = defaultdict(set)
    for part in collection.innovations:
        bearers[Term, part.term_id].add(part.model_id)
    for part in collection.papers:
        bearers[Paper, part.paper_id].add(part.model_id)
    return {pk for models in bearers.values() if len(models) > 1 for pk in models}
