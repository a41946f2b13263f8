"""The description of the open data."""

from django.urls import path

from core import api_views

urlpatterns = [
    path("", api_views.overview, name="api"),
    path("openapi.json", api_views.openapi, name="openapi"),
    path("schemas/<slug:kind>.json", api_views.schema, name="schema"),
]
