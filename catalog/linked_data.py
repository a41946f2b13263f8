"""What models, families, tags and collections of scores are in schema.org's words."""

from django.urls import reverse

from catalog.models import AIModel, Derivation, Family, LinkKind, Tag
from catalog.page import ModelPage
from core.linked_data import Absolute, Node, dataset, licence, named, node
from core.markdown import to_text
from core.models import lines
from core.quantities import iso_of
from core.site import NAME
from research.models import Benchmark

# Links that are the model's own places, not somebody's description of it.
_OWN = (LinkKind.HOMEPAGE, LinkKind.WEIGHTS, LinkKind.REPOSITORY)


def model_data(page: ModelPage, absolute: Absolute) -> Node:
    """A work: weights are neither an application, which one could install, nor a data set."""
    model: AIModel = page.model
    return node(
        "CreativeWork",
        name=model.name,
        alternateName=lines(model.aliases),
        description=to_text(model.summary or model.why_it_matters),
        creator=[named("Organization", organization, absolute) for organization in model.makers],
        datePublished=iso_of(model, "released"),
        creativeWorkStatus=model.get_lifecycle_display(),
        conditionsOfAccess=model.get_openness_display(),
        license=licence(model.licence),
        size=_parameters(model),
        keywords=["AI model", *_words(page)],
        isPartOf=named("CreativeWorkSeries", model.family, absolute),
        isBasedOn=[_parent(edge, absolute) for edge, _ in page.built_on],
        citation=[named("ScholarlyArticle", row.paper, absolute) for row in page.featured],
        sameAs=[link.url for link in page.links if link.kind in _OWN],
    )


def _parameters(model: AIModel) -> Node | None:
    total = model.parameters_total
    return node("QuantitativeValue", value=total, unitText="parameters") if total else None


def _words(page: ModelPage) -> list[str]:
    words = [page.model.get_architecture_display(), *(tag.name for tag in page.tags)]
    return [word for word in words if word]


def _parent(edge: Derivation, absolute: Absolute) -> Node:
    """What the model was made from; by its stated name, where it has no entry that readers see."""
    return named("CreativeWork", edge.public_parent, absolute) or node("CreativeWork", name=edge.parent_name)


def family_data(family: Family, absolute: Absolute) -> Node:
    return node(
        "CreativeWorkSeries",
        name=family.name,
        description=to_text(family.summary),
        creator=named("Organization", family.organization, absolute),
    )


def tag_data(tag: Tag, absolute: Absolute) -> Node:
    tags = node("DefinedTermSet", name=f"Tags of {NAME}", url=absolute(reverse("tag_list")))
    return node("DefinedTerm", name=tag.name, url=absolute(tag.get_absolute_url()), inDefinedTermSet=tags)


def scores_data(benchmark: Benchmark, absolute: Absolute) -> Node:
    """The leaderboard, for whoever looks for data."""
    files = {end: reverse(f"scores_{end}", args=[benchmark.slug]) for end in ("csv", "json")}
    what = f"Scores of AI models on {benchmark.name}: each with its setting, who measured it, and its source."
    return dataset(f"Scores on {benchmark.name}", what, benchmark.get_absolute_url(), files, absolute)
