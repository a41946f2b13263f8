"""What search knows of the published entries. Triggers of the database write it, and nothing else."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.models import Entry, address_of
from search.kinds import KINDS


class DocumentQuerySet(models.QuerySet):
    def hidden(self):
        """Those that readers may not see yet: their time has not come, or they are tags on no published model."""
        hidden = Q()
        for kind, model in KINDS.items():
            # Of entries, only those that have such a time are looked at.
            timed = Q(publish_at__isnull=False) if issubclass(model, Entry) else Q()
            hidden |= timed & Q(kind=kind) & ~Exists(model.objects.published().filter(pk=OuterRef("key")))
        return self.filter(hidden)


class Document(models.Model):
    """An entry with status “published”, as search reads it."""

    # Of its kind's place, its importance and its key, see `search.kinds`: in this order, what matters more comes first.
    id = models.BigIntegerField(primary_key=True, help_text="Made by `search.kinds.columns_sql`.")
    kind = models.CharField(max_length=40, help_text="The kind of the entry: “model”.")
    key = models.BigIntegerField(help_text="The primary key of the entry in its own table.")
    slug = models.CharField(max_length=120, help_text="The last part of its address.")
    title = models.TextField(help_text="Its name.")
    aliases = models.TextField(help_text="Its other names, one a line.")
    squeezed = models.TextField(help_text="Name, aliases and slug without spaces and dashes, one a line: “gpt41”.")
    summary = models.TextField(help_text="What lists say of it.")
    text = models.TextField(help_text="All else that is found.")
    publish_at = models.DateTimeField(null=True, help_text="It is hidden until then.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                name="search_document_once",
                violation_error_message="There is a document of this entry already.",
            )
        ]
        indexes = [
            # What `hidden` asks for.
            models.Index(fields=["publish_at"], condition=Q(publish_at__isnull=False), name="search_document_scheduled")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of(KINDS[self.kind], self.slug)
