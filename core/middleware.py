"""What is refused before any work is done, and how programs are answered."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

MAX_QUERY_BYTES = 8192
READ = "GET, HEAD, OPTIONS"
# What a browser may send along when it asks for another site.
_CROSS_ORIGIN = {
    "Access-Control-Allow-Methods": READ,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
_REFUSED = {
    404: ("address", "There is nothing at this address."),
    405: ("method", f"Data is for reading: {READ}."),
    414: ("query", "What follows the question mark may have 8 kB; no filter needs more."),
}


def refuse_long_queries(get_response):
    """Answers 414 to a query string over 8 kB; no filter needs one, and some only want to cost time."""

    def middleware(request):
        if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY_BYTES:
            return render(request, "414.html", status=414)
        return get_response(request)

    return middleware


class Compress(GZipMiddleware):
    """Django's, which hides secrets by random bytes, for all that gets smaller by it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if gets_smaller(response) else response


def gets_smaller(response: HttpResponse) -> bool:
    """Whether compressing it pays: a PNG is compressed already."""
    return response.get("Content-Type") != "image/png"


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
        return response

    return middleware


def _answer(request: HttpRequest, get_response) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": READ, **_CROSS_ORIGIN})
    if request.method not in ("GET", "HEAD"):
        return _refusal(405)
    response = get_response(request)
    is_told = response.get("Content-Type", "").startswith("application/json")
    return response if is_told or response.status_code not in _REFUSED else _refusal(response.status_code)


def _refusal(status: int) -> JsonResponse:
    name, message = _REFUSED[status]
    headers = {"Allow": READ} if status == 405 else {}
    return JsonResponse({"errors": {name: [message]}}, status=status, headers=headers)
