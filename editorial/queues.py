"""What waits for somebody of the team: to be reviewed, to be mended, to be finished."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from core.models import Entry, Status
from editorial.models import Act, ChangedEntry, Proposal, ProposalStatus
from editorial.workflow import ALONE, unread_writers

# Rows of a queue that the first page names; its count says how many there are.
NAMED = 20
REVIEW = "editorial.review_entry"


@dataclass(frozen=True)
class Item:
    """Something that waits: what it is, where it is done, and who did what with it last."""

    key: str
    title: str
    kind: str
    url: str
    at: datetime.datetime
    who: str
    why: str


@dataclass
class Queue:
    """What waits for one reason, the longest first."""

    name: str
    title: str
    items: list[Item] = field(default_factory=list)

    @property
    def ordered(self) -> list[Item]:
        return sorted(self.items, key=lambda item: item.at)

    @property
    def named(self) -> list[tuple[Item, str]]:
        """The first of them, each with its address."""
        return [(item, self.address(item)) for item in self.ordered[:NAMED]]

    def address(self, item: Item) -> str:
        """Where it is done; what comes after it is known there."""
        return f"{item.url}?{urlencode({'queue': self.name, 'item': item.key})}"

    @property
    def rest(self) -> int:
        return max(len(self.items) - NAMED, 0)


def waiting_for(user: AbstractBaseUser) -> list[Queue]:
    """The queues of the user that are not empty. A query for each kind of entry, one for the log, one for proposals."""
    review, mend = Queue("review", "To review"), Queue("mend", "Sent back to you")
    finish = Queue("finish", "Your drafts")
    reviews, alone = user.has_perm(REVIEW), user.has_perm(ALONE)
    unfinished = _unfinished(user)
    logs = _logs(unfinished)
    for entry in unfinished:
        log = logs[entry._meta.label_lower, entry.pk]
        item = _of_entry(entry, log)
        own = user.pk in unread_writers((one.change.act, one.change.author_id) for one in log)
        if entry.status == Status.IN_REVIEW and reviews and (alone or not own):
            review.items.append(item)
        elif entry.status == Status.DRAFT and own:
            (mend if log[-1].change.act == Act.SENT_BACK else finish).items.append(item)
    for proposal in _proposals(user):
        if proposal.status == ProposalStatus.RETURNED:
            mend.items.append(_of_proposal(proposal))
        elif reviews and (alone or proposal.created_by_id != user.pk):
            review.items.append(_of_proposal(proposal))
    return [queue for queue in (review, mend, finish) if queue.items]


def _unfinished(user: AbstractBaseUser) -> list[Entry]:
    """Entries in review, and the drafts in which the user has written."""
    found = []
    for kind in apps.get_models():
        if issubclass(kind, Entry) and user.has_perm(f"{kind._meta.app_label}.change_{kind._meta.model_name}"):
            mine = ChangedEntry.objects.filter(kind=kind._meta.label_lower, change__author=user).values("row")
            wanted = Q(status=Status.IN_REVIEW) | Q(status=Status.DRAFT, pk__in=mine)
            found += kind.objects.filter(wanted).only("name", "slug", "status", "updated_at")
    return found


def _logs(entries: Iterable[Entry]) -> dict[tuple[str, int], list[ChangedEntry]]:
    """The changes of each entry, the oldest first."""
    wanted = {(entry._meta.label_lower, entry.pk) for entry in entries}
    logs = defaultdict(list)
    changes = ChangedEntry.objects.filter(row__in={row for _, row in wanted}).select_related("change__author")
    for one in changes.order_by("pk") if wanted else ():
        if (one.kind, one.row) in wanted:
            logs[one.kind, one.row].append(one)
    return logs


def _proposals(user: AbstractBaseUser) -> Iterable[Proposal]:
    waiting, own = Q(status=ProposalStatus.WAITING), Q(status=ProposalStatus.RETURNED, created_by=user)
    wanted = waiting | own if user.has_perm(REVIEW) else own
    return Proposal.objects.filter(wanted).select_related("created_by").defer("document", "original")


def _of_entry(entry: Entry, log: list[ChangedEntry]) -> Item:
    last = log[-1].change if log else None
    return Item(
        f"{entry._meta.label_lower} {entry.pk}",
        entry.name,
        entry._meta.verbose_name,
        reverse(f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change", args=[entry.pk]),
        last.at if last else entry.updated_at,
        f"{last.get_act_display()}{f' by {last.author}' if last.author else ''}" if last else "",
        last.reason if last else "",
    )


def _of_proposal(proposal: Proposal) -> Item:
    what = "report of a reader" if proposal.is_report else "change of a published entry"
    returned = proposal.status == ProposalStatus.RETURNED
    return Item(
        f"proposal {proposal.pk}",
        proposal.title,
        what,
        reverse("admin:editorial_proposal_change", args=[proposal.pk]),
        proposal.decided_at if returned else proposal.created_at,
        f"By {proposal.created_by}" if proposal.created_by and not returned else "",
        proposal.answer if returned else proposal.reason or proposal.message,
    )
