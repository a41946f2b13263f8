"""What is answered while the database cannot do what it is asked: 503, why, and when to ask again. A page may still be
in the store: see `core.pages`.
"""

import logging
import sys
from collections.abc import Iterator
from enum import StrEnum
from errno import EDQUOT, EFBIG, ENOSPC, EROFS

from django import db
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.log import log_response
from django.views.defaults import server_error

from core.middleware import is_data

log = logging.getLogger(__name__)

# In so many seconds one may ask again.
RETRY_AFTER = 10


class Fault(StrEnum):
    """What is the matter, as far as it makes a difference to whoever asked."""

    READ_ONLY = "read-only"
    FULL = "full"
    BUSY = "busy"
    AWAY = "away"


# By primary result codes: https://www.sqlite.org/rescode.html. All other errors are ours.
_SQLITE = {
    5: Fault.BUSY,
    6: Fault.BUSY,
    8: Fault.READ_ONLY,
    10: Fault.AWAY,
    11: Fault.AWAY,
    13: Fault.FULL,
    14: Fault.AWAY,
    26: Fault.AWAY,
}
# By the first that the state begins with: https://www.postgresql.org/docs/current/errcodes-appendix.html.
_POSTGRESQL = {
    "25006": Fault.READ_ONLY,
    "40": Fault.BUSY,
    "53100": Fault.FULL,
    "53": Fault.BUSY,
    "55P03": Fault.BUSY,
    "57014": Fault.BUSY,
    "08": Fault.AWAY,
    "57": Fault.AWAY,
    "58": Fault.AWAY,
    "XX": Fault.AWAY,
}
_SYSTEM = {ENOSPC: Fault.FULL, EDQUOT: Fault.FULL, EFBIG: Fault.FULL, EROFS: Fault.READ_ONLY}


def answer_errors(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: 503 for a fault of the database, with one line in the log; 500 for all other errors."""
    error = sys.exc_info()[1]
    fault = fault_of(error)
    if fault is None:
        return server_error(request)
    response = _unavailable(request, fault)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    said = " ".join(str(error).split())
    # Django logs an answer once: its own line would bring a traceback.
    log_response("%s %s: %s", request.method, request.path, said, response=response, request=request, logger=log)
    return response


def fault_of(error: BaseException | None) -> Fault | None:
    """What is the matter with the database, or with the disk; None where the error is another one."""
    return next(filter(None, map(_fault, _chain(error))), None)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _fault(error: BaseException) -> Fault | None:
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno)
    if not isinstance(error, db.DatabaseError | db.InterfaceError):
        return None
    said = error.__cause__
    if code := getattr(said, "sqlite_errorcode", None):
        return _SQLITE.get(code & 0xFF)
    if state := getattr(said, "sqlstate", None):
        return next((fault for begin, fault in _POSTGRESQL.items() if state.startswith(begin)), None)
    # PostgreSQL could not be asked at all.
    is_lost = isinstance(error, db.OperationalError | db.InterfaceError) and hasattr(said, "sqlstate")
    return Fault.AWAY if is_lost else None


def _unavailable(request: HttpRequest, fault: Fault) -> HttpResponse:
    if is_data(request.path_info):
        message = f"The database cannot be asked at present. Ask again in {RETRY_AFTER} seconds."
        return JsonResponse({"errors": {"database": [message]}}, status=503)
    writing = request.method not in ("GET", "HEAD", "OPTIONS")
    # Without what belongs to a request: that might ask the database.
    return render(None, "503.html", {"fault": fault.value, "writing": writing}, status=503)
