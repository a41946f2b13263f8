"""dev.py, run for real in a small checkout, with a `uv` and a `python` that only write down what they are asked."""

import ast
import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev

UV = """#!/bin/sh
echo "uv $*" >> "$LOG"
case "$1" in
    venv) for venv; do :; done; mkdir -p "$venv/bin"; cp "$FAKE_PYTHON" "$venv/bin/python" ;;
    pip) if [ "$GATE" ]; then read -r _ < "$GATE"; fi; exit ${UV_EXIT:-0} ;;
esac
"""
PYTHON = """#!/bin/sh
echo "$PWD/python $*, DEBUG=$DEBUG" >> "$LOG"
exit ${PYTHON_EXIT:-0}
"""


def make_checkout(path):
    """A directory with dev.py, a lock file and the two fake commands."""
    shutil.copy(dev.ROOT / "dev.py", path)
    (path / "requirements-dev.lock").write_text("example==1.0\n")
    (path / "commands").mkdir()
    for name, script in [("uv", UV), ("fake-python", PYTHON)]:
        (path / "commands" / name).write_text(script)
        (path / "commands" / name).chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path):
    return make_checkout(tmp_path)


def make_environ(checkout):
    """The variables that put the fake commands in front of the real ones."""
    commands = checkout / "commands"
    return {
        "PATH": f"{commands}:{os.defpath}",
        "FAKE_PYTHON": str(commands / "fake-python"),
        "LOG": str(checkout / "log"),
    }


def start_dev(checkout, *arguments, **variables):
    return subprocess.Popen(
        [sys.executable, checkout / "dev.py", *arguments],
        env=make_environ(checkout) | variables,
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_dev(checkout, *arguments, **variables):
    """The exit code and what was written to the standard and the error output."""
    process = start_dev(checkout, *arguments, **variables)
    output, errors = process.communicate(timeout=30)
    return process.returncode, output, errors


def take_log(checkout):
    """The commands since the last call, without the checkout's path: `python` alone was started in the checkout."""
    log = checkout / "log"
    lines = log.read_text().replace(f"{checkout}/", "").splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return lines


INSTALLING = "Installing the packages of requirements-dev.lock into .venv …\n"
WAITING = "Another process is setting up .venv; waiting for it …\n"
BUILD_LOG = [
    "uv --version",
    f"uv venv --quiet --python {dev.PYTHON} .venv",
    "uv pip install --python .venv/bin/python --quiet --require-hashes --requirement requirements-dev.lock",
]
PYTEST_LOG = ["python -m pytest, DEBUG="]


def test_no_argument_prints_help(checkout):
    code, output, errors = run_dev(checkout)
    assert (code, output.partition("\n")[0], errors) == (0, "usage: dev.py [-h] run | test ...", "")
    assert run_dev(checkout, "--help") == (code, output, errors)


def test_unknown_command_is_refused(checkout):
    code, _, errors = run_dev(checkout, "ruin")
    assert code == 2
    assert "invalid choice: 'ruin'" in errors


def test_old_python_is_told_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    with pytest.raises(SystemExit, match=r"^Descent needs Python 3\.11 or newer; this is 3\.8\.$"):
        dev.main(["test"])


def test_source_parses_under_old_python():
    ast.parse((dev.ROOT / "dev.py").read_text(), feature_version=(3, 7))


def test_test_builds_the_environment_once(checkout):
    assert run_dev(checkout, "test") == (0, INSTALLING, "")
    assert take_log(checkout) == BUILD_LOG + PYTEST_LOG

    assert run_dev(checkout, "test") == (0, "", "")
    assert take_log(checkout) == PYTEST_LOG


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda checkout: (checkout / "requirements-dev.lock").write_text("example==2.0\n"), id="new lock"),
        pytest.param(lambda checkout: (checkout / ".venv" / "bin" / "python").unlink(), id="interpreter gone"),
        pytest.param(lambda checkout: (checkout / ".venv" / "built-from").unlink(), id="build cut short"),
        pytest.param(lambda checkout: shutil.rmtree(checkout / ".venv"), id="environment gone"),
    ],
)
def test_environment_is_built_again_from_nothing(checkout, spoil):
    run_dev(checkout, "test")
    take_log(checkout)
    leftover = checkout / ".venv" / "bin" / "leftover"
    leftover.touch()

    spoil(checkout)

    assert run_dev(checkout, "test") == (0, INSTALLING, "")
    assert take_log(checkout) == BUILD_LOG + PYTEST_LOG
    assert not leftover.exists()


@pytest.fixture
def built(checkout, monkeypatch):
    """A checkout whose environment is built, for calls within this process."""
    for name, value in make_environ(checkout).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(dev, "ROOT", checkout)
    dev.environment()
    take_log(checkout)
    return checkout


def test_environment_of_another_python_is_built_again(built, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert dev.environment() == str(built / ".venv" / "bin" / "python")
    assert take_log(built) == BUILD_LOG


def test_build_begins_without_the_old_stamp(built, monkeypatch):
    stamps = []
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    monkeypatch.setattr(dev, "build", lambda venv, lock, turn: stamps.extend(venv.glob("built-from*")))
    assert len(list(built.glob(".venv/built-from"))) == 1
    dev.environment()
    assert stamps == []


def test_failed_installation_is_reported_and_repaired(checkout):
    failure = "The packages could not be installed; the lines above say why.\n"
    assert run_dev(checkout, "test", UV_EXIT="2") == (1, INSTALLING, failure)
    assert take_log(checkout) == BUILD_LOG

    assert run_dev(checkout, "test") == (0, INSTALLING, "")
    assert take_log(checkout) == BUILD_LOG + PYTEST_LOG


def test_second_process_waits_for_the_first(built):
    venv, unfinished = built / ".venv", built / "unfinished"
    with open(built / ".venv.lock", "a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        venv.rename(unfinished)
        second = start_dev(built, "test")
        assert second.stdout.readline() == WAITING
        unfinished.rename(venv)
    assert second.communicate(timeout=30) == ("", "")
    assert take_log(built) == PYTEST_LOG


def test_installation_that_outlives_its_process_is_waited_for(checkout):
    gate = checkout / "gate"
    os.mkfifo(gate)
    first = start_dev(checkout, "test", GATE=str(gate))
    assert first.stdout.readline() == INSTALLING
    with open(gate, "w"):  # opens when uv opens its end, and holds it there
        first.kill()
        first.wait(timeout=30)
        second = start_dev(checkout, "test")
        assert second.stdout.readline() == WAITING
    assert first.communicate(timeout=30) == ("", "")
    assert second.communicate(timeout=30) == (INSTALLING, "")
    assert take_log(checkout) == BUILD_LOG + BUILD_LOG + PYTEST_LOG


def test_test_passes_everything_on_to_pytest(checkout):
    run_dev(checkout, "test")
    take_log(checkout)

    arguments = ["-k", "one or two", "tests/x.py", "--port", "1", "--", "--help"]
    assert run_dev(checkout, "test", *arguments, PYTHON_EXIT="5") == (5, "", "")
    assert take_log(checkout) == ["python -m pytest -k one or two tests/x.py --port 1 -- --help, DEBUG="]


def make_listener():
    """A socket that listens on a free port of this machine, as servers do, and that port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener, listener.getsockname()[1]


def make_left_port():
    """The port of a server that has just gone, where a connection still lingers: what a restart finds."""
    listener, port = make_listener()
    with listener, socket.create_connection(("127.0.0.1", port)):
        listener.accept()[0].close()
    return str(port)


@pytest.mark.parametrize(("variables", "debug"), [({}, "1"), ({"DEBUG": "0"}, "0")])
def test_run_prepares_and_serves_the_site(checkout, variables, debug):
    port = make_left_port()
    assert run_dev(checkout, "run", "--port", port, **variables) == (0, INSTALLING, "")
    assert take_log(checkout) == [
        *BUILD_LOG,
        f"python manage.py prepare_site, DEBUG={debug}",
        f"python manage.py runserver 127.0.0.1:{port}, DEBUG={debug}",
    ]


def test_run_stops_where_the_site_cannot_be_prepared(checkout):
    failure = "The site could not be prepared; the lines above say why.\n"
    assert run_dev(checkout, "run", "--port", make_left_port(), PYTHON_EXIT="3") == (1, INSTALLING, failure)
    assert take_log(checkout) == [*BUILD_LOG, "python manage.py prepare_site, DEBUG=1"]


def test_run_refuses_a_busy_port_before_any_work(checkout):
    listener, port = make_listener()
    with listener:
        code, output, errors = run_dev(checkout, "run", "--port", str(port))
    assert (code, output) == (1, "")
    assert errors == f"Port {port} cannot be used: Address already in use. Choose another with --port N.\n"
    assert take_log(checkout) == []


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8000.0", ""])
def test_run_refuses_what_is_no_port(checkout, port):
    code, _, errors = run_dev(checkout, "run", f"--port={port}")
    assert code == 2
    assert errors.endswith(f"argument --port: {port!r} is not a number from 1 to 65535\n")
    assert take_log(checkout) == []


VENV, VENV_PYTHON = Path("env"), Path("env/bin/python")
PIP = ["-m", "pip", "--disable-pip-version-check"]


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (
            {"uv", "ensurepip", "pip"},
            (["uv", "venv", "--quiet", "--python", dev.PYTHON], ["uv", "pip", "install", "--python", VENV_PYTHON]),
        ),
        ({"ensurepip", "pip"}, ([dev.PYTHON, "-m", "venv"], [VENV_PYTHON, *PIP, "install", "--no-compile"])),
        (
            {"pip"},
            (
                [dev.PYTHON, "-m", "venv", "--without-pip"],
                [dev.PYTHON, *PIP, "--python", VENV_PYTHON, "install", "--no-compile"],
            ),
        ),
    ],
)
def test_installer_takes_the_best_that_is_there(monkeypatch, there, expected):
    monkeypatch.setattr(dev, "works", lambda *command: bool(there.intersection(command)))
    assert dev.installer(VENV) == expected


def test_installer_names_the_missing_package(monkeypatch):
    monkeypatch.setattr(dev, "works", lambda *command: False)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        dev.installer(VENV)


def test_works_tells_success_failure_and_absence_apart():
    outcomes = [dev.works("true"), dev.works("false"), dev.works("/nowhere/at/all")]
    assert outcomes == [True, False, False]


# The locks that it installs


LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-browser.lock"]
PROJECT = (dev.ROOT / "pyproject.toml").read_text()


def read_pins(lock):
    """The locked versions by name; one or several, for different Pythons."""
    pins = {}
    for line in (dev.ROOT / lock).read_text().splitlines():
        if line[:1].isalnum():
            name, _, version = line.partition("==")
            pins.setdefault(name, []).append(version.split()[0])
    return pins


def names(requirements):
    return {re.match(r"[\w-]+", requirement).group().lower() for requirement in requirements}


def test_locks_pin_all_that_the_project_asks_for():
    project = tomllib.loads(PROJECT)["project"]
    extras = project["optional-dependencies"]
    runtime = names(project["dependencies"])
    tests = runtime | names(extras["postgres"]) | names(extras["test"])

    assert {"django", "psycopg", "pytest"} & tests == {"django", "psycopg", "pytest"}
    assert runtime - read_pins("requirements.lock").keys() == set()
    assert (tests | names(extras["data"])) - read_pins("requirements-dev.lock").keys() == set()
    assert (tests | names(extras["browser"])) - read_pins("requirements-browser.lock").keys() == set()


def test_locks_agree():
    runtime, developers, browser = (read_pins(lock) for lock in LOCKS)
    shared = developers.keys() & browser.keys()

    assert 0 < len(runtime) < len(shared)
    assert {name: developers.get(name) for name in runtime} == runtime
    assert {name: developers[name] for name in shared} == {name: browser[name] for name in shared}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_was_written_by_the_documented_command(lock):
    text = (dev.ROOT / lock).read_text()
    command = text.splitlines()[1].removeprefix("#").strip()
    assert f"#   {command}\n" in PROJECT
    assert command.endswith(f" --universal --python-version 3.11 --generate-hashes -o {lock}")


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_hashes_and_no_addresses(lock):
    text = (dev.ROOT / lock).read_text()
    pinned = re.findall(r"^[\w.-]+==\S+(?: ; .+)? \\\n    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE)
    assert len(pinned) == sum(map(len, read_pins(lock).values()))
    assert re.findall(r"\S*(?:://|--index-url|--extra-index-url|--find-links|file:)\S*", text) == []
