import pytest

from catalog.models import AIModel
from catalog.operators import model_filters
from tests import factories as make

pytestmark = pytest.mark.django_db


def data(*operators):
    filters, errors = model_filters([tuple(operator.split(":", 1)) for operator in operators])
    return dict(filters.data.lists()), errors


@pytest.mark.parametrize(
    ("operator", "filters"),
    [
        ("params:>=100b", {"parameters_min": ["100b"]}),
        ("params:>100b", {"parameters_min": ["100000000001"]}),
        ("params:<1.5K", {"parameters_max": ["1499"]}),
        ("parameters:<=7B", {"parameters_max": ["7B"]}),
        ("params:7B", {"parameters_min": ["7B"], "parameters_max": ["7B"]}),
        ("params:70b..400b", {"parameters_min": ["70b"], "parameters_max": ["400b"]}),
        ("params:70b..", {"parameters_min": ["70b"]}),
        ("context:>=128k", {"context_min": ["128k"]}),
        ("released:2024", {"released_after": ["2024"], "released_before": ["2024"]}),
        ("released:=2024-05", {"released_after": ["2024-05"], "released_before": ["2024-05"]}),
        ("released:>2023-06", {"released_after": ["2023-07-01"]}),
        ("released:>2023", {"released_after": ["2024-01-01"]}),
        ("released:>2023-02-28", {"released_after": ["2023-03-01"]}),
        ("released:<2023", {"released_before": ["2022-12-31"]}),
        ("released:<=2023", {"released_before": ["2023"]}),
    ],
)
def test_ranges_become_the_ends_of_filters(operator, filters):
    assert data(operator) == (filters, [])


@pytest.mark.parametrize(
    ("operator", "filters"),
    [
        ("openness:open-weight", {"openness": ["open_weight"]}),
        ("openness:open_weight,API Only", {"openness": ["open_weight", "api_only"]}),
        ("arch:mixture_of_experts", {"architecture": ["mixture_of_experts"]}),
        ("org:Mistral AI", {"organization": ["mistral-ai"]}),
    ],
)
def test_choices_become_values_of_filters(operator, filters):
    make.make_organization(name="Mistral AI")

    assert data(operator) == (filters, [])


@pytest.mark.parametrize(
    ("operator", "message"),
    [
        ("params:banana", "params:banana: Write a number, with K, M, B or T"),
        ("params:>", "params:>: Write a number"),
        ("params:>1e99", "params:>1e99: This number is too large."),
        ("released:>9999", "released:>9999: "),
        ("released:<0001", "released:<0001: "),
        ("released:yesterday", "released:yesterday: Write a date as"),
        ("org:nobody", "org:nobody: “nobody” is not a value to choose from."),
        ("openness:!", "openness:!: "),
    ],
)
def test_what_is_no_value_is_said_with_its_operator(operator, message):
    make.make_model()

    filters, errors = model_filters([tuple(operator.split(":", 1))])

    assert len(errors) == (0 if operator in ("released:>9999", "released:<0001") else 1)
    assert all(message in error for error in errors)
    assert filters.qs.count() <= AIModel.objects.count()


def test_operators_narrow_together_and_repeated_ones_widen():
    a, b = make.make_organization(name="A"), make.make_organization(name="B")
    make.make_model(name="One", organizations=[a], parameters_total=10**9)
    make.make_model(name="Two", organizations=[b], parameters_total=10**11)
    make.make_model(name="Three", organizations=[b], parameters_total=10**9)
    make.make_model(name="Draft", organizations=[b], parameters_total=10**9, status="draft")

    both, _ = model_filters([("org", "a"), ("org", "b")])
    small, _ = model_filters([("org", "b"), ("params", "<1b"), ("params", "..1b")])
    of_b, _ = model_filters([("org", "b"), ("params", "<=1b")])

    assert {model.name for model in both.qs} == {"One", "Two", "Three"}
    assert {model.name for model in small.qs} <= {"Three"}
    assert {model.name for model in of_b.qs} == {"Three"}
