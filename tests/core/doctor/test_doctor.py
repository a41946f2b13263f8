"""The command: a line for each finding, and an end that a script can tell."""

import json
from io import StringIO

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils.module_loading import import_string

from core.doctor import fail, ok, warn


def well(thorough):
    yield ok("All is well.")


def doubtful(thorough):
    yield warn("It is late.", "Sleep.")


def ill(thorough):
    yield fail("It hurts.", "See a doctor.")


def broken(thorough):
    raise OperationalError("no\nconnection")


def closely(thorough):
    yield ok(f"Thorough: {thorough}.")


def examined(settings, *checks, **options):
    settings.CHECKUPS = [f"{__name__}.{check}" for check in checks]
    out = StringIO()
    try:
        call_command("doctor", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """The checks above by their names: pytest imports this file under another one."""
    monkeypatch.setattr("core.doctor.import_string", lambda name: globals()[name.rpartition(".")[2]])


def test_each_finding_is_a_line_with_what_to_do(settings):
    assert examined(settings, "well", "doubtful") == (
        "ok: All is well.\nwarn: It is late. Sleep.\n1 ok, 1 warn, 0 FAIL.\n",
        "",
    )


def test_failure_ends_with_an_error(settings):
    assert examined(settings, "ill", "well") == (
        "FAIL: It hurts. See a doctor.\nok: All is well.\n",
        "1 ok, 0 warn, 1 FAIL.",
    )


def test_check_that_breaks_is_a_failure_and_the_others_go_on(settings):
    told, error = examined(settings, "broken", "well")

    assert told.splitlines() == [
        f"FAIL: {__name__}.broken could not be checked: OperationalError: no connection. Look after this first.",
        "ok: All is well.",
    ]
    assert error == "1 ok, 0 warn, 1 FAIL."


def test_programs_get_json(settings):
    told, error = examined(settings, "ill", "well", json=True)

    assert json.loads(told) == {
        "counts": {"ok": 1, "warn": 0, "FAIL": 1},
        "findings": [
            {"check": "ill", "level": "FAIL", "what": "It hurts.", "todo": "See a doctor."},
            {"check": "well", "level": "ok", "what": "All is well.", "todo": ""},
        ],
    }
    assert error


@pytest.mark.parametrize("thorough", [True, False])
def test_checks_are_told_how_closely_to_look(settings, thorough):
    assert examined(settings, "closely", thorough=thorough)[0].startswith(f"ok: Thorough: {thorough}.")


def test_every_checkup_of_the_settings_is_there():
    checks = [import_string(name) for name in site.CHECKUPS]

    assert len({check.__name__ for check in checks}) == len(checks) >= 14
