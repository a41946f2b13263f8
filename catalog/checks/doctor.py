"""Whether the collection keeps its own rules, for the one who looks after the site."""

from collections.abc import Iterator

from catalog.checks import Level, findings
from catalog.checks.collection import Collection
from core.doctor import Told, ok, warn


def record_rules(thorough: bool) -> Iterator[Told]:
    """Looked at closely alone: it reads the whole collection."""
    if not thorough:
        return
    if number := sum(1 for _ in findings(Collection(), Level.ERROR)):
        yield warn(
            f"{number} findings break a rule of the collection.", "Run manage.py check_records; tell the editors."
        )
    else:
        yield ok("The collection keeps its rules.")
