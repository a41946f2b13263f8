"""The collection as its checks see it: every table read once, when the first rule asks for it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from catalog.models import AIModel, Citation, Derivation, Family, Innovation, Milestone, ModelPaper, Part, Score
from catalog.rules import WEIGHT_CARRYING
from core.markdown import to_html
from core.models import Entry, Record, Status
from glossary.lexicon import Lexicon
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

# An entry or a part of one, and what is wrong with it.
Found = Iterator[tuple[Record, str]]
Rule = Callable[["Collection"], Found]

# The fields that hold sentences.
TEXTS = ("summary", "why_it_matters", "description", "definition", "article", "caveat")


@dataclass(frozen=True)
class Prose:
    """One field of an entry that holds sentences."""

    entry: Entry
    field: str
    text: str

    @property
    def label(self) -> str:
        return self.field.replace("_", " ").capitalize()

    @property
    def is_markdown(self) -> bool:
        return self.field in self.entry.markdown

    @cached_property
    def html(self) -> str:
        return to_html(self.text)


def prose_of(entry: Entry) -> list[Prose]:
    """Its filled texts."""
    columns = {column.name for column in entry._meta.concrete_fields}
    return [Prose(entry, name, getattr(entry, name)) for name in TEXTS if name in columns and getattr(entry, name)]


class Collection:
    """All entries and their parts; or some models (`only` their numbers) with theirs, and what rules ask of others."""

    def __init__(self, only: Iterable[int] | None = None):
        self.only = None if only is None else set(only)

    # Entries by their numbers

    @cached_property
    def models(self) -> dict[int, AIModel]:
        chosen = AIModel.objects.all()
        if self.only is not None:
            chosen = chosen.filter(pk__in=self.only).select_related("variant_of")
        makers = Prefetch("organizations", Organization.objects.only("pk"))
        return {model.pk: model for model in chosen.order_by("slug").prefetch_related(makers)}

    @cached_property
    def entries(self) -> dict[type[Entry], dict[int, Entry]]:
        terms = Term.objects.prefetch_related(Prefetch("see_also", Term.objects.only("pk")))
        papers = Paper.objects.prefetch_related(
            Prefetch("introduces", Term.objects.only("pk")), Prefetch("organizations", Organization.objects.only("pk"))
        )
        others = (terms, Organization.objects.all(), Source.objects.all(), papers, Benchmark.objects.all())
        rows = {query.model: {row.pk: row for row in query.order_by("slug")} for query in (*others, Family.objects)}
        return {**rows, AIModel: self.models}

    def all_of(self, *kinds: type[Entry], published: bool = False) -> Iterator[Entry]:
        """The entries of these kinds, or of all of them, by slug."""
        for kind in kinds or self.entries:
            rows = self.entries[kind].values()
            yield from (row for row in rows if not published or row.status == Status.PUBLISHED)

    @cached_property
    def published(self) -> list[AIModel]:
        return [model for model in self.models.values() if model.status == Status.PUBLISHED]

    # Parts

    @cached_property
    def citations(self) -> list[Citation]:
        return self._parts(Citation, "source")

    @cached_property
    def scores(self) -> list[Score]:
        return self._parts(Score, "benchmark", "source")

    @cached_property
    def milestones(self) -> list[Milestone]:
        return self._parts(Milestone, "source")

    @cached_property
    def innovations(self) -> list[Innovation]:
        return self._parts(Innovation, "term")

    @cached_property
    def papers(self) -> list[ModelPaper]:
        return self._parts(ModelPaper, "paper")

    def _parts(self, kind: type[Part], *subjects: str) -> list:
        chosen = kind.objects.all() if self.only is None else kind.objects.filter(model__in=self.only)
        rows = list(self._with(chosen, subjects))
        for row in rows:
            row.model = self._model(row.model_id)
        return sorted(rows, key=lambda row: row.model.slug)

    def _with(self, parts: QuerySet, subjects: Iterable[str]) -> QuerySet:
        """With what the parts are about. Those of thousands of models, as imports bring them, share few of these."""
        return parts.select_related(*subjects) if self.only is None else parts.prefetch_related(*subjects)

    def _model(self, number: int) -> AIModel:
        return self.models[number]

    @cached_property
    def derivations(self) -> list[Derivation]:
        """Of the whole collection only."""
        rows = list(Derivation.objects.order_by("child__slug", "pk"))
        for row in rows:
            row.child, row.parent = self.models[row.child_id], self.models.get(row.parent_id)
        return rows

    def by_model(self, parts: Iterable[Part]) -> dict[int, list[Part]]:
        found = defaultdict(list)
        for part in parts:
            found[part.model_id].append(part)
        return found

    # How models hang together, the whole collection whatever `only` says: a circle may close outside of it

    @cached_property
    def relatives(self) -> list[tuple[int, int | None, int | None]]:
        """Every model that has a predecessor or is a variant: its number, its predecessor's, its original's."""
        related = AIModel.objects.exclude(Q(predecessor=None) & Q(variant_of=None)).order_by()
        return list(related.values_list("pk", "predecessor", "variant_of"))

    @cached_property
    def variants_of(self) -> Counter:
        """How many variants a model has."""
        return Counter(original for _, _, original in self.relatives if original)

    @cached_property
    def predecessors(self) -> dict[int, list[int]]:
        return {pk: [before] for pk, before, _ in self.relatives if before}

    @cached_property
    def weights(self) -> dict[int, list[int]]:
        """The models whose weights went into a model."""
        edges = Derivation.objects.filter(kind__in=WEIGHT_CARRYING).exclude(parent=None).order_by()
        found = defaultdict(list)
        for child, parent in edges.values_list("child", "parent"):
            found[child].append(parent)
        return found

    # Prose

    @cached_property
    def prose(self) -> list[Prose]:
        """Every filled text of every entry."""
        return [prose for entry in self.all_of() for prose in prose_of(entry)]

    @cached_property
    def mentioned(self) -> set[int]:
        """The terms that some page's prose explains, a term's own article aside."""
        lexicon, found = Mentions.load(), set()
        for prose in self.prose:
            own = {prose.entry.pk} if isinstance(prose.entry, Term) else set()
            mentions = Mentions(lexicon.index, found | own)
            if prose.is_markdown:
                mentions.prose(prose.text)
                found |= mentions.explained - (own - found)
        return found


class Mentions(Lexicon):
    """Notes which terms are met, and prints nothing."""

    def explain(self, term: Term, text: str) -> str:
        self.explained.add(term.pk)
        return text
