"""Papers and sources in bibliographies."""

import datetime

import pytest
from django.test import Client

from core.models import Status
from core.references import Name
from research.bibliography import paper_reference, source_reference
from research.models import SourceKind
from tests import factories as make
from tests.bibliography import read_bibtex

pytestmark = pytest.mark.django_db


def test_preprint_has_its_number_at_arxiv():
    paper = make.make_paper(
        name="Attention Is All You Need",
        slug="attention",
        authors="Ashish Vaswani\nŁukasz Kaiser\nDeepSeek-AI",
        arxiv_id="1706.03762",
        published="2017-06-12",
        published_precision="month",
        source=make.make_source(publisher="Google", archived_url="https://archive.example/x"),
    )
    paper.refresh_from_db()

    found = paper_reference(paper)

    assert (found.key, found.kind, found.publisher, found.container) == ("papers-attention", "article", "arXiv", "")
    assert (found.arxiv_id, found.url, found.issued) == ("1706.03762", "https://arxiv.org/abs/1706.03762", "2017-06")
    assert found.authors == (Name("Vaswani", "Ashish"), Name("Kaiser", "Łukasz"), Name(literal="DeepSeek-AI"))
    assert found.permanent == "https://archive.example/x"


@pytest.mark.parametrize(
    ("publisher", "credit", "kind", "container", "issuer"),
    [
        ("Nature", "DeepMind", "article-journal", "Nature", ""),
        ("OpenAI", "OpenAI", "report", "", "OpenAI"),
        ("", "OpenAI", "article", "", ""),
    ],
)
def test_paper_is_an_article_or_a_report_by_who_published_it(publisher, credit, kind, container, issuer):
    paper = make.make_paper(credit=credit, source=make.make_source(publisher=publisher, url="https://example.org/pdf"))

    found = paper_reference(paper)

    assert (found.kind, found.container, found.publisher) == (kind, container, issuer)
    assert found.url == "https://example.org/pdf"


def test_paper_of_which_little_is_known_is_cited_with_that():
    found = paper_reference(make.make_paper(name="Alone", slug="alone", doi="10.1/x"))

    assert (found.kind, found.title, found.doi, found.authors, found.issued) == ("article", "Alone", "10.1/x", (), "")


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (SourceKind.ANNOUNCEMENT, "webpage"),
        (SourceKind.MODEL_CARD, "webpage"),
        (SourceKind.DOCUMENTATION, "webpage"),
        (SourceKind.REPOSITORY, "software"),
        (SourceKind.DATABASE, "dataset"),
    ],
)
def test_page_is_by_whoever_publishes_it(kind, written):
    source = make.make_source(
        kind=kind,
        publisher="Epoch AI",
        accessed=datetime.date(2026, 11, 24),
        licence="CC BY 4.0",
        archived_url="https://a.example/",
    )

    found = source_reference(source)

    assert (found.kind, found.publisher, found.authors) == (written, "Epoch AI", (Name(literal="Epoch AI"),))
    assert (found.accessed, found.licence) == (datetime.date(2026, 11, 24), "CC BY 4.0")
    assert found.note == "CC BY 4.0. Permanent link: https://a.example/"


def test_news_is_in_a_paper_if_that_is_known():
    known, unknown = (make.make_source(kind=SourceKind.NEWS, publisher=publisher) for publisher in ("CNBC", ""))

    assert (source_reference(known).kind, source_reference(known).container) == ("article-newspaper", "CNBC")
    assert source_reference(unknown).kind == "webpage"


@pytest.mark.parametrize(
    ("url", "publisher", "expected"),
    [
        ("https://arxiv.org/abs/1706.03762", "arXiv", ("article", "1706.03762", "", "arXiv", "")),
        ("https://doi.org/10.1038/nature16961", "Nature", ("article-journal", "", "10.1038/nature16961", "", "Nature")),
        ("https://example.org/paper", "", ("article", "", "", "", "")),
    ],
)
def test_source_that_is_a_paper_is_known_by_its_address(url, publisher, expected):
    found = source_reference(make.make_source(kind=SourceKind.PAPER, url=url, publisher=publisher))

    assert (found.kind, found.arxiv_id, found.doi, found.publisher, found.container) == expected


def test_record_of_a_paper_is_cited_as_the_paper_if_readers_may_see_that():
    source = make.make_source(name="Record", slug="record")
    paper = make.make_paper(slug="paper", source=source, authors="Ada Lovelace")
    shown = [work.key for work in read_bibtex(Client().get("/sources/record.bib").text)]

    type(paper).objects.update(status=Status.DRAFT)
    hidden = Client().get("/sources/record.bib").text

    assert shown == ["papers-paper", "descent-sources-record"]
    assert [work.key for work in read_bibtex(hidden)] == ["sources-record", "descent-sources-record"]
    assert "Lovelace" not in hidden


def test_source_that_is_hidden_says_nothing_of_its_paper():
    source = make.make_source(publisher="Secret Journal", status=Status.DRAFT, url="https://secret.example/")
    paper = make.make_paper(source=source)

    told = Client().get(f"{paper.get_absolute_url()[:-1]}.bib").text

    assert paper.name in told
    assert "ecret" not in told
