"""Ends of ranges, and days."""

import datetime

import django_filters
from django.db.models import QuerySet

from core.fields import DayField, NumberField, PartialDateField, SizeField
from core.quantities import last_day


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
        return self.parent.index.set_of(self.parent.entries.as_of(day).order_by().values_list("pk", flat=True))

    def filter(self, queryset: QuerySet, day: datetime.date | None) -> QuerySet:
        return queryset.as_of(day)
