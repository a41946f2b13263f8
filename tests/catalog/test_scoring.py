import pytest

from catalog.evidence import Notes
from catalog.models import AIModel
from catalog.scoring import Bar, best_scores, score_rows, score_text
from research.models import Benchmark
from tests import factories as make

pytestmark = pytest.mark.django_db


def rows(model):
    return score_rows(AIModel.objects.for_detail().get(pk=model.pk), Notes())


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(88.5, "%", "88.5%"), (1287, "points", "1,287 points"), (0.5, "", "0.5"), (90.0, "%", "90%")],
)
def test_score_is_printed_with_its_unit(value, unit, text):
    assert score_text(value, Benchmark(unit=unit)) == text


def test_headlines_come_first_then_the_editors_order():
    model = make.make_model()
    for order, headline in ((1, False), (2, True), (3, False), (4, True)):
        make.make_score(model=model, order=order, headline=headline)

    assert [row.score.order for row in rows(model)] == [2, 4, 1, 3]


def test_variant_goes_under_its_parents_name():
    parent = make.make_benchmark(name="MATH")
    model = make.make_model()
    make.make_score(model=model, benchmark=make.make_benchmark(name="MATH-500", parent=parent), order=1)
    make.make_score(model=model, benchmark=parent, order=2)

    assert [(row.title.name, row.variant and row.variant.name) for row in rows(model)] == [
        ("MATH", "MATH-500"),
        ("MATH", None),
    ]


def test_variant_of_a_draft_goes_under_its_own_name():
    parent = make.make_benchmark(name="MATH", status="draft")
    model = make.make_model()
    make.make_score(model=model, benchmark=make.make_benchmark(name="MATH-500", parent=parent))

    assert [(row.title.name, row.variant) for row in rows(model)] == [("MATH-500", None)]


@pytest.mark.parametrize(("higher", "best", "first"), [(True, "90%", "Strong"), (False, "40%", "Weak")])
def test_best_known_score_is_the_highest_or_the_lowest(higher, best, first):
    benchmark = make.make_benchmark(higher_is_better=higher)
    models = {name: make.make_model(name=name) for name in ("Weak", "Middle", "Strong")}
    for name, value in (("Weak", 40), ("Middle", 60), ("Strong", 90)):
        make.make_score(model=models[name], benchmark=benchmark, value=value)
    make.make_score(model=make.make_model(status="draft"), benchmark=benchmark, value=1 if not higher else 99)

    row = rows(models["Middle"])[0]

    assert (row.text, row.best_text, row.best.model.name, row.is_best) == ("60%", best, first, False)
    assert rows(models[first])[0].is_best is True


@pytest.mark.parametrize(
    ("low", "high", "value", "bar"),
    [
        (0, 100, 88.5, Bar(88.5, 88.5)),
        (0, 4000, 1000, Bar(25.0, 25.0)),
        (-1, 1, 0, Bar(50.0, 50.0)),
        (0, 100, 130, Bar(100, 100)),
        (10, 100, 1, Bar(0, 0)),
        (None, 100, 5, None),
        (0, None, 5, None),
    ],
)
def test_bar_is_drawn_on_the_benchmarks_scale(low, high, value, bar):
    model = make.make_model()
    make.make_score(model=model, value=value, benchmark=make.make_benchmark(scale_min=low, scale_max=high))

    assert rows(model)[0].bar == bar


@pytest.mark.parametrize(("best", "mark"), [(100, 99.4), (50, 49.4), (0.2, 0)])
def test_mark_of_the_best_score_stays_on_the_scale(best, mark):
    assert Bar(0, best).best_mark == mark


def test_best_scores_take_two_queries(django_assert_num_queries):
    scores = [make.make_score(value=value) for value in (1, 2, 3)]

    with django_assert_num_queries(2):
        best = best_scores({score.benchmark for score in scores})

    assert best == {score.benchmark_id: score for score in scores}


def test_row_says_whether_it_compares_with_the_best():
    benchmark, vendor = make.make_benchmark(), make.make_organization(name="DeepSeek")
    model, other = (make.make_model(organizations=[vendor]) for _ in range(2))
    make.make_score(model=other, benchmark=benchmark, value=90, setting="5-shot, CoT")
    make.make_score(model=model, benchmark=benchmark, value=80, setting="5-shot, CoT", order=1)
    make.make_score(model=model, benchmark=benchmark, value=85, setting="0-shot, CoT", order=2)

    like, unlike = rows(model)

    assert like.verdict.comparable is True
    assert unlike.verdict.reasons == ("0-shot against 5-shot",)


def test_vendor_that_is_a_draft_is_not_named():
    benchmark, hidden = make.make_benchmark(), make.make_organization(name="Hidden", status="draft")
    make.make_score(model=make.make_model(organizations=[hidden]), benchmark=benchmark, value=90, setting="5-shot")
    model = make.make_model(organizations=[hidden])
    make.make_score(model=model, benchmark=benchmark, value=80, setting="5-shot")

    [row] = rows(model)

    assert "Hidden" not in str(row.verdict)
    assert "measured by its own vendor" in str(row.verdict)
