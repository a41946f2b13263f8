"""The editorial tables in the admin."""

from django.contrib import admin

from editorial import accounts, lockout  # noqa: F401 (register the admin of accounts, and of failed logins)
from editorial.change_log import ChangeAdmin
from editorial.models import Change, Proposal, ReadingStep
from editorial.proposal_admin import ProposalAdmin
from editorial.record_admin import RecordAdmin

admin.site.register(Change, ChangeAdmin)
admin.site.register(Proposal, ProposalAdmin)


@admin.register(ReadingStep)
class ReadingStepAdmin(RecordAdmin):
    list_display = ["order", "address", "chapter", "why"]
    list_display_links = ["address"]
    search_fields = ["address", "chapter", "why"]
    fieldsets = [
        (
            "Step",
            {
                "description": "An entry that newcomers read at this point.",
                "fields": ["order", "chapter", "address", "why"],
            },
        )
    ]
