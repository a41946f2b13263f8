"""Lists ask the database equally often for one row and for three; pages stay within their bound."""

import datetime

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories as make


def tagged_model():
    """A model with something in everything its list and page draw."""
    model = make.make_model(
        organizations=[make.make_organization()],
        family=make.make_family(organization=make.make_organization()),
        predecessor=make.make_model(),
        input_modalities=[make.make_modality()],
        output_modalities=[make.make_modality()],
        parameters_total=10**9,
        released=datetime.date(2024, 6, 1),
        released_precision="day",
        description="Words.",
    )
    make.make_tagged_model(content_object=model)
    for part in (make.make_milestone, make.make_innovation, make.make_model_paper, make.make_link, make.make_citation):
        part(model=model)
    make.make_milestone(model=model, source=make.make_source())
    make.make_score(model=model, benchmark=make.make_benchmark(parent=make.make_benchmark()))
    make.make_derivation(child=model, parent=make.make_model())
    make.make_derivation(child=make.make_model(), parent=model)
    make.make_model(variant_of=model)
    return model


def organization():
    return make.make_organization(parent=make.make_organization(), country="CN")


def family():
    return make.make_family(organization=make.make_organization())


def paper():
    return make.make_paper(
        organizations=[make.make_organization()], introduces=[make.make_term()], source=make.make_source()
    )


def benchmark():
    return make.make_benchmark(parent=make.make_benchmark(), paper=make.make_paper())


# Each list, what fills it, and its queries in a transaction, where nothing is kept: all columns, the labels, the rows.
LISTS = {
    "aimodel": (tagged_model, 16),
    "family": (family, 6),
    "tag": (tagged_model, 3),
    "term": (make.make_term, 3),
    "organization": (organization, 6),
    "source": (make.make_source, 5),
    "paper": (paper, 7),
    "benchmark": (benchmark, 7),
}
each_list = pytest.mark.parametrize(("name", "fill", "queries"), [(name, *rest) for name, rest in LISTS.items()])


@each_list
@pytest.mark.django_db
def test_list_asks_equally_often_for_one_row_and_for_three(name, fill, queries, django_assert_num_queries):
    client, address = Client(), reverse(f"{name}_list")
    fill()

    with django_assert_num_queries(queries):
        one = client.get(address)
    fill(), fill()
    with django_assert_num_queries(queries):
        three = client.get(address)

    assert len(three.context["page_obj"]) >= len(one.context["page_obj"]) + 2


@each_list
@pytest.mark.django_db
def test_twins_ask_no_more_than_the_page(name, fill, queries, django_assert_max_num_queries):
    fill(), fill(), fill()

    with django_assert_max_num_queries(queries):
        answer = Client().get(reverse(f"{name}_list_json"))

    assert answer.json()["count"] >= 3


@pytest.mark.django_db
def test_model_page_asks_at_most_nineteen_times(django_assert_num_queries):
    model = tagged_model()
    make.make_model(released=model.released, released_precision="day")

    with django_assert_num_queries(19):
        page = Client().get(model.get_absolute_url())

    assert "Built on It" in page.text


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.django_db
def test_model_page_asks_no_more_for_more_parts(rows, django_assert_num_queries):
    model = tagged_model()
    for _ in range(rows):
        make.make_score(model=model)
        make.make_model(released=model.released, released_precision="day")
        make.make_milestone(model=model, source=make.make_source())
        make.make_innovation(model=model)
        make.make_citation(model=model, field="released", stated="2024", value="2024")
        make.make_derivation(child=model, parent=make.make_model())

    with django_assert_num_queries(19):
        Client().get(model.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("subject", "queries"),
    [("term", 10), ("organization", 8), ("source", 8), ("paper", 9), ("benchmark", 12), ("family", 6)],
)
@pytest.mark.django_db
def test_page_asks_equally_often_however_many_models_use_it(subject, queries, rows, django_assert_num_queries):
    entry = {
        "term": make.make_term,
        "organization": make.make_organization,
        "source": make.make_source,
        "paper": make.make_paper,
        "benchmark": make.make_benchmark,
        "family": make.make_family,
    }[subject]()
    for _ in range(rows):
        model = make.make_model(organizations=[make.make_organization()])
        _use(entry, subject, model)

    with django_assert_num_queries(queries):
        page = Client().get(entry.get_absolute_url())

    assert page.text.count(f'href="{model.get_absolute_url()}"') >= 1


def _use(entry, subject: str, model):
    match subject:
        case "term":
            make.make_innovation(model=model, term=entry)
        case "organization":
            model.organizations.add(entry)
        case "source":
            make.make_citation(model=model, source=entry)
            make.make_score(model=model, source=entry)
        case "paper":
            make.make_model_paper(model=model, paper=entry)
        case "benchmark":
            make.make_score(model=model, benchmark=entry)
        case "family":
            type(model).objects.filter(pk=model.pk).update(family=entry)


def drawn_model():
    """A model with something in everything the timeline draws."""
    model = tagged_model()
    type(model).objects.filter(pk=model.pk).update(released="2024-05-01", released_precision="day")
    make.make_citation(model=model, source=make.make_source(), basis="estimated", shown=True)
    return model


@pytest.mark.parametrize(
    ("name", "queries"), [("timeline", 22), ("timeline_svg", 21), ("timeline_json", 19), ("timeline_csv", 19)]
)
@pytest.mark.django_db
def test_timeline_asks_equally_often_for_one_model_and_for_three(name, queries, django_assert_num_queries):
    models = [drawn_model()]
    with django_assert_num_queries(queries):
        Client().get(reverse(name))
    models += [drawn_model(), drawn_model()]

    with django_assert_num_queries(queries):
        three = Client().get(reverse(name))

    assert [model.name for model in models if model.name not in three.text] == []


@pytest.mark.django_db
def test_home_asks_equally_often_for_one_row_and_for_three(django_assert_num_queries):
    tagged_model()
    with django_assert_num_queries(10):
        Client().get("/")
    tagged_model(), tagged_model()

    with django_assert_num_queries(10):
        page = Client().get("/")

    assert len(page.context["newest"]) == 6


OURS = [model for model in admin.site._registry if model._meta.app_label in ("glossary", "research", "catalog")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_admin_list_asks_equally_often_for_one_row_and_for_three(model):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor"))
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    factory = getattr(make, f"make_{_snake(model.__name__)}")
    factory()
    client.get(address)

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    factory(), factory()
    with CaptureQueriesContext(connection) as three:
        page = client.get(address)

    assert page.context["cl"].result_count >= 3
    assert len(three) == len(one)


def _snake(name: str) -> str:
    return "model" if name == "AIModel" else "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


ENTRIES = {
    "model": (tagged_model, 16),
    "term": (make.make_term, 2),
    "organization": (organization, 3),
    "paper": (paper, 4),
    "benchmark": (benchmark, 4),
    "family": (family, 2),
    "source": (make.make_source, 2),
}


@pytest.mark.parametrize(("fill", "queries"), ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("end", ["json", "md"])
@pytest.mark.django_db
def test_entry_as_data_asks_no_more_for_more_parts(fill, queries, end, django_assert_num_queries):
    entry, client = fill(), Client()
    address = f"{entry.get_absolute_url()[:-1]}.{end}"

    with django_assert_num_queries(queries):
        client.get(address)
    for _ in range(3):
        _add(entry)
    with django_assert_num_queries(queries):
        answer = client.get(address)

    assert answer.status_code == 200


def _add(entry):
    """One more of what such an entry has several of."""
    match entry._meta.model_name:
        case "aimodel":
            for part in (make.make_score, make.make_innovation, make.make_model_paper, make.make_link):
                part(model=entry)
            make.make_milestone(model=entry, source=make.make_source())
            make.make_citation(model=entry, source=make.make_source())
            make.make_derivation(child=entry, parent=make.make_model())
            make.make_derivation(child=make.make_model(), parent=entry)
        case "term":
            entry.see_also.add(make.make_term())
        case "organization":
            make.make_organization(parent=entry)
        case "paper":
            entry.introduces.add(make.make_term())
        case "benchmark":
            make.make_benchmark(parent=entry)
