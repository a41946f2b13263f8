from core import schemas
from core.columns import Column, Part
from core.markdown import shortened, to_text
from core.models import lines
from core.quantities import format_date, format_number, iso_of
from core.site import NAME
from core.views import EntryDetail, EntryList
from glossary.models import Term
from research.bibliography import paper_reference, source_reference
from research.filters import BenchmarkFilters, OrganizationFilters, PaperFilters, SourceFilters
from research.linked_data import organization_data, paper_data, source_data
from research.models import Benchmark, Organization, Paper, Source


def published(entry) -> str | None:
    """When a paper or source appeared, as far as it is known: “2024-12”."""
    return iso_of(entry, "published") or None


def appeared(entry) -> str:
    """The same as readers read it: “December 2024”."""
    return format_date(entry.published, entry.published_precision) if entry.published else ""


def dotted(*parts: str) -> str:
    """Those that are known, with a dot between."""
    return " · ".join(part for part in parts if part)


def scale(benchmark: Benchmark) -> str:
    """“0 to 100 %”, “from 0 points”; empty where neither end is known."""
    low, high = (None if end is None else format_number(end) for end in (benchmark.scale_min, benchmark.scale_max))
    ends = f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}" if high else ""
    return f"{ends} {benchmark.unit}".strip() if ends else benchmark.unit


ORGANIZATION_COLUMNS = (
    Column("name", "Organization", lambda org: org.name, order="name"),
    Column("aliases", "Also called", lambda org: lines(org.aliases), listed=False, schema=schemas.TEXTS),
    Column("kind", "Kind", lambda org: org.kind, lambda org: org.get_kind_display(), order="kind"),
    Column("country", "Country", lambda org: org.country, order="country"),
    Column("website", "Website", lambda org: org.website, listed=False),
    Column("summary", "Summary", lambda org: org.summary, listed=False),
)
SOURCE_COLUMNS = (
    Column("name", "Title", lambda source: source.name, order="name"),
    Column("publisher", "Publisher", lambda source: source.publisher, order="publisher"),
    Column("kind", "Kind", lambda source: source.kind, lambda source: source.get_kind_display(), order="kind"),
    Column("published", "Published", published, order="published"),
    Column("accessed", "Read", lambda source: source.accessed and source.accessed.isoformat(), order="accessed"),
    Column("licence", "Licence", lambda source: source.licence, order="licence"),
    Column("url", "Address", lambda source: source.url, listed=False),
    Column("archived_url", "Archived copy", lambda source: source.archived_url, listed=False),
)
PAPER_COLUMNS = (
    Column("name", "Title", lambda paper: paper.name, order="name"),
    Column("short_name", "Known as", lambda paper: paper.short_name, order="short_name", listed=False),
    Column(
        "category",
        "Category",
        lambda paper: paper.category,
        lambda paper: paper.get_category_display(),
        order="category",
    ),
    Column("published", "Published", published, order="published"),
    Column("credit", "Credit", lambda paper: paper.credit, order="credit"),
    Column("authors", "Authors", lambda paper: paper.author_list, listed=False, schema=schemas.TEXTS),
    Column("arxiv_id", "arXiv", lambda paper: paper.arxiv_id, listed=False),
    Column("doi", "DOI", lambda paper: paper.doi, listed=False),
    Column("summary", "Summary", lambda paper: paper.summary, listed=False),
)
BENCHMARK_COLUMNS = (
    Column("name", "Benchmark", lambda benchmark: benchmark.name, order="name"),
    Column("full_name", "Full name", lambda benchmark: benchmark.full_name, order="full_name"),
    Column("measures", "Measures", lambda benchmark: benchmark.measures, order="measures"),
    Column("metric", "Metric", lambda benchmark: benchmark.metric, order="metric"),
    Column("scale", "Scale", scale, order="scale", schema=schemas.about(schemas.TEXT, "In words: “0 to 100 %”.")),
    Column(
        "higher_is_better",
        "Better",
        lambda b: b.higher_is_better,
        lambda b: "higher" if b.higher_is_better else "lower",
        order="better",
    ),
    Column("summary", "Summary", lambda benchmark: benchmark.summary, listed=False),
    Column("unit", "Unit", lambda benchmark: benchmark.unit, listed=False),
    Column("scale_min", "Lowest", lambda benchmark: benchmark.scale_min, numeric=True, listed=False),
    Column("scale_max", "Highest", lambda benchmark: benchmark.scale_max, numeric=True, listed=False),
)


class OrganizationList(EntryList):
    model = Organization
    filters = OrganizationFilters
    columns = ORGANIZATION_COLUMNS
    intro = "Who builds the models, writes the papers and measures."


class OrganizationDetail(EntryDetail):
    model = Organization
    columns = ORGANIZATION_COLUMNS
    parts = (
        Part("parent", "Part of", lambda view: view.object.parent, kind=Organization, one=True),
        Part("divisions", "Divisions", lambda view: view.related("divisions"), kind=Organization),
    )

    def byline(self):
        return dotted(self.object.get_kind_display(), self.object.country)

    def thing(self, absolute):
        return organization_data(self.object, absolute)


class SourceList(EntryList):
    model = Source
    filters = SourceFilters
    columns = SOURCE_COLUMNS
    intro = "Where every figure comes from: papers, announcements, model cards, repositories and databases."


class SourceDetail(EntryDetail):
    model = Source
    columns = SOURCE_COLUMNS
    parts = (
        Part(
            "paper",
            "Paper",
            lambda view: Paper.objects.published().as_of(view.as_of).filter(source=view.object).first(),
            kind=Paper,
            one=True,
            about="The paper that it is the bibliographic record of.",
        ),
    )

    def works(self):
        """The paper whose record it is names its authors as well."""
        paper = getattr(self.object, "paper", None)
        return [paper_reference(paper) if paper and paper.is_public else source_reference(self.object)]

    def description(self):
        name = shortened(self.object.name, 100)
        return to_text(self.object.summary) or f"What {NAME} takes from “{name}”, and which figures rest on it."

    def byline(self):
        return dotted(self.object.publisher, appeared(self.object))

    def thing(self, absolute):
        return source_data(self.object, absolute)


class PaperList(EntryList):
    model = Paper
    filters = PaperFilters
    columns = PAPER_COLUMNS
    intro = "The research that the models rest on, and what each paper showed."


class PaperDetail(EntryDetail):
    model = Paper
    columns = PAPER_COLUMNS
    details = (
        Column("url", "Address", lambda paper: paper.url, schema=schemas.about(schemas.TEXT, "Where it can be read.")),
    )
    parts = (
        Part("organizations", "Organizations", lambda view: view.related("organizations"), kind=Organization),
        Part("introduces", "Terms it introduced", lambda view: view.related("introduces"), kind=Term),
        Part("source", "Bibliographic record", lambda view: view.object.source, kind=Source, one=True),
    )

    def works(self):
        return [paper_reference(self.object)]

    def byline(self):
        return dotted(self.object.credit, appeared(self.object))

    def thing(self, absolute):
        return paper_data(self.object, absolute)


class BenchmarkList(EntryList):
    model = Benchmark
    filters = BenchmarkFilters
    columns = BENCHMARK_COLUMNS
    intro = "The tests that models are scored on: what each measures, on what scale, and where it misleads."
