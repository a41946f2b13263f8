"""Pages of the admin on what became of a row: its changes, each state, restoring one, and deleting with a reason."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from core.admin import row_number
from core.models import Entry, Record, Status
from editorial import workflow
from editorial.changes import remember
from editorial.log import change
from editorial.models import Act, ChangedEntry
from editorial.past import blocks, past_of
from editorial.restoring import Restoration, is_there, known
from editorial.staleness import stale, version

# Characters of what an editor says about a change.
LONGEST_REASON = 1000
PER_PAGE = 20
RESTORE = "editorial.restore_entry"


def typed_reason(request: HttpRequest) -> str:
    """What the editor says was changed, and why."""
    return request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_REASON]


class HistoryPages(admin.ModelAdmin):
    """The history of a kind of row, and what is done by it."""

    change_list_template = "admin/editorial/record_list.html"
    delete_confirmation_template = "admin/editorial/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/editorial/delete_selected_confirmation.html"

    def get_urls(self):
        def page(way: str, view, name: str):
            return path(
                way, self.admin_site.admin_view(view), name=f"{self.opts.app_label}_{self.opts.model_name}_{name}"
            )

        restore = require_http_methods(["GET", "HEAD", "POST"])(self.restore_view)
        return [
            page("deleted/", require_safe(self.deleted_view), "deleted"),
            page("<str:object_id>/history/<str:key>/", require_safe(self.state_view), "state"),
            page("<str:object_id>/history/<str:key>/restore/", restore, "restore"),
            *super().get_urls(),
        ]

    # Looking

    def history_view(self, request, object_id, extra_context=None):
        row = self._known(request, object_id)
        pages = Paginator(past_of(row, everyone=True)[::-1], PER_PAGE)
        context = {"page_obj": pages.get_page(request.GET.get("page"))}
        return self._page(request, row, "history", f"History of {row}", context | (extra_context or {}))

    def state_view(self, request: HttpRequest, object_id: str, key: str) -> HttpResponse:
        """How the row, and all that goes with it, stood after a change."""
        restoration = self._restoration(request, object_id, key)
        row = restoration.entry
        title = f"{row} on {restoration.change.at:%-d %B %Y, %H:%M} UTC"
        context = {"restoration": restoration, "blocks": list(blocks(restoration.standing))}
        return self._page(request, row, "state", title, context)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The deleted rows of this kind, the last one first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        deleted = ChangedEntry.objects.deleted(self.model).select_related("change__author")
        context = {"page_obj": Paginator(deleted, PER_PAGE).get_page(request.GET.get("page"))}
        return self._page(request, None, "deleted", f"Deleted {self.opts.verbose_name_plural}", context)

    def changelist_view(self, request, extra_context=None):
        # Asked only where the page has a place for the answer.
        context = {"has_deleted": ChangedEntry.objects.deleted(self.model).exists}
        return super().changelist_view(request, context | (extra_context or {}))

    # Restoring

    def restore_view(self, request: HttpRequest, object_id: str, key: str) -> HttpResponse:
        """Say what restoring a state would change; once confirmed, do it."""
        with transaction.atomic():
            if request.method == "POST":
                self.model._base_manager.select_for_update(of=("self",)).filter(pk=row_number(object_id)).first()
            return self._restore(request, self._restoration(request, object_id, key))

    def _restore(self, request: HttpRequest, restoration: Restoration) -> HttpResponse:
        row = restoration.entry
        if not self.may_restore(request, row):
            raise PermissionDenied
        proposes = is_there(row) and isinstance(row, Entry) and workflow.proposes(request.user, row)
        problems = restoration.obstacles()
        if request.method == "POST" and not problems:
            refusal = stale(request.POST, row) if is_there(row) else ""
            if proposes and not refusal:
                return self.propose(request, restoration)
            problems = [refusal] if refusal else self._write(request, restoration)
            if not problems:
                told = f"“{row}” {'is restored' if is_there(row) else 'is back'}."
                self.message_user(request, told, messages.SUCCESS)
                kind = f"{self.opts.app_label}_{self.opts.model_name}"
                return HttpResponseRedirect(reverse(f"admin:{kind}_history", args=[row.pk]))
        as_it_was = f"As it was on {restoration.change.at:%-d %B %Y, %H:%M} UTC"
        context = {
            "restoration": restoration,
            "problems": problems,
            "proposes": proposes,
            "reason": typed_reason(request) if request.method == "POST" else as_it_was,
            "opened": version(row, ChangedEntry.objects.last_of(row)),
        }
        return self._page(request, row, "restore", f"Restore {row}" if is_there(row) else f"Bring back {row}", context)

    def _write(self, request: HttpRequest, restoration: Restoration) -> list[str]:
        row = restoration.entry
        alone = is_there(row) and isinstance(row, Entry) and row.status == Status.PUBLISHED
        return restoration.write(typed_reason(request), request.user, alone=alone)

    def may_restore(self, request: HttpRequest, row: Record | None) -> bool:
        """Whether the user may restore a state of the row, or bring it back where it is deleted."""
        if not request.user.has_perm(RESTORE):
            return False
        there = row is not None and is_there(row)
        return self.has_change_permission(request, row) if there else self.has_add_permission(request)

    # Deleting

    def delete_model(self, request, obj):
        with change(typed_reason(request), request.user, Act.DELETED):
            remember([obj])
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with change(typed_reason(request), request.user, Act.DELETED):
            remember(list(queryset))
            super().delete_queryset(request, queryset)

    # What the pages share

    def _known(self, request: HttpRequest, object_id: str) -> Record:
        """The row, which may be deleted; 404 where there never was one."""
        row = known(self.model, object_id)
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} of that number, and was none.")
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def _restoration(self, request: HttpRequest, object_id: str, key: str) -> Restoration:
        try:
            return Restoration(self._known(request, object_id), key)
        except KeyError:
            raise Http404(f"The {self.opts.verbose_name} has no such change.") from None

    def _page(self, request: HttpRequest, row: Record | None, name: str, title: str, context: dict) -> HttpResponse:
        request.current_app = self.admin_site.name
        context |= {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "title": title,
            "object": row,
            "is_there": row is not None and is_there(row),
            "may_restore": row is not None and self.may_restore(request, row),
        }
        return TemplateResponse(request, f"admin/editorial/history/{name}.html", context)
