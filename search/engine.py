"""Search over all kinds of entries: one function for the page, one for who is still typing.

What is indexed each kind of entry says by `searched`, see `search.kinds`. Triggers write it into the table of documents
in the transaction that changes the entry, and into two full-text indexes: one of the names, and one of all words. So
nothing that runs beside the site can be late, and `rebuild_search` only repairs. The ids of documents are in order of
their kinds, and within a kind of how much their entries say: what comes first in an index is what matters most.

A name that has the words stands before all that only tells of them. The first RANKED matches of the names are ranked
by how they match, see `search.ranking`; behind them, a kind is filled up with documents that have the words in their
summary, then in their text, in the order of their ids, and only as far as is shown. The words as they were typed come
before other forms of them; they lead straight to the first documents, while those of all forms have to be gathered.
Nothing but the number of matches of each kind asks for all. Documents are read for the hits that are shown alone, those
of all kinds at once.

What a search costs at first is therefore its count: it grows with the documents that match. What was found is
remembered in each process until an entry changes or is published, and holds for the tabs of kinds, the pages behind
the first and the data of the same search. Searches among some of the entries, on another day or by operators, are
not remembered.
"""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice

from core.memory import Memory, Recent
from core.models import lines
from core.prepared import Prepared
from core.reading import reading
from search import index, spelling
from search.databases import database_of
from search.excerpts import Marker, Piece
from search.index import Among, Within
from search.kinds import KINDS
from search.models import Document
from search.query import Query, Way, split, squeeze, words_of
from search.ranking import ALIAS, ALIAS_BEGINS, IN_NAMES, IN_SUMMARY, IN_TEXT, rank

# So many matches, the most important ones, are ranked and can be paged through.
RANKED = 2000
# So many ranks of documents are remembered, of the searches that were asked last.
KEPT = 50_000

_documents = Prepared(lambda ids: Document.objects.filter(pk__in=ids))
_found = Recent(KEPT, lambda results: results.weight)


@dataclass(frozen=True)
class Hit:
    """A found entry, and where the words stand in it."""

    document: Document
    rank: tuple
    marker: Marker
    query: Query

    @property
    def url(self) -> str:
        return self.document.get_absolute_url()

    @property
    def title(self) -> list[Piece]:
        return self.marker.pieces(self.document.title)

    @cached_property
    def alias(self) -> list[Piece]:
        """The alias by which it was found, where its name is not."""
        if self.rank[0] not in (ALIAS, ALIAS_BEGINS, IN_NAMES):
            return []
        found = [pieces for alias in lines(self.document.aliases) if (pieces := self._marked(alias))]
        return max(found, key=lambda pieces: sum(piece.found for piece in pieces), default=[])

    def _marked(self, alias: str) -> list[Piece]:
        if self.query.squeezed and squeeze(alias).startswith(self.query.squeezed):
            return [Piece(alias, found=True)]
        pieces = self.marker.pieces(alias)
        return pieces if any(piece.found for piece in pieces) else []

    @cached_property
    def excerpt(self) -> list[Piece]:
        return self.marker.excerpt(self.document.summary, self.document.text)


@dataclass
class Results:
    """What was found: how many of each kind, and which, as far as one asks."""

    query: Query
    among: Among = None
    counts: dict[str, int] = field(default_factory=dict)
    # What was looked for instead, where nothing has what was typed.
    instead: str = ""
    # Entries have some of the words, none has all.
    some: bool = False
    # The first documents of each kind, as far as was asked for.
    first: dict[str, dict[int, tuple]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def weight(self) -> int:
        """How many ranks it holds, and one for itself."""
        return 1 + len(self.names) + sum(map(len, self.first.values()))

    def ranks(self, upto: int, *kinds: str) -> dict[int, tuple]:
        """The ids of the first `upto` documents of each of these kinds in their order, each with its rank."""
        asked = {kind: min(upto, self.counts.get(kind, 0)) for kind in kinds}
        known = {kind: self.first.get(kind, {}) for kind in kinds}
        if more := {kind: most for kind, most in asked.items() if len(known[kind]) < most}:
            known |= self._found(more)
            self.first |= known
        return dict(chain.from_iterable(islice(known[kind].items(), most) for kind, most in asked.items()))

    def _found(self, asked: dict[str, int]) -> dict[str, dict[int, tuple]]:
        """The first documents of these kinds, at least so many of each: by their names, then by what else they say."""
        found = {kind: {} for kind in asked}
        for id, its_rank in self.names.items():
            if (kind := KINDS.of_id(id)) in found:
                found[kind][id] = its_rank
        for expression, its_rank in self._steps.items():
            limits = {kind: most + len(found[kind]) for kind, most in asked.items() if len(found[kind]) < most}
            for id in index.first(expression, limits, self.within) if limits else ():
                found[KINDS.of_id(id)].setdefault(id, its_rank)
        return found

    @cached_property
    def _steps(self) -> dict[str, tuple[int, int]]:
        """What to look for behind the names, first things first, each with the rank of those that it finds."""
        express, steps = database_of(reading()).expression, {}
        for tier in (IN_SUMMARY, IN_TEXT):
            for loose, query in enumerate((self.query.as_typed, self.query)):
                steps.setdefault(express(query, summary=tier == IN_SUMMARY), (tier, loose))
        return steps

    @cached_property
    def names(self) -> dict[int, tuple]:
        """The documents whose names match, of all kinds, best first, each with its rank."""
        if not self.query.groups:
            return {}
        expression = database_of(reading()).expression(self.query)
        rows = index.named(expression, self.within, RANKED)
        ranked = sorted((*rank(self.query, title, squeezed), id) for id, title, squeezed in rows)
        return {id: tuple(rest) for *rest, id in ranked}

    @cached_property
    def better(self) -> str:
        """What to offer where only texts have what was typed, and a name has nearly it."""
        return "" if self.names or self.instead or self.some else _respelled(self.query, self.among)

    @cached_property
    def within(self) -> Within:
        return Within(self.query.excluded, self.among)

    def hits(self, ranks: dict[int, tuple]) -> list[Hit]:
        documents, marker = {document.pk: document for document in _documents(list(ranks))}, Marker(self.query)
        return [Hit(documents[id], rank, marker, self.query) for id, rank in ranks.items() if id in documents]


def search(query: Query, among: Among = None) -> Results:
    """All that matches the query.

    Where nothing does, what it may have meant: with other spellings, else with some of its words.
    """
    return _search(query, among) if among else Memory().recall(_found, query, lambda: _search(query, None))


def _search(query: Query, among: Among) -> Results:
    found = _look(query, among)
    if found.count or not query.groups:
        return found
    if instead := _respelled(query, among, everywhere=True):
        respelled = _look(query.with_text(instead), among)
        respelled.instead = instead
        return respelled
    some = _look(query.with_any_word(), among)
    some.some = True
    return some if some.count else found


def suggest(query: Query, limit: int, last: str = "", among: Among = None) -> list[Hit]:
    """The best names for what has been typed so far, of all kinds; those of the kind `last` after all others."""
    results = Results(query, among)
    if not results.names and (instead := _respelled(query, among)):
        results = Results(query.with_text(instead), among)
    start, end = KINDS[last].searched.ids if last else (0, 0)
    ids = sorted(results.names, key=lambda id: start <= id <= end)
    return results.hits({id: results.names[id] for id in ids[:limit]})


def hits_of(kind: str, keys: list[int], query: Query) -> list[Hit]:
    """Entries that were found without words, in the order of their keys."""
    documents = {document.key: document for document in Document.objects.filter(kind=kind, key__in=keys)}
    return [Hit(documents[key], (IN_TEXT,), Marker(query), query) for key in keys if key in documents]


def _look(query: Query, among: Among) -> Results:
    results = Results(query, among)
    if query.groups:
        results.counts = index.count(database_of(reading()).expression(query), results.within)
    return results


def _respelled(query: Query, among: Among, *, everywhere: bool = False) -> str:
    """The query in words that names have: for each that no name has, the nearest; "" where that finds nothing."""
    near = {}
    for group in query.groups:
        if not index.find("names", database_of(reading()).any_of(group.ways), limit=1):
            # Of llama3, the letters may be misspelled.
            letters, *rest = split(group.typed)
            near[group.typed] = tuple(Way((word, *rest), loose=True) for word in spelling.near(letters, everywhere))
    if not any(near.values()):
        return ""
    # The words that were typed may still be those of a text.
    results = Results(query.respelled(near), among)
    best = next(iter(results.hits(dict(list(results.names.items())[:1]))), None)
    if not best:
        return ""
    words = words_of(f"{best.document.title} {best.document.aliases}")
    return " ".join(group.spelt(words, near.get(group.typed, ())) for group in query.groups)
