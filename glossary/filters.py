from core.filters import EntryFilters, OrderFilter


class TermFilters(EntryFilters):
    search_fields = ("name", "abbreviation", "aliases", "definition")

    order = OrderFilter(
        name=("Name", "name"), abbreviation=("Abbreviation", "abbreviation"), updated=("Last change", "updated_at")
    )
