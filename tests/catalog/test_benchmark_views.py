"""The page of a benchmark, and its scores for programs."""

import csv
import datetime
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Score
from core import pages
from research.models import Benchmark, Source
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LINES = r"(\d+|–) (Best|Good|Fair) ([\d.]+%)"


def scored(benchmark, *scores, **fields):
    """One score for each name and value, under the same conditions."""
    source = make.make_source(publisher="HELM")
    for name, value in scores:
        make.make_score(
            benchmark=benchmark,
            model=make.make_model(name=name),
            value=value,
            source=source,
            **{"setting": "5-shot", "measured_by": "independent", **fields},
        )


@pytest.fixture
def mmlu():
    benchmark = make.make_benchmark(name="MMLU", full_name="Massive", measures="57 subjects", caveat="Old.")
    scored(benchmark, ("Good", 80), ("Best", 90.5), ("Fair", 80))
    return benchmark


def text(address: str, **query) -> str:
    return text_of(Client().get(address, query).text)


def test_page_names_the_weakness_and_ranks_the_scores(mmlu):
    page = text("/benchmarks/mmlu/")

    assert "MMLU Massive — 57 subjects" in page
    assert "Scale 0 to 100 % Better higher" in page
    assert "Known weakness Old. Leaderboard Higher is better." in page
    assert "Ranked are the 3 scores" in page
    assert "5-shot, measured by HELM (independent)." in page
    assert "The best score, 90.5%, is near the end of the scale" in page
    assert "Before you compare, read its known weakness." in page
    assert re.findall(LINES, page) == [("1", "Best", "90.5%"), ("2", "Fair", "80%"), ("2", "Good", "80%")]


def test_where_lower_is_better_the_lowest_is_ranked_first():
    scored(make.make_benchmark(name="Errors", higher_is_better=False), ("Good", 20.5), ("Best", 15.3), ("Fair", 30))

    page = text("/benchmarks/errors/")

    assert "Lower is better." in page
    assert "near the end of the scale" not in page
    assert re.findall(LINES, page) == [("1", "Best", "15.3%"), ("2", "Good", "20.5%"), ("3", "Fair", "30%")]


def test_row_says_its_error_its_note_its_date_and_whose_that_is(mmlu):
    source = make.make_source(published=datetime.date(2024, 3, 1), published_precision="month", publisher="Else")
    model = make.make_model(name="Dated")
    for setting, day in (("0-shot", datetime.date(2024, 5, 6)), ("1-shot", None)):
        make.make_score(
            benchmark=mmlu,
            model=model,
            value=70,
            standard_error=1.5,
            setting=setting,
            note="Once.",
            measured_on=day,
            source=source,
        )

    page = text("/benchmarks/mmlu/")

    assert "Dated 70%± 1.5% 0-shot Once." in page
    assert "not comparable 0-shot against 5-shot; measured by the vendor (Else) against an independent party" in page
    assert "Else (vendor) 2024-05-06 " in page
    assert "Else (vendor) 2024-03 its source" in page


def test_page_filters_and_sorts_by_its_address(mmlu):
    make.make_score(benchmark=mmlu, model=make.make_model(name="Vendor's"), value=99)

    page = text("/benchmarks/mmlu/", measured_by="independent", order="model")

    assert "Vendor's" not in page
    assert "3 scores" in page
    assert re.findall(LINES, page) == [("1", "Best", "90.5%"), ("2", "Fair", "80%"), ("2", "Good", "80%")]


def test_page_says_what_it_did_not_understand_and_shows_the_rest(mmlu):
    answer = Client().get("/benchmarks/mmlu/", {"measured_by": "\0", "order": "up", "setting": "5-shot"})

    assert answer.status_code == 200
    assert "2 filters were not understood" in answer.text
    assert list(answer.context["filter"].errors) == ["measured_by", "order"]
    assert len(answer.context["rows"]) == 3


def test_nothing_found_offers_to_take_a_filter_away(mmlu):
    page = text("/benchmarks/mmlu/", openness="open_weight")

    assert "No scores match all of these filters." in page
    assert "without Openness: Open Weight" in page
    assert not re.findall(LINES, page)


def test_scores_are_paged_and_the_ranks_go_on(mmlu):
    page = Client().get("/benchmarks/mmlu/", {"per_page": 2, "page": 2, "setting": "5-shot"})

    assert re.findall(LINES, text_of(page.text)) == [("2", "Good", "80%")]
    assert 'href="?per_page=2&amp;page=1&amp;setting=5-shot#leaderboard"' in page.text
    assert "Page 2 of 2" in page.text


@pytest.mark.parametrize("number", ["999", "0", "-1", "banana", "\0", "9" * 30])
def test_no_such_page_is_404(mmlu, number):
    answer = Client().get("/benchmarks/mmlu/", {"page": number})
    twin = Client().get("/benchmarks/mmlu/scores.json", {"page": number})

    assert answer.status_code == 404
    assert 'href="/models/"' in answer.text
    assert (twin.status_code, list(twin.json()["errors"])) == (404, ["page"])


def test_variants_are_named_with_their_scores_and_do_not_compare(mmlu):
    pro = make.make_benchmark(name="MMLU-Pro", parent=mmlu)
    make.make_benchmark(name="MMLU-Redux", parent=mmlu)
    scored(pro, ("A", 60), ("B", 70))

    parent, variant = text("/benchmarks/mmlu/"), text("/benchmarks/mmlu-pro/")

    assert "A score on one does not compare with a score on another. MMLU-Pro 2 scores, the best 70%" in parent
    assert "MMLU-Redux no scores" in parent
    assert "MMLU 3 scores, the best 90.5%" in variant
    assert "MMLU-Redux no scores" in variant


def test_benchmark_without_scores_has_no_leaderboard():
    make.make_benchmark(name="New")

    page = Client().get("/benchmarks/new/").text

    assert "No score on exactly this benchmark is recorded." in page
    assert "scores.json" not in page


def test_json_has_every_property_of_the_scores_in_the_order_of_the_page(mmlu):
    source = make.make_source(name="A report", published=datetime.date(2024, 3, 1), published_precision="month")
    make.make_score(
        benchmark=mmlu,
        model=make.make_model(name="Vendor's"),
        value=99,
        setting="0-shot",
        standard_error=0.5,
        locator="Table 6",
        note="Once.",
        source=source,
    )

    answer = Client().get("/benchmarks/mmlu/scores.json", {"per_page": 2}).json()

    assert {key: answer[key] for key in ("benchmark", "higher_is_better", "caveat", "count", "pages")} == {
        "benchmark": "mmlu",
        "higher_is_better": True,
        "caveat": "Old.",
        "count": 4,
        "pages": 2,
    }
    assert answer["next"] == "http://testserver/benchmarks/mmlu/scores.json?per_page=2&page=2"
    assert answer["results"][0] == {
        "rank": None,
        "model": "vendors",
        "model_name": "Vendor's",
        "score": 99,
        "unit": "%",
        "standard_error": 0.5,
        "setting": "0-shot",
        "measured_by": "vendor",
        "date": "2024-03",
        "date_is_of": "source",
        "comparable": (
            "not comparable: 0-shot against 5-shot; "
            "measured by the vendor (A report) against an independent party (HELM)"
        ),
        "source": "a-report",
        "source_url": source.url,
        "locator": "Table 6",
        "note": "Once.",
    }
    assert [(one["rank"], one["model"], one["comparable"]) for one in answer["results"][1:]] == [
        (1, "best", "comparable")
    ]


def test_csv_has_the_same_rows_and_quotes_what_a_spreadsheet_would_run(mmlu):
    make.make_score(benchmark=mmlu, model=make.make_model(name="=1+1", slug="formula"), value=1)

    answer = Client().get("/benchmarks/mmlu/scores.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["rank"], row["model_name"], row["score"]) for row in rows] == [
        ("1", "Best", "90.5"),
        ("2", "Fair", "80.0"),
        ("2", "Good", "80.0"),
        ("", "'=1+1", "1.0"),
    ]


def test_twins_have_the_filters_of_the_page(mmlu):
    make.make_score(benchmark=mmlu, value=99)
    page = Client().get("/benchmarks/mmlu/", {"measured_by": "independent", "rows": "best"}).text

    linked = re.findall(r'href="([^"]*scores\.\w+[^"]*)"', page)
    answer = Client().get(linked[0].replace("&amp;", "&")).json()

    assert linked == [
        f"/benchmarks/mmlu/scores.{twin}?measured_by=independent&amp;rows=best" for twin in ("json", "csv")
    ]
    assert [one["model"] for one in answer["results"]] == ["best", "fair", "good"]


@pytest.mark.parametrize("twin", ["json", "csv"])
@pytest.mark.parametrize(
    ("field", "value"),
    [("measured_by", "nobody"), ("setting", "\0"), ("per_page", "0"), ("order", "up"), ("rows", "worst")],
)
def test_twins_answer_400_to_what_they_do_not_understand(mmlu, twin, field, value):
    answer = Client().get(f"/benchmarks/mmlu/scores.{twin}", {field: value})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.parametrize("twin", ["json", "csv"])
def test_scores_of_a_draft_or_of_nothing_are_404(twin):
    draft = make.make_benchmark(status="draft")
    make.make_score(benchmark=draft)

    for slug in (draft.slug, "no-such-thing"):
        assert Client().get(f"/benchmarks/{slug}/scores.{twin}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_scores_are_for_reading_only(mmlu, method):
    assert getattr(Client(), method)("/benchmarks/mmlu/scores.json").status_code == 405


def test_all_values_of_a_facet_have_a_page_of_their_own(mmlu):
    page = Client().get("/benchmarks/mmlu/", {"facet": "setting", "find": "5", "measured_by": "independent"})

    text = text_of(page.text)
    assert "Scores on MMLU by setting" in text
    assert "5-shot 3" in text
    assert 'action="/benchmarks/mmlu/"' in page.text
    assert '<input type="hidden" name="measured_by" value="independent">' in page.text


def test_page_holds_fewer_scores_than_the_twins(mmlu):
    page = Client().get("/benchmarks/mmlu/", {"per_page": 101})

    assert "less than or equal to 100" in page.text
    assert Client().get("/benchmarks/mmlu/scores.json", {"per_page": 101}).json()["count"] == 3


CHANGES = {
    "score": (lambda: Score.objects.filter(model__slug="fair").update(value=99.5), "1 Fair 99.5%"),
    "model": (lambda: AIModel.objects.filter(slug="best").update(name="Fair", slug="x"), "1 Fair 90.5%"),
    "draft": (lambda: AIModel.objects.filter(slug="best").update(status="draft"), "1 Fair 80%"),
    "source": (lambda: Source.objects.update(publisher="Vals"), "measured by Vals (independent)"),
    "direction": (lambda: Benchmark.objects.update(higher_is_better=False), "3 Best 90.5%"),
    "unit": (lambda: Benchmark.objects.update(unit="points"), "Accuracy, points"),
    "name": (lambda: Benchmark.objects.update(metric="pass@1"), "Pass@1, %"),
}


@pytest.mark.parametrize(("change", "words"), CHANGES.values(), ids=CHANGES)
@pytest.mark.django_db(transaction=True)
def test_kept_scores_and_their_chart_follow_every_change(change, words):
    benchmark = make.make_benchmark(name="MMLU", metric="accuracy")
    dated = {"measured_on": datetime.date(2024, 1, 1)}
    scored(benchmark, ("Good", 80), ("Best", 90.5), ("Fair", 80), **dated)
    shown = []
    for reads in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            shown.append(text("/benchmarks/mmlu/"))
        assert len([query for query in queries if '"known_on"' in query["sql"]]) == reads
    assert shown[0] == shown[1]
    assert words not in shown[0]

    change()

    assert words in text("/benchmarks/mmlu/")


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_all_scores_is_not_shown_of_some(monkeypatch):
    benchmark = make.make_benchmark(name="MMLU")
    dated = {"measured_on": datetime.date(2024, 1, 1)}
    scored(benchmark, ("Good", 80), ("Best", 90.5), **dated)
    scored(benchmark, ("Fair", 70), ("Fine", 60), ("Poor", 50), setting="0-shot", **dated)

    for setting, found in ((None, 5), ("5-shot", 2), ("0-shot", 3), (None, 5)):
        # Of the page itself, nothing is kept.
        monkeypatch.setattr(pages, "store", pages.Store())
        context = Client().get("/benchmarks/mmlu/", {"setting": setting} if setting else {}).context
        assert (len(context["progress"].dated), len(context["standing"].values)) == (found, min(found, 3))
