"""The words one needs to understand the rest."""

from django.db import models
from django.db.models import Prefetch

from core.models import Entry, EntryQuerySet, lines
from search.kinds import Searched


class TermQuerySet(EntryQuerySet):
    def for_detail(self, as_of=None):
        return self.prefetch_related(Prefetch("see_also", Term.objects.published()))


class Term(Entry):
    """A word of the field, explained."""

    abbreviation = models.CharField(
        max_length=40, blank=True, help_text="The short form in use: “MoE”. Printed where room is scarce."
    )
    aliases = models.TextField(blank=True, help_text="Other names and spellings, one a line.")
    idioms = models.TextField(
        blank=True,
        help_text="Phrases in which the word means something else, one a line: “drew attention”. They are left alone.",
    )
    definition = models.CharField(
        max_length=400,
        help_text="One or two sentences that a newcomer understands: what the tooltip shows.",
    )
    article = models.TextField(blank=True, help_text="The longer explanation, in Markdown.")
    see_also = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="seen_from", help_text="Terms to read next."
    )
    historic_relations = (see_also,)
    markdown = ("article",)
    searched = Searched(place=3, aliases=("abbreviation", "aliases"), summary=("definition",), text=("article",))

    objects = TermQuerySet.as_manager()

    class Meta(Entry.Meta):
        pass

    @property
    def summary(self) -> str:
        """A term's definition is its summary."""
        return self.definition

    @property
    def alias_list(self) -> list[str]:
        return lines(self.aliases)

    @property
    def idiom_list(self) -> list[str]:
        return lines(self.idioms)

    @property
    def short_name(self) -> str:
        """The abbreviation where there is one, else the name."""
        return self.abbreviation or self.name

    @property
    def names(self) -> list[str]:
        """Every way of writing the term: name, abbreviation, aliases."""
        return [self.name, *([self.abbreviation] if self.abbreviation else []), *self.alias_list]
