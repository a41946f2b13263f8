"""All rules of `check_records` at once: on a clean collection, on imports, and their queries."""

import pytest

from catalog.checks import ON_IMPORT, RULES, broken_rules, findings
from catalog.checks.collection import Collection
from tests import factories as make
from tests.catalog.checks.checking import finished_model, finished_model_parts

pytestmark = pytest.mark.django_db


def test_a_clean_collection_gives_nothing():
    model = finished_model()
    source = make.make_source(summary="Says it.")
    model.parameters_total = 10**9
    model.save()
    make.make_citation(model=model, source=source, stated="1B", value="1000000000", shown=True)

    assert list(findings(Collection())) == []


def test_rules_are_named_and_explained():
    names = [rule.__name__ for _, rule in RULES]

    assert len(names) == len(set(names)) == 25
    assert all(rule.__doc__ for _, rule in RULES)
    assert set(ON_IMPORT) < {rule for level, rule in RULES if level == "error"}


def test_an_import_is_held_against_what_it_touches():
    scored = make.make_score(value=101, benchmark=make.make_benchmark(name="MMLU"))
    touched, other = (make.make_model(parameters_total=10**9) for _ in range(2))
    original = make.make_model(variant_of=make.make_model())
    variant = make.make_model(variant_of=original)
    uncited = "Parameters: a published model needs a citation for it. Add one, or empty the figure."
    deep = f"{original} is a variant itself. Choose the model that it is a variant of."

    assert list(broken_rules([touched])) == [(touched, uncited)]
    assert list(broken_rules([make.make_milestone(model=other)])) == [(other, uncited)]
    assert list(broken_rules([scored.benchmark])) == [(scored, "MMLU has no score above 100.")]
    assert list(broken_rules([variant])) == [(variant, deep)]
    assert list(broken_rules([make.make_source()])) == []


def test_an_import_closes_no_circle_through_models_it_does_not_touch():
    a, b = make.make_model(slug="a"), make.make_model(slug="b")
    make.make_derivation(child=a, parent=b)

    assert list(broken_rules([b])) == []
    edge = make.make_derivation(child=b, parent=a)
    assert list(broken_rules([edge])) == [(b, "This closes a circle: b ← a ← b.")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_whole_collection_takes_the_same_queries_whatever_its_size(count, django_assert_num_queries):
    for _ in range(count):
        model = finished_model_parts()
        make.make_model(variant_of=model, description="Beam search.")

    with django_assert_num_queries(20):
        assert len(list(findings(Collection()))) >= count
