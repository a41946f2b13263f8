"""A site of one page, for the tests of its store."""

import datetime
import gzip

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from core import pages

NOON = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
TOMORROW = datetime.datetime(2026, 5, 2, tzinfo=datetime.UTC)
MAIN = '<main id="main" tabindex="-1">'
LONG = f"<body>{MAIN}{'words ' * 100}</main></body>"


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    monkeypatch.setattr(pages, "store", pages.Store())


@pytest.fixture
def shared(settings, monkeypatch):
    """A cache that processes share; and a function after which the store is that of another process."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}}
    cache.clear()
    yield lambda: monkeypatch.setattr(pages, "store", pages.Store())
    cache.clear()


class Site:
    """A site of one view, at a version that the test says: None where no database answers."""

    def __init__(self, monkeypatch):
        self.version, self.later, self.computed = "one", [], 0
        self.view = lambda request: HttpResponse(LONG)
        self.middleware = pages.stored_pages(self._compute)
        monkeypatch.setattr(pages, "_version", self._version)
        monkeypatch.setattr(pages, "_until", lambda now_is: TOMORROW)
        self.at(monkeypatch, NOON)

    def at(self, monkeypatch, now):
        monkeypatch.setattr(timezone, "now", lambda: now)

    def _version(self):
        if self.later:
            self.version = self.later.pop(0)
        return self.version

    def _compute(self, request):
        self.computed += 1
        return self.view(request)

    def get(self, address="/", method="get", host="testserver", secure=False, **headers):
        ask = getattr(RequestFactory(headers={"accept-encoding": "gzip", **headers}), method)
        return self.middleware(ask(address, SERVER_NAME=host, secure=secure))


@pytest.fixture
def site(monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["*"]
    return Site(monkeypatch)


def read(answer):
    return (gzip.decompress(answer.content) if answer.get("Content-Encoding") else answer.content).decode()
