"""One entry as the checks see it: what it refers to, and those of all others that could say or be called the same."""

import copy
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from operator import or_
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve

from catalog import rules
from catalog.checks.collection import Collection, Prose, prose_of
from catalog.checks.prose import SAID_TWICE
from catalog.checks.references import links, names
from catalog.evidence import INLINE
from catalog.imports.names import normalized
from catalog.models import AIModel, Derivation, Family, Innovation, ModelPaper, Part
from core.models import Entry, Status, lines
from core.reading import reading
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from search import index
from search.databases import database_of
from search.kinds import KINDS
from search.query import Way, words_of

KINDS_OF_ENTRIES = (Term, Organization, Source, Paper, Benchmark, Family, AIModel)
# Words of a sentence by which its twin is looked for.
FIRST_WORDS = 12
# Twins of sentences that are looked at.
MOST_ALIKE = 200
_LETTERS = re.compile(r"[a-z0-9]+", re.IGNORECASE)


class Neighborhood(Collection):
    """A collection of one entry, taken for published, and of what the rules compare it with.

    Without those `alike`, it is cheaper: nothing is looked for that has the same names or sentences.
    """

    def __init__(self, entry: Entry, *, alike: bool = True):
        self.alike = alike
        super().__init__({entry.pk} if isinstance(entry, AIModel) else ())
        self.entry = copy.copy(entry)
        self.entry.status = Status.PUBLISHED

    @cached_property
    def models(self) -> dict[int, AIModel]:
        # A circle is told at the first of its models.
        own = {self.entry.pk: self.entry} if isinstance(self.entry, AIModel) else {}
        return own | self.entries[AIModel]

    @cached_property
    def entries(self) -> dict[type[Entry], dict[int, Entry]]:
        wanted: dict[type[Entry], Q] = defaultdict(Q)
        for kind, number in self._referred_to():
            wanted[kind] |= Q(pk=number)
        for kind, slugs in self._linked().items():
            wanted[kind] |= Q(slug__in=slugs)
        if self.alike:
            for kind, numbers in self._saying_the_same().items():
                wanted[kind] |= Q(pk__in=numbers)
            wanted[type(self.entry)] |= Q(pk__in=self._called_the_same())
        if isinstance(self.entry, AIModel):
            wanted[Benchmark] |= Q(parent__scores__model=self.entry.pk)
        if isinstance(self.entry, Source):
            wanted[Paper] |= Q(source=self.entry.pk)
        found: dict[type[Entry], dict[int, Entry]] = {}
        # The entry comes last of all: what two entries share is told at the later one.
        for kind in sorted(KINDS_OF_ENTRIES, key=lambda kind: kind is type(self.entry)):
            rows = kind.objects.filter(wanted[kind]).distinct().order_by("slug") if wanted[kind] else ()
            found[kind] = {row.pk: row for row in rows}
        found[type(self.entry)].pop(self.entry.pk, None)
        found[type(self.entry)][self.entry.pk] = self.entry
        return found

    @cached_property
    def published(self) -> list[AIModel]:
        return [self.entry] if isinstance(self.entry, AIModel) else []

    @cached_property
    def derivations(self) -> list[Derivation]:
        """Those that tie it to another model, at either end."""
        if not isinstance(self.entry, AIModel):
            return []
        of_it = Derivation.objects.filter(Q(child=self.entry.pk) | Q(parent=self.entry.pk))
        return list(of_it.select_related("child", "parent").order_by("pk"))

    @cached_property
    def innovations(self) -> list[Part]:
        return self._shared(super().innovations, Innovation, "term")

    @cached_property
    def papers(self) -> list[Part]:
        return self._shared(super().papers, ModelPaper, "paper")

    def _shared(self, own: list[Part], kind: type[Part], name: str) -> list[Part]:
        """The entry's own parts, and one of another model with the same subject, if there is one."""
        subjects = {getattr(part, f"{name}_id") for part in own}
        others = kind.objects.filter(**{f"{name}__in": subjects}).exclude(model=self.entry.pk)
        return [*own, *(others.select_related("model", name).order_by("pk")[:1] if subjects else ())]

    def _with(self, parts: QuerySet, subjects: Iterable[str]) -> QuerySet:
        return parts.select_related(*subjects)

    def _model(self, number: int) -> AIModel:
        return self.entry

    # How it hangs together with others: a step at a time, for most lines are short and the whole is large

    @cached_property
    def relatives(self) -> list[tuple[int, int | None, int | None]]:
        near = Q(predecessor=self.entry.pk) | Q(variant_of=self.entry.pk) | Q(pk__in=[self.entry.pk])
        original = getattr(self.entry, "variant_of_id", None)
        if original:
            near |= Q(variant_of=original)
        return self._upward(AIModel.objects, near, "pk", "predecessor", "variant_of")

    @cached_property
    def weights(self) -> dict[int, list[int]]:
        edges = Derivation.objects.filter(kind__in=rules.WEIGHT_CARRYING).exclude(parent=None)
        found = defaultdict(list)
        for child, parent in self._upward(edges, Q(child=self.entry.pk), "child", "parent"):
            found[child].append(parent)
        return found

    def _upward(self, rows: QuerySet, condition: Q, below: str, above: str, *more: str) -> list[tuple]:
        """The rows that meet the condition, those above them, and so on to the top."""
        if not isinstance(self.entry, AIModel):
            return []
        found, seen = [], set()
        while step := list(rows.filter(condition).order_by().values_list(below, above, *more)):
            found += step
            seen |= {row[0] for row in step}
            condition = Q(**{f"{below}__in": {row[1] for row in step if row[1]} - seen})
        return list(dict.fromkeys(found))

    # What belongs in the neighborhood

    @cached_property
    def _own_prose(self) -> list[Prose]:
        return prose_of(self.entry)

    def _referred_to(self) -> Iterator[tuple[type[Entry], int]]:
        for column in self.entry._meta.concrete_fields:
            number = getattr(self.entry, column.attname)
            if column.is_relation and number and issubclass(column.related_model, Entry):
                yield column.related_model, number

    def _linked(self) -> dict[type[Entry], set[str]]:
        """The slugs that its prose links to or cites, by kind."""
        found = defaultdict(set)
        by_name = {f"{kind._meta.model_name}_detail": kind for kind in KINDS_OF_ENTRIES}
        for _, link in links(self._own_prose):
            try:
                match = resolve(urlsplit(link).path)
            except (Resolver404, ValueError):
                continue
            if kind := by_name.get(match.url_name):
                found[kind].add(match.kwargs["slug"])
        found[Source] |= {match["slug"] for prose in self._own_prose for match in INLINE.finditer(prose.text)}
        return found

    def _saying_the_same(self) -> dict[type[Entry], list[int]]:
        """The published entries, by kind, that have the first words of one of its longer sentences."""
        long = (
            tuple(words_of(sentence)[:FIRST_WORDS])
            for prose in self._own_prose
            for sentence in rules.sentences(prose.text)
            if rules.words(sentence) >= SAID_TWICE
        )
        ways = [Way(words) for words in dict.fromkeys(long) if words]
        found = defaultdict(list)
        expression = database_of(reading()).any_of(ways)
        for number in index.find("words", expression, limit=MOST_ALIKE) if ways else ():
            kind, key = KINDS.key_of(number)
            found[kind].append(key)
        return found

    def _called_the_same(self) -> list[int]:
        """Those of its kind that bear one of its names; looked for by a word of it, then compared."""
        kind, own = type(self.entry), {_folded(name) for name in names(self.entry)}
        columns = (
            {"url"} if kind is Source else {"name", "aliases", "abbreviation"} & {f.name for f in kind._meta.fields}
        )
        words = {max(_LETTERS.findall(name), key=len, default=name) for name in names(self.entry)}
        near = (Q(**{f"{column}__icontains": word}) for word in words for column in columns)
        rows = kind.objects.filter(reduce(or_, near)).exclude(pk=self.entry.pk).order_by().values_list("pk", *columns)
        return [pk for pk, *texts in rows if own & {_folded(name) for text in texts for name in lines(text)}]


def _folded(name: str) -> str:
    return normalized(name).casefold()
