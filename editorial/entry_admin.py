"""The admin of entries: from a draft to a published page."""

from django.db import models
from django.utils import timezone

from core.forms import EntryForm
from editorial.record_admin import RecordAdmin

PUBLICATION = (
    "Publication",
    {
        "description": "Whether readers see the entry, and since when it is here.",
        "fields": [("status", "publish_at"), ("created_at", "updated_at")],
    },
)


class EntryAdmin(RecordAdmin):
    """A kind of entry. Subclasses name their fieldsets in the order of the public page, `PUBLICATION` last."""

    form = EntryForm
    list_display = ["name", "status", "updated_at"]
    list_filter = ["status"]
    search_fields = ["name", "slug"]
    readonly_fields = ["created_at", "updated_at"]

    def view_on_site(self, obj: models.Model) -> str | None:
        # A draft has no page.
        return obj.get_absolute_url() if obj.is_public else None

    def save_model(self, request, obj, form, change):
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
