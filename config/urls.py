"""The site map. Each kind of entry has its list, its pages and their twins: see `core.urls.entry_urls`."""

from django.contrib import admin
from django.urls import include, path

handler500 = "core.faults.answer_errors"

urlpatterns = [
    # / robots.txt llms.txt sitemap.xml sitemaps/ search/ compare/ models/ families/ lineage/ tags/ disagreements/
    # benchmarks/ sources/
    path("", include("catalog.urls")),
    path("", include("research.urls")),  # organizations/ papers/
    path("", include("glossary.urls")),  # glossary/
    path("", include("editorial.urls")),  # start/ changes/ feeds/ reports/ preview/ admin/…/
    path("api/", include("core.api_urls")),
    path("admin/", include("editorial.account_urls")),  # password_reset/ invitation/
    path("admin/", admin.site.urls),
]
