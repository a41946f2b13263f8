"""Prose that cites its sources inline."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from catalog.evidence import Notes
from core.models import Entry, Status
from tests import factories as make
from tests.project.test_pages import first_fault

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

KINDS = [model for model in apps.get_models() if issubclass(model, Entry)]


@pytest.fixture
def sources():
    return [make.make_source(name=name) for name in ("Report", "Card")]


def marked(text):
    notes = Notes()
    notes.read(text)
    return notes, notes.mark(text)


def test_citation_becomes_a_numbered_note_without_the_space_before_it(sources):
    notes, html = marked("It has 671B [@report]. It reads 128K [@card], says the card [@report].")

    assert [note.source.name for note in notes] == ["Report", "Card"]
    assert html.startswith(
        'It has 671B<sup class="note"><a href="#note-1" role="doc-noteref" title="Report">1</a></sup>.'
    )
    assert html.count('href="#note-1"') == 2
    assert "[@" not in html


def test_places_in_one_source_get_letters(sources):
    notes, html = marked("A [@report, Table 6] and B [@report, §2 & 3].")

    assert [note.lettered for note in notes] == [[("a", "Table 6"), ("b", "§2 & 3")]]
    assert "1a</a>" in html
    assert "1b</a>" in html


def test_hidden_or_unknown_source_leaves_no_trace():
    make.make_source(name="Secret", status=Status.DRAFT)

    notes, html = marked("One [@secret]. Two [@no-such-source].")

    assert html == "One. Two."
    assert not notes


def test_code_and_what_only_looks_like_it_stay(sources):
    _, html = marked("<code>[@report]</code> a@b.c [@] [@Report] [report]")

    assert html == "<code>[@report]</code> a@b.c [@] [@Report] [report]"


def test_text_without_citation_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        marked("Nothing to see.")


def test_models_notes_are_numbered_as_they_are_read(sources):
    model = make.make_model(why_it_matters="First [@card].", description="Then [@report, p. 3].")
    make.make_milestone(model=model, source=make.make_source(name="News"))

    page = Client().get(model.get_absolute_url()).text

    found = re.findall(r'id="note-(\d)"><a href="/sources/(\w+)/"', page)
    assert found == [("1", "card"), ("2", "report"), ("3", "news")]
    assert "[@" not in page
    assert first_fault(page) == ""


def test_term_lists_the_sources_of_its_article(sources):
    term = make.make_term(article="A word [@report].")
    plain = make.make_term(article="A word.")

    cited, uncited = (Client().get(entry.get_absolute_url()).text for entry in (term, plain))

    assert 'id="note-1"><a href="/sources/report/"' in cited
    assert 'id="sources"' not in uncited


def test_script_in_a_place_is_escaped(sources):
    model = make.make_model(description='It [@report, <script>alert("x")</script>].')

    page = Client().get(model.get_absolute_url()).text

    assert "<script>alert" not in page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_names_the_texts_that_its_page_prints_as_markdown(kind):
    template = Path(settings.BASE_DIR, f"templates/{kind._meta.app_label}/{kind._meta.model_name}_detail.html")
    text = template.read_text()

    printed = re.findall(r"{% prose lexicon entry\.(\w+) as (\w+) %}{{ \2\|with_notes:(?:page\.)?notes }}", text)

    assert text.count("{% prose ") == len(printed) > 0
    assert [name for name, _ in printed] == list(kind.markdown)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_cites_in_its_texts_on_its_page(kind):
    make.make_source(name="Report")
    factory = getattr(make, f"make_{'model' if kind.__name__ == 'AIModel' else kind._meta.model_name}")
    entry = factory(**dict.fromkeys(kind.markdown, "So it is said [@report]."))

    page = Client().get(entry.get_absolute_url()).text

    text = page.partition("<main")[2]
    assert text.count('So it is said<sup class="note"><a href="#note-1"') == len(kind.markdown)
    assert 'id="note-1"><a href="/sources/report/"' in text
    assert first_fault(page) == ""
