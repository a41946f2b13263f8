"""What was technically made from what."""

import datetime

from django.db import connections, models
from django.db.models import Case, F, Q, When

from core.constraints import one_of
from core.models import Record, RecordQuerySet, visible
from research.models import Source


class DerivationKind(models.TextChoices):
    """How one was made from another. “Based on” is for sources that name the base and not what was done with it."""

    INITIALIZED_FROM = "initialized_from", "initialized from"
    FINE_TUNED_FROM = "fine_tuned_from", "fine-tuned from"
    DISTILLED_FROM = "distilled_from", "distilled from"
    MERGED_FROM = "merged_from", "merged from"
    QUANTIZED_FROM = "quantized_from", "quantized from"
    USES_COMPONENT = "uses_component", "uses as a component"
    ARCHITECTURE_OF = "architecture_of", "architecture of"
    BASED_ON = "based_on", "based on"

    @property
    def verb(self) -> str:
        """As a sentence says it of the child: “was distilled from”."""
        match self:
            case DerivationKind.USES_COMPONENT:
                return "uses as a component"
            case DerivationKind.ARCHITECTURE_OF:
                return "has the architecture of"
            case DerivationKind.BASED_ON:
                return "is based on"
        return f"was {self.label}"

    @property
    def of_it(self) -> str:
        """As a list below the parent says it of a child: “distilled from it”."""
        match self:
            case DerivationKind.USES_COMPONENT:
                return "uses it as a component"
            case DerivationKind.ARCHITECTURE_OF:
                return "has its architecture"
        return f"{self.label} it"


class DerivationQuerySet(RecordQuerySet):
    def published(self):
        """Edges from a published child, by a public source. An unpublished parent is known by name alone."""
        return self.filter(visible("child__"), visible("source__"))

    def as_of(self, day: datetime.date | None):
        """What models released by that day were made from; None is today and leaves none out."""
        return self.filter(child__released__lte=day) if day else self

    def between_entries(self):
        """Edges whose parent has an entry that readers may see."""
        return self.filter(visible("parent__"))

    def touching(self, model: models.Model, as_of: datetime.date | None = None):
        """The edges above and below a model, those above first, in one query."""
        above = Case(When(child=model, then=0), default=1)
        edges = self.published().as_of(as_of).filter(Q(child=model) | Q(parent=model)).order_by(above, "pk")
        return edges.along_with("child", "parent", "source")

    def ends(self) -> list[tuple[int, int, int | str]]:
        """Of each edge its own number, its child's, and its parent's, which is a name where readers see no entry."""
        known = Case(When(visible("parent__"), then=F("parent_id")))
        rows = self.annotate(known=known).values_list("pk", "child_id", "known", "parent_name")
        return [(pk, child, name if parent is None else parent) for pk, child, parent, name in rows]

    def reach(self, start: int, *, up: bool, limit: int) -> list[int]:
        """The models that these edges lead to from the model `start`, up to their parents or down to their children.

        The nearest first, `start` itself before all, at most `limit`; in one query, however far they are. SQLite and
        PostgreSQL both walk in breadth, and each model once: so no circle holds them up.
        """
        here, there = ("child_id", "parent_id") if up else ("parent_id", "child_id")
        edges, values = self.between_entries().order_by().values("child_id", "parent_id").query.sql_with_params()
        # CROSS JOIN, for SQLite then follows the edges of what was reached and does not look through all of them.
        walk = f"""
            WITH RECURSIVE reached(id) AS (
                SELECT CAST(%s AS bigint)
                UNION
                SELECT edge.{there} FROM reached CROSS JOIN ({edges}) edge WHERE edge.{here} = reached.id
            )
            SELECT id FROM reached LIMIT %s
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(walk, [start, *values, limit])
            return [number for (number,) in cursor.fetchall()]


class Derivation(Record):
    """What was technically made from what. An edge of the lineage graph."""

    natural_key_fields = ("child__slug", "kind", "parent_name")

    child = models.ForeignKey(
        "catalog.AIModel", on_delete=models.CASCADE, related_name="derivations", help_text="The model that was made."
    )
    kind = models.CharField(max_length=18, choices=DerivationKind, help_text="How it was made from the other.")
    parent = models.ForeignKey(
        "catalog.AIModel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="descendants",
        help_text="The model it was made from, once that has an entry.",
    )
    parent_name = models.CharField(
        max_length=200,
        help_text="The name of what it was made from, as the source writes it; kept when the entry exists.",
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="derivations", help_text="Where it is written."
    )
    note = models.CharField(
        max_length=300, blank=True, help_text="What was taken over: “MLA and DeepSeekMoE, no weights”."
    )

    objects = DerivationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "parent_name"],
                name="catalog_derivation_once",
                violation_error_message="The model has this derivation already.",
            ),
            one_of("kind", DerivationKind),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("child")),
                name="catalog_derivation_parent_not_itself",
                violation_error_message="A model is not made from itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.get_kind_display()} {self.parent_name}"

    @property
    def verb(self) -> str:
        return DerivationKind(self.kind).verb

    @property
    def of_it(self) -> str:
        return DerivationKind(self.kind).of_it

    @property
    def public_parent(self) -> models.Model | None:
        """The parent's entry, where readers may see it."""
        return self.parent if self.parent and self.parent.is_public else None
