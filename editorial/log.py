"""The log of changes: what is written under `change` is one, with its author, its reason and the entries it touched."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from core.documents import owner_column
from core.history import Writing, Written, current_writing, writing
from core.models import Record
from editorial.models import Act, Change, ChangedEntry, Fate


@contextmanager
def change(reason: str = "", user: Any = None, act: Act = Act.EDITED, *, alone: bool = False) -> Iterator[Writing]:
    """All or nothing, as one change. Within another it is a part of that one.

    Where nothing is written, or all is taken back, none is logged.
    """
    with transaction.atomic():
        if outer := current_writing():
            with writing(reason or outer.reason, user or outer.user, outer) as inner:
                yield inner
            return
        with writing(reason, user) as current:
            yield current
        if current.rows and not connection.needs_rollback:
            logged = Change.objects.create(id=current.id, author=current.user, act=act, alone=alone, reason=reason)
            ChangedEntry.objects.bulk_create(_touched(logged, current.rows), batch_size=500)


def _touched(change: Change, rows: Iterable[Written]) -> Iterator[ChangedEntry]:
    """The entries that the rows are, or are parts of."""
    own: dict[tuple[type[Record], int], list[Written]] = defaultdict(list)
    for written in rows:
        if column := owner_column(written.kind):
            own.setdefault((column.related_model, getattr(written.row, column.attname)), [])
        else:
            own[written.kind, written.number].append(written)
    names = _names(key for key, found in own.items() if not found)
    for (kind, number), found in own.items():
        hows = [written.how for written in found]
        fate = Fate.REMOVED if "-" in hows else Fate.ADDED if "+" in hows else Fate.CHANGED
        named = found[-1].instance if found else names.get((kind, number))
        if named:
            slug = str(named.natural_key()[0])[:250]
            yield ChangedEntry(
                change=change, kind=kind._meta.label_lower, row=number, slug=slug, title=str(named)[:250], fate=fate
            )


def _names(keys: Iterable[tuple[type[Record], int]]) -> dict[tuple[type[Record], int], Record]:
    """The rows of which parts alone were written, as far as they are there, in a query for each kind."""
    numbers: dict[type[Record], list[int]] = defaultdict(list)
    for kind, number in keys:
        numbers[kind].append(number)
    return {
        (kind, number): row
        for kind, wanted in numbers.items()
        for number, row in kind._base_manager.in_bulk(wanted).items()
    }
