"""The threat model names tests that there are."""

import re
from collections import defaultdict

from django.conf import settings

TEXT = (settings.BASE_DIR / "docs" / "threat-model.md").read_text()
ROWS = re.findall(r"^\|(.+)\|$", TEXT, re.MULTILINE)[2:]


def test_every_attack_has_a_defence_and_a_test():
    cells = [[cell.strip() for cell in row.split(" | ")] for row in ROWS]

    assert [row for row in cells if len(row) != 3 or not all(row) or "`test_" not in row[2]] == []
    assert len(cells) > 20


def test_every_test_that_it_names_is_there():
    files = defaultdict(str)
    for path in (settings.BASE_DIR / "tests").rglob("test_*.py"):
        files[path.name] += path.read_text()
    named = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", TEXT)

    assert [f"{file}::{test}" for file, test in named if f"def {test or 'test_'}" not in files[file]] == []
    assert len(named) > 35


def test_it_is_a_page():
    assert len(TEXT.split()) < 1_300
