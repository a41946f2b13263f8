"""The page of the admin on which two entries of a kind become one."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from core.admin import row_number
from core.documents import owner_column, with_links
from core.models import Entry
from core.record_fields import key_of
from editorial import workflow
from editorial.differences import Words, compare, label
from editorial.history_pages import typed_reason
from editorial.merging import Merge, Unmergeable, propose_merge
from editorial.models import ChangedEntry
from editorial.rebasing import Choice, Conflict, differing, identity_of
from editorial.review import CHOICE, chosen
from editorial.staleness import version
from editorial.uniting import order_of

MERGE = "editorial.merge_entries"
NOT_TWO = "Select exactly two entries to merge: {count} were selected."
NOT_THERE = "Two different entries are merged. One of these is gone, or both are the same."
STALE = "One of the two was saved after you opened this page. Nothing was merged yet: your choices are still here."


@dataclass
class Chosen:
    """A conflict in words: what it is about, and each side with its value."""

    name: str
    label: str
    choice: Choice
    sides: list[tuple[Choice, Entry, str]]


class MergePages(admin.ModelAdmin):
    """Two entries of the kind chosen in the list, and made one."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.merge_view))
        return [path("merge/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_merge"), *super().get_urls()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        offered = self.may_merge(request) and IS_POPUP_VAR not in request.GET
        return actions | ({"merge_selected": self.get_action("merge_selected")} if offered else {})

    def may_merge(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MERGE) and self.has_change_permission(request)

    @admin.action(description="Merge the two selected %(verbose_name_plural)s")
    def merge_selected(self, request: HttpRequest, queryset):
        rows = list(queryset.order_by("pk")[:3])
        if len(rows) != 2:
            self.message_user(request, NOT_TWO.format(count=queryset.count()), messages.ERROR)
            return None
        # What readers see stays; else the older one.
        stays, goes = sorted(rows, key=lambda row: not row.is_public)
        return HttpResponseRedirect(self._address(stays, goes))

    def _address(self, stays: Entry, goes: Entry) -> str:
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_merge")
        return f"{address}?{urlencode({'stays': stays.pk, 'goes': goes.pk})}"

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Say what merging the two comes to, and what is to be chosen; once confirmed, do it."""
        if not self.may_merge(request):
            raise PermissionDenied
        problems = []
        with transaction.atomic():
            merge = self._merge(request, lock=request.method == "POST")
            if merge and request.method == "POST":
                try:
                    return self._carry_out(request, merge)
                except Unmergeable as error:
                    problems = error.problems
        # What was tried has left its traces in the rows.
        merge = self._merge(request)
        if merge is None:
            self.message_user(request, NOT_THERE, messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        problems += [problem for problem in merge.obstacles() if problem not in problems]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "title": f"Merge two {self.opts.verbose_name_plural}",
            "merge": merge,
            "problems": problems,
            "proposes": self._proposes(request, merge),
            "opened": _opened(merge),
            "reason": typed_reason(request),
            "swapped": self._address(merge.goes, merge.stays),
            **_told(merge),
        }
        return TemplateResponse(request, "admin/editorial/merge.html", context)

    def _merge(self, request: HttpRequest, *, lock: bool = False) -> Merge | None:
        """What the address names; None where that is not two entries."""
        numbers = [request.GET.get(name, "") for name in ("stays", "goes")]
        if not all(row_number(number) is not None for number in numbers):
            return None
        rows = with_links(self.model).filter(pk__in=numbers).order_by("pk")
        found = {row.pk: row for row in (rows.select_for_update(of=("self",)) if lock else rows)}
        if len(found) != 2:
            return None
        if not all(self.has_change_permission(request, row) for row in found.values()):
            raise PermissionDenied
        return Merge(*(found[int(number)] for number in numbers), chosen(request.POST))

    def _proposes(self, request: HttpRequest, merge: Merge) -> bool:
        return merge.is_public and not request.user.has_perm(workflow.ALONE)

    def _carry_out(self, request: HttpRequest, merge: Merge) -> HttpResponse:
        if request.POST.get("opened") != _opened(merge):
            raise Unmergeable([STALE])
        if problems := merge.obstacles() or merge.undecided():
            raise Unmergeable(problems)
        stays, goes, reason = merge.stays, merge.goes, typed_reason(request)
        if not self._proposes(request, merge):
            number = stays.pk
            merge.write(reason, request.user, alone=merge.is_public)
            told = f"“{goes}” is merged into “{stays}”. Its address leads there."
            self.message_user(request, told, messages.SUCCESS)
            kind = f"{self.opts.app_label}_{self.opts.model_name}"
            return HttpResponseRedirect(reverse(f"admin:{kind}_change", args=[number]))
        proposal = propose_merge(merge, reason, request.user)
        if proposal is None:
            self.message_user(request, "The same merge waits already.", messages.INFO)
            return HttpResponseRedirect(request.get_full_path())
        told = f"The merge of “{goes}” into “{stays}” waits for a reviewer. Until then both stay as they are."
        return self.handed_in(request, proposal, told, f"“{stays}” – a merge proposed by {request.user}")


def _opened(merge: Merge) -> str:
    """What tells whether one of the two was saved since."""
    return " ".join(version(row, ChangedEntry.objects.last_of(row)) for row in (merge.stays, merge.goes))


def _told(merge: Merge) -> dict:
    """In words: what is to be chosen, what moves, and what goes."""
    union, pointers = merge.union, merge.pointers
    extra = [
        {"model": one.model._meta.label_lower, "fields": fields}
        for one in pointers.conflicts
        for fields in (one.now, one.proposed)
    ]
    words = Words(merge.original, merge.gone, union.document, extra)
    dropped = [
        f"{label(model, name)}: {words.text(model, name, fields)}" if name else words.title(model, fields)
        for model, fields, name in union.dropped
    ]
    return {
        "choices": [_choice(merge, conflict, words) for conflict in merge.conflicts],
        "differences": compare(merge.original, union.document, words),
        "moves": pointers.told(),
        "dropped": list(dict.fromkeys(dropped)),
        "emptied": [(row, column.verbose_name) for row, column in pointers.emptied],
    }


def _choice(merge: Merge, conflict: Conflict, words: Words) -> Chosen:
    model, name, owner = conflict.model, conflict.field, owner_column(conflict.model)
    heading = words.title(model, conflict.fields)
    if name:
        identity = identity_of(model, key_of(model, conflict.fields))
        said = [words.text(model, name, side.get(identity, {})) for side in (merge.union.stays, merge.union.goes)]
        heading = f"{heading}, {label(model, name)}" if owner else label(model, name)
    else:
        apart = [name for name in differing(model, conflict.now, conflict.proposed) if name != order_of(model)]
        sides = [{name: side.get(name) for name in apart} for side in (conflict.now, conflict.proposed)]
        said = [words.all(model, side) for side in sides]
        heading = f"{words.text(model, owner.name, conflict.fields)}, {heading}" if owner else heading
    options = list(zip((Choice.NOW, Choice.PROPOSED), (merge.stays, merge.goes), said, strict=True))
    return Chosen(f"{CHOICE}{conflict.id}", heading, conflict.choice or Choice.NOW, options)
