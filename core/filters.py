"""Filters of the lists: state in the address, a count beside each choice, a message beside each bad value."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, TextChoices

from core.fields import PartialDateField, SizeField
from core.models import DatePrecision

MAX_PER_PAGE = 1000
NOT_A_CHOICE = {"invalid_choice": "“%(value)s” is not a value to choose from."}


class Facet(django_filters.Filter):
    """Choices to tick, each with the number of entries behind it; several mean "or".

    `paths` lead from the entry to the value in the address; `choices` are a `TextChoices` class, or a function that
    returns pairs (value, label) of what readers may see.
    """

    def __init__(self, *paths: str, label: str, choices: type[TextChoices] | Callable[[], Iterable]):
        super().__init__(label=label)
        self.paths = paths
        self.source = choices

    @cached_property
    def labels(self) -> dict[str, str]:
        return dict(self.source.choices if isinstance(self.source, type) else self.source())

    @property
    def field(self) -> forms.Field:
        return forms.MultipleChoiceField(
            required=False,
            label=self.label,
            choices=list(self.labels.items()),
            error_messages=NOT_A_CHOICE,
        )

    def filter(self, queryset: QuerySet, values: list[str]) -> QuerySet:
        if not values:
            return queryset
        # A subquery: a join would repeat an entry that has two of the values.
        matching = queryset.model.objects.filter(reduce(or_, (Q(**{f"{path}__in": values}) for path in self.paths)))
        return queryset.filter(pk__in=matching.values("pk"))

    def options(self, queryset: QuerySet, chosen: list[str]) -> list[dict]:
        """The values found among `queryset` and the chosen ones, most frequent first."""
        rows = queryset.order_by().prefetch_related(None)
        pairs = {pair for path in self.paths for pair in rows.values_list(path, "pk")}
        counts = Counter(str(value) for value, _ in pairs)
        found = [
            {"value": value, "label": label, "count": counts[value], "chosen": value in chosen}
            for value, label in self.labels.items()
            if counts[value] or value in chosen
        ]
        return sorted(found, key=lambda option: (-option["count"], option["label"]))


class WholeNumberFilter(django_filters.Filter):
    field_class = forms.IntegerField


class SizeFilter(django_filters.Filter):
    """A size typed as 70B or 128K."""

    field_class = SizeField


class DateFilter(django_filters.Filter):
    """A date typed as 2024-12-26, 2024-12 or 2024; with `last`, up to the end of that month or year."""

    field_class = PartialDateField

    def __init__(self, *args, last: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.last = last

    def filter(self, queryset: QuerySet, value) -> QuerySet:
        if not value:
            return queryset
        date, precision = value
        if self.last and precision != DatePrecision.DAY:
            month = 12 if precision == DatePrecision.YEAR else date.month
            date = date.replace(month=month, day=calendar.monthrange(date.year, month)[1])
        return super().filter(queryset, date)


class OrderFilter(django_filters.ChoiceFilter):
    """`order=released` or `order=-released`: the keys are the names in the address, the values label and path.

    `usual` is the order of a list that was not asked for another.
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

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        value = value or self.usual
        path = F(self.orders[value.lstrip("-")][1])
        # What is unknown comes last, whichever way the list runs.
        by = path.desc(nulls_last=True) if value.startswith("-") else path.asc(nulls_last=True)
        return queryset.order_by(by, "slug")


DIRECTIONS = (("", ", ascending"), ("-", ", descending"))


def matching(queryset: QuerySet, fields: tuple[str, ...], text: str) -> QuerySet:
    """The entries in which every word of `text` occurs in one of `fields`."""
    for word in text.split():
        queryset = queryset.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)))
    return queryset


class SearchForm(forms.Form):
    """What is typed into a search box."""

    q = forms.CharField(required=False, max_length=200)


class EntryFilters(django_filters.FilterSet):
    """What every list has: a search box, and how many entries a page holds.

    A bad value gets a message beside its field; the others still apply.
    """

    search_fields = ("name", "summary")

    q = django_filters.CharFilter(label="Search in this list", method="search", max_length=200)
    per_page = WholeNumberFilter(
        label="Entries on a page",
        method="as_it_is",
        min_value=1,
        max_value=MAX_PER_PAGE,
        # Not a number input: it would hide from the reader what was typed and not understood.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return matching(queryset, self.search_fields, value)

    def as_it_is(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        return queryset

    @cached_property
    def facets(self) -> list[dict]:
        """Each facet with its options, counted among what the other filters leave; without options, it is left out."""
        facets = []
        for name, facet in self.filters.items():
            if isinstance(facet, Facet):
                options = facet.options(self._narrowed(but=name), self.form.cleaned_data.get(name, []))
                facets.append(
                    {"name": name, "label": facet.label, "options": options, "errors": self.errors.get(name, [])}
                )
        return [facet for facet in facets if facet["options"] or facet["errors"]]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        # A bad `order` leaves no value behind; the list is still in its usual order.
        return super().filter_queryset(
            self.filters["order"].filter(queryset, "") if "order" in self.filters else queryset
        )

    def _narrowed(self, but: str) -> QuerySet:
        queryset = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in (but, "order"):
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def fields(self) -> list[forms.BoundField]:
        """The fields that are typed in: the search box first, how the list is shown last."""
        typed = [name for name, filter_ in self.filters.items() if not isinstance(filter_, Facet)]
        return [self.form[name] for name in sorted(typed, key=lambda name: {"order": 1, "per_page": 2}.get(name, 0))]

    @property
    def order(self) -> str:
        """The order in force: what was asked for, or the usual one."""
        return self.form.cleaned_data.get("order") or self.filters["order"].usual

    @property
    def active(self) -> list[dict]:
        """One mark for each filter in force, with the query string that removes just it."""
        marks = []
        for name, value in self.form.cleaned_data.items():
            for one in value if isinstance(value, list) else [value]:
                if one not in (None, "") and name not in ("order", "per_page"):
                    marks.append(self._mark(name, one))
        return marks

    def _mark(self, name: str, value: object) -> dict:
        rest = self.data.copy()
        facet = self.filters[name]
        kept = [other for other in rest.getlist(name) if isinstance(facet, Facet) and other != value]
        rest.setlist(name, kept)
        rest.pop("page", None)
        text = facet.labels[value] if isinstance(facet, Facet) else self.data.get(name)
        return {"label": facet.label, "text": text, "query": rest.urlencode()}
