"""A made-up collection of any size, the same each time: shaped like the real one, with its extremes.

A few organizations, sources, benchmarks and terms have most of what there is; some models have thousands of
descendants, some stand in lines of thirty, some in circles of distillation; much is unknown, and a little unpublished.
"""

import datetime
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Model

from benchmarks.entries import AGGREGATOR, DATABASE, HUBS, LAST, MODALITIES, Entries, Shape
from catalog.figures import FIGURE
from catalog.models import (
    AIModel,
    Basis,
    Citation,
    Confidence,
    Derivation,
    DerivationKind,
    Family,
    Innovation,
    Link,
    LinkKind,
    Measurer,
    Milestone,
    Modality,
    ModelPaper,
    Score,
    Tag,
    TaggedModel,
)
from core.models import DatePrecision
from core.quantities import iso_date
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

# How long a line of derivations becomes, and after how many models the next one of that length begins.
DEPTH, EVERY = 30, 2000
SETTINGS = ("", "0-shot", "5-shot", "5-shot, chain of thought", "pass@1", "maj@32", "high effort", "with tools")
# Most derivatives are fine-tuned.
MADE_BY = (DerivationKind.FINE_TUNED_FROM,) * 3 + (DerivationKind.QUANTIZED_FROM, DerivationKind.INITIALIZED_FROM)


class MadeUp(Entries):
    """The rows of the collection, each kind after those that it refers to."""

    def rows(self) -> Iterator[tuple[type[Model], Iterator[Model]]]:
        """Each kind with its rows, to be used up before the next."""
        yield Modality, (Modality(pk=pk, name=name, slug=name) for pk, name in enumerate(MODALITIES, 1))
        yield Tag, self._tags()
        yield Term, self._terms()
        yield Organization, self._organizations()
        yield Source, self._sources()
        yield Paper, self._papers()
        yield Paper.introduces.through, self._pairs(Paper, Term, 2)
        yield Paper.organizations.through, self._pairs(Paper, Organization, 2)
        yield Benchmark, self._benchmarks()
        yield Family, self._families()
        yield AIModel, map(self._model, self.shapes)
        yield AIModel.organizations.through, self._makers()
        yield AIModel.input_modalities.through, self._modalities(AIModel.input_modalities.through, 3)
        yield AIModel.output_modalities.through, self._modalities(AIModel.output_modalities.through, 1)
        yield TaggedModel, self._tagged()
        yield ModelPaper, self._model_papers()
        yield Innovation, self._innovations()
        yield Milestone, self._milestones()
        yield Link, self._links()
        yield Citation, chain.from_iterable(map(self._citations, self.shapes))
        yield Score, chain.from_iterable(map(self._scores, self.shapes))
        yield Derivation, self._derivations()

    def _tagged(self) -> Iterator[TaggedModel]:
        for shape in self.shapes:
            for tag in self._some(Tag, self.chance.randint(0, 3)):
                yield TaggedModel(content_object_id=shape.pk, tag_id=tag)

    def _model_papers(self) -> Iterator[ModelPaper]:
        for shape in self.shapes:
            for order, paper in enumerate(self._some(Paper, self.chance.randint(0, 2)), 1):
                yield ModelPaper(model_id=shape.pk, paper_id=paper, order=order, featured=order == 1)

    def _innovations(self) -> Iterator[Innovation]:
        for shape in self.shapes:
            for order, term in enumerate(self._some(Term, self.chance.choice((0, 0, 1, 2, 3))), 1):
                yield Innovation(model_id=shape.pk, term_id=term, order=order)

    def _milestones(self) -> Iterator[Milestone]:
        for shape in self.shapes:
            for order in range(1, self.chance.choice((0, 0, 0, 2)) + 1):
                known = shape.released if self._happens(0.5) else None
                yield Milestone(
                    model_id=shape.pk,
                    order=order,
                    text=f"{self.words.sentence(8)[:-1]} {order}",
                    date=known,
                    date_precision=DatePrecision.MONTH if known else "",
                    source_id=self._one(Source),
                )

    def _links(self) -> Iterator[Link]:
        for shape in self.shapes:
            for order, kind in enumerate(self.chance.sample(LinkKind.values, self.chance.randint(0, 2)), 1):
                yield Link(model_id=shape.pk, kind=kind, order=order, url=f"https://example.org/{kind}/{shape.pk}")

    def _citations(self, shape: Shape) -> Iterator[Citation]:
        """Each known figure is cited; of every tenth, another source says something else."""
        for field, value in self._figures(shape).items():
            source = DATABASE if self._happens(0.25) else self._one(Source)
            yield self._citation(shape, field, value, source, shown=True)
            if self._happens(0.1):
                other = _other(value)
                yield self._citation(shape, field, other, source % 7 + 3, shown=False)

    def _citation(self, shape: Shape, field: str, value: Any, source: int, *, shown: bool) -> Citation:
        figure = FIGURE[field]
        # A month and a day are known of every date here.
        notation = iso_date(value, DatePrecision.DAY) if figure.is_date else str(value)
        return Citation(
            model_id=shape.pk,
            field=field,
            source_id=source,
            stated=figure.write(figure.parse(notation)),
            value=notation,
            basis=self.chance.choice((Basis.DISCLOSED, Basis.DISCLOSED, Basis.ESTIMATED)),
            confidence=self.chance.choice([*Confidence.values, "", ""]),
            locator=f"Table {self.chance.randint(1, 9)}" if self._happens(0.4) else "",
            shown=shown,
        )

    def _scores(self, shape: Shape) -> Iterator[Score]:
        """None of most models, dozens of a few; where somebody else measured again, two on one benchmark."""
        found = 0 if self._happens(0.55) else 1 + int(self.chance.expovariate(0.16))
        for order, benchmark in enumerate(self._some(Benchmark, found), 1):
            for measurer in self.chance.choice([[m] for m in Measurer.values] * 3 + [["vendor", "independent"]]):
                yield Score(
                    model_id=shape.pk,
                    benchmark_id=benchmark,
                    value=self._value(benchmark),
                    setting=self.chance.choice(SETTINGS),
                    measured_by=measurer,
                    measured_on=shape.released if self._happens(0.6) else None,
                    standard_error=self.chance.choice((None, None, 0.4, 1.2)),
                    source_id=AGGREGATOR if measurer == Measurer.AGGREGATOR else self._one(Source),
                    order=order,
                    headline=order <= 3,
                )

    def _value(self, benchmark: int) -> float:
        if benchmark % 20 == 3:
            return round(self.chance.gauss(1300, 120), 1)
        share = self.chance.betavariate(5, 3)
        return round(100 * (1 - share if benchmark % 7 == 0 else share), 1)

    def _derivations(self) -> Iterator[Derivation]:
        """From older to newer: lines of thirty, children of a few hubs and of neighbors, parents without an entry,
        merges, and pairs that were distilled from each other."""
        line = sorted(self.shapes, key=lambda shape: (shape.released or LAST, shape.pk))
        hubs = [shape for shape in line[: len(line) // 2] if not shape.variant_of][-HUBS:]
        depth = dict.fromkeys(range(1, self.models + 1), 0)
        for place, child in enumerate(line):
            near = [p for p in line[max(place - EVERY, 0) : place : 97] if depth[p.pk] < DEPTH]
            how = self.chance.random()
            parents: list[Shape | None] = []
            if 0 < place % EVERY <= DEPTH:
                parents = [line[place - 1]]
            elif how < 0.2 and place > len(line) // 2:
                parents = [hubs[self._one(Derivation) - 1]]
            elif how < 0.36 and near:
                parents = [self.chance.choice(near)]
            elif how < 0.42:
                parents = [None]
            elif how < 0.45:
                parents = self.chance.sample(near, min(len(near), 3))
            kind = DerivationKind.MERGED_FROM if len(parents) > 1 else self.chance.choice(MADE_BY)
            for parent in parents:
                yield self._derivation(child, kind, parent)
            depth[child.pk] = max((depth[parent.pk] + 1 for parent in parents if parent), default=0)
            if how > 0.995 and place:
                yield self._derivation(child, DerivationKind.DISTILLED_FROM, line[place - 1])
                yield self._derivation(line[place - 1], DerivationKind.DISTILLED_FROM, child)

    def _derivation(self, child: Shape, kind: DerivationKind, parent: Shape | None) -> Derivation:
        name = parent.name if parent else f"{self.words.name(self.chance.randrange(15_000, 15_300))} Original"
        return Derivation(
            child_id=child.pk, kind=kind, parent_id=parent and parent.pk, parent_name=name, source_id=self._one(Source)
        )


def _other(value: Any) -> Any:
    """What a source that disagrees says."""
    if isinstance(value, datetime.date):
        return value - datetime.timedelta(45)
    return f"{value}, changed" if isinstance(value, str) else type(value)(value * 1.3)
