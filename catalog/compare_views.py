"""The comparison of models: its page, and its twins for programs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.companions import companions, examples
from catalog.comparison import MOST, Choice, Comparison, Row, choose, compare
from catalog.matches import Measured
from catalog.models import AIModel
from core import parameters
from core.open_api import described
from core.parameters import Parameter
from core.schemas import ADDRESS, DATE, ENTRY, NUMBER, SLUG, TEXT, TEXTS, YES_OR_NO, about, or_null, record, rows
from core.views import AsOfForm, csv_response


def _takes() -> list[Parameter]:
    slugs = list(AIModel.objects.published().newest_first().values_list("slug", flat=True)[: parameters.NAMED + 1])
    schema = rows(parameters.named(slugs)) | {"minItems": 2, "maxItems": MOST, "uniqueItems": True}
    how = {"in": "query", "required": True, "style": "form", "explode": False, "example": slugs[:2]}
    return [{"name": "models", "description": "Slugs, with commas between them.", "schema": schema, **how}]


_SCORE = record(
    model=SLUG,
    benchmark=SLUG,
    value=NUMBER,
    unit=TEXT,
    setting=TEXT,
    measured_by=TEXT,
    measurer=TEXT,
    measured_on=or_null(DATE),
    source=SLUG,
    best=YES_OR_NO,
    held_against=or_null(record(model=SLUG, value=NUMBER)),
    verdict=or_null(TEXT),
)
_ROW = record(
    key=TEXT,
    label=TEXT,
    unit=TEXT,
    differs=YES_OR_NO,
    values=about({"type": "object", "additionalProperties": TEXT}, "As text, by the slug of the model."),
    estimated=about(TEXTS, "The models of which it is an estimate."),
    disputed=about(TEXTS, "The models of which sources differ."),
    best=TEXTS,
)
COMPARED = record(
    html=ADDRESS,
    models=rows(ENTRY),
    rows=rows(_ROW),
    scores=rows(_SCORE | {"required": [*_SCORE["required"], "known_as", "comparable"]}, "On the same benchmarks."),
    alone=rows(_SCORE, "On benchmarks that only one of them has a score on."),
    relations=rows(record(model=SLUG, **{"is": TEXT}, of=SLUG)),
)


@described(
    "Two to six models side by side. With `as_of`, a model that was not there yet is unknown: 400.", COMPARED, _takes
)
@require_safe
def comparison(request: HttpRequest, twin: str = "") -> HttpResponse:
    """Up to six models side by side. What is asked for and not here gets a message; the others are still compared."""
    form = AsOfForm(request.GET)
    as_of = form.cleaned_data["as_of"] if form.is_valid() else None
    choice = choose(request.GET.getlist("models"), as_of=as_of)
    if twin:
        return _twin(request, choice, form, twin)
    models = choice.models
    only_differences = request.GET.get("differences", "") not in ("", "0")
    compared = compare(models, as_of=as_of) if len(models) > 1 else None
    suggested = companions(models[0], models, as_of=as_of) if models and len(models) < MOST else None

    def leading(*more: list[AIModel]) -> list[tuple[list[AIModel], str]]:
        return [(added, address([*models, *added], request.GET)) for added in more]

    context = {
        "choice": choice,
        "most": MOST,
        "columns": [_column(request, models, place) for place in range(len(models))],
        "comparison": compared.only_differences() if compared and only_differences else compared,
        "only_differences": only_differences,
        "switched": address(models, request.GET, differences="" if only_differences else "1"),
        "suggested": suggested,
        "kin": leading(*([model] for model in suggested.kin)) if suggested else [],
        "peers": leading(*([model] for model in suggested.peers)) if suggested else [],
        "examples": [] if models else [(title, *leading(example)[0]) for title, example in examples(as_of=as_of)],
        "canonical": request.build_absolute_uri(address(models, as_of=as_of.isoformat() if as_of else "")),
        "as_of": as_of,
        "as_of_errors": form.errors.get("as_of"),
    }
    return render(request, "catalog/compare.html", context)


def address(models: list[AIModel], rest: QueryDict | None = None, **changed: str) -> str:
    """Where these models are compared, with whatever else is asked for in `rest`, but for what is `changed`."""
    query = rest.copy() if rest else QueryDict(mutable=True)
    for name, value in (("models", ",".join(model.slug for model in models)), *changed.items()):
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{reverse('comparison')}{'?' if query else ''}{query.urlencode(safe=',')}"


def _column(request: HttpRequest, models: list[AIModel], place: int) -> dict[str, Any]:
    """The model at this place, and the addresses that move it or take it away."""

    def at(new: int) -> str:
        order = models[:place] + models[place + 1 :]
        return address([*order[:new], models[place], *order[new:]], request.GET)

    return {
        "model": models[place],
        "left": at(place - 1) if place else "",
        "right": at(place + 1) if place < len(models) - 1 else "",
        "without": address(models[:place] + models[place + 1 :], request.GET),
    }


def _twin(request: HttpRequest, choice: Choice, form: AsOfForm, twin: str) -> HttpResponse:
    messages = choice.messages
    named = [name for value in request.GET.getlist("models") for name in value.split(",") if name.strip()]
    if not messages and not (1 < len(choice.models) == len(named)):
        messages = [f"Name two to {MOST} models, each once: ?models=gpt-3,gpt-4."]
    if errors := form.errors | ({"models": messages} if messages else {}):
        return JsonResponse({"errors": errors}, status=400)
    as_of = form.cleaned_data["as_of"]
    compared = compare(choice.models, as_of=as_of)
    if twin == "csv":
        slugs = [model.slug for model in choice.models]
        return csv_response(
            ["part", "row", "unit", "setting", "measured_by", "source", *slugs, "verdict"], _lines(compared)
        )
    day = as_of.isoformat() if as_of else ""
    html = request.build_absolute_uri(address(choice.models, as_of=day))
    return JsonResponse(({"as_of": day} if day else {}) | {"html": html} | _document(request, compared))


def _document(request: HttpRequest, compared: Comparison) -> dict[str, Any]:
    models = compared.models
    return {
        "models": [
            {"slug": m.slug, "name": m.name, "html": request.build_absolute_uri(m.get_absolute_url())} for m in models
        ],
        "rows": [_row(models, row) for row in compared.rows],
        "scores": [
            {"known_as": match.benchmark.slug, "comparable": line.comparable, **_score(measured)}
            for match in compared.matches
            for line in match.lines
            for measured in line.all
        ],
        "alone": [_score(measured) for alone in compared.alone for measured in alone.scores],
        "relations": [{"model": r.model.slug, "is": r.kind, "of": r.other.slug} for r in compared.relations],
    }


def _row(models: list[AIModel], row: Row) -> dict[str, Any]:
    cells = dict(zip((model.slug for model in models), row.cells, strict=True))
    return {
        "key": row.key,
        "label": row.label,
        "unit": row.unit,
        "differs": row.differs,
        "values": {slug: cell.text for slug, cell in cells.items()},
        "estimated": [slug for slug, cell in cells.items() if cell.figure and cell.figure.estimated],
        "disputed": [slug for slug, cell in cells.items() if cell.figure and cell.figure.disagreements],
        "best": [slug for slug, cell in cells.items() if cell.best],
    }


def _score(measured: Measured) -> dict[str, Any]:
    score = measured.score
    return {
        "model": score.model.slug,
        "benchmark": score.benchmark.slug,
        "value": score.value,
        "unit": score.benchmark.unit,
        "setting": score.setting,
        "measured_by": score.measured_by,
        "measurer": measured.measurer,
        "measured_on": score.measured_on,
        "source": score.source.slug,
        "best": measured.best,
        "held_against": measured.other and {"model": measured.other.model.slug, "value": measured.other.value},
        "verdict": measured.verdict and str(measured.verdict),
    }


def _lines(compared: Comparison) -> Iterator[list]:
    """A line for every row and, one by one, for every score, whose verdict says whether it compares."""
    for row in compared.rows:
        yield ["model", row.key, row.unit, "", "", "", *(cell.text for cell in row.cells), ""]
    scores = [m for match in compared.matches for line in match.lines for m in line.all]
    for measured in [*scores, *(m for alone in compared.alone for m in alone.scores)]:
        score = measured.score
        values = [score.value if model.pk == score.model_id else "" for model in compared.models]
        verdict = str(measured.verdict) if measured.verdict else ""
        how = [score.setting, measured.measurer, score.source.slug]
        yield ["score", score.benchmark.slug, score.benchmark.unit, *how, *values, verdict]
