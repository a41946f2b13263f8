"""What a page says of itself to search engines: schema.org's terms in JSON-LD. Each app says what its entries are."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.licences import OWN_URL, licence_url
from core.routes import path_to
from core.site import ABOUT, NAME

Node = dict[str, Any]
# From a path to a whole address.
Absolute = Callable[[str], str]

# What would end the script element, or begin a comment in it, as JSON may write it too.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04X}" for char in "<>&"})


def node(type_: str, /, **properties: Any) -> Node:
    """A thing of that type, with what is known of it: what is empty is left out."""
    return {"@type": type_} | {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def as_json_ld(thing: Node) -> SafeString:
    """The thing as the content of a script element, which no text in it can end."""
    text = json.dumps({"@context": "https://schema.org"} | thing, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(_ESCAPES))


def named(type_: str, entry: Any, absolute: Absolute) -> Node | None:
    """Another entry, to which this one is related: its name and its page."""
    return entry and node(type_, name=entry.name, url=absolute(entry.get_absolute_url()))


def licence(text: str) -> str | Node | None:
    """A licence by its address, or where that is not known by its name."""
    return licence_url(text) or (node("CreativeWork", name=text) if text else None)


def publisher(absolute: Absolute) -> Node:
    return node("Organization", name=NAME, url=absolute(path_to("home")))


def website(absolute: Absolute) -> Node:
    """The whole of it, and how it is searched."""
    target = node("EntryPoint", urlTemplate=f"{absolute(path_to('search'))}?q={{q}}")
    return node(
        "WebSite",
        name=NAME,
        url=absolute(path_to("home")),
        description=ABOUT,
        license=OWN_URL,
        inLanguage="en",
        potentialAction=node("SearchAction", target=target),
    )


def page(type_: str, request: HttpRequest, trail: Iterable[tuple[str, str]], **properties: Any) -> Node:
    """A page of the site. `trail` leads to it from the first page: names with paths, its own the last."""
    absolute = request.build_absolute_uri
    trail = [(NAME, path_to("home")), *trail]
    name, path = trail[-1]
    steps = [
        node("ListItem", position=position, name=name, item=absolute(path))
        for position, (name, path) in enumerate(trail, 1)
    ]
    return node(
        type_,
        name=name,
        url=absolute(path),
        inLanguage="en",
        publisher=publisher(absolute),
        license=OWN_URL,
        breadcrumb=node("BreadcrumbList", itemListElement=steps),
        **properties,
    )


def listed(entries: Iterable, count: int) -> Node:
    """A list of `count` entries, of which these are on the page."""
    # Paths, which JSON-LD resolves as HTML does: whole addresses would make long lists a kilobyte heavier.
    return node("ItemList", numberOfItems=count, itemListElement=[{"@id": e.get_absolute_url()} for e in entries])


def dataset(name: str, description: str, path: str, files: dict[str, str], absolute: Absolute) -> Node:
    """Data that can be had as `files`: paths by what they end in."""
    kinds = {"csv": "text/csv", "json": "application/json"}
    return node(
        "Dataset",
        name=name,
        description=description,
        url=absolute(path),
        license=OWN_URL,
        isAccessibleForFree=True,
        distribution=[
            node("DataDownload", encodingFormat=kinds[end], contentUrl=absolute(file)) for end, file in files.items()
        ],
    )
