"""What editors look after without being asked: queues of what could be better, one decision at a time.

A queue is declared once, by the app that knows what is in it; `settings.UPKEEP` names them. What was dismissed comes
back only when the state changes that was judged.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string

from core.documents import document
from core.models import Entry, Status
from editorial import standards, workflow
from editorial.log import change
from editorial.models import Dismissal, Proposal
from editorial.proposals import propose_document

# What is open in a queue, in its order: each subject's key, and the state that is to be judged.
Open = Mapping[str, str]


class Impossible(Exception):
    """Why an action cannot be carried out, for the editor to read."""


@dataclass
class Item:
    """One subject of a queue with all that is needed to decide on it.

    `entry` is the one that an action writes in; `facts` are what the queue's own template prints.
    """

    key: str
    state: str
    title: str
    entry: Entry
    facts: dict[str, Any] = field(default_factory=dict)
    # Whether the queue's action can be taken; where not, the entry's form is the place.
    ready: bool = True

    @property
    def digest(self) -> str:
        return digest(self.state)


@dataclass(frozen=True)
class Action:
    """What an editor may do with an item by a key; `write` changes the entry and its parts, `reason` is logged."""

    name: str
    label: str
    key: str
    write: Callable[[Item], None]
    reason: Callable[[Item], str]
    # The keys of other subjects on which it decides as well: they rest as they are then.
    settles: Callable[[Item], Iterable[str]] = lambda item: ()


@dataclass(frozen=True)
class Upkeep:
    """A queue: what is open in it, and how one item is loaded, shown and decided. Both functions ask the database.

    `load` takes a key as an address may have it; None where the subject is gone or nothing is to be decided.
    """

    name: str
    title: str
    purpose: str
    open: Callable[[], Open]
    load: Callable[[str], Item | None]
    permission: str
    template: str = "admin/editorial/upkeep/_texts.html"
    action: Action | None = None
    # What dismissing says; empty where nothing can be dismissed.
    dismissal: str = ""

    def left(self, judged: Mapping[str, str]) -> Sequence[str]:
        """The keys of what is open, without what was dismissed in the same state."""
        found = self.open()
        gone = {key for key, state in judged.items() if key in found and digest(found[key]) == state}
        return [key for key in found if key not in gone] if gone else list(found)

    def count(self, judged: Mapping[str, str]) -> int:
        found = self.open()
        return len(found) - sum(key in found and digest(found[key]) == state for key, state in judged.items())


def digest(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def queues() -> list[Upkeep]:
    return [import_string(path) for path in settings.UPKEEP]


def judged(*names: str) -> dict[str, dict[str, str]]:
    """By queue, the subjects that were dismissed, each with the state in which it was."""
    found = defaultdict(dict)
    for queue, subject, state in (
        Dismissal.objects.standing().filter(queue__in=names).order_by().values_list("queue", "subject", "state")
    ):
        found[queue][subject] = state
    return found


def counts(user: AbstractBaseUser) -> list[tuple[Upkeep, int]]:
    """The queues that the user may work on, each with the number of what is open. A query each, one for dismissals."""
    own = [queue for queue in queues() if user.has_perm(queue.permission)]
    decided = judged(*(queue.name for queue in own)) if own else {}
    return [(queue, queue.count(decided[queue.name])) for queue in own]


def carry_out(action: Action, item: Item, user: AbstractBaseUser) -> Proposal | None:
    """Do it, as one change; or, where what the user saves waits for a reviewer, propose it and change nothing.

    Raises `Impossible` where the entry would break a rule.
    """
    entry, reason = item.entry, action.reason(item)
    published = entry.status == Status.PUBLISHED
    original, before = document(entry), standards.broken(entry) if published else None
    try:
        with change(reason, user, alone=published):
            action.write(item)
            entry.updated_at = timezone.now()
            entry.full_clean()
            entry.save()
            if problems := standards.against(standards.problems(entry), before) if published else []:
                raise Impossible(" ".join(problems))
            proposed = document(entry)
            if workflow.proposes(user, entry):
                raise _TakenBack
    except _TakenBack:
        return propose_document(type(entry), entry.slug, str(entry), proposed, original, reason, user)
    except ValidationError as error:
        raise Impossible(" ".join(error.messages)) from error
    return None


class _TakenBack(Exception):
    """What was written is to be proposed instead."""


def dismiss(
    queue: Upkeep, item: Item, user: AbstractBaseUser, why: str = "", proposal: Proposal | None = None
) -> Dismissal:
    """Let it rest until its state changes."""
    told = {"state": item.digest, "title": item.title[:250], "user": user, "at": timezone.now(), "why": why[:300]}
    dismissal, _ = Dismissal.objects.update_or_create(
        queue=queue.name, subject=item.key, defaults={**told, "proposal": proposal}
    )
    return dismissal
