from collections import defaultdict

import taggit.admin
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import Script

from catalog import rules, waiting
from catalog.completeness import completeness, with_completeness
from catalog.evidence import ABSENT
from catalog.figures import FIGURE
from catalog.models import (
    AIModel,
    Citation,
    Derivation,
    Family,
    Innovation,
    Link,
    Milestone,
    Modality,
    ModelPaper,
    Score,
    Tag,
    TaggedModel,
)
from core.admin import PartBlocks, PartInline
from core.forms import EntryForm, PartFormSet, RecordForm
from core.models import Status
from editorial.entry_admin import PUBLICATION, EntryAdmin
from editorial.record_admin import PartList, RecordAdmin

# taggit brings an admin for tags of its own, which nothing here uses.
admin.site.unregister(taggit.admin.Tag)


def _names(way: list[int]) -> list[str]:
    names = dict(AIModel.objects.filter(pk__in=way).values_list("pk", "name"))
    return [names[pk] for pk in way]


class AIModelForm(EntryForm):
    class Media:
        js = [Script("js/cite.js", type="module")]

    def clean_predecessor(self):
        predecessor = self.cleaned_data["predecessor"]
        if predecessor and self.instance.pk:
            line = AIModel.objects.exclude(predecessor=None).values_list("pk", "predecessor")
            way = rules.circle({pk: [before] for pk, before in line}, self.instance.pk, predecessor.pk)
            if way:
                raise ValidationError(rules.closes_circle(_names([self.instance.pk, *way])))
        return predecessor

    def clean_variant_of(self):
        original = self.cleaned_data["variant_of"]
        if original:
            has_variants = self.instance.pk is not None and self.instance.variants.exists()
            if problem := rules.variant_of_variant(original, has_variants):
                raise ValidationError(problem)
        return original


class ScoreForm(RecordForm):
    def clean(self):
        super().clean()
        value, benchmark = (self.cleaned_data.get(name) for name in ("value", "benchmark"))
        if benchmark and value is not None and (problem := rules.off_scale(value, benchmark)):
            self.add_error("value", problem)


class DerivationFormSet(PartFormSet):
    def clean(self):
        super().clean()
        edges = [form for form in self.kept if form.instance.kind in rules.WEIGHT_CARRYING and form.instance.parent_id]
        if not edges or not self.instance.pk:
            return
        parents = defaultdict(list)
        others = Derivation.objects.filter(kind__in=rules.WEIGHT_CARRYING).exclude(parent=None)
        for child, parent in others.exclude(child=self.instance).values_list("child", "parent"):
            parents[child].append(parent)
        for form in edges:
            if way := rules.circle(parents, self.instance.pk, form.instance.parent_id):
                form.add_error("parent", rules.closes_circle(_names([self.instance.pk, *way])))


class CitationForm(RecordForm):
    beside = {"catalog_citation_has_source": "source"}

    def clean(self):
        super().clean()
        said = self.cleaned_data
        if "field" in said and "value" in said and said.get("basis") not in ABSENT:
            try:
                said["value"] = rules.cited_value(FIGURE[said["field"]], said["value"], said.get("stated", ""))
            except ValueError as error:
                self.add_error("value", str(error))


class CitationFormSet(PartFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = self.kept
        for form in kept:
            if problem := rules.shown_elsewise(self.instance, form.instance):
                form.add_error("shown", problem)
        if self.instance.status == Status.PUBLISHED:
            missing = rules.uncited_figures(self.instance, [form.instance for form in kept])
            if missing:
                raise ValidationError([rules.uncited(figure) for figure in missing])


class MilestoneInline(PartInline):
    model = Milestone
    fields = ["order", "text", "date", "date_precision", "source"]


class ScoreInline(PartBlocks):
    model = Score
    form = ScoreForm
    fields = [
        ("order", "headline"),
        ("benchmark", "value", "standard_error"),
        "setting",
        ("measured_by", "measured_on"),
        ("source", "locator"),
        "note",
    ]


class InnovationInline(PartInline):
    model = Innovation
    fields = ["order", "term", "note"]


class DerivationInline(PartInline):
    model = Derivation
    formset = DerivationFormSet
    fk_name = "child"
    fields = ["kind", "parent", "parent_name", "source", "note"]


class ModelPaperInline(PartInline):
    model = ModelPaper
    fields = ["order", "paper", "featured"]


class LinkInline(PartInline):
    model = Link
    fields = ["order", "kind", "url"]


class CitationInline(PartBlocks):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fields = [
        ("field", "basis", "shown"),
        ("stated", "value", "confidence"),
        ("source", "locator"),
        "note",
    ]


@admin.register(AIModel)
class AIModelAdmin(EntryAdmin):
    form = AIModelForm
    list_display = ["name", "family", "released", "openness", "lifecycle", "complete", "status", "updated_at"]
    list_select_related = ["family"]
    list_filter = ["status", "lifecycle", "openness", "architecture"]
    search_fields = ["name", "aliases", "slug"]
    date_hierarchy = "released"
    inlines = [
        MilestoneInline,
        ScoreInline,
        InnovationInline,
        DerivationInline,
        ModelPaperInline,
        LinkInline,
        CitationInline,
    ]
    fieldsets = [
        (
            "Model",
            {
                "description": "The head of the page: name, makers, date and badges.",
                "fields": [
                    "name",
                    "slug",
                    "aliases",
                    "organizations",
                    ("released", "released_precision"),
                    ("lifecycle", "lifecycle_date"),
                    ("openness", "architecture"),
                    "licence",
                    "input_modalities",
                    "output_modalities",
                    "tags",
                ],
            },
        ),
        (
            "Figures",
            {
                "description": "What the page shows. Each needs a citation below before the entry is published; "
                "sizes may be typed as 671B or 128K.",
                "fields": [
                    ("parameters_total", "parameters_active"),
                    ("context_window", "max_output"),
                    ("knowledge_cutoff", "knowledge_cutoff_precision"),
                    ("training_tokens", "training_compute"),
                    ("training_cost", "training_cost_year"),
                    "training_hardware",
                ],
            },
        ),
        (
            "Prose",
            {
                "description": "What it is and why it matters, in the encyclopedia's own words.",
                "fields": ["summary", "why_it_matters", "description"],
            },
        ),
        (
            "Version line",
            {
                "description": "Its place among its makers' models. What it was technically made from is a derivation.",
                "fields": [("family", "line_label"), "predecessor", "variant_of"],
            },
        ),
        ("Upkeep", {"description": "How fresh the entry is.", "fields": ["checked_on"]}),
        PUBLICATION,
    ]

    def changelist_view(self, request, extra_context=None):
        page = super().changelist_view(request, extra_context)
        # Of the rows of this page alone, where it is one.
        if listed := (getattr(page, "context_data", None) or {}).get("cl"):
            rows = with_completeness(AIModel.objects.all()).in_bulk([row.pk for row in listed.result_list])
            for row in listed.result_list:
                # Deleted between the two queries, it is not among them.
                row.completeness = completeness(rows[row.pk]) if row.pk in rows else None
        return page

    @admin.display(description="Complete")
    def complete(self, model):
        return model.completeness and f"{model.completeness.percent}%"

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or {"name", "aliases"} & set(form.changed_data):
            for edge in waiting.link(form.instance, request.user):
                self.message_user(request, f"{edge} waited for this entry, and is linked to it now.")


@admin.register(Family)
class FamilyAdmin(EntryAdmin):
    list_display = ["name", "organization", "status", "updated_at"]
    list_select_related = ["organization"]
    fieldsets = [
        ("Family", {"description": "The line and its maker.", "fields": ["name", "slug", "organization", "summary"]}),
        PUBLICATION,
    ]


@admin.register(Modality)
class ModalityAdmin(RecordAdmin):
    form = EntryForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    fieldsets = [("Modality", {"description": "A badge and a filter.", "fields": ["name", "slug"]})]


class TaggedModelInline(PartInline):
    model = TaggedModel
    fields = ["content_object"]
    verbose_name = "model"
    verbose_name_plural = "models with this tag"


@admin.register(Tag)
class TagAdmin(RecordAdmin):
    form = EntryForm
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fieldsets = [("Tag", {"description": "A keyword and its address.", "fields": ["name", "slug"]})]
    inlines = [TaggedModelInline]


@admin.register(Score)
class ScoreList(PartList):
    list_display = ["model", "benchmark", "value", "setting", "measured_by", "source"]
    list_select_related = ["model", "benchmark", "source"]
    list_filter = ["measured_by", "headline"]
    search_fields = ["model__name", "benchmark__name", "source__name", "setting"]
    date_hierarchy = "measured_on"


@admin.register(Derivation)
class DerivationList(PartList):
    list_display = ["child", "kind", "parent_name", "parent", "source"]
    list_select_related = ["child", "parent", "source"]
    list_filter = ["kind", ("parent", admin.EmptyFieldListFilter)]
    search_fields = ["child__name", "parent__name", "parent_name", "source__name"]


@admin.register(Citation)
class CitationList(PartList):
    list_display = ["model", "field", "stated", "basis", "confidence", "shown", "source"]
    list_select_related = ["model", "source"]
    list_filter = ["field", "basis", "confidence", "shown"]
    search_fields = ["model__name", "stated", "source__name", "note"]
