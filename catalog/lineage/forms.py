"""What a reader asks of the lineage graph: whose, how far, by which edges; every mistake has its message."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, TextChoices

from catalog.models import AIModel, Derivation, DerivationKind, Family
from catalog.models.derivation import DerivationQuerySet
from core.fields import DayField, PartialDateField
from core.models import Entry, lines
from core.parameters import named
from core.quantities import last_day
from core.schemas import EMPTY, Schema, rows
from core.slugs import make_slug
from research.models import Organization

# So many entries are offered where a name is not clear.
OFFERED = 6
DEPTH, FARTHEST = 3, 100


class Ambiguous(ValidationError):
    """A name that several entries bear, or none: `choices` are those that may be meant."""

    def __init__(self, message: str, choices: list):
        super().__init__(message)
        self.choices = choices


class EntryField(forms.CharField):
    """A published entry by its slug, its name or an alias, whichever is typed."""

    def __init__(self, entries, *, aliases: bool = True, **kwargs):
        super().__init__(**{"required": False, "max_length": 250, **kwargs})
        self.entries = entries
        self.aliases = aliases

    @property
    def schema(self) -> Schema:
        return {"anyOf": [named(self.entries.published().values_list("slug", flat=True)), EMPTY]}

    def clean(self, value: str | None):
        text = super().clean(value)
        return self.find(text) if text else None

    def find(self, text: str):
        entries: QuerySet = self.entries.published()
        if entry := entries.filter(slug=text).first():
            return entry
        if found := self._called(entries, text):
            return found
        if (slug := make_slug(text)) and (entry := entries.filter(slug=slug).first()):
            return entry
        kind = self.entries.model._meta.verbose_name
        near = list(entries.filter(name__icontains=text)[:OFFERED])
        raise Ambiguous(f"No {kind} is called “{text}”.{' Did you mean one of these?' if near else ''}", near)

    def _called(self, entries: QuerySet, text: str) -> Entry | None:
        """The only entry of that name or alias; Ambiguous where there are several."""
        named = Q(name__iexact=text) | (Q(aliases__icontains=text) if self.aliases else Q())
        bearers = [entry for entry in entries.filter(named)[: OFFERED**2] if self._bears(entry, text)]
        if len(bearers) > 1:
            raise Ambiguous(f"“{text}” is the name of several. Choose one:", bearers[:OFFERED])
        return bearers[0] if bearers else None

    def _bears(self, entry, text: str) -> bool:
        names = [entry.name, *(lines(entry.aliases) if self.aliases else ())]
        return text.casefold() in (name.casefold() for name in names)


class RepeatedInput(forms.TextInput):
    """A text input whose name may be repeated in the address."""

    def value_from_datadict(self, data, files, name):
        return ", ".join(data.getlist(name))


class EntriesField(EntryField):
    """Several entries, apart by commas or repeated in the address."""

    widget = RepeatedInput

    @property
    def schema(self) -> Schema:
        return rows(super().schema)

    def clean(self, value: str | None) -> list:
        text = forms.CharField.clean(self, value)
        return [self.find(part) for part in map(str.strip, text.split(",")) if part]


class DepthField(forms.CharField):
    """How many steps from the model: a number, or None for “all”."""

    schema: ClassVar = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": FARTHEST}, {"enum": ["all", ""]}]}

    def clean(self, value: str | None) -> int | None:
        text = super().clean(value) or str(self.initial)
        if text == "all":
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= FARTHEST):
            raise ValidationError(f"Write a number of steps from 1 to {FARTHEST}, or “all”.")
        return int(text)


class Direction(TextChoices):
    BOTH = "both", "both"
    ANCESTORS = "ancestors", "what it was made from"
    DESCENDANTS = "descendants", "what was made from it"


class LineageForm(forms.Form):
    """One model's lineage, or what two models have to do with each other (`from`, `to`), or all of the graph."""

    model = EntryField(AIModel.objects, label="Model")
    direction = forms.ChoiceField(required=False, label="Direction", choices=Direction)
    depth = DepthField(required=False, label="Steps", initial=DEPTH, max_length=20)
    organization = EntriesField(Organization.objects, label="Organization")
    family = EntriesField(Family.objects, aliases=False, label="Family")
    released_after = PartialDateField(required=False, label="Released from")
    released_before = PartialDateField(required=False, label="Released until")
    as_of = DayField(required=False, label="As of")
    kind = forms.MultipleChoiceField(
        required=False, label="Made how", choices=DerivationKind, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data):
        super().__init__(data)
        for name, label in (("from", "How is"), ("to", "related to")):
            self.fields[name] = EntryField(AIModel.objects, label=label)
        self.fields["depth"].widget.attrs["placeholder"] = f"{DEPTH}, or “all”"
        for name in ("direction", "kind"):
            self.fields[name].error_messages["invalid_choice"] = "“%(value)s” is not a value to choose from."

    def clean(self):
        for name, other in (("from", "to"), ("to", "from")):
            if self.cleaned_data.get(name) and not self.data.get(other):
                self.add_error(other, "Name the other model, too.")

    @property
    def asked(self) -> str:
        """What the address asks for: “relation”, “model” or “all”."""
        said = {name for name in ("from", "to", "model") if self.data.get(name, "").strip()}
        return "relation" if said & {"from", "to"} else "model" if said else "all"

    @property
    def derivations(self) -> DerivationQuerySet:
        """The edges of the kinds that are asked for; in all of the graph, those whose child the filters let through."""
        value = self.cleaned_data.get
        edges = Derivation.objects.all()
        if value("kind"):
            edges = edges.filter(kind__in=value("kind"))
        if self.asked != "all":
            return edges
        if value("organization"):
            edges = edges.filter(child__in=AIModel.objects.filter(organizations__in=value("organization")))
        if value("family"):
            edges = edges.filter(child__family__in=value("family"))
        if value("released_after"):
            edges = edges.filter(child__released__gte=value("released_after")[0])
        if value("released_before"):
            edges = edges.filter(child__released__lte=last_day(*value("released_before")))
        return edges

    def offers(self, name: str) -> list[tuple[Entry, str]]:
        """The entries that may be meant by what was typed into a field, each with the query that asks for it."""
        offers = []
        for error in self.errors.as_data().get(name, ()):
            for entry in getattr(error, "choices", ()):
                query = self.data.copy()
                query[name] = entry.slug
                offers.append((entry, query.urlencode()))
        return offers
