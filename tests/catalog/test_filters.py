"""What each filter of the models means."""

import datetime

import pytest
from django.http import QueryDict

from catalog.filters import ModelFilters
from catalog.models import AIModel, Family, Tag
from tests import factories as make

pytestmark = pytest.mark.django_db


def filtered(query, kind=AIModel, filters=ModelFilters):
    return filters(QueryDict(query), kind.objects.published())


def names(query):
    return [model.name for model in filtered(query).found]


@pytest.fixture(scope="module")
def models(kept):
    """Three models that differ in everything a filter asks for, and a draft that is like each of them."""
    deepseek, meta = make.make_organization(name="DeepSeek"), make.make_organization(name="Meta")
    text, images, audio = (make.make_modality(name=name) for name in ("text", "images", "audio"))
    moe, rlhf = make.make_term(name="MoE"), make.make_term(name="RLHF")
    dense, sparse = make.make_tag(name="dense"), make.make_tag(name="fp8 training")
    v3 = make.make_model(
        name="DeepSeek V3",
        aliases="deepseek-chat",
        organizations=[deepseek],
        family=make.make_family(name="DeepSeek line", slug="deepseek"),
        openness="open_weight",
        licence="MIT",
        lifecycle="active",
        architecture="mixture_of_experts",
        input_modalities=[text, images],
        output_modalities=[text],
        released=datetime.date(2024, 12, 26),
        released_precision="day",
        parameters_total=671_000_000_000,
        context_window=128_000,
        training_compute=3.3e24,
        training_cost=5_576_000,
        training_cost_year=2024,
    )
    llama = make.make_model(
        name="Llama",
        organizations=[meta, deepseek],
        family=make.make_family(name="Llama line", slug="llama"),
        openness="open_source",
        lifecycle="retired",
        architecture="transformer",
        input_modalities=[text],
        output_modalities=[audio],
        released=datetime.date(2023, 2, 1),
        released_precision="month",
        parameters_total=70_000_000_000,
        context_window=4096,
        why_it_matters="Opened the field.",
        training_compute=1e24,
        training_cost=9_000_000,
        training_cost_year=2023,
    )
    v3.tags.set([sparse])
    llama.tags.set([dense, sparse])
    make.make_innovation(model=v3, term=moe)
    make.make_innovation(model=llama, term=rlhf)
    make.make_innovation(model=llama, term=moe)
    make.make_model(name="Unknown", summary="Nobody knows.")
    draft = make.make_model(
        name="Draft",
        status="draft",
        organizations=[deepseek, meta],
        family=v3.family,
        openness="open_weight",
        lifecycle="active",
        architecture="transformer",
        input_modalities=[text, audio],
        released=datetime.date(2024, 12, 26),
        released_precision="day",
        parameters_total=70_000_000_000,
        context_window=128_000,
    )
    draft.tags.set([dense, sparse, "draft only"])
    make.make_innovation(model=draft, term=moe)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["DeepSeek V3", "Llama", "Unknown"]),
        ("organization=deepseek", ["DeepSeek V3", "Llama"]),
        ("organization=meta", ["Llama"]),
        ("organization=meta&organization=deepseek", ["DeepSeek V3", "Llama"]),
        ("family=deepseek", ["DeepSeek V3"]),
        ("family=deepseek&family=llama", ["DeepSeek V3", "Llama"]),
        ("openness=open_weight", ["DeepSeek V3"]),
        ("openness=open_weight&openness=open_source", ["DeepSeek V3", "Llama"]),
        ("openness=api_only", []),
        ("openness=unknown", ["Unknown"]),
        ("openness=unknown&openness=open_weight", ["DeepSeek V3", "Unknown"]),
        ("organization=unknown", ["Unknown"]),
        ("organization=unknown&organization=meta", ["Llama", "Unknown"]),
        ("modality=unknown", ["Unknown"]),
        ("licence=MIT", ["DeepSeek V3"]),
        ("licence=unknown", ["Llama", "Unknown"]),
        ("lifecycle=retired", ["Llama"]),
        ("lifecycle=retired&lifecycle=active", ["DeepSeek V3", "Llama"]),
        ("architecture=mixture_of_experts", ["DeepSeek V3"]),
        ("architecture=mixture_of_experts&architecture=transformer", ["DeepSeek V3", "Llama"]),
        ("modality=text", ["DeepSeek V3", "Llama"]),
        ("modality=images", ["DeepSeek V3"]),
        ("modality=audio", ["Llama"]),
        ("modality=audio&modality=images", ["DeepSeek V3", "Llama"]),
        ("innovation=rlhf", ["Llama"]),
        ("innovation=moe", ["DeepSeek V3", "Llama"]),
        ("innovation=moe&innovation=rlhf", ["DeepSeek V3", "Llama"]),
        ("tag=dense", ["Llama"]),
        ("tag=fp8-training&tag=dense", ["DeepSeek V3", "Llama"]),
        ("parameters_min=70B", ["DeepSeek V3", "Llama"]),
        ("parameters_min=71B", ["DeepSeek V3"]),
        ("parameters_max=70B", ["Llama"]),
        ("parameters_max=69.9b", []),
        ("parameters_min=70,000,000,000&parameters_max=671e9", ["DeepSeek V3", "Llama"]),
        ("context_min=4K", ["DeepSeek V3", "Llama"]),
        ("context_min=128K", ["DeepSeek V3"]),
        ("context_min=128001", []),
        ("context_max=4096", ["Llama"]),
        ("context_max=4K", []),
        ("compute_min=1e24", ["DeepSeek V3", "Llama"]),
        ("compute_min=1.0001e24", ["DeepSeek V3"]),
        ("compute_max=3e24", ["Llama"]),
        ("cost_min=6M", ["Llama"]),
        ("cost_max=5.576M", ["DeepSeek V3"]),
        ("parameters_min=0", ["DeepSeek V3", "Llama"]),
        ("parameters_max=0", []),
        ("released_after=2024", ["DeepSeek V3"]),
        ("released_after=2024-12-26", ["DeepSeek V3"]),
        ("released_after=2024-12-27", []),
        ("released_before=2023", ["Llama"]),
        ("released_before=2023-02", ["Llama"]),
        ("released_before=2023-01", []),
        ("released_before=2024-12-26", ["DeepSeek V3", "Llama"]),
        ("q=deepseek-chat", ["DeepSeek V3"]),
        ("q=FIELD+llama", ["Llama"]),
        ("q=nobody", ["Unknown"]),
        ("organization=deepseek&openness=open_source", ["Llama"]),
        ("organization=meta&openness=open_weight", []),
    ],
)
def test_filter_finds(models, query, found):
    assert names(query) == found


@pytest.mark.parametrize(
    ("order", "ascending"),
    [
        ("name", ["DeepSeek V3", "Llama", "Unknown"]),
        ("released", ["Llama", "DeepSeek V3", "Unknown"]),
        ("parameters", ["Llama", "DeepSeek V3", "Unknown"]),
        ("context", ["Llama", "DeepSeek V3", "Unknown"]),
        ("compute", ["Llama", "DeepSeek V3", "Unknown"]),
        ("cost", ["DeepSeek V3", "Llama", "Unknown"]),
    ],
)
def test_order_puts_the_unknown_last_in_both_directions(models, order, ascending):
    known = [name for name in ascending if name != "Unknown" or order == "name"]

    assert names(f"order={order}") == ascending
    assert names(f"order=-{order}") == known[::-1] + [name for name in ascending if name not in known]


def test_usual_order_is_the_newest_first(models):
    assert names("") == names("order=-released") == ["DeepSeek V3", "Llama", "Unknown"]


@pytest.mark.parametrize(
    ("facet", "query", "counts"),
    [
        ("organization", "", {"deepseek": 2, "meta": 1, "unknown": 1}),
        ("family", "", {"deepseek": 1, "llama": 1}),
        ("openness", "", {"open_source": 1, "open_weight": 1, "unknown": 1}),
        ("lifecycle", "", {"active": 1, "retired": 1, "unknown": 1}),
        ("architecture", "", {"mixture_of_experts": 1, "transformer": 1, "unknown": 1}),
        ("modality", "", {"text": 2, "audio": 1, "images": 1, "unknown": 1}),
        ("innovation", "", {"moe": 2, "rlhf": 1}),
        ("tag", "", {"fp8-training": 2, "dense": 1}),
        # Its own choice does not narrow a facet; the others' do.
        ("organization", "organization=meta", {"deepseek": 2, "meta": 1, "unknown": 1}),
        ("organization", "openness=open_weight", {"deepseek": 1}),
        ("organization", "organization=meta&openness=open_weight", {"deepseek": 1, "meta": 0}),
        ("tag", "parameters_min=100B", {"fp8-training": 1}),
        ("modality", "q=llama", {"audio": 1, "text": 1}),
        ("innovation", "tag=dense&released_before=2023", {"moe": 1, "rlhf": 1}),
    ],
)
def test_facet_counts_published_models_that_the_other_filters_leave(models, facet, query, counts):
    facets = {f["name"]: f["options"] for f in filtered(query).facets}

    assert {option["value"]: option["count"] for option in facets[facet]} == counts


@pytest.mark.parametrize(
    ("facet", "value"),
    [("tag", "draft-only"), ("organization", "hidden"), ("family", "hidden"), ("innovation", "hidden")],
)
def test_what_only_a_draft_has_is_no_choice(models, facet, value):
    model = AIModel.objects.get(slug="llama")
    model.organizations.add(make.make_organization(slug="hidden", status="draft"))
    make.make_innovation(model=model, term=make.make_term(slug="hidden", status="in_review"))
    make.make_model(family=make.make_family(slug="hidden", status="archived"))

    filters = filtered(f"{facet}={value}")

    assert filters.errors == {facet: [f"“{value}” is not a value to choose from."]}
    assert value not in {option["value"] for f in filters.facets for option in f["options"]}


def test_families_and_tags_count_published_models(models):
    families = {family.slug: family.count for family in Family.objects.published().for_list()}
    tags = {tag.slug: tag.count for tag in Tag.objects.published().for_list()}

    assert families == {"deepseek": 1, "llama": 1}
    assert tags == {"fp8-training": 2, "dense": 1}


def test_families_and_tags_are_ordered_by_their_number_of_models(client, models):
    assert [tag["name"] for tag in client.get("/tags.json?order=-models").json()["results"]] == [
        "fp8 training",
        "dense",
    ]
    family = Family.objects.get(slug="llama")
    make.make_model(family=family)

    answer = client.get("/families.json?order=-models").json()["results"]

    assert [(family["slug"], family["models"]) for family in answer] == [("llama", 2), ("deepseek", 1)]
