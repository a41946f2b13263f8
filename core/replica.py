"""Which database is read: the primary, or its replica where that has replayed all that readers may see.

Only public pages of readers who are not logged in come from the replica, and each is asked for as a whole from one of
both. All else is read where it is written. A replica that lags, hangs or is gone costs but the look at it: it is
left alone for a while, and the primary is asked. While the primary is gone the replica is read as it stands.
"""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from os import dup
from threading import Timer
from time import monotonic

from django.conf import settings
from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from core.reading import PRIMARY, REPLICA, reads_from
from core.table_states import version

log = logging.getLogger(__name__)

# Seconds for which a database that failed, or that took long to fail, is left alone.
REST = 3
# Seconds for which one waits for a version, for all queries of a page, and for all that a form sets off: the longest
# brings in a file. Nginx waits longer, in deploy/.
QUICKLY, PATIENTLY, AT_LENGTH = 2, 15, 100

_NAMES = {PRIMARY: "primary database", REPLICA: "replica"}
_rests_until: dict[str, float] = {}


def version_of(alias: str) -> str | None:
    """The version that a database holds; None where it does not answer, or rests since it did not."""
    begun = monotonic()
    if begun < _rests_until.get(alias, 0):
        return None
    try:
        with patience(alias, QUICKLY):
            return version(alias)
    except Error as error:
        # One that refuses at once is asked again at once: it may be back.
        slow = monotonic() - begun > QUICKLY / 2
        if slow or alias == REPLICA:
            _rest(alias)
        log.warning("The %s does not answer: %s", _NAMES[alias], " ".join(str(error).split()))
        return None


def answer(request: HttpRequest, get_response: Callable, now_is: str | None) -> HttpResponse:
    """The answer, computed from the replica if it holds this version, or if no primary says one; or else as ever."""
    if REPLICA in settings.DATABASES and _is_a_readers(request):
        held = version_of(REPLICA)
        if held is not None and now_is in (held, None):
            with reads_from(REPLICA), patience(REPLICA, PATIENTLY):
                response = get_response(request)
            if response.status_code < 500 or now_is is None:
                return response
            _rest(REPLICA)
            log.warning("The replica fails at %s: the primary database is asked.", request.path)
    with patience(PRIMARY, PATIENTLY):
        return get_response(request)


def bound_writes(get_response: Callable) -> Callable:
    """Middleware: what is sent ends, too, while the primary hangs. Where that is known before it begins, quickly."""

    def middleware(request: HttpRequest) -> HttpResponse:
        primary = connections[PRIMARY]
        if request.method in ("GET", "HEAD") or primary.vendor == "sqlite" or primary.in_atomic_block:
            return get_response(request)
        with patience(PRIMARY, QUICKLY if version_of(PRIMARY) is None else AT_LENGTH):
            return get_response(request)

    return middleware


def _is_a_readers(request: HttpRequest) -> bool:
    # Sessions are written without a change of version: on the replica, who has just logged in is not known yet.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _rest(alias: str) -> None:
    _rests_until[alias] = monotonic() + REST


def patience(alias: str, seconds: float) -> AbstractContextManager[None]:
    """Ends the connection to PostgreSQL that is not done within after so many seconds: what waits for it fails.

    No timeout of the server's own helps against one that hangs.
    """
    connection = connections[alias]
    # SQLite has a timeout of its own.
    return nullcontext() if connection.vendor == "sqlite" else _no_longer_than(connection, seconds)


@contextmanager
def _no_longer_than(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    timer = Timer(seconds, _hang_up, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: BaseDatabaseWrapper) -> None:
    # Shut, not closed: it is the other thread that waits for it.
    with suppress(Exception), socket.socket(fileno=dup(connection.connection.pgconn.socket)) as line:
        line.shutdown(socket.SHUT_RDWR)
