"""An entry as a document: its own record and those of its parts, as a fixture would hold them."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from django.core import serializers
from django.db import models
from django.db.models import Prefetch

from core.models import Entry, Record
from core.tags import Tags


def document(entry: Record) -> list[dict]:
    """The records of the entry and of all that goes with it."""
    return documents([entry])[entry.pk]


def documents(entries: Collection[Record]) -> dict[int, list[dict]]:
    """The same for entries of one kind, by their numbers, in as many queries as for one if they come `with_links`."""
    return {number: records(rows) for number, rows in _whole(entries, with_links).items()}


def public_documents(kind: type[Record], numbers: Iterable[int]) -> dict[int, list[dict]]:
    """The documents of those that are published, as readers see them: nothing in them tells of what is not.

    Parts about what is hidden are left out, relations to it are empty. As many queries for many as for one.
    """
    return {
        number: public_records(rows)
        for number, rows in _whole(public_rows(kind).filter(pk__in=numbers), public_rows).items()
    }


def _whole(entries: Iterable[Record], rows_of: Callable[[type[Record]], models.QuerySet]) -> dict[int, list[Record]]:
    """Each entry and its parts, by the entry's number."""
    rows = {entry.pk: [entry] for entry in entries}
    for kind in {type(own) for own, *_ in rows.values()}:
        for part, name in parts(kind):
            for row in rows_of(part).filter(**{f"{name}__in": rows}):
                rows[getattr(row, f"{name}_id")].append(row)
    return rows


def records(rows: Iterable[Record], fields: Collection[str] | None = None) -> list[dict]:
    """Rows as a fixture holds them, with all or some of their fields."""
    # As JSON and back: what a document holds must survive being written.
    return json.loads(serializers.serialize("json", rows, fields=fields))


def public_records(rows: Iterable[Record]) -> list[dict]:
    """Likewise rows that come from `public_rows`, without their relations to what is hidden."""
    rows = list(rows)
    for row in rows:
        for column in row._meta.concrete_fields:
            target = row._state.fields_cache.get(column.name) if column.is_relation else None
            if isinstance(target, Entry) and not target.is_public:
                setattr(row, column.name, None)
    return records(rows)


def with_relations(model: type[Record]) -> models.QuerySet:
    """All rows, each with what it refers to: a natural key names it."""
    return model._base_manager.select_related(*_relations(model))


def with_links(model: type[Record]) -> models.QuerySet:
    """Likewise, and with its tags and all that plain many-to-many fields lead to."""
    return with_relations(model).prefetch_related(*(column.name for column in links(model)))


def public_rows(model: type[Record]) -> models.QuerySet:
    """The rows that readers see, likewise, and of what they are linked with what readers see as well.

    In the order in which they were entered, for it is shown where nothing else orders them: so it travels with them.
    """
    seen = (
        # taggit takes no Prefetch, and a tag on a published model is published.
        column.name
        if isinstance(column, Tags)
        else Prefetch(column.name, column.related_model._default_manager.published())
        for column in links(model)
    )
    rows = model._default_manager.published().select_related(*_relations(model)).prefetch_related(*seen)
    return rows.order_by("pk")


def links(model: type[Record]) -> list[models.Field]:
    """Its many-to-many fields that stand on the record itself: tags, and those without a table of records between."""
    columns = model._meta.many_to_many
    return [c for c in columns if isinstance(c, Tags) or c.remote_field.through._meta.auto_created]


def _relations(model: type[Record]) -> list[str]:
    return [column.name for column in model._meta.concrete_fields if column.is_relation]


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


@cache
def owner_column(model: type[Record]) -> models.ForeignKey | None:
    """The relation by which a part names the entry that it goes with; None where it stands for itself."""
    column = model._meta.get_field(model.natural_key_fields[0].split("__")[0])
    return column if column.is_relation else None
