"""Nothing leads out of the site: no redirect, no request, no address of another host in what it writes."""

import ast
import json
import re
import socket
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from editorial.models import Redirect
from research.models import Organization, Source
from tests import factories as make
from tests.editorial.desk import member
from tests.forms import typed
from tests.project.test_imports import modules

EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
]
EVIL += [
    "javascript:alert(1)",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "\thttps://evil.example",
]
# Inside a machine and beside it: what a server can reach and a stranger cannot.
INSIDE = "http://169.254.169.254/latest/meta-data/"
CLIENTS = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "telnetlib", "urllib.request", "urllib3", "xmlrpc"}


def leads(answer) -> str:
    """The host that a redirect leads to, as browsers read it; empty where it stays here."""
    address = answer.get("Location", "").replace("\\", "/").strip()
    return urlsplit(address).netloc or urlsplit(address).scheme


@pytest.mark.parametrize("next", EVIL)
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_login_leads_to_no_other_site(next):
    User.objects.create_user("editor", password="of no use elsewhere", is_staff=True)
    typed = {"username": "editor", "password": "of no use elsewhere"}

    answers = [
        Client().post("/admin/login/", typed | {"next": next}),
        Client().post(f"/admin/login/?next={next}", typed),
    ]

    assert [(answer.status_code, leads(answer)) for answer in answers] == [(302, ""), (302, "")]
    assert [answer.url for answer in answers] == ["/admin/", "/admin/"]


@pytest.mark.parametrize("next", EVIL)
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_logout_and_pages_of_the_admin_lead_to_no_other_site(next):
    editor = member("Administrator")

    answers = [
        editor.get("/admin/login/", {"next": next}),
        editor.get("/admin/second-factor/code/", {"next": next}),
        editor.post("/admin/upkeep/offers/", {"next": next, "do": "dismiss", "key": next}),
        editor.post("/admin/second-factor/leave/", {"next": next}),
        member("Administrator").post("/admin/logout/", {"next": next}),
        Client().get("/admin/", {"next": next}),
    ]

    assert [leads(answer) for answer in answers] == [""] * 6
    assert {answer.status_code for answer in answers} <= {200, 302}


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/models",
        "///evil.example/a",
        "/\\evil.example/a",
        "//evil.example/admin",
        "/admin//evil.example",
    ],
)
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_missing_slash_is_added_at_no_other_site(path):
    for client in (Client(), member("Administrator")):
        answer = client.get("/", PATH_INFO=path)

        assert leads(answer) == ""
        assert answer.status_code in (301, 302, 404)


@pytest.mark.parametrize("query", ["next=//evil.example", "//evil.example", "%0d%0aX-Evil:1", "%00", "@evil.example"])
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_old_address_leads_to_the_entry_with_any_query(query):
    term = make.make_term(name="Renamed")
    Redirect.objects.create(kind="glossary.term", slug="named", row=term.pk)

    answer = Client().get(f"/glossary/named/?{query}")

    assert (answer.status_code, answer["Location"]) == (301, f"/glossary/renamed/?{query}")
    assert "X-Evil" not in answer


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_no_header_names_another_host_or_address(name):
    make.make_term(name="Attention")
    for address in ("/glossary/attention/", "/glossary.json", "/sitemap.xml", "/feeds/new.atom", "/robots.txt"):
        answer = Client().get(address, headers={name: "evil.example"})

        assert answer.status_code == 200
        assert "evil.example" not in answer.text


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_nothing_that_is_saved_or_shown_makes_the_server_ask_anybody(monkeypatch):
    asked = []

    def ask(*arguments, **named):
        asked.append(arguments)
        raise OSError("No way out.")

    # A database speaks over sockets of its own, which are not Python's.
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, ask)
    monkeypatch.setattr(socket, "getaddrinfo", ask)
    administrator = member("Administrator")

    def save(kind, values):
        address = f"/admin/{kind}/add/"
        return administrator.post(address, typed(administrator.get(address)) | values)

    records = [
        {"model": "research.organization", "fields": {"slug": "o", "name": "O", "kind": "company", "website": INSIDE}},
        {
            "model": "glossary.term",
            "fields": {"slug": "t", "name": "T", "definition": "It.", "article": f"[x]({INSIDE})"},
        },
    ]
    file = SimpleUploadedFile("records.json", json.dumps(records).encode())

    saved = save("research/source", {"name": "S", "url": INSIDE, "archived_url": f"{INSIDE}a", "kind": "paper"})
    made = save("research/organization", {"name": "P", "kind": "company", "website": INSIDE})
    proposed = administrator.post("/admin/editorial/proposal/upload/", {"file": file}, follow=True)
    pasted = administrator.get("/admin/research/paper/add/", {"identifier": INSIDE})
    previewed = administrator.post("/admin/prose/glossary.term/0/article/", {"article": f"![x]({INSIDE})"})
    source = make.make_source(url=INSIDE)
    reported = Client().post(f"{source.get_absolute_url()}report/", {"message": "It is wrong.", "evidence": INSIDE})
    shown = [Client().get(f"{source.get_absolute_url()}{end}").status_code for end in ("", "report/", "history/")]
    twins = [
        Client().get(f"{source.get_absolute_url()[:-1]}.{end}").status_code for end in ("json", "md", "png", "bib")
    ]

    assert (saved.status_code, made.status_code, reported.status_code) == (302, 302, 302)
    assert (Source.objects.filter(url=INSIDE).count(), Organization.objects.get(name="P").website) == (2, INSIDE)
    assert (proposed.status_code, pasted.status_code, previewed.status_code) == (200, 200, 200)
    assert (shown, twins) == ([200] * 3, [200] * 4)
    assert asked == []
    with pytest.raises(OSError, match="No way out"):
        socket.create_connection(("127.0.0.1", 9))
    assert len(asked) == 1


def test_no_module_can_fetch_anything():
    found = {}
    for path in modules():
        tree = ast.walk(ast.parse(path.read_text()))
        names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
        tree = ast.walk(ast.parse(path.read_text()))
        names |= {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
        found |= {str(path.relative_to(settings.BASE_DIR)): names & CLIENTS} if names & CLIENTS else {}

    assert found == {}
    assert len(modules()) > 100


def test_no_template_script_or_style_fetches_from_elsewhere():
    fetched = re.compile(r"""(?:\bsrc=|<link[^>]* href=|url\(|@import|fetch\(|import )\s*["'(]*\s*(?:https?:)?//""")
    files = [
        f
        for folder, ends in (("templates", "*.html"), ("static/css", "*.css"), ("static/js", "*.js"))
        for f in (settings.BASE_DIR / folder).rglob(ends)
    ]

    assert [file.name for file in files if fetched.search(file.read_text())] == []
    assert len(files) > 150
