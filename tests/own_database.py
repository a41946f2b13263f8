"""A database of its own, in which what is written stays: what only shows where transactions end, is tested there."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections


@contextmanager
def laid_out(folder: Path) -> Iterator[str]:
    """The name of a copy of the tests' database, outside of any transaction; it is there to be copied."""
    if connection.vendor == "sqlite":
        name = str(folder / "layout.sqlite3")
        connection.ensure_connection()
        with closing(sqlite3.connect(name)) as file:
            connection.connection.backup(file)
        yield name
        return
    # Nobody may use what is copied.
    connection.close()
    with _postgresql(f"layout_{os.getpid()}", connection.settings_dict["NAME"]) as name:
        yield name


@contextmanager
def own_database(folder: Path, layout: str) -> Iterator[None]:
    """All that asks the database, asks this one: a copy of that layout."""
    tests = connections["default"]
    own = tests.copy()
    with _sqlite(folder, layout) if tests.vendor == "sqlite" else _postgresql(f"own_{os.getpid()}", layout) as name:
        own.settings_dict["NAME"] = name
        connections["default"] = own
        try:
            yield
        finally:
            own.close()
            connections["default"] = tests


@contextmanager
def connected_anew(**settings: object) -> Iterator[None]:
    """The connection is made again, with other settings."""
    own = connections["default"]
    own.close()
    other = own.copy()
    other.settings_dict.update(settings)
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = own


@contextmanager
def _sqlite(folder: Path, layout: str) -> Iterator[str]:
    yield shutil.copyfile(layout, str(folder / "site.sqlite3"))


@contextmanager
def _postgresql(name: str, template: str) -> Iterator[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
