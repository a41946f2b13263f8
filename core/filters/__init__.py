"""Filters of the lists: state in the address, a count beside each choice, a message beside each bad value."""

from core.filters.display import DIRECTIONS, Display, OrderFilter
from core.filters.entries import MAX_PER_PAGE, EntryFilters
from core.filters.facets import Facet
from core.filters.ranges import AsOfFilter, Bound, DateFilter, NumberFilter, SizeFilter

__all__ = [
    "DIRECTIONS",
    "MAX_PER_PAGE",
    "AsOfFilter",
    "Bound",
    "DateFilter",
    "Display",
    "EntryFilters",
    "Facet",
    "NumberFilter",
    "OrderFilter",
    "SizeFilter",
]
