"""Entries of one kind whose names are nearly the same: two of one thing, or two things that want telling apart."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from catalog.models import AIModel
from core.admin import row_number
from core.memory import lingering
from core.models import Entry, Status, lines
from editorial.upkeep import Item, Open, Upkeep
from glossary.models import Term
from research.models import Organization, Paper

# The columns that name an entry; aliases are one a line.
NAMED_BY: Mapping[type[Entry], tuple[str, ...]] = {
    AIModel: ("name", "aliases"),
    Organization: ("name", "aliases"),
    Paper: ("name", "short_name"),
    Term: ("name", "abbreviation", "aliases"),
}
_KINDS = {kind._meta.model_name: kind for kind in NAMED_BY}
# A number keeps what follows it: 8b and 1.5b are words, gpt4 is two.
_WORD = re.compile(r"\d+(?:\.\d+)*[^\W\d_]*|[^\W\d_]+|\+")

Likeness = tuple[str, ...]


@lru_cache(maxsize=2**18)
def likeness(name: str) -> Likeness:
    """What names share that differ in case, punctuation, spaces or the order of their words.

    “GPT-4”, “gpt 4” and “GPT4” are alike, “Claude 3.5 Sonnet” and “Claude Sonnet 3.5”; not “Llama 3 8B” and its
    “Instruct”, nor “Qwen 2 1.5B” and “Qwen 1.5 2B”.
    """
    folded = name.casefold()
    if not name.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return tuple(sorted(_WORD.findall(folded)))


@lingering
def bearers() -> Mapping[type[Entry], Mapping[Likeness, Mapping[int, str]]]:
    """By kind, the entries that bear a name of each likeness: number and name. A query for each kind."""
    found = {}
    for kind, columns in NAMED_BY.items():
        by_likeness = defaultdict(dict)
        for pk, *texts in kind.objects.exclude(status=Status.ARCHIVED).order_by("pk").values_list("pk", *columns):
            for alike in _alike(texts):
                by_likeness[alike][pk] = texts[0]
        # What is shared stays a plain mapping: asking for a name must not add it.
        found[kind] = dict(by_likeness)
    return found


def _alike(texts: Iterable[str]) -> set[Likeness]:
    return {likeness(name) for text in texts for name in lines(text)} - {()}


@lingering
def near_duplicates() -> Open:
    """Pairs of entries: “aimodel 3 17”, each with the first of its likeness; their state is what both are called."""
    found = {}
    for kind, by_likeness in bearers().items():
        for named in by_likeness.values():
            first, *others = named
            for other in others:
                found[f"{kind._meta.model_name} {first} {other}"] = f"{named[first]}\n{named[other]}"
    return found


def load(key: str) -> Item | None:
    name, *numbers = key.split(" ")
    kind = _KINDS.get(name)
    if kind is None or len(numbers) != 2 or None in map(row_number, numbers):
        return None
    rows = kind.objects.exclude(status=Status.ARCHIVED).filter(pk__in=numbers).order_by("pk")
    names = [[name for column in NAMED_BY[kind] for name in lines(getattr(row, column))] for row in rows]
    if len(rows) != 2 or not set.intersection(*map(_alike, names)):
        return None
    one, other = rows
    facts = {"entries": list(zip(rows, names, strict=True)), "kind": kind._meta}
    return Item(key, f"{one.name}\n{other.name}", f"{one} and {other}", one, facts)


NAMES = Upkeep(
    name="names",
    title="Names nearly the same",
    purpose="Two entries of one kind share a name but for case, punctuation or the order of its words.",
    open=near_duplicates,
    load=load,
    permission="catalog.change_aimodel",
    template="admin/editorial/upkeep/_names.html",
    dismissal="These are two",
)
