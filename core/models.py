"""What every kind of entry shares. Owns no table."""

import datetime
from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from core import snapshot
from core.constraints import one_of
from core.history import PastRow


class RecordQuerySet(models.QuerySet):
    """Finds rows by the key that fixtures use, so that a reload finds what it wrote."""

    def get_by_natural_key(self, *key: str) -> models.Model:
        """The one row with these values of `natural_key_fields`; `None` matches an empty relation."""
        return self.get(**dict(zip(self.model.natural_key_fields, key, strict=True)))

    def published(self):
        """Rows readers may see. What has no state of its own, and belongs to nothing that has, is always seen."""
        return self

    def along_with(self, *relations: str):
        """`select_related` for entries that another's page speaks of: it does not say when they were written down.

        A page may speak of a hundred, and SQLite has no times: each is read from text.
        """
        times = [f"{relation}__{name}" for relation in relations for name in ("created_at", "updated_at")]
        return self.select_related(*relations).defer(*times)


class Record(models.Model):
    """A row of the collection: fixtures name it by what it is, never by its number, and its past is kept."""

    # Lookup paths ("model__slug") that together are unique; stated by every concrete model.
    natural_key_fields: tuple[str, ...] = ()
    # Plain many-to-many fields whose changes belong in the history.
    historic_relations: tuple = ()
    # Figures that readers rely on: where one changes after they saw it, the public history says so as a correction.
    corrected: tuple[str, ...] = ()
    # What figures count, where their names do not say it: exports do.
    units: dict[str, str] = {}

    objects = RecordQuerySet.as_manager()
    history = HistoricalRecords(inherit=True, bases=[PastRow], m2m_fields_model_field_name="historic_relations")

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):
        # Django looks up every field among these, one after another: of a list of models that took half the time.
        return super().from_db(db, frozenset(field_names), values)

    def natural_key(self) -> tuple:
        return tuple(_follow(self, path) for path in self.natural_key_fields)

    def rows_of(self, relation: str) -> Iterable[models.Model]:
        """What a relation to many leads to. Of what was fetched along, a manager takes longer to be made than read."""
        fetched = getattr(self, "_prefetched_objects_cache", {}).get(relation)
        return getattr(self, relation).all() if fetched is None else fetched


def _follow(row: models.Model, path: str) -> object:
    value = row
    for name in path.split("__"):
        value = None if value is None else getattr(value, name)
    return value


class DatePrecision(models.TextChoices):
    """How much of a date is known. The unknown part is stored as 01."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


def visible(path: str = "") -> Q:
    """What `.published()` asks of an entry, or of the one that `path` leads to: “model__”.

    Joins, not subqueries: databases follow a join from the few rows in question, and read a whole table for `IN`.
    """
    due = Q(**{f"{path}publish_at": None}) | Q(**{f"{path}publish_at__lte": snapshot.now()})
    return Q(**{f"{path}status": Status.PUBLISHED}) & due


class EntryQuerySet(RecordQuerySet):
    """All rows by default; every public view says `.published()` aloud."""

    def published(self):
        """Entries readers may see now: published, and their time of publication has come."""
        return self.filter(visible())

    def next_due(self, now: datetime.datetime) -> datetime.datetime | None:
        """When the next of those will be published that wait for their time."""
        return self.filter(publish_at__gt=now).aggregate(time=models.Min("publish_at"))["time"]

    def as_of(self, day: datetime.date | None):
        """Those that were in the world on that day, as far as their dates say; None is today and leaves none out.

        What has a date of its own extends it. A date known only by its month or year counts from its first day.
        """
        return self

    def for_list(self):
        """What the list page touches; kinds that need relations extend it."""
        return self

    def for_detail(self, as_of: datetime.date | None = None):
        """What the entry's own page touches, as it stood on that day; kinds that need relations extend it."""
        return self


def address_of(kind: type[Record], slug: str, of_its: str = "detail") -> str:
    """The path of the page of an entry: “/models/gpt-4-1/”; of its feed, “/feeds/models/gpt-4-1.atom”."""
    before, after = _around_slug(kind, of_its, get_script_prefix())
    return f"{before}{slug}{after}"


@cache
def _around_slug(kind: type[Record], of_its: str, prefix: str) -> tuple[str, str]:
    """Looked up once, not for each of a hundred links on a page."""
    before, _, after = reverse(f"{kind._meta.model_name}_{of_its}", args=["_"]).rpartition("_")
    return before, after


class Entry(Record):
    """Something the encyclopedia has a page on."""

    natural_key_fields = ("slug",)

    name = models.CharField(max_length=250, help_text="The name as its makers write it.")
    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text="The last part of its address: “gpt-4-1”, “command-r-plus”. Old ones lead on to it.",
    )
    summary = models.TextField(
        blank=True, help_text="One or two sentences for lists, search results and link previews."
    )
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text="Only published entries are on the public site.",
    )
    publish_at = models.DateTimeField(
        null=True, blank=True, help_text="A published entry stays hidden until this time. Empty: shown at once."
    )
    # Defaults, not auto_now: fixtures carry both and are loaded as they are.
    created_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When the entry was begun.")
    updated_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When the entry was last saved.")

    # The texts that its page prints as Markdown, with terms explained and sources cited inline.
    markdown: tuple[str, ...] = ("summary",)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name", "slug"]
        constraints = [one_of("status", Status)]
        indexes = [
            # What is next to come: see `core.pages`.
            models.Index(
                fields=["publish_at"], condition=Q(publish_at__isnull=False), name="%(app_label)s_%(class)s_due"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of(type(self), self.slug)

    @property
    def is_public(self) -> bool:
        """What `.published()` asks the database, for a row at hand."""
        return self.status == Status.PUBLISHED and (self.publish_at is None or self.publish_at <= snapshot.now())


def entry_kinds() -> list[type[Entry]]:
    """All kinds of entries, in the order in which Django knows them."""
    return [model for model in apps.get_models() if issubclass(model, Entry)]


def lines(text: str) -> list[str]:
    """The lines of a field that is filled in one a line (aliases, authors), without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
