"""Queries that are built once: to build one and write it as SQL takes Django ten times as long as to run it.

A function that makes a queryset is called with stand-ins for the values that differ from run to run, and Django writes
the SQL. From then on the values take the places of the stand-ins, among the parameters alone, never in the SQL itself.
What is asked stays a method of a queryset; rows become models by `from_db`. What `prefetch_related` names is read along
likewise, one query each. Of Django, it leans on what compilers say to iterables: which column belongs where.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import count
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models import F, Prefetch, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from core import snapshot

# No entry has such a number or is called so, and nothing happened on such a day.
_NUMBER, _TEXT, _DAY = -(2**60), "\ue000", datetime.date(1, 1, 1)
_NOW = datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)


class Prepared:
    """Calls for what `build` makes, a queryset or a slice of one, as a list.

    Arguments are numbers, texts, days, lists of numbers for `__in`, and rows: of these, the numbers that they have and
    refer to count. `build` may look at an argument to see whether it is None, and at nothing else of it.
    """

    def __init__(self, build: Callable[..., QuerySet], given: Sequence = (_NOW,)):
        """`given` are stand-ins that `build` has already, of a query for the sake of which this one is asked."""
        self.build, self.given = build, given
        self._queries: dict[tuple, _Query] = {}

    def __call__(self, *arguments: Any) -> list:
        return self.run(arguments, [snapshot.now()])

    def run(self, arguments: Iterable, given: list) -> list:
        arguments = [_padded(value) if isinstance(value, list) else value for value in arguments]
        shape = tuple(map(_shape, arguments))
        if (query := self._queries.get(shape)) is None:
            query = self._queries[shape] = _Query(self.build, arguments, self.given)
        return query.run([*given, *_values(arguments)])


def _padded(numbers: list[int]) -> list[int]:
    """The same numbers, the last one repeated: lists of few different lengths make few different queries."""
    length = 1 << (len(numbers) - 1).bit_length() if numbers else 0
    return [*numbers, *numbers[-1:] * (length - len(numbers))]


def _shape(value: Any) -> Any:
    if isinstance(value, models.Model):
        return type(value), tuple(getattr(value, name) is None for name in _numbers(type(value)))
    return len(value) if isinstance(value, list) else type(value)


def _numbers(kind: type[models.Model]) -> list[str]:
    return [field.attname for field in kind._meta.concrete_fields if field.primary_key or field.is_relation]


def _values(arguments: list) -> Iterator[Any]:
    """What takes the places of the stand-ins, in their order."""
    for value in arguments:
        if isinstance(value, models.Model):
            yield from (number for name in _numbers(type(value)) if (number := getattr(value, name)) is not None)
        elif isinstance(value, list):
            yield from value
        elif value is not None:
            yield value


def _stand_in(value: Any, number: Iterator[int]) -> Any:
    if isinstance(value, models.Model):
        held = {name: _NUMBER + next(number) for name in _numbers(type(value)) if getattr(value, name) is not None}
        return type(value)(**held)
    if isinstance(value, list):
        return [_stand_in(one, number) for one in value]
    if isinstance(value, datetime.date):
        return _DAY + datetime.timedelta(days=next(number))
    return value if value is None else _TEXT * next(number) if isinstance(value, str) else _NUMBER + next(number)


class _Query:
    """A query as SQL with places for values, and what is made of its rows."""

    def __init__(self, build: Callable[..., QuerySet], arguments: list, given: Sequence):
        number = count(len(given))
        arguments = [_stand_in(value, number) for value in arguments]
        stand_ins = [*given, *_values(arguments)]
        with snapshot.at(_NOW):
            queryset = build(*arguments)
        self.model = queryset.model
        self.related = [_Related(self.model, lookup, stand_ins) for lookup in queryset._prefetch_related_lookups]
        self.compiler = queryset.query.get_compiler(queryset.db)
        try:
            self.sql, self.parameters = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
            return
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.make = _MAKERS[queryset._iterable_class](self.compiler)
        places = {self._adapted(value): place for place, value in enumerate(stand_ins)}
        self.places = [
            (at, places[value])
            for at, value in enumerate(self.parameters)
            if isinstance(value, Hashable) and value in places
        ]

    def run(self, values: list) -> list:
        if not self.sql:
            return []
        # Once, also for what is read along.
        values = [self._adapted(value) for value in values]
        parameters = list(self.parameters)
        for at, place in self.places:
            parameters[at] = values[place]
        using = router.db_for_read(self.model)
        with connections[using].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        rows = [self.make(row, using) for row in found]
        for related in self.related:
            related.read_for(rows, values)
        return rows

    def _adapted(self, value: Any) -> Any:
        """As fields hand it to the database."""
        if not isinstance(value, datetime.date):
            return value
        operations = self.compiler.connection.ops
        if isinstance(value, datetime.datetime):
            return operations.adapt_datetimefield_value(value)
        return operations.adapt_datefield_value(value)


# What a maker makes of a row that was read from the database of that name.
Maker = Callable[[Sequence, str], Any]


def _to_models(compiler: SQLCompiler) -> Maker:
    """As Django's `ModelIterable` makes them; that looks at each query anew for what stands where in a row."""
    make, annotations = _to_model(compiler.klass_info, compiler.select), compiler.annotation_col_map.items()

    def annotated(row: Sequence, using: str) -> models.Model:
        one = make((*row, models.DEFERRED), using)
        for name, at in annotations:
            setattr(one, name, row[at])
        return one

    return annotated


def _to_model(about: dict[str, Any], columns: Sequence) -> Maker:
    """One of that kind, and those that `select_related` names; what is not read of it stands at the end of the row."""
    kind = about["model"]
    names = [field.attname for field in kind._meta.concrete_fields]
    places = {columns[at][0].target.attname: at for at in about["select_fields"]}
    values, number = itemgetter(*(places.get(name, -1) for name in names)), places[kind._meta.pk.attname]
    along = [
        (other["local_setter"], other["remote_setter"], _to_model(other, columns))
        for other in about.get("related_klass_infos", ())
    ]

    def make(row: Sequence, using: str) -> models.Model | None:
        if row[number] is None:
            return None
        one = kind.from_db(using, names, values(row))
        for refer, refer_back, make_other in along:
            other = make_other(row, using)
            refer(one, other)
            if other is not None:
                refer_back(other, one)
        return one

    return make


def _to_tuples(compiler: SQLCompiler) -> Maker:
    width = compiler.col_count
    return lambda row, using: tuple(row[:width])


def _to_values(compiler: SQLCompiler) -> Maker:
    return lambda row, using: row[0]


_MAKERS = {ModelIterable: _to_models, ValuesListIterable: _to_tuples, FlatValuesListIterable: _to_values}


class _Related:
    """What a lookup of `prefetch_related` reads along: for each row a list, or the one entry that it refers to."""

    def __init__(self, kind: type[models.Model], lookup: str | Prefetch, given: Sequence):
        *self.path, name = getattr(lookup, "prefetch_through", lookup).split("__")
        for step in self.path:
            kind = kind._meta.get_field(step).related_model
        self.relation = kind._meta.get_field(name)
        queryset = getattr(lookup, "queryset", None)
        queryset = self.relation.related_model._default_manager.all() if queryset is None else queryset
        self.one = isinstance(self.relation, models.ForeignKey)
        if not (self.one or self.relation.one_to_many or self.relation.many_to_many):
            raise TypeError(f"{self.relation} is neither a foreign key nor a list.")
        back = "pk" if self.one else self.relation.remote_field.name
        # What a relation has been read of is a list: who would narrow it learns that there is no query behind it.
        self.rows = Prepared(lambda numbers: queryset.filter(**{f"{back}__in": numbers}).annotate(owner=F(back)), given)

    def read_for(self, rows: list, given: list) -> None:
        for step in self.path:
            rows = [row for row in (getattr(row, step) for row in rows) if row]
        numbers = [getattr(row, self.relation.attname) if self.one else row.pk for row in rows]
        found = defaultdict(list)
        asked = list(dict.fromkeys(number for number in numbers if number is not None))
        for row in self.rows.run([asked], given):
            found[row.owner].append(row)
        for row, number in zip(rows, numbers, strict=True):
            self._attach(row, found[number])

    def _attach(self, row: models.Model, found: list) -> None:
        if self.one:
            self.relation.set_cached_value(row, found[0] if found else None)
            return
        row.__dict__.setdefault("_prefetched_objects_cache", {})[self.relation.name] = found
        if self.relation.one_to_many:
            for one in found:
                self.relation.field.set_cached_value(one, row)
