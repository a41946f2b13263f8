"""What an import is about to write: collected first, then written at once, with its reason in the history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from graphlib import TopologicalSorter
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.module_loading import import_string

from core.history import LONGEST_REASON, Written, current_writing
from core.models import Record
from core.tags import Tags
from editorial.log import change
from editorial.models import Act

BATCH = 500


class Changes:
    """New rows, changed rows and changed many-to-many links. Nothing touches the database before `write`.

    A new row may refer to another new one: rows are written after those they refer to.
    """

    def __init__(self):
        self.created: dict[type[Record], list[Record]] = defaultdict(list)
        self.updated: dict[type[Record], dict[int, tuple[Record, set[str]]]] = defaultdict(dict)
        self.links: list[tuple[Record, str, list[Any]]] = []

    def create(self, row: Record) -> None:
        self.created[type(row)].append(row)

    def update(self, row: Record, *fields: str) -> None:
        """`row` is saved and has new values in `fields`; a row that is yet to be created needs no update."""
        if row.pk is not None:
            self.updated[type(row)].setdefault(row.pk, (row, set()))[1].update(fields)

    def link(self, row: Record, field: str, others: Iterable[Any]) -> None:
        """The many-to-many `field` of `row` becomes exactly `others`: rows, or for tags their names."""
        self.links.append((row, field, list(others)))
        self.update(row)

    def rows(self) -> Iterator[Record]:
        """All of them, in the order in which they can be written."""
        for model in _after_what_they_refer_to({*self.created, *self.updated}):
            yield from self.created[model]
            yield from (row for row, _ in self.updated[model].values())

    def __bool__(self) -> bool:
        return any(self.created.values()) or any(self.updated.values()) or bool(self.links)

    def write(self, reason: str, user: AbstractBaseUser | None = None) -> None:
        """All or nothing. Each row gets one record in its history, with `reason` (at most 100 characters)."""
        many = any(len(rows) > BATCH for rows in self.created.values())
        bulk = import_string(settings.RECORD_BULK) if many else nullcontext
        with change(reason, user, Act.IMPORTED), bulk():
            self.switch_off()
            for model in _after_what_they_refer_to(self.created):
                self._create(model)
            for model, rows in self.updated.items():
                for fields, same in _by_fields(rows.values()).items():
                    model._base_manager.bulk_update(same, fields, batch_size=BATCH)
            wanted = defaultdict(list)
            for row, field, others in self.links:
                wanted[row._meta.get_field(field)].append((row, others))
            for field, links in wanted.items():
                _link(field, _tagged(field, links) if isinstance(field, Tags) else links)
            for model, rows in self.created.items():
                _record(model, rows, update=False)
            for model, rows in self.updated.items():
                _record(model, [row for row, _ in rows.values()], update=True)

    def switch_off(self) -> None:
        """Switch off what is to be off, before anything is switched on: of two rows only one may be the shown one."""
        for model, rows in self.updated.items():
            off = defaultdict(list)
            for row, fields in rows.values():
                for name in fields:
                    if getattr(row, name) is False:
                        off[name].append(row.pk)
            for name, numbers in off.items():
                for chunk in chunks(numbers):
                    model._base_manager.filter(pk__in=chunk).update(**{name: False})

    def _create(self, model: type[Record]) -> None:
        rows = self.created[model]
        # A row cannot point at one of its own kind before both are there.
        later = defaultdict(list)
        for field in _own_kind(model):
            for row in rows:
                target = getattr(row, field.name)
                if target is not None and target.pk is None:
                    setattr(row, field.name, None)
                    later[field.name].append((row, target))
        try:
            model._base_manager.bulk_create(rows, batch_size=BATCH)
        finally:
            for name, pairs in later.items():
                for row, target in pairs:
                    setattr(row, name, target)
        for name, pairs in later.items():
            _refer(model, name, [(target.pk, row.pk) for row, target in pairs])


def _after_what_they_refer_to(kinds: Iterable[type[Record]]) -> list[type[Record]]:
    # Sorted, so that the order is the same in every process.
    kinds = sorted(set(kinds), key=lambda kind: kind._meta.label)
    graph = {kind: [other for other in kinds if other is not kind and other in _referred_to(kind)] for kind in kinds}
    return list(TopologicalSorter(graph).static_order())


def _referred_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def _own_kind(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.related_model is model]


def _by_fields(rows: Iterable[tuple[Record, set[str]]]) -> dict[tuple[str, ...], list[Record]]:
    """Rows grouped by the fields that change, for one statement each."""
    groups = defaultdict(list)
    for row, fields in rows:
        if fields:
            groups[tuple(sorted(fields))].append(row)
    return groups


def _tagged(field: Tags, links: list[tuple[Record, list[str]]]) -> list[tuple[Record, list[Record]]]:
    """The tags of these names; those that there are not yet are made."""
    kind, known = field.related_model, {}
    for tag in kind._base_manager.order_by("-pk"):
        known[tag.name.lower()] = tag
    for name in {name.lower(): name for _, names in links for name in names if name.lower() not in known}.values():
        tag = known[name.lower()] = kind(name=name)
        tag.save()
    return [(row, [known[name.lower()] for name in names]) for row, names in links]


def _link(field: models.ManyToManyField | Tags, links: list[tuple[Record, list[Record | int]]]) -> None:
    """Each row is linked with exactly these, rows or keys. Plain links go into its history with its record."""
    through = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    there: dict[int, dict[int, models.Model]] = defaultdict(dict)
    for chunk in chunks([row.pk for row, _ in links]):
        for link in through._base_manager.filter(**{f"{own}__in": chunk}):
            there[getattr(link, own)][getattr(link, other)] = link
    new = []
    for row, others in links:
        numbers, before = dict.fromkeys(getattr(one, "pk", one) for one in others), there[row.pk]
        new += [(row.pk, number) for number in numbers if number not in before]
        for link in (link for number, link in before.items() if number not in numbers):
            link.delete()
    if issubclass(through, Record):
        made = [through(**{own: number, other: target}) for number, target in new]
        through._base_manager.bulk_create(made, batch_size=BATCH)
        _record(through, made, update=False)
    else:
        _join(through, own, other, new)


def _record(model: type[Record], rows: list[Record], *, update: bool) -> None:
    """Write history as saving would have, links included: the database copies what it holds by now."""
    if not rows:
        return
    current, past, how = current_writing(), model.history.model, "~" if update else "+"
    said = {
        "history_date": timezone.now(),
        "history_type": how,
        "history_change_reason": current.reason[:LONGEST_REASON],
        "history_user": getattr(current.user or past.get_default_history_user(rows[0]), "pk", None),
        "change": current.id,
    }
    made = past.objects.filter(change=current.id).order_by("-history_id").values("pk")
    for chunk in chunks([row.pk for row in rows]):
        _copy(model._base_manager.filter(pk__in=chunk), past, said)
        for field in past._history_m2m_fields:
            own = f"{field.m2m_field_name()}_id"
            links = field.remote_field.through._base_manager.filter(**{f"{own}__in": chunk})
            newest = Subquery(made.filter(id=OuterRef(own))[:1])
            _copy(links, getattr(past, field.name).model, {"history": newest})
    current.rows += (Written(model, row.pk, row, how) for row in rows)


def _refer(model: type[Record], name: str, pairs: list[tuple[int, int]]) -> None:
    """Let rows refer to others: what `bulk_update` does, without its cases for each row."""
    quote = connection.ops.quote_name
    table, column, key = model._meta.db_table, model._meta.get_field(name).column, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(table)} SET {quote(column)} = %s WHERE {quote(key)} = %s", pairs)


def _join(through: type[models.Model], own: str, other: str, pairs: list[tuple[int, int]]) -> None:
    """Write plain links, of which nothing but the pairs of numbers is needed."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(through._meta.get_field(name).column) for name in (own, other))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(through._meta.db_table)} ({columns}) VALUES (%s, %s)", pairs)


def _copy(rows: QuerySet, into: type[models.Model], said: dict[str, Any]) -> None:
    """Write rows into another table, with all their columns and what is `said` besides, without reading them."""
    own = [column.attname for column in rows.model._meta.concrete_fields]
    columns = [into._meta.get_field(name) for name in said]
    values = (
        value if isinstance(value, Subquery) else Value(value, column)
        for column, value in zip(columns, said.values(), strict=True)
    )
    select, parameters = rows.order_by("pk").values_list(*own, *values).query.sql_with_params()
    columns = [*(into._meta.get_field(name) for name in own), *columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(into._meta.db_table)} ({names}) {select}", parameters)


def remember(rows: list[Record]) -> None:
    """Record what rows of one kind are, links included, where history says nothing of it: `loaddata` writes none."""
    kind, known = type(rows[0]), {}
    for chunk in chunks([row.pk for row in rows]):
        known |= {record.id: record for record in kind.history.filter(id__in=chunk).order_by("history_id")}
    said = attrgetter(*(column.attname for column in kind._meta.concrete_fields))
    _record(kind, [row for row in rows if row.pk not in known or said(known[row.pk]) != said(row)], update=True)


def chunks(items: list) -> Iterable[list]:
    """Pieces that fit into one statement."""
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))
