"""The search box of the lists."""

import django_filters
from django.db.models import QuerySet

from core.filters import EntryFilters
from core.memory import Recent
from core.reading import reading
from search import index
from search.databases import database_of
from search.query import parse

# Of so many searches in a list, it is remembered what they found.
KEPT = 100


class WordsFilter(django_filters.CharFilter):
    """The entries that the words mean, as on the search page; the last word of a name may be just begun."""

    def places(self, text: str) -> int:
        # Kept with the entries, whose own rows are all that is searched: whoever pages through the list, sorts or
        # narrows it comes with the same words again.
        found, index = self.parent.recall("words", lambda: Recent(KEPT, lambda places: 1)), self.parent.index
        return self.parent.memory.recall(found, ("words", text), lambda: index.set_of(self._keys(text)))

    def filter(self, queryset: QuerySet, text: str) -> QuerySet:
        return queryset.filter(pk__in=self._keys(text)) if text else queryset

    def _keys(self, text: str) -> list[int]:
        kind, express = self.parent.queryset.model._meta.verbose_name, database_of(reading()).expression
        words, begun = parse(text), parse(text, typing=True)
        if not words.groups:
            return []
        return [
            *index.keys("words", express(words), kind=kind, but=words.excluded),
            *index.keys("names", express(begun), kind=kind, but=words.excluded),
        ]


class SearchFilters(EntryFilters):
    q = WordsFilter(label="Search in this list", max_length=200)
