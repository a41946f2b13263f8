"""Two entries of a kind made into one: one stays with what both say, the other goes, and all that led to it moves."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core.documents import document, owner_column, parts, with_links
from core.history import writing
from core.models import Entry, Record, Status
from core.tags import Tags
from editorial.changes import remember
from editorial.log import change
from editorial.models import Act, Proposal
from editorial.pointers import Pointers, relations
from editorial.prospects import digest_of
from editorial.rebasing import Choice, Conflict, Document, alike, written
from editorial.record_import import write_documents
from editorial.redirects import lead_from
from editorial.uniting import Union, united

UNKNOWN = "One choice is neither of the two: choose again."
UNSEEN = "Something to choose came up while you were reading. Look at it, then merge."
CLASH = "The database refused it: something came in meanwhile that points at one of the two. Try it again."
REMEMBERED = "As it stood before a merge"


class Unmergeable(Exception):
    """Why two entries are not merged; nothing is written. `problems` are words for an editor."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class Merge:
    """`goes` merged into `stays`. `chosen` holds a `Choice` by the conflict's id: PROPOSED is what goes."""

    def __init__(self, stays: Entry, goes: Entry, chosen: Mapping[str, str] | None = None):
        self.stays, self.goes, self.chosen = stays, goes, chosen or {}
        self.kind = type(stays)
        self.label = self.kind._meta.label_lower

    @classmethod
    def proposed(cls, proposal: Proposal) -> "Merge | None":
        """The merge that a proposal is about; None where one of the two is gone."""
        rows = {row.slug: row for row in with_links(apps.get_model(proposal.kind)).filter(slug__in=names(proposal))}
        stays, goes = (rows.get(name) for name in names(proposal))
        return cls(stays, goes, proposal.choices) if stays and goes else None

    # What it comes to

    @cached_property
    def original(self) -> Document:
        return document(self.stays)

    @cached_property
    def gone(self) -> Document:
        return document(self.goes)

    @cached_property
    def union(self) -> Union:
        return united(self.original, self.gone, self.chosen)

    @cached_property
    def pointers(self) -> Pointers:
        return Pointers(self.stays, self.goes, self.chosen)

    @property
    def conflicts(self) -> list[Conflict]:
        return [*self.union.conflicts, *self.pointers.conflicts]

    @property
    def base(self) -> str:
        """What tells one state of the two from another."""
        return digest_of([*self.original, *self.gone])

    @property
    def is_public(self) -> bool:
        """Whether readers see what it changes."""
        return Status.PUBLISHED in (self.stays.status, self.goes.status)

    def obstacles(self) -> list[str]:
        """What stands against it, in words."""
        found = []
        if self.goes.status == Status.PUBLISHED and self.stays.status != Status.PUBLISHED:
            found.append(f"“{self.goes}” is published and “{self.stays}” is not: let the published one stay.")
        if any(choice not in Choice.values for choice in self.chosen.values()):
            found.append(UNKNOWN)
        return found

    def undecided(self) -> list[str]:
        """Whether there is something to choose on which nothing was said."""
        return [] if {conflict.id for conflict in self.conflicts} <= self.chosen.keys() else [UNSEEN]

    # Writing it

    def write(self, reason: str, user: Any = None, *, alone: bool = False) -> None:
        """All or nothing, as one change. Raises Unmergeable."""
        if problems := self.obstacles():
            raise Unmergeable(problems)
        try:
            with transaction.atomic():
                self._remember()
                with change(reason, user, Act.MERGED, alone=alone):
                    self._write(reason, user)
        except DatabaseError as error:
            raise Unmergeable([CLASH]) from error

    def _remember(self) -> None:
        """Record how all that is about to change stands, where history does not say it yet."""
        rows = [self.stays, self.goes, *self._parts(self.stays), *self._parts(self.goes), *self._as_they_are()]
        with writing(REMEMBERED):
            for _, same in groupby(sorted(rows, key=_kind), _kind):
                remember(list(same))

    def _as_they_are(self) -> Iterator[Record]:
        for _, same in groupby(sorted(self.pointers.rows(), key=_kind), _kind):
            same = list(same)
            yield from type(same[0])._base_manager.in_bulk([row.pk for row in same]).values()

    def _parts(self, entry: Entry) -> Iterator[Record]:
        links = [column.remote_field.through for column in self.kind._meta.many_to_many if isinstance(column, Tags)]
        for part, name in [*parts(self.kind), *((link, "content_object") for link in links)]:
            yield from part._base_manager.filter(**{name: entry})

    def _write(self, reason: str, user: Any) -> None:
        after, moved = self.union.document, list(self.pointers.changes.rows())
        for row in self.pointers.left:
            row.delete()
        self._detach()
        self.pointers.changes.write(reason, user)
        lead_from(self.goes, self.stays)
        self.goes.delete()
        records = written(document(with_links(self.kind).get(pk=self.stays.pk)), after)
        records[0]["fields"]["updated_at"] = timezone.now().isoformat()
        problems = [str(problem.reason) for problem in write_documents({"merge": records}, reason, user).problems]
        fresh = [row for kind, rows in _by_kind(moved).items() for row in kind._base_manager.in_bulk(rows).values()]
        problems += [words for rule in map(import_string, settings.RECORD_RULES) for _, words in rule(fresh)]
        if problems:
            raise Unmergeable(list(dict.fromkeys(problems)))

    def _detach(self) -> None:
        """What stays, and its parts, no longer point at what goes."""
        for column in relations(self.kind):
            owner = owner_column(column.model)
            if column.model is self.kind and not column.many_to_many:
                if getattr(self.stays, column.attname) == self.goes.pk:
                    setattr(self.stays, column.name, None)
                    self.pointers.changes.update(self.stays, column.name)
            elif owner and owner.related_model is self.kind:
                for row in column.model._base_manager.filter(**{owner.name: self.stays, column.name: self.goes}):
                    row.delete()


def names(proposal: Proposal) -> tuple[str, str]:
    """The slugs of the entry that stays and of the one that goes."""
    return proposal.slug, proposal.merges


def propose_merge(merge: Merge, reason: str, user: Any) -> Proposal | None:
    """Let the merge wait for a reviewer; None where the same waits already. Raises Unmergeable."""
    if problems := merge.obstacles():
        raise Unmergeable(problems)
    choices = {conflict.id: conflict.choice for conflict in merge.conflicts}
    proposal = Proposal(
        kind=merge.label,
        slug=merge.stays.slug,
        merges=merge.goes.slug,
        title=str(merge.stays),
        document=merge.union.document,
        original=merge.original,
        base=merge.base,
        choices=choices,
        reason=reason[: Proposal._meta.get_field("reason").max_length],
        created_by=user,
    )
    for waiting in Proposal.objects.waiting().filter(kind=merge.label, slug=proposal.slug, merges=proposal.merges):
        if waiting.choices == choices and alike(waiting.document, proposal.document):
            return None
    proposal.save()
    return proposal


def _kind(row: Record) -> str:
    return row._meta.label_lower


def _by_kind(rows: list[Record]) -> dict[type[Record], list[int]]:
    return {type(row): [other.pk for other in rows if type(other) is type(row)] for row in rows}
