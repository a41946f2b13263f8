"""What is selected in a list comes out as a file, and the file goes in again and changes nothing."""

import io
import json
from itertools import cycle

import openpyxl
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from catalog.models import AIModel, Citation, Derivation, Family, Modality, Score, Tag
from core.documents import documents, parts
from editorial.models import Change, Proposal, ReadingStep
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests import factories as make
from tests.editorial.desk import member
from tests.editorial.lists import choose, list_of, offered, press
from tests.starter import family_files

FORMATS = ["csv", "xlsx", "json", "yaml"]
UPLOAD = "/admin/editorial/proposal/upload/"
KINDS = [AIModel, Family, Term, Organization, Source, Paper, Benchmark, Tag, Modality, Score, Citation, Derivation]


@pytest.fixture
def client(db):
    return member("Administrator")


def export(client, rows, format="json", *, whole=False, **values):
    values |= {"parts": "on"} if whole else {}
    return choose(client, "export_selected", rows, format=format, **values)


def content(response):
    assert response.headers["Content-Disposition"].startswith("attachment; filename="), response.text
    return response.getvalue()


def upload(client, name, content):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})


def said(page):
    return [str(message) for message in page.context["messages"]]


def test_page_asks_for_the_format_and_remembers_what_was_selected(client):
    rows = [make.make_model(), make.make_model()]

    page = choose(client, "export_selected", rows)
    response = press(client, page, list_of(AIModel), format="json", _selected_action=[row.pk for row in rows])

    assert "2 selected models." in page.text
    assert [record["fields"]["slug"] for record in json.loads(content(response))] == [row.slug for row in rows]
    assert response.headers["Content-Disposition"].endswith('.json"')


# Each kind in one format, the one with the most parts in all: the whole collection goes through tables elsewhere.
@pytest.mark.parametrize(
    ("model", "format"),
    [*zip(KINDS, cycle(FORMATS), strict=False), *((AIModel, name) for name in FORMATS[1:])],
)
def test_export_of_every_kind_goes_in_again_and_changes_nothing(client, model, format):
    call_command("import_records", *family_files(), verbosity=0)
    rows, whole = list(model.objects.all()), format != "csv" and any(parts(model))
    assert rows
    changes = Change.objects.count()

    response = export(client, rows, format, whole=whole)
    page = upload(client, response.filename, content(response))

    assert page.context["form"].errors == {}
    assert said(page) == ["The file changes nothing that does not wait already."]
    assert (Proposal.objects.count(), Change.objects.count()) == (0, changes)


def test_whole_entry_comes_along_with_its_parts(client):
    model = make.make_model()
    make.make_citation(model=model), make.make_link(model=model)
    make.make_citation()

    text = json.loads(content(export(client, [model], whole=True)))
    book = openpyxl.load_workbook(io.BytesIO(content(export(client, [model], "xlsx", whole=True))))

    assert text == documents([model])[model.pk]
    assert {sheet.title: sheet.max_row - 1 for sheet in book} == {
        "catalog.aimodel": 1,
        "catalog.citation": 1,
        "catalog.link": 1,
    }
    assert yaml.safe_load(content(export(client, [model], "yaml"))) == text[:1]


def test_csv_has_no_room_for_parts(client):
    page = export(client, [make.make_model()], "csv", whole=True)

    assert page.context["form"].errors["parts"] == [
        "A CSV file holds one kind of record: choose another format, or leave these out."
    ]
    assert "parts" not in choose(client, "export_selected", [make.make_term()]).context["form"].fields


def test_all_across_pages_are_those_that_the_filter_finds(client):
    rows = [make.make_term(status="draft" if number % 2 else "published") for number in range(6)]
    address = f"{list_of(Term)}?status__exact=draft"
    chosen = {"action": "export_selected", "index": "0", "_selected_action": rows[1].pk, "select_across": "1"}

    page = client.post(address, chosen)
    found = json.loads(content(press(client, page, address, format="json")))

    assert {record["fields"]["slug"] for record in found} == {row.slug for row in rows if row.status == "draft"}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_formula_is_defused_on_the_way_out_and_whole_on_the_way_in(client, format):
    term = make.make_term(name="=cmd|' /C calc'!A0", definition="@SUM(1)\n+2", aliases="'=x")

    data = content(export(client, [term], format))

    if format == "csv":
        assert data.decode("utf-8-sig").splitlines()[1].startswith(f"{term.slug},'=cmd|' /C calc'!A0,")
        assert b'"\'@SUM(1)\n+2"' in data
    else:
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert "'=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    page = upload(client, f"glossary.term.{format}", data)
    assert said(page) == ["The file changes nothing that does not wait already."]


def test_text_too_long_for_a_cell_is_told_beside_the_format(client):
    term = make.make_term(article="a" * 40_000)

    page = export(client, [term], "xlsx")

    assert "article: a cell of a workbook holds at most 32,767 characters." in page.context["form"].errors["format"][0]
    assert b"a" * 40_000 in content(export(client, [term], "csv"))


@pytest.mark.parametrize("format", ["", "exe", "\0"])
def test_unknown_format_is_told(client, format):
    page = export(client, [make.make_term()], format)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["format"]


def test_export_needs_the_permission_to_look(db):
    term, model = make.make_term(), make.make_model()
    make.make_citation(model=model), make.make_link(model=model)
    blind, looking = member("", "glossary.add_term"), member("", "catalog.view_aimodel", "catalog.view_link")

    assert export(blind, [term]).status_code == 403
    assert offered(looking, AIModel) == {"export_selected"}
    found = json.loads(content(export(looking, [model], whole=True)))
    assert [record["model"] for record in found] == ["catalog.aimodel", "catalog.link"]


def test_lists_of_parts_offer_the_export_alone(client):
    make.make_citation()

    assert offered(client, Citation) == {"export_selected"}
    assert offered(client, ReadingStep) == {"delete_selected", "export_selected"}
    assert offered(client, Term) == {"delete_selected", "export_selected", "edit_selected", "merge_selected"}


def test_export_asks_equally_often_for_one_row_and_for_three(client, django_assert_num_queries):
    def full():
        model = make.make_model(organizations=[make.make_organization()], family=make.make_family())
        make.make_tagged_model(content_object=model)
        for part in (make.make_milestone, make.make_innovation, make.make_link, make.make_citation, make.make_score):
            part(model=model)
        return model

    rows = [full()]
    content(export(client, rows, "json", whole=True))
    with django_assert_num_queries(19):
        content(export(client, rows, "json", whole=True))
    rows += [full(), full()]

    with django_assert_num_queries(19):
        assert len({one["fields"].get("slug") for one in json.loads(content(export(client, rows, whole=True)))}) == 4


@pytest.mark.parametrize("number", ["banana", "", "\0", "9" * 30, "-1"])
def test_tampered_selection_is_told(client, number):
    response = client.post(list_of(Term), {"action": "export_selected", "index": "0", "_selected_action": number})

    assert response.status_code == 302
    assert said(client.get(response.url)) == ["What was selected has no such numbers."]
