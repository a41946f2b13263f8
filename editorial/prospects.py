"""What would become of entries if proposals were written upon them as they are now."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.apps import apps

from core.documents import document, documents, with_links
from core.models import Record
from editorial.changes import chunks
from editorial.models import Proposal
from editorial.rebasing import Conflict, Document, laid_upon, rebased, touched

Name = tuple[type[Record], str]


@dataclass
class Prospect:
    """A proposal laid upon the entry as it is now."""

    proposal: Proposal
    model: type[Record]
    # The entry as it stood when this was proposed, as it was proposed, as it is now, and as it would be.
    original: Document
    proposed: Document
    before: Document
    after: Document = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def lay(self, chosen: Mapping[str, str]) -> None:
        self.after, self.conflicts = rebased(self.original, self.proposed, self.before, chosen)

    @property
    def gone(self) -> bool:
        """Whether there is no entry any more."""
        return bool(self.proposal.base) and not self.before

    @property
    def moved(self) -> bool:
        """Whether the entry has changed since this was proposed."""
        return any(touched(self.original, self.before)) if self.original else bool(self.conflicts)

    @property
    def undecided(self) -> list[Conflict]:
        return [conflict for conflict in self.conflicts if conflict.choice is None]


def prospects(
    proposals: Iterable[Proposal], chosen: Mapping[str, str] | None = None, *, lock: bool = False
) -> list[Prospect]:
    """Each laid upon the entry as it is now, and upon those before it; reports are left out, which change nothing.

    `chosen` holds a `Choice` for the id of each conflict that is decided. `lock` keeps others from writing the entries
    until the transaction ends.
    """
    named = [(one, (apps.get_model(one.kind), one.slug)) for one in proposals if one.document]
    now = present((name for _, name in named), lock=lock)
    laid = []
    for proposal, name in named:
        before = now.get(name, [])
        laid.append(Prospect(proposal, name[0], *sides(proposal, before), before))
        laid[-1].lay(chosen or {})
        now[name] = laid[-1].after
    return laid


def present(names: Iterable[Name], *, lock: bool = False) -> dict[Name, Document]:
    """The entries as they are, in a few queries a kind."""
    slugs = defaultdict(set)
    for model, slug in names:
        slugs[model].add(slug)
    found = {}
    for model in sorted(slugs, key=lambda model: model._meta.label):
        for chunk in chunks(sorted(slugs[model])):
            rows = with_links(model).filter(**{f"{model.natural_key_fields[0]}__in": chunk}).order_by("pk")
            entries = list(rows.select_for_update(of=("self",)) if lock else rows)
            numbered = documents(entries)
            found |= {(model, entry.natural_key()[0]): numbered[entry.pk] for entry in entries}
    return found


def sides(proposal: Proposal, before: Document) -> tuple[Document, Document]:
    """The entry as the proposal found it, and as it would have it; `before` is the entry as it is.

    Old proposals hold neither whole. What they found is known only as long as the entry has not changed.
    """
    if proposal.original or not proposal.base:
        return proposal.original, proposal.document
    if before and digest_of(before) == proposal.base:
        return before, laid_upon(before, proposal.document)
    return [], proposal.document


def needed(laid: Iterable[Prospect]) -> set[str]:
    """The permissions without which the records in question cannot be written."""
    found = set()
    for one in laid:
        if one.proposal.merges:
            found.add("editorial.merge_entries")
        for (model, _), _, new in touched(one.before, one.after):
            verbs = ["delete"] if new is None else ["add", "change"]
            found |= {f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in verbs}
    return found


def digest(model: type[Record], slug: str) -> str:
    """What tells one version of an entry from another; "" where there is no such entry."""
    try:
        return digest_of(document(model._default_manager.get_by_natural_key(slug)))
    except model.DoesNotExist:
        return ""


def digest_of(document: Document) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
