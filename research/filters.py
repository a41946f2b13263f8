from core.filters import AsOfFilter, DateFilter, Facet, OrderFilter
from core.histograms import YEARS, Histogram
from glossary.models import Term
from research.models import Benchmark, Category, Organization, OrganizationKind, Source, SourceKind
from search.filters import SearchFilters


def named(entries):
    """What a facet offers of a kind of entry: its published ones, by slug and name."""
    return lambda: entries.published().values_list("slug", "name")


def written(entries, field):
    """What a facet offers of a text field: whatever published entries hold in it."""
    return lambda: (
        (text, text)
        for text in entries.published().exclude(**{field: ""}).order_by(field).values_list(field, flat=True)
    )


class OrganizationFilters(SearchFilters):
    kind = Facet("kind", label="Kind", choices=OrganizationKind, unknown="not known")
    country = Facet("country", label="Country", choices=written(Organization.objects, "country"), unknown="not known")
    parent = Facet("parent__slug", label="Part of", choices=named(Organization.objects.filter(divisions__isnull=False)))
    order = OrderFilter(name=("Name", "name"), kind=("Kind", "kind"), country=("Country", "country"))


class SourceFilters(SearchFilters):
    histograms = (Histogram("published", "Publication", YEARS),)

    kind = Facet("kind", label="Kind", choices=SourceKind)
    publisher = Facet("publisher", label="Publisher", choices=written(Source.objects, "publisher"), unknown="not known")
    licence = Facet("licence", label="Licence", choices=written(Source.objects, "licence"), unknown="not known")
    as_of = AsOfFilter("published")
    published_after = DateFilter(field_name="published", lookup_expr="gte", label="Published from")
    published_before = DateFilter(field_name="published", lookup_expr="lte", label="Published until")
    order = OrderFilter(
        name=("Title", "name"),
        publisher=("Publisher", "publisher"),
        kind=("Kind", "kind"),
        published=("Publication", "published"),
        accessed=("Reading", "accessed"),
        licence=("Licence", "licence"),
    )


class PaperFilters(SearchFilters):
    histograms = (Histogram("published", "Publication", YEARS),)

    category = Facet("category", label="Category", choices=Category)
    organization = Facet(
        "organizations__slug", label="Organization", choices=named(Organization.objects), unknown="not known"
    )
    term = Facet("introduces__slug", label="Introduces", choices=named(Term.objects))
    as_of = AsOfFilter("published")
    published_after = DateFilter(field_name="published", lookup_expr="gte", label="Published from")
    published_before = DateFilter(field_name="published", lookup_expr="lte", label="Published until")
    order = OrderFilter(
        name=("Title", "name"),
        short_name=("Short name", "short_name"),
        category=("Category", "category"),
        published=("Publication", "published"),
        credit=("Credit", "credit"),
    )


class BenchmarkFilters(SearchFilters):
    parent = Facet("parent__slug", label="Variant of", choices=named(Benchmark.objects.filter(variants__isnull=False)))
    metric = Facet("metric", label="Metric", choices=written(Benchmark.objects, "metric"), unknown="not known")
    unit = Facet("unit", label="Unit", choices=written(Benchmark.objects, "unit"), unknown="none")
    higher_is_better = Facet(
        "higher_is_better", label="Better", choices=lambda: [("True", "higher is better"), ("False", "lower is better")]
    )
    order = OrderFilter(
        name=("Name", "name"),
        full_name=("Full name", "full_name"),
        measures=("What it measures", "measures"),
        metric=("Metric", "metric"),
        scale=("Scale", "scale_max"),
        better=("Direction", "higher_is_better"),
    )
