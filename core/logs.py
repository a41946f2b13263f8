"""How a line of the log is written: for programs one JSON object, for developers a line to read."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from django.http import HttpRequest

from core.requests import now_asked, shown

# What every record has, and what Django gives along that is told elsewhere.
_OWN = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "request", "status_code", "server_time"}

# As logging's own guide to speed says: no line tells which thread wrote it.
logging.logThreads = logging.logMultiprocessing = False

_encode = json.JSONEncoder(default=str).encode


@lru_cache(maxsize=1)
def _second(since_1970: int) -> str:
    return f"{datetime.fromtimestamp(since_1970, UTC):%Y-%m-%dT%H:%M:%S}"


class JSONLines(logging.Formatter):
    """`{"time": …, "level": …, "logger": …, "message": …, "request": …}`, then what `extra` says, then a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": f"{_second(int(record.created))}.{int(record.msecs):03}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if id := _request_id(record):
            told["request"] = id
        told.update(_extra(record))
        if _is_broken(record):
            told["traceback"] = self.formatException(record.exc_info)
        return _encode(told)


class Lines(logging.Formatter):
    """`12:30:05 INFO descent.access: answered method=GET path=/models/ status=200`, and tracebacks below."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone()
        told = [f"{time:%H:%M:%S} {record.levelname} {record.name}:", _message(record)]
        told += (f"{name}={value}" for name, value in _extra(record))
        line = " ".join(told).replace("\n", "\\n")
        return f"{line}\n{self.formatException(record.exc_info)}" if _is_broken(record) else line


def _is_broken(record: logging.LogRecord) -> bool:
    """Whether where it happened is worth telling: not of what Django refuses, such as a foreign host."""
    return bool(record.exc_info) and not record.name.startswith("django.security.")


def _message(record: logging.LogRecord) -> str:
    """What was logged; where Django names the address of the request, as logs may have it."""
    message, request = record.getMessage(), getattr(record, "request", None)
    if isinstance(request, HttpRequest) and (path := shown(request.path)) != request.path:
        # As Django writes it.
        message = message.replace(request.path.encode("unicode_escape").decode("ascii"), path)
    return message


def _request_id(record: logging.LogRecord) -> str:
    asked = now_asked.get()
    return asked.id if asked else ""


def _extra(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    return ((name, value) for name, value in vars(record).items() if name not in _OWN)
