"""What all parts of one import share."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from catalog.imports.names import visible
from catalog.imports.report import Report
from catalog.imports.rows import Row
from catalog.models import AIModel
from core.models import Record
from editorial.changes import Changes
from research.models import Source

# What an import's records in the history begin with: by it a later run knows its own hand.
REASON = "Import: "
UNCHANGED, UPDATED, CREATED, REFUSED = "unchanged", "updated", "created", "refused"


@dataclass
class Run:
    """One import of one edition of one source: what it plans to write, and what it has to tell."""

    source: Source
    edition: date
    report: Report = field(default_factory=Report)
    changes: Changes = field(default_factory=Changes)
    now: datetime = field(default_factory=timezone.now)
    # Whether the edition's date is known, or only that of the import.
    dated: bool = True

    def __post_init__(self):
        # The source carries the date of the newest edition that came in. What that says, an older one leaves, and so
        # does another file of the same date: else the two would overwrite each other for ever.
        newest = self.source.published
        self.older = bool(newest and newest > self.edition)
        self.settled = self.older or (self.dated and newest == self.edition)

    def is_ours(self, row: Record) -> bool:
        """Whether a citation or score comes from the run's source, which may be unsaved yet."""
        return row.source_id == self.source.pk if self.source.pk and row.pk else row.source is self.source

    def written_before(self, kind: type[Record]) -> set[int]:
        """The rows of the source that only imports have written: no person, and no fixture."""
        if self.source.pk is None:
            return set()
        past = kind.history.model.objects.filter(source=self.source.pk)
        mine = set(past.filter(history_change_reason__startswith=REASON).values_list("id", flat=True))
        # What a person saved, or restored, is that person's from then on.
        return mine - set(past.exclude(history_change_reason__startswith=REASON).values_list("id", flat=True))


@dataclass
class Taken:
    """A row, the entry that it is about, and what came of it so far."""

    row: Row
    model: AIModel
    outcome: str = UNCHANGED

    def change(self) -> None:
        if self.outcome == UNCHANGED:
            self.outcome = UPDATED


def cut(text: str, kind: type[Record], field: str) -> str:
    """`text` as long as the column can hold, and without characters that a database refuses."""
    text = visible(text)
    length = kind._meta.get_field(field).max_length
    return text if len(text) <= length else f"{text[: length - 1]}…"


def short(text: str, length: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
