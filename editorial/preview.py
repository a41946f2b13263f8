"""An unpublished entry or a proposal on its public page, at a signed address that may be given to outside readers.

For the length of one answer the entry is made public in the database, and all of it is taken back: the page is the real
one, no rule about what readers see is loosened, and whatever else is not published stays out of it.
"""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.core.signing import BadSignature, Signer
from django.db import InternalError, OperationalError, models, transaction
from django.urls import reverse
from django.utils import timezone

from core.models import Entry, Status
from core.quantities import format_date
from editorial.models import Proposal, ProposalStatus
from editorial.proposals import Unwritable, applied

# So long, and to the end of its last day, an address holds.
DAYS = 7
_signer = Signer(salt="editorial.preview")
_WHAT = {
    Status.DRAFT: "a draft",
    Status.IN_REVIEW: "an entry in review",
    Status.PUBLISHED: "an entry whose time has not come",
    Status.ARCHIVED: "an archived entry",
}


@dataclass(frozen=True)
class Preview:
    """What the page says of itself; `address` is that of the published page, "" where there is none."""

    what: str
    until: datetime.date
    address: str


class Unavailable(Exception):
    """Why nothing can be shown: a status of HTTP, a heading, a sentence, and the page to go to instead."""

    def __init__(self, status: int, title: str, why: str, address: str = ""):
        super().__init__(title)
        self.status, self.title, self.why, self.address = status, title, why, address


def has_page(row: models.Model) -> bool:
    """Whether there is a page to preview: a report in words makes none, nor does a proposal of what is no entry."""
    if isinstance(row, Proposal):
        return not row.is_report and issubclass(apps.get_model(row.kind), Entry)
    return isinstance(row, Entry)


def preview_url(row: Entry | Proposal) -> str:
    """A fresh address of the row's preview."""
    until = timezone.now().date() + datetime.timedelta(days=DAYS)
    return reverse("preview", args=[_signer.sign_object([row._meta.label_lower, row.pk, until.isoformat()])])


def read(token: str) -> tuple[Entry | Proposal, datetime.date]:
    """What an address leads to, and the last day on which it does."""
    try:
        kind, number, day = _signer.unsign_object(token)
    except BadSignature:
        why = "Perhaps a part of it got lost on the way. Ask for it again."
        raise Unavailable(404, "This link is broken", why) from None
    until = datetime.date.fromisoformat(day)
    if timezone.now().date() > until:
        why = f"It could be followed until {format_date(until)}. Ask for a new one."
        raise Unavailable(410, "This link has expired", why)
    row = apps.get_model(kind)._base_manager.filter(pk=number).first()
    if row is None or not has_page(row):
        raise Unavailable(410, "There is nothing here any more", "What this link led to was deleted.")
    return row, until


def describe(row: Entry | Proposal, until: datetime.date) -> Preview:
    """What the preview says of itself. Unavailable where a proposal is decided already."""
    if isinstance(row, Entry):
        return Preview(_WHAT[row.status], until, "")
    entry = apps.get_model(row.kind).objects.published().filter(slug=row.slug).first()
    address = entry.get_absolute_url() if entry else ""
    if row.status in (ProposalStatus.ACCEPTED, ProposalStatus.DECLINED):
        raise Unavailable(410, "This proposal is decided", f"It was {row.status}.", address)
    return Preview("a proposed change to a published entry" if entry else "a proposal", until, address)


@contextmanager
def public(row: Entry | Proposal) -> Iterator[Entry]:
    """The entry, or the one that the proposal makes, which everybody may see while this lasts. Nothing of it stays.

    Unavailable where the database takes no writing at present, and where the proposal cannot be written.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic())
            entry = applied(row) if isinstance(row, Proposal) else row
            type(entry)._base_manager.filter(pk=entry.pk).update(status=Status.PUBLISHED, publish_at=None)
        except (OperationalError, InternalError) as error:
            raise Unavailable(503, "No preview just now", "The database takes no writing. Try again later.") from error
        except Unwritable as error:
            why = "It breaks a rule, or does not fit the entry any more. The editors see why where they review it."
            raise Unavailable(409, "This proposal cannot be shown", why) from error
        yield entry
        transaction.set_rollback(True)
