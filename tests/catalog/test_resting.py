import pytest
from django.test import Client

from catalog.resting import SHOWN, resting_on
from core.models import Status
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """A source with one figure and one milestone more than a page holds, and two scores."""
    source, model, benchmark = make.make_source(slug="it"), make.make_model(name="M"), make.make_benchmark(name="B")
    for number in range(SHOWN + 1):
        make.make_citation(model=model, source=source, stated=f"{number + 1}B")
        make.make_milestone(model=model, source=source, text=f"Milestone {number + 1}.")
    for setting in ("0-shot", "5-shot"):
        make.make_score(model=model, benchmark=benchmark, source=source, setting=setting)
    return source


def test_each_kind_goes_on_on_the_next_page(source):
    first, second = resting_on(source), resting_on(source, 2)

    assert [citation.stated for citation in first.citations] == [f"{number}B" for number in range(1, SHOWN + 1)]
    assert [citation.stated for citation in second.citations] == [f"{SHOWN + 1}B"]
    assert [milestone.text for milestone in second.milestones] == [f"Milestone {SHOWN + 1}."]
    assert [len(first.scores), len(second.scores)] == [2, 0]
    assert (first.more, second.more) == (True, False)


def test_what_is_not_public_takes_no_place(source):
    hidden = make.make_model(status=Status.DRAFT)
    make.make_citation(model=hidden, source=source, stated="Hidden")
    source.citations.exclude(model=hidden).last().delete()
    source.milestones.last().delete()

    resting = resting_on(source)

    assert len(resting.citations) == SHOWN
    assert not resting.more


def test_page_of_a_source_leads_to_its_other_pages(source):
    first, second = (Client().get("/sources/it/", query) for query in ({}, {"page": "2"}))

    assert "Page 1 Next" in text_of(first.text)
    assert '<a rel="next" href="?page=2">' in first.text
    assert "Previous Page 2" in text_of(second.text)
    assert "Figures M, Parameters: 41B Milestones M: Milestone 41. Previous" in text_of(second.text)
    assert Client().get("/sources/it/", {"page": "3"}).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "two", "", "1.5", "\0", "9" * 5000, "10001"])
def test_page_that_is_none_is_not_found(source, page):
    assert Client().get("/sources/it/", {"page": page}).status_code == 404


def test_source_on_which_little_rests_has_one_page():
    make.make_source(slug="it")

    assert "Page 1" not in text_of(Client().get("/sources/it/").text)
