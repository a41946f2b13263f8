"""Who found what, and where it is written."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Prefetch, Q

from core.constraints import not_itself, one_of, together
from core.models import DatePrecision, Entry, EntryQuerySet, lines
from glossary.models import Term
from research.identifiers import Identifier
from search.kinds import Searched


class DatedQuerySet(EntryQuerySet):
    """Entries that appeared on a day of their own."""

    def as_of(self, day):
        return self.filter(published__lte=day) if day else self


class OrganizationKind(models.TextChoices):
    COMPANY = "company", "Company"
    UNIVERSITY = "university", "University"
    INSTITUTE = "institute", "Research institute"
    NONPROFIT = "nonprofit", "Non-profit"
    GOVERNMENT = "government", "Government"
    COMMUNITY = "community", "Community"


class OrganizationQuerySet(EntryQuerySet):
    def for_detail(self, as_of=None):
        return self.prefetch_related(Prefetch("parent", Organization.objects.published()))


class Organization(Entry):
    """Who builds models, writes papers or measures."""

    aliases = models.TextField(blank=True, help_text="Other names and spellings, one a line.")
    kind = models.CharField(
        max_length=12, choices=OrganizationKind, blank=True, help_text="What sort of body it is. Empty: unknown."
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters, as in ISO 3166-1: “CN”, “US”.")],
        help_text="Where it is based, as an ISO 3166-1 code: “CN”, “US”.",
    )
    website = models.URLField(blank=True, help_text="Its own site.")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="divisions",
        help_text="The organization it belongs to.",
    )

    searched = Searched(place=2, aliases=("aliases",))

    objects = OrganizationQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints, one_of("kind", OrganizationKind, blank=True), not_itself("parent")]

    @property
    def alias_list(self) -> list[str]:
        return lines(self.aliases)


class SourceKind(models.TextChoices):
    PAPER = "paper", "Paper"
    ANNOUNCEMENT = "announcement", "Announcement"
    MODEL_CARD = "model_card", "Model card"
    REPOSITORY = "repository", "Repository"
    DATABASE = "database", "Database"
    DOCUMENTATION = "documentation", "Documentation"
    NEWS = "news", "News"


class SourceQuerySet(DatedQuerySet):
    def for_detail(self, as_of=None):
        return self.select_related("paper")


class Source(Entry):
    """Where a fact is written. Its name is its title."""

    url = models.URLField(max_length=500, verbose_name="URL", help_text="Where it can be read.")
    publisher = models.CharField(max_length=200, blank=True, help_text="Who published it: “DeepSeek”, “Epoch AI”.")
    kind = models.CharField(max_length=15, choices=SourceKind, help_text="What sort of document it is.")
    published = models.DateField(null=True, blank=True, help_text="When it appeared. Unknown day or month: 01.")
    published_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True, help_text="How much of that date is known."
    )
    accessed = models.DateField(null=True, blank=True, help_text="When an editor last read it.")
    archived_url = models.URLField(
        max_length=500, blank=True, verbose_name="archived URL", help_text="A copy that outlives the original."
    )
    licence = models.CharField(
        max_length=120, blank=True, help_text="Under what licence it may be reused: “CC BY 4.0”."
    )
    searched = Searched(place=8, text=("publisher", "url"))

    objects = SourceQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            one_of("kind", SourceKind),
            one_of("published_precision", DatePrecision, blank=True),
            together("published", "published_precision"),
        ]


class Category(models.TextChoices):
    ALIGNMENT = "alignment", "Alignment"
    ARCHITECTURE = "architecture", "Architecture"
    DATA = "data", "Data"
    EFFICIENCY = "efficiency", "Efficiency"
    EVALUATION = "evaluation", "Evaluation"
    MULTIMODAL = "multimodal", "Multimodal"
    REASONING = "reasoning", "Reasoning"
    SCALING = "scaling", "Scaling"
    SYSTEM = "system", "Model report"
    TRAINING = "training", "Training"


class PaperQuerySet(DatedQuerySet):
    def for_detail(self, as_of=None):
        return self.prefetch_related(Prefetch("source", Source.objects.published()))


class Paper(Entry):
    """A work of research. Its name is its title."""

    short_name = models.CharField(
        max_length=80,
        blank=True,
        help_text="What people call it: “DeepSeek-V2 / MLA”. Cards print it instead of the title.",
    )
    published = models.DateField(null=True, blank=True, help_text="When it first appeared. Unknown day or month: 01.")
    published_precision = models.CharField(
        max_length=5, choices=DatePrecision, blank=True, help_text="How much of that date is known."
    )
    category = models.CharField(max_length=12, choices=Category, help_text="What it is mainly about.")
    authors = models.TextField(blank=True, help_text="All authors in printed order, one a line.")
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="papers", help_text="Where its authors worked."
    )
    credit = models.CharField(max_length=120, blank=True, help_text="Who it is credited to in a line: “DeepSeek AI”.")
    arxiv_id = models.CharField(
        max_length=20,
        blank=True,
        verbose_name="arXiv id",
        validators=[
            RegexValidator(r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$", "An arXiv id looks like 2412.19437.")
        ],
        help_text="“2412.19437”, without a version.",
    )
    doi = models.CharField(
        max_length=120,
        blank=True,
        verbose_name="DOI",
        validators=[RegexValidator(r"^10\.\d{4,9}/\S+$", "A DOI begins with “10.”, without https://doi.org/.")],
        help_text="“10.1038/s41586-021-03819-2”, without https://doi.org/.",
    )
    introduces = models.ManyToManyField(
        Term, blank=True, related_name="introduced_by", help_text="The terms it introduced."
    )
    source = models.OneToOneField(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="paper",
        help_text="Its bibliographic record, where figures cite it.",
    )
    historic_relations = (organizations, introduces)
    searched = Searched(place=5, aliases=("short_name", "arxiv_id", "doi"), text=("authors", "credit"))

    objects = PaperQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            one_of("category", Category),
            one_of("published_precision", DatePrecision, blank=True),
            together("published", "published_precision"),
            models.UniqueConstraint(
                fields=["arxiv_id"],
                condition=~Q(arxiv_id=""),
                name="research_paper_arxiv_id_once",
                violation_error_message="Another paper has this arXiv id.",
            ),
            models.UniqueConstraint(
                fields=["doi"],
                condition=~Q(doi=""),
                name="research_paper_doi_once",
                violation_error_message="Another paper has this DOI.",
            ),
        ]

    @property
    def title_short(self) -> str:
        """The short name where there is one, else the title."""
        return self.short_name or self.name

    @property
    def author_list(self) -> list[str]:
        return lines(self.authors)

    @property
    def url(self) -> str:
        """Where it can be read: arXiv, else the DOI, else nowhere."""
        return Identifier(self.arxiv_id, self.doi).url


class BenchmarkQuerySet(EntryQuerySet):
    def as_of(self, day):
        """Without those whose paper had not appeared; where no paper is known, nothing says so."""
        return self.exclude(paper__published__gt=day) if day else self

    def for_detail(self, as_of=None):
        return self.prefetch_related(
            Prefetch("parent", Benchmark.objects.published()), Prefetch("paper", Paper.objects.published())
        )


class Benchmark(Entry):
    """A test that models are scored on. A variant is a benchmark of its own with a parent."""

    full_name = models.CharField(
        max_length=160, blank=True, help_text="The name spelt out: “Massive Multitask Language Understanding”."
    )
    measures = models.CharField(
        max_length=120, blank=True, help_text="What it measures, in a few words: “57 subjects”, “Python problems”."
    )
    metric = models.CharField(
        max_length=80, blank=True, help_text="What the number is: “accuracy”, “pass@1”, “Elo rating”."
    )
    unit = models.CharField(
        max_length=20, blank=True, help_text="What is printed after the number: “%”, “points”, “minutes”."
    )
    scale_min = models.FloatField(null=True, blank=True, help_text="The lowest possible score. Empty: no lower bound.")
    scale_max = models.FloatField(null=True, blank=True, help_text="The highest possible score. Empty: no upper bound.")
    higher_is_better = models.BooleanField(default=True, help_text="Off for error rates and times.")
    caveat = models.TextField(blank=True, help_text="Its known weakness, for whoever is about to compare scores.")
    paper = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="benchmarks",
        help_text="The paper that introduced it.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="variants",
        help_text="The benchmark it is a variant of: MATH for MATH-500.",
    )
    markdown = ("summary", "caveat")
    searched = Searched(place=4, aliases=("full_name",), summary=("summary", "measures"), text=("caveat",))

    objects = BenchmarkQuerySet.as_manager()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            not_itself("parent"),
            models.CheckConstraint(
                condition=Q(scale_min=None) | Q(scale_max=None) | Q(scale_min__lt=F("scale_max")),
                name="research_benchmark_scale_ascends",
                violation_error_message="The lowest score of the scale must be below the highest.",
            ),
        ]

    @property
    def gloss(self) -> str:
        """What stands in brackets after the name: full name — what it measures."""
        return " — ".join(part for part in (self.full_name, self.measures) if part)
