"""The addresses that every edited kind of entry has, and those of reports and previews."""

from django.contrib import admin
from django.urls import path

from core.urls import entry_urls
from core.views import EntryDetail, EntryList
from editorial import feed_views, views
from editorial.admin_search import search
from editorial.prose_preview import prose_preview
from editorial.upkeep_views import queue

urlpatterns = [
    path("start/", views.start, name="start"),
    path("start.fixture.json", views.start_fixture, name="start_fixture"),
    path("changes/", feed_views.changes, name="changes"),
    path("feeds/new.atom", feed_views.new, name="feed_new"),
    path("feeds/corrections.atom", feed_views.corrections, name="feed_corrections"),
    path("reports/<str:token>/", views.report_followed, name="report_followed"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("admin/prose/<str:kind>/<int:number>/<str:name>/", prose_preview, name="prose_preview"),
    path("admin/preview/<str:kind>/<int:number>/", admin.site.admin_view(views.preview_link), name="preview_link"),
    path("admin/search/", admin.site.admin_view(search), name="admin_search"),
    path("admin/upkeep/<slug:name>/", admin.site.admin_view(queue), name="upkeep"),
]


def followed_entry_urls(plural: str, listing: type[EntryList], detail: type[EntryDetail]) -> list:
    """Those of `entry_urls`, and the feed of each entry."""
    feed, name = f"feeds/{plural}/<slug:slug>.atom", f"{listing.model._meta.model_name}_feed"
    return [
        *entry_urls(plural, listing, detail),
        path(feed, feed_views.of_entry, {"model": listing.model}, name=name),
    ]


def edited_entry_urls(plural: str, listing: type[EntryList], detail: type[EntryDetail]) -> list:
    """Those of `followed_entry_urls`, and below each entry its history and the form where readers report an error."""
    name = listing.model._meta.model_name
    return [
        *followed_entry_urls(plural, listing, detail),
        path(f"{plural}/<slug:slug>/history/", views.history, {"model": listing.model}, name=f"{name}_history"),
        path(f"{plural}/<slug:slug>/report/", views.report, {"model": listing.model}, name=f"{name}_report"),
    ]
