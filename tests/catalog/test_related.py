"""What else to read from an entry's page."""

import datetime

import pytest
from django.test import Client

from catalog import related as module
from catalog.related import SHOWN, related
from core.prepared import Prepared
from tests import factories as make

pytestmark = pytest.mark.django_db
JUNE, JULY = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)


def names(entry, *but, as_of=None):
    return [(str(other.entry), other.models or other.ideas) for other in related(entry, but, as_of=as_of)]


def model_with(*terms, released=JUNE, **fields):
    model = make.make_model(released=released, released_precision="day", **fields)
    for term in terms:
        make.make_innovation(model=model, term=term)
    return model


def test_terms_are_related_by_the_models_that_use_both():
    moe, mla, fp8, other = (make.make_term(name=name) for name in ("MoE", "MLA", "FP8", "Other"))
    hidden = make.make_term(name="Hidden", status="draft")
    model_with(moe, mla, fp8, hidden)
    model_with(moe, mla, hidden)
    model_with(fp8, other)
    model_with(moe, other, status="draft")

    assert names(moe) == [("MLA", 2), ("FP8", 1)]
    assert names(moe, mla) == [("FP8", 1)]
    assert names(make.make_term()) == []


def test_papers_and_benchmarks_are_related_by_their_models():
    models = [make.make_model() for _ in range(3)]
    papers = [make.make_paper(name=name) for name in ("Attention", "Scaling", "Unread")]
    benchmarks = [make.make_benchmark(name=name) for name in ("MMLU", "GPQA", "Unused")]
    for model in models[:2]:
        for paper in papers[:2]:
            make.make_model_paper(model=model, paper=paper)
    for model, benchmark in ((models[0], 0), (models[0], 1), (models[0], 1), (models[1], 0), (models[2], 2)):
        make.make_score(model=model, benchmark=benchmarks[benchmark])

    assert names(papers[0]) == [("Scaling", 2)]
    # A model with two scores is one model.
    assert names(benchmarks[0]) == [("GPQA", 1)]


def test_models_are_related_by_ideas_and_time_outside_the_family():
    moe, mla, fp8 = (make.make_term(name=name) for name in ("MoE", "MLA", "FP8"))
    family = make.make_family()
    model = model_with(moe, mla, name="Model", family=family)
    model_with(moe, name="Far", released=datetime.date(2020, 1, 1))
    model_with(moe, name="Near", released=JULY)
    model_with(mla, moe, name="Alike", released=datetime.date(2021, 1, 1))
    model_with(moe, mla, name="Kin", family=family)
    model_with(moe, mla, name="Hidden", status="draft")
    known = model_with(moe, mla, name="Known")
    model_with(fp8, name="Other")

    assert names(model, known) == [("Alike", ("MLA", "MoE")), ("Near", ("MoE",)), ("Far", ("MoE",))]
    assert names(make.make_model(released=None)) == []
    assert names(make.make_model(released=JUNE, released_precision="day")) == []


def test_related_is_what_was_there_on_a_day():
    moe, mla = make.make_term(name="MoE"), make.make_term(name="MLA")
    old, new = model_with(moe, mla, name="Old"), model_with(moe, mla, name="New", released=JULY)

    assert names(moe, as_of=JUNE) == [("MLA", 1)]
    assert names(moe) == [("MLA", 2)]
    assert names(old, as_of=JUNE) == []
    assert names(old) == [("New", ("MLA", "MoE"))]
    page = Client().get("/models/new/?as_of=2024-08-01")
    assert '<a href="/models/old/?as_of=2024-08-01">Old</a>' in page.text
    assert str(new) == "New"


def test_only_so_many_are_looked_at_and_shown(monkeypatch, django_assert_num_queries):
    moe, *others = (make.make_term(name=f"T{n}") for n in range(SHOWN + 2))
    first, *_ = [model_with(moe, *others) for _ in range(4)]
    monkeypatch.setattr(module, "LOOKED_AT", 2)
    monkeypatch.setattr(module, "_sharing", Prepared(module._sharing.build))

    with django_assert_num_queries(2):
        found = names(moe)
    model = type(first).objects.for_detail().get(pk=first.pk)
    with django_assert_num_queries(1):
        kin = names(model)

    assert [count for _, count in found] == [2] * SHOWN
    assert len(kin) == 1
