"""The filters of the model list, and what the timeline shows of the models that they leave."""

import math
import re
from functools import cached_property
from itertools import compress

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from catalog.filters import ModelFilters
from catalog.models import AIModel, Basis, Citation, Family, Score
from catalog.timeline.measures import BENCHMARK, FIGURES, Measure, on_benchmark
from core.fields import NamesField
from core.filters import Bound, DateFilter, Display
from core.parameters import named
from core.query_string import QueryString
from core.schemas import Schema, rows
from core.selection import Numbers, as_flags, ordered
from research.models import Benchmark

# What a point's color can tell: facets of the list.
COLORS = ("organization", "openness", "modality", "architecture")
FAMILY = "family:"
# Where the timeline begins if nobody says otherwise: what came before is little, and would crowd the rest together.
BEGINNING = "2017"
# How many values of a facet are offered: the page has much else to show.
OFFERED = 4
_SLUG = re.compile(r"[-\w]{1,120}", re.ASCII)


class ChoiceFilter(Display, django_filters.ChoiceFilter):
    """One of a few ways to draw."""

    def __init__(self, label: str, choices: list[tuple[str, str]] = ()):
        names = ", ".join(f"“{value}”" for value, _ in choices)
        message = f"“%(value)s” is none of {names}." if names else "“%(value)s” is nothing to measure models by."
        super().__init__(label=label, choices=choices, error_messages={"invalid_choice": message})


class MeasureFilter(ChoiceFilter):
    """What models are measured by: figures, and the benchmarks on which there are scores."""

    @property
    def field(self) -> forms.Field:
        figures = [(measure.name, measure.label) for measure in FIGURES.values()]
        scores = [(BENCHMARK + slug, name) for slug, name, _ in self.parent.benchmarks]
        return self.field_class(label=self.label, **self.extra | {"choices": figures + scores})


class HighlightedField(NamesField):
    """Models by their slugs, and families as “family:gpt”, with commas between them or the name repeated."""

    @property
    def schema(self) -> Schema:
        models, families = (kind.objects.published().values_list("slug", flat=True) for kind in (AIModel, Family))
        return rows(named([*models, *(FAMILY + slug for slug in families)]))

    def validate(self, names: list[str]) -> None:
        families = {name for name in names if name.startswith(FAMILY)}
        known = _found(AIModel.objects, {*names} - families) | {
            FAMILY + slug for slug in _found(Family.objects, {name.removeprefix(FAMILY) for name in families})
        }
        for name in names:
            if name not in known:
                raise ValidationError(f"“{name}” is no model here, and no family.")


def _found(entries, slugs: set[str]) -> set[str]:
    # A text that is no slug may hold what a database refuses.
    slugs = {slug for slug in slugs if _SLUG.fullmatch(slug)}
    return set(entries.published().filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()


class HighlightFilter(Display):
    """The models to point out."""

    @property
    def field(self) -> HighlightedField:
        return HighlightedField({}, label=self.label)


class TimelineFilters(ModelFilters):
    """What is narrowed down is drawn: models whose date and measure are known. `unknown` counts the others."""

    released_after = DateFilter(
        field_name="released",
        lookup_expr="gte",
        label="Released from",
        widget=forms.TextInput(attrs={"data-usual": BEGINNING}),
    )
    y = MeasureFilter("Measure")
    scale = ChoiceFilter("Scale", [("log", "logarithmic"), ("linear", "linear")])
    color = ChoiceFilter("Color", [(name, ModelFilters.base_filters[name].label) for name in COLORS])
    highlight = HighlightFilter(label="Highlighted")

    # The chart shows how much there is from little to much.
    histograms = ()

    def __init__(self, data: QueryDict, *args, **kwargs):
        asked = data
        self.begins_as_usual = not data.get("as_of") and data.getlist("released_after") in ([], [BEGINNING])
        if self.begins_as_usual:
            data = data.copy()
            data["released_after"] = BEGINNING
        super().__init__(data, *args, **kwargs)
        self.address = QueryString(asked)

    @cached_property
    def benchmarks(self) -> list[tuple[str, str, int]]:
        """Slug, name and number of scores of every benchmark with a public score, the most used first."""
        return self.recall("benchmarks", self._benchmarks)

    def _benchmarks(self) -> list[tuple[str, str, int]]:
        counts = Score.objects.published().order_by().values_list("benchmark").annotate(count=Count("pk"))
        named = {pk: names for pk, *names in Benchmark.objects.published().values_list("pk", "slug", "name")}
        found = [(*named[pk], count) for pk, count in counts if pk in named]
        return sorted(found, key=lambda row: (-row[2], row[1]))

    @property
    def typed(self) -> list[forms.BoundField]:
        """Of the ends of ranges, those of the release and of what is drawn, and those in force."""
        paths, asked = {"released", self.measure.field}, {*self.places, *self.errors}
        others = {n for n, f in self.filters.items() if isinstance(f, Bound) and f.field_name not in paths} - asked
        return [field for field in super().typed if field.name not in others]

    def counted(self, name: str, **limits) -> dict:
        is_open = limits or name in {*COLORS, *self.places, *self.errors}
        return super().counted(name, **{"most": OFFERED, **limits}) if is_open else self._closed(name)

    def _closed(self, name: str) -> dict:
        """A facet whose values are to be found by name: to count those of all facets takes long, and much room."""
        facet = self.filters[name]
        total = len(facet.values.totals.keys() - {facet.values.unknown})
        return {"name": name, "label": facet.label, "options": [], "more": total, "total": total, "errors": []}

    @property
    def active(self) -> list[dict]:
        marks = [mark for mark in super().active if not (mark["name"] == "released_after" and self.begins_as_usual)]
        if names := self.cleaned.get("highlight"):
            text = ", ".join(name.removeprefix(FAMILY) for name in names)
            marks.append(
                {"name": "highlight", "label": "Highlighted", "text": text, "query": self._query(highlight=[])}
            )
        return marks

    def _query(self, **changes: list[str]) -> str:
        # Without a beginning in the address, there is still one: that there shall be none is said.
        everything = changes.get("released_after") == []
        if self.begins_as_usual:
            changes.setdefault("released_after", [])
        return "&".join(filter(None, (super()._query(**changes), "released_after=" if everything else "")))

    # What is asked for.

    @cached_property
    def measure(self) -> Measure:
        name = self.cleaned.get("y") or "parameters"
        if name in FIGURES:
            return FIGURES[name]
        return on_benchmark(Benchmark.objects.published().get(slug=name.removeprefix(BENCHMARK)))

    @property
    def is_log(self) -> bool:
        scale = self.cleaned.get("scale")
        return scale == "log" if scale else self.measure.is_log

    @property
    def colored_by(self) -> str:
        """The name of the facet that colors tell."""
        return self.cleaned.get("color") or COLORS[0]

    @cached_property
    def highlighted(self) -> list[tuple[int, str]]:
        """Place and name of each model to point out."""
        names = self.cleaned.get("highlight")
        if not names:
            return []
        families = [name.removeprefix(FAMILY) for name in names if name.startswith(FAMILY)]
        of_families = Q(family__in=Family.objects.published().filter(slug__in=families))
        models = AIModel.objects.published().filter(Q(slug__in=names) | of_families)
        place = self.index.place
        return [(place[pk], name) for pk, name in models.values_list("pk", "name") if pk in place]

    # What is known.

    @cached_property
    def released(self) -> Numbers:
        return self.numbers("released")

    @cached_property
    def drawn(self) -> list[int]:
        """The places of the models to draw, in order of release."""
        by_date = self.recall("by_date", lambda: ordered(self.released.ranks()))
        flags = as_flags(self.narrowed(), self.index.size)
        return list(compress(by_date, map(flags.__getitem__, by_date)))

    @cached_property
    def values(self) -> Numbers:
        """The measure of each model; NaN where it is unknown."""
        if self.measure.field:
            return self.numbers(self.measure.field)
        day = self.cleaned.get("as_of")
        # Days are many: what was known on one is not kept.
        return self._best_scores(day) if day else self.recall(("scores", self.measure.key), self._best_scores)

    def _best_scores(self, day=None) -> Numbers:
        best = Max("value") if self.measure.higher_is_better else Min("value")
        scores = Score.objects.published().as_of(day).filter(benchmark=self.measure.benchmark).order_by()
        pairs = scores.values_list("model").annotate(best=best)
        return Numbers(self.index, [(self.index.place[pk], value) for pk, value in pairs if pk in self.index.place])

    @property
    def estimates(self) -> QuerySet[Citation]:
        """What the measure of models rests on, where that is an estimate."""
        shown = Citation.objects.published().filter(field=self.measure.field, shown=True)
        return shown.filter(basis=Basis.ESTIMATED).order_by()

    @cached_property
    def estimated(self) -> int:
        """The models whose measure is an estimate."""
        if not self.measure.field:
            return 0
        key = ("estimated", self.measure.field)
        return self.recall(key, lambda: self.index.set_of(self.estimates.values_list("model", flat=True)))

    # What is drawn.

    @cached_property
    def dated(self) -> int:
        return self.recall("dated", lambda: self.released.at_least(-math.inf))

    @cached_property
    def measured(self) -> int:
        if not self.measure.field:
            return self.values.at_least(-math.inf)
        return self.recall(("measured", self.measure.field), lambda: self.values.at_least(-math.inf))

    @cached_property
    def placeable(self) -> int:
        """The models whose measure has a place on the scale: on a logarithmic one, what is above zero."""
        return self.values.at_least(5e-324) if self.is_log and self.measure.benchmark else self.measured

    def narrowed(self, *but: str) -> int:
        return super().narrowed(*but) & self.dated & self.placeable

    @cached_property
    def unknown(self) -> dict[str, int]:
        """How many of the models that match are not drawn, by what is missing."""
        left = super().narrowed()
        return {
            "value": (left & ~self.measured).bit_count(),
            "date": (left & self.measured & ~self.dated).bit_count(),
            "place": (left & self.measured & self.dated & ~self.placeable).bit_count(),
        }
