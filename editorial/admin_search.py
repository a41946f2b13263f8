"""Entries of every kind at once, drafts among them, as the search of each kind's own list finds them."""

from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core.admin import searched
from core.models import Entry

# Entries of a kind that the page names; its list has the others.
NAMED = 10


@dataclass
class Found:
    """Entries of a kind: the first of them, and the address of the list of all."""

    opts: object
    rows: list[Model]
    address: str

    @property
    def more(self) -> bool:
        return len(self.rows) > NAMED

    @property
    def named(self) -> list[Model]:
        return self.rows[:NAMED]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A query for each kind that the user may see."""
    query = searched(request.GET.get("q", ""))
    context = {"title": "Search", "query": query, "found": _found(request, query) if query else []}
    return TemplateResponse(request, "admin/editorial/search.html", admin.site.each_context(request) | context)


def _found(request: HttpRequest, query: str) -> list[Found]:
    found = []
    for app in admin.site.get_app_list(request):
        for kind in app["models"]:
            if kind["perms"]["view"] and issubclass(kind["model"], Entry):
                listed = admin.site.get_model_admin(kind["model"])
                rows, _ = listed.get_search_results(request, kind["model"]._base_manager.order_by("name", "pk"), query)
                found.append(Found(kind["model"]._meta, list(rows[: NAMED + 1]), kind["admin_url"]))
    return [one for one in found if one.rows]
