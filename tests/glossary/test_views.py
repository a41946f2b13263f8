import pytest
from django.test import Client

from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def test_list_shows_terms_with_their_definitions():
    make.make_term(name="Mixture of Experts", abbreviation="MoE", definition="Many experts.")

    page = Client().get("/glossary/").text

    assert '<a href="/glossary/mixture-of-experts/">Mixture of Experts</a>' in page
    assert "Many experts." in page
    assert ">MoE</td>" in page


@pytest.mark.parametrize("word", ["mixture", "MOE", "gated", "definition", "else"])
def test_search_looks_into_names_definition_and_article(word):
    make.make_term(name="Mixture", abbreviation="MoE", aliases="gated", definition="The definition.", article="Else.")
    make.make_term(name="Other")

    assert [t.name for t in Client().get("/glossary/", {"q": word}).context["page_obj"]] == ["Mixture"]
    assert [t.name for t in Client().get("/glossary/", {"q": "nothing"}).context["page_obj"]] == []


def test_page_has_definition_article_and_whatever_uses_the_term():
    token = make.make_term(name="Token", definition="A piece.")
    term = make.make_term(
        name="Attention", abbreviation="Att", aliases="looking\nseeing", definition="Looks.", article="At a *token*."
    )
    term.see_also.set([token, make.make_term(name="Hidden", status="draft")])
    make.make_paper(name="The paper", introduces=[term])
    make.make_innovation(term=term, model=make.make_model(name="The model"))

    page = Client().get("/glossary/attention/").text

    assert '<h1>Attention <span class="abbreviation">(Att)</span></h1>' in page
    assert "Also called looking, seeing" in page
    assert '<p class="definition">Looks.</p>' in page
    assert "<em>" in page
    assert '<a href="/glossary/token/">Token</a><span class="entry-summary">A piece.</span>' in page
    assert "Hidden" not in page
    assert '<a href="/papers/the-paper/">The paper</a>' in page
    assert '<a href="/models/the-model/">The model</a>' in page


def test_papers_that_introduced_a_term_come_oldest_first_with_their_credit():
    term = make.make_term(name="Attention")
    for name, year in (("Later", "2017"), ("Earlier", "1991")):
        make.make_paper(
            name=name, credit="Lab", introduces=[term], published=f"{year}-01-01", published_precision="year"
        )
    make.make_paper(name="Hidden", introduces=[term], status="draft")

    page = text_of(Client().get("/glossary/attention/").text)

    assert "Introduced in Earlier Lab · 1991 Later Lab · 2017" in page
    assert "Hidden" not in page


def test_all_papers_are_offered_where_a_page_is_too_short():
    term = make.make_term(name="Attention")
    for _ in range(25):
        make.make_paper(introduces=[term])

    page = Client().get("/glossary/attention/").text

    assert page.count('<li><a href="/papers/paper-') == 24
    assert '<a href="/papers/?term=attention&amp;order=published">All of them</a>' in page
