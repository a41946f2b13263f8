"""The parameters of an address, of which the links of a page change one or two each."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from django.http import QueryDict


class QueryString:
    """Writes what does not change once, where `QueryDict.urlencode` writes it anew for each of a hundred links."""

    def __init__(self, query: QueryDict):
        self.query = query

    @cached_property
    def _written(self) -> dict[str, str]:
        return {name: _write(name, values) for name, values in self.query.lists()}

    def changed(self, changes: dict[str, Iterable[str]]) -> str:
        """With these parameters instead, in their place or at the end; an empty text is left out."""
        written = {name: _write(name, filter(None, values)) for name, values in changes.items()}
        return "&".join(filter(None, (self._written | written).values()))


def _write(name: str, values: Iterable[str]) -> str:
    return "&".join([f"{_quote(name)}={_quote(value)}" for value in values])


# Names and ends of bars are the same on every page.
_quote = lru_cache(1000)(quote_plus)
