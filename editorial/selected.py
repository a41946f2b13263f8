"""Pages of the admin about the entries that were selected in a list."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def page(admin, request: HttpRequest, selected: QuerySet, name: str, title: str, context: dict) -> HttpResponse:
    """A page of an action, whose form sends the selection again: to the list, which finds it anew."""
    across = request.POST.get("select_across") == "1"
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": title,
        "action": request.POST["action"],
        "across": across,
        "checkbox": ACTION_CHECKBOX_NAME,
        # All across the pages are found by the list's own filters; the list wants to be sent one, though.
        "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME)[: 1 if across else None],
        "selected": selected,
        **context,
    }
    return TemplateResponse(request, f"admin/editorial/{name}.html", context)
