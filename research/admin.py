from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from core.models import Entry
from editorial.entry_admin import PUBLICATION, EntryAdmin
from research import identifiers
from research.forms import PaperForm, SourceForm
from research.identifiers import Identifier
from research.models import Benchmark, Organization, Paper, Source

# What is pasted into the form above that of a new entry.
PASTED = "identifier"


class IdentifiedAdmin(EntryAdmin):
    """A kind of entry with an identifier: pasted above the form of a new one, it fills what follows from it."""

    change_form_template = "admin/research/identified_form.html"

    def entries_with(self, found: Identifier) -> Iterable[Entry]:
        """The entries that have it already, whatever their status."""
        raise NotImplementedError

    def add_view(self, request, form_url="", extra_context=None):
        request.pasted = self.paste(request)
        # The rest of the address goes with it: what else it fills, and whether this is a popup.
        kept = [(name, value) for name, value in request.GET.items() if name != PASTED]
        context = {"pasted": request.pasted, "kept": kept}
        return super().add_view(request, form_url, context | (extra_context or {}))

    def paste(self, request: HttpRequest) -> dict:
        """What was pasted, and what came of it: an `error`, entries that are `there`, or what it `says`."""
        text = request.GET.get(PASTED, "").strip()
        if not text:
            return {"says": {}}
        try:
            found = identifiers.read(text)
        except ValueError as error:
            return {"text": text, "error": str(error), "says": {}}
        there = [entry for entry in self.entries_with(found) if self.has_view_permission(request, entry)]
        return {"text": text, "there": there, "says": {} if there else found.says}

    def get_changeform_initial_data(self, request):
        return request.pasted["says"] | super().get_changeform_initial_data(request)


@admin.register(Organization)
class OrganizationAdmin(EntryAdmin):
    list_display = ["name", "kind", "country", "status", "updated_at"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "aliases", "slug"]
    fieldsets = [
        (
            "Organization",
            {
                "description": "What it is called and what it is.",
                "fields": ["name", "slug", "aliases", "summary", "kind", "country", "website", "parent"],
            },
        ),
        PUBLICATION,
    ]


@admin.register(Source)
class SourceAdmin(IdentifiedAdmin):
    form = SourceForm
    list_display = ["name", "kind", "publisher", "published", "accessed", "status"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "publisher", "url", "slug"]
    date_hierarchy = "published"
    fieldsets = [
        (
            "Source",
            {
                "description": "The document: its title, what it is, and who published it when.",
                "fields": ["name", "slug", "summary", "kind", "publisher", ("published", "published_precision")],
            },
        ),
        (
            "Where it is read",
            {
                "description": "The address, a copy that lasts, and on what terms it may be reused.",
                "fields": ["url", "accessed", "archived_url", "licence"],
            },
        ),
        PUBLICATION,
    ]

    def entries_with(self, found):
        number = (found.arxiv_id or found.doi).rpartition("/")[2]
        near = Source.objects.filter(Q(url=found.url) | Q(url__icontains=number))
        return [source for source in near if found.is_in(source.url)]


@admin.register(Paper)
class PaperAdmin(IdentifiedAdmin):
    form = PaperForm
    list_display = ["name", "short_name", "category", "published", "status", "updated_at"]
    list_filter = ["status", "category"]
    search_fields = ["name", "short_name", "arxiv_id", "doi", "authors", "slug"]
    date_hierarchy = "published"
    fieldsets = [
        (
            "Paper",
            {
                "description": "What its card shows: name, category, date, credit and summary.",
                "fields": [
                    "name",
                    "slug",
                    "short_name",
                    "category",
                    ("published", "published_precision"),
                    "credit",
                    "summary",
                ],
            },
        ),
        ("Who wrote it", {"description": "All of them, in printed order.", "fields": ["authors", "organizations"]}),
        (
            "Where it is read",
            {
                "description": "Its identifiers, and the record that citations use.",
                "fields": ["arxiv_id", "doi", "source"],
            },
        ),
        ("Terms", {"description": "The words of the glossary that began here.", "fields": ["introduces"]}),
        PUBLICATION,
    ]

    def entries_with(self, found):
        known = {"arxiv_id": found.arxiv_id} if found.arxiv_id else {"doi__iexact": found.doi}
        return Paper.objects.filter(**known)


@admin.register(Benchmark)
class BenchmarkAdmin(EntryAdmin):
    list_display = ["name", "full_name", "metric", "unit", "parent", "status", "updated_at"]
    list_select_related = ["parent"]
    search_fields = ["name", "full_name", "slug"]
    fieldsets = [
        (
            "Benchmark",
            {
                "description": "What it is called and what it measures.",
                "fields": ["name", "slug", "full_name", "measures", "summary", "caveat"],
            },
        ),
        (
            "Scores",
            {
                "description": "How a score is read. Every score must lie within the scale.",
                "fields": ["metric", "unit", ("scale_min", "scale_max"), "higher_is_better"],
            },
        ),
        ("Origin", {"description": "Where it comes from.", "fields": ["paper", "parent"]}),
        PUBLICATION,
    ]
