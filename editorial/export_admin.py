"""What is selected in a list of the admin, as a file of records that can be brought in again."""

import tempfile
from collections.abc import Iterator

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone

from core.admin import row_number
from core.documents import documents, parts, records, with_links
from core.models import Record
from core.record_files import WRITERS
from core.record_tables import Unreadable
from editorial.changes import chunks
from editorial.selected import page

MEGABYTE = 10**6
FORMATS = {
    "xlsx": "XLSX: a workbook with a sheet for each kind of record",
    "csv": "CSV: one table",
    "json": "JSON: as fixtures are written",
    "yaml": "YAML: the same, easier to read",
}


class ExportForm(forms.Form):
    """In which format, and whether what belongs to the entries comes along."""

    format = forms.ChoiceField(choices=FORMATS.items(), initial="xlsx", widget=forms.RadioSelect)
    parts = forms.BooleanField(required=False, label="With all that belongs to them")

    def __init__(self, names: list[str], data=None):
        super().__init__(data)
        self.fields["parts"].help_text = f"{', '.join(names).capitalize()}. A CSV file has no room for them."
        if not names:
            del self.fields["parts"]

    def clean(self):
        if self.cleaned_data.get("parts") and self.cleaned_data.get("format") == "csv":
            self.add_error("parts", "A CSV file holds one kind of record: choose another format, or leave these out.")


class Exports:
    """Mixin for the admin of a kind of record: its rows as a file."""

    actions = ["export_selected"]

    def response_action(self, request, queryset):
        # Stock, what is no number is an error 500.
        if not all(row_number(number) is not None for number in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            self.message_user(request, "What was selected has no such numbers.", messages.ERROR)
            return None
        return super().response_action(request, queryset)

    @admin.action(description="Export the selected %(verbose_name_plural)s", permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        shown = [part for part, _ in parts(self.model) if _may_see(request, part)]
        sent = "format" in request.POST
        form = ExportForm([str(part._meta.verbose_name_plural) for part in shown], request.POST if sent else None)
        if form.is_valid():
            kinds = {self.model._meta.label_lower, *(part._meta.label_lower for part in shown)}
            found = (one for one in _records(queryset, form.cleaned_data.get("parts")) if one["model"] in kinds)
            try:
                return _file(self.model, form.cleaned_data["format"], found)
            except Unreadable as error:
                form.add_error("format", str(error))
        title = f"Export {self.opts.verbose_name_plural}"
        return page(self, request, queryset, "export", title, {"form": form})


def _may_see(request: HttpRequest, kind: type[Record]) -> bool:
    names = [f"{kind._meta.app_label}.{verb}_{kind._meta.model_name}" for verb in ("view", "change")]
    return any(map(request.user.has_perm, names))


def _records(rows: QuerySet, whole: bool) -> Iterator[dict]:
    """The records of the rows, a few hundred at a time; `whole` brings along what belongs to them."""
    for numbers in chunks(list(rows.values_list("pk", flat=True))):
        found = with_links(rows.model).in_bulk(numbers)
        some = [found[number] for number in numbers if number in found]
        yield from (record for own in documents(some).values() for record in own) if whole else records(some)


def _file(model: type[Record], format: str, found: Iterator[dict]) -> FileResponse:
    """Written whole before it is sent, for what cannot be written is told beside the form."""
    file = tempfile.SpooledTemporaryFile(10 * MEGABYTE)  # noqa: SIM115 (the response closes it)
    try:
        WRITERS[format](file, model, found)
    except Unreadable:
        file.close()
        raise
    file.seek(0)
    name = f"{model._meta.label_lower}-{timezone.now():%Y-%m-%d}.{format}"
    return FileResponse(file, as_attachment=True, filename=name)
