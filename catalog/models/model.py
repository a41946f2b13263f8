"""A model, the family it stands in, and what it reads and writes."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from catalog.figures import FIGURES
from catalog.models.evidence import Citation, Score
from catalog.models.parts import Innovation, Milestone, ModelPaper
from catalog.models.tags import TaggedModel
from core.constraints import at_most, not_itself, one_of, positive, together
from core.models import DatePrecision, Entry, EntryQuerySet, Record, lines, visible
from core.tags import Tags
from research.models import Organization, Paper
from search.kinds import Searched


class Modality(Record):
    """A kind of data that models read or write: text, images, audio."""

    natural_key_fields = ("slug",)

    name = models.CharField(max_length=40, unique=True, help_text="As the badge prints it: “text”.")
    slug = models.SlugField(max_length=40, unique=True, help_text="How filters name it.")

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = "modalities"

    def __str__(self) -> str:
        return self.name


class FamilyQuerySet(EntryQuerySet):
    def as_of(self, day):
        """Those with a model by then."""
        return self.filter(pk__in=AIModel.objects.published().as_of(day).values("family")) if day else self

    def for_list(self):
        """Each family with its organization, where that is public, and `count`, its number of published models."""
        return self.annotate(count=Count("models", filter=visible("models__"))).prefetch_related(
            Prefetch("organization", Organization.objects.published())
        )

    def for_detail(self, as_of=None):
        return self.for_list()


class Family(Entry):
    """A line of models under one name."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="families",
        help_text="Who makes it.",
    )
    searched = Searched(place=1)

    objects = FamilyQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name_plural = "families"


class Lifecycle(models.TextChoices):
    PREVIEW = "preview", "preview"
    ACTIVE = "active", "active"
    DEPRECATED = "deprecated", "deprecated"
    RETIRED = "retired", "retired"


class Openness(models.TextChoices):
    OPEN_SOURCE = "open_source", "Open Source"
    OPEN_WEIGHT = "open_weight", "Open Weight"
    API_ONLY = "api_only", "API Only"
    UNRELEASED = "unreleased", "Unreleased"


class Architecture(models.TextChoices):
    TRANSFORMER = "transformer", "transformer"
    MIXTURE_OF_EXPERTS = "mixture_of_experts", "mixture of experts"
    STATE_SPACE = "state_space", "state space model"
    HYBRID = "hybrid", "attention hybrid"
    DIFFUSION = "diffusion", "diffusion"
    RECURRENT = "recurrent", "recurrent network"
    CONVOLUTIONAL = "convolutional", "convolutional network"
    ADVERSARIAL = "adversarial", "adversarial network"
    FEEDFORWARD = "feedforward", "feedforward network"
    REINFORCEMENT = "reinforcement", "search and reinforcement learning"
    OTHER = "other", "other"


# What no list of models tells: to read it takes a quarter of the time.
UNLISTED = (
    *("status", "publish_at", "created_at", "updated_at", "checked_on"),
    *("family", "line_label", "predecessor", "variant_of", "lifecycle_date", "training_cost_year"),
    "description",
)


class ModelQuerySet(EntryQuerySet):
    """What is drawn along is published too: a draft family, term or source does not show through a public model."""

    def for_list(self):
        makers = Organization.objects.published().only("name", "slug")
        return self.prefetch_related(Prefetch("organizations", makers)).defer(*UNLISTED)

    def for_detail(self, as_of=None):
        return self.for_comparison(as_of).prefetch_related(
            Prefetch("milestones", Milestone.objects.published().as_of(as_of).along_with("source")),
            Prefetch("model_papers", ModelPaper.objects.published().as_of(as_of).along_with("paper")),
            "links",
            "tags",
        )

    def for_comparison(self, as_of=None):
        """What stands side by side with other models; the scores as they were known that day."""
        scores = Score.objects.published().as_of(as_of)
        return self.with_makers().prefetch_related(
            Prefetch("family", Family.objects.published()),
            "input_modalities",
            "output_modalities",
            Prefetch("citations", Citation.objects.published().along_with("source")),
            Prefetch("scores", scores.along_with("source", "benchmark", "benchmark__parent")),
            Prefetch("innovations", Innovation.objects.published().along_with("term")),
        )

    def with_makers(self):
        """With all that is known of who made them; lists print their names alone."""
        return self.prefetch_related(Prefetch("organizations", Organization.objects.published()))

    def as_of(self, day):
        return self.filter(released__lte=day) if day else self

    def newest_first(self):
        return self.order_by(F("released").desc(nulls_last=True), "name", "slug")

    def nearest_in_time(self, model: "AIModel", each: int) -> list["AIModel"]:
        """Of these the `each` released last before it or with it, and as many right after it; the oldest first."""
        return [*reversed(self.until(model.released)[:each]), *self.after(model.released)[:each]]

    def until(self, day: datetime.date):
        """What was released by that day, the last first."""
        return self.filter(released__lte=day).order_by("-released", "name", "slug")

    def after(self, day: datetime.date):
        """What was released after that day, the first first."""
        return self.filter(released__gt=day).order_by("released", "name", "slug")

    def around(self, model: "AIModel", as_of: datetime.date | None = None):
        """The published models of its family, what came before and after it, and its forms, in one query.

        Of each, what lines and links print.
        """
        near = Q(pk__in=[model.predecessor_id, model.variant_of_id]) | Q(predecessor=model) | Q(variant_of=model)
        if model.family_id:
            near |= Q(family=model.family_id)
        found = self.published().as_of(as_of).filter(near).order_by("released", "name", "slug")
        return found.only("name", "slug", "line_label", "released", "released_precision", "predecessor", "variant_of")


class AIModel(Entry):
    """A model: what it is, why it matters, and its figures.

    Columns hold what the site shows; citations hold what the world says.
    """

    aliases = models.TextField(blank=True, help_text="Other names and spellings, one a line: “deepseek-chat”.")
    organizations = models.ManyToManyField(Organization, blank=True, related_name="models", help_text="Who made it.")
    family = models.ForeignKey(
        Family,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="models",
        help_text="The line of models it belongs to.",
    )
    line_label = models.CharField(
        max_length=40, blank=True, help_text="Its short name within the line: “DeepSeek V1”. Empty: its name."
    )
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        help_text="The version before it in the line. What it was trained from is a derivation instead.",
    )
    variant_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="variants",
        help_text="The model this is a form of: DeepSeek V3 for DeepSeek-V3-Base. It only groups.",
    )
    released = models.DateField(
        null=True, blank=True, help_text="When it could first be used. Unknown day or month: 01."
    )
    released_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True, help_text="How much of the release date is known."
    )
    lifecycle = models.CharField(
        max_length=10, choices=Lifecycle, blank=True, help_text="Whether its makers still offer it. Empty: unknown."
    )
    lifecycle_date = models.DateField(null=True, blank=True, help_text="Since when, if it is known.")
    openness = models.CharField(
        max_length=12,
        choices=Openness,
        blank=True,
        help_text="What was given out: weights, data and code; weights; an API; nothing. Empty: unknown.",
    )
    licence = models.CharField(
        max_length=160,
        blank=True,
        help_text="The licence as the makers state it, code and weights apart where they differ.",
    )
    architecture = models.CharField(
        max_length=20, choices=Architecture, blank=True, help_text="How it is built, in one word. Empty: unknown."
    )
    input_modalities = models.ManyToManyField(Modality, blank=True, related_name="read_by", help_text="What it reads.")
    output_modalities = models.ManyToManyField(
        Modality, blank=True, related_name="written_by", help_text="What it writes."
    )
    parameters_total = models.BigIntegerField(
        null=True, blank=True, verbose_name="parameters", help_text="All parameters of the main model."
    )
    parameters_active = models.BigIntegerField(
        null=True,
        blank=True,
        verbose_name="active parameters",
        help_text="Those used for each token, where not all are: a mixture of experts.",
    )
    context_window = models.BigIntegerField(
        null=True, blank=True, help_text="How many tokens it reads at once; K is 1,000."
    )
    max_output = models.BigIntegerField(
        null=True,
        blank=True,
        verbose_name="maximum output",
        help_text="How many tokens it writes at most in one answer.",
    )
    knowledge_cutoff = models.DateField(
        null=True, blank=True, help_text="The date its training data ends. Unknown day or month: 01."
    )
    knowledge_cutoff_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True, help_text="How much of the cutoff date is known."
    )
    training_compute = models.FloatField(
        null=True, blank=True, help_text="Floating-point operations spent on training, in FLOP: 3.3e24."
    )
    training_tokens = models.BigIntegerField(
        null=True, blank=True, help_text="Tokens it was trained on, repetitions included."
    )
    training_cost = models.BigIntegerField(
        null=True, blank=True, help_text="US dollars spent on the final training run."
    )
    training_cost_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The year whose dollars those are."
    )
    training_hardware = models.CharField(
        max_length=160, blank=True, help_text="What it was trained on: “2,048 × NVIDIA H800”."
    )
    why_it_matters = models.TextField(blank=True, help_text="Two or three sentences: what changed because of it.")
    description = models.TextField(
        blank=True, help_text="What it is and how it was made, in 40 to 150 words of Markdown."
    )
    papers = models.ManyToManyField(
        Paper, through="ModelPaper", blank=True, related_name="models", help_text="The research it rests on."
    )
    tags = Tags(
        through=TaggedModel,
        blank=True,
        help_text="Comma-separated. What no column says: never “open weight” or “text”.",
    )
    checked_on = models.DateField(
        null=True,
        blank=True,
        verbose_name="last checked",
        help_text="When an editor last held the entry against its sources.",
    )
    historic_relations = (organizations, input_modalities, output_modalities)
    corrected = tuple(figure.field for figure in FIGURES)
    units = {figure.field: figure.unit for figure in FIGURES if not figure.is_date}
    # The summary is for lists alone.
    markdown = ("why_it_matters", "description")
    searched = Searched(place=7, aliases=("aliases",), text=("why_it_matters", "description"))

    objects = ModelQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = "model"
        constraints = [
            *Entry.Meta.constraints,
            one_of("lifecycle", Lifecycle, blank=True),
            one_of("openness", Openness, blank=True),
            one_of("architecture", Architecture, blank=True),
            one_of("released_precision", DatePrecision, blank=True),
            one_of("knowledge_cutoff_precision", DatePrecision, blank=True),
            together("released", "released_precision"),
            together("knowledge_cutoff", "knowledge_cutoff_precision"),
            together("training_cost", "training_cost_year", empty=None),
            *map(
                positive,
                (
                    "parameters_total",
                    "parameters_active",
                    "context_window",
                    "max_output",
                    "training_compute",
                    "training_tokens",
                    "training_cost",
                ),
            ),
            at_most("parameters_active", "parameters_total"),
            not_itself("predecessor"),
            not_itself("variant_of"),
            models.CheckConstraint(
                condition=Q(variant_of=None) | Q(predecessor=None),
                name="catalog_aimodel_variant_without_predecessor",
                violation_error_message="A variant stands outside the version line: it has no predecessor of its own.",
            ),
        ]
        indexes = [
            *Entry.Meta.indexes,
            # Which models, and which families, were there on a day.
            models.Index(fields=["released", "status", "publish_at", "family"], name="catalog_aimodel_by_release"),
        ]

    def lifecycle_on(self, day: datetime.date | None) -> str:
        """Its lifecycle in words; "" on a day of which it is not known to be so already. None is today."""
        later = day and (self.lifecycle_date is None or self.lifecycle_date > day)
        return "" if later else self.get_lifecycle_display()

    @property
    def makers(self) -> Iterable[Organization]:
        """Its organizations."""
        return self.rows_of("organizations")

    @property
    def names(self) -> list[str]:
        """Name and aliases."""
        return [self.name, *lines(self.aliases)]
