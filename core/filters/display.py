"""How a list is shown: order, view, columns, and how many at once. None of it narrows the list."""

from collections.abc import Iterable
from functools import cache

import django_filters
from django import forms
from django.db.models import QuerySet

from core.fields import NamesField


class Display(django_filters.Filter):
    """How the list is shown. It narrows nothing."""

    def filter(self, queryset: QuerySet, value: object) -> QuerySet:
        return queryset


class OrderFilter(Display):
    """`order=released` or `order=-released`: the keys are the names in the address, the values label and path.

    Instead of a path, the name of a facet orders by its first value. `usual` is the order of a list that was not asked
    for another. Text is ordered without regard to case.
    """

    # Not django-filter's, which puts its choices together anew whenever they are looked at: there are dozens.
    field_class = forms.ChoiceField

    def __init__(self, usual: str = "name", empty_label: str = "the usual order", **orders: tuple[str, str]):
        self.orders = orders
        self.usual = usual
        choices = [(sign + name, label + suffix) for name, (label, _) in orders.items() for sign, suffix in DIRECTIONS]
        super().__init__(
            label="Sort by",
            choices=[("", empty_label), *choices],
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


class PerPageFilter(Display):
    """How many entries a page holds, of the `most` that a page of this list may hold."""

    @property
    def field(self) -> forms.Field:
        return _up_to(self.parent.most)


@cache
def _up_to(most: int) -> forms.Field:
    # Not a number input: it would hide from the reader what was typed and not understood.
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=1, max_value=most, required=False, label="Entries on a page", widget=widget)


class FacetFilter(Display, django_filters.ChoiceFilter):
    """`facet=organization`: shows all values of that facet instead of the list."""

    def __init__(self, facets: Iterable[tuple[str, str]] = ()):
        error_messages = {"invalid_choice": "“%(value)s” is no facet of this list."}
        super().__init__(label="Facet", choices=facets, error_messages=error_messages)


class TextFilter(Display, django_filters.CharFilter):
    """What the values of the facet that is shown are searched for."""
