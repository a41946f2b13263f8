from django.urls import path

from catalog import crawlers, search, views
from catalog.benchmark_views import BenchmarkDetail, progress_twin, scores
from catalog.compare_views import comparison
from catalog.lineage.views import lineage
from catalog.source_views import SourceDetail
from catalog.timeline.views import TimelineView
from core.urls import list_urls
from editorial.urls import edited_entry_urls, followed_entry_urls
from research.views import BenchmarkList, SourceList

# Twins of the timeline.
TWINS = ("json", "csv", "svg")

urlpatterns = [
    path("", views.home, name="home"),
    path("card.png", views.site_card, name="site_card"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("llms.txt", crawlers.llms, name="llms"),
    path("sitemap.xml", crawlers.sitemap_index, name="sitemap_index"),
    path("sitemaps/<slug:name>-<int:number>.xml", crawlers.sitemap, name="sitemap"),
    path("search/", search.search_page, name="search"),
    path("search.json", search.search_json, name="search_json"),
    path("search/suggest.json", search.suggest_json, name="search_suggest"),
    path("compare/", comparison, name="comparison"),
    path("compare.json", comparison, {"twin": "json"}, name="comparison_json"),
    path("compare.csv", comparison, {"twin": "csv"}, name="comparison_csv"),
    *edited_entry_urls("models", views.ModelList, views.ModelDetail),
    *edited_entry_urls("families", views.FamilyList, views.FamilyDetail),
    path("lineage/", lineage, name="lineage"),
    path("lineage.json", lineage, {"twin": "json"}, name="lineage_json"),
    path("lineage.csv", lineage, {"twin": "csv"}, name="lineage_csv"),
    path("lineage.svg", lineage, {"twin": "svg"}, name="lineage_svg"),
    path("timeline/", TimelineView.as_view(), name="timeline"),
    *(path(f"timeline.{twin}", TimelineView.as_view(twin=twin), name=f"timeline_{twin}") for twin in TWINS),
    *followed_entry_urls("tags", views.TagList, views.TagDetail),
    *list_urls("disagreements", "disagreement", views.DisagreementList),
    *edited_entry_urls("benchmarks", BenchmarkList, BenchmarkDetail),
    path("benchmarks/<slug:slug>/scores.json", scores, {"twin": "json"}, name="scores_json"),
    path("benchmarks/<slug:slug>/scores.csv", scores, {"twin": "csv"}, name="scores_csv"),
    path("benchmarks/<slug:slug>/progress.svg", progress_twin, {"twin": "svg"}, name="progress_svg"),
    path("benchmarks/<slug:slug>/progress.csv", progress_twin, {"twin": "csv"}, name="progress_csv"),
    *edited_entry_urls("sources", SourceList, SourceDetail),
]
