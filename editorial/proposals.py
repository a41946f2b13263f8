"""Proposals made from records, shown as differences, and decided."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from core.documents import document
from core.models import Record
from editorial.models import Proposal, ProposalStatus
from editorial.record_import import Incoming, RecordImport

STALE = "the entry has changed since this was proposed. Decline it, or propose it anew."


def propose(batch: RecordImport, reason: str, user: AbstractBaseUser | None = None) -> list[Proposal]:
    """One proposal for each entry that the planned `batch` would change. What waits already is not proposed again."""
    records = defaultdict(list)
    changed = set()
    for one in batch.incoming:
        if one.implied >= one.fields.keys():
            # It follows, and will follow again when this is accepted.
            continue
        owner = batch.owner(one)
        records[owner].append(_record(one))
        if one.new or any(name not in one.implied for name, _, _ in one.diff):
            changed.add(owner)
    made = []
    with transaction.atomic():
        for (model, key), document in records.items():
            if (model, key) not in changed:
                continue
            proposal = Proposal(
                kind=model._meta.label_lower,
                slug=key[0],
                title=batch.title(model, key),
                document=document,
                base=digest(model, key[0]),
                reason=reason[:100],
                created_by=user,
            )
            if not _waits(proposal):
                proposal.save()
                made.append(proposal)
    return made


def _waits(proposal: Proposal) -> bool:
    """Whether the same is proposed already."""
    same = Proposal.objects.waiting().filter(kind=proposal.kind, slug=proposal.slug, base=proposal.base)
    return any(_comparable(waiting.document) == _comparable(proposal.document) for waiting in same)


def _comparable(document: list[dict]) -> list[dict]:
    # PostgreSQL returns the float 3.29e24 as an int.
    return json.loads(json.dumps(document), parse_int=float)


def _record(one: Incoming) -> dict:
    """The record as the files state it."""
    fields = {name: value for name, value in one.fields.items() if name not in one.implied}
    return {"model": one.model._meta.label_lower, "fields": fields}


def digest(model: type[Record], slug: str) -> str:
    """What tells one version of an entry from another; "" where there is no such entry."""
    try:
        entry = model._default_manager.get_by_natural_key(slug)
    except model.DoesNotExist:
        return ""
    return hashlib.sha256(json.dumps(document(entry), sort_keys=True).encode()).hexdigest()


def is_stale(proposal: Proposal) -> bool:
    """Whether the entry has changed since the proposal was made. A report overwrites nothing, whatever it was about."""
    return not proposal.is_report and digest(apps.get_model(proposal.kind), proposal.slug) != proposal.base


def planned(proposals: Iterable[Proposal]) -> RecordImport:
    """What the proposals would change now, all together."""
    batch = RecordImport()
    for proposal in proposals:
        batch.read(f"{proposal.slug}.json", json.dumps(proposal.document))
    batch.plan()
    return batch


def accept(proposals: Iterable[Proposal], user: AbstractBaseUser, answer: str = "") -> RecordImport:
    """Write them all, or none: the batch's `problems` tell which."""
    with transaction.atomic():
        # Locked, so that nobody decides them meanwhile.
        numbers = [proposal.pk for proposal in proposals]
        found = Proposal.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",))
        waiting = [proposal for proposal in found if proposal.status == ProposalStatus.WAITING]
        batch = planned(waiting)
        for proposal in found:
            if proposal.status != ProposalStatus.WAITING:
                batch.tell(str(proposal), f"it is {proposal.status} already.")
            elif is_stale(proposal):
                batch.tell(str(proposal), STALE)
        reasons = {proposal.reason for proposal in waiting}
        batch.write(f"Proposal: {reasons.pop()}" if len(reasons) == 1 else "Proposals", user)
        if not batch.problems:
            decide(waiting, ProposalStatus.ACCEPTED, user, answer)
    return batch


def decide(proposals: Iterable[Proposal], status: ProposalStatus, user: AbstractBaseUser, answer: str = "") -> int:
    """Mark those that still wait; how many those were. Readers among their authors are told `answer`."""
    waiting = Proposal.objects.waiting().filter(pk__in=[proposal.pk for proposal in proposals])
    return waiting.update(status=status, decided_at=timezone.now(), decided_by=user, answer=answer)


def propose_document(
    kind: type[Record],
    slug: str,
    title: str,
    document: list[dict],
    original: list[dict],
    reason: str,
    user: AbstractBaseUser,
) -> Proposal | None:
    """STAND-IN until the branch pending is merged."""
    if document == original:
        return None
    return Proposal.objects.create(
        kind=kind._meta.label_lower,
        slug=slug,
        title=title,
        document=document,
        original=original,
        base=digest(kind, slug),
        reason=reason,
        created_by=user,
    )
