"""What the page on which proposals are reviewed says of each of them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.urls import reverse

from editorial.differences import Words, compare
from editorial.merging import Merge
from editorial.models import ChangedEntry, Proposal
from editorial.past import Difference
from editorial.proposals import OPEN
from editorial.prospects import Prospect
from editorial.rebasing import Choice, Conflict, touched

# Entries whose differences a page spells out.
SPELT_OUT = 200
# What the names of the form's choices begin with; the id of the conflict follows.
CHOICE = "choice-"


@dataclass
class Decision:
    """A conflict in words, and what may be chosen: each side with its value."""

    conflict: Conflict
    label: str
    original: str
    sides: list[tuple[Choice, str]]

    @property
    def name(self) -> str:
        return f"{CHOICE}{self.conflict.id}"


@dataclass
class Section:
    """One proposal: what it changes, what happened to the entry meanwhile, and what is to be chosen."""

    proposal: Proposal
    kind: str
    differences: list[Difference] = field(default_factory=list)
    meanwhile: list[Difference] = field(default_factory=list)
    since: list[ChangedEntry] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    gone: bool = False
    # What is to be merged into the entry, and whether both are as they were when that was proposed.
    merge: Merge | None = None
    stands: bool = True
    # Whether its author is looking at it, and where they go on editing it.
    own: bool = False
    editing: str = ""


def sections(proposals: list[Proposal], laid: list[Prospect], user: Any) -> dict[str, Any]:
    """`sections` for the first of them, those with something to choose before the others; how many the `rest` is."""
    by_number = {one.proposal.pk: one for one in laid}
    shown = sorted(proposals, key=lambda one: not (one.pk in by_number and by_number[one.pk].conflicts))[:SPELT_OUT]
    rows = _rows(shown)
    looked_at = [(proposal, by_number.get(proposal.pk) or _as_proposed(proposal)) for proposal in shown]
    words = Words(*(side for _, one in looked_at for side in (one.original, one.proposed, one.before)))
    since = _since(shown, rows)
    found = []
    for proposal, one in looked_at:
        section = Section(proposal, str(one.model._meta.verbose_name), gone=one.gone and proposal.pk in by_number)
        if one.moved and not section.gone:
            section.since = since[proposal.pk]
            section.meanwhile = compare(one.original, one.before, words) if one.original else []
            section.decisions = [_decision(conflict, words) for conflict in one.conflicts]
        if one.original and (one.moved or section.gone):
            section.differences = compare(one.original, one.proposed, words)
        else:
            section.differences = compare(one.before, one.proposed if section.gone else one.after, words)
        section.own = proposal.created_by_id == user.pk and proposal.status in OPEN
        number = rows.get((proposal.kind, proposal.slug))
        if proposal.merges and proposal.status in OPEN:
            section.merge = Merge.proposed(proposal)
            section.stands = section.merge is not None and section.merge.base == proposal.base
        if section.own and number and not proposal.merges:
            section.editing = f"{reverse(_change(proposal), args=[number])}?proposal={proposal.pk}"
        found.append(section)
    return {"sections": found, "rest": len(proposals) - len(found)}


def counts(laid: Iterable[Prospect]) -> dict[str, int]:
    """Records by what becomes of them."""
    found = {"created": 0, "changed": 0, "deleted": 0}
    for one in laid:
        for _, old, new in touched(one.before, one.after):
            found["created" if old is None else "deleted" if new is None else "changed"] += 1
    return found


def chosen(data: Mapping[str, str]) -> dict[str, str]:
    """What a sent form chooses, by the conflict's id."""
    return {name.removeprefix(CHOICE): value for name, value in data.items() if name.startswith(CHOICE)}


def seen(laid: Iterable[Prospect]) -> str:
    """What tells whether the page still says the same: nobody decides on what they did not see."""
    said = json.dumps([[one.proposal.pk, one.proposal.document, one.before] for one in laid], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _as_proposed(proposal: Proposal) -> Prospect:
    """One that is decided, or a reader's report: it is told as it was made, whatever became of the entry."""
    original, proposed = proposal.original, proposal.document
    return Prospect(proposal, apps.get_model(proposal.kind), original, proposed, original, after=proposed)


def _decision(conflict: Conflict, words: Words) -> Decision:
    label, original, now, proposed = words.conflict(conflict)
    return Decision(conflict, label, original, [(Choice.NOW, now), (Choice.PROPOSED, proposed)])


def _rows(proposals: Iterable[Proposal]) -> dict[tuple[str, str], int]:
    """The numbers of the entries that are there, in a query a kind."""
    slugs = defaultdict(set)
    for proposal in proposals:
        slugs[proposal.kind].add(proposal.slug)
    found = {}
    for kind, wanted in slugs.items():
        model = apps.get_model(kind)
        path = model.natural_key_fields[0]
        rows = model._base_manager.filter(**{f"{path}__in": wanted}).values_list(path, "pk")
        found |= {(kind, slug): number for slug, number in rows}
    return found


def _since(proposals: Iterable[Proposal], rows: dict[tuple[str, str], int]) -> dict[int, list[ChangedEntry]]:
    """The changes of each entry after it was proposed to change it, the oldest first."""
    numbers, found = defaultdict(set), defaultdict(list)
    for (kind, _), number in rows.items():
        numbers[kind].add(number)
    oldest = min((proposal.created_at for proposal in proposals), default=None)
    logged = defaultdict(list)
    for kind, wanted in numbers.items():
        touched = ChangedEntry.objects.filter(kind=kind, row__in=wanted, change__at__gt=oldest)
        for entry in touched.select_related("change__author"):
            logged[kind, entry.row].append(entry)
    for proposal in proposals:
        entries = logged[proposal.kind, rows.get((proposal.kind, proposal.slug))]
        found[proposal.pk] = [entry for entry in entries if entry.change.at > proposal.created_at]
    return found


def _change(proposal: Proposal) -> str:
    return f"admin:{proposal.kind.replace('.', '_')}_change"
