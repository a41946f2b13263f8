"""What forms of the admin are made of: which field a column gets, and the parts that are edited inside an entry."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.validators import MaxLengthValidator
from django.db import models

from core.forms import (
    PartFormSet,
    RecordForm,
    RelatedField,
    RelatedMultipleField,
    RelatedSelect,
    RelatedSelectMultiple,
    SizeInput,
)

admin.site.site_header = admin.site.site_title = "Descent"
admin.site.index_title = "The collection"


# Characters of a text: an article has some thousands, the longest list of authors some tens of thousands.
LONGEST_TEXT = 100_000


def row_number(text: str) -> int | None:
    """The number of a row as an address or a form names it; None where no row can have it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


# Words that are looked for: each is a condition more on every column, and databases have a limit to those.
WORDS = 20


class PlainQueries(admin.ModelAdmin):
    """A list that refuses null characters. PostgreSQL takes none: a filter with one would be an error 500.

    A search, in the list and where one chooses from it, leaves them out, and words beyond the first few.
    """

    def get_changelist_instance(self, request):
        if any("\0" in value for value in request.GET.values()):
            self.message_user(request, "Null characters are not allowed.", messages.ERROR)
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, searched(search_term))


def searched(term: str) -> str:
    """As much of what was typed as a list searches for."""
    return " ".join(term.replace("\0", "").split()[:WORDS])


class FormFields:
    """Which form field a column gets: autocompletion for every relation, sizes as people type them."""

    formfield_overrides = {
        # Told by a message, and not by `maxlength`: browsers cut off silently what is pasted beyond it.
        models.TextField: {"widget": AdminTextareaWidget, "validators": [MaxLengthValidator(LONGEST_TEXT)]},
        models.BigIntegerField: {"form_class": SizeInput, "widget": AdminTextInputWidget},
        models.URLField: {"assume_scheme": "https"},
    }

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs |= {"form_class": RelatedField, "widget": RelatedSelect(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"form_class": RelatedMultipleField, "widget": RelatedSelectMultiple(db_field, self.admin_site)}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PartInline(FormFields, admin.TabularInline):
    """Parts of an entry, one a row."""

    form = RecordForm
    formset = PartFormSet
    extra = 0


class PartBlocks(FormFields, admin.StackedInline):
    """Parts of an entry with more fields than a row holds."""

    form = RecordForm
    formset = PartFormSet
    extra = 0
