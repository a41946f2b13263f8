"""The reading order for newcomers."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from core.models import Status
from core.urls import entry_at
from editorial.models import ReadingStep
from tests import factories as make
from tests.project.test_pages import first_fault
from tests.reading import text_of

ORDER = Path(settings.BASE_DIR, "fixtures", "9-start", "start-here.json")


def step(order, entry, chapter=""):
    return ReadingStep.objects.create(
        order=order, address=entry.get_absolute_url(), chapter=chapter, why=f"Why {entry.name}."
    )


@pytest.fixture
def order(db):
    """A term, a draft and a model in order, under two headings."""
    term, model = make.make_term(name="Token"), make.make_model(name="GPT-3")
    draft = make.make_paper(name="Secret", status=Status.DRAFT)
    step(3, model, "Then"), step(2, draft, "Hidden"), step(1, term, "First")
    return term, model


def test_page_tells_the_order_its_headings_and_why(order):
    page = Client().get("/start/").text

    text = text_of(page)
    assert "First Token term Why Token. Then GPT-3 model Why GPT-3." in text
    assert first_fault(page) == ""


def test_draft_is_passed_over_and_not_counted(order):
    page = Client().get("/start/").text

    assert 'id="step-2"><a href="/models/gpt-3/?start">' in page
    assert "Secret" not in page
    assert "step-3" not in page


def test_entry_in_the_order_says_where_it_stands_and_what_comes_next(order):
    term, model = (Client().get(f"{entry.get_absolute_url()}?start").text for entry in order)

    assert "Step 1 of 2 in Start here. Next: GPT-3" in text_of(term)
    assert "Step 2 of 2 in Start here." in text_of(model)
    assert "Next:" not in text_of(model)


def test_entry_outside_the_order_says_nothing_of_it(order):
    other = Client().get(f"{make.make_model(name='Other').get_absolute_url()}?start").text
    own = Client().get(order[1].get_absolute_url()).text

    assert "Start here" not in text_of(other)
    assert "Start here" not in text_of(own)


def test_page_without_an_order_leads_elsewhere(db):
    assert "No order has been laid out yet." in Client().get("/start/").text


def test_start_page_asks_equally_often_for_few_and_many(db, django_assert_num_queries):
    step(1, make.make_term())
    with django_assert_num_queries(2):
        Client().get("/start/")
    step(2, make.make_term()), step(3, make.make_term())
    with django_assert_num_queries(2):
        Client().get("/start/")


@pytest.mark.parametrize(
    "address",
    ["", "gpt-3", "/models/", "/models/gpt-3", "/models/gpt-3.json", "/search/", "https://example.org/", "/admin/"],
)
def test_what_is_no_address_of_an_entry_is_refused(address):
    with pytest.raises(ValidationError, match="Write the address of an entry"):
        entry_at(address)


def test_bad_address_that_came_past_validation_is_passed_over(order):
    ReadingStep.objects.create(order=9, address="/nowhere/", why="Because.")

    assert Client().get("/start/").status_code == 200


def test_starter_order_leads_to_entries_that_are_there():
    folders = {"glossary": "1-terms", "papers": "4-papers", "benchmarks": "5-benchmarks", "models": "8-models"}
    steps = [record["fields"] for record in json.loads(ORDER.read_text())]

    missing = []
    for fields in steps:
        _, kind, slug, _ = fields["address"].split("/")
        if not (ORDER.parent.parent / folders[kind] / f"{slug}.json").exists():
            missing.append(fields["address"])

    assert missing == []
    assert [fields["order"] for fields in steps] == list(range(1, 35))
    assert len({fields["address"] for fields in steps}) == 34


def test_editor_adds_a_step_in_the_admin(client, db):
    client.force_login(make.make_editor())
    make.make_model(name="GPT-3")

    fields = {"order": "1", "chapter": "", "address": "/models/gpt-3/", "why": "Size."}
    bad = client.post("/admin/editorial/readingstep/add/", {**fields, "address": "/models/"})
    client.post("/admin/editorial/readingstep/add/", fields)

    assert "Write the address of an entry" in bad.text
    assert [str(step) for step in ReadingStep.objects.all()] == ["/models/gpt-3/"]
    assert ReadingStep.history.count() == 1
