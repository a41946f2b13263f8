"""The admin of rows: each save is one change in the log."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from core.admin import FormFields
from core.forms import RecordForm

CLASH = (
    "Nothing was saved: a value that must be unique is held by another row, which may have come in meanwhile "
    "or be about to change in this very form. Change one, save, then change the other."
)


class RecordAdmin(FormFields, SimpleHistoryAdmin):
    """Any row with a form of its own and a history."""

    form = RecordForm
    save_on_top = True

    def get_form(self, request, obj=None, change=False, **kwargs):
        # A class of this request alone, so it can carry what happened to the request.
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            # Rolled back by now. Shown again with all that was typed, and the reason above it.
            request.refusal = CLASH
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_changelist_instance(self, request):
        # PostgreSQL takes no such character: a filter with one would be an error 500.
        if any("\0" in value for value in request.GET.values()):
            self.message_user(request, "Null characters are not allowed.", messages.ERROR)
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def history_view(self, request, object_id, extra_context=None):
        return super().history_view(request, _key(object_id), extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        return super().history_form_view(request, _key(object_id), _key(version_id), extra_context)


def _key(text: str) -> str:
    """The key in an address of the history, which stock expects to be a number without asking."""
    if not text.isdecimal():
        raise Http404
    return text


class PartList(RecordAdmin):
    """A kind of part across all entries, to search and to read. It is edited on its entry's page."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    # The permission to delete stays: whoever deletes an entry is asked for it, part by part.
    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"show_delete": False, **(extra_context or {})})
