import pytest
from django.test import Client

from core.middleware import MAX_QUERY_BYTES
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.mark.parametrize("address", ["/models/", "/", "/admin/login/", "/nowhere/"])
def test_query_over_8_kb_is_refused_with_a_page(address):
    page = Client().get(f"{address}?q={'x' * (MAX_QUERY_BYTES - 1)}")

    assert page.status_code == 414
    assert "<h1>This address is too long</h1>" in page.text


def test_query_of_8_kb_is_answered():
    page = Client().get(f"/models/?x={'x' * (MAX_QUERY_BYTES - 2)}")

    assert page.status_code == 200
    assert "<h1>Models</h1>" in page.text


@pytest.mark.parametrize("address", ["/", "/models/", "/glossary/", "/search/", "/nowhere/"])
def test_every_page_forbids_scripts_and_styles_from_elsewhere(address):
    policy = Client().get(address).headers["Content-Security-Policy"]

    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "unsafe" not in policy


DATA = ("/glossary.json", "/glossary.csv", "/glossary/attention.json", "/glossary/attention.md", "/api/openapi.json")


@pytest.mark.parametrize("address", DATA)
def test_data_may_be_read_from_every_other_site(address):
    make.make_term(name="Attention")

    answer = Client().get(address, headers={"Origin": "https://example.org"})

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/glossary/", "/admin/login/"])
def test_pages_may_not(address):
    assert "Access-Control-Allow-Origin" not in Client().get(address).headers


REFUSED = {
    "/glossary/no-such-term.json": (404, "slug"),
    "/glossary/no-such-term.md": (404, "slug"),
    "/glossary/a b.json": (404, "address"),
    "/nowhere.json": (404, "address"),
    f"/glossary.json?q={'x' * MAX_QUERY_BYTES}": (414, "query"),
    "/glossary.json?page=99": (404, "page"),
    "/glossary.csv?per_page=x": (400, "per_page"),
    "/glossary/attention.md?as_of=x": (400, "as_of"),
}


@pytest.mark.parametrize(("address", "refusal"), REFUSED.items(), ids=[address[:30] for address in REFUSED])
def test_what_is_refused_to_programs_is_told_in_json(address, refusal):
    make.make_term(name="Attention")

    answer = Client().get(address)

    assert (answer.status_code, *answer.json()["errors"]) == refusal
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", DATA)
def test_data_is_for_reading_whoever_asks(address, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert (answer.status_code, list(answer.json()["errors"])) == (405, ["method"])
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_browsers_are_told_beforehand_what_they_may_ask():
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}

    answer = Client().options("/models.json", headers=asked)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
