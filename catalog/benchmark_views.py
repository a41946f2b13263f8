"""The page of a benchmark, with its leaderboard, and the same scores for programs."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalog.evidence import Notes
from catalog.leaderboard import Row, Standing, is_saturated, read_board, read_rows, relatives
from catalog.progress import COLUMNS, progress
from catalog.score_filters import ScoreFilters
from catalog.scoring import score_text
from core.chart_file import chart_file
from core.columns import Column
from core.quantities import iso_date
from core.views import AsOfForm, EntryDetail, csv_response
from research.models import Benchmark
from research.views import BENCHMARK_COLUMNS, scale

# With their sources and the chart, they stay under 60 kB.
SCORES_ON_A_PAGE = 25


def known_on(row: Row) -> str | None:
    """“2024-12-26”: the day of the measurement, else when the source appeared, as far as that is known."""
    score = row.score
    if score.measured_on:
        return score.measured_on.isoformat()
    return iso_date(score.source.published, score.source.published_precision) if score.source.published else None


def date_is_of(row: Row) -> str | None:
    """Whose date that is."""
    return "measurement" if row.score.measured_on else "source" if row.score.source.published else None


SCORE_COLUMNS = (
    Column("rank", "Rank", lambda row: row.rank),
    Column("model", "Model", lambda row: row.score.model.slug),
    Column("model_name", "Model", lambda row: row.score.model.name, order="model"),
    Column("score", "Score", lambda row: row.score.value, order="score", numeric=True),
    Column("unit", "Unit", lambda row: row.score.benchmark.unit),
    Column("standard_error", "Standard error", lambda row: row.score.standard_error),
    Column("setting", "Setting", lambda row: row.score.setting),
    Column("measured_by", "Measured by", lambda row: row.score.measured_by),
    Column("date", "Date", known_on, order="date"),
    Column("date_is_of", "Date of the", date_is_of),
    Column("comparable", "Comparable", lambda row: str(row.verdict) if row.verdict else row.rank and "comparable"),
    Column("source", "Source", lambda row: row.score.source.slug),
    Column("source_url", "Address of the source", lambda row: row.score.source.url),
    Column("locator", "Place in the source", lambda row: row.score.locator),
    Column("note", "Note", lambda row: row.score.note),
)


class BenchmarkDetail(EntryDetail):
    model = Benchmark
    columns = BENCHMARK_COLUMNS

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        board = read_board(self.object, as_of=self.as_of)
        filters = ScoreFilters(self.request.GET, board)
        page, standing = _page(filters, self.request)
        notes = Notes()
        notes.read(self.object.summary, self.object.caveat)
        variants = relatives(self.object, as_of=self.as_of)
        rows, leader = read_rows(self.object, page.object_list, standing, notes)
        return super().get_context_data(
            scale=scale(self.object),
            relatives=variants,
            kin=[variant.benchmark for variant in variants],
            board=board,
            best=score_text(board.best, self.object) if board.lines else "",
            saturated=is_saturated(board),
            progress=progress(filters.lines, filters.board.benchmark),
            filter=filters,
            page_obj=page,
            standing=standing,
            rows=rows,
            leader=leader,
            columns={column.key: column for column in SCORE_COLUMNS},
            notes=notes,
            **kwargs,
        )


def _page(filters: ScoreFilters, request: HttpRequest) -> tuple[Page, Standing]:
    """The page that is asked for, 404 where there is none, and who stands where among all that is shown."""
    try:
        page = Paginator(filters.ordered, filters.per_page or SCORES_ON_A_PAGE).page(request.GET.get("page") or 1)
    except InvalidPage as error:
        raise Http404(str(error)) from None
    return page, Standing(filters.lines, filters.board.benchmark)


def _filters(request: HttpRequest, slug: str) -> ScoreFilters:
    benchmark = get_object_or_404(Benchmark.objects.published(), slug=slug)
    day = AsOfForm(request.GET)
    as_of = day.cleaned_data["as_of"] if day.is_valid() else None
    return ScoreFilters(request.GET, read_board(benchmark, as_of=as_of))


@require_safe
def scores(request: HttpRequest, slug: str, twin: str) -> HttpResponse:
    """The leaderboard for programs, with the filters and the pages of the page."""
    filters = _filters(request, slug)
    benchmark = filters.board.benchmark
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


@require_safe
def progress_twin(request: HttpRequest, slug: str, twin: str) -> HttpResponse:
    """The chart of the page as a file, or what it is drawn from; 404 where no score that matches has a date."""
    filters = _filters(request, slug)
    if filters.errors:
        return JsonResponse({"errors": filters.errors}, status=400)
    shown = progress(filters.lines, filters.board.benchmark)
    if not shown.dated:
        raise Http404("No score that matches has a known date.")
    if twin == "csv":
        return csv_response(COLUMNS, shown.rows)
    page = f"{shown.benchmark.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?")
    return chart_file(request, shown.chart, title=shown.title, y_name=shown.y_name, page=page, name=f"{slug}-over-time")


def _document(request: HttpRequest, benchmark: Benchmark, page: Page, records: list[dict]) -> dict[str, Any]:
    query = request.GET.copy()
    query["page"] = page.number + 1
    return {
        "benchmark": benchmark.slug,
        "higher_is_better": benchmark.higher_is_better,
        "caveat": benchmark.caveat,
        "count": page.paginator.count,
        "pages": page.paginator.num_pages,
        "self": request.build_absolute_uri(),
        "next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}") if page.has_next() else None,
        "results": records,
    }
