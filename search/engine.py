"""Search over all kinds of entries: one function for the page, one for who is still typing."""

from dataclasses import dataclass, field
from functools import cached_property

from core.models import lines
from core.reading import reading
from search import index, spelling
from search.databases import database_of
from search.excerpts import Marker, Piece
from search.index import Among
from search.kinds import KINDS
from search.models import Document
from search.query import Query, Way, split, squeeze, words_of
from search.ranking import ALIAS, ALIAS_BEGINS, IN_NAMES, IN_SUMMARY, IN_TEXT, rank

# So many matches, the most important ones, are ranked and can be paged through.
RANKED = 2000


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

    @property
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

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    def ranks(self, kind: str, upto: int) -> dict[int, tuple]:
        """The ids of the first `upto` documents of a kind in their order, each with its rank."""
        first, last = KINDS[kind].searched.ids
        found = {id: rank for id, rank in self.names.items() if first <= id <= last}
        for tier in (IN_SUMMARY, IN_TEXT):
            if len(found) < min(upto, self.counts.get(kind, 0)):
                expression = database_of(reading()).expression(self.query, summary=tier == IN_SUMMARY)
                more = index.find("words", expression, limit=upto + len(found), **self.narrowing | {"kind": kind})
                found |= {id: (tier,) for id in more if id not in found}
        return dict(list(found.items())[:upto])

    @cached_property
    def names(self) -> dict[int, tuple]:
        """The documents whose names match, of all kinds, best first, each with its rank."""
        if not self.query.groups:
            return {}
        expression = database_of(reading()).expression(self.query)
        return _ranked(self.query, index.find("names", expression, limit=RANKED, **self.narrowing))

    @property
    def narrowing(self) -> dict:
        return {"but": self.query.excluded, "among": self.among}

    def hits(self, ranks: dict[int, tuple]) -> list[Hit]:
        documents, marker = Document.objects.in_bulk(list(ranks)), Marker(self.query)
        return [Hit(documents[id], rank, marker, self.query) for id, rank in ranks.items() if id in documents]


def search(query: Query, among: Among = None) -> Results:
    """All that matches the query.

    Where nothing does, what it may have meant: with other spellings, else with some of its words.
    """
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
    ids = sorted(results.names, key=lambda id: KINDS.of_id(id) == last)
    return results.hits({id: results.names[id] for id in ids[:limit]})


def better_spelling(results: Results) -> str:
    """What to offer where only texts have what was typed, and a name has nearly it."""
    return "" if results.names or results.instead or results.some else _respelled(results.query, results.among)


def hits_of(kind: str, keys: list[int], query: Query) -> list[Hit]:
    """Entries that were found without words, in the order of their keys."""
    documents = {document.key: document for document in Document.objects.filter(kind=kind, key__in=keys)}
    return [Hit(documents[key], (IN_TEXT,), Marker(query), query) for key in keys if key in documents]


def _look(query: Query, among: Among) -> Results:
    if not query.groups:
        return Results(query, among)
    expression = database_of(reading()).expression(query)
    return Results(query, among, index.count(expression, but=query.excluded, among=among))


def _ranked(query: Query, ids: list[int]) -> dict[int, tuple]:
    rows = Document.objects.filter(pk__in=ids).values_list("pk", "title", "aliases", "slug")
    ranked = sorted((*rank(query, title, aliases, slug), id) for id, title, aliases, slug in rows)
    return {id: tuple(rest) for *rest, id in ranked}


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
