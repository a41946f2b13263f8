from django.urls import path

from catalog import search, views
from core.urls import entry_urls, list_urls
from editorial.urls import edited_entry_urls

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("search.json", search.search_json, name="search_json"),
    path("search/suggest.json", search.suggest_json, name="search_suggest"),
    *edited_entry_urls("models", views.ModelList, views.ModelDetail),
    *edited_entry_urls("families", views.FamilyList, views.FamilyDetail),
    *entry_urls("tags", views.TagList, views.TagDetail),
    *list_urls("disagreements", "disagreement", views.DisagreementList),
]
