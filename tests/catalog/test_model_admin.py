"""A model in the admin: saved, listed, searched, deleted, remembered."""

import datetime
import re

import html5lib
import pytest
from django.urls import reverse

from catalog.figures import FIGURES
from catalog.models import AIModel, Citation, Milestone, Tag, TaggedModel
from tests.catalog.model_form import ADD, PARTS, QUERIES_OF_A_FORM, change, save, typed
from tests.factories import (
    make_citation,
    make_derivation,
    make_editor,
    make_family,
    make_modality,
    make_model,
    make_organization,
    make_score,
    make_source,
    make_tag,
    make_tagged_model,
)


@pytest.fixture
def browser(client, db):
    client.force_login(make_editor())
    return client


def test_a_form_saved_untouched_changes_nothing(browser):
    family, paper_model = make_family(), make_model(name="DeepSeek V2")
    model = make_model(
        name="DeepSeek V3",
        family=family,
        predecessor=paper_model,
        organizations=[make_organization()],
        input_modalities=[make_modality()],
        tags=["fp8", "moe training"],
        parameters_total=671_000_000_000,
        context_window=131_072,
        released=datetime.date(2024, 12, 26),
        released_precision="day",
        training_compute=3.3e24,
    )
    for field, value in {
        "parameters_total": "671000000000",
        "context_window": "131072",
        "released": "2024-12-26",
        "training_compute": "3.3e24",
    }.items():
        make_citation(model=model, field=field, stated="so", value=value)
    for make in PARTS[:3]:
        make(model=model)
    make_derivation(child=model, parent=paper_model)
    before = _snapshot(model)

    response = save(browser, model)

    assert response.status_code == 302
    assert _snapshot(model) == before


def _snapshot(model):
    values = AIModel.objects.filter(pk=model.pk).values().get()
    values.pop("updated_at")
    parts = [
        list(getattr(model, name).order_by("pk").values())
        for name in ("milestones", "scores", "innovations", "derivations", "citations")
    ]
    return values, parts, sorted(model.tags.names()), list(model.organizations.values_list("pk"))


def test_sizes_are_typed_as_people_write_them_and_shown_exactly(browser):
    model = make_model(status="draft")

    save(browser, model, parameters_total="671B", context_window="131,072")

    model.refresh_from_db()
    assert (model.parameters_total, model.context_window) == (671_000_000_000, 131_072)
    form = typed(browser.get(change(model)))
    assert (form["parameters_total"], form["context_window"]) == ("671B", "131,072")


def test_a_new_model_gets_its_slug_tags_and_parts_in_one_go(browser):
    source = make_source()
    milestone = ("milestones", {"order": 1, "text": "First of its kind"})
    citation = ("citations", {"field": "parameters_total", "basis": "disclosed", "stated": "671B", "source": source.pk})

    save(
        browser,
        None,
        [milestone, citation],
        name="Command R+",
        tags="fp8, moe",
        parameters_total="671B",
        _step_publish_alone=None,
    )

    model = AIModel.objects.get()
    assert model.slug == "command-r-plus"
    assert sorted(model.tags.names()) == ["fp8", "moe"]
    assert model.milestones.get().text == "First of its kind"
    assert model.citations.get().value == "671000000000"


def _fill(model, rows):
    for _ in range(rows):
        for make in PARTS:
            make(**{"child" if make is make_derivation else "model": model})
        make_derivation(child=model, parent=make_model())


def test_the_form_asks_the_database_as_often_for_three_rows_as_for_one(browser, django_assert_num_queries):
    model = make_model(
        organizations=[make_organization()], input_modalities=[make_modality()], tags=["fp8"], family=make_family()
    )
    _fill(model, 1)
    with django_assert_num_queries(QUERIES_OF_A_FORM):
        browser.get(change(model))
    _fill(model, 2)

    with django_assert_num_queries(QUERIES_OF_A_FORM):
        page = browser.get(change(model))

    assert [len(inline.formset.forms) for inline in page.context["inline_admin_formsets"]] == [3, 3, 3, 6, 3, 3, 3]


@pytest.mark.parametrize(
    ("kind", "queries", "make"),
    [
        ("aimodel", 9, lambda: make_model(family=make_family())),
        ("family", 6, lambda: make_family(organization=make_organization())),
        ("modality", 6, make_modality),
        ("tag", 6, make_tag),
        ("score", 7, make_score),
        ("derivation", 5, lambda: make_derivation(parent=make_model())),
        ("citation", 5, make_citation),
    ],
)
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    browser, django_assert_num_queries, kind, queries, make
):
    url = reverse(f"admin:catalog_{kind}_changelist")
    make()
    with django_assert_num_queries(queries):
        browser.get(url)
    make(), make()

    with django_assert_num_queries(queries):
        page = browser.get(url)

    assert page.context["cl"].result_count >= 3


@pytest.mark.parametrize("kind", ["aimodel", "family", "modality", "tag", "score", "derivation", "citation"])
def test_every_list_can_be_searched(browser, kind):
    make_score(), make_derivation(), make_citation(), make_family(), make_modality(), make_tagged_model()

    page = browser.get(reverse(f"admin:catalog_{kind}_changelist"), {"q": "zzz"})

    assert page.context["cl"].result_count == 0
    assert page.context["cl"].full_result_count > 0


@pytest.mark.parametrize("make", [make_score, make_derivation, make_citation])
def test_a_part_on_its_own_is_read_only_and_leads_to_its_model(browser, make):
    part = make()
    model = getattr(part, "model", None) or part.child
    url = reverse(f"admin:catalog_{part._meta.model_name}_change", args=[part.pk])

    page = browser.get(url)

    assert change(model) in page.text
    assert 'name="_save"' not in page.text
    assert "deletelink" not in page.text
    assert browser.post(url, {}).status_code == 403
    assert browser.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert type(part).objects.filter(pk=part.pk).exists()


def test_a_model_is_deleted_with_its_parts(browser):
    citation = make_citation()

    browser.post(reverse("admin:catalog_aimodel_delete", args=[citation.model.pk]), {"post": "yes"})

    assert not AIModel.objects.exists()
    assert not Citation.objects.exists()


def test_what_others_rest_on_is_not_deleted(browser):
    citation = make_citation()

    page = browser.post(reverse("admin:research_source_delete", args=[citation.source.pk]), {"post": "yes"})

    assert "Cannot delete source" in page.text
    assert Citation.objects.exists()


def test_history_tells_who_changed_a_model_and_its_parts_and_tags(browser):
    model = make_model(name="Before", status="draft")
    maker = make_organization(name="DeepSeek")
    save(
        browser,
        model,
        [("milestones", {"order": 1, "text": "New"})],
        name="After",
        tags="fp8",
        organizations=[maker.pk],
    )
    url = reverse("admin:catalog_aimodel_history", args=[model.pk])

    page = browser.get(url).text

    assert ("Before" in page, "After" in page, "DeepSeek" in page, "fp8" in page) == (True, True, True, True)
    user = model.history.latest().history_user
    assert user.username.startswith("editor")
    assert Milestone.history.get().history_user == user
    assert TaggedModel.history.get().history_user == user


def test_a_tag_lists_the_models_that_carry_it(browser):
    tagged = make_tagged_model()

    page = browser.get(reverse("admin:catalog_tag_change", args=[tagged.tag.pk]))

    assert typed(page)["tagged_models-0-content_object"] == [str(tagged.content_object.pk)]
    assert Tag.objects.get().slug in page.text


@pytest.mark.parametrize("field", ["family", "predecessor", "organizations", "input_modalities"])
def test_relations_complete_themselves(browser, field):
    make_family(name="Deep one"), make_model(name="Deep one"), make_organization(name="Deep one")
    make_modality(name="Deep one")
    query = {"app_label": "catalog", "model_name": "aimodel", "field_name": field, "term": "deep"}

    found = browser.get("/admin/autocomplete/", query).json()["results"]

    assert [row["text"] for row in found] == ["Deep one"]


def test_the_admin_keeps_the_content_security_policy(browser):
    score = make_score()
    pages = [
        browser.get(url)
        for url in (
            "/admin/",
            "/admin/catalog/aimodel/",
            change(score.model),
            reverse("admin:catalog_score_change", args=[score.pk]),
            reverse("admin:catalog_aimodel_history", args=[score.model.pk]),
            reverse("admin:catalog_aimodel_history", args=[score.model.pk]) + f"{score.model.history.get().pk}/",
        )
    ]

    for page in pages:
        tree = html5lib.parse(page.text, namespaceHTMLElements=False)
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert list(tree.iter("style")) == []
        assert [
            script
            for script in tree.iter("script")
            if "src" not in script.attrib and script.get("type") != "application/json"
        ] == []
        assert [
            element.tag
            for element in tree.iter()
            if re.search(r"\bon[a-z]+=|style=", " ".join(f"{a}=" for a in element.attrib))
        ] == []


def test_the_form_of_a_model_alone_brings_what_cites_its_figures(browser):
    script = '<script src="/static/js/cite.js" type="module">'

    forms = [browser.get(address).text for address in (change(make_model()), ADD)]

    # The figures are the choices of a new citation, and each has its field.
    for page in forms:
        form = html5lib.parse(page, namespaceHTMLElements=False)
        chosen = form.findall(".//select[@id='id_citations-__prefix__-field']/option")
        figures = [option.get("value") for option in chosen if option.get("value")]
        assert figures == [figure.field for figure in FIGURES]
        assert {f"id_{field}" for field in figures} <= {field.get("id") for field in form.iter("input")}
        assert script in page
    for address in ("/admin/catalog/aimodel/", "/admin/catalog/family/add/"):
        assert script not in browser.get(address).text
