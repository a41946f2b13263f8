import csv
import datetime
import re

import pytest
from django.test import Client

from catalog.comparison import MOST
from tests import factories as make
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture
def pair():
    """Two models that share a benchmark under one setting, and differ in all else."""
    vendor, benchmark = make.make_organization(name="DeepSeek"), make.make_benchmark(name="MMLU")
    models = [
        make.make_model(name=name, organizations=[vendor], context_window=window, openness=openness)
        for name, window, openness in (("V2", 128_000, "open_weight"), ("V3", 200_000, "api_only"))
    ]
    for model, value in zip(models, (78.5, 88.5), strict=True):
        make.make_score(model=model, benchmark=benchmark, value=value, setting="5-shot")
    return models


def page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.text


def test_page_names_the_models_and_its_own_address(pair):
    text = page("/compare/?models=V2&models=v3&differences=1")

    assert "<title>V2, V3 compared · Descent</title>" in text
    assert '<link rel="canonical" href="http://testserver/compare/?models=v2,v3">' in text


def test_page_prints_rows_side_by_side_with_the_verdict(pair):
    make.make_score(model=pair[0], benchmark=pair[1].scores.get().benchmark, value=70, setting="0-shot", order=2)

    text = text_of(page("/compare/?models=v2,v3"))

    assert "Openness ≠ Open Weight API Only" in text
    assert "Context window ≠ 128K tokens 200K tokens best" in text
    assert "comparable 5-shot; by DeepSeek (vendor) 78.5% 88.5% best" in text
    assert (
        "not comparable 70% 0-shot; by DeepSeek (vendor) not comparable with V3’s 88.5%: 0-shot against 5-shot" in text
    )


def test_disagreements_and_estimates_are_marked(pair):
    make.make_citation(
        model=pair[0],
        field="context_window",
        stated="64K",
        value="64000",
        source=make.make_source(publisher="Somebody"),
    )
    pair[1].training_compute = 1e24
    pair[1].save()
    make.make_citation(
        model=pair[1], field="training_compute", stated="1e24", value="1e24", basis="estimated", shown=True
    )

    text = text_of(page("/compare/?models=v2,v3"))

    assert "128K tokens Somebody says 64K" in text
    assert "unknown 1 × 10²⁴ FLOP estimated" in text


def test_note_says_its_source_and_place(pair):
    source = make.make_source(name="The report")
    make.make_citation(
        model=pair[0], field="context_window", stated="128K", value="128000", source=source, locator="Table 6"
    )

    text = page("/compare/?models=v2,v3")

    assert '<a href="#note-1" role="doc-noteref" title="The report, Table 6">' in text
    assert '<li id="note-1">' in text


def test_only_differences_can_be_shown(pair):
    for model in pair:
        model.lifecycle = "active"
        model.save()

    assert "Lifecycle active active" in text_of(page("/compare/?models=v2,v3"))
    assert "Lifecycle" not in text_of(page("/compare/?models=v2,v3&differences=1"))
    assert "Lifecycle" in text_of(page("/compare/?models=v2,v3&differences=0"))


def test_links_move_and_remove_models_and_keep_the_rest(pair):
    make.make_model(name="R1")

    text = page("/compare/?models=v2,v3,r1&differences=1")
    moves = re.findall(r'href="([^"]+)"><span aria-hidden="true">[←→×]', text)

    assert moves == [
        f"/compare/?differences=1&amp;models={models}"
        for models in ("v3,v2,r1", "v3,r1", "v3,v2,r1", "v2,r1,v3", "v2,r1", "v2,r1,v3", "v2,v3")
    ]


def test_form_adds_a_model_to_those_that_stand(pair):
    text = page("/compare/?models=v2,v3&differences=1")
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', text)

    assert hidden == [("models", "v2"), ("models", "v3"), ("differences", "1")]
    assert '<input id="add" name="models"' in text


def test_six_models_take_no_more():
    made = [make.make_model(name=f"M{number}") for number in range(7)]
    names = ",".join(model.slug for model in made)

    text = page(f"/compare/?models={names}")

    assert "At most 6 models stand side by side. Left out: M6." in text
    assert "add-model" not in text
    assert text.count('<th scope="col">') == 6


@pytest.mark.parametrize("query", ["", "?models=", "?models=,,", "?models=%00", "?models=" + "%F0%9F%A6%99" * 50])
def test_nothing_chosen_offers_examples(query, pair):
    type(pair[1]).objects.filter(pk=pair[1].pk).update(predecessor=pair[0])

    text = page(f"/compare/{query}")

    assert "<table" not in text
    assert 'href="/compare/?models=v2,v3"' in text


def test_one_model_offers_its_companions(pair):
    type(pair[1]).objects.filter(pk=pair[1].pk).update(predecessor=pair[0])

    text = page("/compare/?models=v3")

    assert "<table" not in text
    assert '<a href="/compare/?models=v3,v2">V2</a>' in text
    assert '<option value="v2">V2</option>' in text


@pytest.mark.parametrize("name", ["nobody", "%00x", "-1", "9" * 40, "<script>", "%F0%9F%A6%99", "a" * 3000])
def test_unknown_name_has_a_message_and_the_others_are_compared(name, pair):
    text = page(f"/compare/?models=v2,{name},v3")

    assert text.count("There is no model “") == 1
    assert "\0" not in text
    assert "<script>”" not in text
    assert text.count('<th scope="col">') == 2


def test_page_is_read_only(pair):
    assert Client().post("/compare/?models=v2,v3").status_code == 405


def test_json_holds_what_the_page_shows(pair):
    answer = Client().get("/compare.json?models=v2,v3").json()

    rows = {row["key"]: row for row in answer["rows"]}
    assert [model["slug"] for model in answer["models"]] == ["v2", "v3"]
    assert rows["context_window"]["values"] == {"v2": "128K", "v3": "200K"}
    assert rows["context_window"]["best"] == ["v3"]
    assert rows["openness"]["differs"] is True
    assert [(s["model"], s["value"], s["comparable"], s["best"], s["verdict"]) for s in answer["scores"]] == [
        ("v2", 78.5, True, False, "comparable"),
        ("v3", 88.5, True, True, "comparable"),
    ]


def test_csv_has_a_column_for_each_model(pair):
    make.make_score(model=pair[0], benchmark=make.make_benchmark(name="Alone"), value=1)

    answer = Client().get("/compare.csv?models=v2,v3")
    lines = list(csv.DictReader(answer.text.splitlines()))

    window = next(line for line in lines if line["row"] == "context_window")
    assert (window["part"], window["unit"], window["v2"], window["v3"]) == ("model", "tokens", "128K", "200K")
    scores = [(line["row"], line["setting"], line["v2"], line["v3"]) for line in lines if line["part"] == "score"]
    assert scores == [("mmlu", "5-shot", "78.5", ""), ("mmlu", "5-shot", "", "88.5"), ("alone", "", "1.0", "")]


@pytest.mark.parametrize("suffix", ["json", "csv"])
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Name two to 6 models"),
        ("?models=v2", "Name two to 6 models"),
        ("?models=v2,v3,%00no", "There is no model “no” here."),
        ("?models=v2,v3,a,b,c,d,e", "At most 6 models"),
    ],
)
def test_twins_answer_400_with_messages(suffix, query, message, pair):
    for name in "ABCDE" if "e" in query[-1:] else "":
        make.make_model(name=name)

    answer = Client().get(f"/compare.{suffix}{query}")

    assert answer.status_code == 400
    assert message in answer.json()["errors"]["models"][-1]


@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("scores", [1, 5])
def test_page_asks_equally_often_whatever_it_compares(count, scores, django_assert_num_queries):
    text, benchmark = make.make_modality(), make.make_benchmark(parent=make.make_benchmark())
    for number in range(count):
        model = make.make_model(
            name=f"M{number}",
            released=datetime.date(2024, 1, 1),
            released_precision="day",
            organizations=[make.make_organization()],
            family=make.make_family(),
            input_modalities=[text],
            output_modalities=[text],
        )
        for part in (make.make_innovation, make.make_citation):
            part(model=model)
        for _ in range(scores):
            make.make_score(model=model, benchmark=benchmark, setting="5-shot")
            make.make_score(model=model)

    with django_assert_num_queries(10 if count == MOST else 13):
        text = Client().get(f"/compare/?models={','.join(f'm{number}' for number in range(count))}").text

    assert text.count('<th scope="col">') == count


def test_list_of_models_picks_what_is_compared(pair):
    text = page("/models/")

    assert '<form class="picked" id="picked" action="/compare/"' in text
    assert 'type="checkbox" name="models" value="v2" form="picked" aria-label="Pick V2">' in text
    assert f'data-most="{MOST}"' in text
    assert 'form="picked"' not in page("/organizations/")


@pytest.fixture
def early_pair():
    """Two models of January 2024, one of them scored and deprecated a year later."""
    return [
        make.make_model(
            name=name,
            released=datetime.date(2024, 1, 1),
            released_precision="day",
            lifecycle="deprecated",
            lifecycle_date=datetime.date(2025, 1, 1),
        )
        for name in ("Early A", "Early B")
    ]


def test_comparison_as_of_a_day_shows_what_was_there(early_pair, pair):
    for model in early_pair:
        make.make_score(model=model, benchmark=pair[0].scores.get().benchmark, measured_on=datetime.date(2025, 1, 1))

    then, now = (page(f"/compare/?models=early-a,early-b,v3{day}") for day in ("&as_of=2024-06-30", ""))

    assert ("Early B" in then, "There is no model “v3” here." in then) == (True, True)
    assert ("deprecated" in now, "deprecated" in then) == (True, False)
    assert ("MMLU" in now, "MMLU" in then) == (True, False)
    assert 'href="/compare/?as_of=2024-06-30&amp;models=early-b,early-a"' in then
    assert '<input type="hidden" name="as_of" value="2024-06-30">' in then
    twin = Client().get("/compare.json?models=early-a,early-b&as_of=2024-06").json()
    assert twin["as_of"] == "2024-06-30"
    assert twin["html"].endswith("/compare/?models=early-a,early-b&as_of=2024-06-30")
    assert 'href="/models/early-a/?as_of=2024-06-30"' in then


def test_bad_day_has_a_message_and_the_models_are_compared_as_of_today(pair):
    text = page("/compare/?models=v2,v3&as_of=banana")

    assert "As of:" in text
    assert text.count('<th scope="col">') == 2
    assert list(Client().get("/compare.json?models=v2,v3&as_of=banana").json()["errors"]) == ["as_of"]
