from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from operator import attrgetter
from typing import Any

import django_filters
from django import forms

from catalog.disagreements import SUBJECTS, Disagreement, maker_names
from catalog.models import Architecture, Citation, Family, Lifecycle, Modality, Openness, Tag
from core.filters import NOT_A_CHOICE, DateFilter, EntryFilters, Facet, OrderFilter, SizeFilter
from glossary.models import Term
from research.filters import named
from research.models import Organization


class ModelFilters(EntryFilters):
    search_fields = ("name", "aliases", "summary", "why_it_matters")

    organization = Facet("organizations__slug", label="Organization", choices=named(Organization.objects))
    family = Facet("family__slug", label="Family", choices=named(Family.objects))
    openness = Facet("openness", label="Openness", choices=Openness)
    lifecycle = Facet("lifecycle", label="Lifecycle", choices=Lifecycle)
    architecture = Facet("architecture", label="Architecture", choices=Architecture)
    modality = Facet(
        "input_modalities__slug",
        "output_modalities__slug",
        label="Modality",
        choices=lambda: Modality.objects.values_list("slug", "name"),
    )
    innovation = Facet("innovations__term__slug", label="Innovation", choices=named(Term.objects))
    tag = Facet("tags__slug", label="Tag", choices=lambda: Tag.objects.published().values_list("slug", "name"))
    released_after = DateFilter(field_name="released", lookup_expr="gte", label="Released from")
    released_before = DateFilter(field_name="released", lookup_expr="lte", last=True, label="Released until")
    parameters_min = SizeFilter(field_name="parameters_total", lookup_expr="gte", label="Parameters from")
    parameters_max = SizeFilter(field_name="parameters_total", lookup_expr="lte", label="Parameters up to")
    context_min = SizeFilter(field_name="context_window", lookup_expr="gte", label="Context window from")
    order = OrderFilter(
        usual="-released",
        name=("Name", "name"),
        released=("Release", "released"),
        parameters=("Parameters", "parameters_total"),
        context=("Context window", "context_window"),
        compute=("Training compute", "training_compute"),
        cost=("Training cost", "training_cost"),
    )


class FamilyFilters(EntryFilters):
    organization = Facet("organization__slug", label="Organization", choices=named(Organization.objects))
    order = OrderFilter(name=("Name", "name"), models=("Number of models", "count"))


class TagFilters(EntryFilters):
    search_fields = ("name",)

    order = OrderFilter(name=("Name", "name"), models=("Number of models", "count"))


class Told(Facet):
    """A facet over disagreements at hand. `values` gives the values in what their `attribute` holds.

    Few things are held by many disagreements: each is looked at once. The most frequent values are offered; the
    others are still understood in the address. Without `choices`, a value is its own label.
    """

    OFFERED = 40

    def __init__(
        self,
        attribute: str,
        values: Callable[[Any], Iterable[str]] = lambda held: [held] if held else [],
        *,
        label: str,
        choices: Callable[[], Iterable[tuple[str, str]]] | None = None,
    ):
        super().__init__(label=label, choices=choices)
        self.held = attrgetter(attribute)
        self.values = values

    @cached_property
    def labels(self) -> dict[str, str]:
        if self.source:
            return dict(self.source())
        return {value: value for held in set(map(self.held, self.parent.queryset)) for value in self.values(held)}

    @property
    def field(self) -> forms.Field:
        # The choices as a function: a form copies its fields with all that is in them.
        return forms.MultipleChoiceField(
            required=False, label=self.label, choices=self.labels.items, error_messages=NOT_A_CHOICE
        )

    def filter(self, found: list[Disagreement], values: list[str]) -> list[Disagreement]:
        if not values:
            return found
        wanted = {held for held in set(map(self.held, found)) if not set(values).isdisjoint(self.values(held))}
        return [one for one in found if self.held(one) in wanted]

    def options(self, found: list[Disagreement], chosen: list[str]) -> list[dict]:
        counts = Counter(dict.fromkeys(chosen, 0))
        for held, count in Counter(map(self.held, found)).items():
            for value in self.values(held):
                counts[value] += count
        ranked = sorted(counts, key=lambda value: (value not in chosen, -counts[value], self.labels[value]))
        options = [
            {"value": value, "label": self.labels[value], "count": counts[value], "chosen": value in chosen}
            for value in ranked[: self.OFFERED + len(chosen)]
        ]
        return sorted(options, key=lambda option: (-option["count"], option["label"]))


class AtLeast(django_filters.Filter):
    """A number typed as 1.5; what has no such number is left out."""

    field_class = forms.FloatField

    def __init__(self, field: str, *, label: str):
        # Not a number input: it would hide from the reader what was typed and not understood.
        super().__init__(field, label=label, min_value=1, widget=forms.TextInput(attrs={"inputmode": "decimal"}))

    def filter(self, found: list[Disagreement], value: float | None) -> list[Disagreement]:
        if value is None:
            return found
        sizes = ((one, getattr(one, self.field_name)) for one in found)
        return [one for one, size in sizes if size is not None and size >= value]


class Sorting(OrderFilter):
    """The order of disagreements: by what the address names; what has no such number comes last."""

    def filter(self, found: list[Disagreement], value: str) -> list[Disagreement]:
        value = value or self.usual
        path, reverse = self.orders[value.lstrip("-")][1], value.startswith("-")
        if path is None:
            return found[::-1] if reverse else found
        known = [one for one in found if getattr(one, path) is not None]
        unknown = [one for one in found if getattr(one, path) is None]
        return sorted(known, key=attrgetter(path), reverse=reverse) + unknown


class Rows(list):
    """A list under the names by which a FilterSet knows a queryset."""

    model = Citation

    def all(self) -> "Rows":
        return self


WHO = {True: "makers", False: "others"}
CONTRADICTED_BY = {"makers": "its makers themselves", "others": "somebody else"}


class DisagreementFilters(EntryFilters):
    """Like the filters of entries, over rows at hand."""

    q = django_filters.CharFilter(label="Search in the models", method="search", max_length=200)
    figure = Told("subject", label="Figure", choices=SUBJECTS.items)
    who = Told("own", lambda own: [WHO[own]], label="Contradicted by", choices=CONTRADICTED_BY.items)
    publisher = Told("publisher", label="Publisher")
    organization = Told("makers", tuple, label="Organization", choices=lambda: maker_names().items())
    ratio_min = AtLeast("ratio", label="Times at least")
    days_min = AtLeast("days", label="Days at least")
    order = Sorting(
        usual="model",
        model=("Model", None),
        figure=("Figure", "place"),
        ratio=("Ratio", "ratio"),
        days=("Days", "days"),
    )

    def __init__(self, data, found: list[Disagreement]):
        super().__init__(data, Rows(found))

    def search(self, found: list[Disagreement], name: str, value: str) -> list[Disagreement]:
        words = value.casefold().split()
        return [one for one in found if all(word in one.name.casefold() for word in words)]

    def filter_queryset(self, found: list[Disagreement]) -> list[Disagreement]:
        values = {"order": ""} | self.form.cleaned_data
        for name, value in values.items():
            found = self.filters[name].filter(found, value)
        return found
