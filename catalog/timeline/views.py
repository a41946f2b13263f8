from django.http import HttpResponse
from django.urls import reverse

from catalog.models import AIModel
from catalog.timeline.drawing import timeline
from catalog.timeline.filters import BEGINNING, TimelineFilters
from catalog.timeline.measures import BENCHMARK, FIGURES
from catalog.views import MODEL_COLUMNS
from core.chart_file import chart_file
from core.columns import Column
from core.filters import MAX_PER_PAGE
from core.linked_data import Node
from core.selection import as_flags
from core.views import EntryList

# Where one can begin: all years, since deep learning, since the transformer, since ChatGPT.
BEGINNINGS = ("2012", BEGINNING, "2022")
# How many benchmarks are offered to measure models by, the most used ones.
OFFERED = 20


class TimelineView(EntryList):
    """The models that the filters leave, drawn and, below, as rows; and the same as data or as a picture."""

    model = AIModel
    filters = TimelineFilters
    columns = tuple(column for column in MODEL_COLUMNS if column.key in ("name", "organizations", "released"))
    template_name = "catalog/timeline.html"
    intro = "Models over time, by their figures or by what they scored."
    paginate_by = 15

    def get_paginate_by(self, queryset) -> int:
        if self.twin == "svg":
            return 1  # A picture has no rows.
        return self.filterset.cleaned.get("per_page") or (MAX_PER_PAGE if self.twin else self.paginate_by)

    def get_context_data(self, **kwargs):
        filters = self.filterset
        context = super().get_context_data(timeline=timeline(filters), **kwargs)
        offered = filters.benchmarks[:OFFERED]
        return context | {
            "list_url": reverse("timeline"),
            "figures": FIGURES.values(),
            "benchmarks": [(f"{BENCHMARK}{slug}", name, count) for slug, name, count in offered],
            "beginnings": BEGINNINGS,
        }

    def schema_page(self, address, page) -> Node:
        """Its rows are models, which their own list names."""
        return {}

    def shown_columns(self) -> list[Column]:
        """The chosen ones, then what is drawn; and whether that is an estimate, where any is."""
        measure, values, index = self.filterset.measure, self.filterset.values.values, self.filterset.index
        estimated = as_flags(self.filterset.estimated, index.size)

        def value(model: AIModel) -> float | int:
            number = values[index.place[model.pk]]
            return int(number) if number.is_integer() else number

        def basis(model: AIModel) -> str:
            return "estimated" if estimated[index.place[model.pk]] else ""

        figure = Column(
            measure.key, measure.label, value, lambda model: measure.write(value(model)), order="", numeric=True
        )
        has_estimates = self.twin or self.filterset.estimated & self.filterset.narrowed()
        bases = [Column("basis", "Basis", basis)] if measure.field and has_estimates else []
        return [*super().shown_columns(), figure, *bases]

    def as_svg(self, page) -> HttpResponse:
        drawn = timeline(self.filterset)
        return chart_file(
            self.request,
            drawn.chart,
            title=drawn.title,
            y_name=drawn.y_name,
            page=f"{reverse('timeline')}?{self.request.GET.urlencode()}".rstrip("?"),
            name="timeline",
        )
