"""Addresses that entries had: they lead to them for ever."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import ResolverMatch, reverse

from core.models import Entry, Record
from editorial.mentions import follow
from editorial.models import Redirect


def lead_on(entry: Entry, slug: str) -> None:
    """The address `slug`, which was the entry's or another's of its kind, leads to the entry from now on.

    What names the entry by it names it by the present one.
    """
    # That of an entry merged into this one stays: what led to that one leads on by it.
    Redirect.objects.to(entry).filter(slug=entry.slug, merged=None).delete()
    if slug != entry.slug:
        Redirect.objects.update_or_create(kind=entry._meta.label_lower, slug=slug, defaults={"row": entry.pk})
        follow(entry, slug)


def taken_by(kind: type[Entry], slug: str) -> Entry | None:
    """The entry to which this address leads, though it is not its own."""
    redirects = Redirect.objects.filter(kind=kind._meta.label_lower)
    found = redirects.filter(slug=slug).first()
    while found:
        if entry := kind._base_manager.filter(pk=found.row).first():
            return entry
        # It is merged into another one, or deleted.
        found = redirects.filter(merged=found.row).first()
    return None


def lead_from(merged: Entry, entry: Entry) -> None:
    """The address of an entry that is no more, and all that led to it, leads to `entry`."""
    leads = {"row": entry.pk, "merged": merged.pk}
    Redirect.objects.update_or_create(kind=entry._meta.label_lower, slug=merged.slug, defaults=leads)


def merged_from(entry: Record) -> QuerySet[Redirect]:
    """Of an entry that was merged into another one, what leads from the one to the other."""
    return Redirect.objects.filter(kind=entry._meta.label_lower, merged=entry.pk)


def follow_redirects(get_response):
    """Middleware: where an entry's page is not found, the entry may have it at another address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.resolver_match is None:
            return response
        address = _new_address(request.resolver_match)
        if address is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        # Asked about each time: the entry may be given its former address back, and browsers would go round and round.
        asked_about = {"Cache-Control": "no-cache"}
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address, headers=asked_about)

    return middleware


def _new_address(match: ResolverMatch) -> str | None:
    """The address of the same page under the slug that the entry has by now; None where none is public."""
    kind = match.kwargs.get("model") or getattr(getattr(match.func, "view_class", None), "model", None)
    slug = match.kwargs.get("slug")
    if not slug or kind is None or not issubclass(kind, Entry):
        return None
    entry = taken_by(kind, slug)
    if entry is None or not entry.is_public:
        return None
    return reverse(match.view_name, kwargs={"slug": entry.slug})
