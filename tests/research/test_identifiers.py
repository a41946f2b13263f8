"""Identifiers of papers in the spellings in which people paste them."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from research.identifiers import Identifier, read

NEW = "2412.19437"
DOI = "10.1038/s41586-021-03819-2"
# Around an id.
ARXIV_SPELLINGS = [
    "{}",
    "{}v2",
    "arXiv:{}",
    "ARXIV: {}v12",
    "arXiv:{}v2 [cs.CL] 18 Feb 2025",
    "arxiv.org/abs/{}",
    "https://arxiv.org/abs/{}v1",
    "http://www.arxiv.org/abs/{}/",
    "https://export.arxiv.org/abs/{}?context=cs#comments",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/pdf/{}v3",
    "https://arxiv.org/html/{}v1#S2",
    "10.48550/arXiv.{}",
    "doi:10.48550/arxiv.{}",
    "https://doi.org/10.48550/ARXIV.{}",
]
DOI_SPELLINGS = [
    "{}",
    "doi:{}",
    "DOI: {}",
    "doi.org/{}",
    "https://doi.org/{}",
    "http://dx.doi.org/{}",
    "https://www.doi.org/{}?via=mail",
]
AROUND = ["{}", "  {}\n", "({}).", "“{}”,", "<{}>", "{}…", "[{}];"]

two_digits = "{:02}".format
arxiv_ids = st.one_of(
    st.builds(
        "{}{}.{:04}".format,
        st.integers(8, 14).map(two_digits),
        st.integers(1, 12).map(two_digits),
        st.integers(1, 9999),
    ),
    st.builds("{}{}.{:05}".format, st.integers(15, 99), st.integers(1, 12).map(two_digits), st.integers(1, 99999)),
    st.builds(
        "{}/{}{}{:03}".format,
        st.sampled_from(["hep-th", "cs", "math-ph", "quant-ph"]),
        st.integers(92, 106).map(lambda year: two_digits(year % 100)),
        st.integers(1, 12).map(two_digits),
        st.integers(1, 999),
    ),
)
dois = st.builds(
    "10.{}/{}".format,
    st.integers(1000, 48000),
    st.from_regex(r"[a-zA-Z0-9]+(\([0-9]{2}\)[0-9]+|[.:_-][a-z0-9]+){0,3}", fullmatch=True),
)


@given(arxiv_ids, st.sampled_from(ARXIV_SPELLINGS), st.sampled_from(AROUND))
@example(NEW, ARXIV_SPELLINGS[4], AROUND[2])
def test_any_spelling_of_an_arxiv_id_is_that_id(number, spelling, around):
    assert read(around.format(spelling.format(number))) == Identifier(arxiv_id=number)


@given(dois, st.sampled_from(DOI_SPELLINGS), st.sampled_from(AROUND))
@example("10.1016/S0004-3702(01)00129-1", DOI_SPELLINGS[4], AROUND[2])
def test_any_spelling_of_a_doi_is_that_doi(doi, spelling, around):
    assert read(around.format(spelling.format(doi))) == Identifier(doi=doi)


@given(st.one_of(arxiv_ids.map(lambda number: Identifier(arxiv_id=number)), dois.map(lambda doi: Identifier(doi=doi))))
@example(Identifier(doi="10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"))
@example(Identifier(doi="10.1000/a%b#c?d"))
def test_its_address_is_a_spelling_of_it(identifier):
    assert read(identifier.url) == identifier
    assert identifier.is_in(identifier.url.upper() if identifier.doi and "%" not in identifier.url else identifier.url)


@given(
    st.one_of(st.text(), st.from_regex(r"(arXiv:|doi:|https://(arxiv|doi)\.org/)?(10\.|\d{4}\.)?[\d./()\[\]%v?#\0-]*"))
)
@example("https://doi.org/10.1000/%00")
@example("[" * 400 + "10.1000/x" + "]" * 90)
@example("https://[")
def test_no_text_raises_anything_but_a_value_error(text):
    try:
        found = read(text)
    except ValueError:
        return
    assert bool(found.arxiv_id) != bool(found.doi)
    assert found.published is None or found.published.day == 1
    assert "\0" not in found.url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "banana",
        "2413.19437",
        "2400.19437",
        "2412.1943",
        "2412.194370",
        "1412.00001",
        "0703.0001",
        "hep-th/9913001",
        "cs/0704001",
        "https://example.org/abs/2412.19437",
        "https://arxiv.org/list/cs.CL/recent",
        "https://arxiv.org.example.org/abs/2412.19437",
        "10.48550/arXiv.2413.19437",
        "10.48550/banana",
        "10.1038",
        "10.1038/",
        "doi:10.1038/a b",
        "2412.19437 and 2405.04434",
        "٢٤١٢.١٩٤٣٧",
        "2412.19437" + " " * 1000,
    ],
)
def test_what_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"\.$"):
        read(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2413.19437", "No arXiv id begins with 2413: there is no month 13."),
        ("2412.1943", "No arXiv id is 2412.1943: since 2015 five digits follow the point, before that four."),
    ],
)
def test_a_slip_is_named(text, message):
    with pytest.raises(ValueError) as told:  # noqa: PT011 (its message is what is tested)
        read(text)

    assert str(told.value) == message


@pytest.mark.parametrize(
    ("text", "month"),
    [(NEW, (2024, 12)), ("0704.0001", (2007, 4)), ("hep-th/9108001", (1991, 8)), ("cs/0101001", (2001, 1))],
)
def test_an_arxiv_id_tells_the_month(text, month):
    assert read(text).says == {
        "arxiv_id": text,
        "doi": "",
        "url": f"https://arxiv.org/abs/{text}",
        "publisher": "arXiv",
        "kind": "paper",
        "published": datetime.date(*month, 1),
        "published_precision": "month",
    }


def test_a_doi_tells_nothing_but_its_address():
    assert read(DOI).says == {"arxiv_id": "", "doi": DOI, "url": f"https://doi.org/{DOI}"}


def test_the_class_is_no_part_of_an_old_id():
    assert read("arXiv:math.GT/0309136v1") == Identifier(arxiv_id="math/0309136")


def test_letters_of_a_doi_stay_and_do_not_matter():
    assert read("10.1109/CVPR.2009.5206848").doi == "10.1109/CVPR.2009.5206848"
    assert Identifier(doi="10.1109/CVPR.2009.5206848").is_in("https://doi.org/10.1109/cvpr.2009.5206848")
    assert not Identifier(arxiv_id=NEW).is_in("https://example.org/")
