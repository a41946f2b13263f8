"""What every answer says to browsers, what is refused before any work is done, and how programs are answered."""

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import cc_delim_re

MAX_QUERY_BYTES = 8192
# The largest file that editors bring in, and what stands around it in the form.
MAX_BODY_BYTES = 12_000_000
READ = "GET, HEAD, OPTIONS"
# No page uses what a device has, and no page of another site may hold or read one of this.
ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer"),
            *("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "usb"),
        )
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
# What a browser may send along when it asks for another site.
_CROSS_ORIGIN = {
    "Access-Control-Allow-Methods": READ,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_REFUSED = {
    400: ("request", "This request was not understood."),
    404: ("address", "There is nothing at this address."),
    405: ("method", f"Data is for reading: {READ}."),
    414: ("query", "What follows the question mark may have 8 kB; no filter needs more."),
    500: ("site", "Something broke on our side. It has been logged."),
}


def isolate(get_response):
    """Middleware, the outermost of those that write headers: what is refused further in says the same as every page."""
    said = {"Content-Security-Policy": build_policy(), **ISOLATED}

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 404:
            # It may be published the next moment; caches keep a 404 for as long as they like if nothing is said.
            response.headers.setdefault("Cache-Control", "no-cache")
        # In development, pages about errors bring styles of their own.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            for name, value in said.items():
                response.headers.setdefault(name, value)
        return response

    return middleware


class Compress(GZipMiddleware):
    """Django's, which hides secrets by random bytes, for all that gets smaller by it.

    What is for everybody has no secrets: `core.pages` compresses it once.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if is_for_everybody(response) or not gets_smaller(response):
            return response
        return super().process_response(request, response)


def is_for_everybody(response: HttpResponse) -> bool:
    """Whether it is whole, sets nothing, and does not depend on who asks: what reads a session says so by `Vary`."""
    varies = cc_delim_re.split(response.get("Vary", "").lower())
    said = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "cookie" not in varies
        and "no-store" not in said
        and "private" not in said
    )


def gets_smaller(response: HttpResponse) -> bool:
    """Whether compressing it pays: a PNG is compressed already."""
    return response.get("Content-Type") != "image/png"


def refuse_too_much(get_response):
    """Middleware: 414 to a query string over 8 kB, 413 to a body over 12 MB; some only want to cost time or room.

    And 400 to whoever takes this for another host, even where only a static file is asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.get_host()
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_BYTES:
            return render(request, "414.html", status=414)
        if _length(request) > MAX_BODY_BYTES:
            return render(request, "413.html", status=413)
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # and Django reads nothing of it


def is_data(path: str) -> bool:
    """Whether programs ask there: what ends like a file, and feeds; pages end in “/”."""
    return "." in path[path.rfind("/") :] or path.startswith("/feeds/")


def open_data(get_response):
    """Middleware: data may be read from every other site, and what is refused is told in JSON."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_data(request.path_info):
            return get_response(request)
        response = _answer(request, get_response)
        response["Access-Control-Allow-Origin"] = "*"
        if not request.path_info.startswith(settings.STATIC_URL):
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return middleware


def _answer(request: HttpRequest, get_response) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": READ, **_CROSS_ORIGIN})
    if request.method not in ("GET", "HEAD"):
        return _refusal(405)
    response = get_response(request)
    is_told = response.get("Content-Type", "").startswith("application/json")
    if is_told or response.status_code not in _REFUSED or (settings.DEBUG and response.status_code == 500):
        return response
    return _refusal(response.status_code)


def _refusal(status: int) -> JsonResponse:
    name, message = _REFUSED[status]
    headers = {"Allow": READ} if status == 405 else {}
    return JsonResponse({"errors": {name: [message]}}, status=status, headers=headers)
