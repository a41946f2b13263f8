"""The feeds of the site and of each entry, and the page of what changed."""

from collections.abc import Callable, Collection
from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.feeds import Feed, Item, answer
from core.models import Entry, Record
from core.open_api import described
from core.schemas import TEXT
from core.together import of_all
from editorial.lately import LAST_PAGE, lately_changed, lately_corrected
from editorial.models import Installation
from editorial.news import Ids, corrected, newly_published, news_of, with_appearance
from editorial.permanent_ids import permanent_ids

# How many of the last corrections head the page of what changed.
SHOWN = 10


@described("Entries that readers see for the first time, as Atom.", TEXT, list)
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Entries that readers see for the first time."""
    return _of_site(request, "new", "New entries", "What the encyclopedia has a page on since lately.", newly_published)


@described("Figures that were corrected, with the old and the new value, as Atom.", TEXT, list)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Figures that were corrected after readers had seen them."""
    subtitle = "Figures that readers saw, and those that stand now in their place."
    return _of_site(request, "corrections", "Corrections", subtitle, corrected)


def _of_site(
    request: HttpRequest, name: str, title: str, subtitle: str, tell: Callable[[Ids], list[Item]]
) -> HttpResponse:
    installation = Installation.objects.get()
    ids = permanent_ids(installation)
    url = reverse("changes")
    feed = Feed(ids("feed", name), installation.begun, f"{title} · Descent", subtitle, url, tell(ids))
    return answer(request, feed)


@described("What becomes of an entry, and what comes to belong to it, as Atom.", TEXT, list)
@require_safe
def of_entry(request: HttpRequest, model: type[Record], slug: str) -> HttpResponse:
    """What becomes of an entry, and what comes to belong to it."""
    entries = model.objects.published()
    entries = with_appearance(entries) if issubclass(model, Entry) else entries
    entry = of_all(model, "appearance", slug, partial(_by_slug, entries)) or get_object_or_404(entries, slug=slug)
    installation = Installation.objects.get()
    ids = permanent_ids(installation)
    key = ids("feed", model._meta.label_lower, entry.pk)
    subtitle = f"What becomes of this {model._meta.verbose_name}, and what comes to belong to it."
    url = entry.get_absolute_url()
    return answer(request, Feed(key, installation.begun, f"{entry} · Descent", subtitle, url, news_of(entry, ids)))


def _by_slug(entries: QuerySet, numbers: Collection[int]) -> dict[str, Record]:
    return {entry.slug: entry for entry in entries.filter(pk__in=numbers)}


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed lately, all over the encyclopedia, with the last corrections."""
    try:
        number = int(request.GET.get("page", "1"))
    except ValueError:
        number = 0
    if not 1 <= number <= LAST_PAGE:
        raise Http404("There is no such page.")
    page = lately_changed(number)
    if page is None:
        raise Http404("No more has changed.")
    corrections = [] if number > 1 else lately_corrected()[:SHOWN]
    return render(request, "editorial/changes.html", {"page": page, "corrections": corrections})
