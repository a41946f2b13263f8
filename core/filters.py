"""Filters of the lists: state in the address, a count beside each choice, a message beside each bad value."""

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from heapq import nsmallest
from itertools import chain
from operator import and_, or_

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Q, QuerySet, TextChoices
from django.http import QueryDict

from core.columns import Column
from core.fields import ChosenField, DayField, NamesField, NumberField, PartialDateField, SizeField
from core.histograms import Histogram
from core.memory import Memory
from core.quantities import last_day
from core.selection import Found, Index, Numbers, Values, ordered

MAX_PER_PAGE = 1000
# How many values of a facet a list offers, and how many its own page, where the others can be found by name.
OFFERED, OFFERED_ON_OWN_PAGE = 12, 200
# The value of a facet for entries that have none of its values.
UNKNOWN = "unknown"
# Of a histogram, in the units of its drawing.
WIDTH, HEIGHT = 240, 36


class Facet(django_filters.Filter):
    """Choices to tick, each with the number of entries behind it; several mean "or".

    `paths` lead from the entry to the value in the address; `choices` are a `TextChoices` class, or a function that
    returns pairs (value, label) of what readers may see. With `unknown`, what it says is a choice as well: the entries
    without any of these values.
    """

    def __init__(self, *paths: str, label: str, choices: type[TextChoices] | Callable[[], Iterable], unknown: str = ""):
        super().__init__(label=label)
        self.paths = paths
        self.source = choices
        self.unknown = unknown

    @property
    def values(self) -> Values:
        return self.parent.recall(self.paths, self._read)

    def _read(self) -> Values:
        labels = dict(self.source.choices if isinstance(self.source, type) else self.source())
        unknown = UNKNOWN if self.unknown and UNKNOWN not in labels else ""
        if unknown:
            labels[unknown] = self.unknown
        index, entries = self.parent.index, self.parent.queryset
        pairs = [(place, str(value)) for path in self.paths for place, value in index.read(entries, path)]
        return Values(index, pairs, labels, unknown)

    @property
    def labels(self) -> dict[str, str]:
        return self.values.labels

    @property
    def field(self) -> forms.Field:
        return ChosenField(self.labels, label=self.label)

    def places(self, values: list[str]) -> int:
        return self.values.having(values)

    def filter(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        if not values:
            return queryset
        # Subqueries: a join would repeat an entry that has two of the values.
        condition = Q(pk__in=self._having(queryset, values).values("pk"))
        if self.unknown and UNKNOWN in values:
            known = [value for value in self.labels if value != UNKNOWN]
            condition |= ~Q(pk__in=self._having(queryset, known).values("pk"))
        return queryset.filter(condition)

    def _having(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        return queryset.model.objects.filter(reduce(or_, (Q(**{f"{path}__in": values}) for path in self.paths)))

    def options(self, places: int, chosen: list[str], *, most: int = OFFERED, find: str = "") -> tuple[list[dict], int]:
        """The values found among the entries, most frequent first, and the chosen ones; and how many more there are.

        With `find`, only those whose label has this text in it.
        """
        counts, labels = self.values.counts(places), self.labels
        found = {*counts, *chosen}
        if find:
            found = {value for value in found if find.casefold() in labels[value].casefold()}
        # What is not known is no rival of what is: it comes last.
        top = nsmallest(most, found, lambda value: (value == UNKNOWN, -counts[value], labels[value]))
        top += [value for value in chosen if value not in top and value in found]
        options = [
            {"value": value, "label": labels[value], "count": counts[value], "chosen": value in chosen} for value in top
        ]
        return options, len(found) - len(top)


class Bound(django_filters.Filter):
    """One end of a range: `lookup_expr` is `gte` or `lte`. What is unknown is in no range."""

    def places(self, value) -> int:
        numbers = self.parent.numbers(self.field_name)
        return (numbers.at_least if self.lookup_expr == "gte" else numbers.at_most)(value)


class SizeFilter(Bound):
    """A size typed as 70B or 128K."""

    field_class = SizeField


class NumberFilter(Bound):
    """A number typed as 3.3e24."""

    field_class = NumberField


class DateFilter(Bound):
    """A date typed as 2024-12-26, 2024-12 or 2024; with `lte`, up to the end of that month or year."""

    field_class = PartialDateField

    def places(self, value: tuple) -> int:
        return super().places(self._day(*value).toordinal())

    def filter(self, queryset: QuerySet, value: tuple | None) -> QuerySet:
        return super().filter(queryset, self._day(*value) if value else None)

    def _day(self, date: datetime.date, precision: str) -> datetime.date:
        return date if self.lookup_expr == "gte" else last_day(date, precision)


class AsOfFilter(django_filters.Filter):
    """Those that were in the world on a day: `as_of=2024-06-30`. By `field_name` where the entries have such a date."""

    field_class = DayField

    def __init__(self, field_name: str = ""):
        super().__init__(label="As of", field_name=field_name)

    def places(self, day: datetime.date) -> int:
        if self.field_name:
            return self.parent.numbers(self.field_name).at_most(day.toordinal())
        return self.parent.index.set_of(self.parent.queryset.as_of(day).order_by().values_list("pk", flat=True))

    def filter(self, queryset: QuerySet, day: datetime.date | None) -> QuerySet:
        return queryset.as_of(day)


class Display(django_filters.Filter):
    """How the list is shown. It narrows nothing."""

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        return queryset


class OrderFilter(Display, django_filters.ChoiceFilter):
    """`order=released` or `order=-released`: the keys are the names in the address, the values label and path.

    Instead of a path, the name of a facet orders by its first value. `usual` is the order of a list that was not asked
    for another. Text is ordered without regard to case.
    """

    def __init__(self, usual: str = "name", **orders: tuple[str, str]):
        self.orders = orders
        self.usual = usual
        choices = [(sign + name, label + suffix) for name, (label, _) in orders.items() for sign, suffix in DIRECTIONS]
        super().__init__(
            label="Sort by",
            choices=choices,
            empty_label="the usual order",
            error_messages={"invalid_choice": "“%(value)s” is no order this list can be in."},
        )


DIRECTIONS = (("", ", ascending"), ("-", ", descending"))


class ViewFilter(Display, django_filters.ChoiceFilter):
    """`view=cards`; without it, a table."""

    def __init__(self):
        super().__init__(
            label="View",
            choices=[("table", "Table"), ("cards", "Cards")],
            error_messages={"invalid_choice": "“%(value)s” is no view of this list: it has “table” and “cards”."},
        )


class ColumnsFilter(Display):
    """`columns=released,parameters_total`, or the name repeated: what is shown of each entry beside its name."""

    @property
    def field(self) -> forms.Field:
        return NamesField({column.key: column.label for column in self.parent.columns}, label=self.label)


def _is_choice(option: dict) -> bool:
    """Whether it parts some entries from others: "not known" alone does not."""
    return option["value"] != UNKNOWN or option["chosen"]


class PerPageFilter(Display):
    """How many entries a page holds."""

    field_class = forms.IntegerField


class FacetFilter(Display, django_filters.ChoiceFilter):
    """`facet=organization`: shows all values of that facet instead of the list."""

    def __init__(self):
        super().__init__(label="Facet", error_messages={"invalid_choice": "“%(value)s” is no facet of this list."})


class TextFilter(Display, django_filters.CharFilter):
    """What the values of the facet that is shown are searched for."""


def matching(queryset: QuerySet, fields: tuple[str, ...], text: str) -> QuerySet:
    """The entries in which every word of `text` occurs in one of `fields`."""
    for word in text.split():
        queryset = queryset.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
    return queryset


class SearchForm(forms.Form):
    """What is typed into a search box."""

    q = forms.CharField(required=False, max_length=200)


_indexes: dict = {}


class EntryFilters(django_filters.FilterSet):
    """What every list has: a search box, and how it is shown.

    Takes all published entries of a kind; what narrows them is a filter. A bad value gets a message beside its field;
    the others still apply. `found` are the entries that match, in order, and everything is counted from memory; `qs`
    says in SQL, in no order, which they are.
    """

    search_fields = ("name", "summary")
    histograms: tuple[Histogram, ...] = ()

    q = django_filters.CharFilter(label="Search in this list", method="search", max_length=200)
    as_of = AsOfFilter()
    view = ViewFilter()
    columns = ColumnsFilter(label="Columns")
    per_page = PerPageFilter(
        label="Entries on a page",
        min_value=1,
        max_value=MAX_PER_PAGE,
        # Not a number input: it would hide from the reader what was typed and not understood.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    facet = FacetFilter()
    find = TextFilter(label="Find", max_length=200)

    def __init__(
        self, data: QueryDict, queryset: QuerySet, *, columns: tuple[Column, ...] = (), most: int = MAX_PER_PAGE
    ):
        super().__init__(data, queryset)
        self.memory = Memory()
        self.columns = columns
        self.filters["per_page"].extra["max_value"] = most
        facets = [(name, filter_.label) for name, filter_ in self.filters.items() if isinstance(filter_, Facet)]
        self.filters["facet"].extra["choices"] = facets

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return matching(queryset, self.search_fields, value)

    # What is in memory.

    @cached_property
    def index(self) -> Index:
        return self.memory.recall(_indexes, type(self), lambda: Index(self.queryset, self._own_columns()))

    def _own_columns(self) -> set[str]:
        """The columns of the entries' own table that facets and ranges look at."""
        facets = (path for filter_ in self.filters.values() if isinstance(filter_, Facet) for path in filter_.paths)
        bounds = (filter_.field_name for filter_ in self.filters.values() if isinstance(filter_, Bound))
        return {path for path in chain(facets, bounds) if "__" not in path}

    def recall(self, key: object, load: Callable):
        """What `load` reads for the index, kept with it."""
        return self.memory.recall(self.index.kept, key, load)

    def numbers(self, path: str) -> Numbers:
        return self.recall(path, lambda: Numbers(self.index, self.index.read(self.queryset, path)))

    # What is found.

    @cached_property
    def cleaned(self) -> dict:
        """The values of the fields that were understood."""
        self.form.full_clean()
        return self.form.cleaned_data

    @cached_property
    def places(self) -> dict[str, int]:
        """For each filter in force the entries that it leaves."""
        return {
            name: self._places(filter_, self.cleaned[name])
            for name, filter_ in self.filters.items()
            if not isinstance(filter_, Display) and self.cleaned.get(name) not in EMPTY_VALUES
        }

    def _places(self, filter_: django_filters.Filter, value: object) -> int:
        if isinstance(filter_, Facet | Bound | AsOfFilter):
            return filter_.places(value)
        return self.index.set_of(filter_.filter(self.queryset, value).order_by().values_list("pk", flat=True))

    def narrowed(self, *but: str) -> int:
        """The entries that all filters leave, or all but these."""
        return reduce(and_, (places for name, places in self.places.items() if name not in but), self.index.all)

    @cached_property
    def found(self) -> Found:
        order = self.recall(("order", self.order), self._ordered)
        return Found(self.queryset.for_list(), self.index, self.narrowed(), order)

    def _ordered(self):
        path = self.filters["order"].orders[self.order.lstrip("-")][1]
        if isinstance(self.filters.get(path), Facet):
            ranks = self.filters[path].values.ranks()
        else:
            ranks = [None] * self.index.size
            for place, value in self.index.read(self.queryset.for_list(), path):
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
        return [facet for facet in facets if facet["errors"] or any(map(_is_choice, facet["options"]))]

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
        low, high = self._ends(path)
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

    def _ends(self, path: str) -> tuple[str, str]:
        """The names of the two filters between which the range lies."""
        ends = {
            f.lookup_expr: name for name, f in self.filters.items() if isinstance(f, Bound) and f.field_name == path
        }
        return ends["gte"], ends["lte"]

    @property
    def typed(self) -> list[forms.BoundField]:
        """The fields that are typed in and stand alone."""
        within = {name for histogram in self.histograms for name in self._ends(histogram.path)}
        kinds = (Facet, Display)
        return [self.form[n] for n, f in self.filters.items() if n not in within and not isinstance(f, kinds)]

    @property
    def display(self) -> list[forms.BoundField]:
        """The fields that say in what order, and how many at once."""
        return [self.form["order"], self.form["per_page"]]

    # What is in force.

    @property
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
        return {"label": facet.label, "text": text, "query": self._query(page=[], **{name: kept})}

    def _query(self, **changes: list[str]) -> str:
        """The query string of this list with these parameters instead; an empty text is left out."""
        query = self.data.copy()
        for name, values in changes.items():
            query.setlist(name, [value for value in values if value])
        return query.urlencode()
