"""All filters of a list together: what they leave, counted and sorted from memory."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from itertools import chain
from operator import and_

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Manager, QuerySet
from django.http import QueryDict

from core.columns import Column
from core.filters.display import ColumnsFilter, Display, FacetFilter, PerPageFilter, TextFilter, ViewFilter
from core.filters.facets import Facet, is_choice
from core.filters.inputs import Inputs
from core.filters.ranges import AsOfFilter, Bound
from core.histograms import Histogram
from core.memory import Memory
from core.query_string import QueryString
from core.selection import Found, Index, Numbers, ordered

MAX_PER_PAGE = 1000
# How many values of a facet its own page offers, where the others can be found by name.
OFFERED_ON_OWN_PAGE = 200
# Of a histogram, in the units of its drawing.
WIDTH, HEIGHT = 240, 36


_indexes: dict = {}


class FilterForm(forms.Form):
    """The fields of filters: nothing in them changes, so that they need no copying."""

    default_renderer = Inputs

    def __init__(self, data: QueryDict, fields: dict[str, forms.Field]):
        super().__init__(data)
        self.fields = fields


class Declared(OrderedDict):
    """The filters of a class. Each request has its own, with the fields that are the same for all."""

    def __init__(self, filters: Iterable[tuple[str, django_filters.Filter]]):
        super().__init__(filters)
        for filter_ in self.values():
            # What has a property of its own makes its field of what the request asks for, or of what is in memory.
            if type(filter_).field is django_filters.Filter.field:
                filter_._field = filter_.field

    def __deepcopy__(self, memo: dict) -> OrderedDict:
        return OrderedDict((name, _own(filter_)) for name, filter_ in self.items())


def _own(filter_: django_filters.Filter) -> django_filters.Filter:
    """A copy, in a third of the time that `copy` takes to learn how to make it."""
    own = object.__new__(type(filter_))
    vars(own).update(vars(filter_))
    return own


class EntryFilters(django_filters.FilterSet):
    """What every list has: a search box, and how it is shown.

    Takes the manager of a kind of entries, of which all that are published are listed; what narrows them is a filter. A
    bad value gets a message beside its field; the others still apply. `found` are the entries that match, in order, and
    everything is counted from memory; `qs` says in SQL, in no order, which they are.
    """

    histograms: tuple[Histogram, ...] = ()

    # Which entries have the words, `search.filters` says.
    q = django_filters.CharFilter(label="Search in this list", max_length=200)
    as_of = AsOfFilter()
    view = ViewFilter()
    columns = ColumnsFilter(label="Columns")
    per_page = PerPageFilter()
    facet = FacetFilter()
    find = TextFilter(label="Find", max_length=200)

    @classmethod
    def get_filters(cls) -> Declared:
        filters = super().get_filters()
        filters["facet"] = FacetFilter([(name, f.label) for name, f in filters.items() if isinstance(f, Facet)])
        return Declared(filters.items())

    def __init__(
        self, data: QueryDict, manager: Manager, *, columns: tuple[Column, ...] = (), most: int = MAX_PER_PAGE
    ):
        super().__init__(data, manager)
        self.memory = Memory()
        self.address = QueryString(self.data)
        self.columns = columns
        self.most = most

    @cached_property
    def entries(self) -> QuerySet:
        """All that are published: most lists have what they ask for in memory."""
        return self.queryset.published()

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(self.entries)

    # What is in memory.

    @cached_property
    def index(self) -> Index:
        columns = frozenset(self._own_columns())
        key = self.queryset.model, columns
        return self.memory.recall(_indexes, key, lambda: Index(self.entries, columns))

    def _own_columns(self) -> set[str]:
        """The columns of the entries' own table that facets and ranges look at."""
        facets = (path for filter_ in self.filters.values() if isinstance(filter_, Facet) for path in filter_.paths)
        bounds = (filter_.field_name for filter_ in self.filters.values() if isinstance(filter_, Bound))
        return {path for path in chain(facets, bounds) if "__" not in path}

    def recall(self, key: object, load: Callable):
        """What `load` reads for the index, kept with it."""
        return self.memory.recall(self.index.kept, key, load)

    def numbers(self, path: str) -> Numbers:
        return self.recall(path, lambda: Numbers(self.index, self.index.read(self.entries, path)))

    # What is found.

    @cached_property
    def form(self) -> FilterForm:
        return FilterForm(self.data, {name: filter_.field for name, filter_ in self.filters.items()})

    @cached_property
    def cleaned(self) -> dict:
        """The values of the fields that were understood."""
        self.form.full_clean()
        return self.form.cleaned_data

    @cached_property
    def places(self) -> dict[str, int]:
        """For each filter in force the entries that it leaves."""
        return {
            name: filter_.places(self.cleaned[name])
            for name, filter_ in self.filters.items()
            if not isinstance(filter_, Display) and self.cleaned.get(name) not in EMPTY_VALUES
        }

    def narrowed(self, *but: str) -> int:
        """The entries that all filters leave, or all but these."""
        return reduce(and_, (places for name, places in self.places.items() if name not in but), self.index.all)

    @cached_property
    def found(self) -> Found:
        order = self.recall(("order", self.order), self._ordered)
        return Found(self.queryset.model, self.index, self.narrowed(), order)

    def _ordered(self):
        path = self.filters["order"].orders[self.order.lstrip("-")][1]
        if isinstance(self.filters.get(path), Facet):
            ranks = self.filters[path].values.ranks()
        else:
            ranks = [None] * self.index.size
            for place, value in self.index.read(self.entries.for_list(), path):
                ranks[place] = (value.casefold() or None) if isinstance(value, str) else value
        return ordered(ranks, descending=self.order.startswith("-"))

    @property
    def order(self) -> str:
        """The order in force: what was asked for, or the usual one."""
        return self.cleaned.get("order") or self.filters["order"].usual

    # What is offered.

    @cached_property
    def facets(self) -> list[dict]:
        """Each facet with its options, counted among what the other filters leave.

        One in which there is nothing to choose from is left out.
        """
        facets = [self.counted(name) for name, filter_ in self.filters.items() if isinstance(filter_, Facet)]
        return [facet for facet in facets if facet["errors"] or facet["more"] or any(map(is_choice, facet["options"]))]

    def counted(self, name: str, **limits) -> dict:
        """A facet with its options; the limits are those of `Facet.options`."""
        facet = self.filters[name]
        options, more = facet.options(self.narrowed(name), self.cleaned.get(name) or [], **limits)
        return {
            "name": name,
            "label": facet.label,
            "options": options,
            "more": more,
            "total": len(options) + more,
            "errors": self.errors.get(name, []),
        }

    @cached_property
    def opened(self) -> dict | None:
        """The facet that is shown instead of the list, with the chosen values that are not among its options."""
        if not (name := self.cleaned.get("facet")):
            return None
        facet = self.counted(name, most=OFFERED_ON_OWN_PAGE, find=self.cleaned.get("find") or "")
        shown = {option["value"] for option in facet["options"]}
        return facet | {"hidden": [(name, value) for value in self.cleaned.get(name) or [] if value not in shown]}

    @cached_property
    def ranges(self) -> list[dict]:
        """Each range with its two fields and its bars, counted among what the other filters leave."""
        return [self._range(histogram) for histogram in self.histograms]

    def _range(self, histogram: Histogram) -> dict:
        path = histogram.path
        low, high = self._ends[path]
        left, within = self.narrowed(low, high), self.narrowed()
        bars = self.recall(("bars", path), lambda: histogram.bars(self.index, self.numbers(path)))
        counts = [(bar.places & left).bit_count() if bar else 0 for bar in bars]
        step = WIDTH // max(1, len(bars))
        shown = [
            {
                "text": str(bar),
                "count": count,
                "x": number * step,
                "height": max(1, round(HEIGHT * count / max(counts))),
                "within": bool(bar.places & within),
                "query": self._query(page=[], **{low: [bar.low], high: [bar.high]}),
            }
            for number, (bar, count) in enumerate(zip(bars, counts, strict=True))
            if count
        ]
        return {
            "label": histogram.label,
            "bars": shown,
            "step": step,
            "fields": [self.form[low], self.form[high]],
        }

    @cached_property
    def _ends(self) -> dict[str, tuple[str, str]]:
        """For each range, by its path, the names of the two filters between which it lies."""
        bounds = {(f.field_name, f.lookup_expr): name for name, f in self.filters.items() if isinstance(f, Bound)}
        paths = (histogram.path for histogram in self.histograms)
        return {path: (bounds[path, "gte"], bounds[path, "lte"]) for path in paths}

    @property
    def typed(self) -> list[forms.BoundField]:
        """The fields that are typed in and stand alone."""
        within = {name for ends in self._ends.values() for name in ends}
        kinds = (Facet, Display)
        return [self.form[n] for n, f in self.filters.items() if n not in within and not isinstance(f, kinds)]

    @property
    def display(self) -> list[forms.BoundField]:
        """The fields that say in what order, and how many at once."""
        return [self.form["order"], self.form["per_page"]]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the address says of how the list is shown, beside the fields; not that a facet is shown instead."""
        fields = {"facet", "find", *(field.name for field in self.display)}
        names = [name for name, f in self.filters.items() if isinstance(f, Display) and name not in fields]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    # What is in force.

    @cached_property
    def active(self) -> list[dict]:
        """One mark for each filter in force, with the query string that removes just it."""
        marks = []
        for name in self.places:
            value = self.cleaned[name]
            marks += [self._mark(name, one) for one in (value if isinstance(self.filters[name], Facet) else [value])]
        return marks

    def _mark(self, name: str, value: object) -> dict:
        facet = self.filters[name]
        if isinstance(facet, Facet):
            text, kept = facet.labels[value], [other for other in self.data.getlist(name) if other != value]
        else:
            text, kept = self.data.get(name), []
        return {"name": name, "label": facet.label, "text": text, "query": self._query(page=[], **{name: kept})}

    def _query(self, **changes: list[str]) -> str:
        """The query string of this list with these parameters instead; an empty text is left out."""
        return self.address.changed(changes)
