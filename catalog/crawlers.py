"""What search engines and other programs ask a site for first: its sitemap, robots.txt and llms.txt."""

import datetime
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.views import WAYS_IN
from core.licences import OWN, OWN_URL
from core.memory import remembered
from core.models import Entry
from core.urls import TWINS

# Addresses in one file of the sitemap: the protocol allows 50,000, so many are written in a moment. And files in it.
LIMIT, MOST = 2000, 50_000
# The pages that are neither an entry nor a list of one kind.
PAGES = ("home", "start", "search", "comparison", "lineage", "timeline", "disagreement_list", "changes", "api")


@dataclass(frozen=True)
class Place:
    """One that a sitemap names: without the site's name, and when what is there changed last, if that is known."""

    path: str
    changed: datetime.datetime | None = None


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The files of the sitemap: none has a query, so that a static copy has them all."""
    return _xml(request, "catalog/sitemap_index.xml", _files())


@require_safe
def sitemap(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """A part of the entries of a kind, by the order in which they were begun; or all other pages."""
    if name == "pages" and number == 1:
        return _xml(request, "catalog/sitemap.xml", _pages())
    found = _part(name, number) if name in _lists() and 1 <= number <= MOST else []
    if not found:
        raise Http404("The sitemap has no such file.")
    return _xml(request, "catalog/sitemap.xml", found)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone."""
    return _text(request, "catalog/robots.txt", {"sitemap": request.build_absolute_uri(reverse("sitemap_index"))})


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What this is and where to find what, for language models: https://llmstxt.org."""
    lists = [
        {"name": str(listing.model._meta.verbose_name_plural), "path": path, "intro": listing.intro}
        for path, listing in zip(_lists().values(), WAYS_IN, strict=True)
    ]
    root = request.build_absolute_uri("/")[:-1]
    context = {"lists": lists, "root": root, "twins": list(TWINS), "licence": OWN, "licence_url": OWN_URL}
    return _text(request, "catalog/llms.txt", context)


def _lists() -> dict[str, str]:
    """The address of the list of each kind, by what its sitemap is called: “models”."""
    paths = [reverse(f"{listing.model._meta.model_name}_list") for listing in WAYS_IN]
    return {path.strip("/"): path for path in paths}


def _entries(name: str) -> QuerySet:
    kinds = dict(zip(_lists(), (listing.model for listing in WAYS_IN), strict=True))
    return kinds[name].objects.published().order_by("pk")


@remembered
def _files() -> list[Place]:
    found = [Place(reverse("sitemap", args=["pages", 1]))]
    for name in _lists():
        entries = _entries(name)
        for number, first in enumerate(range(0, entries.count(), LIMIT), 1):
            part = entries[first : first + LIMIT]
            changed = part.aggregate(last=Max("updated_at"))["last"] if issubclass(part.model, Entry) else None
            found.append(Place(reverse("sitemap", args=[name, number]), changed))
    return found


def _pages() -> list[Place]:
    return [Place(path) for path in [*map(reverse, PAGES), *_lists().values()]]


def _part(name: str, number: int) -> list[Place]:
    entries, path = _entries(name), _lists()[name]
    columns = ("slug", "updated_at") if issubclass(entries.model, Entry) else ("slug",)
    rows = entries.values_list(*columns)[LIMIT * (number - 1) : LIMIT * number]
    # As `get_absolute_url` says it, which takes a hundred times as long for thousands.
    return [Place(f"{path}{slug}/", *changed) for slug, *changed in rows]


def _xml(request: HttpRequest, template: str, addresses: list[Place]) -> HttpResponse:
    root = request.build_absolute_uri("/")[:-1]
    lines = [(f"{root}{one.path}", one.changed and one.changed.isoformat(timespec="seconds")) for one in addresses]
    return render(request, template, {"addresses": lines}, content_type="application/xml")


def _text(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, content_type="text/plain; charset=utf-8")
