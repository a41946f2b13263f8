"""Two entries that are made one in the real admin, and what points at them."""

from django.apps import apps
from django.urls import reverse

from catalog.models import AIModel, Family
from core.models import Record
from editorial.models import ReadingStep, Redirect
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests.factories import (
    make_benchmark,
    make_citation,
    make_derivation,
    make_family,
    make_innovation,
    make_link,
    make_milestone,
    make_modality,
    make_model,
    make_model_paper,
    make_organization,
    make_paper,
    make_score,
    make_source,
    make_tag,
    make_tagged_model,
    make_term,
)
from tests.forms import send

MAKERS = {
    Term: make_term,
    Organization: make_organization,
    Source: make_source,
    Paper: make_paper,
    Benchmark: make_benchmark,
    Family: make_family,
    AIModel: make_model,
}


def pair(kind, **fields):
    """The one that stays and the one that goes."""
    return MAKERS[kind](name="Stays", slug="stays"), MAKERS[kind](name="Goes", slug="goes", **fields)


def address(stays, goes):
    page = reverse(f"admin:{stays._meta.app_label}_{stays._meta.model_name}_merge")
    return f"{page}?stays={stays.pk}&goes={goes.pk}"


def merge(client, stays, goes, **values):
    """Open the page, choose, and confirm."""
    page = client.get(address(stays, goes))
    chosen = {one.name: one.choice.value for one in page.context["choices"]}
    return send(client, address(stays, goes), reason="The same", **chosen | values)


def choice(page, heading):
    """The name of the choice under this heading."""
    return next(one.name for one in page.context["choices"] if one.label == heading)


def undo(client, change, **values):
    page = reverse("admin:editorial_change_change", args=[change.pk])
    assert "Undo this merge" in client.get(page).text
    return client.post(reverse("admin:editorial_change_undo", args=[change.pk]), values, follow=True)


def columns_to(kind):
    """Every column of every table that refers to the kind, links between tables included."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__name__.startswith("Historical"):
            for column in model._meta.concrete_fields:
                if column.is_relation and column.related_model is kind:
                    yield column


def pointing(kind, number):
    """How many rows refer to the entry by each column."""
    rows = {column: column.model._base_manager.filter(**{column.attname: number}) for column in columns_to(kind)}
    return {f"{column.model._meta.label}.{column.name}": found.count() for column, found in rows.items()}


def collection():
    """All that there is, history aside; links between tables without their numbers."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        linking = model._meta.auto_created and issubclass(model._meta.auto_created, Record)
        if (issubclass(model, Record) or linking or model is Redirect) and not model.__name__.startswith("Historical"):
            names = [column.attname for column in model._meta.concrete_fields if not (linking and column.primary_key)]
            rows[model._meta.label] = sorted(model._base_manager.values_list(*names), key=repr)
    return rows


def surround(kind, goes):
    """Let something point at the entry by every relation that there is."""
    other = MAKERS[kind](name="Other")
    ReadingStep.objects.create(order=1, address=goes.get_absolute_url(), why="To begin with.")
    model = make_model(name="Pointing")
    if kind is Term:
        make_innovation(model=model, term=goes)
        make_paper(introduces=[goes])
        other.see_also.add(goes)
        goes.see_also.add(other)
    elif kind is Organization:
        make_family(organization=goes)
        make_paper(organizations=[goes, other])
        model.organizations.add(goes)
        Organization.objects.filter(pk=other.pk).update(parent=goes)
    elif kind is Source:
        make_paper(source=goes)
        make_milestone(model=model, source=goes)
        make_score(model=model, source=goes)
        make_citation(model=model, source=goes)
        make_derivation(child=model, source=goes)
        AIModel.objects.filter(pk=model.pk).update(description="It is [@goes, Table 6] so[@goes]; not [@goes-on].")
    elif kind is Paper:
        make_model_paper(model=model, paper=goes)
        make_benchmark(paper=goes)
        goes.organizations.add(make_organization())
        goes.introduces.add(make_term())
    elif kind is Benchmark:
        make_score(model=model, benchmark=goes)
        Benchmark.objects.filter(pk=other.pk).update(parent=goes)
    elif kind is Family:
        AIModel.objects.filter(pk=model.pk).update(family=goes)
    elif kind is AIModel:
        AIModel.objects.filter(pk=model.pk).update(predecessor=goes)
        AIModel.objects.filter(pk=other.pk).update(variant_of=goes)
        make_derivation(child=model, parent=goes, parent_name="Goes 1.0")
        make_derivation(child=goes, parent=make_model(name="Ancestor"))
        make_milestone(model=goes, text="Announced")
        make_innovation(model=goes, term=make_term())
        make_model_paper(model=goes, paper=make_paper())
        make_link(model=goes)
        make_score(model=goes)
        make_citation(model=goes, field="parameters_total", stated="7B", value="7000000000")
        make_tagged_model(content_object=goes, tag=make_tag())
        goes.organizations.add(make_organization())
        goes.input_modalities.add(make_modality(name="text"))
        goes.output_modalities.add(make_modality(name="speech"))
    return other
