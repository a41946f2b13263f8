"""The command `check_records`: text, JSON, exit code, and what it is asked for."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories as make
from tests.catalog.checks.checking import finished_model

pytestmark = pytest.mark.django_db


def check(*arguments):
    """What the command prints, and its error."""
    out = StringIO()
    try:
        call_command("check_records", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), error
    return out.getvalue(), None


def test_command_says_that_all_is_well():
    finished_model()

    assert check() == ("Checked 5 entries by 25 rules: 0 errors, 0 warnings.\n", None)


def test_command_lists_errors_and_exits_with_one():
    make.make_family(slug="lions", summary="")

    out, error = check()

    assert out == "error summary catalog.family lions: Summary has 0 words; write 1 to 60.\n"
    assert str(error) == "Checked 1 entry by 25 rules: 1 error, 0 warnings."
    assert error.returncode == 1


def test_command_is_content_with_warnings():
    make.make_term(slug="a")

    assert check() == (
        "warning unused glossary.term a: Nothing uses this term.\nChecked 1 entry by 25 rules: 0 errors, 1 warning.\n",
        None,
    )


def test_command_writes_json():
    make.make_term(slug="a")
    make.make_family(slug="lions", summary="")

    out, error = check("--json")

    assert json.loads(out) == {
        "counts": {"entries": 2, "rules": 25, "errors": 1, "warnings": 1},
        "findings": [
            {
                "level": "error",
                "rule": "summary",
                "kind": "catalog.family",
                "slug": "lions",
                "text": "Summary has 0 words; write 1 to 60.",
            },
            {
                "level": "warning",
                "rule": "unused",
                "kind": "glossary.term",
                "slug": "a",
                "text": "Nothing uses this term.",
            },
        ],
    }
    assert str(error) == "Checked 2 entries by 25 rules: 1 error, 1 warning."


def test_command_tells_of_one_level_or_some_entries():
    make.make_term(slug="a")
    make.make_family(slug="lions", summary="")

    assert check("--kind", "warning") == (
        "warning unused glossary.term a: Nothing uses this term.\nChecked 2 entries by 4 rules: 0 errors, 1 warning.\n",
        None,
    )
    assert check("a")[0].endswith("Checked 1 entry by 25 rules: 0 errors, 1 warning.\n")
    assert str(check("lions", "--kind", "error")[1]) == "Checked 1 entry by 21 rules: 1 error, 0 warnings."


def test_command_refuses_an_unknown_slug():
    assert str(check("nobody")[1]) == "There is no entry “nobody”."
