"""The log of all changes, for editors to search, and each change with all that it touched."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from core.admin import PlainQueries, searched
from core.documents import owner_column
from core.models import Record, Status
from editorial import workflow
from editorial.history_pages import RESTORE, HistoryPages, typed_reason
from editorial.merge_admin import MERGE
from editorial.models import Act, Change, ChangedEntry, Fate, Redirect
from editorial.past import Difference, pasts_of
from editorial.restoring import known
from editorial.undoing import Undoing

# Entries that the list names, and those that the page of a change spells out.
NAMED = 3
PER_PAGE = 10


class KindFilter(admin.SimpleListFilter):
    """By a kind of entry that was touched."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        kinds = [kind for kind in apps.get_models() if issubclass(kind, Record) and not owner_column(kind)]
        return [(kind._meta.label_lower, kind._meta.verbose_name.capitalize()) for kind in kinds]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(Exists(ChangedEntry.objects.filter(change=OuterRef("pk"), kind=self.value())))


class ChangeLogList(ChangeList):
    """The list, with what the changes of its page touched."""

    def get_results(self, request):
        super().get_results(request)
        own = ChangedEntry.objects.filter(change=OuterRef("pk")).order_by("pk")
        count = own.order_by().values("change").annotate(count=Count("pk")).values("count")
        titles = {f"title_{number}": Subquery(own.values("title")[number : number + 1]) for number in range(NAMED)}
        shown = Change.objects.filter(pk__in=[change.pk for change in self.result_list])
        found = {row.pop("pk"): row for row in shown.values("pk", count=Coalesce(Subquery(count), 0), **titles)}
        for change in self.result_list:
            row = found[change.pk]
            change.count = row.pop("count")
            change.titles = list(filter(None, row.values()))


@dataclass
class Touched:
    """An entry that a change touched, what became of it, and where it is looked at."""

    entry: ChangedEntry
    opts: object
    is_there: bool
    may_restore: bool
    differences: list[Difference]


@dataclass
class Merged:
    """The two entries of a merge, and what stands against undoing it."""

    stays: ChangedEntry
    goes: ChangedEntry
    problems: list[str]
    may_undo: bool


class ChangeAdmin(PlainQueries):
    """The log. Nobody writes in it by hand."""

    list_display = ["at", "author", "what", "touched", "reason"]
    # Not a date hierarchy: for its steps it reads the day of every change.
    list_filter = [("at", admin.DateFieldListFilter), "act", "alone", KindFilter, "author"]
    list_select_related = ["author"]
    search_fields = ["reason", "entries__title", "entries__slug"]
    ordering = ["-at"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist(self, request, **kwargs):
        return ChangeLogList

    def get_search_results(self, request, queryset, search_term):
        # Each word in one of the three. Stock, a change comes once for each of its entries.
        for word in searched(search_term).split():
            entries = ChangedEntry.objects.filter(Q(title__icontains=word) | Q(slug__icontains=word))
            queryset = queryset.filter(Q(reason__icontains=word) | Q(pk__in=entries.values("change")))
        return queryset, False

    @admin.display(description="act", ordering="act")
    def what(self, change: Change) -> str:
        return f"{change.get_act_display()}{', without a second reader' if change.alone else ''}"

    @admin.display(description="entries")
    def touched(self, change: Change) -> str:
        more = change.count - len(change.titles)
        return ", ".join(change.titles) + (f" and {more:,} more" if more else "")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """All that a change touched, and what became of it."""
        change = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        pages = Paginator(change.entries.all(), PER_PAGE)
        page = pages.get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(change),
            "change": change,
            "page_obj": page,
            "entries": self._spelt_out(request, change, list(page)),
            "merged": self._merged(request, change),
        }
        return TemplateResponse(request, "admin/editorial/change/detail.html", context)

    def get_urls(self):
        undo = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<uuid:number>/undo/", undo, name="editorial_change_undo"), *super().get_urls()]

    def undo_view(self, request, number):
        """Undo a merge whole."""
        with transaction.atomic():
            found = get_object_or_404(Change.objects.select_for_update(), pk=number, act=Act.MERGED)
            merged = self._merged(request, found)
            if merged is None or not merged.may_undo:
                raise PermissionDenied
            public = Status.PUBLISHED in self._statuses(merged)
            problems = Undoing(found).write(typed_reason(request), request.user, alone=public)
        if problems:
            self.message_user(request, " ".join(["Nothing was undone.", *problems]), messages.ERROR)
        else:
            self.message_user(request, f"“{merged.goes}” and “{merged.stays}” are as before.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:editorial_change_change", args=[number]))

    def _merged(self, request, change: Change) -> Merged | None:
        """What a merge was, as long as it is not undone."""
        if change.act != Act.MERGED:
            return None
        entries = {(entry.kind, entry.row): entry for entry in change.entries.exclude(fate=Fate.ADDED)}
        for entry in entries.values():
            lead = Redirect.objects.filter(kind=entry.kind, merged=entry.row).first()
            if entry.fate == Fate.REMOVED and lead and (entry.kind, lead.row) in entries:
                merged = Merged(entries[entry.kind, lead.row], entry, [], False)
                merged.may_undo = request.user.has_perms([MERGE, RESTORE]) and (
                    Status.PUBLISHED not in self._statuses(merged) or request.user.has_perm(workflow.ALONE)
                )
                merged.problems = Undoing(change).obstacles()
                return merged
        return None

    def _statuses(self, merged: Merged) -> list[str]:
        """How the two are published, or were."""
        rows = [known(apps.get_model(one.kind), str(one.row)) for one in (merged.stays, merged.goes)]
        return [row.status for row in rows if row]

    def _spelt_out(self, request, change: Change, entries: list[ChangedEntry]) -> list[Touched]:
        """The entries with what became of them, in as many queries for one as for many of its kind."""
        numbers = defaultdict(list)
        for entry in entries:
            numbers[entry.kind].append(entry.row)
        found = {}
        for label, rows in numbers.items():
            kind = apps.get_model(label)
            pages = self.admin_site.get_model_admin(kind) if self.admin_site.is_registered(kind) else None
            if isinstance(pages, HistoryPages) and pages.has_view_or_change_permission(request):
                there = kind._base_manager.in_bulk(rows)
                for number, past in pasts_of(kind, rows, everyone=True).items():
                    own = next((one for one in past if one.key == str(change.pk)), None)
                    found[label, number] = (pages, there.get(number), own.differences if own else [])
        touched = []
        for entry in entries:
            pages, row, differences = found.get((entry.kind, entry.row), (None, None, []))
            may = pages is not None and pages.may_restore(request, row)
            touched.append(Touched(entry, pages and pages.opts, row is not None, may, differences))
        return touched
