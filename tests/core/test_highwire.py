"""What the head of a page tells reference managers."""

import datetime

from core.bibtex import TYPES
from core.highwire import ITEMS, highwire
from core.references import Name, Reference


def work(**fields) -> Reference:
    return Reference(**{"key": "x", "kind": "article", "title": "A Title", "url": "https://example.org/x"} | fields)


def test_preprint_is_told_with_its_authors_in_order():
    authors = (Name("Oord", "Aäron", "van den"), Name("Hoane", "A. Joseph", suffix="Jr."), Name(literal="DeepSeek-AI"))

    assert highwire(
        work(authors=authors, issued="2016-09-12", publisher="arXiv", arxiv_id="1609.03499", doi="10.1/x")
    ) == [
        ("citation_title", "A Title"),
        ("citation_author", "van den Oord, Aäron"),
        ("citation_author", "Hoane Jr., A. Joseph"),
        ("citation_author", "DeepSeek-AI"),
        ("citation_publication_date", "2016/09/12"),
        ("citation_publisher", "arXiv"),
        ("citation_doi", "10.1/x"),
        ("citation_arxiv_id", "1609.03499"),
        ("citation_pdf_url", "https://arxiv.org/pdf/1609.03499"),
        ("citation_public_url", "https://example.org/x"),
        ("z:itemType", "preprint"),
    ]


def test_article_names_its_journal_and_a_report_its_institution():
    article = dict(highwire(work(kind="article-journal", container="Nature")))
    report = dict(highwire(work(kind="report", publisher="OpenAI")))

    assert (article["citation_journal_title"], article["z:itemType"]) == ("Nature", "journalArticle")
    assert (report["citation_technical_report_institution"], report["z:itemType"]) == ("OpenAI", "report")


def test_only_journals_and_reports_bear_the_tags_by_which_zotero_takes_them_for_such():
    deciding = {"citation_journal_title", "citation_technical_report_institution", "citation_conference_title"}
    others = sorted(ITEMS.keys() - {"article-journal", "report"})

    told = {kind: dict(highwire(work(kind=kind, container="C", publisher="P"))).keys() for kind in others}

    assert {kind for kind, names in told.items() if deciding & names} == set()
    assert len(others) == 6
    assert TYPES.keys() <= ITEMS.keys()


def test_entry_is_an_article_in_this_encyclopedia():
    entry = work(
        kind="entry-encyclopedia",
        container="Descent",
        publisher="Descent",
        licence="CC BY 4.0",
        accessed=datetime.date(2026, 11, 28),
    )

    assert highwire(entry) == [
        ("citation_title", "A Title"),
        ("author", "Descent"),
        ("z:encyclopediaTitle", "Descent"),
        ("citation_publisher", "Descent"),
        ("citation_public_url", "https://example.org/x"),
        ("z:itemType", "encyclopediaArticle"),
        ("z:rights", "CC BY 4.0"),
    ]
