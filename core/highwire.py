"""References as tags in the head of a page, where Zotero and Google Scholar look for them.

Highwire's own tags are not enough: an article in an encyclopedia, a preprint or a data set is said in Zotero's terms.
See the translators “Embedded Metadata” and “RDF” at https://github.com/zotero/translators.
"""

from collections.abc import Iterator

from core.references import Reference

# What Zotero calls each kind of work.
ITEMS = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-newspaper": "newspaperArticle",
    "dataset": "dataset",
    "entry-encyclopedia": "encyclopediaArticle",
    "report": "report",
    "software": "computerProgram",
    "webpage": "webpage",
}
# The tags for what contains or issues a work, by its kind; others would make it an article in a journal.
_CONTAINERS = {"article-journal": "citation_journal_title", "entry-encyclopedia": "z:encyclopediaTitle"}
_PUBLISHERS = {"report": "citation_technical_report_institution"}


def highwire(reference: Reference) -> list[tuple[str, str]]:
    """Names and contents of the tags, those of the authors in their order."""
    return [(name, content) for name, content in _tags(reference) if content]


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", reference.title
    for name in reference.authors:
        yield "citation_author", name.inverted
    if not reference.authors:
        # Else whoever stands below the heading is taken for the author.
        yield "author", reference.publisher or reference.container
    yield "citation_publication_date", reference.issued.replace("-", "/")
    yield _CONTAINERS.get(reference.kind, "z:publicationTitle"), reference.container
    yield _PUBLISHERS.get(reference.kind, "citation_publisher"), reference.publisher
    yield "citation_doi", reference.doi
    yield "citation_arxiv_id", reference.arxiv_id
    yield "citation_pdf_url", reference.arxiv_id and f"https://arxiv.org/pdf/{reference.arxiv_id}"
    yield "citation_public_url", reference.url
    yield "z:itemType", ITEMS[reference.kind]
    yield "z:rights", reference.licence
