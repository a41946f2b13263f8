"""What `.ci/run` makes of pip-audit's answer, and that every version has its hashes."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {"name": "nh3", "version": "0.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["0.2", "0.3"]}]}
UNKNOWN = {"name": "taggit", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "status", "said"),
    [
        ([SOUND, UNKNOWN], 0, "1 packages audited, 0 known vulnerabilities. Not: taggit.\n"),
        (
            [SOUND, HOLED],
            1,
            "nh3 0.1: PYSEC-1, mended in 0.2, 0.3\n2 packages audited, 1 known vulnerabilities. \n",
        ),
        ([UNKNOWN], 0, "NOT AUDITED: the index of packages, or its advisories, cannot be reached from here.\n"),
        (None, 0, "NOT AUDITED: the index of packages, or its advisories, cannot be reached from here.\n"),
    ],
)
def test_known_vulnerability_fails_and_a_closed_network_is_told(packages, status, said):
    text = "" if packages is None else json.dumps({"dependencies": packages})

    done = subprocess.run(
        [sys.executable, settings.BASE_DIR / ".ci" / "audit.py"], input=text, capture_output=True, text=True
    )

    assert (done.returncode, done.stdout, done.stderr) == (status, said, "")


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-server.lock", "requirements-dev.lock", "requirements-browser.lock"]
)
def test_every_package_is_pinned_with_its_hashes(lock):
    text = (settings.BASE_DIR / lock).read_text()
    packages = re.findall(r"^[\w.\[\],-]+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)

    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert len(packages) == len(re.findall(r"^[a-zA-Z]", text, re.MULTILINE)) > 20
