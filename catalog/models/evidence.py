"""What the world says of a model: scores, and citations of its figures."""

import datetime

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from catalog.figures import FIGURES
from catalog.models.parts import OrderedPart, Part, PartQuerySet
from core.constraints import one_of
from research.models import Benchmark, Source


class Measurer(models.TextChoices):
    VENDOR = "vendor", "vendor"
    INDEPENDENT = "independent", "independent"
    AGGREGATOR = "aggregator", "aggregator"


class ScoreQuerySet(PartQuerySet):
    def dated(self):
        """With `known_on`: when the score was measured, else when its source appeared; None where neither is known."""
        return self.annotate(known_on=Coalesce("measured_on", "source__published"))

    def as_of(self, day: datetime.date | None):
        """What was measured by that day, of models released by then; None is today and leaves none out."""
        return self.dated().filter(known_on__lte=day, model__released__lte=day) if day else self


class Score(OrderedPart):
    """One measurement of a model on a benchmark. Many for one pair are normal, and all are kept."""

    natural_key_fields = ("model__slug", "benchmark__slug", "source__slug", "measured_by", "setting")
    subjects = ("benchmark", "source")
    corrected = ("value",)

    benchmark = models.ForeignKey(
        Benchmark, on_delete=models.PROTECT, related_name="scores", help_text="Exactly the variant that was run."
    )
    value = models.FloatField(help_text="In the benchmark's own unit and scale.")
    setting = models.CharField(
        max_length=200,
        blank=True,
        help_text="How it was run: shots, chain of thought, pass@k, harness. “5-shot, chain of thought”.",
    )
    measured_by = models.CharField(
        max_length=12,
        choices=Measurer,
        help_text="The vendor itself, somebody independent, or a site that collects scores.",
    )
    measured_on = models.DateField(null=True, blank=True, help_text="When it was measured or first published.")
    standard_error = models.FloatField(null=True, blank=True, help_text="In the same unit, where it was published.")
    note = models.CharField(max_length=300, blank=True, help_text="What a reader must know before comparing it.")
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="scores", help_text="Where the number is written."
    )
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the source: “Table 6”.")
    headline = models.BooleanField(default=False, help_text="Print it first on the model's page.")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        default_related_name = "scores"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "benchmark", "source", "measured_by", "setting"],
                name="catalog_score_once",
                violation_error_message="The source's score in this setting is here already: say what differs.",
            ),
            one_of("measured_by", Measurer),
            models.CheckConstraint(
                condition=Q(standard_error=None) | Q(standard_error__gte=0),
                name="catalog_score_standard_error_not_negative",
                violation_error_message="A standard error is not negative.",
            ),
        ]
        indexes = [
            # The best score on a benchmark, and the best hundred.
            models.Index(fields=["benchmark", "value"], name="catalog_score_by_value"),
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.benchmark}: {self.value:g}"


class CitationQuerySet(PartQuerySet):
    def as_of(self, day: datetime.date | None):
        """What sources of that day or before say of models released by then; None is today and leaves none out."""
        return self.filter(model__released__lte=day, source__published__lte=day) if day else self


class Basis(models.TextChoices):
    DISCLOSED = "disclosed", "disclosed"
    MEASURED = "measured", "measured"
    ESTIMATED = "estimated", "estimated"
    NOT_DISCLOSED = "not_disclosed", "not disclosed"
    NOT_APPLICABLE = "not_applicable", "not applicable"


class Confidence(models.TextChoices):
    HIGH = "high", "high"
    MEDIUM = "medium", "medium"
    LOW = "low", "low"


class Citation(Part):
    """What one source says about one figure of one model."""

    natural_key_fields = ("model__slug", "field", "source__slug", "stated")
    subjects = ("source",)

    field = models.CharField(
        max_length=20, choices=[(figure.field, figure.label) for figure in FIGURES], help_text="The figure it is about."
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text="Where it is written. Only “not applicable” needs none.",
    )
    stated = models.CharField(max_length=200, blank=True, help_text="What the source says, as written there: “671B”.")
    value = models.CharField(
        max_length=200,
        blank=True,
        help_text="The same in the figure's own notation: “671000000000”, “2024-12-26”. Empty where it states none.",
    )
    basis = models.CharField(
        max_length=14,
        choices=Basis,
        default=Basis.DISCLOSED,
        help_text="How the source knows, or why there is no figure.",
    )
    confidence = models.CharField(
        max_length=6, choices=Confidence, blank=True, help_text="How sure the source is. Empty: it does not say."
    )
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the source: “Table 6”.")
    note = models.CharField(max_length=400, blank=True, help_text="What a reader must know to read it rightly.")
    shown = models.BooleanField(default=False, help_text="The one that the figure on the page follows.")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["field", "-shown", "pk"]
        default_related_name = "citations"
        constraints = [
            # Coalesce: two citations without a source must meet as well.
            models.UniqueConstraint(
                "model",
                "field",
                Coalesce("source", Value(0)),
                "stated",
                name="catalog_citation_once",
                violation_error_message="This source's statement about the figure is cited already.",
            ),
            models.UniqueConstraint(
                fields=["model", "field"],
                condition=Q(shown=True),
                name="catalog_citation_one_shown",
                violation_error_message="Another citation of this figure is the shown one already.",
            ),
            one_of("field", [figure.field for figure in FIGURES]),
            one_of("basis", Basis),
            one_of("confidence", Confidence, blank=True),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | Q(basis="not_applicable"),
                name="catalog_citation_has_source",
                violation_error_message="Name the source. Only “not applicable” needs none.",
            ),
            models.CheckConstraint(
                condition=~Q(basis__in=["not_disclosed", "not_applicable"]) | Q(value=""),
                name="catalog_citation_absence_has_no_value",
                violation_error_message="A figure that is not disclosed or not applicable has no value.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}, {self.get_field_display()}: {self.stated or self.get_basis_display()}"
