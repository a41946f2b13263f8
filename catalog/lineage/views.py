from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.lineage.forms import LineageForm
from catalog.lineage.graph import Key, Lineage
from catalog.lineage.page import LineagePage, lineage_page
from catalog.models import Derivation, DerivationKind
from core import parameters
from core.open_api import described
from core.parameters import Parameter
from core.quantities import iso_of
from core.schemas import ADDRESS, DATE, INTEGER, SLUG, TEXT, YES_OR_NO, about, or_null, record, rows
from core.views import csv_response

# How much a page shows, so that it stays light; the twins have more.
AT_ONCE = 44


def _takes() -> list[Parameter]:
    # What two models have to do with each other is asked with both of these, or not at all.
    return parameters.of_fields({n: f for n, f in LineageForm({}).fields.items() if n not in ("from", "to")})


GRAPH = record(
    self=ADDRESS,
    found=about(INTEGER, "How many models and names there are, told or not."),
    complete=about(YES_OR_NO, "Whether all of them are told."),
    nodes=rows(
        record(
            id=about(TEXT, "The slug of a model; the name of what has no entry."),
            name=TEXT,
            resolved=about(YES_OR_NO, "Whether it has an entry."),
            released=or_null(DATE),
            steps_up=or_null(INTEGER),
            steps_down=or_null(INTEGER),
            html=or_null(ADDRESS),
        )
    ),
    edges=rows(
        record(
            child=TEXT,
            kind={"enum": DerivationKind.values},
            parent=TEXT,
            resolved=YES_OR_NO,
            stated=about(TEXT, "The parent's name, as the source writes it."),
            source=SLUG,
            note=TEXT,
        )
    ),
)


@described(
    "What was made from what: of one `model`, or of all. With `from` and `to`, what two models have in common.",
    GRAPH,
    _takes,
)
@require_safe
def lineage(request: HttpRequest, twin: str = "") -> HttpResponse:
    """The lineage of a model, the relation of two, or the whole graph; as a page, JSON, CSV (its edges) or SVG."""
    form = LineageForm(request.GET)
    if not form.is_valid() and twin:
        return JsonResponse({"errors": form.errors}, status=400)
    as_of = form.cleaned_data.get("as_of")
    page = lineage_page(form, as_of=as_of) if twin else lineage_page(form, most=AT_ONCE, as_of=as_of)
    if twin and page.lineage is None:
        return JsonResponse({"errors": {"model": ["Name a model."]}}, status=400)
    if twin:
        return {"json": _json, "csv": _csv, "svg": _svg}[twin](request, page)
    return render(
        request,
        "catalog/lineage.html",
        {
            "page": page,
            "form": form,
            "as_of": as_of,
            "as_of_errors": form.errors.get("as_of"),
            "canonical": _canonical(page),
        },
    )


def _canonical(page: LineagePage) -> str:
    """The address of the lineage of this model, of these two, or of all, however far it is drawn."""
    query = {}
    if page.relation:
        query = {"from": page.relation.first.slug, "to": page.relation.second.slug}
    elif page.lineage and page.lineage.focus:
        query = {"model": page.lineage.focus.slug}
    return reverse("lineage", query=query)


def _json(request: HttpRequest, page: LineagePage) -> JsonResponse:
    lineage = page.lineage
    document = {
        "self": request.build_absolute_uri(),
        "found": lineage.found,
        "complete": page.complete,
        "nodes": [_node(request, lineage, key) for key in lineage.keys],
        "edges": [dict(zip(EDGE, _edge(lineage, *edge), strict=True)) for edge in lineage.edges],
    }
    if page.relation:
        common = page.relation.common
        document["relation"] = {
            "from": page.relation.first.slug,
            "to": page.relation.second.slug,
            "common": None if common is None else _name(lineage, common),
            "besides": page.relation.besides,
        }
    return JsonResponse(document)


def _node(request: HttpRequest, lineage: Lineage, key: Key) -> dict:
    """A model or a name; what is `resolved` has an entry. Steps are counted from the model asked for."""
    model = lineage.models.get(key)
    return {
        "id": _name(lineage, key),
        "name": lineage.name(key),
        "resolved": model is not None,
        "released": (iso_of(model, "released") or None) if model else None,
        "steps_up": lineage.above.get(key),
        "steps_down": lineage.below.get(key),
        "html": request.build_absolute_uri(model.get_absolute_url()) if model else None,
    }


def _name(lineage: Lineage, key: Key) -> str:
    """How the twins call it: a model by its slug, what has no entry by its name."""
    return key if isinstance(key, str) else lineage.models[key].slug


# What the twins say of an edge.
EDGE = ("child", "kind", "parent", "resolved", "stated", "source", "note")


def _edge(lineage: Lineage, edge: Derivation, parent: Key) -> tuple:
    child, resolved = lineage.models[edge.child_id].slug, not isinstance(parent, str)
    return child, edge.kind, _name(lineage, parent), resolved, edge.parent_name, edge.source.slug, edge.note


def _csv(request: HttpRequest, page: LineagePage) -> HttpResponse:
    return csv_response(EDGE, (_edge(page.lineage, *edge) for edge in page.lineage.edges))


def _svg(request: HttpRequest, page: LineagePage) -> HttpResponse:
    context = {"drawing": page.drawing, "label": page.title, "alone": True, "request": request}
    text = render_to_string("catalog/_lineage_drawing.html", context).lstrip()
    return HttpResponse(text, content_type="image/svg+xml")
