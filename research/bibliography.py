"""Papers and sources as bibliographies name them."""

from core.citing import key_of
from core.quantities import iso_of
from core.references import Name, Reference
from research.identifiers import Identifier, read
from research.models import Paper, Source, SourceKind
from research.names import read_name

# What sort of work a source is to a bibliography; most are pages.
KINDS = {
    SourceKind.REPOSITORY: "software",
    SourceKind.DATABASE: "dataset",
    SourceKind.NEWS: "article-newspaper",
}


def paper_reference(paper: Paper) -> Reference:
    """The paper; `source`, fetched with it, says where it appeared."""
    source = paper.source
    where = source.publisher if source else ""
    return Reference(
        key=key_of(paper),
        title=paper.name,
        authors=tuple(map(read_name, paper.author_list)),
        url=paper.url or (source.url if source else ""),
        issued=iso_of(paper, "published"),
        permanent=source.archived_url if source else "",
        **_appeared(Identifier(paper.arxiv_id, paper.doi), where, where in paper.credit),
    )


def source_reference(source: Source) -> Reference:
    """The source, as an editor last read it. Whoever publishes a page of its own has written it."""
    own = {
        "key": key_of(source),
        "title": source.name,
        "url": source.url,
        "issued": iso_of(source, "published"),
        "accessed": source.accessed,
        "licence": source.licence,
        "permanent": source.archived_url,
    }
    if source.kind == SourceKind.PAPER:
        return Reference(**own, **_appeared(_identifier(source.url), source.publisher))
    kind = KINDS.get(source.kind, "webpage")
    if source.kind == SourceKind.NEWS:
        return Reference(**own, kind=kind if source.publisher else "webpage", container=source.publisher)
    authors = (Name(literal=source.publisher),) if source.publisher else ()
    return Reference(**own, kind=kind, authors=authors, publisher=source.publisher)


def _appeared(identifier: Identifier, where: str, by_its_authors: bool = False) -> dict[str, str]:
    """A preprint, a report of those who published it themselves, or an article in a journal or the like."""
    known = {"arxiv_id": identifier.arxiv_id, "doi": identifier.doi}
    if identifier.arxiv_id:
        return known | {"kind": "article", "publisher": "arXiv"}
    if not where:
        return known | {"kind": "article"}
    if by_its_authors:
        return known | {"kind": "report", "publisher": where}
    return known | {"kind": "article-journal", "container": where}


def _identifier(url: str) -> Identifier:
    try:
        return read(url)
    except ValueError:
        return Identifier()
