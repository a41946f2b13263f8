from django.contrib import admin

from editorial.entry_admin import PUBLICATION, EntryAdmin
from glossary.models import Term


@admin.register(Term)
class TermAdmin(EntryAdmin):
    list_display = ["name", "abbreviation", "status", "updated_at"]
    search_fields = ["name", "abbreviation", "aliases", "slug"]
    fieldsets = [
        (
            "Term",
            {
                "description": "The word, its other spellings, and the sentence that the tooltip shows.",
                "fields": ["name", "slug", "abbreviation", "aliases", "idioms", "definition"],
            },
        ),
        ("Article", {"description": "The rest of the term's page.", "fields": ["article", "see_also"]}),
        PUBLICATION,
    ]
