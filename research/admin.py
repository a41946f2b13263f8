from django.contrib import admin

from editorial.entry_admin import PUBLICATION, EntryAdmin
from research.models import Benchmark, Organization, Paper, Source


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
class SourceAdmin(EntryAdmin):
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


@admin.register(Paper)
class PaperAdmin(EntryAdmin):
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
