"""What organizations, sources, papers and benchmarks are in schema.org's words."""

from core.linked_data import Absolute, Node, licence, named, node
from core.markdown import to_text
from core.quantities import iso_of
from research.identifiers import Identifier
from research.models import Benchmark, Organization, OrganizationKind, Paper, Source, SourceKind

_ORGANIZATIONS = {
    OrganizationKind.UNIVERSITY: "CollegeOrUniversity",
    OrganizationKind.INSTITUTE: "ResearchOrganization",
    OrganizationKind.GOVERNMENT: "GovernmentOrganization",
}
_SOURCES = {
    SourceKind.PAPER: "ScholarlyArticle",
    SourceKind.REPOSITORY: "SoftwareSourceCode",
}


def organization_data(organization: Organization, absolute: Absolute) -> Node:
    return node(
        _ORGANIZATIONS.get(organization.kind, "Organization"),
        name=organization.name,
        alternateName=organization.alias_list,
        description=to_text(organization.summary),
        url=organization.website,
        address=node("PostalAddress", addressCountry=organization.country) if organization.country else None,
        parentOrganization=named("Organization", organization.parent, absolute),
    )


def source_data(source: Source, absolute: Absolute) -> Node:
    return node(
        _SOURCES.get(source.kind, "CreativeWork"),
        name=source.name,
        description=to_text(source.summary),
        url=source.url,
        archivedAt=source.archived_url,
        genre=source.get_kind_display(),
        publisher=node("Organization", name=source.publisher) if source.publisher else None,
        datePublished=iso_of(source, "published"),
        license=licence(source.licence),
    )


def paper_data(paper: Paper, absolute: Absolute) -> Node:
    ids = {"arXiv": Identifier(arxiv_id=paper.arxiv_id), "DOI": Identifier(doi=paper.doi)}
    identifiers = [
        node("PropertyValue", propertyID=kind, value=id_.arxiv_id or id_.doi, url=id_.url)
        for kind, id_ in ids.items()
        if id_.url
    ]
    return node(
        "ScholarlyArticle",
        headline=paper.name,
        name=paper.name,
        alternateName=paper.short_name,
        description=to_text(paper.summary),
        author=[node("Person", name=author) for author in paper.author_list],
        creditText=paper.credit,
        datePublished=iso_of(paper, "published"),
        keywords=[paper.get_category_display()],
        identifier=identifiers,
        url=paper.url,
        sameAs=[identifier["url"] for identifier in identifiers],
    )


def benchmark_data(benchmark: Benchmark, absolute: Absolute) -> Node:
    """A test is a work: data, a task and a metric. Its scores are a data set, which the page has."""
    return node(
        "CreativeWork",
        name=benchmark.name,
        alternateName=benchmark.full_name,
        description=to_text(benchmark.summary),
        keywords=[word for word in ("benchmark", benchmark.measures, benchmark.metric) if word],
        isBasedOn=named("CreativeWork", benchmark.parent, absolute),
        citation=named("ScholarlyArticle", benchmark.paper, absolute),
    )
