import csv
import datetime
import io

import pytest
from django.test import Client

from catalog.disagreements import contradictions, disagreements, distance, distance_text, same_score, times
from catalog.figures import FIGURE
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def disputed(name="V3", value="685000000000", field="parameters_total", column=671_000_000_000, **citation):
    """A model about which one source says otherwise."""
    model = make.make_model(name=name, **{field: column})
    make.make_citation(model=model, field=field, stated="S", value=str(column), shown=True)
    return make.make_citation(model=model, field=field, stated="T", value=value, **citation)


def disputed_score(a=88.5, b=86.0, setting="5-shot", other_setting=None, **fields):
    model, benchmark = make.make_model(), make.make_benchmark(name="MMLU", slug=f"mmlu-{make.next_number()}")
    first = make.make_score(model=model, benchmark=benchmark, value=a, setting=setting, headline=True)
    second = make.make_score(
        model=model, benchmark=benchmark, value=b, setting=setting if other_setting is None else other_setting, **fields
    )
    return first, second


def found(**query):
    """What the list finds: the models' names."""
    return [row["model"] for row in Client().get("/disagreements.json", query).json()["results"]]


# Which statements they are


@pytest.mark.parametrize(
    ("field", "column", "value", "differing"),
    [
        ("parameters_total", 671_000_000_000, "685000000000", True),
        ("parameters_total", 671_000_000_000, "671.02e9", False),
        ("parameters_total", 671_000_000_000, "a lot", True),
        ("parameters_total", 671_000_000_000, "", False),
        ("parameters_total", None, "671000000000", True),
        ("context_window", 128_000, "131072", False),
        ("context_window", 128_000, "64000", True),
        ("licence", "MIT License", "mit  license", False),
        ("licence", "MIT", "Apache 2.0", True),
    ],
)
def test_statement_disagrees_when_it_differs_from_the_column(field, column, value, differing):
    model = make.make_model(**{field: column})
    citation = make.make_citation(model=model, field=field, stated="T", value=value)

    assert [one.statement for one in disagreements()] == ([citation.pk] if differing else [])


@pytest.mark.parametrize(
    ("precision", "value", "differing"),
    [
        ("day", "2024-12-24", True),
        ("day", "2024-12", False),
        ("day", "2024-11", True),
        ("month", "2024-12-24", False),
        ("year", "2023", True),
    ],
)
def test_dates_disagree_as_far_as_both_are_known(precision, value, differing):
    model = make.make_model(released="2024-12-26", released_precision=precision)
    make.make_citation(model=model, field="released", stated="T", value=value)

    assert len(disagreements()) == differing


def test_every_statement_of_a_figure_that_differs_is_one():
    citation = disputed()
    other = make.make_citation(model=citation.model, stated="T", value="690B")
    make.make_citation(model=citation.model, stated="same", value="671B")

    assert [one.statement for one in disagreements()] == [citation.pk, other.pk]


@pytest.mark.parametrize(
    ("scores", "differing"),
    [
        ({"a": 88.5, "b": 86.0}, True),
        ({"a": 88.5, "b": 88.52}, False),
        ({"a": 88.5, "b": 86.0, "setting": ""}, False),
        ({"a": 88.5, "b": 86.0, "other_setting": "0-shot"}, False),
    ],
)
def test_scores_disagree_on_one_benchmark_in_one_stated_setting(scores, differing):
    first, second = disputed_score(**scores)

    assert [(one.against, one.statement) for one in disagreements()] == ([(first.pk, second.pk)] if differing else [])


def test_score_on_a_variant_or_of_another_model_is_another_thing():
    first, _ = disputed_score(b=88.5)
    make.make_score(model=first.model, benchmark=make.make_benchmark(parent=first.benchmark), value=1, setting="5-shot")
    make.make_score(benchmark=first.benchmark, value=1, setting="5-shot")

    assert disagreements() == []


@pytest.mark.parametrize("hide", ["model", "source", "benchmark"])
def test_what_is_not_published_does_not_disagree(hide):
    score = disputed_score()[1]
    citation = disputed()
    assert len(disagreements()) == 2

    hidden = {
        "model": [citation.model, score.model],
        "source": [citation.source, score.source],
        "benchmark": [citation.model, score.benchmark],
    }
    for entry in hidden[hide]:
        entry.status = "draft"
        entry.save()

    assert disagreements() == []


def test_makers_that_contradict_themselves_are_told_apart():
    lab = make.make_organization(name="DeepSeek")
    own = disputed(name="Own", source=make.make_source(publisher="DeepSeek"))
    own.model.organizations.add(lab)
    disputed(name="Others", source=make.make_source(publisher="Epoch AI")).model.organizations.add(lab)

    assert [(one.name, one.own, one.makers) for one in disagreements()] == [
        ("Others", False, ("deepseek",)),
        ("Own", True, ("deepseek",)),
    ]


def test_as_of_a_day_only_what_was_out_by_then_disagrees():
    early = make.make_source(published="2024-01-01", published_precision="day")
    late = make.make_source(published="2025-01-01", published_precision="day")
    for name, source in (("Early", early), ("Late", late), ("Undated", make.make_source())):
        model = disputed(name=name, source=source).model
        type(model).objects.filter(pk=model.pk).update(released="2023-01-01", released_precision="day")

    def names(**query):
        return [row["model"] for row in Client().get("/disagreements.json", query).json()["results"]]

    everything = names()
    assert len(everything) == 3
    assert names(as_of="2024-12-31") == everything[:1]
    assert names(as_of="2022-12-31") == []


# How far apart


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [(88.5, 88.5, True), (88, 88.5, True), (88, 88.6, False), (76.2, 76.3, False), (1287, 1290, False), (0, 0.4, True)],
)
def test_scores_are_the_same_when_one_is_the_other_rounded(a, b, same):
    assert same_score(a, b) is same
    assert same_score(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "ratio"), [(2, 5, 2.5), (5, 2, 2.5), (0, 5, None), (-1, 5, None), (5e-324, 1e308, None)]
)
def test_times_is_how_many_times_the_larger_is_the_smaller(a, b, ratio):
    assert times(a, b) == ratio


DAY, MONTH, YEAR = "day", "month", "year"


@pytest.mark.parametrize(
    ("field", "stated", "column", "text", "size"),
    [
        ("parameters_total", "685B", 671_000_000_000, "2.1% more", (685 / 671, None)),
        ("parameters_total", "500", 1000, "÷ 2", (2, None)),
        ("parameters_total", "550", 1000, "45% less", (1000 / 550, None)),
        ("parameters_total", "12345", 1000, "× 12.3", (12.345, None)),
        ("parameters_total", "0", 1000, "", (None, None)),
        ("parameters_total", "a lot", 1000, "", (None, None)),
        ("parameters_total", "5", None, "", (None, None)),
        ("licence", "MIT", "Apache", "", (None, None)),
        ("released", "2024-12-24", (datetime.date(2024, 12, 26), DAY), "2 days earlier", (None, 2)),
        ("released", "2024-12-27", (datetime.date(2024, 12, 26), DAY), "1 day later", (None, 1)),
        ("released", "2025-02", (datetime.date(2024, 12, 26), DAY), "2 months later", (None, 37)),
        ("released", "2023", (datetime.date(2024, 12, 1), MONTH), "1 year earlier", (None, 700)),
    ],
)
def test_distance_is_told_by_the_kind_of_figure(field, stated, column, text, size):
    assert distance_text(FIGURE[field], stated, column) == text
    assert distance(FIGURE[field], stated, column) == pytest.approx(size)


# The page and its twins


def test_page_groups_by_model_and_says_what_both_rest_on():
    lab = make.make_organization(name="DeepSeek")
    citation = disputed(source=make.make_source(publisher="Epoch AI", kind="database"), note="With MTP.")
    citation.model.organizations.add(lab)
    shown = citation.model.citations.get(shown=True).source
    shown.publisher = "DeepSeek"
    shown.save()

    page = Client().get("/disagreements/").text

    assert (
        "1 disagreement Figure Shown Stated elsewhere Difference V3 Parameters "
        "671B disclosed by its makers 685B listed by Epoch AI With MTP. 2.1% more This list as data"
    ) in text_of(page)
    assert f'href="/sources/{shown.slug}/"' in page
    assert f'href="/sources/{citation.source.slug}/"' in page


def test_page_prints_scores_with_their_setting_and_points():
    first, _ = disputed_score(measured_by="independent", source=make.make_source(publisher="Stanford CRFM"))

    assert (
        f"{first.model.name} MMLU, 5-shot 88.5% measured by its makers 86% measured by Stanford CRFM 2.5 points less"
    ) in text_of(Client().get("/disagreements/").text)


def test_page_of_agreement_says_so():
    make.make_citation(model=make.make_model(parameters_total=671_000_000_000))

    assert "0 disagreements There are no disagreements yet." in text_of(Client().get("/disagreements/").text)


@pytest.fixture
def three():
    """Small and large differences, of sizes and of dates, by two publishers."""
    epoch, lab = make.make_source(publisher="Epoch AI"), make.make_organization(name="Lab")
    disputed(name="A", value="700B", source=epoch)
    disputed(name="B", value="2T", source=make.make_source(publisher="LLM Stats")).model.organizations.add(lab)
    model = make.make_model(name="C", released="2024-12-26", released_precision="day")
    make.make_citation(model=model, field="released", stated="T", value="2024-12-24", source=epoch)


@pytest.mark.parametrize(
    ("query", "models"),
    [
        ({}, ["A", "B", "C"]),
        ({"order": "-model"}, ["C", "B", "A"]),
        ({"order": "ratio"}, ["A", "B", "C"]),
        ({"order": "-ratio"}, ["B", "A", "C"]),
        ({"order": "days"}, ["C", "A", "B"]),
        ({"order": "-figure"}, ["C", "A", "B"]),
        ({"figure": "released"}, ["C"]),
        ({"figure": ["released", "parameters_total"], "publisher": "Epoch AI"}, ["A", "C"]),
        ({"organization": "lab"}, ["B"]),
        ({"who": "others"}, ["A", "B", "C"]),
        ({"ratio_min": "2"}, ["B"]),
        ({"ratio_min": "1"}, ["A", "B"]),
        ({"days_min": "2"}, ["C"]),
        ({"days_min": "3"}, []),
        ({"q": "b"}, ["B"]),
        ({"q": "b c"}, []),
        ({"per_page": "2", "page": "2"}, ["C"]),
    ],
)
def test_list_is_filtered_and_sorted(three, query, models):
    assert found(**query) == models


def test_facets_count_what_the_other_filters_leave(three):
    page = Client().get("/disagreements/", {"figure": "parameters_total"})

    options = {facet["name"]: facet["options"] for facet in page.context["filter"].facets}
    assert [(o["value"], o["count"], o["chosen"]) for o in options["figure"]] == [
        ("parameters_total", 2, True),
        ("released", 1, False),
    ]
    assert [(o["label"], o["count"]) for o in options["publisher"]] == [("Epoch AI", 1), ("LLM Stats", 1)]
    assert [(o["value"], o["label"]) for o in options["who"]] == [("others", "somebody else")]


def test_facet_offers_the_most_frequent_values_and_those_chosen():
    for number in range(42):
        source = make.make_source(publisher=f"Publisher {number:02}")
        disputed(name=f"M{number}", source=source)
    disputed(name="Twice", source=source)

    page = Client().get("/disagreements/", {"publisher": "Publisher 40"})

    (options,) = (facet["options"] for facet in page.context["filter"].facets if facet["name"] == "publisher")
    assert [(option["label"], option["count"]) for option in options[:2]] == [("Publisher 41", 2), ("Publisher 00", 1)]
    assert [option["label"] for option in options if option["chosen"]] == ["Publisher 40"]
    assert len(options) == 13


BAD = [
    ("figure", "none", "is not a value to choose from"),
    ("publisher", "\0", "is not a value to choose from"),
    ("organization", "nobody", "is not a value to choose from"),
    ("who", "me", "is not a value to choose from"),
    ("ratio_min", "banana", "Enter a number."),
    ("ratio_min", "0.5", "greater than or equal to 1"),
    ("ratio_min", "1e999", "Enter a number."),
    ("days_min", "-1", "greater than or equal to 1"),
    ("days_min", "nan", "Enter a number."),
    ("order", "size", "is no order this list can be in"),
    ("q", "a\0", "Null characters are not allowed."),
    ("per_page", "0", "greater than or equal to 1"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD)
def test_bad_value_gets_a_message_and_the_other_filters_still_apply(three, field, value, message):
    other = {"figure": "released"} if field != "figure" else {"q": "C"}

    page = Client().get("/disagreements/", {field: value, **other})

    assert page.status_code == 200
    assert message in page.text.replace("&#x27;", "'")
    assert [row.model.name for row in page.context["page_obj"]] == ["C"]
    assert list(page.context["filter"].errors) == [field]


@pytest.mark.parametrize(("field", "value", "message"), BAD)
@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_twins_answer_400_with_the_same_message(three, suffix, field, value, message):
    answer = Client().get(f"/disagreements.{suffix}", {field: value})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert message in answer.json()["errors"][field][0]


def test_csv_has_the_same_rows(three):
    rows = list(csv.DictReader(io.StringIO(Client().get("/disagreements.csv", {"order": "-ratio"}).text)))

    assert [(row["model"], row["figure"], row["stated"], row["difference"]) for row in rows] == [
        ("B", "parameters_total", "2T", "× 2.98"),
        ("A", "parameters_total", "700B", "4.3% more"),
        ("C", "released", "24 December 2024", "2 days earlier"),
    ]


def test_json_leads_to_the_page_of_the_model(three):
    answer = Client().get("/disagreements.json", {"days_min": 1}).json()

    (row,) = answer["results"]
    assert answer["count"] == 1
    assert row["html"] == "http://testserver/models/c/#figures"
    assert (row["days"], row["ratio"], row["by_makers"]) == (2, None, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_equally_often_however_many_disagree(rows, django_assert_num_queries):
    for number in range(rows):
        disputed(name=f"Model {number}").model.organizations.add(make.make_organization())
        disputed_score()

    # Makers, their models, figures, scores; names of makers; the rows' models with makers and citations, their scores.
    with django_assert_num_queries(9):
        page = Client().get("/disagreements/")

    assert len(page.context["page_obj"]) == 2 * rows


def test_contradictions_keep_the_order_asked_for(three):
    assert [row.model.name for row in contradictions(disagreements()[::-1])] == ["C", "B", "A"]


def test_model_page_says_why_the_shown_one_is_shown_and_leads_to_more():
    citation = disputed(source=make.make_source(publisher="Epoch AI", kind="database"))
    citation.model.citations.filter(shown=True).update(note="The main model.")

    page = Client().get(citation.model.get_absolute_url()).text

    shown = citation.model.citations.get(shown=True).source
    assert (
        f"671B The main model. Other sources say Epoch AI: 685B "
        f"Shown: stated by “{shown.name}”. Differing: listed by Epoch AI. More like this"
    ) in text_of(page)
    assert '<a href="/disagreements/?figure=parameters_total">More like this' in page
    assert '<a href="/disagreements/">disagreements</a>' in page
