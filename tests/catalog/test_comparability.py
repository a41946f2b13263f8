import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.comparability import Verdict, conditions, measurer, verdict
from catalog.models import AIModel, Score
from research.models import Benchmark, Organization, Source

MATH = Benchmark(pk=1, name="MATH", status="published")
MATH_500 = Benchmark(pk=2, name="MATH-500", parent=MATH, status="published")
AIME = Benchmark(pk=3, name="AIME", status="published")
HIDDEN = Benchmark(pk=4, name="Hidden", status="draft")
OF_HIDDEN = [Benchmark(pk=pk, name=f"Part {pk}", parent=HIDDEN, status="published") for pk in (5, 6)]


def score(setting="5-shot", *, by="vendor", vendors=("DeepSeek",), publisher="Epoch AI", benchmark=MATH, **fields):
    """A score that no database holds; its model is made by `vendors`, its source published by `publisher`."""
    model = AIModel(pk=1)
    model._prefetched_objects_cache = {"organizations": [Organization(name=name) for name in vendors]}
    source = Source(name="A report", publisher=publisher, published=fields.pop("published", None))
    return Score(model=model, benchmark=benchmark, setting=setting, measured_by=by, source=source, value=1, **fields)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (score(), score()),
        (score("5-shot, CoT"), score("chain of thought; 5-shot")),
        (score("whole edit format"), score("Whole edit format")),
        (score(vendors=["A", "B"]), score(vendors=["B", "A"])),
        (score(publisher="arXiv"), score(publisher="Nature")),
        (score(by="independent", vendors=["A"]), score(by="independent", vendors=["B"])),
        (score("5-shot, gpt-4o-2024-05-13"), score("5-shot, gpt-4o-2024-08-06")),
    ],
)
def test_scores_under_equal_conditions_are_comparable(one, two):
    assert verdict(one, two) == Verdict()
    assert verdict(one, two).comparable is True
    assert str(verdict(one, two)) == "comparable"


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        (score(benchmark=MATH_500), score(), "other variant: MATH-500 against MATH"),
        (score(benchmark=MATH_500), score(benchmark=AIME), "other benchmark: MATH-500 against AIME"),
        (score(benchmark=OF_HIDDEN[0]), score(benchmark=OF_HIDDEN[1]), "other benchmark: Part 5 against Part 6"),
        (score("5-shot"), score("0-shot"), "5-shot against 0-shot"),
        (score("zero-shot, CoT"), score("zero-shot, direct answer"), "chain of thought against direct answer"),
        (score("pass@1"), score("pass@10"), "pass@1 against pass@10"),
        (score("high effort"), score("max effort"), "high effort against max effort"),
        (score("5-shot, base model"), score("5-shot, instruct model"), "base model against instruction-tuned"),
        (score("Terminus 2"), score("Claude Code as agent"), "Terminus 2 against Claude Code"),
        (score("one crop, B0"), score("one crop, B7"), "B0 against B7"),
        (
            score(),
            score(by="independent"),
            "measured by the vendor (DeepSeek) against an independent party (Epoch AI)",
        ),
        (
            score(by="independent"),
            score(by="aggregator", publisher="LLM Stats"),
            "measured by an independent party (Epoch AI) against an aggregator (LLM Stats)",
        ),
        (score(), score(vendors=["OpenAI"]), "measured by its own vendor: DeepSeek against OpenAI"),
        (
            score(by="independent"),
            score(by="independent", publisher="Aider"),
            "measured by: Epoch AI against Aider",
        ),
    ],
)
def test_verdict_says_what_differs(one, two, difference):
    assert verdict(one, two).differences == (difference,)
    assert verdict(one, two).unknown == ()
    assert str(verdict(one, two)) == f"not comparable: {difference}"


@pytest.mark.parametrize(
    ("one", "two", "unknown"),
    [
        (score(""), score(""), "the setting is not stated"),
        (score(""), score("5-shot"), "its setting is not stated"),
        (score("5-shot"), score("stable version"), "the other's setting is not stated"),
        (score("5-shot"), score("5-shot, CoT"), "prompting not stated against chain of thought"),
        (score("5-shot, base model"), score("5-shot"), "base model against form of the model not stated"),
        (score("one crop, B0"), score("one crop"), "B0 against other conditions not stated"),
    ],
)
def test_what_is_not_stated_is_not_equal(one, two, unknown):
    assert verdict(one, two).unknown == (unknown,)
    assert verdict(one, two).comparable is False
    assert str(verdict(one, two)) == f"not known to be comparable: {unknown}"


def test_a_difference_outweighs_what_is_unknown():
    found = verdict(score("5-shot, CoT"), score("0-shot", vendors=["OpenAI"]))

    assert found.differences == ("5-shot against 0-shot", "measured by its own vendor: DeepSeek against OpenAI")
    assert found.unknown == ("chain of thought against prompting not stated",)
    assert found.label == "not comparable"


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (score(vendors=["B", "A"]), "A, B"),
        (score(vendors=[]), "Epoch AI"),
        (score(vendors=[], publisher=""), "A report"),
        (score(by="independent"), "Epoch AI"),
        (score(by="independent", publisher=""), "A report"),
    ],
)
def test_measurer_is_the_vendor_or_the_publisher_or_the_source(made, name):
    assert measurer(made) == name


def test_dates_far_apart_are_a_remark_and_no_verdict():
    early, late = (datetime.date(year, 6, 1) for year in (2023, 2025))

    assert verdict(score(measured_on=early), score(measured_on=late)) == Verdict(
        remark="measured more than a year apart"
    )
    assert verdict(score(published=early), score(measured_on=late)).remark == "measured more than a year apart"
    assert verdict(score(published=early), score()).remark == ""
    assert verdict(score(measured_on=late), score(published=late)).remark == ""


PARTS = [
    "5-shot",
    "0-shot",
    "CoT",
    "pass@1",
    "Terminus 2",
    "base model",
    "whole edit format",
    "Whole edit format",
    "B0",
]
some_score = st.builds(
    score,
    st.lists(st.sampled_from(PARTS), max_size=3).map(", ".join),
    by=st.sampled_from(["vendor", "independent", "aggregator"]),
    vendors=st.sampled_from([("DeepSeek",), ("OpenAI",), ("OpenAI", "DeepSeek"), ()]),
    publisher=st.sampled_from(["Epoch AI", "arXiv", ""]),
    benchmark=st.sampled_from([MATH, MATH_500, AIME]),
)


@given(some_score, some_score)
def test_verdict_is_symmetric(one, two):
    there, back = verdict(one, two), verdict(two, one)

    assert (len(there.differences), len(there.unknown)) == (len(back.differences), len(back.unknown))
    assert (there.comparable, there.label, there.remark) == (back.comparable, back.label, back.remark)


@given(some_score)
def test_score_is_comparable_with_itself_if_its_setting_is_stated(one):
    assert verdict(one, one).comparable == bool(one.setting)
    assert verdict(one, one).differences == ()


@given(some_score, some_score)
def test_scores_are_comparable_if_and_only_if_their_conditions_are_equal_and_stated(one, two):
    assert verdict(one, two).comparable == (conditions(one) == conditions(two) and bool(one.setting))
