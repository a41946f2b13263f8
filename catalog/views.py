from collections.abc import Callable
from functools import cached_property
from operator import attrgetter

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog import parts
from catalog.comparison import MOST
from catalog.disagreements import contradictions
from catalog.evidence import Notes, figure_rows
from catalog.figures import FIGURE
from catalog.filters import DisagreementFilters, FamilyFilters, ModelFilters, TagFilters
from catalog.linked_data import family_data, model_data, tag_data
from catalog.models import AIModel, Citation, Family, Tag
from catalog.page import ModelPage, headline_of, model_page
from core import schemas
from core.cards import Card, card_response
from core.columns import Column, Part
from core.filters import MAX_PER_PAGE
from core.licences import OWN_URL
from core.linked_data import Node, node, publisher, website
from core.markdown import to_text
from core.memory import remembered
from core.models import lines
from core.quantities import iso_of
from core.routes import path_to
from core.site import ABOUT, NAME
from core.views import EntryDetail, EntryList
from glossary.views import TermList
from research.models import Organization
from research.views import BenchmarkList, OrganizationList, PaperList, SourceList


def released(model: AIModel) -> str | None:
    """“2024-12-26”, as far as it is known."""
    return iso_of(model, "released") or None


def cutoff(model: AIModel) -> str | None:
    """“2024-07”, as far as it is known."""
    return iso_of(model, "knowledge_cutoff") or None


def figure(key: str, label: str, field: str, order: str, *, listed: bool = False) -> Column:
    """A number: as it is for programs, and as the figures on the model's page are written for readers."""
    write = FIGURE[field].write

    def text(model: AIModel) -> str:
        return "" if (value := getattr(model, field)) is None else write(value)

    return Column(key, label, attrgetter(field), text, order=order, numeric=True, listed=listed, field=field)


def in_words(field: str) -> Callable[[AIModel], str]:
    """What the choice is called that stands in this field."""
    words = dict(AIModel._meta.get_field(field).flatchoices)
    return lambda model: words.get(value := getattr(model, field), value)


MODEL_COLUMNS = (
    Column("name", "Model", lambda m: m.name, order="name"),
    Column("aliases", "Also called", lambda m: lines(m.aliases), listed=False, schema=schemas.TEXTS),
    Column(
        "organizations",
        "By",
        lambda m: [organization.name for organization in m.makers],
        order="organization",
        schema=schemas.TEXTS,
    ),
    Column("released", "Released", released, order="released"),
    figure("parameters_total", "Parameters", "parameters_total", "parameters", listed=True),
    figure("parameters_active", "Active", "parameters_active", "active", listed=True),
    figure("context_window_tokens", "Context", "context_window", "context", listed=True),
    figure("max_output_tokens", "Output", "max_output", "output"),
    Column("openness", "Openness", lambda m: m.openness, in_words("openness"), order="openness"),
    Column("licence", "Licence", lambda m: m.licence, order="licence", listed=False),
    Column(
        "architecture",
        "Architecture",
        lambda m: m.architecture,
        in_words("architecture"),
        order="architecture",
        listed=False,
    ),
    Column(
        "lifecycle",
        "Lifecycle",
        lambda m: m.lifecycle,
        in_words("lifecycle"),
        order="lifecycle",
        listed=False,
    ),
    Column("knowledge_cutoff", "Cutoff", cutoff, order="cutoff", listed=False),
    figure("training_compute_flop", "Training compute", "training_compute", "compute"),
    figure("training_tokens", "Training tokens", "training_tokens", "tokens"),
    figure("training_cost_usd", "Training cost", "training_cost", "cost"),
    Column("training_hardware", "Hardware", lambda m: m.training_hardware, order="hardware", listed=False),
    Column("summary", "Summary", lambda m: m.summary, listed=False),
)
FAMILY_COLUMNS = (
    Column("name", "Family", lambda family: family.name, order="name"),
    Column(
        "organization",
        "By",
        lambda family: family.organization and family.organization.name,
        order="organization",
        schema=schemas.or_null(schemas.TEXT),
    ),
    Column("models", "Models", lambda family: family.count, order="models", numeric=True, schema=schemas.INTEGER),
    Column("summary", "Summary", lambda family: family.summary, listed=False),
)
TAG_COLUMNS = (
    Column("name", "Tag", lambda tag: tag.name, order="name"),
    Column("models", "Models", lambda tag: tag.count, order="models", numeric=True, schema=schemas.INTEGER),
)


@require_safe
def home(request):
    """What this is, what is new, the ways in, and how much stands behind it."""
    kinds = [_kind(listing) | {"count": count} for listing, count in zip(WAYS_IN, _counts(), strict=True)]
    newest = AIModel.objects.published().for_list().newest_first()[:6]
    context = {"newest": newest, "kinds": kinds, "linked_data": _site(request)}
    return render(request, "catalog/home.html", context)


@remembered
def _counts() -> list[int]:
    """How many entries each way in leads to: databases count them one by one."""
    return [listing.model.objects.published().count() for listing in WAYS_IN]


def _site(request) -> Node:
    """The site in schema.org's words, and all its data."""
    absolute = request.build_absolute_uri
    catalog = node(
        "DataCatalog",
        name=f"Data of {NAME}",
        description=ABOUT,
        url=absolute(path_to("home")),
        license=OWN_URL,
        publisher=publisher(absolute),
        dataset=[listing.dataset(request) for listing in WAYS_IN],
    )
    return website(absolute) | {"mainEntity": catalog}


@require_safe
def site_card(request):
    """What previews show of pages that are of no entry."""
    return card_response(SITE_CARD)


SITE_CARD = Card(
    kind="",
    name="An encyclopedia of AI models",
    text="What each model is, why it matters, what it scored and what it was built on, every figure with its source.",
)


def _kind(listing: type[EntryList]) -> dict:
    meta = listing.model._meta
    return {
        "singular": meta.verbose_name,
        "plural": meta.verbose_name_plural,
        "intro": listing.intro,
        "url": listing.list_url(),
    }


class ModelList(EntryList):
    model = AIModel
    filters = ModelFilters
    columns = MODEL_COLUMNS
    intro = "What each model is, why it matters, what it scored and what it was built on."
    pick = "models"
    extra_context = {"most": MOST}
    parts = (parts.LISTED_FIGURES,)

    def get_records(self, page):
        parts.fetch_figures(page.object_list)
        return super().get_records(page)


class ModelDetail(EntryDetail):
    model = AIModel
    columns = MODEL_COLUMNS

    details = parts.DETAILS
    parts = parts.PARTS

    @cached_property
    def page(self) -> ModelPage:
        """What the page prints; for programs, all edges of the lineage graph."""
        return model_page(self.object, as_of=self.as_of, **({"most": None} if self.twin else {}))

    @property
    def notes(self) -> Notes:
        return self.page.notes

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=self.page, **kwargs)

    def description(self):
        return to_text(self.object.summary or self.object.why_it_matters) or super().description()

    def byline(self):
        return ", ".join(organization.name for organization in self.object.makers)

    def headline(self):
        # A twin has no need of all the rest.
        return headline_of(figure_rows(self.object, Notes()) if self.twin else self.page.figures)

    def thing(self, absolute):
        return model_data(self.page, absolute)

    def lists(self):
        return {"lineage": f"{path_to('lineage_json')}?model={self.object.slug}"}


class FamilyList(EntryList):
    model = Family
    filters = FamilyFilters
    columns = FAMILY_COLUMNS
    intro = "Models under one name, version after version."


class FamilyDetail(EntryDetail):
    model = Family
    columns = FAMILY_COLUMNS
    parts = (Part("maker", "By", lambda view: view.object.organization, kind=Organization, one=True),)

    def byline(self):
        return self.object.organization.name if self.object.organization else ""

    def thing(self, absolute):
        return family_data(self.object, absolute)


_SLUG_OR_NULL = schemas.or_null(schemas.SLUG)
DISAGREEMENT_COLUMNS = (
    Column("model", "Model", lambda c: c.model.name, schema=schemas.TEXT),
    Column("figure", "Figure", lambda c: c.found.subject),
    Column("label", "Label", lambda c: c.label),
    Column("shown", "Shown", lambda c: c.shown, schema=schemas.TEXT),
    Column("shown_source", "Source", lambda c: c.shown_source and c.shown_source.slug, schema=_SLUG_OR_NULL),
    Column("shown_account", "It is", lambda c: c.shown_account),
    Column("stated", "Stated elsewhere", lambda c: c.stated),
    Column("stated_source", "Source", lambda c: c.source.slug, schema=schemas.SLUG),
    Column("stated_account", "It is", lambda c: c.account),
    Column("by_makers", "Contradicted by its makers", lambda c: c.found.own, schema=schemas.YES_OR_NO),
    Column("difference", "Difference", lambda c: c.difference),
    Column("ratio", "Ratio", lambda c: c.found.ratio, schema=schemas.or_null(schemas.NUMBER)),
    Column("days", "Days", lambda c: c.found.days, schema=schemas.or_null(schemas.INTEGER)),
    Column("note", "Note", lambda c: c.note),
)


class DisagreementList(EntryList):
    """Every statement that contradicts what a page shows. The rows of a page alone are fetched from the database."""

    model = Citation
    columns = DISAGREEMENT_COLUMNS
    intro = "Where sources say something else than the encyclopedia shows, and what both rest on. Rounding aside."
    plural = "disagreements"
    name = "disagreement_list"
    template_name = "catalog/disagreements.html"

    @classmethod
    def filters_for(cls, query, most=MAX_PER_PAGE):
        return DisagreementFilters(query, columns=cls.columns, most=most)

    def paginate_queryset(self, found, page_size):
        paginator, page, rows, more = super().paginate_queryset(found, page_size)
        page.object_list = contradictions(rows)
        return paginator, page, page.object_list, more

    def get_context_data(self, **kwargs):
        return super().get_context_data(group=self.filterset.order.lstrip("-"), **kwargs)


class TagList(EntryList):
    model = Tag
    filters = TagFilters
    columns = TAG_COLUMNS
    intro = "Free keywords on models: what no column says."


class TagDetail(EntryDetail):
    model = Tag
    columns = TAG_COLUMNS

    def description(self):
        return f"Models tagged “{self.object.name}” in {NAME}, an open encyclopedia of AI models."

    def dates(self):
        return {}

    def thing(self, absolute):
        return tag_data(self.object, absolute)


# The ways in, in the order in which the first page shows them.
WAYS_IN = (ModelList, FamilyList, TermList, PaperList, BenchmarkList, OrganizationList, SourceList, TagList)
