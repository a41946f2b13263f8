"""The page of what changed lately."""

import pytest
from django.test import Client

from core.models import Status
from editorial import lately
from editorial.log import change
from editorial.models import Act
from tests import factories as make
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db


def save(row, reason="Why", act=Act.EDITED, **fields):
    with change(reason, act=act):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return row


def told(page: int = 1) -> list[str]:
    return [one.entry.name for one in lately.lately_changed(page).told]


def test_page_tells_what_changed_in_any_entry_the_newest_first():
    model = make.make_model(name="V3", summary="First words.")
    term = make.make_term(name="Token", definition="A piece.")
    save(model, "Typo", summary="Second words.")
    save(term, "Clearer", Act.ACCEPTED, definition="A piece of text.")

    page = Client().get("/changes/")

    assert told() == ["Token", "V3"]
    assert "<del>First words.</del> <ins>Second words.</ins>" in page.text
    assert "Proposal accepted: Clearer" in " ".join(page.text.split())
    assert first_fault(page.text) == ""


def test_new_entry_is_told_as_new():
    with change("Begun"):
        make.make_term(name="Token")

    assert "A new term." in Client().get("/changes/").text


def test_what_was_written_before_an_entry_was_public_is_not_told():
    with change("Secret"):
        draft = make.make_model(name="Draft", status=Status.DRAFT, summary="Secret.")
    save(draft, "Secret too", summary="Secret again.")
    assert told() == []
    save(draft, "Published", status=Status.PUBLISHED, summary="Public.")

    page = Client().get("/changes/").text

    assert told() == ["Draft"]
    assert "Published" in page
    assert "Secret" not in page


def test_what_was_written_before_an_entry_was_public_takes_up_no_room(monkeypatch):
    monkeypatch.setattr(lately, "PER_PAGE", 1)
    save(make.make_term(name="Token"), definition="Other words.")
    draft = make.make_model(name="Draft", status=Status.DRAFT)
    save(draft, summary="First words.")
    save(draft, status=Status.PUBLISHED)

    assert [told(1), told(2)] == [["Draft"], ["Token"]]


def test_entry_that_is_no_longer_public_is_not_told():
    model = save(make.make_model(name="V3"), summary="Words.")
    assert told() == ["V3"]

    save(model, status=Status.ARCHIVED)

    assert told() == []


def test_figures_that_were_corrected_head_the_page():
    model = make.make_model(name="V3", parameters_total=671 * 10**9)
    save(model, "Counted anew", parameters_total=685 * 10**9)

    page = Client().get("/changes/").text

    assert page.index('id="corrections"') < page.index('class="changes"')
    assert "parameters: <del>671B</del> <ins>685B</ins>" in page


def test_pages_can_be_turned(monkeypatch):
    monkeypatch.setattr(lately, "PER_PAGE", 2)
    for number in range(3):
        save(make.make_term(name=f"Term {number}"), definition="Other words.")

    first, second = (Client().get("/changes/", {"page": page}).text for page in (1, 2))

    assert [told(1), told(2)] == [["Term 2", "Term 1"], ["Term 0"]]
    assert 'href="?page=2"' in first
    assert 'href="?page=1"' in second
    assert lately.lately_changed(3) is None


@pytest.mark.parametrize("page", ["2", "0", "-1", "banana", "\0", "9" * 30, ""])
def test_no_such_page_is_404_with_a_page_that_helps(page):
    answer = Client().get("/changes/", {"page": page})

    assert answer.status_code == 404
    assert 'href="/models/"' in answer.text


def test_page_without_changes_says_so():
    assert "No change has been recorded yet" in Client().get("/changes/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_equally_often_for_one_change_and_for_three(rows, django_assert_num_queries):
    for _ in range(rows):
        model = make.make_model(parameters_total=1)
        save(model, parameters_total=2)

    with django_assert_num_queries(33):
        assert len(Client().get("/changes/").context["page"].told) == rows


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_page_is_for_reading_only(method):
    assert getattr(Client(), method)("/changes/").status_code == 405
