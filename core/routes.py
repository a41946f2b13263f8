"""The lines of the site map, read from the URLconf; the admin's are not among them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, get_resolver, get_script_prefix, reverse

from core.models import Record


@dataclass(frozen=True)
class Route:
    """A line of the site map: `models/<slug:slug>.json`."""

    path: str
    pattern: URLPattern

    @property
    def view(self) -> Callable:
        """A class or a function."""
        return getattr(self.pattern.callback, "view_class", self.pattern.callback)

    @property
    def options(self) -> dict[str, Any]:
        """What the view is told beside what the address says."""
        return {**getattr(self.pattern.callback, "view_initkwargs", {}), **self.pattern.default_args}

    @property
    def parameters(self) -> set[str]:
        return set(self.pattern.pattern.converters)

    @property
    def template(self) -> str:
        """As OpenAPI writes it: “/models/{slug}.json”."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.path)

    @property
    def kind(self) -> type[Record] | None:
        """The entries that its view says it is of."""
        return self.pattern.default_args.get("model") or getattr(self.view, "model", None)

    def address(self, **parameters: str) -> str:
        return reverse(self.pattern.name, kwargs=parameters)


def path_to(name: str) -> str:
    """The path of a page that there is once: “/models/” of `aimodel_list`. It is looked up once."""
    return _path_to(name, get_script_prefix())


@cache
def _path_to(name: str, prefix: str) -> str:
    return reverse(name)


def routes() -> list[Route]:
    return [route for route in _read(get_resolver().url_patterns) if not route.path.startswith("admin/")]


def before_tokens() -> set[str]:
    """What addresses begin with that end in a secret, the admin's too: “preview/”."""
    paths = (route.path for route in _read(get_resolver().url_patterns))
    return {path.partition("<")[0] for path in paths if "token>" in path}


def _read(patterns: Iterable, before: str = "") -> Iterator[Route]:
    for pattern in patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Route(path, pattern)
        else:
            yield from _read(pattern.url_patterns, path)
