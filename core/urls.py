"""The addresses that every kind of entry has, and their ends."""

import datetime

from django.core.exceptions import ValidationError
from django.urls import Resolver404, path, resolve

from core.citing import entry_bib, entry_csl
from core.exchange import entry_fixture
from core.models import Entry
from core.twins import entry_card, entry_json, entry_markdown
from core.views import EntryDetail, EntryList

# What every entry is for programs, by the end of its address, and what writes it.
TWINS = {
    "json": entry_json,
    "md": entry_markdown,
    "bib": entry_bib,
    "csl.json": entry_csl,
    "png": entry_card,
    "fixture.json": entry_fixture,
}


def list_urls(plural: str, name: str, listing: type[EntryList]) -> list:
    """A list at `/<plural>/`, named `<name>_list`, and its twins."""
    return [
        path(f"{plural}/", listing.as_view(), name=f"{name}_list"),
        path(f"{plural}.json", listing.as_view(twin="json"), name=f"{name}_list_json"),
        path(f"{plural}.csv", listing.as_view(twin="csv"), name=f"{name}_list_csv"),
    ]


def entry_urls(plural: str, listing: type[EntryList], detail: type[EntryDetail]) -> list:
    """The list of a kind of entry, each entry below it, named `<model>_detail`, and their twins."""
    name = listing.model._meta.model_name
    return [
        *list_urls(plural, name, listing),
        path(f"{plural}/<slug:slug>/", detail.as_view(), name=f"{name}_detail"),
        *(
            path(
                f"{plural}/<slug:slug>.{end}",
                detail.as_view(twin=write, ends=tuple(TWINS)),
                name=f"{name}_detail_{end}",
            )
            for end, write in TWINS.items()
        ),
    ]


def on(as_of: datetime.date | None) -> str:
    """What an address ends in on that day: `?as_of=2024-06-30`; nothing today."""
    return f"?as_of={as_of.isoformat()}" if as_of else ""


def entry_at(address: str) -> tuple[type[Entry], str]:
    """The kind and slug of the entry at “/models/gpt-3/”. ValidationError where no entry has its page."""
    try:
        match = resolve(address)
        view = match.func.view_class
    except (Resolver404, AttributeError):
        view = None
    if view is None or not issubclass(view, EntryDetail) or not address.endswith("/"):
        raise ValidationError("Write the address of an entry: “/models/gpt-3/”.")
    return view.model, match.kwargs["slug"]
