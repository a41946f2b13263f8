"""Public pages, kept as they were answered: one mechanism for every page, twin, feed and card.

A page that looks the same to everybody is kept under its address, with the version of all that public pages show: see
`core.table_states`. It is answered from the store as long as that version stands, so a change shows at the next request
in every process and on every machine; what `publish_at` will change expires then. One small query is all that this
asks; templates, views and the middleware behind this one are asked where the store has nothing that holds.

The store is what each process remembers of its last answers, bounded in bytes, and behind it a cache that all share,
where there is one: from that a process takes a page once. Whichever has it, a page is answered only if it holds.

With every database down, readers get what is kept, marked, and nobody stores it.
"""

import datetime
import gzip
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from core.middleware import gets_smaller, is_for_everybody
from core.models import entry_kinds
from core.reading import PRIMARY
from core.replica import answer, version_of

log = logging.getLogger(__name__)

# Bytes, compressed: what is larger was asked for by a program, which will not ask for it again soon.
LARGEST = 250_000
# Bytes that each process remembers, and what a page takes beside its content.
REMEMBERED, BESIDE = 16_000_000, 2_000
# So often a page is computed while others write; the last is answered, and not kept.
TRIES = 3
# Bytes from which compression pays.
_SMALL = 200
# How hard it tries: zlib's usual 6 takes half as long again, and makes pages smaller by one to four hundredths.
_LEVEL = 4
# Seconds for which a cache that failed is left alone.
REST = 5
# Where a page comes from: RFC 9211.
_HIT, _MISS = "descent; hit", "descent; fwd=miss"
_MAIN = b'<main id="main" tabindex="-1">'
# Of these, a reader who has the page already is told none.
_OF_CONTENT = {"Content-Type", "Content-Length", "Content-Encoding"}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it was made, compressed where that pays; it holds in this version, until then.

    Threads share it: an answer is made from it, and it stays as it is.
    """

    version: str
    made: datetime.datetime
    until: datetime.datetime
    content: bytes
    headers: dict[str, str]

    def holds(self, now_is: str | None) -> bool:
        return self.version == now_is and timezone.now() < self.until

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page in an encoding that the reader takes; 304 without one where the reader has it already."""
        short = get_conditional_response(request, etag=self.headers["ETag"])
        if short:
            for name in self.headers.keys() - _OF_CONTENT:
                short[name] = self.headers[name]
            return short
        response = self._whole()
        if "gzip" not in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            _unzip(response)
        return response

    def answer_marked(self) -> HttpResponse:
        """The page while no database says whether it still holds: it says so itself, and is to be stored nowhere."""
        response = self._whole()
        _unzip(response)
        note = render_to_string("includes/kept.html").encode()
        response.content = response.content.replace(_MAIN, _MAIN + note, 1)
        del response["ETag"]
        response["Cache-Control"], response["Cache-Status"] = "no-store", f"{_HIT}; detail=stale"
        response["Content-Length"] = str(len(response.content))
        return response

    def _whole(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


def _unzip(response: HttpResponse) -> None:
    if response.has_header("Content-Encoding"):
        response.content = gzip.decompress(response.content)
        response["Content-Length"] = str(len(response.content))
        del response["Content-Encoding"]


# Scheme, host, path, and query: what an address is made of.
Key = tuple[str, str, str, str]


class Store:
    """What this process remembers, and behind it the shared cache.

    That may fail without harm: it is left alone for a while, and pages are computed meanwhile.
    """

    def __init__(self):
        self._remembered: OrderedDict[Key, Page] = OrderedDict()
        self._weight = 0
        self._changing = Lock()
        self._rests_until = 0.0

    def get(self, key: Key, now_is: str) -> Page | None:
        """The page, if it holds in this version."""
        page = self._remembered.get(key)
        if page and page.holds(now_is):
            # Another thread may have dropped it in between.
            with suppress(KeyError):
                self._remembered.move_to_end(key)
            return page
        page = self._ask(cache.get, _shared(key))
        if page and page.holds(now_is):
            self._remember(key, page)
            return page
        return None

    def last(self, key: Key) -> Page | None:
        """The page as it was made last, by whomever, whether it still holds or not."""
        found = filter(None, (self._remembered.get(key), self._ask(cache.get, _shared(key))))
        return max(found, key=lambda page: page.made, default=None)

    def set(self, key: Key, page: Page) -> None:
        if len(page.content) <= LARGEST:
            self._remember(key, page)
            self._ask(cache.set, _shared(key), page, None)

    def _remember(self, key: Key, page: Page) -> None:
        with self._changing:
            before = self._remembered.pop(key, None)
            self._remembered[key] = page
            self._weight += _weight(page) - _weight(before)
            # What was asked for longest ago goes first.
            while self._weight > REMEMBERED:
                self._weight -= _weight(self._remembered.popitem(last=False)[1])

    def _ask(self, what: Callable, *args):
        if monotonic() < self._rests_until:
            return None
        try:
            return what(*args)
        # Each kind of cache has errors of its own, and none may cost a reader the page.
        except Exception as error:
            self._rests_until = monotonic() + REST
            log.warning("The cache fails, and is left alone for %d s: %s", REST, error)
            return None


def _weight(page: Page | None) -> int:
    return len(page.content) + BESIDE if page else 0


def _shared(key: Key) -> str:
    """Under which the shared cache has it."""
    return f"page:{hashlib.blake2b(repr(key).encode(), digest_size=16).hexdigest()}"


store = Store()


def stored_pages(get_response):
    """Middleware: answers from the store what it has, and keeps there what may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Templates ask for both again and again, and to find that a request lacks something takes them 50 µs.
        request.preview, request.static_copy = None, getattr(request, "static_copy", None)
        # A static copy asks for each page once; files are asked for without the database.
        is_page = not (request.static_copy or request.path_info.startswith(settings.STATIC_URL))
        if request.method not in ("GET", "HEAD") or not is_page:
            return get_response(request)
        key, now_is = _key(request), _version()
        if now_is and (kept := store.get(key, now_is)):
            return kept.answer(request)
        page, response = _compute(request, get_response, now_is)
        if response.status_code >= 500 and now_is != "" and _version() is None and (kept := store.last(key)):
            return kept.answer_marked()
        if page is None:
            return response
        if now_is is None and page.version is not None and _version() is None:
            # From the replica, which nobody can say to be as far as the primary was.
            return page.answer_marked()
        if page.version and request.method == "GET":
            store.set(key, page)
        response = page.answer(request)
        response["Cache-Status"] = _MISS
        return response

    return middleware


def _compute(request: HttpRequest, get_response, now_is: str | None) -> tuple[Page | None, HttpResponse]:
    """The answer, and the page that it is, if everybody may have it; its version is "" where it is not to be kept.

    What others commit meanwhile would make it a page of two moments: it is computed again.
    """
    for _ in range(TRIES):
        made = timezone.now()
        until = _until(now_is) if now_is else made
        response = answer(request, get_response, now_is)
        if not is_for_everybody(response):
            return None, response
        before, now_is = now_is, _version()
        if before == now_is:
            return Page(now_is or "", made, until, *_finished(response)), response
    return Page("", made, until, *_finished(response)), response


def _finished(response: HttpResponse) -> tuple[bytes, dict[str, str]]:
    """Content and headers as they are kept, and answered from the store.

    Not compressed by Django's middleware: that hides secrets by random bytes, and no such page has any.
    """
    content, headers = response.content, dict(response.items())
    # Weak: it is the same for both encodings. It is the content's, for that may come back as it was.
    headers.setdefault("ETag", "W/" + quote_etag(hashlib.blake2b(content, digest_size=16).hexdigest()))
    # May be stored, and is asked about each time.
    headers.setdefault("Cache-Control", "no-cache")
    headers["Cache-Status"] = _HIT
    if len(content) > _SMALL and gets_smaller(response):
        content = gzip.compress(content, _LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    finished = HttpResponse(content, headers=headers | {"Content-Length": str(len(content))})
    patch_vary_headers(finished, ("Accept-Encoding",))
    return finished.content, dict(finished.items())


def _key(request: HttpRequest) -> Key:
    # The host as it was sent: whoever is not meant by it refuses it behind this, and a refusal is not kept.
    host = request.META.get("HTTP_HOST", request.META["SERVER_NAME"])
    return request.scheme, host, request.path, request.META.get("QUERY_STRING", "")


def _version() -> str | None:
    """That of all that pages show; "" within a transaction, where it says nothing; None where no database answers."""
    if connection.in_atomic_block:
        return ""
    return version_of(PRIMARY)


# The version for which it was last asked when something will be published, and when that is.
_due: tuple[str, datetime.datetime | None] = ("", None)


def _until(now_is: str) -> datetime.datetime:
    """Until when a page of that version holds at most: something is published then, or another day begins.

    Pages say on which day they are read: see `core.citing`.
    """
    global _due
    now = timezone.now()
    asked, due = _due
    if asked != now_is or (due and due <= now):
        kinds = entry_kinds()
        due = min(filter(None, (kind.objects.next_due(now) for kind in kinds)), default=None)
        _due = (now_is, due)
    tomorrow = (now + datetime.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(tomorrow, due) if due else tomorrow
