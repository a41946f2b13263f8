"""The published entries of a kind, held in columns: a list is filtered, counted and sorted here, not in the database.

An entry is a place: its number by slug. A set of entries is an int with a bit for each place, so that "and" is `&`, and
how many there are is `bit_count`.

*What is kept.* Each process has an `Index` of each kind of entries, and with it whatever lists made of it so far: the
`Values` of each facet, the `Numbers` of each range with the sets of its bars, the places in each order, what words
found. Only keys, slugs, values and numbers: the rows of a page are fetched by their primary keys when it is looked at.

*As long as what.* `core.memory` keeps them, each with the tokens of the tables that it was read from: see
`core.table_states`. The first list after a change reads again what the change touched: the entries' own columns in one
query, and of what they are linked to, the tables between alone, in narrow rows and one after another.

*How facets are counted.* Filters are sets, and a facet is counted among the "and" of all others. A value that many
entries have is a set, too: one "and" and one `bit_count`. Those of rare values lie side by side in one array, so that
their flags are picked at one stroke and counted span by span. Counts are exact, whatever the filters are. The most
frequent values among a set of entries are kept for the next page, order or view of the same list, for the 32 sets of
each facet that were asked for last: they are of the set alone, which can be the same again only while nothing changed.

*What it costs.* Of 100,000 models, on a busy machine: a facet of a dozen values is counted in half a millisecond, of
2,000 in 4 ms, of 14,000 in 13 ms, and in 8 µs when its set comes again. A set takes a bit an entry, 12 kB; a process
holds 130 MB more than with a thousand models, and to read all anew takes three seconds or more of its time.
"""

import datetime
import math
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, reduce
from heapq import nlargest, nsmallest
from itertools import accumulate, chain, compress, islice, pairwise
from operator import or_
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

from core.prepared import Prepared

# A value is rare that fewer than one entry in so many has: looking at these takes less time and room than a set of all.
RARE = 256
# The value of entries that have none of those that are labelled, where readers may choose that.
UNKNOWN = "unknown"
# So many sets of entries, of each facet, are kept with what was counted among them.
KEPT = 32
# So many blocks of numbers at most, for the number of one is a byte.
BLOCKS = 255
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def as_set(flags: bytes) -> int:
    """The set of the places whose byte is 1."""
    return int(flags.translate(_DIGITS) or b"0", 2)


def as_flags(places: int, size: int) -> bytes:
    """A byte for each of `size` places, 1 for those in the set."""
    return f"{places:0{size}b}".encode().translate(_FLAGS) if size else b""


class Index:
    """The places of all entries of a queryset, and what is kept about them.

    `columns` of their own table are read along: one query for many is quicker than one for each.
    """

    def __init__(self, queryset: QuerySet, columns: Iterable[str] = ()):
        columns = list(columns)
        read = list(zip(*queryset.order_by("slug").values_list("pk", *columns), strict=True))
        self.keys, *values = read or [()] * (1 + len(columns))
        self.columns = dict(zip(columns, values, strict=True))
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.size = len(self.keys)
        self.all = (1 << self.size) - 1
        self.kept: dict = {}

    def set_of(self, keys: Iterable[int]) -> int:
        """The set of the entries with these primary keys."""
        return self.set_at(place for place in map(self.place.get, keys) if place is not None)

    def set_at(self, places: Iterable[int]) -> int:
        flags = bytearray(self.size)
        for place in places:
            flags[place] = 1
        return as_set(flags)

    def read(self, queryset: QuerySet, path: str) -> Iterator[tuple[int, Any]]:
        """Place and value of each entry; where the path leads to several values or to none, a pair for each."""
        # Whoever asks for a column makes something smaller of it.
        if (column := self.columns.pop(path, None)) is not None:
            return enumerate(column)
        pairs, place = _parts(queryset.model, path), self.place
        if pairs is None:
            pairs = queryset.prefetch_related(None).values_list("pk", path)
        # Row after row: a list of so many would be searched for garbage as it grows.
        return ((place[key], value) for key, value in pairs.order_by().iterator() if key in place)


def _parts(model: type[Model], path: str) -> QuerySet | None:
    """The key and the value of each row beside the entries' own, where the path leads to many of them; else None.

    Those of all entries, from their own table: the wide rows of entries need not be read for the sake of their keys.
    """
    name, _, rest = path.partition(LOOKUP_SEP)
    if not rest or not (relation := model._meta.get_field(name)).path_infos[0].m2m:
        return None
    beside, *onward = relation.path_infos
    steps = [step.join_field.name for step in onward]
    back = beside.join_field.field.attname
    return beside.to_opts.model._base_manager.values_list(back, LOOKUP_SEP.join([*steps, rest]))


class Values:
    """Which of the labelled values each entry has: none, one or several.

    Each value that is not rare has the set of its entries, and the places of those with the rare ones lie side by side,
    value after value. The other way round is made of these once somebody asks: each combination that occurs has a
    number, and each entry that of its own.
    """

    def __init__(self, index: Index, pairs: Iterable[tuple[int, str]], labels: dict[str, str], unknown: str = ""):
        self.size, self.all = index.size, index.all
        self.labels, self.unknown = labels, unknown
        places: dict[str, list[int]] = {value: [] for value in labels}
        for place, value in pairs:
            if value in places:
                places[value].append(place)
        if unknown:
            without = bytearray(b"\1") * index.size
            for place in chain.from_iterable(places.values()):
                without[place] = 0
            places[unknown] += compress(range(index.size), without)
        self._lay_out(index, {value: own for value, own in places.items() if own})
        self.most_frequent = lru_cache(KEPT)(self._most_frequent)

    def _lay_out(self, index: Index, places: dict[str, list[int]]) -> None:
        # An entry may have a value twice, by two paths.
        rare = {value: sorted(set(own)) for value, own in places.items() if len(own) * RARE < self.size}
        self.sets = {value: index.set_at(own) for value, own in places.items() if value not in rare}
        self.spans = dict(zip(rare, pairwise(accumulate(map(len, rare.values()), initial=0)), strict=True))
        self.places = array("I", chain.from_iterable(rare.values()))
        totals = {value: own.bit_count() for value, own in self.sets.items()}
        self.totals = Counter(totals | {value: len(own) for value, own in rare.items()})

    def having(self, values: Iterable[str]) -> int:
        """The entries with any of the values."""
        having = reduce(or_, (self.sets[value] for value in self.sets.keys() & values), 0)
        if rare := self.spans.keys() & values:
            flags = bytearray(self.size)
            for value in rare:
                for place in self.places[slice(*self.spans[value])]:
                    flags[place] = 1
            having |= as_set(flags)
        return having

    def of(self, place: int) -> tuple[str, ...]:
        """The values of one entry, in the order of the labels."""
        return self._combined[0][self.codes[place]]

    @property
    def codes(self) -> array:
        """For each entry the number of its combination of values."""
        return self._combined[1]

    @cached_property
    def _combined(self) -> tuple[list[tuple[str, ...]], array]:
        held: list[tuple[str, ...]] = [()] * self.size
        for value in self.labels:
            for place in self._places(value):
                held[place] = (*held[place], value)
        numbers: dict[tuple, int] = {}
        codes = array("I", (numbers.setdefault(values, len(numbers)) for values in held))
        return list(numbers), codes

    def _places(self, value: str) -> Iterable[int]:
        if value in self.sets:
            return compress(range(self.size), as_flags(self.sets[value], self.size))
        return self.places[slice(*self.spans.get(value, (0, 0)))]

    def counts(self, places: int) -> Counter[str]:
        """How many of the entries have each value."""
        if places == self.all:
            return self.totals
        flags = as_flags(places, self.size)
        held = bytes(map(flags.__getitem__, self.places))
        counts = {value: held.count(1, *span) for value, span in self.spans.items()}
        counts |= {value: (own & places).bit_count() for value, own in self.sets.items()}
        return Counter({value: count for value, count in counts.items() if count})

    def count(self, value: str, places: int) -> int:
        """How many of the entries have this value."""
        if value in self.sets:
            return (self.sets[value] & places).bit_count()
        return sum(map(as_flags(places, self.size).__getitem__, self._places(value)))

    def _most_frequent(self, places: int, most: int) -> tuple[dict[str, int], int]:
        """The first `most` of the values that the entries have, each with its count; and how many values there are.

        Pages, orders and views of a list come with the same set of entries again: see KEPT.
        """
        counts = self.counts(places)
        return self.first(counts, most), len(counts)

    def first(self, counts: dict[str, int], most: int) -> dict[str, int]:
        """The most frequent of these values, by label where they are equally so.

        What is not known is no rival of what is: it comes last.
        """
        # Of thousands of values, most are too rare for the top: they need no comparing by label.
        least = min(nlargest(most + 1, counts.values()), default=0)
        frequent = [value for value, count in counts.items() if count >= least]
        top = nsmallest(most, frequent, lambda value: (value == UNKNOWN, -counts[value], self.labels[value]))
        return {value: counts[value] for value in top}

    def ranks(self) -> list[int | None]:
        """For each entry the number of its first value among the labels; None where it has none."""
        rank = {value: number for number, value in enumerate(self.labels) if value != self.unknown}
        combinations, codes = self._combined
        first = [min((rank[value] for value in values if value in rank), default=None) for values in combinations]
        return [first[code] for code in codes]


class Numbers:
    """One number of each entry, NaN where it is unknown. A date is its ordinal; integers are exact up to 2^53.

    What is known stands in order, parted into blocks, and each entry has the number of its block, 0 where it has none:
    a range is whole blocks, picked at one stroke, and some places of one more.
    """

    def __init__(self, index: Index, pairs: Iterable[tuple[int, object]]):
        self.values = array("d", [math.nan]) * index.size
        for place, value in pairs:
            if value is not None:
                self.values[place] = value.toordinal() if isinstance(value, datetime.date) else value

    def at_least(self, low: float) -> int:
        return self._from(bisect_left(self._order, float(low), key=self.values.__getitem__))

    def at_most(self, high: float) -> int:
        return self._from(0) ^ self._from(bisect_right(self._order, float(high), key=self.values.__getitem__))

    @cached_property
    def _order(self) -> array:
        known = (place for place, value in enumerate(self.values) if not math.isnan(value))
        return array("I", sorted(known, key=self.values.__getitem__))

    @cached_property
    def _blocks(self) -> tuple[int, bytes]:
        """The length of a block, and the number of each entry's block."""
        length = len(self._order) // BLOCKS + 1
        blocks = bytearray(len(self.values))
        for position, place in enumerate(self._order):
            blocks[place] = position // length + 1
        return length, bytes(blocks)

    def _from(self, position: int) -> int:
        """The entries that stand at this position of the order, or after it."""
        length, blocks = self._blocks
        before = math.ceil(position / length)
        flags = bytearray(blocks.translate(bytes(before + 1) + b"\1" * (255 - before)))
        for place in self._order[position : before * length]:
            flags[place] = 1
        return as_set(flags)

    def ranks(self) -> list[float | None]:
        return [None if math.isnan(value) else value for value in self.values]


def ordered(ranks: list, *, descending: bool = False) -> array:
    """All places by their rank. What is unknown comes last, whichever way the list runs; the same rank goes by slug."""
    known = [place for place, rank in enumerate(ranks) if rank is not None]
    known.sort(key=ranks.__getitem__, reverse=descending)
    return array("I", [*known, *(place for place, rank in enumerate(ranks) if rank is None)])


@cache
def _listed(model: type[Model]) -> Prepared:
    return Prepared(lambda keys: model.objects.published().for_list().filter(pk__in=keys).order_by())


class Found(Sequence):
    """The entries that match, in their order; those that are looked at are fetched."""

    def __init__(self, model: type[Model], index: Index, places: int, order: Sequence[int]):
        self.model = model
        self.index = index
        self.places = places
        self.order = order

    def __len__(self) -> int:
        return self.places.bit_count()

    def keys(self, part: slice = slice(None)) -> list[int]:
        """The primary keys of this part of the list."""
        flags = as_flags(self.places, self.index.size)
        matching = compress(self.order, map(flags.__getitem__, self.order))
        return [self.index.keys[place] for place in islice(matching, part.start, part.stop)]

    def __getitem__(self, part):
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        keys = self.keys(part)
        entries = {entry.pk: entry for entry in _listed(self.model)(keys)}
        return [entries[key] for key in keys if key in entries]
