"""Which of the found names is what the reader meant."""

from search.query import Query, fold, words_of

# What stands before what: the whole name, a whole alias, a name that begins so, an alias that begins so, the words in
# the name, the words in name and aliases; then what only the summary has, and what only the text has.
NAME, ALIAS, NAME_BEGINS, ALIAS_BEGINS, IN_NAME, IN_NAMES, IN_SUMMARY, IN_TEXT = range(8)


def rank(query: Query, title: str, squeezed: str) -> tuple[int, int, int]:
    """The rank of a document whose names match, the smallest first: tier, words that only nearly match, length."""
    words = words_of(title)
    loose = sum(not _stands_in(group, words) for group in query.groups)
    return _tier(query, squeezed, words), loose, len(title)


def _tier(query: Query, squeezed: str, words: list[str]) -> int:
    if query.squeezed and f"\n{query.squeezed}" in (names := f"\n{fold(squeezed)}"):
        # Name, aliases and slug, one a line.
        name, *others = names[1:].splitlines()
        if name == query.squeezed:
            return NAME
        if query.squeezed in others:
            return ALIAS
        return NAME_BEGINS if name.startswith(query.squeezed) else ALIAS_BEGINS
    if all(any(way.found_in(words) for way in group.ways) for group in query.groups):
        return IN_NAME
    return IN_NAMES


def _stands_in(group, words: list[str]) -> bool:
    return any(way.found_in(words) for way in group.ways if not way.loose)
