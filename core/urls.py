"""The addresses that every kind of entry has."""

from django.core.exceptions import ValidationError
from django.urls import Resolver404, path, resolve

from core.models import Entry
from core.views import EntryDetail, EntryList


def entry_urls(plural: str, listing: type[EntryList], detail: type[EntryDetail]) -> list:
    """The list at `/<plural>/`, named `<model>_list`, each entry below it, `<model>_detail`, and their twins."""
    name = listing.model._meta.model_name
    return [
        path(f"{plural}/", listing.as_view(), name=f"{name}_list"),
        path(f"{plural}.json", listing.as_view(twin="json"), name=f"{name}_list_json"),
        path(f"{plural}.csv", listing.as_view(twin="csv"), name=f"{name}_list_csv"),
        path(f"{plural}/<slug:slug>/", detail.as_view(), name=f"{name}_detail"),
        path(f"{plural}/<slug:slug>.json", detail.as_view(twin="json"), name=f"{name}_detail_json"),
    ]


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
