"""A static copy of the site, served by nginx: at every public address what the live site answers."""

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from core.routes import routes
from editorial.models import ReadingStep, Redirect
from editorial.static_copy.addresses import LIVE_ONLY, addresses, copied
from editorial.static_copy.rendering import SITE, StaticCopy
from research.models import Source
from tests import factories as make
from tests.project.crawler import crawl

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
LIVE = "https://live.example"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not NGINX, reason="nginx is not installed"),
    pytest.mark.same_everywhere,
]


class Site(Client):
    """The live site under the address of the copy, which is asked once for each of its own."""

    def __init__(self, address):
        super().__init__(headers={"host": urlsplit(address).netloc})
        self.answers = {}

    def get(self, address):
        if address not in self.answers:
            self.answers[address] = super().get(address)
        return self.answers[address]


@pytest.fixture(scope="module")
def copy(collection, django_db_blocker, tmp_path_factory):
    """Of one family, with lists, leaderboards and a source that go on, a renamed entry and a reading order."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("static") / "copy"
    with django_db_blocker.unblock():
        term = make.make_term(name="Renamed", slug="renamed")
        Redirect.objects.create(kind="glossary.term", slug="named", row=term.pk)
        tied = {"benchmark": make.make_benchmark(slug="measured"), "source": make.make_source(slug="measuring")}
        model = make.make_model()
        for number in range(41):
            make.make_score(model=model, setting=f"{number} shots", **tied)
        for _ in range(41 - Source.objects.published().count()):
            make.make_source()
        ReadingStep.objects.create(order=1, address=term.get_absolute_url(), why="It begins.")
        options = {"address": address, "live": LIVE, "jobs": 1, "verbosity": 0}
        call_command("export_site", folder, **options)
        with StaticCopy(timezone.now().date(), address).settings(folder / SITE / "static"):
            yield folder, address


@pytest.fixture(scope="module")
def live(copy):
    return Site(copy[1])


@pytest.fixture(scope="module")
def served(copy):
    """Asks nginx, with the configuration that the copy brings, for an address: its answer and body."""
    folder, address = copy
    port = urlsplit(address).port
    configuration = folder / "nginx" / "nginx.conf"
    configuration.write_text(configuration.read_text().replace("127.0.0.1:8080", f"127.0.0.1:{port}"))
    command = [NGINX, "-p", folder, "-c", "nginx/nginx.conf", "-g", f"user {getpass.getuser()};"]
    with open(folder / "log", "w") as log, subprocess.Popen(command, stderr=log) as server:
        wait_for(port, server, folder / "log")
        line = HTTPConnection("127.0.0.1", port)

        def ask(address, method="GET", **headers):
            line.request(method, address, headers=headers)
            answer = line.getresponse()
            return answer, answer.read()

        yield ask
        line.close()
        server.terminate()


def wait_for(port, server, log):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None, log.read_text()
        time.sleep(0.05)
    pytest.fail("nginx does not answer.")


def without_note(body: bytes) -> bytes:
    """A page as the live site has it: but for one element, that is what a copy adds."""
    return re.sub(rb'<p class="static-copy">.*?</p>', b"", body, count=1)


def test_every_public_address_is_the_same_as_on_the_live_site(live, served):
    differing, pages, kinds = {}, 0, set()
    for address in every_address(live):
        expected = live.get(address)
        answer, body = served(address)
        kind = answer.headers["Content-Type"]
        if expected.status_code == 404:
            assert answer.status == 404, address
            continue
        if expected.status_code == 301:
            same = (answer.status, answer.headers["Location"]) == (301, expected.url)
        else:
            same = (answer.status, kind, without_note(body)) == (
                expected.status_code,
                expected.headers["Content-Type"],
                expected.content,
            )
            pages += body != without_note(body)
            kinds.add(kind)
        if not same:
            differing[address] = (answer.status, kind, expected.status_code, expected.headers["Content-Type"])

    assert differing == {}
    assert pages > 200
    assert {"text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8", "image/svg+xml"} <= kinds


def every_address(live):
    """What the site map has, and the pages of what goes on."""
    told = list(addresses(lambda address: live.get(address).text))
    assert len(told) > 500
    for address in told:
        yield address
        for number in range(1, pages_of(live.get(address)) + 1):
            yield f"{address}?page={number}"
    yield from (f"/{name}.csv?page=2" for name in ("sources", "papers"))


def pages_of(response):
    """Beyond one: the number of pages that the answer tells; a page of a source tells the next one alone."""
    if response.status_code == 200 and response.headers["Content-Type"] == "application/json":
        document = response.json()
        return document.get("pages", 1) if isinstance(document, dict) and document.get("next") else 0
    if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
        found = re.search(r"Page 1 of (\d+)", response.text)
        return int(found[1]) if found else 2 * ('rel="next"' in response.text)
    return 0


def test_every_line_of_the_site_map_is_copied_or_is_for_the_live_site_alone(copy, live):
    told = list(addresses(lambda address: live.get(address).text))
    names = {resolve(address.partition("?")[0]).url_name for address in told}
    empty = [route.path for route in copied() if route.pattern.name not in names]

    assert empty == []
    assert {route.view for route in routes()} - {route.view for route in copied()} == LIVE_ONLY


def test_every_link_of_the_site_leads_to_what_is_copied(live):
    told = set(addresses(lambda address: live.get(address).text))

    assert set(crawl(live)) - told == set()


def test_there_is_something_to_compare(copy):
    folder, _ = copy

    for name in (
        "page=2/sources/index.html",
        "page=2/sources.json",
        "page=2/sources.csv",
        "page=1/sources/index.html",
        "page=2/benchmarks/measured/index.html",
        "page=2/benchmarks/measured/scores.csv",
        "page=2/sources/measuring/index.html",
        "start/glossary/renamed/index.html",
        "refused/compare.json",
    ):
        assert (folder / name).is_file(), name


def test_a_page_says_what_it_cannot_do_and_where_it_can_be_done(served):
    _, body = served("/models/deepseek-v3/")

    assert f'<a href="{LIVE}/models/deepseek-v3/">the live site</a>' in body.decode()


def test_old_address_leads_on_with_its_query(served):
    for old, new in {
        "/glossary/named/": "/glossary/renamed/",
        "/glossary/named.json": "/glossary/renamed.json",
        "/glossary/named/history/?page=2": "/glossary/renamed/history/?page=2",
    }.items():
        answer, _ = served(old)

        assert (answer.status, answer.headers["Location"]) == (301, new)


def test_address_without_its_slash_leads_to_the_page(live, served):
    for address in ("/models", "/models/deepseek-v3", "/sources?page=2", "/models/deepseek-v3/history"):
        answer, _ = served(address)

        assert (answer.status, answer.headers["Location"]) == (301, live.get(address).url)


def test_unknown_address_is_404_with_the_page_that_helps(live, served):
    for address in (
        "/nowhere/",
        "/nowhere.json",
        "/static/nowhere.css",
        "/index.html",
        "/404.html",
        "/live-only.html",
        "/static/",
    ):
        expected, (answer, body) = live.get(address), served(address)

        assert (answer.status, expected.status_code) == (404, 404), address
        assert answer.headers["Content-Type"] == expected.headers["Content-Type"]
        assert without_note(body) == expected.content
    for address in ("/models/nobody/", "/models/?page=999"):
        answer, body = served(address)

        assert (answer.status, b"There is no page here" in body) == (404, True), address
        assert live.get(address).status_code == 404
    assert served("/models/deepseek-v3/index.html")[0].status == 404


@pytest.mark.parametrize(
    "address",
    ["/models/?openness=open_weight", "/search/?q=deepseek&as_of=2024", "/compare/?models=a,b", "/models?q=x"],
)
def test_a_query_gets_a_page_that_leads_to_the_live_site(served, address):
    answer, body = served(address)

    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    link = LIVE + address.replace("&", "&amp;")
    assert f'<a href="{link}">The same on the live site</a>' in body.decode()
    assert b"This needs the live site" in body
    assert b'href="?"' in body
    assert timezone.now().strftime("%Y") in body.decode()


def test_what_is_asked_for_cannot_write_into_that_page(served):
    _, body = served('/models/?q="><script>')

    assert b"<script>" not in body


@pytest.mark.parametrize("address", ["/models/deepseek-v3/report/", "/preview/abc/", "/reports/abc/", "/admin/"])
def test_what_only_the_live_site_has_is_told_there(served, address):
    answer, body = served(address)

    assert answer.status == 404
    assert f'<a href="{LIVE}{address}">' in body.decode()
    assert b'href="?"' not in body


@pytest.mark.parametrize("address", ["/models.json?q=x", "/models.csv?order=name", "/search/suggest.json?q=d"])
def test_a_query_of_a_program_gets_an_error_that_it_can_read(served, address):
    answer, body = served(address)

    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/json")
    assert b'"query": ["This is a static copy of ' in body
    assert LIVE.encode() in body


def test_headers_are_those_of_the_live_site(live, served):
    for address in ("/", "/models.json", "/timeline.svg", "/search/suggest.json", "/compare.json", "/nowhere/"):
        expected, (answer, _) = live.get(address).headers, served(address)

        # Of these, each server has its own.
        for name in set(expected) - {"Vary", "Content-Length", "ETag", "Cache-Control", "Cache-Status", "X-Request-ID"}:
            assert words(answer.headers[name]) == words(expected[name]), (address, name)


def words(header):
    """What a header says, where the order says nothing."""
    return sorted(part.strip() for part in re.split(r"[;,]", header or ""))


def test_assets_are_hashed_kept_for_ever_and_compressed_beforehand(served):
    _, page = served("/")
    assets = set(re.findall(r'"(/static/[^"]+)"', page.decode()))

    for address in assets:
        answer, body = served(address)
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address)
        small, packed = served(address, **{"Accept-Encoding": "gzip"})
        if small.headers["Content-Encoding"]:
            assert len(packed) < len(body)
    assert len(assets) > 8


def test_pages_travel_compressed(served):
    answer, packed = served("/models/", **{"Accept-Encoding": "gzip"})
    _, body = served("/models/")

    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(packed) < len(body) / 3


def test_head_has_no_body_and_other_methods_are_refused(served):
    head, nothing = served("/models/", "HEAD")
    posted, _ = served("/models/", "POST")

    assert (head.status, nothing) == (200, b"")
    assert (posted.status, posted.headers["Allow"]) == (405, "GET, HEAD")


def test_browser_that_asks_whether_it_may_read_data_is_told_so(served):
    for address in ("/models.json", "/feeds/new.atom", "/feeds/nowhere/"):
        answer, body = served(address, "OPTIONS", Origin="https://example.org")

        assert (answer.status, body) == (204, b""), address
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Allow-Methods"] == answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert served("/models/", "OPTIONS")[0].status == 405


def test_too_long_a_query_is_414(served):
    assert served("/models/?q=" + "x" * 9000)[0].status == 414
