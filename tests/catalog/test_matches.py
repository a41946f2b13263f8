import pytest

from catalog.comparison import choose
from catalog.evidence import Notes
from catalog.matches import lone_scores, matches
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def vendor():
    return make.make_organization(name="DeepSeek")


@pytest.fixture
def models(vendor):
    return [make.make_model(name=name, organizations=[vendor]) for name in ("A", "B", "C")]


def chosen(models):
    return choose([model.slug for model in models]).models


def found(models):
    return matches(chosen(models), Notes())


def values(line):
    return [[measured.score.value for measured in cell] for cell in line.cells]


def test_scores_that_compare_share_a_line_and_the_best_is_marked(models):
    benchmark = make.make_benchmark()
    for model, value, setting in zip(models, (80, 90, 99), ("5-shot CoT", "CoT; 5-shot", "0-shot"), strict=True):
        make.make_score(model=model, benchmark=benchmark, value=value, setting=setting)

    [match] = found(models)

    alike, unlike = match.lines
    assert (alike.comparable, values(alike)) == (True, [[80], [90], []])
    assert [measured.best for measured in alike.all] == [False, True]
    assert alike.all[0].verdict.comparable is True
    assert (unlike.comparable, values(unlike)) == (False, [[], [], [99]])
    assert unlike.all[0].best is False
    assert "0-shot against 5-shot" in unlike.all[0].verdict.reasons


def test_lower_is_best_where_lower_is_better(models):
    benchmark = make.make_benchmark(higher_is_better=False)
    for model, value in zip(models, (3, 2, 2), strict=True):
        make.make_score(model=model, benchmark=benchmark, value=value, setting="5-shot")

    [match] = found(models)

    assert [measured.best for measured in match.lines[0].all] == [False, True, True]


def test_equal_scores_have_no_best_and_are_no_difference(models):
    benchmark = make.make_benchmark()
    for model in models:
        make.make_score(model=model, benchmark=benchmark, value=5, setting="5-shot")

    [match] = found(models)

    assert [measured.best for measured in match.lines[0].all] == [False] * 3
    assert match.only_differences().lines == ()


def test_scores_without_a_setting_never_compare(models):
    benchmark = make.make_benchmark()
    for model in models[:2]:
        make.make_score(model=model, benchmark=benchmark)

    [match] = found(models)

    [line] = match.lines
    assert line.comparable is False
    assert [measured.verdict and str(measured.verdict) for measured in line.all] == [
        None,
        "not known to be comparable: the setting is not stated",
    ]


def test_variants_stand_under_the_benchmark_that_people_know(models):
    parent = make.make_benchmark(name="MATH")
    variant = make.make_benchmark(name="AMATH-500", parent=parent)
    make.make_score(model=models[0], benchmark=variant, value=90)
    make.make_score(model=models[1], benchmark=parent, value=80)

    [match] = found(models)

    assert match.benchmark == parent
    assert [line.benchmark for line in match.lines] == [parent, variant]
    assert [str(line.all[0].verdict) for line in match.lines] == [
        "not comparable: other variant: MATH against AMATH-500",
        "not comparable: other variant: AMATH-500 against MATH",
    ]


def test_all_measurements_of_a_model_are_kept(models):
    benchmark = make.make_benchmark()
    for value, by in ((88, "vendor"), (87, "independent"), (86, "independent")):
        make.make_score(model=models[0], benchmark=benchmark, value=value, measured_by=by, setting="5-shot")
    make.make_score(model=models[1], benchmark=benchmark, value=80, setting="5-shot")

    [match] = found(models)

    assert [(line.comparable, values(line)) for line in match.lines] == [
        (True, [[88], [80], []]),
        (False, [[87, 86], [], []]),
    ]


def test_score_is_held_against_the_nearest_of_the_models_before_it(models):
    benchmark = make.make_benchmark()
    far = make.make_score(model=models[0], benchmark=benchmark, setting="0-shot, no tools", measured_by="independent")
    near = make.make_score(model=models[0], benchmark=benchmark, setting="5-shot")
    last = make.make_score(model=models[1], benchmark=benchmark, setting="4-shot")

    [match] = found(models)

    others = {measured.score: measured.other for measured in match.lines[0].all}
    assert others == {far: None, near: None, last: near}


def test_benchmarks_on_which_most_meet_come_first(models):
    two, three = make.make_benchmark(name="A two"), make.make_benchmark(name="B three")
    for model in models:
        make.make_score(model=model, benchmark=three)
    for model in models[1:]:
        make.make_score(model=model, benchmark=two)

    assert [match.benchmark for match in found(models)] == [three, two]


def test_benchmarks_of_one_model_alone_stand_apart(models):
    score = make.make_score(model=models[1])

    assert found(models) == []
    [alone] = lone_scores(chosen(models), Notes())
    assert (alone.model, [measured.score for measured in alone.scores]) == (models[1], [score])
