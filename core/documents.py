"""An entry as a document: its own record and those of its parts, as a fixture would hold them."""

import json
from collections.abc import Collection, Iterable, Iterator

from django.core import serializers
from django.db import models

from core.models import Record
from core.tags import Tags


def document(entry: Record) -> list[dict]:
    """The records of the entry and of all that goes with it."""
    return documents([entry])[entry.pk]


def documents(entries: Collection[Record]) -> dict[int, list[dict]]:
    """The same for entries of one kind, by their numbers, in as many queries as for one if they come `with_links`."""
    rows = {entry.pk: [entry] for entry in entries}
    for kind in {type(entry) for entry in entries}:
        for part, name in parts(kind):
            for row in with_links(part).filter(**{f"{name}__in": rows}):
                rows[getattr(row, f"{name}_id")].append(row)
    return {number: records(own) for number, own in rows.items()}


def records(rows: Iterable[Record]) -> list[dict]:
    """Rows as a fixture holds them."""
    # As JSON and back: what a document holds must survive being written.
    return json.loads(serializers.serialize("json", rows))


def with_relations(model: type[Record]) -> models.QuerySet:
    """All rows, each with what it refers to: a natural key names it."""
    relations = [column.name for column in model._meta.concrete_fields if column.is_relation]
    return model._base_manager.select_related(*relations)


def with_links(model: type[Record]) -> models.QuerySet:
    """Likewise, and with its tags and all that plain many-to-many fields lead to."""
    links = [
        column.name
        for column in model._meta.many_to_many
        if isinstance(column, Tags) or column.remote_field.through._meta.auto_created
    ]
    return with_relations(model).prefetch_related(*links)


def parts(owner: type[Record]) -> Iterator[tuple[type[Record], str]]:
    """The kinds of records that go with an entry, each with its relation to it. Tags stand on the entry itself."""
    tagged = {column.remote_field.through for column in owner._meta.many_to_many if isinstance(column, Tags)}
    for relation in owner._meta.related_objects:
        part = relation.related_model
        goes_along = getattr(relation, "on_delete", None) is models.CASCADE and issubclass(part, Record)
        if goes_along and part not in tagged and relation.field == owner_column(part):
            yield part, relation.field.name


def made_of(kind: type[Record]) -> list[tuple[type[Record], str]]:
    """The kind itself, its parts and the links to its tags, each with the way to the entry."""
    tags = [column for column in kind._meta.many_to_many if isinstance(column, Tags)]
    links = [(column.remote_field.through, "content_object") for column in tags]
    return [(kind, "pk"), *parts(kind), *links]


def owner_column(model: type[Record]) -> models.ForeignKey | None:
    """The relation by which a part names the entry that it goes with; None where it stands for itself."""
    column = model._meta.get_field(model.natural_key_fields[0].split("__")[0])
    return column if column.is_relation else None
