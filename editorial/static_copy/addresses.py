"""Every public address that a static copy holds, read from the site map: a new one cannot be forgotten."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from django.urls import Resolver404, resolve, reverse

from core.models import Record
from core.routes import Route, routes
from core.views import EntryDetail
from editorial import views
from editorial.models import Redirect
from editorial.reading import chapters
from editorial.static_copy.rendering import Batch

# What only the live site answers: a form that is sent, and what only those see who were given the address or a token.
LIVE_ONLY = {views.report, views.report_followed, views.preview}
# Addresses of which another one tells, by their names: the files of the sitemap, of which its index does.
TOLD_BY = {"sitemap": "sitemap_index", "schema": "api"}
# The reading order is a query of its own, which the pages of its entries bear.
START = "start"
# So many entries, or other addresses, a process takes at once.
TAKEN = 10


class Unknown(Exception):
    """A line of the site map of which nobody has said what its parameters may be."""


def addresses(ask: Callable[[str], str]) -> Iterator[str]:
    """All that a copy asks the site for, also those that renamed entries had. `ask` reads what an address answers."""
    for batch in batches(ask):
        yield from batch.addresses


def batches(ask: Callable[[str], str]) -> Iterator[Batch]:
    """The same in parts; entries first, which cost most."""
    routes = copied()
    of_kind = {kind: _of_entries(kind, routes) for kind in kinds()}
    for kind, own in of_kind.items():
        for slugs in batched(_slugs(kind), TAKEN):
            yield Batch([route.address(slug=slug) for slug in slugs for route in own], kind, slugs)
    of_entries = set(chain.from_iterable(of_kind.values()))
    others = chain.from_iterable(_named(route, ask) for route in routes if route not in of_entries)
    yield from map(Batch, batched(chain(others, _start()), TAKEN))


def _of_entries(kind: type[Record], routes: list[Route]) -> list[Route]:
    """What each entry of a kind has: its page, and what says that it is of that kind or lies below its page."""
    bases = {_before_slug(route) for route in routes if _is_entry(route) and route.kind is kind}
    own = (route for route in routes if route.parameters == {"slug"})
    return [route for route in own if (route.kind or (_before_slug(route) in bases and kind)) is kind]


def _named(route: Route, ask: Callable[[str], str]) -> Iterable[str]:
    if not route.parameters:
        return [route.address()]
    if route.pattern.name in TOLD_BY:
        return _named_in(ask(reverse(TOLD_BY[route.pattern.name])), route)
    raise Unknown(f"/{route.path}")


def _start() -> Iterator[str]:
    return (f"{step.entry.get_absolute_url()}?{START}" for _, steps in chapters() for step in steps)


def batched(values: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def kinds() -> list[type[Record]]:
    """The kinds of entries that have pages, in the order of the site map."""
    return list(dict.fromkeys(route.kind for route in copied() if _is_entry(route)))


def copied() -> list[Route]:
    """The routes that are in a copy, in the order of the site map."""
    return [route for route in routes() if route.view not in LIVE_ONLY]


def _is_entry(route: Route) -> bool:
    return isinstance(route.view, type) and issubclass(route.view, EntryDetail)


def _before_slug(route: Route) -> str:
    return route.path.partition("<")[0]


def _named_in(text: str, route: Route) -> Iterator[str]:
    """The addresses of the route in a page or a file."""
    for path in dict.fromkeys(re.findall(r"(?:(?<=[\"'>])|(?<=//)[\w.:\[\]-]+)(/[^\"'<>?#\s]*)", text)):
        try:
            if resolve(path).url_name == route.pattern.name:
                yield path
        except Resolver404:
            continue


def _slugs(kind: type[Record]) -> Iterable[str]:
    """Those of published entries, and those that lead to them."""
    present = kind.objects.published().order_by("slug").values_list("slug", flat=True)
    former = Redirect.objects.filter(kind=kind._meta.label_lower).values_list("slug", flat=True)
    return dict.fromkeys(chain(present, former))
