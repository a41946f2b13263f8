"""Tables of records: nothing is lost on the way there and back, nothing is run, and what is wrong is told."""

import datetime
import io
import json
import zipfile
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest
from defusedxml import EntitiesForbidden
from django.apps import apps
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.models import AIModel, Citation, Score
from core import record_workbooks
from core.management.commands.prepare_site import starter_files
from core.record_cells import NOTHING, RUN, cell, columns_of, defused, joined, parted, restored, stated
from core.record_files import WRITERS, read_records
from core.record_tables import Unreadable, letters
from glossary.models import Term
from research.models import Paper

TERM = {"model": "glossary.term", "fields": {"name": "A", "slug": "a", "definition": "It."}}
# What databases and XML hold: no half characters, no null.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
words = texts.map(str.strip).filter(bool)


def written(format, records, model=Term):
    file = io.BytesIO()
    WRITERS[format](file, model, records)
    return file.getvalue()


def read(content, name="glossary.term.csv"):
    return [record for _, record in read_records(name, content)]


def told(content, name="glossary.term.csv"):
    """What is wrong, and where."""
    try:
        found = list(read_records(name, content))
    except Unreadable as error:
        return [str(error)]
    wrong = [f"{spot}: {record}" for spot, record in found if isinstance(record, Exception)]
    for spot, record in found:
        fields = record["fields"].items() if isinstance(record, dict) else ()
        wrong += [f"{spot}, {name}: {value}" for name, value in fields if isinstance(value, Exception)]
    return wrong


def workbook(**sheets):
    """The content of a workbook; in the names of the sheets, “__” stands for a dot."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("__", "."))
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def repacked(content, name, change):
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert name in parts
    return packed(**parts | {name: change(parts[name])})


# There and back


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_whole_starter_collection_comes_back_as_it_went(format):
    kinds = defaultdict(list)
    for file in starter_files():
        for record in json.loads(Path(file).read_text()):
            kinds[record["model"]].append(record)
    assert len(kinds) > 14

    for label, records in kinds.items():
        model = apps.get_model(label)
        back = read(written(format, records, model), f"{label}.{format}")

        assert len(back) == len(records)
        for before, after in zip(records, back, strict=True):
            assert {name: after["fields"][name] for name in before["fields"]} == before["fields"]
            rest = after["fields"].keys() - before["fields"].keys()
            assert not any(after["fields"][name] for name in rest), after


@given(texts, texts, st.lists(words, unique=True), st.floats(allow_nan=False, allow_infinity=False))
@example("=1+1", "'=1+1", ["a;b", "\\", "; \\;"], 0.1 + 0.2)
@example("_x000D_", "\r\n\x07￾", ["-1"], 1e300)
@example("#N/A", " a ", ["'tis"], 1.2345678901234567e16)
@example("﻿a", "\x85\u2028", [], -0.0)
def test_any_text_word_or_number_comes_back(one, other, tags, number):
    fields = {"slug": "a", "name": one, "description": other, "tags": tags, "training_compute": number}

    for format in ("csv", "xlsx"):
        [back] = read(
            written(format, [{"model": "catalog.aimodel", "fields": fields}], AIModel), f"catalog.aimodel.{format}"
        )

        assert {name: back["fields"][name] for name in fields} == fields


@example(19_007_046_938_880_000, False)  # of few digits, but written as 1.9e+16 in a workbook
@given(st.integers(-(2**63), 2**63 - 1), st.booleans())
def test_any_whole_number_and_truth_comes_back(number, truth):
    fields = {"model": ["a"], "benchmark": ["b"], "source": None, "order": number, "headline": truth}

    for format in ("csv", "xlsx"):
        content = written(format, [{"model": "catalog.score", "fields": fields}], Score)
        [back] = read(content, f"catalog.score.{format}")

        assert back["fields"]["order"] == number
        assert back["fields"]["headline"] is truth


@given(st.lists(words))
def test_parts_come_back(parts):
    assert parted(joined(parts)) == parts


@given(texts)
@example("'")
@example("''=")
def test_nothing_that_would_be_run_is_left_and_all_comes_back(text):
    safe = defused(text)

    assert not safe.startswith(tuple(sign for sign in RUN if sign != "'"))
    assert restored(safe) == text


def test_apostrophe_that_somebody_typed_is_a_part_of_the_text():
    assert restored("'tis") == "'tis"


def test_every_cell_of_an_export_is_a_text_or_a_number():
    fields = {"name": "=HYPERLINK(1)", "slug": "@a", "definition": "#REF!", "aliases": "+1", "see_also": [["-x"]]}
    content = written("xlsx", [{"model": "glossary.term", "fields": fields}])

    sheet = openpyxl.load_workbook(io.BytesIO(content))["glossary.term"]
    found = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}

    assert {cell.data_type for cell in found.values()} == {"s", "n"}
    assert found["name"].value == "'=HYPERLINK(1)"
    assert found["see_also"].value == "'-x"
    assert found["definition"].data_type == "s"
    assert b"'=HYPERLINK(1)" in written("csv", [{"model": "glossary.term", "fields": fields}])


def test_empty_cell_is_what_its_column_can_be():
    columns = {column.name: column for column in [*columns_of(AIModel), *columns_of(Score), *columns_of(Citation)]}

    empty = {name: stated(columns[name], None) for name in columns}

    assert [empty["aliases"], empty["tags"], empty["organizations"]] == ["", [], []]
    assert [empty["released"], empty["family"], empty["parameters_total"]] == [None, None, None]
    assert [empty["headline"], empty["order"], empty["benchmark"]] == [NOTHING, NOTHING, NOTHING]


def test_columns_of_a_key_come_first():
    assert [column.name for column in columns_of(Citation)][:4] == ["model", "field", "source", "stated"]
    assert cell(Paper._meta.get_field("organizations"), [["a"], ["b;c"]]) == "a; b\\\\\\;c"
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# What people's spreadsheets write


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "﻿"])
def test_separator_and_mark_of_any_spreadsheet_are_known(mark, start):
    text = f"{start}{mark.join(['slug', 'name', 'definition'])}\r\n{mark.join(['a', 'A', 'It.'])}\r\n\r\n"

    assert read(text.encode(), "glossary.term (1).csv") == [TERM]


def test_what_a_spreadsheet_makes_of_numbers_and_dates_is_read():
    rows = [
        ["slug", "name", "released", "parameters_total", "training_compute"],
        ["a", 4, datetime.date(2024, 12, 26), 6.71e11, "3.3e24"],
        [None, None, None, None, None],
    ]

    [record] = read(workbook(catalog__aimodel=rows), "f.xlsx")

    assert record["fields"] == {
        "slug": "a",
        "name": "4",
        "released": "2024-12-26",
        "parameters_total": 671_000_000_000,
        "training_compute": 3.3e24,
    }


@pytest.mark.parametrize(("word", "truth"), [("TRUE", True), ("yes", True), ("No", False), ("0", False), ("x", "x")])
def test_truth_is_read_as_spreadsheets_write_it(word, truth):
    assert stated(Score._meta.get_field("headline"), word) == truth


# What is wrong is told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slug,nmae\na,A", "row 1: column B, “nmae”: glossary.term has no such field."),
        ("slug,name,slug\na,A,b", "row 1: columns A and C are both named “slug”."),
        ("name\nA", "row 1: the records have no names: there is no column slug."),
        ("slug,name\na,A,B", "row 2: it has a cell in column C, which the first row does not name."),
        ("slug,name\na", "row 2 has 1 cells, and the first row 2."),
        ('slug,name\na,"A', "it cannot be read after line 2: unexpected end of data."),
        ("\n\n,,\n", "row 1: it is empty: the first row names the fields."),
    ],
)
def test_what_is_wrong_with_a_table_is_told(text, message):
    assert told(text) == [message]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("terms.csv", "its name must begin with the kind of its records, as in “catalog.aimodel.csv”."),
        ("auth.user.csv", "“auth.user” is no kind of record. The kinds are catalog.aimodel, catalog.citation, "),
    ],
)
def test_csv_must_name_its_kind(name, message):
    assert told("slug\na", name)[0].startswith(message)


def test_latin_1_is_refused_with_what_to_do():
    content = "slug,name,definition\na,A,It.\nb,Café,It.".encode("latin-1")

    assert told(content) == ["it is not in UTF-8 (line 3). Save it as “CSV UTF-8”, or as UTF-8 text."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "it is no workbook, whatever its name says: save the table as .xlsx."),
        (b"\xd0\xcf\x11\xe0" + b"0" * 100, "it is a workbook of the old kind (.xls): save it as .xlsx."),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "it is protected by a password: save it without one.",
        ),
        (b"PK\x03\x04 and nothing", "it is damaged: File is not a zip file."),
        (packed(**{"word/document.xml": "<a/>"}), "it is damaged, or no workbook."),
        (b"", "it is empty."),
    ],
)
def test_what_is_no_workbook_is_told(content, message):
    [found] = told(content, "f.xlsx")

    assert found.startswith(message)


def test_cut_off_workbook_is_damaged():
    content = workbook(glossary__term=[["slug"], ["a"]])

    for end in range(100, len(content) - 1, 500):
        assert "it is damaged" in told(content[:end], "f.xlsx")[0]
    middle = content[: len(content) // 2] + b"\xff" * 50 + content[len(content) // 2 + 50 :]
    assert "it is damaged" in told(middle, "f.xlsx")[0]


def test_formulas_and_errors_are_refused_with_their_cells():
    content = workbook(glossary__term=[["slug", "name", "definition"], ["a", "=1+1", "#N/A"], ["b", "=A1", "It."]])

    assert told(content, "f.xlsx") == [
        "sheet glossary.term, row 2, name: cell B2 holds a formula, and none is run here. Put its value in its place.",
        "sheet glossary.term, row 2, definition: cell C2 holds the error #N/A.",
        "sheet glossary.term, row 3, name: cell B3 holds a formula, and none is run here. Put its value in its place.",
    ]


def test_sheets_that_are_empty_or_of_no_kind_are_told_and_the_rest_is_read():
    content = workbook(Sheet1=[["slug"], ["a"]], catalog__tag=[], glossary__term=[["slug", "name"], ["a", "A"]])

    wrong = told(content, "f.xlsx")

    assert wrong[0].startswith("sheet Sheet1: “sheet1” is no kind of record. The kinds are catalog.aimodel")
    assert wrong[1:] == ["sheet catalog.tag, row 1: it is empty: the first row names the fields."]
    assert len(read(content, "f.xlsx")) == 3


# Bombs


def test_file_that_swells_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(record_workbooks.openpyxl, "load_workbook", None)  # not reached

    for content in (
        packed(**{"xl/worksheets/sheet1.xml": b" " * (record_workbooks.MOST_BYTES + 1)}),
        packed(**{"xl/worksheets/sheet1.xml": b"<c/>" * (record_workbooks.MOST_ELEMENTS + 1)}),
    ):
        assert len(content) < 100_000
        assert told(content, "f.xlsx")[0].startswith("unpacked it has more than 64 MB or 500,000 cells.")
    many = packed(**{f"{number}": "" for number in range(record_workbooks.MOST_PARTS + 1)})
    assert told(many, "f.xlsx") == ["it consists of more than 1,000 files."]


def test_directory_that_lies_about_a_size_is_found_out(monkeypatch):
    monkeypatch.setattr(record_workbooks.openpyxl, "load_workbook", None)
    size = 10**6
    content = packed(**{"xl/worksheets/sheet1.xml": b" " * size})

    lying = content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert lying != content
    assert told(lying, "f.xlsx")[0].startswith("it is damaged: Bad CRC-32")


def test_entities_are_not_expanded():
    content = workbook(glossary__term=[["slug"], ["a"]])
    bomb = (
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )

    swollen = repacked(content, "xl/worksheets/sheet1.xml", lambda text: bomb + text.partition(b'main">')[2])

    with pytest.raises(Unreadable, match="it is damaged, or no workbook") as refused:
        read(swollen, "f.xlsx")
    assert isinstance(refused.value.__cause__.__cause__, EntitiesForbidden)


def test_row_and_column_far_away_are_refused():
    content = workbook(glossary__term=[["slug"], ["a"]])
    sheet = "xl/worksheets/sheet1.xml"

    far = repacked(content, sheet, lambda text: text.replace(b'<row r="2"', b'<row r="2000000000"'))
    wide = repacked(content, sheet, lambda text: text.replace(b'"A2"', b'"XFD2"'))

    assert "it has more than 100,000 rows." in told(far, "f.xlsx")[0]
    assert told(wide, "f.xlsx") == [
        "sheet glossary.term, row 2: it has a cell in column XFD, which the first row does not name."
    ]


def test_text_that_no_cell_holds_is_told_and_not_cut():
    long = {"model": "glossary.term", "fields": {**TERM["fields"], "article": "a" * 32_768}}

    with pytest.raises(Unreadable, match=r"row 2 \(glossary.term a\), article: .* at most 32,767 characters"):
        written("xlsx", [long])
    long["fields"]["article"] = "a" * 200_000
    assert read(written("csv", [long]))[0]["fields"]["article"] == "a" * 200_000
