import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.constraints import at_most, together
from core.forms import SizeInput, fields_of
from core.models import Entry
from editorial.entry_admin import EntryAdmin
from glossary.models import Term
from tests.factories import make_benchmark, make_editor, make_organization, make_paper, make_source, make_term
from tests.forms import send

ADD_TERM = "/admin/glossary/term/add/"


@pytest.fixture
def editor(db):
    return make_editor()


@pytest.fixture
def admin_client(client, editor):
    client.force_login(editor)
    return client


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (671_000_000_000, "671B"),
        (128_000, "128K"),
        (131_072, "131,072"),
        (7_241_732_096, "7,241,732,096"),
        (0, "0"),
        (-5, "-5"),
        (None, None),
    ],
)
def test_size_input_shows_a_short_form_only_where_it_is_exact(size, text):
    assert SizeInput().prepare_value(size) == text


def test_size_input_keeps_what_was_typed_and_sees_no_change_in_it():
    field = SizeInput(required=False)

    assert field.prepare_value("banana") == "banana"
    assert field.clean("128K") == 128_000
    assert not field.has_changed(128_000, "128K")
    assert field.has_changed(128_000, "131,072")
    assert not field.has_changed(None, "")


@pytest.mark.parametrize(
    ("constraint", "field"),
    [
        (at_most("active", "total"), "active"),
        (together("date", "precision"), "precision"),
        (CheckConstraint(condition=Q(low=None) | Q(low__lt=F("high")), name="a"), "low"),
        (UniqueConstraint(fields=["model", "text"], name="b"), "text"),
        (UniqueConstraint(fields=["model", "field"], condition=Q(shown=True), name="c"), "shown"),
        (UniqueConstraint("model", Coalesce("source", 0), "stated", name="d"), "stated"),
    ],
)
def test_the_field_of_a_constraint_is_the_one_it_tests_last(constraint, field):
    assert fields_of(constraint)[-1] == field


def test_every_model_has_a_place_in_the_admin():
    from django.apps import apps

    places = {*admin.site._registry}
    for model_admin in admin.site._registry.values():
        places |= {inline.model for inline in model_admin.inlines}
    models = [model for app in ("glossary", "research", "catalog") for model in apps.get_app_config(app).get_models()]
    kept = [model for model in models if not model.__name__.startswith("Historical")]

    assert len(kept) == 17
    assert [model for model in kept if model not in places] == []


def test_every_entry_has_the_entry_admin_and_fieldsets_that_say_what_they_hold():
    entries = {model: found for model, found in admin.site._registry.items() if issubclass(model, Entry)}

    assert len(entries) == 7
    for model, model_admin in entries.items():
        assert isinstance(model_admin, EntryAdmin), model
        assert all(options["description"] for _, options in model_admin.fieldsets), model
        assert model_admin.fieldsets[-1][0] == "Publication", model
        shown = {name for _, options in model_admin.fieldsets for row in options["fields"] for name in _row(row)}
        editable = {f.name for f in model._meta.get_fields() if f.concrete and getattr(f, "editable", False)}
        assert editable - shown <= {"id", "papers"}, model


def _row(row):
    return [row] if isinstance(row, str) else row


def test_every_relation_in_a_form_completes_itself(rf, editor):
    request = rf.get("/")
    request.user = editor
    fields = []
    for model_admin in admin.site._registry.values():
        if model_admin.opts.app_label in ("glossary", "research", "catalog"):
            forms = [model_admin.get_form(request)]
            forms += [inline.get_formset(request).form for inline in model_admin.get_inline_instances(request)]
            fields += [(form, f) for form in forms for f in form.base_fields.values() if hasattr(f, "queryset")]

    assert len(fields) == 31
    for form, field in fields:
        assert isinstance(field.widget.widget, AutocompleteMixin), (form, field.label)


def _term(**values):
    return {"name": "MoE+", "definition": "Experts.", **values}


def test_an_empty_slug_is_made_from_the_name(admin_client):
    admin_client.post(ADD_TERM, _term())

    assert Term.objects.get().slug == "moe-plus"


def test_a_typed_slug_stays(admin_client):
    admin_client.post(ADD_TERM, _term(slug="experts"))

    assert Term.objects.get().slug == "experts"


def test_a_long_name_makes_a_slug_that_fits(admin_client):
    admin_client.post(ADD_TERM, _term(name="a" * 119 + " " + "b" * 30))

    assert Term.objects.get().slug == "a" * 119


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"name": "Taken"}, "slug", "This address is taken: choose another one."),
        ({"name": "文心"}, "slug", "No address can be made from this name: type one."),
        ({"slug": "GPT-4.1"}, "slug", "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
        ({"name": ""}, "name", "This field is required."),
        ({"name": "a\0b"}, "name", "Null characters are not allowed."),
        ({"slug": "a\0b"}, "slug", "Null characters are not allowed."),
        ({"article": "a\0b"}, "article", "Null characters are not allowed."),
        ({"publish_at_0": "2025\0", "publish_at_1": "x"}, "publish_at", "Enter a valid date."),
        ({"see_also": ["\0"]}, "see_also", "Null characters are not allowed."),
        ({"see_also": ["banana"]}, "see_also", "“banana” is not a valid value."),
    ],
)
def test_a_message_stands_beside_its_field(admin_client, values, field, message):
    make_term(name="Taken")

    response = admin_client.post(ADD_TERM, _term(**values))

    assert message in response.context["adminform"].form.errors[field]
    assert Term.objects.count() == 1


def test_saving_moves_the_time_of_the_last_change(admin_client):
    term = make_term()

    send(admin_client, f"/admin/glossary/term/{term.pk}/change/")

    assert Term.objects.get().updated_at > term.updated_at
    assert Term.objects.get().created_at == term.created_at


def test_a_published_entry_links_to_its_page_and_a_draft_does_not(admin_client):
    public, draft = make_term(name="Public"), make_term(name="Draft", status="draft")

    pages = [admin_client.get(f"/admin/glossary/term/{term.pk}/change/").text for term in (public, draft)]

    assert [f'href="{term.get_absolute_url()}"' in page for term, page in zip((public, draft), pages, strict=True)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("make", "values", "field", "message"),
    [
        (
            make_source,
            {"published": "2024-12-26"},
            "published_precision",
            "Published and published precision are given",
        ),
        (make_paper, {"arxiv_id": "2412.19437"}, "arxiv_id", "Another paper has this arXiv id."),
        (make_benchmark, {"scale_min": "5", "scale_max": "1"}, "scale_min", "The lowest score of the scale must be"),
        (make_organization, {"country": "cn"}, "country", "Two capital letters, as in ISO 3166-1"),
    ],
)
def test_a_rule_of_the_database_speaks_beside_its_field(admin_client, make, values, field, message):
    if make is make_paper:
        make_paper(**values)
    entry = make()
    url = reverse(f"admin:research_{entry._meta.model_name}_change", args=[entry.pk])

    response = send(admin_client, url, **values)

    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert message in errors[field][0]


@pytest.mark.parametrize("make", [make_term, make_organization, make_source, make_paper, make_benchmark])
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(admin_client, django_assert_num_queries, make):
    model = type(make())._meta
    url = reverse(f"admin:{model.app_label}_{model.model_name}_changelist")
    # Session, user, two counts, the rows, whether some are deleted; where there is a date, its range and its steps.
    queries = 8 if model.model_name in ("source", "paper") else 6
    with django_assert_num_queries(queries):
        admin_client.get(url)
    for _ in range(2):
        make(parent=make()) if make in (make_organization, make_benchmark) else make()

    with django_assert_num_queries(queries):
        response = admin_client.get(url)

    assert response.context["cl"].result_count >= 3


@pytest.mark.parametrize("query", ["q=%00", "status__exact=%00", "name__exact=%00"])
def test_a_list_refuses_null_characters_with_a_message(admin_client, query):
    make_term()

    page = admin_client.get(f"/admin/glossary/term/?{query}", follow=True)

    assert [str(message) for message in page.context["messages"]] == ["Null characters are not allowed."]


@pytest.mark.parametrize("term", ["a " * 1500, "\0", "\0\0a"])
def test_no_search_is_too_much(admin_client, term):
    """On every list, and wherever one chooses from it."""
    asked = []
    for kind, listed in admin.site._registry.items():
        if listed.search_fields:
            address = f"/admin/{kind._meta.app_label}/{kind._meta.model_name}/"
            asked.append((address, admin_client.get(address, {"q": term}, follow=True).status_code))
    chosen = {"app_label": "catalog", "model_name": "aimodel", "field_name": "family", "term": term}
    found = admin_client.get("/admin/autocomplete/", chosen)

    assert {status for _, status in asked} == {200}
    assert len(asked) > 15
    assert (found.status_code, found.json()["results"]) == (200, [])


@pytest.mark.parametrize("address", ["banana/history/", "banana/history/1/", "1/history/banana/", "banana/change/"])
def test_an_address_without_a_row_is_not_an_error_of_ours(admin_client, address):
    response = admin_client.get(f"/admin/glossary/term/{address}")

    assert response.status_code == (302 if "change" in address else 404)


def test_a_number_that_no_row_can_have_is_no_choice(admin_client):
    term = make_term()
    url = reverse("admin:glossary_term_change", args=[term.pk])

    response = send(admin_client, url, see_also=["9" * 30])

    assert list(response.context["adminform"].form.errors) == ["see_also"]


def test_paste_of_five_megabytes_is_refused_beside_its_field_and_shown_again(admin_client):
    pasted = "<script>alert(1)</script>" + "x" * 5_000_000

    response = admin_client.post(ADD_TERM, _term(article=pasted))

    errors = response.context["adminform"].form.errors
    assert errors["article"] == ["Ensure this value has at most 100000 characters (it has 5000025)."]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;xxx" in response.text
    assert "<script>alert(1)" not in response.text
    assert response.text.count("x") >= 5_000_000
    assert not Term.objects.exists()


def test_form_with_thousands_of_fields_is_read(admin_client):
    assert admin_client.post(ADD_TERM, _term(**{f"field{number}": "" for number in range(5000)})).status_code == 302
