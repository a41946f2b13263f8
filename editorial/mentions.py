"""Where an entry is named by its slug, and by no relation: in prose, and in the reading order."""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.documents import with_links
from core.models import Entry, Record
from editorial.changes import Changes
from editorial.models import ReadingStep


def follow(entry: Entry, slug: str) -> None:
    """Name the entry by its present slug wherever it is still named by the former one, `slug`."""
    changes = Changes()
    for row, column, text in prose(type(entry), slug, entry.slug):
        setattr(row, column.name, text)
        changes.update(row, column.name, *touched(row))
    if not steps([entry.get_absolute_url()]):
        for step in steps([address(type(entry), slug)]):
            step.address = entry.get_absolute_url()
            changes.update(step, "address")
    if changes:
        changes.write("")


def prose(kind: type[Entry], old: str, new: str) -> Iterator[tuple[Record, models.Field, str]]:
    """The rows that name an entry of the kind by the slug `old`, with the field and what it says with the `new` one."""
    pattern = settings.RECORD_MENTIONS.get(kind._meta.label_lower)
    if not pattern:
        return
    before, after = (pattern.format(slug=slug) for slug in (old, new))
    named = re.compile(rf"{re.escape(before)}(?![\w-])")
    for model in apps.get_models():
        texts = [column for column in model._meta.concrete_fields if isinstance(column, models.TextField)]
        if not texts or not issubclass(model, Record):
            continue
        holds = reduce(or_, (Q(**{f"{column.name}__contains": before}) for column in texts))
        for row in with_links(model).filter(holds).order_by("pk"):
            for column in texts:
                text = named.sub(after, getattr(row, column.name))
                if text != getattr(row, column.name):
                    yield row, column, text


def steps(addresses: list[str]) -> list[ReadingStep]:
    """The steps of the reading order that name an entry by one of its addresses."""
    return list(ReadingStep.objects.filter(address__in=addresses))


def address(kind: type[Entry], slug: str) -> str:
    return reverse(f"{kind._meta.model_name}_detail", args=[slug])


def touched(row: Record) -> list[str]:
    """What else is to be written of a row that changes: when an entry was last saved."""
    if not isinstance(row, Entry):
        return []
    row.updated_at = timezone.now()
    return ["updated_at"]
