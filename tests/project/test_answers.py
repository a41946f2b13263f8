"""What every answer says to browsers, and what none says to anybody: whatever is asked, and whatever breaks."""

import json
import re
import sys
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django import VERSION
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as site
from core.addresses import addresses
from core.middleware import MAX_BODY_BYTES, MAX_QUERY_BYTES
from editorial.models import Redirect
from tests import factories as make
from tests.editorial.desk import member

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere, pytest.mark.urls(__name__)]

SECRET = "a password in a local variable"
RAISED = {
    "bad": BadRequest,
    "forbidden": PermissionDenied,
    "missing": Http404,
    "large": RequestDataTooBig,
    "broken": RuntimeError,
}


def fails(request, why):
    told = f"{SECRET}, {sys.version}, {__file__}"
    raise RAISED[why](told)


def writes(request):
    return HttpResponse("Written.")


urlpatterns = [
    *(path(f"{why}/", fails, {"why": why}) for why in RAISED),
    *(path(f"{why}.json", fails, {"why": why}) for why in RAISED),
    path("writes/", writes),
    *site,
]


@pytest.fixture(autouse=True, scope="module")
def _addresses_of_the_site():
    """They are read once in a process: before this module has some of its own."""
    addresses()


SAID = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"),
    *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
}


def answers(**more) -> dict[str, HttpResponse]:
    """One answer of every sort, by what was asked; none is an exception here, as none is at a server."""
    make.make_term(name="Attention")
    Redirect.objects.create(kind="glossary.term", slug="named", row=make.make_term(name="Renamed").pk)
    client, strict = (Client(raise_request_exception=False, enforce_csrf_checks=strict) for strict in (False, True))
    get = (
        *("/", "/models/", "/glossary/attention/", "/search/?q=a", "/glossary/attention/report/", "/admin/login/"),
        *("/models", "/glossary/named/", "/admin/", "/nowhere/", "/nowhere.json", "/preview/x/", "/reports/x/"),
        *("/glossary.json", "/glossary.csv", "/glossary/attention.md", "/glossary/attention.png", "/timeline.svg"),
        *("/feeds/new.atom", "/feeds/nowhere/", "/sitemap.xml", "/robots.txt", "/llms.txt", "/api/openapi.json"),
        *("/static/css/base.css", "/static/js/tips.js", "/static/nothing.css", "/admin/password_reset/"),
        *(f"/{why}{end}" for why in RAISED for end in ("/", ".json")),
        *("/models.json?per_page=x", f"/?q={'x' * MAX_QUERY_BYTES}", f"/models.json?q={'x' * MAX_QUERY_BYTES}"),
    )
    found = {address: client.get(address, **more) for address in get}
    evil = {**more, "headers": {"host": "evil.example"}}
    found |= {
        f"evil host, {address}": client.get(address, **evil)
        for address in ("/", "/models.json", "/admin/", "/static/css/base.css")
    }
    found |= {f"POST {address}": client.post(address, **more) for address in ("/models/", "/models.json", "/feeds/x/")}
    found["OPTIONS"] = client.options("/models.json", **more)
    found["POST without a token"] = strict.post("/writes/", **more)
    found["POST of too much"] = client.post("/writes/", CONTENT_LENGTH=MAX_BODY_BYTES + 1, **more)
    for answer in found.values():
        if answer.streaming:
            answer.close()
    return found


def test_every_answer_has_the_headers_of_every_other():
    found = answers(secure=True)

    lacking = {
        address: {name: answer.get(name) for name, value in SAID.items() if answer.get(name) != value}
        for address, answer in found.items()
    }
    # A preview's address is known by those alone to whom it was given.
    assert {address: headers for address, headers in lacking.items() if headers} == {
        "/preview/x/": {"Referrer-Policy": "no-referrer"}
    }
    assert [a for a, answer in found.items() if set(answer["Content-Security-Policy"].split("; ")) != POLICY] == []
    assert {answer["Permissions-Policy"].count("=()") for answer in found.values()} == {12}
    statuses = {answer.status_code for answer in found.values()}
    assert statuses == {200, 204, 301, 302, 400, 403, 404, 405, 413, 414, 500}
    assert len(found) > 45


def test_what_may_be_there_tomorrow_is_asked_about_each_time():
    found = {address: answer for address, answer in answers().items() if answer.status_code == 404}
    found["/glossary/named/"] = Client().get("/glossary/named/")

    assert found["/glossary/named/"].status_code == 301
    assert [address for address, answer in found.items() if "no-" not in answer.get("Cache-Control", "")] == []
    assert len(found) > 5


def test_data_alone_may_be_held_by_other_sites():
    held = {address: answer["Cross-Origin-Resource-Policy"] for address, answer in answers().items()}

    shared = {address for address, policy in held.items() if policy == "cross-origin"}
    assert set(held.values()) == {"same-origin", "cross-origin"}
    assert {"/glossary.json", "/glossary.csv", "/feeds/new.atom", "/glossary/attention.png", "OPTIONS"} < shared
    assert not shared & {"/", "/admin/login/", "/static/css/base.css", "/static/js/tips.js", "/broken/"}


def test_no_answer_tells_what_the_site_is_made_of():
    found = answers()
    told = re.compile(
        "|".join(
            [
                SECRET,
                "Traceback",
                r"\.py\b",
                r"site-packages",
                "Django",
                "Python/",
                re.escape(str(settings.BASE_DIR)),
                re.escape(".".join(map(str, VERSION[:3]))),
                re.escape(sys.version.split()[0]),
                "RuntimeError",
            ]
        )
    )

    telling = {}
    for address, answer in found.items():
        # Static files are public as they are.
        text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        text += repr(answer.headers)
        if match := told.search(text):
            telling[address] = match[0]
    assert telling == {}


@pytest.mark.parametrize(
    ("why", "status", "heading"),
    [
        ("bad", 400, "This request was not understood"),
        ("forbidden", 403, "This is not allowed"),
        ("missing", 404, "There is no page here"),
        ("large", 400, "This request was not understood"),
        ("broken", 500, "Something broke on our side"),
    ],
)
def test_what_a_view_raises_is_told_on_a_page_of_the_site(why, status, heading):
    answer = Client(raise_request_exception=False).get(f"/{why}/")

    assert (answer.status_code, answer["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{heading}</h1>" in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize(
    ("why", "status", "name"), [("bad", 400, "request"), ("missing", 404, "address"), ("broken", 500, "site")]
)
def test_what_a_view_raises_is_told_to_programs_in_json(why, status, name):
    answer = Client(raise_request_exception=False).get(f"/{why}.json")

    assert (answer.status_code, list(json.loads(answer.text)["errors"])) == (status, [name])
    assert SECRET not in answer.text


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/static/css"])
def test_foreign_host_is_refused_with_a_page(address):
    answer = Client().get(address, headers={"host": "evil.example"})

    assert (answer.status_code, "evil.example" in answer.text) == (400, False)
    assert "<h1>This request was not understood</h1>" in answer.text


def test_form_from_elsewhere_is_refused_with_a_page():
    answer = Client(enforce_csrf_checks=True).post("/writes/", {"a": "b"})

    assert answer.status_code == 403
    assert "<h1>This is not allowed</h1>" in answer.text


def test_method_that_no_page_takes_is_refused_with_one():
    answer = Client().delete("/models/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "<h1>This cannot be done here</h1>" in answer.text


@pytest.mark.parametrize(("length", "status"), [(MAX_BODY_BYTES + 1, 413), ("9" * 5000, 200), ("x", 200), ("", 200)])
def test_body_over_12_mb_is_refused_unread(length, status):
    class Unread(BytesIO):
        def read(self, *size):
            raise AssertionError("read")

    answer = Client().generic("POST", "/writes/", **{"CONTENT_LENGTH": length, "wsgi.input": Unread()})

    assert answer.status_code == status
    assert ("<h1>This is too much at once</h1>" in answer.text) is (status == 413)


@pytest.mark.parametrize("what", ["FIELDS", "FILES"])
def test_too_many_fields_and_files_are_refused(settings, what):
    setattr(settings, f"DATA_UPLOAD_MAX_NUMBER_{what}", 4)
    sent = {f"f{n}": "x" if what == "FIELDS" else SimpleUploadedFile("x.csv", b"x") for n in range(5)}
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32

    answer = client.post("/writes/", sent)

    assert answer.status_code == 400
    assert "<h1>This request was not understood</h1>" in answer.text


def test_upload_over_10_mb_is_refused_before_it_is_parsed():
    page = member("Administrator").post("/admin/editorial/proposal/upload/", CONTENT_LENGTH=MAX_BODY_BYTES + 1)

    assert page.status_code == 413


def test_xml_of_the_site_is_well_formed_after_a_hostile_search():
    svg = Client().get("/timeline.svg", {"q": "]]><script>alert(1)</script>"})

    assert [element for element in ElementTree.fromstring(svg.content).iter() if element.tag.endswith("script")] == []
