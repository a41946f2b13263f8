"""Proposals: the one shape of all that waits. Each holds an entry whole, as it stood and as it would be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import Entry, Record, Status
from editorial import standards
from editorial.incoming import Incoming
from editorial.log import change
from editorial.merging import Merge, Unmergeable
from editorial.models import Act, Proposal, ProposalStatus
from editorial.prospects import Name, Prospect, digest_of, present, prospects, sides
from editorial.rebasing import (
    Choice,
    Document,
    alike,
    by_identity,
    entry_name,
    identity_of,
    laid_upon,
    rebased,
    touched,
    written,
)
from editorial.record_import import RecordImport, write_documents
from editorial.redirects import lead_on, taken_by

# What may still be decided, or handed in again.
OPEN = [ProposalStatus.WAITING, ProposalStatus.RETURNED]
GONE = "the entry was deleted, or has a new address, since this was proposed. Decline it, or propose it anew."
UNDECIDED = "the entry has changed since in what the proposal changes. Choose what is to stand."
OTHER = "it was handed in anew while you were reading. Look at it again, then decide."
ONE_MOVED = "one of the two was changed or is gone since this merge was proposed. Decline it, and propose it anew."
MERGED_ALONE = "a merge is decided by itself, not together with others."
TAKEN = "another entry has the new address, or had it once."


class Unwritable(Exception):
    """A proposal that cannot be written upon the entry as it is now; `problems` say why."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


# Making them


def propose(batch: RecordImport, reason: str, user: AbstractBaseUser | None = None) -> list[Proposal]:
    """One proposal for each entry that the planned `batch` would change. What waits already is not proposed again."""
    stated = defaultdict(list)
    for one in batch.incoming:
        if not one.implied >= one.fields.keys():
            # What only follows will follow again when this is accepted.
            stated[batch.owner(one)].append(_record(one))
    now = present((model, key[0]) for model, key in stated)
    made = []
    with transaction.atomic():
        for (model, key), records in stated.items():
            original = now.get((model, key[0]), [])
            title, proposed = batch.title(model, key), laid_upon(original, records)
            made.append(propose_document(model, key[0], title, proposed, original, reason, user))
    return list(filter(None, made))


def propose_document(
    kind: type[Record], slug: str, title: str, document: Document, original: Document, reason: str, user: Any = None
) -> Proposal | None:
    """Let what makes `document` of `original`, the entry as it is, wait for a reviewer.

    None where it would change nothing, or waits already. `original` is [] where there is no entry yet.
    """
    if alike(document, original):
        return None
    proposal = Proposal(kind=kind._meta.label_lower, slug=slug, title=title, created_by=user)
    _state(proposal, document, original, reason)
    for waiting in Proposal.objects.waiting().filter(kind=proposal.kind, slug=slug, token="", merges=""):
        merged, conflicts = rebased(*sides(waiting, original), original, {})
        if not conflicts and alike(merged, document):
            return None
    proposal.save()
    return proposal


def _record(one: Incoming) -> dict:
    """The record as the files state it."""
    fields = {name: value for name, value in one.fields.items() if name not in one.implied}
    return {"model": one.model._meta.label_lower, "fields": fields}


def _state(proposal: Proposal, document: Document, original: Document, reason: str) -> None:
    proposal.document, proposal.original = document, original
    proposal.reason = reason[: Proposal._meta.get_field("reason").max_length]
    proposal.base = digest_of(original) if original else ""


# Deciding


def may_decide(user: Any, proposal: Proposal) -> bool:
    """Whoever reviews decides, but on their own proposals only if they may publish alone."""
    own = proposal.created_by_id is not None and proposal.created_by_id == user.pk
    return user.has_perm("editorial.review_entry") and (not own or user.has_perm("editorial.publish_alone"))


def accept(
    proposals: Iterable[Proposal], user: AbstractBaseUser, answer: str = "", chosen: Mapping[str, str] | None = None
) -> RecordImport:
    """Write them all upon the entries as they are now, or none: the batch's `problems` tell which.

    None is written that says something else by now than what the caller holds. Where the entry has changed in the
    same place, `chosen` must hold a `Choice` by the conflict's id.
    """
    with transaction.atomic():
        # Locked, so that nobody decides them meanwhile.
        held = {proposal.pk: proposal.document for proposal in proposals}
        found = list(Proposal.objects.filter(pk__in=held).order_by("pk").select_for_update(of=("self",)))
        laid = prospects(found, chosen, lock=True)
        refused = RecordImport()
        for proposal in found:
            if proposal.status != ProposalStatus.WAITING:
                refused.tell(str(proposal), f"it is {proposal.get_status_display().lower()} already.")
            elif not alike(proposal.document, held[proposal.pk]):
                refused.tell(str(proposal), OTHER)
            elif proposal.merges and len(found) > 1:
                refused.tell(str(proposal), MERGED_ALONE)
        for one in laid:
            if one.proposal.merges:
                continue
            if one.gone:
                refused.tell(one.proposal.title, GONE)
            elif one.undecided:
                refused.tell(one.proposal.title, UNDECIDED)
        if refused.problems:
            return refused
        reasons = {proposal.reason for proposal in found}
        reason = f"Proposal: {reasons.pop()}" if len(reasons) == 1 else "Proposals"
        alone = any(one.created_by_id == user.pk for one in found)
        if any(proposal.merges for proposal in found):
            batch = _merge(found[0], reason, user, alone=alone)
        else:
            batch = _write(laid, reason, user, alone=alone)
        if not batch.problems:
            decide(found, ProposalStatus.ACCEPTED, user, answer)
    return batch


def _merge(proposal: Proposal, reason: str, user: Any, *, alone: bool) -> RecordImport:
    """Merge the two entries, if they are as they were when that was proposed."""
    batch, merge = RecordImport(), Merge.proposed(proposal)
    if merge is None or merge.base != proposal.base or merge.undecided():
        batch.tell(proposal.title, ONE_MOVED)
        return batch
    try:
        merge.write(reason, user, alone=alone)
    except Unmergeable as error:
        for problem in error.problems:
            batch.tell(proposal.title, problem)
    return batch


def applied(proposal: Proposal, number: int = -1) -> Record:
    """The entry after the proposal is written upon it as it is now, with what is proposed wherever both have changed.

    For a look at it: the caller rolls the transaction back, and rules across rows are not checked. New rows are
    numbered from `number` down by their place in the proposal, so they are the same the next time. Raises Unwritable.
    """
    laid = prospects([proposal])
    places = {identity: number - place for place, identity in enumerate(by_identity(proposal.document))}
    for one in laid:
        if one.gone:
            raise Unwritable([GONE])
        one.lay({conflict.id: Choice.PROPOSED for conflict in one.conflicts})
    batch = _write(laid, proposal.reason, rules=False, number=lambda row: places.get(identity_of(row.model, row.key)))
    if batch.problems:
        raise Unwritable(list(map(str, batch.problems)))
    slug = next((entry_name(one.after) for one in laid), proposal.slug)
    return apps.get_model(proposal.kind)._default_manager.get_by_natural_key(slug)


def _write(
    laid: Iterable[Prospect],
    reason: str,
    user: Any = None,
    *,
    alone: bool = False,
    rules: bool = True,
    number: Callable[[Incoming], int | None] | None = None,
) -> RecordImport:
    """Make the entries what they are to be, as one change."""
    whole: dict[Name, tuple[Document, Document]] = {}
    for one in laid:
        name = one.model, one.proposal.slug
        whole[name] = whole.get(name, (one.before,))[0], one.after
    whole = {name: sides for name, sides in whole.items() if any(touched(*sides))}
    try:
        with change(reason, user, Act.ACCEPTED, alone=alone):
            for (model, slug), (before, after) in whole.items():
                if before and entry_name(after) != slug:
                    _rename(model, slug, entry_name(after))
            stated = {f"{model._meta.verbose_name} {slug}": _stated(*sides) for (model, slug), sides in whole.items()}
            batch = write_documents(stated, reason, user, Act.ACCEPTED, rules=rules, number=number)
            if rules and not batch.problems:
                _hold_to_standards(whole, batch)
            if batch.problems:
                transaction.set_rollback(True)
    except IntegrityError:
        # Only a new address can be refused here.
        batch = RecordImport()
        batch.tell(", ".join(one.proposal.title for one in laid), TAKEN)
    return batch


def _hold_to_standards(whole: Mapping[Name, tuple[Document, Document]], batch: RecordImport) -> None:
    """Tell what stands against publishing the entries that these documents have made public."""
    for (model, _), (before, after) in whole.items():
        if _is_public(after) and not _is_public(before):
            entry = model._default_manager.get_by_natural_key(entry_name(after))
            for problem in standards.against(standards.problems(entry)):
                batch.tell(str(entry), problem)


def _is_public(document: Document) -> bool:
    return any(record["fields"].get("status") == Status.PUBLISHED for record in document)


def _rename(model: type[Record], slug: str, new: str) -> None:
    """Give the entry its new address, to which the old one leads. IntegrityError where another has it, or had it."""
    entry = model._default_manager.get_by_natural_key(slug)
    other = taken_by(model, new)
    if other and other != entry:
        raise IntegrityError(f"{new} leads to {other}")
    setattr(entry, model.natural_key_fields[0], new)
    entry.save()
    if isinstance(entry, Entry):
        lead_on(entry, slug)


def _stated(before: Document, after: Document) -> Document:
    """What is to be written: of records that are there already, only what changes."""
    records = written(before, after)
    for record in records if before else ():
        if issubclass(apps.get_model(record["model"]), Entry):
            record["fields"].setdefault("updated_at", timezone.now().isoformat())
    return records


def send_back(proposals: Iterable[Proposal], user: AbstractBaseUser, answer: str) -> int:
    """Return those that wait to whoever made them, and say why; how many those were. Readers' reports stay."""
    if not answer.strip():
        raise ValueError("Say what is to be changed.")
    return decide((one for one in proposals if not one.is_report), ProposalStatus.RETURNED, user, answer)


def decide(proposals: Iterable[Proposal], status: ProposalStatus, user: AbstractBaseUser, answer: str = "") -> int:
    """Mark those that still wait; how many those were. Whoever made them is told `answer`."""
    waiting = Proposal.objects.waiting().filter(pk__in=[proposal.pk for proposal in proposals])
    return waiting.update(status=status, decided_at=timezone.now(), decided_by=user, answer=answer)


def resubmit(proposal: Proposal, document: Document, original: Document, reason: str) -> bool:
    """Let it wait in a new version, as if it were made now; False where it is decided by now."""
    _state(proposal, document, original, reason)
    proposal.status, proposal.created_at = ProposalStatus.WAITING, timezone.now()
    proposal.decided_at = proposal.decided_by = None
    names = ["document", "original", "base", "reason", "status", "created_at", "decided_at", "decided_by"]
    still = Proposal.objects.filter(pk=proposal.pk, status__in=OPEN)
    return bool(still.update(**{name: getattr(proposal, name) for name in names}))


def withdraw(proposal: Proposal, user: AbstractBaseUser) -> bool:
    """Its author takes it back, which counts as declined by themselves; False where it is decided, or not theirs."""
    own = Proposal.objects.filter(pk=proposal.pk, created_by=user, status__in=OPEN)
    return bool(own.update(status=ProposalStatus.DECLINED, decided_at=timezone.now(), decided_by=user))
