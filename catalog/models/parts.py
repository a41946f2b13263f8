"""What belongs to a model and goes with it: milestones, innovations, papers, links."""

import datetime

from django.db import models
from django.db.models import Q

from core.constraints import one_of, together
from core.models import DatePrecision, Record, RecordQuerySet, visible
from glossary.models import Term
from research.models import Paper, Source


class PartQuerySet(RecordQuerySet):
    def published(self):
        """Parts of published models whose subjects readers may see as well."""
        parts = self.filter(visible("model__"))
        for name in self.model.subjects:
            shown = visible(f"{name}__")
            parts = parts.filter(shown | Q(**{name: None}) if self.model._meta.get_field(name).null else shown)
        return parts

    def as_of(self, day: datetime.date | None):
        """Parts of models released by that day; None is today and leaves none out."""
        return self.filter(model__released__lte=day) if day else self


class Part(Record):
    """Something that belongs to a model and goes with it."""

    # The relations without which readers would not understand it: while one is a draft, the part is not shown.
    subjects: tuple[str, ...] = ()

    model = models.ForeignKey("catalog.AIModel", on_delete=models.CASCADE, help_text="The model it belongs to.")

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True


class OrderedPart(Part):
    """A part whose place on the page editors choose."""

    order = models.PositiveSmallIntegerField(default=0, help_text="Its place among its kind, counted from 1.")

    class Meta:
        abstract = True


class MilestoneQuerySet(PartQuerySet):
    def as_of(self, day: datetime.date | None):
        """What had happened by that day; what has no date is left out. None is today and leaves none out."""
        return self.filter(date__lte=day) if day else self


class Milestone(OrderedPart):
    """Something notable that the model did or caused."""

    natural_key_fields = ("model__slug", "text")
    subjects = ("source",)

    text = models.CharField(max_length=300, help_text="One line, without a full stop.")
    date = models.DateField(null=True, blank=True, help_text="When. Unknown day or month: 01.")
    date_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True, help_text="How much of that date is known."
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        help_text="Where it is written.",
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        default_related_name = "milestones"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "text"],
                name="catalog_milestone_once",
                violation_error_message="The model has this milestone already.",
            ),
            one_of("date_precision", DatePrecision, blank=True),
            together("date", "date_precision"),
        ]

    def __str__(self) -> str:
        return self.text


class Innovation(OrderedPart):
    """An idea that the model introduced, proved or is known for, as a term of the glossary."""

    natural_key_fields = ("model__slug", "term__slug")
    subjects = ("term",)

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="innovations", help_text="The idea.")
    note = models.CharField(max_length=300, blank=True, help_text="What is particular about it here.")

    class Meta:
        ordering = ["order", "pk"]
        default_related_name = "innovations"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "term"],
                name="catalog_innovation_once",
                violation_error_message="The model has this innovation already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.term}"


class ModelPaperQuerySet(PartQuerySet):
    def as_of(self, day: datetime.date | None):
        """Papers that had appeared by that day, of models released by then; None is today and leaves none out."""
        return super().as_of(day).filter(paper__published__lte=day) if day else self


class ModelPaper(OrderedPart):
    """A paper that the model rests on. Featured ones are printed as cards."""

    natural_key_fields = ("model__slug", "paper__slug")
    subjects = ("paper",)

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="model_papers", help_text="The paper.")
    featured = models.BooleanField(default=False, help_text="Print it as a card, with its summary.")

    objects = ModelPaperQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        default_related_name = "model_papers"
        verbose_name = "paper of a model"
        verbose_name_plural = "papers of models"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "paper"],
                name="catalog_modelpaper_once",
                violation_error_message="The model has this paper already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.paper}"


class LinkKind(models.TextChoices):
    HOMEPAGE = "homepage", "Home page"
    WEIGHTS = "weights", "Weights"
    REPOSITORY = "repository", "Repository"
    DOCUMENTATION = "documentation", "Documentation"
    API = "api", "API"
    DEMO = "demo", "Demo"


class Link(OrderedPart):
    """Where the model itself is found."""

    natural_key_fields = ("model__slug", "url")

    kind = models.CharField(max_length=15, choices=LinkKind, help_text="What is behind it.")
    url = models.URLField(max_length=500, verbose_name="URL", help_text="The address.")

    class Meta:
        ordering = ["order", "pk"]
        default_related_name = "links"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "url"],
                name="catalog_link_once",
                violation_error_message="The model has this link already.",
            ),
            one_of("kind", LinkKind),
        ]

    def __str__(self) -> str:
        return self.url
