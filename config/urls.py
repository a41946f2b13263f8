"""The site map. Each kind of entry has its list, its pages and their twins: see `core.urls.entry_urls`."""

from django.contrib import admin
from django.urls import include, path

from editorial import upkeep_views

urlpatterns = [
    # / search/ compare/ models/ families/ lineage/ tags/ disagreements/ benchmarks/ sources/
    path("", include("catalog.urls")),
    path("", include("research.urls")),  # organizations/ papers/
    path("", include("glossary.urls")),  # glossary/
    path("", include("editorial.urls")),  # start/ reports/ preview/
    path("admin/", include("editorial.account_urls")),  # password_reset/ invitation/
    path("admin/catalog/upkeep/<slug:name>/", admin.site.admin_view(upkeep_views.queue), name="upkeep"),
    path("admin/", admin.site.urls),
]
