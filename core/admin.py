"""What forms of the admin are made of: which field a column gets, and the parts that are edited inside an entry."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
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


class FormFields:
    """Which form field a column gets: autocompletion for every relation, sizes as people type them."""

    formfield_overrides = {
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
