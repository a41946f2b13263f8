"""A chart as an SVG file that stands alone: it carries its title, key, colors, source and date."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from core.charts import Chart
from core.quantities import format_date

# What XML cannot carry, however it is written.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# In pixels from above: where the key begins, how high its rows and the plot are, what stands below the plot.
HEAD, ROW, PLOT, FOOT = 92, 22, 440, 84


@dataclass(frozen=True)
class Sheet:
    """Where the parts of the file stand, in pixels from above."""

    chart: Chart

    @property
    def keys(self) -> list[tuple]:
        return [(key, HEAD + ROW * key.row) for key in self.chart.keys]

    @property
    def plot(self) -> int:
        return HEAD + ROW * (max((key.row + 1 for key in self.chart.keys), default=0))

    @property
    def source(self) -> int:
        return self.height - 20

    @property
    def height(self) -> int:
        return self.plot + PLOT + FOOT


def chart_file(request: HttpRequest, chart: Chart, *, title: str, y_name: str, page: str, name: str) -> HttpResponse:
    """The file; `page` is the path of the page it belongs to, `name` what it is saved as."""
    context = {
        "chart": chart,
        "sheet": Sheet(chart),
        "title": title,
        "y_name": y_name,
        "plot_height": PLOT,
        "site": request.build_absolute_uri("/").rstrip("/"),
        "page": request.build_absolute_uri(page),
        "date": format_date(timezone.now().date()),
    }
    text = _NOT_XML.sub("", render_to_string("core/chart.svg", context))
    disposition = f'inline; filename="{name}.svg"'
    return HttpResponse(text, content_type="image/svg+xml", headers={"Content-Disposition": disposition})
