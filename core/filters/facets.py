"""Facets: choices to tick, counted from memory."""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextChoices

from core.fields import ChosenField
from core.selection import UNKNOWN, Values

# How many values of a facet a list offers.
OFFERED = 12


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
        index, entries = self.parent.index, self.parent.entries
        pairs = [(place, str(value)) for path in self.paths for place, value in index.read(entries, path)]
        return Values(index, pairs, labels, unknown)

    @property
    def labels(self) -> dict[str, str]:
        return self.values.labels

    @property
    def field(self) -> forms.Field:
        return self.parent.recall((*self.paths, "field"), lambda: ChosenField(self.labels, label=self.label))

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
        values, labels = self.values, self.labels
        if find:
            chosen = [value for value in chosen if find.casefold() in labels[value].casefold()]
            counted = values.counts(places).items()
            counts = {value: count for value, count in counted if find.casefold() in labels[value].casefold()}
            total = len(counts)
        else:
            counts, total = values.most_frequent(places, most)
        others = {value: values.count(value, places) for value in chosen if value not in counts}
        total += sum(not count for count in others.values())
        counts = counts | others
        top = [*values.first(counts, most)]
        top += [value for value in chosen if value not in top]
        options = [
            {"value": value, "label": labels[value], "count": counts[value], "chosen": value in chosen} for value in top
        ]
        return options, total - len(top)


def is_choice(option: dict) -> bool:
    """Whether it parts some entries from others: "not known" alone does not."""
    return option["value"] != UNKNOWN or option["chosen"]
