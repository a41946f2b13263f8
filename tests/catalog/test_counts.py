"""Whatever the filters, a list finds, counts and draws exactly what looking at each model in turn finds."""

import datetime
import random

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.filters import ModelFilters
from catalog.models import AIModel, Architecture, Lifecycle, Openness
from tests import factories as make

SLUGS = ["a", "b", "c"]
SIZES = ["1K", "4096", "70B", "1e12", "0"]
POWERS = ["1", "1e21", "3.3e24", "1e30"]
DATES = ["2019", "2022-06", "2024-12-26", "2031"]
FACETS = {
    "organization": SLUGS,
    "family": SLUGS,
    "innovation": SLUGS,
    "modality": SLUGS,
    "tag": SLUGS,
    "openness": Openness.values,
    "lifecycle": Lifecycle.values,
    "architecture": Architecture.values[:3],
    "licence": ["MIT", "Apache-2.0"],
}
WITH_UNKNOWN = {"organization", "modality", "openness", "lifecycle", "architecture", "licence"}
RANGES = {
    "released": ("released_after", "released_before", DATES),
    "parameters_total": ("parameters_min", "parameters_max", SIZES),
    "context_window": ("context_min", "context_max", SIZES),
    "training_compute": ("compute_min", "compute_max", POWERS),
    "training_cost": ("cost_min", "cost_max", SIZES),
}
ENDS = {name: values for low, high, values in RANGES.values() for name in (low, high)}
queries = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.lists(st.sampled_from([*values, "unknown"] if name in WITH_UNKNOWN else values), max_size=3)
            for name, values in FACETS.items()
        },
        **{name: st.lists(st.sampled_from(values), min_size=1, max_size=1) for name, values in ENDS.items()},
        "q": st.lists(st.sampled_from(["one", "two"]), min_size=1, max_size=1),
    },
)


def query_of(chosen: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in chosen.items():
        query.setlist(name, values)
    return query


@pytest.fixture(params=[1, 2])
def facts(request, db) -> dict[str, dict]:
    """Thirty models at random, some of them drafts; of each published one what is known of it, by its slug."""
    chance = random.Random(request.param)
    organizations = [make.make_organization(slug=slug) for slug in SLUGS]
    hidden = make.make_organization(slug="hidden", status="draft")
    families = [make.make_family(slug=slug) for slug in SLUGS]
    terms = [make.make_term(slug=slug) for slug in SLUGS]
    modalities = [make.make_modality(slug=slug) for slug in SLUGS]
    tags = [make.make_tag(name=slug) for slug in SLUGS]

    def some(things):
        return chance.sample(things, chance.randrange(3))

    def perhaps(*values):
        return chance.choice([None, *values])

    known = {}
    for number in range(30):
        released = perhaps(datetime.date(2019, 1, 1), datetime.date(2022, 6, 30), datetime.date(2024, 12, 26))
        cost = perhaps(1000, 5_576_000)
        figures = {
            "released": released,
            "parameters_total": perhaps(1000, 7 * 10**10, 10**12),
            "context_window": perhaps(1000, 4096, 131_072),
            "training_compute": perhaps(1.0, 1e21, 3.3e24),
            "training_cost": cost,
        }
        words = {
            "openness": chance.choice(["", *Openness.values]),
            "lifecycle": chance.choice(["", *Lifecycle.values]),
            "architecture": chance.choice(["", *Architecture.values[:3]]),
            "licence": chance.choice(["", "MIT", "Apache-2.0"]),
        }
        family, own, read, write = (
            chance.choice([None, *families]),
            some(organizations),
            some(modalities),
            some(modalities),
        )
        model = make.make_model(
            slug=f"m{number}",
            summary=chance.choice(["one", "two", "one two", ""]),
            status=chance.choice(["published", "published", "published", "draft"]),
            family=family,
            organizations=[*own, hidden] if chance.random() < 0.2 else own,
            input_modalities=read,
            output_modalities=write,
            released_precision="day" if released else "",
            training_cost_year=2024 if cost else None,
            **words,
            **figures,
        )
        model.tags.set(carried := some(tags))
        for term in (introduced := some(terms)):
            make.make_innovation(model=model, term=term)
        if model.status == "published":
            known[model.slug] = figures | {
                "summary": model.summary,
                "organization": {one.slug for one in own},
                "family": {family.slug} if family else set(),
                "innovation": {term.slug for term in introduced},
                "modality": {one.slug for one in (*read, *write)},
                "tag": {tag.slug for tag in carried},
                **{name: {word} - {""} for name, word in words.items()},
            }
    return known


def number(text: str) -> float:
    """“70B” as a number."""
    return float(text.replace("K", "e3").replace("B", "e9"))


def day(text: str, *, last: bool) -> datetime.date:
    """The first or last day of “2024”, “2022-06” or of the day itself."""
    end = {4: "-12-31", 7: "-30", 10: ""} if last else {4: "-01-01", 7: "-01", 10: ""}
    return datetime.date.fromisoformat(text + end[len(text)])


def matches(fact: dict, chosen: dict[str, list[str]], but: tuple[str, ...] = ()) -> bool:
    """Whether this model is what was asked for, with some of the filters left out."""
    return all(_holds(fact, name, values) for name, values in chosen.items() if values and name not in but)


def _holds(fact: dict, name: str, values: list[str]) -> bool:
    if name in FACETS:
        return bool(fact[name] & set(values)) or ("unknown" in values and not fact[name])
    if name == "q":
        return values[0] in fact["summary"]
    path = next(path for path, (low, high, _) in RANGES.items() if name in (low, high))
    upper = name.endswith(("max", "before"))
    end = day(values[0], last=upper) if path == "released" else number(values[0])
    return fact[path] is not None and (fact[path] <= end if upper else fact[path] >= end)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=queries)
def test_list_finds_and_counts_what_matches(facts, chosen):
    filters = ModelFilters(query_of(chosen), AIModel.objects)
    expected = {slug for slug, fact in facts.items() if matches(fact, chosen)}

    assert filters.errors == {}
    assert {model.slug for model in filters.found} == expected
    assert len(filters.found) == len(expected)
    assert set(filters.qs.values_list("slug", flat=True)) == expected
    for name in FACETS:
        options = filters.counted(name)["options"]
        left = [fact for fact in facts.values() if matches(fact, chosen, but=(name,))]
        counts = {
            value: sum(value in fact[name] or (value == "unknown" and not fact[name]) for fact in left)
            for value in (*FACETS[name], *(["unknown"] if name in WITH_UNKNOWN else []))
        }
        shown = {option["value"]: option["count"] for option in options}
        assert shown == {value: count for value, count in counts.items() if count or value in chosen.get(name, [])}
    for range_, (path, (low, high, _)) in zip(filters.ranges, RANGES.items(), strict=True):
        left = [fact for fact in facts.values() if matches(fact, chosen, but=(low, high)) and fact[path] is not None]
        assert sum(bar["count"] for bar in range_["bars"]) == len(left)


def test_bar_leads_to_what_it_counts(facts):
    filters = ModelFilters(query_of({"openness": ["open_weight", "unknown", "api_only"]}), AIModel.objects)
    checked = 0

    for range_ in filters.ranges:
        for bar in range_["bars"]:
            found = ModelFilters(QueryDict(bar["query"]), AIModel.objects).found
            assert len(found) == bar["count"] > 0
            checked += 1

    assert checked >= 10
