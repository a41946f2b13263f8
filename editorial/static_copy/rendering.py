"""An address becomes a file: asked for within the process, as the live site would answer it.

Imports no model: the processes that render import this before Django is set up.
"""

import datetime
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse

# What Django offers to change settings for a while, with all that it has made of them.
from django.test import RequestFactory, override_settings

# The folder of what has no query; each query that is copied has one of its own name beside it.
SITE = "site"
# The folder of what the live site refuses without a query, as it says so.
REFUSED = "refused"


@dataclass(frozen=True)
class StaticCopy:
    """What the pages of a copy know of it, as `request.static_copy`."""

    made: datetime.date
    # Where the copy will be served, and the site that answers what a copy cannot; without a slash at the end.
    address: str
    live: str = ""

    def settings(self, static: Path) -> override_settings:
        """Those of production at this address, with the static files that are collected in `static`."""
        manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        return override_settings(
            DEBUG=False,
            # What fails is to be told with its reason.
            DEBUG_PROPAGATE_EXCEPTIONS=True,
            ALLOWED_HOSTS=[urlsplit(self.address).hostname],
            SECURE_SSL_REDIRECT=False,
            STATIC_ROOT=static,
            STORAGES=settings.STORAGES | {"staticfiles": manifest},
        )


@dataclass(frozen=True)
class Batch:
    """What one process asks for at once: a few entries of a kind, each at all its addresses, or other addresses."""

    addresses: Sequence[str]
    kind: type | None = None
    slugs: Collection[str] = ()


@dataclass
class Rendered:
    """What became of an address: how many files, where it leads instead, what went wrong."""

    address: str
    files: int = 0
    leads_to: str = ""
    error: str = ""


@dataclass
class Renderer:
    """Writes what addresses answer into `folder`. The settings of the copy must be in force."""

    copy: StaticCopy
    folder: Path
    handler: BaseHandler = field(default_factory=BaseHandler)

    def __post_init__(self):
        self.handler.load_middleware()
        self.requests = RequestFactory(headers={"host": urlsplit(self.copy.address).netloc})

    def ask(self, address: str) -> HttpResponse:
        request = self.requests.get(address, secure=self.copy.address.startswith("https:"))
        request.static_copy = self.copy
        return self.handler.get_response(request)

    def read(self, address: str) -> str:
        return self.ask(address).content.decode()

    def write(self, address: str) -> Rendered:
        """An address and, where it is a list, the further pages of it."""
        rendered = Rendered(address)
        try:
            for asked, response in self._pages(address):
                if response.status_code == 301:
                    rendered.leads_to = response.url
                elif response.status_code in (200, 400):
                    self._keep(file_of(asked, response), response.content)
                    rendered.files += 1
                elif response.status_code != 404:
                    rendered.error = f"{asked}: answered {response.status_code}"
        except Exception as error:  # one of many: all that fail are told together
            rendered.error = f"{address}: {type(error).__name__}: {error}"
        return rendered

    def _pages(self, address: str) -> Iterator[tuple[str, HttpResponse]]:
        """What it answers, then `?page=1`, to which the second page leads back, and all that follow."""
        response = self.ask(address)
        yield address, response
        if "?" in address or response.status_code != 200 or not may_go_on(response):
            return
        before = response
        for number in count(2):
            asked = f"{address}?page={number}"
            response = self.ask(asked)
            # A file that is not turned says the same again.
            if response.status_code != 200 or response.content == before.content:
                return
            if number == 2:
                yield f"{address}?page=1", self.ask(f"{address}?page=1")
            yield asked, response
            if not may_go_on(response):
                return
            before = response

    def _keep(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def may_go_on(response: HttpResponse) -> bool:
    """Whether there may be a next page: pages and JSON say so, CSV has no place for it."""
    kind = kind_of(response)
    if kind == "text/html":
        return b'rel="next"' in response.content
    if kind == "application/json":
        document = json.loads(response.content)
        return isinstance(document, dict) and bool(document.get("next"))
    return kind == "text/csv"


def file_of(address: str, response: HttpResponse) -> str:
    """Where the answer lies: `site/models/index.html`, `page=2/models.json`."""
    path, _, query = address.partition("?")
    if path.endswith("/"):
        if kind_of(response) != "text/html":
            raise ValueError(f"An address that ends in a slash is a page; this is {kind_of(response)}.")
        path += "index.html"
    return f"{(query or SITE) if response.status_code == 200 else REFUSED}{path}"


def kind_of(response: HttpResponse) -> str:
    return response.headers["Content-Type"].partition(";")[0]
