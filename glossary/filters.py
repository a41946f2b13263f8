from core.filters import OrderFilter
from search.filters import SearchFilters


class TermFilters(SearchFilters):
    order = OrderFilter(
        name=("Name", "name"), abbreviation=("Abbreviation", "abbreviation"), updated=("Last change", "updated_at")
    )
