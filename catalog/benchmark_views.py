"""The page of a benchmark, with its leaderboard, and the same scores for programs."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.evidence import Notes
from catalog.leaderboard import Row, Standing, is_saturated, read_rows, relatives
from catalog.linked_data import scores_data
from catalog.models import Score
from catalog.progress import COLUMNS, progress
from catalog.score_filters import ScoreFilters
from catalog.scoring import score_text
from core import parameters
from core.chart_file import chart_file
from core.columns import Column, Part
from core.open_api import described
from core.parameters import Parameter
from core.quantities import iso_of
from core.schemas import DATE, INTEGER, SLUG, TEXT, YES_OR_NO, about, of_columns, or_null, page_schema, record
from core.views import MAX_PER_PAGE_READ, EntryDetail, csv_response, page_document
from research.linked_data import benchmark_data
from research.models import Benchmark, Paper
from research.views import BENCHMARK_COLUMNS, scale

# With their sources and the chart, they stay under 60 kB.
SCORES_ON_A_PAGE = 22


def known_on(row: Row) -> str | None:
    """“2024-12-26”: the day of the measurement, else when the source appeared, as far as that is known."""
    score = row.score
    if score.measured_on:
        return score.measured_on.isoformat()
    return iso_of(score.source, "published") or None


def date_is_of(row: Row) -> str | None:
    """Whose date that is."""
    return "measurement" if row.score.measured_on else "source" if row.score.source.published else None


_DATED_BY = {"enum": ["measurement", "source", None]}
SCORE_COLUMNS = (
    Column("rank", "Rank", lambda row: row.rank, schema=about(or_null(INTEGER), "Among those that compare.")),
    Column("model", "Model", lambda row: row.score.model.slug, schema=SLUG),
    Column("model_name", "Model", lambda row: row.score.model.name, order="model"),
    Column("score", "Score", lambda row: row.score.value, order="score", numeric=True, field="value"),
    Column("unit", "Unit", lambda row: row.score.benchmark.unit),
    Column("standard_error", "Standard error", lambda row: row.score.standard_error),
    Column("setting", "Setting", lambda row: row.score.setting),
    Column("measured_by", "Measured by", lambda row: row.score.measured_by),
    Column("date", "Date", known_on, order="date", schema=or_null(DATE)),
    Column("date_is_of", "Date of the", date_is_of, schema=_DATED_BY),
    Column(
        "comparable",
        "Comparable",
        lambda row: str(row.verdict) if row.verdict else row.rank and "comparable",
        schema=about(or_null(TEXT), "Whether it compares with the ranked ones, and if not, why."),
    ),
    Column("source", "Source", lambda row: row.score.source.slug, schema=SLUG),
    Column("source_url", "Address of the source", lambda row: row.score.source.url),
    Column("locator", "Place in the source", lambda row: row.score.locator),
    Column("note", "Note", lambda row: row.score.note),
)
SCORES = record(
    benchmark=SLUG,
    higher_is_better=YES_OR_NO,
    caveat=TEXT,
    **page_schema(record(**of_columns(SCORE_COLUMNS, Score))),
)


class BenchmarkDetail(EntryDetail):
    model = Benchmark
    columns = BENCHMARK_COLUMNS
    parts = (
        Part("parent", "Variant of", lambda view: view.object.parent, kind=Benchmark, one=True),
        Part("variants", "Variants", lambda view: view.related("variants"), kind=Benchmark),
        Part("paper", "Introduced in", lambda view: view.object.paper, kind=Paper, one=True),
    )

    def lists(self) -> dict[str, str]:
        return {"scores": reverse("scores_json", args=[self.object.slug])}

    def byline(self):
        return self.object.gloss

    def thing(self, absolute):
        return benchmark_data(self.object, absolute)

    def schema_page(self):
        scores = scores_data(self.object, self.request.build_absolute_uri) if self.filters.found else {}
        return super().schema_page() | ({"hasPart": scores} if scores else {})

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        filters = self.filters = ScoreFilters(self.request.GET, self.object, most=MAX_PER_PAGE_READ)
        context = super().get_context_data(filter=filters, **kwargs)
        return context | (self._facet(filters) if filters.opened else self._board(filters))

    def _facet(self, filters: ScoreFilters) -> dict[str, Any]:
        return {
            "facet": filters.opened,
            "plural": f"scores on {self.object}",
            "list_url": self.request.path,
        }

    def _board(self, filters: ScoreFilters) -> dict[str, Any]:
        page, standing = _page(filters, self.request)
        notes = Notes()
        notes.read(self.object.summary, self.object.caveat)
        variants = relatives(self.object, as_of=self.as_of)
        rows, leader = read_rows(self.object, page.object_list, standing, notes)
        return {
            "scale": scale(self.object),
            "relatives": variants,
            "kin": [variant.benchmark for variant in variants],
            "best": filters.best and score_text(filters.best.value, self.object),
            "saturated": filters.best and is_saturated(filters.best.value, self.object),
            "progress": filters.of_lines(progress),
            "page_obj": page,
            "standing": standing,
            "rows": rows,
            "leader": leader,
            "columns": {column.key: column for column in SCORE_COLUMNS},
            "notes": notes,
        }

    def get_template_names(self) -> list[str]:
        return ["core/facet.html"] if self.filters.opened else super().get_template_names()


def _page(filters: ScoreFilters, request: HttpRequest) -> tuple[Page, Standing]:
    """The page that is asked for, 404 where there is none, and who stands where among all that is shown."""
    try:
        size = filters.cleaned.get("per_page") or SCORES_ON_A_PAGE
        page = Paginator(filters.found, size).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(str(error)) from None
    return page, filters.of_lines(Standing)


def _filters(request: HttpRequest, slug: str) -> ScoreFilters:
    return ScoreFilters(request.GET, get_object_or_404(Benchmark.objects.published(), slug=slug))


def _takes() -> list[Parameter]:
    return parameters.of_filters(ScoreFilters(QueryDict(), Benchmark()))


def _takes_at_once() -> list[Parameter]:
    """What narrows the scores down, without order and pages."""
    return [parameter for parameter in _takes() if parameter["name"] not in ("order", "per_page", "page")]


@described("Scores on a benchmark, the best first, with ranks among those that compare.", SCORES, _takes)
@require_safe
def scores(request: HttpRequest, slug: str, twin: str) -> HttpResponse:
    """The leaderboard for programs, with the filters and the pages of the page."""
    filters = _filters(request, slug)
    benchmark = filters.benchmark
    if filters.errors:
        return JsonResponse({"errors": filters.errors}, status=400)
    try:
        page, standing = _page(filters, request)
    except Http404 as error:
        return JsonResponse({"errors": {"page": [str(error)]}}, status=404)
    rows, _ = read_rows(benchmark, page.object_list, standing, Notes())
    records = [{column.key: column.value(row) for column in SCORE_COLUMNS} for row in rows]
    if twin == "csv":
        return csv_response([column.key for column in SCORE_COLUMNS], (record.values() for record in records))
    return JsonResponse(_document(request, benchmark, page, records))


@described("Scores on a benchmark by date, and which were records.", TEXT, _takes_at_once)
@require_safe
def progress_twin(request: HttpRequest, slug: str, twin: str) -> HttpResponse:
    """The chart of the page as a file, or what it is drawn from; 404 where no score that matches has a date."""
    filters = _filters(request, slug)
    if filters.errors:
        return JsonResponse({"errors": filters.errors}, status=400)
    shown = filters.of_lines(progress)
    if not shown.dated:
        raise Http404("No score that matches has a known date.")
    if twin == "csv":
        return csv_response(COLUMNS, shown.rows)
    page = f"{shown.benchmark.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?")
    return chart_file(request, shown.chart, title=shown.title, y_name=shown.y_name, page=page, name=f"{slug}-over-time")


def _document(request: HttpRequest, benchmark: Benchmark, page: Page, records: list[dict]) -> dict[str, Any]:
    page_html = request.build_absolute_uri(benchmark.get_absolute_url())
    own = {
        "benchmark": benchmark.slug,
        "higher_is_better": benchmark.higher_is_better,
        "caveat": benchmark.caveat,
    }
    return own | page_document(request, page) | {"html": page_html, "results": records}
