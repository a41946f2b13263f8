"""The description of the open data: for people as a page, for programs as OpenAPI and JSON Schema."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import schemas
from core.api_page import everywhere, groups, in_every_entry
from core.licences import OWN_URL
from core.open_api import PROMISE, description, published_schemas


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    server = {"servers": [{"url": request.build_absolute_uri("/")[:-1]}]}
    return JsonResponse(description() | server)


@require_safe
def schema(request: HttpRequest, kind: str) -> JsonResponse:
    """What an entry (“model”), or a page of a list of such (“models”), promises."""
    found = published_schemas()
    if kind not in found:
        raise Http404(f"There is no such schema. There are {', '.join(found)}.")
    address = request.build_absolute_uri(request.path)
    return JsonResponse(schemas.whole(kind, address, found[kind]), content_type="application/schema+json")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": groups(),
        "everywhere": everywhere(),
        "in_every_entry": in_every_entry(),
        "promise": PROMISE,
        "licence": OWN_URL,
        "site": request.build_absolute_uri("/")[:-1],
    }
    return render(request, "core/api.html", context)
