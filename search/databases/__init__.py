"""What each database does in its own way: keep the index in step, and look into it."""

from types import ModuleType

from search.databases import postgresql, sqlite


def database_of(connection) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
