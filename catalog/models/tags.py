"""Tags on models."""

import datetime

from django.db import models
from django.db.models import Count, Exists, OuterRef
from taggit.models import ItemBase, TagBase

from core.models import Record, RecordQuerySet, address_of, visible
from core.slugs import make_slug
from search.kinds import Searched


class TagQuerySet(RecordQuerySet):
    def published(self):
        """Tags that readers meet: those on a published model."""
        return self.filter(Exists(TaggedModel.objects.published().filter(tag=OuterRef("pk"))))

    def as_of(self, day: datetime.date | None):
        """Those on a model that was released by that day; None is today and leaves none out."""
        carriers = TaggedModel.objects.published().filter(content_object__released__lte=day)
        return self.filter(pk__in=carriers.values("tag")) if day else self

    def for_list(self):
        """Each tag with `count`, its number of published models."""
        return self.annotate(count=Count("tagged_models", filter=visible("tagged_models__content_object__")))

    def for_detail(self, as_of=None):
        return self.for_list()


class Tag(TagBase, Record):
    """A free keyword on models: what no column says."""

    natural_key_fields = ("name",)

    name = models.CharField(max_length=100, unique=True, help_text="As readers see it: “fp8 training”.")
    slug = models.SlugField(
        max_length=100, unique=True, help_text="The last part of its address. Empty: made from the name."
    )

    searched = Searched(place=6, summary=())

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name", "slug"]

    def get_absolute_url(self) -> str:
        return address_of(Tag, self.slug)

    def natural_key(self) -> tuple:
        return Record.natural_key(self)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Like an entry's slug, so that C and C++ stay apart; `i` tells further collisions apart."""
        slug = make_slug(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedModelQuerySet(RecordQuerySet):
    def published(self):
        """Tags on published models."""
        return self.filter(visible("content_object__"))


class TaggedModel(ItemBase, Record):
    """A tag on a model. Its own table, so that the link has a key that a reload finds, and a history."""

    natural_key_fields = ("content_object__slug", "tag__name")

    content_object = models.ForeignKey(
        "catalog.AIModel", on_delete=models.CASCADE, related_name="tagged", help_text="The model that carries the tag."
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged_models", help_text="The tag.")

    objects = TaggedModelQuerySet.as_manager()

    class Meta:
        ordering = ["tag__name"]
        verbose_name = "tag on a model"
        verbose_name_plural = "tags on models"
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="catalog_taggedmodel_once",
                violation_error_message="The model has this tag already.",
            )
        ]

    def natural_key(self) -> tuple:
        return Record.natural_key(self)
