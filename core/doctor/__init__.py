"""What `manage.py doctor` looks after: each check is a function that tells what it found.

Which there are, says `settings.CHECKUPS`; `installation` and `databases` here have those that need no app.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.module_loading import import_string


class Level(models.TextChoices):
    OK = "ok", "ok"
    WARN = "warn", "warn"
    FAIL = "FAIL", "FAIL"


@dataclass(frozen=True)
class Told:
    """What was found, in a sentence, and what to do about it."""

    level: Level
    what: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.what}" + (f" {self.todo}" if self.todo else "")


# Told whether to look closely, which may take minutes.
Check = Callable[[bool], Iterable[Told]]


def ok(what: str) -> Told:
    return Told(Level.OK, what)


def warn(what: str, todo: str) -> Told:
    return Told(Level.WARN, what, todo)


def fail(what: str, todo: str) -> Told:
    return Told(Level.FAIL, what, todo)


def examine(names: Iterable[str], thorough: bool) -> Iterator[tuple[str, Told]]:
    """What each check tells, under its own name: “disk”. One that breaks says so, and the others go on."""
    for name in names:
        check: Check = import_string(name)
        try:
            for told in check(thorough):
                yield check.__name__, told
        # Whatever it is: it is told to the one who asked what is wrong.
        except Exception as error:
            said = f"{name} could not be checked: {type(error).__name__}: {' '.join(str(error).split())}."
            yield check.__name__, fail(said, "Look after this first.")
