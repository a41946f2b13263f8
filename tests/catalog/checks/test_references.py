"""Rules of `check_records` about names and references: each broken once and once nearly broken."""

import datetime

import pytest

from catalog.checks import references
from tests import factories as make
from tests.catalog.checks.checking import texts, told

pytestmark = pytest.mark.django_db


def test_a_name_means_one_model():
    make.make_model(slug="a", name="GPT‑4", aliases="gpt-4\ndavinci")
    make.make_model(slug="b", name="B", aliases="DaVinci")
    make.make_model(slug="c", name="gpt 4")
    make.make_organization(name="davinci")

    assert told(references.duplicate_name) == [("b", "“DaVinci” means GPT‑4 (a) as well.")]


def test_a_term_is_not_written_twice_the_same_way():
    make.make_term(slug="a", name="Mixture of Experts", abbreviation="MoE", aliases="moe")
    make.make_term(slug="b", name="Mix", aliases="experts")

    assert told(references.duplicate_name) == [("a", "“moe” stands among its names twice.")]


def test_sources_are_told_apart_by_address():
    make.make_source(slug="a", name="README", url="https://example.org/a")
    make.make_source(slug="b", name="README", url="https://example.org/b")
    make.make_source(slug="c", name="Notes", url="https://example.org/a")

    assert told(references.duplicate_name) == [("c", "“https://example.org/a” means README (a) as well.")]


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("/models/gone/", "“/models/gone/” leads to no entry."),
        ("/glossary/draft/", "“/glossary/draft/” leads to an entry that is not published."),
        ("/nowhere/", "“/nowhere/” leads nowhere."),
        ("there", "“there” leads nowhere: begin it with “/” or “https://”."),
        ("/papers/there/#top", None),
        ("/models/?q=a", None),
        ("https://example.org/models/gone/", None),
    ],
)
def test_a_link_leads_to_a_published_entry(link, problem):
    make.make_term(slug="draft", status="draft")
    make.make_paper(slug="there")
    make.make_model(slug="a", description=f"See [this]({link}) and [`that`](/models/a/).")

    assert told(references.dead_link) == ([("a", f"Description: {problem}")] if problem else [])


def test_prose_cites_sources_that_are_there():
    make.make_source(slug="there")
    make.make_source(slug="hidden", name="Hidden", status="draft")
    make.make_model(
        slug="a", description="One [@there]. Two [@hidden, p. 2]. Three [@nowhere].", summary="No [@there]."
    )

    assert sorted(told(references.dead_citation)) == [
        ("a", "Description cites Hidden, which is not published."),
        ("a", "Description cites “nowhere”, which is no source."),
        ("a", "Summary is plain text and cannot cite “there”."),
    ]


def test_published_entries_refer_to_published_ones():
    draft = {"status": "draft", "name": "Draft"}
    make.make_model(slug="a", predecessor=make.make_model(slug="p", **draft), family=make.make_family(**draft))
    make.make_score(model=make.make_model(name="B"), benchmark=make.make_benchmark(name="MMLU", status="draft"))
    source = make.make_source(name="Hidden", status="draft")
    make.make_citation(model=make.make_model(name="C"), source=source, shown=True)

    assert texts(references.unpublished_reference) == [
        "Its family, Draft, is not published.",
        "Its predecessor, Draft, is not published.",
        "Citation “C, Parameters: 671B”: its source, Hidden, is not published.",
        "Score “B on MMLU: 88.5”: its benchmark, MMLU, is not published.",
    ]


def test_drafts_and_silent_citations_may_refer_to_drafts():
    draft = make.make_model(status="draft", predecessor=make.make_model(status="draft"))
    make.make_score(model=draft, benchmark=make.make_benchmark(status="draft"))
    make.make_citation(source=make.make_source(status="draft"), shown=False)

    assert told(references.unpublished_reference) == []


def test_what_comes_out_together_may_refer_to_each_other():
    soon, later = (datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (2998, 2999))
    first = make.make_model(name="First", publish_at=soon)
    make.make_model(predecessor=first, publish_at=later)
    make.make_model(slug="a", predecessor=first)

    assert told(references.unpublished_reference) == [("a", "Its predecessor, First, is not published.")]
