"""What an entry has to be before it is published, by the rules that `settings.ENTRY_RULES` names.

Hard rules stand against publishing. A published entry may be saved while it breaks some that it broke before, as
entries from databases do: only what a save breaks anew is refused.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from core.models import Entry


class Problem(NamedTuple):
    """What one rule finds in an entry or its parts; a soft one only warns."""

    rule: str
    text: str
    hard: bool


def problems(entry: Entry) -> Iterator[Problem]:
    """What the rules say of the entry, taken for published."""
    for rules in map(import_string, settings.ENTRY_RULES):
        yield from rules(entry)


def broken(entry: Entry) -> Counter[str]:
    """How often the entry breaks each of the hard rules."""
    return Counter(problem.rule for problem in problems(entry) if problem.hard)


def against(found: Iterable[Problem], before: Counter[str] | None = None) -> list[str]:
    """What of the problems of an entry stands against publishing it; with `before`, only what it breaks more often."""
    hard = [problem for problem in found if problem.hard]
    more = Counter(problem.rule for problem in hard) - (before or Counter())
    return list(dict.fromkeys(problem.text for problem in hard if problem.rule in more))
