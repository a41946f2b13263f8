"""The guide for people who use the data: its examples do what they say."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import make_server

import pandas
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import resolve

from catalog.models import AIModel
from core.open_api import PROMISE
from editorial.models import Proposal
from tests.serving import served

GUIDE = (settings.BASE_DIR / "docs" / "data.md").read_text()
SITE = "https://descent.example"
CURLS = re.findall(r'^    curl "([^"]+)"$', GUIDE, re.MULTILINE)
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", GUIDE, re.DOTALL)


# What is typed beside the site: by the operator, and in the folder of a dump.
COMMANDS = [shlex.split(line) for line in re.findall(r"^    manage.py (.+)$", GUIDE, re.MULTILINE)]
CHECKS = re.findall(r"^    (sha256sum .+)$", GUIDE, re.MULTILINE)
PANDAS = re.findall(r"^    (\w+ = pandas.+)$", GUIDE, re.MULTILINE)


def of(language: str) -> list[str]:
    return [code for found, code in BLOCKS if found == language]


# Of each example in Python the beginning of what it prints.
PRINTED = ("671B disclosed https://", "5 5", "openness", "304")


@pytest.fixture(scope="module")
def live(collection, django_db_blocker):
    """The address of a server in a thread."""
    with django_db_blocker.unblock(), served() as site, make_server("localhost", 0, site) as server:
        serving = Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        serving.join()


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("address", CURLS)
def test_address_is_answered(address, collection):
    answer = Client().get(address.removeprefix(SITE))

    assert answer.status_code == 200
    assert len(answer.content) > 100
    if ".json?" in address:
        assert answer.json()["count"] >= 1


def run(command: list[str], code: str, live: str) -> str:
    """What an example prints that asks this server; it fails the test where it ends with an error."""
    return subprocess.run(command, input=code.replace(SITE, live), capture_output=True, text=True, check=True).stdout


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.parametrize(("code", "printed"), list(zip(of("python"), PRINTED, strict=True)))
def test_example_in_python_runs(code, printed, live):
    assert run([sys.executable, "-"], code, live).startswith(printed)


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the example in JavaScript")
def test_example_in_javascript_runs(live):
    (code,) = of("javascript")

    lines = run(["node", "--input-type=module", "-"], code, live).splitlines()

    assert any(line.startswith("DeepSeek V3: 88.5% (https://") for line in lines)


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_dump_is_checked_and_read_as_said(collection, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (command,) = [arguments for arguments in COMMANDS if arguments[0] == "export_dump"]
    (check,) = CHECKS

    call_command(*command, verbosity=0)

    subprocess.run(shlex.split(check), cwd="dump", check=True, capture_output=True)
    names = {"pandas": pandas}
    exec("\n".join(PANDAS), names)
    assert len(names["models"]) == AIModel.objects.published().count()
    assert len(names["scores"]) > 10
    assert names["released"].max().year >= 2024


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_fixture_goes_from_site_to_site_as_said(collection, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (address,) = re.findall(rf"^    curl -O {SITE}(\S+)$", GUIDE, re.MULTILINE)
    commands = [arguments for arguments in COMMANDS if arguments[0] == "import_records"]
    Path(Path(address).name).write_bytes(Client().get(address).content)
    AIModel.objects.filter(slug="deepseek-v3").update(summary="Said otherwise here.")

    for command in commands:
        call_command(*command, verbosity=0)

    assert [Path(address).name in command for command in commands] == [True, True]
    assert [proposal.slug for proposal in Proposal.objects.all()] == ["deepseek-v3"]


def test_guide_has_examples_of_every_sort():
    assert len(CURLS) >= 6
    assert len(of("python")) == len(PRINTED)
    assert len(of("javascript")) == 1


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_error_is_the_one_that_the_guide_shows():
    (shown,) = re.findall(r'^    (\{"errors".*)$', GUIDE, re.MULTILINE)

    assert Client().get("/models.json?parameters_min=many").json() == json.loads(shown)


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_every_key_that_the_guide_names_is_there(collection):
    document = Client().get("/models/deepseek-v3.json").json()
    table = GUIDE.split("## What an entry says")[1].split("\n\n- ")[0]
    keys = re.findall(r"`(\w+)`", table.replace("`self`, `html`", "`self` `html`"))

    assert [key for key in keys if key not in document] == []
    assert len(keys) >= 8


def test_every_address_that_the_guide_names_is_there():
    named = set(re.findall(r"`(/[a-z/.-]+)`", GUIDE))

    assert [path for path in named if resolve(path) is None] == []
    assert len(named) >= 10


def test_promise_is_the_one_of_the_overview():
    assert PROMISE in " ".join(re.sub(r"\[(\w+)\]\([^)]*\)", r"\1", GUIDE).split())
