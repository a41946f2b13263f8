"""The description of the open data: valid, whole, and true of what is answered."""

from functools import cache

import jsonschema
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from catalog.models import AIModel, Family, Tag
from core.addresses import addresses
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests.serving import served

pytestmark = pytest.mark.django_db

KINDS = (AIModel, Family, Tag, Term, Organization, Source, Paper, Benchmark)
# Addresses for programs that the description need not tell of: it itself, and what pages ask for on their own.
UNTOLD = {
    *("/api/openapi.json", "/api/schemas/{kind}.json", "/search/suggest.json", "/card.png"),
    *("/start.fixture.json", "/robots.txt", "/llms.txt", "/sitemap.xml", "/sitemaps/{name}-{number}.xml"),
}


@cache
def schema(name: str) -> jsonschema.Draft202012Validator:
    found = Client().get(f"/api/schemas/{name}.json").json()
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found, format_checker=jsonschema.FormatChecker())


def faults(name: str, document: dict) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in schema(name).iter_errors(document)]


@pytest.fixture(scope="module")
def described(collection, django_db_blocker):
    """The description, for schemathesis, which asks in this very process, where the collection is."""
    with django_db_blocker.unblock(), served() as site:
        found = schemathesis.openapi.from_wsgi("/api/openapi.json", site)
        found.config.headers = {"Accept-Encoding": "identity"}
        # 414: what is wrong may also be long.
        found.config.checks.negative_data_rejection.expected_statuses = ["400", "404", "414"]
        yield found


@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_are_what_the_description_promises(mode, described):
    asked = []
    for found in described.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.path_parameters):
            # It takes nothing that could be wrong.
            continue

        # The same examples each time: now and then one that comes by chance is wrong for the description alone, as is a
        # parameter without a value, which the site takes for none.
        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=2,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        )
        def ask(case):
            asked.append(case.operation.label)
            case.call_and_validate()

        ask()

    assert len(set(asked)) > 45


def test_description_is_valid_and_tells_of_every_address(collection):
    description = Client().get("/api/openapi.json").json()

    validate(description)

    assert {address.path for address in addresses()} - set(description["paths"]) == UNTOLD
    assert len(description["paths"]) > 45
    assert description["servers"] == [{"url": "http://testserver"}]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_entry_is_what_its_schema_promises(kind, collection):
    name, client = kind._meta.verbose_name, Client()
    documents = [client.get(f"{e.get_absolute_url()[:-1]}.json").json() for e in kind.objects.published()]

    found = {document["self"]: faults(name, document) for document in documents}

    assert {address: fault for address, fault in found.items() if fault} == {}
    assert len(documents) >= 1
    assert {document["schema"] for document in documents} == {f"http://testserver/api/schemas/{name}.json"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_list_is_what_its_schema_promises(kind, collection):
    plural = str(kind._meta.verbose_name_plural)
    address = next(a.path for a in addresses() if a.name == f"{kind._meta.model_name}_list_json")

    whole = Client().get(address, {"per_page": 1000}).json()
    chosen = Client().get(address, {"columns": "name"}).json()

    assert faults(plural, whole) == faults(plural, chosen) == []
    assert len(whole["results"]) == kind.objects.published().count() > 0
    # All that is promised of each is there, if nobody chose.
    promised = schema(plural).schema["properties"]["results"]["items"]["properties"]
    assert set(whole["results"][0]) == set(promised)


def test_schema_sees_what_is_not_as_promised(collection):
    document = Client().get("/models/deepseek-v3.json").json()

    assert faults("model", document | {"parameters_total": "many"}) == [
        "$.parameters_total: 'many' is not of type 'integer', 'null'"
    ]
    assert faults("model", document | {"released": "soon"})
    assert faults("model", document | {"scores": [{"value": 1}]})
    assert faults("model", {key: value for key, value in document.items() if key != "figures"})


def test_no_schema_of_that_name_is_404():
    answer = Client().get("/api/schemas/poem.json")

    assert (answer.status_code, list(answer.json()["errors"])) == (404, ["address"])


def test_overview_names_every_address_with_its_parameters(collection):
    page = Client().get("/api/").text
    described = Client().get("/api/openapi.json").json()

    assert [path for path in described["paths"] if f"<code>{path}</code>" not in page] == []
    names = {p["name"] for p in described["components"]["parameters"].values() if p["in"] == "query"}
    assert [name for name in names if f"<dt>{name}</dt>" not in page] == []
    assert len(page.encode()) < 60_000
