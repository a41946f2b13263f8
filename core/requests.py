"""Each request under an id, and what it asked of the databases: one line of the log tells it.

The id stands in every line that is logged meanwhile, and in the answer's `X-Request-ID`. No line has a reader's
address, what was searched for, or the secret part of a link.
"""

import logging
import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from time import perf_counter

from django.conf import settings
from django.core.signals import request_finished
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from core import metrics

log = logging.getLogger("descent.access")
slow = logging.getLogger("descent.slow")

HEADER = "X-Request-ID"
# What a proxy may call a request: it goes into headers and logs as it is.
_well_formed = re.compile(r"[0-9A-Za-z_.-]{8,64}").fullmatch
LONGEST_PATH, LONGEST_SQL = 500, 4000


@dataclass(slots=True)
class Asked:
    """A request that is being answered, and what it asked of the databases so far."""

    request: HttpRequest
    id: str
    queries: int = 0
    seconds: float = 0.0
    slow: int = 0

    @property
    def view(self) -> str:
        """The view's name in the site map; "" where none was asked."""
        match = self.request.resolver_match
        return match.view_name if match else ""


now_asked: ContextVar[Asked | None] = ContextVar("now_asked", default=None)


def log_requests(get_response):
    """Middleware, the outermost: names each request, and tells and counts how it was answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        asked = Asked(request, given if _well_formed(given) else secrets.token_hex(16))
        now_asked.set(asked)
        response = get_response(request)
        response.headers[HEADER] = asked.id
        _tell(asked, response, perf_counter() - begun)
        return response

    return middleware


def _tell(asked: Asked, response: HttpResponse, seconds: float) -> None:
    request, stored = asked.request, stored_as(response)
    status = response.status_code
    # Without one, it was answered from the store, or nothing in the site map was asked.
    view = asked.view or ("stored" if stored else "none")
    try:
        metrics.count(view, request.method, status, seconds, stored)
        metrics.count_queries(view, asked.queries, asked.seconds, asked.slow)
    # A folder of workers that is not there, a full disk: no answer depends on that.
    except OSError as error:
        logging.getLogger(__name__).warning("not counted: %s", error)
    if not log.isEnabledFor(logging.INFO):
        return
    told = {
        "method": request.method,
        "path": shown(request.path),
        "status": status,
        "ms": round(seconds * 1000, 2),
        "bytes": _size(response),
        "queries": asked.queries,
        "database_ms": round(asked.seconds * 1000, 2),
    }
    # Only where the answer asked for it: a line of the log is worth no query.
    user = getattr(request, "_cached_user", None)
    if user is not None and user.pk:
        told["user"] = user.pk
    if stored:
        told["stored"] = stored
    # As `log.info` does, which first looks where it was called from: no line tells that, and it takes a sixth as long.
    log.handle(log.makeRecord(log.name, logging.INFO, "", 0, "answered", (), None, extra=told))


def stored_as(response: HttpResponse) -> str:
    """What `Cache-Status` says of the store of pages: “hit”, “stale”, or “miss”; "" where it was not asked."""
    said = response.headers.get("Cache-Status")
    if not said:
        return ""
    return "stale" if "stale" in said else "miss" if "fwd=" in said else "hit"


def _size(response: HttpResponse) -> int | None:
    if not response.streaming:
        return len(response.content)
    length = response.headers.get("Content-Length")
    return int(length) if length else None


def shown(path: str) -> str:
    """The path as a log may have it: without what only those know who were given the address."""
    asked = "/" + path.lstrip("/")
    for before in _before_secrets():
        if asked.startswith(before):
            return f"{before}…"
    return path[:LONGEST_PATH]


@cache
def _before_secrets() -> tuple[str, ...]:
    # Here, since the log is laid out before the models are read, of which routes know.
    from core.routes import before_tokens

    return tuple(f"/{path}" for path in before_tokens())


# The server sends this once all of an answer was sent.
@receiver(request_finished)
def _forget(**kwargs: object) -> None:
    now_asked.set(None)


@receiver(connection_created)
def _watch(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Once a connection, so that a request pays for its queries alone. The outermost: `execute_wrapper` takes its own
    from the end.
    """
    if _measured not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _measured)


def _measured(execute, sql: str, params, many: bool, context: dict):
    asked = now_asked.get()
    if asked is None:
        return execute(sql, params, many, context)
    begun = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = perf_counter() - begun
        asked.queries += 1
        asked.seconds += seconds
        if 0 < settings.SLOW_QUERY_MS <= seconds * 1000:
            asked.slow += 1
            # Never with `params`: these may be what somebody wrote or searched for.
            told = {"ms": round(seconds * 1000), "sql": str(sql)[:LONGEST_SQL], "view": asked.view}
            slow.warning("slow query", extra=told)
