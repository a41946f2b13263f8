import datetime
from functools import cached_property, reduce
from operator import and_, attrgetter
from typing import Any

import django_filters
from django import forms
from django.http import QueryDict

from catalog.disagreements import SUBJECTS, disagreements, maker_names
from catalog.models import AIModel, Architecture, Citation, Family, Lifecycle, Modality, Openness, Tag
from core.filters import AsOfFilter, Bound, DateFilter, EntryFilters, Facet, NumberFilter, OrderFilter, SizeFilter
from core.histograms import CLOSE_SIZES, POWERS, SIZES, YEARS, Histogram
from core.selection import Found, Index
from glossary.models import Term
from research.filters import named, written
from research.models import Organization
from search.filters import SearchFilters


class ModelFilters(SearchFilters):
    histograms = (
        Histogram("released", "Release", YEARS),
        Histogram("parameters_total", "Parameters", SIZES),
        Histogram("context_window", "Context window", CLOSE_SIZES),
        Histogram("training_compute", "Training compute, FLOP", POWERS),
        Histogram("training_cost", "Training cost, US dollars", SIZES),
    )

    organization = Facet(
        "organizations__slug", label="Organization", choices=named(Organization.objects), unknown="not known"
    )
    openness = Facet("openness", label="Openness", choices=Openness, unknown="not known")
    lifecycle = Facet("lifecycle", label="Lifecycle", choices=Lifecycle, unknown="not known")
    architecture = Facet("architecture", label="Architecture", choices=Architecture, unknown="not known")
    modality = Facet(
        "input_modalities__slug",
        "output_modalities__slug",
        label="Modality",
        choices=lambda: Modality.objects.values_list("slug", "name"),
        unknown="not known",
    )
    licence = Facet("licence", label="Licence", choices=written(AIModel.objects, "licence"), unknown="not known")
    family = Facet("family__slug", label="Family", choices=named(Family.objects))
    innovation = Facet("innovations__term__slug", label="Innovation", choices=named(Term.objects))
    tag = Facet("tags__slug", label="Tag", choices=lambda: Tag.objects.published().values_list("slug", "name"))
    as_of = AsOfFilter("released")
    released_after = DateFilter(field_name="released", lookup_expr="gte", label="Released from")
    released_before = DateFilter(field_name="released", lookup_expr="lte", label="Released until")
    parameters_min = SizeFilter(field_name="parameters_total", lookup_expr="gte", label="Parameters from")
    parameters_max = SizeFilter(field_name="parameters_total", lookup_expr="lte", label="Parameters up to")
    context_min = SizeFilter(field_name="context_window", lookup_expr="gte", label="Context from")
    context_max = SizeFilter(field_name="context_window", lookup_expr="lte", label="Context up to")
    compute_min = NumberFilter(field_name="training_compute", lookup_expr="gte", label="Compute from")
    compute_max = NumberFilter(field_name="training_compute", lookup_expr="lte", label="Compute up to")
    cost_min = SizeFilter(field_name="training_cost", lookup_expr="gte", label="Cost from")
    cost_max = SizeFilter(field_name="training_cost", lookup_expr="lte", label="Cost up to")
    order = OrderFilter(
        usual="-released",
        name=("Name", "name"),
        organization=("Organization", "organization"),
        family=("Family", "family"),
        released=("Release", "released"),
        parameters=("Parameters", "parameters_total"),
        active=("Active parameters", "parameters_active"),
        context=("Context window", "context_window"),
        output=("Maximum output", "max_output"),
        openness=("Openness", "openness"),
        licence=("Licence", "licence"),
        architecture=("Architecture", "architecture"),
        lifecycle=("Lifecycle", "lifecycle"),
        cutoff=("Knowledge cutoff", "knowledge_cutoff"),
        compute=("Training compute", "training_compute"),
        tokens=("Training tokens", "training_tokens"),
        cost=("Training cost", "training_cost"),
        hardware=("Training hardware", "training_hardware"),
    )


class FamilyFilters(SearchFilters):
    organization = Facet(
        "organization__slug", label="Organization", choices=named(Organization.objects), unknown="not known"
    )
    order = OrderFilter(
        name=("Name", "name"), organization=("Organization", "organization"), models=("Number of models", "count")
    )


class TagFilters(SearchFilters):
    order = OrderFilter(name=("Name", "name"), models=("Number of models", "count"))


class RowIndex(Index):
    """The places of rows at hand, in their order."""

    def __init__(self, rows: list):
        self.keys = rows
        self.size = len(rows)
        self.all = (1 << self.size) - 1
        self.kept = {}

    def read(self, queryset: object, path: str | None) -> list[tuple[int, Any]]:
        """Place and value of each; of several values a pair for each. Without a path, the place is the value."""
        if path is None:
            return [(place, place) for place in range(self.size)]
        found = []
        for place, value in enumerate(map(attrgetter(path), self.keys)):
            found += [(place, one) for one in value] if isinstance(value, tuple) else [(place, value)]
        return found


class FoundRows(Found):
    """The rows that match, in their order: they are at hand."""

    def __getitem__(self, part):
        return self.keys(part) if isinstance(part, slice) else self.keys(slice(part, part + 1))[0]


class NoManager:
    """Stands where filters expect a manager: the rows are no rows of a table."""

    model = Citation

    def published(self) -> "NoManager":
        return self

    for_list = published


class NameFilter(django_filters.CharFilter):
    """Those in whose model's name every word occurs."""

    def places(self, text: str) -> int:
        words, index = text.casefold().split(), self.parent.index
        names = (row.name.casefold() for row in index.keys)
        return index.set_at(place for place, name in enumerate(names) if all(word in name for word in words))


class RowFilters(EntryFilters):
    """Like the filters of entries, over an `index` of rows at hand, whose names are those of models."""

    q = NameFilter(label="Search in the models", max_length=200)

    def __init__(self, data: QueryDict, **options):
        super().__init__(data, NoManager(), **options)

    @cached_property
    def found(self) -> FoundRows:
        order = self.recall(("order", self.order), self._ordered)
        return FoundRows(self.queryset.model, self.index, self.narrowed(), order)


class OwnLabels(Facet):
    """A facet whose values are their own labels."""

    def _read(self):
        values = {value for _, value in self.parent.index.read(None, self.paths[0]) if value}
        self.source = lambda: ((value, value) for value in sorted(values, key=str.casefold))
        return super()._read()


class Known(AsOfFilter):
    """What had come by that day, by all of these dates."""

    def __init__(self, *paths: str):
        super().__init__()
        self.paths = paths

    def places(self, day: datetime.date) -> int:
        return reduce(and_, (self.parent.numbers(path).at_most(day.toordinal()) for path in self.paths))


class AtLeast(Bound):
    """A number typed as 1.5; what has no such number is left out."""

    field_class = forms.FloatField

    def __init__(self, field: str, *, label: str):
        # Not a number input: it would hide from the reader what was typed and not understood.
        super().__init__(field, "gte", label=label, min_value=1, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


CONTRADICTED_BY = {"makers": "its makers themselves", "others": "somebody else"}


class DisagreementFilters(RowFilters):
    """Over all disagreements there are."""

    as_of = Known("released", "published")
    figure = Facet("subject", label="Figure", choices=SUBJECTS.items)
    who = Facet("who", label="Contradicted by", choices=CONTRADICTED_BY.items)
    publisher = OwnLabels("publisher", label="Publisher", choices=())
    organization = Facet("makers", label="Organization", choices=lambda: maker_names().items())
    ratio_min = AtLeast("ratio", label="Times at least")
    days_min = AtLeast("days", label="Days at least")
    order = OrderFilter(
        usual="model",
        model=("Model", None),
        figure=("Figure", "place"),
        ratio=("Ratio", "ratio"),
        days=("Days", "days"),
    )

    @cached_property
    def index(self) -> RowIndex:
        return self.memory.recall(_rows, type(self), lambda: RowIndex(disagreements()))


_rows: dict = {}
