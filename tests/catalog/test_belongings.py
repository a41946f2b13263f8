"""What comes to belong to an entry of each kind."""

import re

import pytest
from django.apps import apps

from catalog.belongings import TIES, of_entry
from catalog.models import Tag
from core.models import Entry, Status
from tests import factories as make
from tests.editorial.test_news import titles

pytestmark = pytest.mark.django_db


def test_every_kind_that_has_a_page_has_its_ties():
    assert {*TIES} == {kind for kind in apps.get_models() if issubclass(kind, Entry)} | {Tag}


def tied() -> dict[str, str]:
    """By the feed of an entry, the title of what came to belong to it: the model “Newcomer”."""
    organization, family = make.make_organization(slug="lab"), make.make_family(slug="line")
    model = make.make_model(name="Newcomer", organizations=[organization], family=family)
    source = make.make_source(slug="report")
    make.make_score(model=model, benchmark=make.make_benchmark(name="MMLU"), value=88.5, source=source)
    make.make_innovation(model=model, term=make.make_term(name="Token"))
    make.make_model_paper(model=model, paper=make.make_paper(name="Paper", slug="paper"))
    make.make_citation(model=model, source=source, stated="671B")
    make.make_tagged_model(content_object=model, tag=make.make_tag(name="fp8"))
    make.make_derivation(child=model, parent=make.make_model(name="Ancestor"), source=source)
    return {
        "/feeds/organizations/lab.atom": "Model: Newcomer",
        "/feeds/families/line.atom": "Model: Newcomer",
        "/feeds/benchmarks/mmlu.atom": "Score: Newcomer on MMLU: 88.5",
        "/feeds/glossary/token.atom": "Innovation: Newcomer: Token",
        "/feeds/papers/paper.atom": "Paper of a model: Newcomer: Paper",
        "/feeds/sources/report.atom": "Citation: Newcomer, Parameters: 671B",
        "/feeds/tags/fp8.atom": "Tag on a model: Newcomer tagged with fp8",
        "/feeds/models/ancestor.atom": "Derivation: Newcomer initialized from Ancestor",
    }


def test_feed_of_each_kind_tells_of_a_model_that_comes_to_it():
    expected = tied()

    assert {address: titles(address)[:1] for address in expected} == {
        address: [title] for address, title in expected.items()
    }
    assert len(expected) == len(TIES)


def test_page_of_each_kind_leads_to_its_feed(client):
    for feed in tied():
        page = client.get(f"{feed.removeprefix('/feeds').removesuffix('.atom')}/").text

        assert re.search(rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{feed}">', page)
        assert f'<a href="{feed}">Follow</a>' in page
        assert page.count('type="application/atom+xml"') == 3


def test_rows_that_readers_may_not_see_belong_to_nothing():
    score, draft = make.make_score(), make.make_score(model=make.make_model(status=Status.DRAFT))
    hidden = make.make_score(benchmark=score.benchmark, source=make.make_source(status=Status.DRAFT))

    assert [*of_entry(score.benchmark)[0]] == [score]
    assert [*of_entry(draft.benchmark)[0]] == []
    assert hidden.benchmark == score.benchmark


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_asks_equally_often_however_much_belongs_to_it(rows, django_assert_num_queries, client):
    benchmark, organization = make.make_benchmark(slug="bench"), make.make_organization(slug="lab")
    for _ in range(rows):
        make.make_score(benchmark=benchmark, model=make.make_model(organizations=[organization]))

    for address, queries in {"/feeds/benchmarks/bench.atom": 4, "/feeds/organizations/lab.atom": 4}.items():
        with django_assert_num_queries(queries):
            assert client.get(address).text.count("<entry>") == rows + 1
