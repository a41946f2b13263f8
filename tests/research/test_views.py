import datetime

import pytest
from django.test import Client

from research.models import Benchmark
from research.views import scale
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def found(address, **query):
    return [entry.name for entry in Client().get(address, query).context["page_obj"]]


def text(address):
    return text_of(Client().get(address).text)


@pytest.mark.parametrize(
    ("low", "high", "unit", "written"),
    [
        (0, 100, "%", "0 to 100 %"),
        (0, None, "points", "from 0 points"),
        (None, 3000, "Elo", "up to 3,000 Elo"),
        (None, None, "points", "points"),
        (0, 1, "", "0 to 1"),
        (-1, 1, "", "-1 to 1"),
    ],
)
def test_scale_is_written_as_far_as_it_is_known(low, high, unit, written):
    assert scale(Benchmark(scale_min=low, scale_max=high, unit=unit)) == written


def test_organizations_are_filtered_by_kind_country_and_parent():
    google = make.make_organization(name="Google", country="US")
    make.make_organization(name="DeepMind", country="GB", parent=google)
    make.make_organization(name="Oxford", country="GB", kind="university")

    assert found("/organizations/", country="GB") == ["DeepMind", "Oxford"]
    assert found("/organizations/", country=["GB", "US"], kind="company") == ["DeepMind", "Google"]
    assert found("/organizations/", parent="google") == ["DeepMind"]
    assert found("/organizations/", order="-country") == ["Google", "DeepMind", "Oxford"]


def test_sources_are_filtered_by_kind_and_publisher():
    make.make_source(name="Card", kind="model_card", publisher="DeepSeek")
    make.make_source(name="News", kind="news", publisher="CNBC")

    assert found("/sources/", kind=["news", "model_card"], publisher="CNBC") == ["News"]
    assert found("/sources/", q="deepseek") == ["Card"]


def test_papers_are_filtered_by_category_organization_and_term():
    lab, term = make.make_organization(name="Lab"), make.make_term(name="Attention")
    make.make_paper(name="One", category="scaling", organizations=[lab], introduces=[term], authors="Ada\nBob")
    make.make_paper(name="Two", category="data", published=datetime.date(2024, 5, 6), published_precision="day")

    assert found("/papers/", category="scaling") == ["One"]
    assert found("/papers/", organization="lab", term="attention") == ["One"]
    assert found("/papers/", published_after="2024", published_before="2024-05") == ["Two"]
    assert found("/papers/", q="bob") == ["One"]
    assert found("/papers/", order="-published") == ["Two", "One"]


def test_benchmarks_are_filtered_by_parent_and_unit():
    math = make.make_benchmark(name="MATH")
    make.make_benchmark(name="MATH-500", parent=math)
    make.make_benchmark(name="Elo", unit="points")

    assert found("/benchmarks/", parent="math") == ["MATH-500"]
    assert found("/benchmarks/", unit="%") == ["MATH", "MATH-500"]


def test_organization_page_lists_what_is_its_own():
    lab = make.make_organization(name="Lab", aliases="The Lab", country="CN", website="https://lab.example/")
    make.make_organization(name="Division", parent=lab)
    make.make_model(name="Their model", organizations=[lab])
    make.make_paper(name="Their paper", organizations=[lab])
    make.make_source(name="Their post", publisher="Lab")
    make.make_model(name="Other model")

    page = text("/organizations/lab/")

    assert "Lab Company · CN · Website Also called The Lab" in page
    order = ["Divisions Division", "Models Their model", "Papers Their paper", "Sources Their post"]
    assert [page.find(part) for part in order] == sorted(page.index(part) for part in order)
    assert "Other model" not in page


def test_paper_page_names_its_authors_and_what_rests_on_it():
    paper = make.make_paper(
        name="A long title",
        slug="long",
        short_name="Long",
        authors="Zoe\nAdam",
        credit="DeepSeek AI",
        published="2024-05-01",
        published_precision="month",
        arxiv_id="2405.04434",
        summary="It showed that.",
        introduces=[make.make_term(name="Attention")],
        source=make.make_source(name="Record", slug="record"),
    )
    make.make_benchmark(name="Its test", paper=paper)
    make.make_model_paper(paper=paper, model=make.make_model(name="A model"))

    page = text("/papers/long/")

    for part in (
        "Paper · Architecture A long title Known as Long · May 2024 · DeepSeek AI",
        "What it showed It showed that.",
        "Authors Zoe, Adam",
        "arXiv:2405.04434",
        "Terms it introduced Attention",
        "Benchmarks it introduced Its test",
        "Models that rest on it A model",
    ):
        assert part in page
    assert '<a href="/sources/record/">' in Client().get("/papers/long/").text


def test_source_page_lists_all_that_rests_on_it():
    source = make.make_source(name="Report", url="https://example.org/report", licence="MIT", accessed="2026-11-23")
    model = make.make_model(name="V3")
    make.make_citation(model=model, source=source, locator="Table 1")
    make.make_score(model=model, source=source, benchmark=make.make_benchmark(name="MMLU"))
    make.make_milestone(model=model, source=source, text="Won")
    make.make_derivation(child=model, source=source, parent_name="V2")

    page = text("/sources/report/")

    assert "Address https://example.org/report Last read 23 November 2026 Licence MIT" in page
    assert (
        "Figures V3, Parameters: 671B Table 1 Scores V3 on MMLU: 88.5% Milestones V3: Won "
        "Derivations V3 initialized from V2"
    ) in page


@pytest.mark.parametrize(
    ("kind", "address", "nothing"),
    [
        ("source", "/sources/it/", "No figure, score, milestone or derivation cites it yet."),
        ("benchmark", "/benchmarks/it/", "No score on exactly this benchmark is recorded."),
    ],
)
def test_empty_block_says_so(kind, address, nothing):
    getattr(make, f"make_{kind}")(slug="it")

    assert nothing in text(address)


def test_long_list_on_a_page_leads_to_the_filtered_list():
    lab = make.make_organization(name="Lab & Co", slug="lab")
    papers = [make.make_paper(name=f"Paper {number:02}", organizations=[lab]) for number in range(1, 26)]
    for number in range(25):
        make.make_source(publisher=lab.name, slug=f"post-{number}")

    page = Client().get("/organizations/lab/").text

    assert f"{papers[23].name} All of them" in text_of(page)
    assert '<a href="/papers/?organization=lab">All of them</a>' in page
    assert '<a href="/sources/?publisher=Lab+%26+Co">All of them</a>' in page


def test_list_without_a_filter_of_its_own_says_that_it_is_cut():
    paper = make.make_paper(slug="it")
    for _ in range(24):
        make.make_model_paper(paper=paper)
    assert "Only the first" not in text("/papers/it/")

    make.make_model_paper(paper=paper)

    assert "Only the first 24 are listed here." in text("/papers/it/")
