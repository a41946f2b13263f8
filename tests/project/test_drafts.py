"""What is not published does not show: not as a page, in a list, a count, a twin, or through a published entry."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import AIModel, Tag
from core.models import Status
from core.urls import TWINS
from tests import factories as make
from tests.project.crawler import crawl

SECRET = "Xyzzyx"
DRAFT = {"status": Status.DRAFT}


def plant(**state) -> list:
    """A published model, surrounded by entries in `state` through every relation there is; those entries."""

    def hidden(factory, **fields):
        return factory(**{"name": f"{SECRET} {factory.__name__}", "summary": SECRET, **state, **fields})

    # The public description mentions the term by its alias: the definition behind it would give it away.
    term = make.make_term(name=f"{SECRET} term", definition=SECRET, aliases="zyxxyz", **state)
    organization, source = hidden(make.make_organization), hidden(make.make_source, publisher=SECRET, licence=SECRET)
    family = hidden(make.make_family)
    paper, benchmark = hidden(make.make_paper, introduces=[term]), hidden(make.make_benchmark)
    # In the timeline.
    drawn = {"released": "2024-05-01", "released_precision": "day", "parameters_total": 8}
    other = hidden(make.make_model, **drawn)
    public = make.make_model(
        name="Public",
        organizations=[organization],
        family=family,
        predecessor=other,
        description="On zyxxyz.",
        **drawn,
    )
    shown_benchmark, shown_source = make.make_benchmark(parent=benchmark, paper=paper), make.make_source()
    make.make_score(model=public, benchmark=benchmark, source=shown_source)
    make.make_score(model=public, benchmark=shown_benchmark, source=source)
    dated = {"measured_on": datetime.date(2024, 6, 30)}
    make.make_score(model=public, benchmark=shown_benchmark, source=shown_source, **dated)
    make.make_score(model=other, benchmark=shown_benchmark, source=shown_source, value=99, **dated)
    make.make_citation(model=public, source=source, stated=SECRET, value="6")
    make.make_citation(model=public, source=shown_source, stated="7", value="7")
    make.make_citation(model=other, source=shown_source)
    make.make_milestone(model=public, source=source, text=SECRET)
    make.make_milestone(model=other, source=shown_source)
    make.make_innovation(model=public, term=term)
    make.make_model_paper(model=public, paper=paper, featured=True)
    make.make_model_paper(model=other, paper=make.make_paper(organizations=[organization], source=source))
    make.make_derivation(child=public, parent=other, parent_name="Known by name", source=shown_source)
    make.make_derivation(child=other, parent=public, source=shown_source)
    make.make_tagged_model(content_object=other, tag=make.make_tag(name=SECRET))
    make.make_organization(parent=organization)
    make.make_term(see_also=[term])
    make.make_model(name="Variant", variant_of=other)
    make.make_family(organization=organization)
    return [term, organization, source, family, paper, benchmark, other, Tag.objects.get(name=SECRET)]


HIDDEN = {
    "draft": DRAFT,
    "in review": {"status": Status.IN_REVIEW},
    "archived": {"status": Status.ARCHIVED},
    "not yet": {"status": Status.PUBLISHED, "publish_at": timezone.now() + datetime.timedelta(days=1)},
}


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_nothing_unpublished_shows_on_any_public_address(state):
    hidden = plant(**state)
    client = Client()

    visits = crawl(client)
    entries = [address for address in visits if re.fullmatch(r"/\w+/[\w-]+/", address)]
    fixtures = {address: client.get(f"{address[:-1]}.fixture.json").text for address in entries}

    # The same crawl finds all of it once it is published: there is something to leak.
    showing = [address for address, visit in visits.items() if SECRET.casefold() in visit.text.casefold()]
    assert showing == []
    assert [address for address, text in fixtures.items() if SECRET.casefold() in text.casefold()] == []
    assert (len(visits), len(fixtures)) == (107, 8)
    assert "Known by name" in fixtures["/models/public/"]
    assert {client.get(entry.get_absolute_url()).status_code for entry in hidden} == {404}
    twins = {client.get(f"{entry.get_absolute_url()[:-1]}.{end}").status_code for entry in hidden for end in TWINS}
    feeds = {client.get(f"/feeds{entry.get_absolute_url()[:-1]}.atom").status_code for entry in hidden}
    assert twins == feeds == {404}


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_the_same_entries_show_once_they_are_published():
    hidden = plant()

    visits = crawl(Client())

    assert {entry.get_absolute_url() for entry in hidden} <= set(visits)
    assert "Xyzzyx" in visits["/models/public/"].text
    assert visits["/models/public/"].text.count(SECRET) > 8
    assert SECRET in visits["/timeline.svg"].text
    assert Client().get("/models/public.fixture.json").text.count(SECRET) > 8


@pytest.mark.django_db
def test_no_list_counts_a_draft():
    for factory in LISTED:
        factory()
        factory(name=f"{SECRET} {factory.__name__}", **DRAFT)
    client = Client()

    counts = {name: client.get(reverse(f"{name}_list_json")).json()["count"] for name in NAMES}
    home = client.get("/").text

    assert set(counts.values()) == {1}
    assert SECRET not in home


LISTED = (
    make.make_model,
    make.make_family,
    make.make_term,
    make.make_organization,
    make.make_source,
    make.make_paper,
    make.make_benchmark,
)
NAMES = ("aimodel", "family", "term", "organization", "source", "paper", "benchmark")


@pytest.mark.parametrize("query", ["organization", "family", "innovation", "tag"])
@pytest.mark.django_db
def test_a_filter_does_not_tell_that_a_draft_exists(query):
    hidden = plant(**DRAFT)
    slugs = [entry.slug for entry in hidden]
    client = Client()

    for slug in (*slugs, "no-such-thing"):
        answer = client.get("/models.json", {query: slug})

        assert (answer.status_code, list(answer.json()["errors"])) == (400, [query])


@pytest.mark.django_db
def test_search_finds_no_draft():
    plant(**DRAFT)
    client = Client()

    page = client.get("/search/", {"q": SECRET}).text

    assert "Nothing was found" in page
    assert AIModel.objects.filter(name__contains=SECRET).exists()


@pytest.mark.django_db
def test_the_best_score_known_is_a_public_one():
    plant(**DRAFT)

    page = Client().get("/models/public/").text

    assert "best score known here" in page
    assert "99%" not in page


@pytest.mark.django_db
def test_the_best_score_known_is_that_one_once_it_is_published():
    plant()

    assert "99%" in Client().get("/models/public/").text


@pytest.mark.parametrize("query", ["", "model=public", "model=public&depth=all", "from=public&to=variant"])
@pytest.mark.django_db
def test_lineage_knows_a_draft_by_the_stated_name_alone(query):
    plant(**DRAFT)
    client = Client()

    answers = [client.get(f"/lineage{suffix}?{query}").text for suffix in ("/", ".json", ".csv", ".svg")]

    assert [answer for answer in answers if SECRET.casefold() in answer.casefold()] == []
    if query.startswith("model"):
        assert all("Known by name" in answer for answer in answers)


@pytest.mark.parametrize("suffix", ["/", ".json", ".csv"])
@pytest.mark.parametrize("models", ["public,variant", "public", f"{SECRET}-make-model,public", ""])
@pytest.mark.django_db
def test_a_comparison_shows_nothing_unpublished(suffix, models):
    hidden = plant(**DRAFT)

    text = Client().get(f"/compare{suffix}", {"models": models}).text

    # The name that was asked for is told back, and nothing else is.
    assert text.replace(f"{SECRET}-make-model", "").casefold().count(SECRET.casefold()) == 0
    assert [entry.slug for entry in hidden if isinstance(entry, AIModel)] == [f"{SECRET.casefold()}-make-model"]


@pytest.mark.django_db
def test_the_same_comparison_shows_it_once_it_is_published():
    plant()

    assert Client().get("/compare/?models=public,variant").text.count(SECRET) > 8
