"""What an entry is for programs: all that is known of it, with its relations, as JSON or as Markdown; and its card.

The first two are drawn from what the view of its kind declares: columns, details and parts; prose is what the model
says.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.module_loading import import_string

from core import schemas
from core.addresses import lists_about
from core.cards import card_response
from core.columns import Column, Part, fields
from core.licences import OWN_URL
from core.markdown_twin import markdown
from core.quantities import iso_date
from core.schemas import Schema
from core.views import EntryDetail


def told(view: type[EntryDetail]) -> Iterator[Column | Part]:
    """All that is told of an entry, in order: columns, details, prose, parts, and the sources of all of it."""
    known = (*view.columns, *view.details)
    yield from known
    keys = {column.key for column in known}
    yield from fields(view.model, *(name for name in getattr(view.model, "markdown", ()) if name not in keys))
    yield from view.parts
    yield import_string(settings.ENTRY_NOTES).part


def entry_json(view: EntryDetail) -> JsonResponse:
    """The entry for programs."""
    return JsonResponse(document(view))


def entry_markdown(view: EntryDetail) -> HttpResponse:
    """The entry for language models, and for people who read text."""
    text = markdown(view, told(type(view)), lists_of(view), OWN_URL)
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


def entry_card(view: EntryDetail) -> HttpResponse:
    """The card that previews of links to the entry show."""
    return card_response(view.card())


entry_json.media, entry_markdown.media, entry_card.media = "application/json", "text/markdown", "image/png"


def document(view: EntryDetail) -> dict[str, Any]:
    """The entry as a JSON object. Addresses are whole."""
    entry, absolute = view.object, view.request.build_absolute_uri
    address = entry.get_absolute_url()[:-1]
    then = {"as_of": iso_date(view.as_of)} if view.as_of else {}
    changed = {"updated_at": entry.updated_at.isoformat()} if hasattr(entry, "updated_at") else {}
    return {
        "slug": entry.slug,
        **{one.key: one.write(view if isinstance(one, Part) else entry, absolute) for one in told(type(view))},
        **then,
        **changed,
        "data_licence": OWN_URL,
        "html": absolute(f"{address}/"),
        "self": absolute(),
        "twins": {end: absolute(f"{address}.{end}") for end in view.ends},
        "lists": {name: absolute(path) for name, path in lists_of(view).items()},
        "schema": absolute(reverse("schema", args=[view.model._meta.verbose_name])),
    }


def lists_of(view: EntryDetail) -> dict[str, str]:
    """By what they list, the addresses of lists of what has to do with the entry."""
    slug, narrowed = view.object.slug, lists_about(view.model)
    return {str(plural): reverse(name, query={by: slug}) for plural, name, by in narrowed} | view.lists()


def document_schema(view: type[EntryDetail]) -> Schema:
    """What `document` promises."""
    addresses = {"type": "object", "additionalProperties": schemas.ADDRESS}
    changed = {"updated_at": schemas.TIME} if hasattr(view.model, "updated_at") else {}
    schema = schemas.record(
        slug=schemas.SLUG,
        **schemas.of_columns(told(view), view.model),
        **changed,
        data_licence=schemas.ADDRESS,
        html=schemas.about(schemas.ADDRESS, "Its page."),
        self=schemas.ADDRESS,
        twins=schemas.about(addresses, "What else it is for programs, by the end of the address."),
        lists=schemas.about(addresses, "Lists of what has to do with it."),
        schema=schemas.ADDRESS,
    )
    schema["properties"]["as_of"] = schemas.about(schemas.DATE, "The day it is looked at, if one was asked for.")
    return schema
