"""Tables that editors bring in: everything that is wrong is told at once, and nothing is lost or run."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editorial.models import Change, Proposal
from glossary.models import Term
from tests import factories as make
from tests.core.test_record_tables import packed, workbook
from tests.editorial.desk import member

UPLOAD = "/admin/editorial/proposal/upload/"
HEAD = ["slug", "name", "definition"]


@pytest.fixture
def client(db):
    return member("Administrator")


def upload(client, name, content):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), "reason": "Why"})


def told(client, name, content):
    """What is said against the file, which is not to leave a trace."""
    before = Term.objects.count(), Change.objects.count()
    errors = upload(client, name, content).context["form"].errors["file"]
    assert (Term.objects.count(), Change.objects.count(), Proposal.objects.count()) == (*before, 0)
    return list(errors)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_table_becomes_proposals_that_are_written_when_they_are_accepted(client, format):
    term = make.make_term(name="Old", definition="It.")
    rows = [HEAD, [term.slug, "New", "It."], ["b", "B", "That."]]
    text = "\n".join(map(",".join, rows)).encode()

    response = upload(client, f"glossary.term.{format}", text if format == "csv" else workbook(glossary__term=rows))

    assert Proposal.objects.count() == 2
    assert {one.name for one in Term.objects.all()} == {"Old"}
    page = client.get(response.url)
    assert "<del>Old</del>" in page.text
    assert "<ins>New</ins>" in page.text
    client.post(response.url, {"accept": "1", "seen": page.context["seen"]})
    assert {one.name for one in Term.objects.all()} == {"New", "B"}


def test_everything_that_is_wrong_is_told_at_once_with_its_place(client):
    content = workbook(
        glossary__term=[[*HEAD, "nmae"], ["a", "A", "It.", "x"], ["a", "B", "It.", None], ["c", "", "=1", None]],
        catalog__aimodel=[["slug", "name", "parameters_total", "released", "openness"], ["m", "M", "7x", "May", "no"]],
        Sheet1=[["a"]],
    )

    errors = told(client, "f.xlsx", content)

    assert errors[:6] == [
        "f.xlsx, sheet glossary.term, row 1: column D, “nmae”: glossary.term has no such field.",
        "f.xlsx, sheet glossary.term, row 4 (glossary.term c), name: This field cannot be blank.",
        "f.xlsx, sheet glossary.term, row 4 (glossary.term c), definition: cell C4 holds a formula, and none is "
        "run here. Put its value in its place.",
        "f.xlsx, sheet catalog.aimodel, row 2 (catalog.aimodel m), parameters_total: “7x” value must be an integer.",
        "f.xlsx, sheet catalog.aimodel, row 2 (catalog.aimodel m), released: “May” value has an invalid date format. "
        "It must be in YYYY-MM-DD format.",
        "f.xlsx, sheet catalog.aimodel, row 2 (catalog.aimodel m), openness: Value 'no' is not a valid choice.",
    ]
    assert errors[6].startswith("f.xlsx, sheet Sheet1: “sheet1” is no kind of record.")
    assert errors[7:] == [
        "f.xlsx, sheet glossary.term, row 3 (glossary.term a): "
        "f.xlsx, sheet glossary.term, row 2 (glossary.term a) has the same key."
    ]


def test_many_errors_are_counted_and_the_first_shown(client):
    rows = "\n".join(f"a{number},,It." for number in range(1_500))

    errors = told(client, "glossary.term.csv", f"slug,name,definition\n{rows}".encode())

    assert len(errors) == 1_001
    assert errors[-1] == "… and 500 more."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "f.xlsx",
            b"\x89PNG\r\n\x1a\n\x00",
            "f.xlsx: it is no workbook, whatever its name says: save the table as .xlsx.",
        ),
        ("f.xlsx", packed(bomb=b"0" * 10**8), "f.xlsx: unpacked it has more than 64 MB or 500,000 cells. Bring it in "),
        ("f.xlsx", b"\xd0\xcf\x11\xe0", "f.xlsx: it is a workbook of the old kind (.xls): save it as .xlsx."),
        ("f.xls", b"\xd0\xcf\x11\xe0", "f.xls: its name must end in .json, .jsonl, .yaml, .yml, .csv, .xlsx."),
        (
            "glossary.term.csv",
            "slug,name,definition\na,Café,It.".encode("latin-1"),
            "glossary.term.csv: it is not in UTF-8 (line 2). Save it as “CSV UTF-8”, or as UTF-8 text.",
        ),
        ("glossary.term.csv", b"\0\0\0", "glossary.term.csv, row 1: column A, “␀␀␀”: glossary.term has no such field."),
        ("glossary.term.csv", b"a," * 500_000, "glossary.term.csv, row 1: it names more than 500 columns."),
        ("glossary.term.csv", b"slug\n", "glossary.term.csv: it holds no records."),
        ("terms.csv", b"slug\na", "terms.csv: its name must begin with the kind of its records, as in "),
    ],
)
def test_bad_file_is_told_in_a_sentence(client, name, content, message):
    assert told(client, name, content)[0].startswith(message)


def test_script_in_a_cell_is_shown_as_text(client):
    response = upload(client, "glossary.term.csv", b"slug,name,definition\na,<script>alert(1)</script>,=1+1")

    page = client.get(response.url).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "=1+1" in page


def test_table_needs_the_permission_to_bring_files_in(db):
    assert upload(member("Editor"), "glossary.term.csv", b"slug\na").status_code == 403
    assert upload(member("Reviewer"), "glossary.term.csv", b"slug,name,definition\na,A,It.").status_code == 302


def test_macro_and_link_in_a_workbook_are_not_touched(client):
    book = openpyxl.Workbook()
    book.active.title = "glossary.term"
    book.active.append(HEAD)
    book.active.append(["a", "A", "It."])
    book.active["C2"].hyperlink = "file:///etc/passwd"
    file = io.BytesIO()
    book.save(file)

    assert upload(client, "f.xlsx", file.getvalue()).status_code == 302
    assert Proposal.objects.get().document[0]["fields"]["definition"] == "It."
