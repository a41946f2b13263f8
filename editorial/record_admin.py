"""The admin of rows: each save is one change in the log."""

from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest

from core.admin import FormFields, PlainQueries, row_number
from core.forms import RecordForm
from core.models import Record
from editorial.export_admin import Exports
from editorial.history_pages import HistoryPages, typed_reason
from editorial.log import change
from editorial.models import ChangedEntry
from editorial.staleness import stale, version

# Characters up to which a text is typed in one line.
LONGEST_LINE = 250
CLASH = (
    "Nothing was saved: a value that must be unique is held by another row, which may have come in meanwhile "
    "or be about to change in this very form. Change one, save, then change the other."
)


class Refused(Exception):
    """Why what was saved is to be taken back, for the editor to read above the form."""


class RecordAdmin(Exports, FormFields, HistoryPages, PlainQueries):
    """Any row with a form of its own and a history."""

    form = RecordForm
    save_on_top = True
    change_form_template = "admin/editorial/record_form.html"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if type(db_field) is models.CharField and (db_field.max_length or 0) > LONGEST_LINE:
            kwargs.setdefault("widget", AdminTextareaWidget(attrs={"rows": 3}))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        # A class of this request alone, so it can carry what happened to the request.
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                row = object_id and self.locked(object_id)
                request.refusal = self.refusal(request, row)
                with self.change(request, row):
                    return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            request.refusal = CLASH
        except Refused as error:
            request.refusal = str(error)
        # Rolled back by now. Shown again with all that was typed, and the reason above it.
        return super().changeform_view(request, object_id, form_url, extra_context)

    def locked(self, object_id: str) -> Record | None:
        """The row, which nobody else can save before this request is over."""
        rows = self.model._base_manager.select_for_update(of=("self",))
        return rows.filter(pk=row_number(unquote(object_id))).first()

    def refusal(self, request: HttpRequest, row: Record | None) -> str:
        """Why nothing of the form may be saved, whatever it holds; empty where it may."""
        return stale(request.POST, row) if row else ""

    def change(self, request: HttpRequest, row: Record | None):
        """The change that saving the form is."""
        return change(typed_reason(request), request.user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        last = ChangedEntry.objects.last_of(obj) if obj else None
        newest = self.opened_at(request, obj, last) if obj else ""
        context |= {"last": last, "newest": newest, "opened": request.POST.get("opened", newest)}
        context["reason"] = typed_reason(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def opened_at(self, request: HttpRequest, row: Record, last: ChangedEntry | None) -> str:
        """What the form says of the state in which it was opened."""
        return version(row, last)


class PartList(RecordAdmin):
    """A kind of part across all entries, to search and to read. It is edited on its entry's page."""

    # Parts are brought back with their entry.
    change_list_template = None

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # The permission to delete stays: whoever deletes an entry is asked for it, part by part.
    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"show_delete": False, **(extra_context or {})})
