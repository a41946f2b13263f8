"""References as BibTeX, read back by a reader that forgives nothing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bibtex import bibtex, escape
from core.references import Name, Reference
from tests.bibliography import printed, read_bibtex

WORD = st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8)


def work(**fields) -> Reference:
    return Reference(
        **{"key": "papers-x", "kind": "article", "title": "A Title", "url": "https://example.org/x"} | fields
    )


def only(reference: Reference):
    [entry] = read_bibtex(bibtex([reference]))
    return entry


def test_every_field_is_written():
    entry = only(
        work(
            authors=(Name("Oord", "Aäron", "van den"), Name("Hoane", "A. Joseph", suffix="Jr."), Name(literal="Lab")),
            kind="article-journal",
            container="Nature",
            publisher="Springer",
            issued="2016-09-12",
            accessed=datetime.date(2026, 11, 28),
            arxiv_id="1609.03499",
            doi="10.1038/x_1",
            licence="CC BY 4.0",
            permanent="https://example.org/x_1",
            version="2",
        )
    )

    assert (entry.kind, entry.key) == ("article", "papers-x")
    assert entry.fields == {
        "author": "van den Oord, Aäron and Hoane, Jr., A. Joseph and {Lab}",
        "title": "{A Title}",
        "journal": "Nature",
        "publisher": "Springer",
        "year": "2016",
        "month": "sep",
        "eprint": "1609.03499",
        "eprinttype": "arxiv",
        "doi": "10.1038/x_1",
        "url": "https://example.org/x",
        "urldate": "2026-11-28",
        "version": "2",
        "note": r"CC BY 4.0. Permanent link: https://example.org/x\_1",
    }


def test_what_is_unknown_is_left_out_and_a_work_without_authors_is_sorted_by_its_title():
    assert only(work()).fields == {"key": "A Title", "title": "{A Title}", "url": "https://example.org/x"}


@pytest.mark.parametrize(("issued", "year", "month"), [("2024", "2024", None), ("2024-01", "2024", "jan")])
def test_date_is_written_as_far_as_it_is_known(issued, year, month):
    fields = only(work(issued=issued)).fields

    assert (fields["year"], fields.get("month")) == (year, month)


@pytest.mark.parametrize(
    ("kind", "written", "field"),
    [
        ("report", "techreport", "institution"),
        ("article", "misc", "publisher"),
        ("entry-encyclopedia", "misc", "publisher"),
        ("article-journal", "article", "publisher"),
    ],
)
def test_kind_has_the_type_and_the_field_that_styles_ask_for(kind, written, field):
    entry = only(work(kind=kind, publisher="Somebody"))

    assert (entry.kind, entry.fields[field]) == (written, "Somebody")


def test_escaped_text_says_every_sign():
    assert escape("50% of R&D_2 for $5 #1 {x} ~^\\ é") == (
        r"50\% of R\&D\_2 for \$5 \#1 {\textbraceleft}x{\textbraceright} "
        r"{\textasciitilde}{\textasciicircum}{\textbackslash} é"
    )


@given(st.text())
def test_escaped_text_prints_what_it_says(text):
    assert printed(escape(text)) == " ".join(text.split())


@given(title=st.text(), note=st.text(), url=st.text())
def test_whatever_is_in_it_the_file_can_be_read(title, note, url):
    references = [work(title=title, licence=note, url=url, authors=(Name(literal=note or "x"),)), work(key="second")]

    first, second = read_bibtex(bibtex(references))

    assert first.text("title") == " ".join(title.split())
    assert first.text("author") == " ".join((note or "x").split())
    assert second.key == "second"


@given(
    st.lists(
        st.builds(
            Name,
            family=st.lists(WORD, min_size=1, max_size=3).map(" ".join),
            given=st.lists(WORD, max_size=2).map(" ".join),
            particle=st.sampled_from(["", "von", "van den", "de la"]),
            suffix=st.sampled_from(["", "Jr.", "III"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_names_come_back_in_their_parts(names):
    names = [name if name.given else Name(name.family, "G.", name.particle, name.suffix) for name in names]

    entry = only(work(authors=tuple(names)))

    assert entry.authors == [(name.particle, name.family, name.suffix, name.given) for name in names]


@pytest.mark.parametrize("literal", ["Barnes and Noble", "Meta AI, FAIR", "DeepSeek-AI", "others", "R&D {x"])
def test_name_of_a_group_stays_whole(literal):
    entry = only(work(authors=(Name(literal=literal), Name("Vaswani", "Ashish"))))

    assert entry.authors == [("", literal, "", ""), ("", "Vaswani", "", "Ashish")]


@pytest.mark.parametrize(
    "file",
    [
        "@misc{a b,\n}",
        "@misc{a,\n  title = {{x}\n}",
        "@misc{a,\n  title = {x}\n}",
        "misc",
        "@misc{a,\n month = foo,\n}",
    ],
)
def test_malformed_file_is_seen(file):
    with pytest.raises((ValueError, IndexError)):
        read_bibtex(file)


@pytest.mark.parametrize("value", ["50%", "a_b", "R&D", r"\foo", "}"])
def test_sign_that_is_not_escaped_is_seen(value):
    with pytest.raises(ValueError, match=r"stands there as it is|A brace too many"):
        printed(value)
