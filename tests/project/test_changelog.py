"""The changelog says of every version what an operator must do."""

import re
import tomllib

import pytest
from django.conf import settings

# What the settings of the first version documented.
FIRST = {"DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "STATIC_ROOT", "SECURE_SSL"}
PARTS = re.split(r"^## (.+)\n", (settings.BASE_DIR / "CHANGELOG.md").read_text(), flags=re.MULTILINE)
VERSIONS = dict(zip(PARTS[1::2], PARTS[2::2], strict=True))


def upgrading(version: str) -> str:
    return VERSIONS[version].partition("\n### Upgrading\n")[2]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_says_what_an_operator_must_do(version):
    assert len(upgrading(version).strip()) > 10
    assert VERSIONS[version].count("### Upgrading") == 1
    assert version == "Unreleased" or re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_the_version_of_the_project_is_there():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]

    assert next(version for version in VERSIONS if version != "Unreleased") == project["version"]
    assert list(VERSIONS)[-1] == "0.1.0"


def test_every_new_setting_is_told_to_those_who_upgrade():
    source = (settings.BASE_DIR / "config" / "settings.py").read_text().split('"""')[1]
    known = set(re.findall(r"^([A-Z_]+)(?:=\d)?  ", source, re.MULTILINE))
    told = set(re.findall(r"`([A-Z_]+)(?:=\d)?`", "".join(map(upgrading, VERSIONS))))

    assert known - FIRST - told == set()
    assert known >= FIRST
