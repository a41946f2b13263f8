"""From draft to published and on: which steps there are, and who may take them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from core.models import Entry, Status
from editorial.models import Act, ChangedEntry, Fate

ALONE = "editorial.publish_alone"
# Steps that change nothing of what an entry says: who takes them has not written in it.
READING = {Act.SENT_BACK, Act.PUBLISHED, Act.ARCHIVED, Act.REOPENED}
# After these, all that was written before has been read by somebody else, or was published alone.
READ = {Act.PUBLISHED, Act.ACCEPTED}


@dataclass(frozen=True)
class Step:
    """A step of an entry from one status to another, and the permission for it."""

    name: str
    label: str
    act: Act
    before: frozenset[Status]
    after: Status
    permission: str
    wants_reason: bool = False


STEPS = (
    Step("submit", "Submit for review", Act.SUBMITTED, {Status.DRAFT}, Status.IN_REVIEW, "editorial.submit_entry"),
    Step("withdraw", "Withdraw", Act.WITHDRAWN, {Status.IN_REVIEW}, Status.DRAFT, "editorial.submit_entry"),
    Step(
        "send_back",
        "Send back",
        Act.SENT_BACK,
        {Status.IN_REVIEW},
        Status.DRAFT,
        "editorial.review_entry",
        wants_reason=True,
    ),
    Step("publish", "Publish", Act.PUBLISHED, {Status.IN_REVIEW}, Status.PUBLISHED, "editorial.review_entry"),
    Step("publish_alone", "Publish alone", Act.PUBLISHED, {Status.DRAFT, Status.IN_REVIEW}, Status.PUBLISHED, ALONE),
    Step(
        "archive",
        "Archive",
        Act.ARCHIVED,
        {Status.PUBLISHED},
        Status.ARCHIVED,
        "editorial.archive_entry",
        wants_reason=True,
    ),
    Step("reopen", "Reopen as a draft", Act.REOPENED, {Status.ARCHIVED}, Status.DRAFT, "editorial.archive_entry"),
)


def may_write(user: AbstractBaseUser, entry: Entry) -> bool:
    """Whether the user may change what the entry says."""
    return bool(writable(user, [entry]))


def writable(user: AbstractBaseUser, entries: Collection[Entry]) -> list[Entry]:
    """Those, all of one kind, that the user may change: their own until they are published, with a permission any."""
    if user.has_perm("editorial.edit_others"):
        return list(entries)
    open_ones = [entry for entry in entries if entry.status in (Status.DRAFT, Status.IN_REVIEW)]
    own = began(user, open_ones)
    return [entry for entry in open_ones if entry.pk in own]


def began(user: AbstractBaseUser, entries: Collection[Entry]) -> set[int]:
    """The numbers of those, all of one kind, that the user began."""
    kinds, numbers = {entry._meta.label_lower for entry in entries}, [entry.pk for entry in entries]
    log = ChangedEntry.objects.filter(kind__in=kinds, row__in=numbers, fate=Fate.ADDED, change__author=user)
    return set(log.values_list("row", flat=True))


def unread_writers(log: Iterable[tuple[str, int | None]]) -> set[int | None]:
    """Who wrote something in an entry that nobody else has read; `log` are its acts and their authors, oldest first."""
    writers = set()
    for act, author in log:
        if act in READ:
            writers = set()
        elif act not in READING:
            writers.add(author)
    return writers


def writers(entry: Entry) -> set[int | None]:
    """The accounts that wrote something in the entry that nobody else has read."""
    return unread_writers(ChangedEntry.objects.of(entry).order_by("pk").values_list("change__act", "change__author"))


def wrote_unread(user: AbstractBaseUser, entry: Entry) -> bool:
    """Whether the user is among the entry's writers: then somebody else has to publish it."""
    return user.pk in writers(entry)


def steps(user: AbstractBaseUser, entry: Entry | None) -> list[Step]:
    """The steps that the user may take with the entry as it is now; None is one that is about to be begun."""
    status = Status(entry.status) if entry else Status.DRAFT
    found = [step for step in STEPS if status in step.before and user.has_perm(step.permission)]
    names = {step.name for step in found}
    if "publish" in names and wrote_unread(user, entry):
        names.remove("publish")
    elif "publish" in names:
        names.discard("publish_alone")
    return [step for step in found if step.name in names]


def proposes(user: AbstractBaseUser, entry: Entry | None) -> bool:
    """Whether what the user saves of the entry waits for a reviewer, and the published page stays as it is."""
    return entry is not None and entry.status == Status.PUBLISHED and not user.has_perm(ALONE)


def asked_for(data: Any) -> Step | None:
    """The step whose button was pressed."""
    return next((step for step in STEPS if f"_step_{step.name}" in data), None)
