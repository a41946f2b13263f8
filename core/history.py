"""The history of rows, and which of its entries were written together: everything written under one `Writing`."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

# What the column of simple-history holds.
LONGEST_REASON = 100


class Written(NamedTuple):
    """A row that was added (+), changed (~) or removed (-): as it is, or as an entry of its history.

    The number is kept by itself: what is deleted later has none any more.
    """

    kind: type[models.Model]
    number: int
    row: models.Model
    how: str

    @property
    def instance(self) -> models.Model:
        return self.row.instance if isinstance(self.row, PastRow) else self.row


@dataclass
class Writing:
    """What is being written at present, by whom and why; `rows` are those that its entries of the history are of."""

    reason: str = ""
    user: Any = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    rows: list[Written] = field(default_factory=list)


_current: ContextVar[Writing | None] = ContextVar("writing", default=None)


def current_writing() -> Writing | None:
    return _current.get()


@contextmanager
def writing(reason: str = "", user: Any = None, outer: Writing | None = None) -> Iterator[Writing]:
    """All that is saved within belongs together, with what `outer` wrote; reason and author go into the history."""
    token = _current.set(Writing(reason, user, outer.id, outer.rows) if outer else Writing(reason, user))
    try:
        yield _current.get()
    finally:
        _current.reset(token)


class PastRow(models.Model):
    """An entry in the history of a row, and the change that it is part of."""

    change = models.UUIDField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        # The library offers no other way to fill a column of one's own but a signal.
        if current := current_writing():
            self.sign(current)
        super().save(*args, **kwargs)

    def sign(self, current: Writing) -> None:
        """Make it part of what is being written."""
        self.change = current.id
        self.history_change_reason = self.history_change_reason or current.reason[:LONGEST_REASON]
        self.history_user = self.history_user or current.user
        current.rows.append(Written(self.instance_type, self.id, self, self.history_type))
