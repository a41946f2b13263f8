"""Reads settings from the environment. Every variable the site knows is named in `settings.py`."""

import os
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's text; `default` where it is not set."""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """True for 1, true, yes or on, in any case."""
    return text(name).strip().lower() in {"1", "true", "yes", "on"}


def names(name: str) -> list[str]:
    """The comma-separated parts, without white space and empty ones."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    """The variable's whole number; `default` where it is not set."""
    given = text(name).strip() or str(default)
    if not (given.isascii() and given.isdecimal()):
        raise ImproperlyConfigured(f"{name} is no whole number: {given}.")
    return int(given)


def database(name: str, default: str = "") -> dict[str, Any]:
    """Django's settings of the database at the variable's address. The address is never told: it has a password."""
    try:
        found = dj_database_url.parse(text(name) or default, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        found = {"ENGINE": ""}
    if found["ENGINE"] not in ("django.db.backends.postgresql", "django.db.backends.sqlite3"):
        raise ImproperlyConfigured(f"{name} is neither postgres://user:password@host/name nor sqlite:///file.")
    return found
