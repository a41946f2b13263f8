"""`as_of` in the address: the field as it stood on a day, said plainly, with the way back."""

import datetime

import pytest
from django.test import Client

from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db

BEFORE, AFTER = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)
JUNE = {"as_of": "2024-06"}


def released(name, day=BEFORE, **fields):
    return make.make_model(name=name, released=day, released_precision="day", **fields)


@pytest.fixture
def models():
    """One model of before and one of after, with their family, tag, paper and source."""
    family = make.make_family(name="Old family")
    old, new = released("Old", family=family), released("New", AFTER, family=make.make_family(name="New family"))
    for name, model in (("old tag", old), ("new tag", new)):
        make.make_tagged_model(content_object=model, tag=make.make_tag(name=name))
    for factory in (make.make_paper, make.make_source):
        for name, day in (("Old", BEFORE), ("New", AFTER)):
            factory(name=name, published=day, published_precision="day")
    for name, day in (("Old", BEFORE), ("New", AFTER)):
        paper = make.make_paper(name=f"{name} benchmark paper", published=day, published_precision="day")
        make.make_benchmark(name=f"{name} benchmark", paper=paper)
    return old, new


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/models", ["Old"]),
        ("/families", ["Old family"]),
        ("/tags", ["old tag"]),
        ("/papers", ["Old", "Old benchmark paper"]),
        ("/sources", ["Old"]),
        ("/benchmarks", ["Old benchmark"]),
    ],
)
def test_list_and_its_twin_hold_what_was_there(models, address, there):
    page = Client().get(f"{address}/", JUNE)
    twin = Client().get(f"{address}.json", JUNE).json()

    assert [entry.name for entry in page.context["page_obj"]] == there
    assert [entry["name"] for entry in twin["results"]] == there
    assert Client().get(f"{address}.json").json()["count"] == 2 * len(there)


def test_page_says_so_and_leads_back_to_today(models):
    page = Client().get("/models/", {**JUNE, "q": "Old"})

    assert "The field as it stood on 30 June 2024" in text_of(page.text)
    assert '<a href="/models/?q=Old">Back to today</a>' in page.text
    assert '<a href="/models/old/?as_of=2024-06-30">' in page.text
    assert "as it stood" not in Client().get("/models/").text


@pytest.mark.parametrize("address", ["/models/", "/models/old/"])
def test_search_box_of_the_site_stays_on_the_day(models, address):
    then, now = (Client().get(address, query).text for query in (JUNE, {}))
    form = '<input type="hidden" name="as_of" value="2024-06-30">'

    assert form in then
    assert 'data-suggest="/search/suggest.json?as_of=2024-06-30"' in then
    assert form not in now
    assert 'data-suggest="/search/suggest.json"' in now


def test_model_shows_what_was_measured_happened_and_was_made_by_then(models):
    old, new = models
    benchmark = make.make_benchmark(name="MMLU")
    score = {"benchmark": benchmark, "source": make.make_source()}
    make.make_score(model=old, value=61.5, measured_on=BEFORE, setting="early", **score)
    make.make_score(model=old, value=71.5, measured_on=AFTER, setting="late", **score)
    make.make_score(model=new, value=99.5, measured_on=AFTER, **score)
    make.make_milestone(model=old, text="Came out", date=BEFORE, date_precision="day")
    make.make_milestone(model=old, text="Won a prize", date=AFTER, date_precision="day")
    make.make_derivation(child=new, parent=old)

    then, now = (text_of(Client().get("/models/old/", query).text) for query in (JUNE, {}))

    for words in ("71.5", "99.5", "Won a prize", "Built on It"):
        assert words in now
        assert words not in then
    assert "61.5" in then
    assert "Came out" in then


def test_lifecycle_of_later_is_no_badge_then():
    day = {"lifecycle": "retired", "lifecycle_date": AFTER}
    released("Model", **day)

    then, now = (Client().get("/models/model/", query).context["page"].badges for query in (JUNE, {}))

    assert (then, now) == ([], ["retired"])


def test_entry_that_was_not_there_yet_says_so(models):
    page = Client().get("/models/new/", JUNE)

    assert page.status_code == 404
    assert "On 30 June 2024, New was not there yet." in text_of(page.text)
    assert '<a href="/models/new/">As it is today</a>' in page.text
    assert Client().get("/models/new.json", JUNE).status_code == 404


def test_twin_of_an_entry_says_the_day(models):
    assert Client().get("/models/old.json", JUNE).json()["as_of"] == "2024-06-30"
    assert "as_of" not in Client().get("/models/old.json").json()


@pytest.mark.parametrize("day", ["banana", "2024-13", "\0", "9" * 40])
def test_bad_day_gets_a_message_and_today(models, day):
    entry, listing = Client().get("/models/old/", {"as_of": day}), Client().get("/models/", {"as_of": day})
    twins = [Client().get(f"/models{end}.json", {"as_of": day}) for end in ("", "/old")]

    assert "This is the field as it stands today." in entry.text
    assert list(listing.context["filter"].errors) == ["as_of"]
    assert len(listing.context["page_obj"]) == 2
    assert [(twin.status_code, list(twin.json()["errors"])) for twin in twins] == [(400, ["as_of"])] * 2


def test_leaderboard_and_its_twin_hold_what_was_measured_by_then(models):
    benchmark = make.make_benchmark(name="MMLU")
    make.make_score(model=models[0], benchmark=benchmark, value=61.5, measured_on=BEFORE)
    make.make_score(model=models[1], benchmark=benchmark, value=99.5, measured_on=AFTER)

    then, now = (text_of(Client().get("/benchmarks/mmlu/", query).text) for query in (JUNE, {}))
    twin = Client().get("/benchmarks/mmlu/scores.json", JUNE).json()

    assert "61.5" in then
    assert "99.5" in now
    assert "99.5" not in then
    assert [row["score"] for row in twin["results"]] == [61.5]
    assert Client().get("/benchmarks/mmlu/scores.json", {"as_of": "x"}).json()["errors"].keys() == {"as_of"}


def test_timeline_and_its_twins_hold_what_was_there_and_measured_by_then(models):
    benchmark, later = make.make_benchmark(name="MMLU"), make.make_model(name="Undated")
    for model, value, day in ((models[0], 61.5, BEFORE), (models[0], 71.5, AFTER), (models[1], 99.5, AFTER)):
        make.make_score(model=model, benchmark=benchmark, value=value, measured_on=day)
    make.make_score(model=later, benchmark=benchmark, measured_on=BEFORE)
    query = {"y": "benchmark:mmlu", **JUNE}

    page = Client().get("/timeline/", query)
    twin = Client().get("/timeline.json", query).json()
    picture = Client().get("/timeline.svg", query).text

    marks = page.context["timeline"].chart.marks
    assert [(mark.point.name, mark.point.y) for mark in marks] == [("Old", 61.5)]
    assert '<a href="/models/old/?as_of=2024-06-30" tabindex="-1">' in page.text
    assert [(row["name"], row["mmlu"]) for row in twin["results"]] == [("Old", 61.5)]
    assert [value in picture for value in ("61.5", "71.5", "99.5")] == [True, False, False]
    assert Client().get("/timeline.json", {"y": "benchmark:mmlu"}).json()["count"] == 2


def test_lineage_holds_what_was_made_by_then(models):
    make.make_derivation(child=models[0], parent_name="Ancestor")
    make.make_derivation(child=models[1], parent=models[0])

    then, now = (Client().get("/lineage.json", {"model": "old", **query}).json() for query in (JUNE, {}))

    assert [node["name"] for node in then["nodes"]] == ["Old", "Ancestor"]
    assert {node["name"] for node in now["nodes"]} == {"Old", "Ancestor", "New"}
    assert "30 June 2024" in Client().get("/lineage/", {"model": "old", **JUNE}).text


def test_disagreement_is_there_once_its_source_is(models):
    for day in (BEFORE, AFTER):
        source = make.make_source(name=f"On {day}", published=day, published_precision="day")
        make.make_citation(model=models[0], source=source)
    models[0].parameters_total = 10**9
    models[0].save()

    counts = [Client().get("/disagreements.json", query).json()["count"] for query in (JUNE, {})]

    assert counts == [1, 2]


def test_pages_of_all_kinds_name_nothing_of_later():
    """What is of later is called Late: on the page of today, and not on that of then."""
    early = {"published": BEFORE, "published_precision": "day"}
    late = {"published": AFTER, "published_precision": "day"}
    term, organization = make.make_term(name="Term"), make.make_organization(name="Lab")
    family, source = make.make_family(name="Line"), make.make_source(name="Source", **early)
    paper = make.make_paper(name="Paper", introduces=[term], organizations=[organization], **early)
    benchmark = make.make_benchmark(name="Bench", paper=paper)
    for name, day in (("Early", BEFORE), ("Late", AFTER)):
        model = released(name, day, family=family, organizations=[organization])
        make.make_innovation(model=model, term=term), make.make_model_paper(model=model, paper=paper)
        make.make_tagged_model(content_object=model, tag=make.make_tag(name=f"{name} tag"))
        make.make_score(model=model, benchmark=benchmark, source=source, measured_on=day)
        make.make_citation(model=model, source=source)
        make.make_derivation(child=model, source=source)
    make.make_paper(name="Late paper", introduces=[term], organizations=[organization], **late)
    make.make_source(name="Late source", publisher="Lab", **late)

    for entry in (term, organization, family, paper, benchmark, source):
        then, now = (text_of(Client().get(entry.get_absolute_url(), query).text) for query in (JUNE, {}))
        assert "Late" in now, entry
        assert "Early" in then, entry
        assert "Late" not in then, entry
