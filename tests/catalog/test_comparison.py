import datetime

import pytest
from django.test import Client

from catalog.comparison import MOST, choose, compare, figure_row
from catalog.evidence import Notes
from catalog.figures import FIGURE
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def compared(*models):
    return compare(choose([model.slug for model in models]).models)


def row(comparison, key):
    return next(row for row in comparison.rows if row.key == key)


def texts(comparison, key):
    return [cell.text for cell in row(comparison, key).cells]


@pytest.mark.parametrize(
    "values",
    [["v3,gpt-4-1"], ["v3", "gpt-4-1"], ["v3,,gpt-4-1,"], ["v3", "v3,gpt-4-1"], ["V3", " GPT-4.1 "], ["v3,GPT-4.1"]],
)
def test_models_are_named_by_slug_or_name_in_any_writing(values):
    v3, gpt = make.make_model(name="V3"), make.make_model(name="GPT-4.1")

    assert choose(values).models == [v3, gpt]
    assert choose(values).messages == []


def test_models_stand_in_the_order_in_which_they_are_named():
    made = [make.make_model(name=name) for name in ("B", "C", "A")]

    assert choose(["b,c,a"]).models == made
    assert choose(["a", "b"]).models == [made[2], made[0]]


def test_unknown_names_get_a_message_and_the_others_stand():
    v3 = make.make_model(name="V3")
    make.make_model(name="Hidden", status="draft")

    choice = choose(["nobody,V3", "hidden", "\0a\x07", "x" * 3000])

    assert choice.models == [v3]
    assert choice.unknown == ["nobody", "hidden", "a", "x" * 80]
    assert choice.messages[0] == "There is no model “nobody” here."


def test_past_six_models_the_rest_is_left_out_by_name():
    made = [make.make_model(name=f"M{number}") for number in range(8)]

    choice = choose([",".join(model.slug for model in made)])

    assert choice.models == made[:MOST]
    assert choice.messages == ["At most 6 models stand side by side. Left out: M6, M7."]


def test_models_of_after_the_day_are_unknown():
    day = datetime.date(2024, 6, 1)
    early, late = (
        make.make_model(name=name, released=datetime.date(2024, month, 1), released_precision="day")
        for name, month in (("Early", 5), ("Late", 7))
    )

    assert choose(["early,late"], as_of=day).models == [early]
    assert choose(["early,late"]).models == [early, late]


def test_scores_of_after_the_day_are_not_compared():
    a, b = (make.make_model(name=n, released=datetime.date(2023, 1, 1), released_precision="day") for n in ("A", "B"))
    benchmark = make.make_benchmark()
    for model, year in ((a, 2023), (b, 2025)):
        make.make_score(model=model, benchmark=benchmark, measured_on=datetime.date(year, 2, 1))
    day = datetime.date(2024, 1, 1)

    assert len(compare(choose(["a,b"]).models).matches) == 1
    assert compare(choose(["a,b"], as_of=day).models, as_of=day).matches == []


def test_row_tells_what_differs_from_what_is_the_same_and_what_is_unknown():
    a = make.make_model(openness="open_weight", lifecycle="active", architecture="transformer", licence="MIT")
    b = make.make_model(openness="api_only", lifecycle="active", licence="mit")

    comparison = compared(a, b)

    states = {key: (row(comparison, key).differs, row(comparison, key).uniform) for key in ("openness", "lifecycle")}
    assert states == {"openness": (True, False), "lifecycle": (False, True)}
    assert (row(comparison, "architecture").differs, row(comparison, "architecture").uniform) == (False, False)
    assert (row(comparison, "licence").differs, row(comparison, "licence").uniform) == (False, True)
    assert (row(comparison, "max_output").differs, row(comparison, "max_output").uniform) == (False, True)
    assert texts(comparison, "openness") == ["Open Weight", "API Only"]


def test_only_differences_leaves_out_what_all_say():
    a, b = make.make_model(openness="api_only", licence="MIT"), make.make_model(openness="open_weight", licence="MIT")

    assert [row.key for row in compared(a, b).only_differences().rows] == ["openness"]
    assert len(compared(a, b).rows) == 19


def test_rounding_is_no_difference():
    a, b = make.make_model(context_window=128_000), make.make_model(context_window=131_072)

    found = row(compared(a, b), "context_window")

    assert (found.differs, found.uniform) == (False, True)


def test_unknown_not_disclosed_and_not_applicable_are_told_apart():
    a, b, c = (make.make_model() for _ in range(3))
    make.make_citation(model=b, stated="", value="", basis="not_disclosed")
    make.make_citation(model=c, stated="", value="", basis="not_applicable", source=None)

    comparison = compared(a, b, c)

    assert texts(comparison, "parameters_total") == ["", "not disclosed", "not applicable"]
    assert row(comparison, "parameters_total").uniform is False
    page = text_of(Client().get(f"/compare/?models={a.slug},{b.slug},{c.slug}").text)
    assert "Parameters unknown not disclosed not applicable" in page


@pytest.mark.parametrize(
    ("field", "values", "best"),
    [
        ("context_window", [128_000, 200_000, None], [False, True, False]),
        ("context_window", [128_000, 131_072], [False, False]),
        ("context_window", [128_000, None], [False, False]),
        ("max_output", [8_000, 8_000, 4_000], [True, True, False]),
        ("parameters_total", [10**9, 10**11], [False, False]),
        ("training_tokens", [10**9, 10**11], [False, False]),
        ("training_cost", [5_000_000, 9_000_000], [True, False]),
    ],
)
def test_best_is_marked_where_it_means_something(field, values, best):
    years = {"training_cost_year": 2024} if field == "training_cost" else {}
    models = [make.make_model(**{field: value}, **years) for value in values]

    assert [cell.best for cell in figure_row(models, FIGURE[field], Notes()).cells] == best


def test_costs_of_other_years_or_estimated_ones_have_no_best():
    a, b = (make.make_model(training_cost=10**cost, training_cost_year=year) for cost, year in ((6, 2023), (7, 2024)))
    c, d = (make.make_model(training_cost=10**cost, training_cost_year=2024) for cost in (6, 7))
    make.make_citation(model=d, field="training_cost", stated="10M", value="10M", basis="estimated", shown=True)

    for models in ((a, b), (c, d)):
        assert [cell.best for cell in row(compared(*models), "training_cost").cells] == [False, False]


def test_shared_innovations_come_first_and_are_marked():
    shared, own = make.make_term(name="Shared"), make.make_term(name="Own")
    a, b = make.make_model(), make.make_model()
    make.make_innovation(model=a, term=own, order=1)
    make.make_innovation(model=a, term=shared, order=2)
    make.make_innovation(model=b, term=shared)

    first = row(compared(a, b), "innovations").cells[0]

    assert [(word.text, word.shared) for word in first.words] == [("Shared", True), ("Own", False)]


def test_relations_are_those_among_the_models():
    v2 = make.make_model(name="V2")
    v3 = make.make_model(name="V3", predecessor=v2)
    r1 = make.make_model(name="R1")
    make.make_derivation(child=r1, parent=v3, kind="fine_tuned_from")
    make.make_derivation(child=v3)

    found = [(r.model.name, r.kind, r.other.name) for r in compared(r1, v3, v2).relations]

    assert found == [("V3", "a version after", "V2"), ("R1", "fine-tuned from", "V3")]


def test_sources_are_numbered_down_the_rows():
    a, b = make.make_model(licence="MIT", parameters_total=671 * 10**9), make.make_model(licence="MIT")
    total = make.make_citation(model=a)
    second = make.make_citation(model=b, field="licence", stated="MIT", value="MIT")
    first = make.make_citation(model=a, field="licence", stated="MIT", value="MIT")

    assert [cited.source for cited in compared(a, b).notes] == [first.source, second.source, total.source]
