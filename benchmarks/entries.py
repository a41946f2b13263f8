"""The entries of a made-up collection and how they stand to each other; what hangs on models is in `made_up`."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count, islice
from random import Random
from typing import Any

from django.db.models import Model

from benchmarks.words import Words
from catalog.models import (
    AIModel,
    Architecture,
    Derivation,
    Family,
    Lifecycle,
    Openness,
    Tag,
)
from core.models import DatePrecision, Status
from core.slugs import make_slug
from glossary.models import Term
from research.models import Benchmark, Category, Organization, OrganizationKind, Paper, Source, SourceKind

SEED = 4
FIRST, LAST = datetime.date(2010, 1, 1), datetime.date(2026, 11, 1)
BEGUN = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
LATER = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
TAGS, BENCHMARKS, HUBS = 200, 500, 50
# The first sources are databases: one has a quarter of all citations, the other a quarter of all scores.
DATABASE, AGGREGATOR = 1, 2
# How many the first family has.
VERSIONS = 40

MODALITIES = ("text", "images", "audio", "video", "code", "actions")
LICENCES = ("MIT", "Apache 2.0", "CC BY 4.0", "CC BY-NC 4.0", "proprietary", "community licence", "OpenRAIL")
HARDWARE = ("256 × NVIDIA A100", "2,048 × NVIDIA H800", "4,096 × TPU v4", "16,000 × NVIDIA H100")
SIZES = ("1B", "3B", "7B", "14B", "32B", "70B", "123B", "405B")
FORMS = ("Base", "Instruct", "Chat", "Reasoning", "Vision", "Code", "Preview", "Turbo")
LABELS = (*FORMS, *SIZES, *(f"{size} {form}" for size in SIZES for form in FORMS))
BODIES = ("AI", "Labs", "Research", "University")
COUNTRIES = ("US", "US", "CN", "CN", "GB", "FR", "DE", "CA", "KR", "JP", "IL", "AE", "")


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a model stands; keys are row numbers."""

    pk: int
    name: str
    family: int
    organization: int
    predecessor: int | None
    variant_of: int | None
    released: datetime.date | None


class Entries:
    """The entries of a collection of so many models, and the chance that makes them; keys count from 1."""

    def __init__(self, models: int):
        self.chance = Random(SEED)
        self.words = Words(self.chance)
        self.models = models
        # The first family holds a hundredth of all models, while there are names for its forms.
        self.forms = min(models // (100 * VERSIONS), len(LABELS))
        self.ranks = {
            Organization: _ranks(max(models // 100, 20)),
            Source: _ranks(max(models // 20, 50)),
            Paper: _ranks(max(models // 10, 50)),
            Term: _ranks(len(self.words.terms)),
            Tag: _ranks(TAGS),
            # From the third rank on: the first benchmark has a score on every fifth model, not on every second.
            Benchmark: _ranks(BENCHMARKS, first=3),
            Derivation: _ranks(HUBS),
        }
        self.shapes = list(islice(self._shapes(), models))

    # --- Chance -----------------------------------------------------------------------------------------------------

    def _some(self, kind: type[Model], most: int) -> list[int]:
        """Up to `most` different keys of this kind, the first ones far more often."""
        ranks = self.ranks[kind]
        return list(dict.fromkeys(self.chance.choices(range(1, len(ranks) + 1), cum_weights=ranks, k=most)))

    def _one(self, kind: type[Model]) -> int:
        return self._some(kind, 1)[0]

    def _happens(self, share: float) -> bool:
        return self.chance.random() < share

    def _keys(self, kind: type[Model]) -> range:
        return range(1, len(self.ranks[kind]) + 1)

    def _day(self) -> datetime.date:
        """More often a late one than an early one: the field grows."""
        return FIRST + (LAST - FIRST) * self.chance.random() ** 0.4

    # --- Entries ----------------------------------------------------------------------------------------------------

    def _entry(self, pk: int, name: str, slug: str = "") -> dict[str, Any]:
        """What every entry has. One in thirty is not published."""
        hidden = self.chance.random()
        return {
            "pk": pk,
            "name": name,
            "slug": slug or make_slug(name),
            "status": Status.DRAFT if hidden < 0.02 else Status.IN_REVIEW if hidden < 0.03 else Status.PUBLISHED,
            "publish_at": LATER if 0.03 < hidden < 0.034 else None,
            "created_at": BEGUN,
            "updated_at": BEGUN + datetime.timedelta(minutes=pk),
        }

    def _published(self, share: float) -> dict[str, Any]:
        """A day of publication, known of this share."""
        known = self._happens(share)
        return {
            "published": self._day() if known else None,
            "published_precision": DatePrecision.DAY if known else "",
        }

    def _tags(self) -> Iterator[Tag]:
        for pk, name in zip(self._keys(Tag), self.words.terms[::7], strict=False):
            yield Tag(pk=pk, name=f"{name} work", slug=make_slug(f"{name} work"))

    def _terms(self) -> Iterator[Term]:
        taken = {""}
        for pk, name in enumerate(self.words.terms, 1):
            quality, thing = name.split()
            short = f"{quality[:2].capitalize()}{thing[:2].upper()}"
            yield Term(
                **self._entry(pk, name.capitalize()),
                abbreviation="" if short in taken else short,
                aliases=f"{self.words.invented[pk]} {thing}\n{thing} that is {quality}" if self._happens(0.3) else "",
                definition=self.words.prose(2)[:400],
                article=self.words.prose(6),
            )
            taken.add(short)

    def _organizations(self) -> Iterator[Organization]:
        for pk in self._keys(Organization):
            yield Organization(
                **self._entry(pk, f"{self.words.name(pk)} {self.chance.choice(BODIES)}"),
                kind=self.chance.choice([*OrganizationKind.values, ""]),
                country=self.chance.choice(COUNTRIES),
                summary=self.words.prose(2),
                parent_id=self.chance.randrange(1, pk) if pk % 20 == 0 else None,
            )

    def _sources(self) -> Iterator[Source]:
        for pk in self._keys(Source):
            yield Source(
                **self._entry(pk, self.words.sentence(5)[:-1], f"source-{pk}"),
                **self._published(0.9),
                url=f"https://example.org/{pk}",
                publisher=self.words.name(self._one(Organization)),
                kind=SourceKind.DATABASE if pk <= AGGREGATOR else self.chance.choice(SourceKind.values),
                accessed=LAST,
            )

    def _papers(self) -> Iterator[Paper]:
        """The first ones have a source as their bibliographic record."""
        for pk in self._keys(Paper):
            authors = [self.words.name(self.chance.randrange(9000)) for _ in range(self.chance.randint(1, 9))]
            record = AGGREGATOR + pk
            yield Paper(
                **self._entry(pk, self.words.sentence(8)[:-1], f"paper-{pk}"),
                **self._published(0.97),
                short_name=self.words.name(pk).upper() if self._happens(0.2) else "",
                category=self.chance.choice(Category.values),
                authors="\n".join(authors),
                credit=self.words.name(self._one(Organization)),
                arxiv_id=f"{pk // 90000 + 10}01.{pk % 90000 + 10000}" if self._happens(0.7) else "",
                summary=self.words.prose(4),
                source_id=record if record <= len(self.ranks[Source]) // 3 else None,
            )

    def _benchmarks(self) -> Iterator[Benchmark]:
        """One in seven is better when lower, one in twenty has no bounds, one in ten is a variant."""
        for pk in self._keys(Benchmark):
            rating, lower = pk % 20 == 3, pk % 7 == 0
            yield Benchmark(
                **self._entry(pk, f"{self.words.name(5000 + pk)}Bench"),
                full_name=self.words.sentence(5)[:-1],
                measures=self.words.sentence(3)[:-1],
                metric="Elo rating" if rating else "error rate" if lower else "accuracy",
                unit="points" if rating else "%",
                scale_min=None if rating else 0,
                scale_max=None if rating else 100,
                higher_is_better=rating or not lower,
                caveat=self.words.prose(2) if self._happens(0.5) else "",
                summary=self.words.prose(2),
                paper_id=self._one(Paper) if self._happens(0.5) else None,
                parent_id=self.chance.randrange(1, pk) if pk % 10 == 0 else None,
            )

    def _families(self) -> Iterator[Family]:
        for pk, organization in {shape.family: shape.organization for shape in self.shapes}.items():
            name = self.words.name(pk)
            yield Family(**self._entry(pk, name), organization_id=organization, summary=self.words.prose(2))

    # --- Models -----------------------------------------------------------------------------------------------------

    def _shapes(self) -> Iterator[Shape]:
        """Family after family, version after version, each followed by its forms; without end."""
        keys = count(1)
        for family in count(1):
            first = family == 1
            name, organization, head = self.words.name(family), self._one(Organization), None
            day = FIRST if first else self._day()
            for version in range(1, (VERSIONS if first else 1 + int(self.chance.expovariate(0.5))) + 1):
                if day > LAST:
                    break
                before, head = head, next(keys)
                released = None if self._happens(0.06) else day
                yield Shape(head, f"{name} {version}", family, organization, before, None, released)
                for form in self.chance.sample(LABELS, self.forms if first else self.chance.randint(0, 4)):
                    yield Shape(next(keys), f"{name} {version} {form}", family, organization, None, head, released)
                day += datetime.timedelta(self.chance.randint(50, 240))

    def _figures(self, shape: Shape) -> dict[str, Any]:
        """The figures of a model by field, those that are known; the same whenever they are asked for."""
        chance = Random(shape.pk * SEED)
        parameters = _rounded(10 ** chance.uniform(7, 12))
        tokens = _rounded(10 ** chance.uniform(9, 13.5))
        window = chance.choice((2048, 4096, 8192, 32_768, 131_072, 200_000, 1_000_000))
        known = {
            "released": (1, shape.released),
            "parameters_total": (0.6, parameters),
            "context_window": (0.5, window),
            "licence": (0.5, chance.choice(LICENCES)),
            "training_compute": (0.3, float(f"{6.0 * parameters * tokens:.2g}")),
            "training_tokens": (0.25, tokens),
            "max_output": (0.15, window // 4),
            "knowledge_cutoff": (0.15, shape.released and shape.released.replace(day=1)),
            "training_cost": (0.05, _rounded(10 ** chance.uniform(5, 9))),
            "training_hardware": (0.1, chance.choice(HARDWARE)),
        }
        figures = {field: value for field, (share, value) in known.items() if value and chance.random() < share}
        if figures.get("parameters_total") and chance.random() < 0.2:
            figures["parameters_active"] = _rounded(parameters / 12)
        return figures

    def _model(self, shape: Shape) -> AIModel:
        figures = self._figures(shape)
        return AIModel(
            **self._entry(shape.pk, shape.name),
            **figures,
            aliases=make_slug(shape.name) if self._happens(0.3) else "",
            family_id=shape.family,
            predecessor_id=shape.predecessor,
            variant_of_id=shape.variant_of,
            released_precision=DatePrecision.DAY if "released" in figures else "",
            knowledge_cutoff_precision=DatePrecision.MONTH if "knowledge_cutoff" in figures else "",
            training_cost_year=2024 if "training_cost" in figures else None,
            lifecycle=self.chance.choice([*Lifecycle.values, "", ""]),
            openness=self.chance.choice([*Openness.values, ""]),
            architecture=self.chance.choice([*Architecture.values, *["transformer"] * 8, "", "", ""]),
            summary=self.words.prose(2),
            why_it_matters=self.words.prose(3),
            description=self.words.prose(6),
            checked_on=LAST if self._happens(0.3) else None,
        )

    def _pairs(self, kind: type[Model], other: type[Model], most: int) -> Iterator[Model]:
        """Up to `most` of the others for each row of the kind, or none."""
        relation = next(f for f in kind._meta.many_to_many if f.related_model is other).remote_field.through
        keys = {side: f"{side._meta.model_name}_id" for side in (kind, other)}
        for pk in self._keys(kind):
            for found in self._some(other, self.chance.randint(0, most)):
                yield relation(**{keys[kind]: pk, keys[other]: found})

    def _makers(self) -> Iterator[Model]:
        """The organization of the family, and with every tenth model another one."""
        for shape in self.shapes:
            others = [self._one(Organization)] if self._happens(0.1) else []
            for organization in dict.fromkeys([shape.organization, *others]):
                yield AIModel.organizations.through(aimodel_id=shape.pk, organization_id=organization)

    def _modalities(self, relation: type[Model], most: int) -> Iterator[Model]:
        """Text foremost; nothing of every tenth model."""
        for shape in self.shapes:
            found = range(1, self.chance.randint(1, most) + 1) if most > 1 else [self.chance.choice((1, 1, 1, 2, 3, 4))]
            for modality in found if self._happens(0.9) else ():
                yield relation(aimodel_id=shape.pk, modality_id=modality)


def _ranks(size: int, first: int = 1) -> list[float]:
    """Cumulated weights by Zipf's law, from this rank on."""
    return list(accumulate(1 / rank for rank in range(first, first + size)))


def _rounded(size: float) -> int:
    """To two digits, as sizes are stated."""
    return int(float(f"{size:.2g}"))
