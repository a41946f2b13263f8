"""A database of its own, migrated as in production. Twenty editors write into it at once: nothing is lost or breaks."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.forms import FormReader
from tests.tables import described

WRITERS = 20
SETUP = f"""
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from tests.factories import make_term
sessions = []
for number in range({WRITERS}):
    user = User.objects.create(username=f"writer{{number}}", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client = Client()
    client.force_login(user)
    sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
term = make_term(name="Contended", status="draft")
print(json.dumps([term.pk, sessions]))
"""
TABLES = """
import json
from tests.tables import described
print(json.dumps(described()))
"""
WRITTEN = """
import json
from glossary.models import Term
from editorial.models import Change
print(json.dumps([
    list(Term.history.filter(name="Contended").order_by("pk").values_list("definition", flat=True)),
    sorted(Term.objects.exclude(name="Contended").values_list("name", flat=True)),
    Change.objects.exclude(author=None).count(),
]))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory, request) -> Iterator[str]:
    """The address of a database without entries, of the sort that the tests run on."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("own") / "site.sqlite3"
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated'), file)}"
        return
    import psycopg

    own = connection.settings_dict
    server = {
        "host": own["HOST"],
        "port": own["PORT"] or 5432,
        "user": own["USER"],
        "password": own["PASSWORD"] or None,
    }
    name = f"concurrent_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as plain:
        plain.execute(f"CREATE DATABASE {name}")
        password = f":{own['PASSWORD']}" if own["PASSWORD"] else ""
        yield f"postgres://{own['USER']}{password}@{server['host']}:{server['port']}/{name}"
        plain.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def manage(database):
    """Runs a command, or a piece of Python, on that database, once migrated; gives what it prints."""

    def run(*arguments: str) -> str:
        environment = {**os.environ, "DATABASE_URL": database, "DEBUG": "1"}
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.splitlines()[-1] if done.stdout else ""

    if connection.vendor != "sqlite":
        run("migrate", "--verbosity", "0")
    return run


@pytest.fixture
def address(database, manage) -> Iterator[tuple[str, int]]:
    """Where the site is served, by two processes with ten threads each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2", "--threads", "10"]
    environment = {**os.environ, "DATABASE_URL": database, "DEBUG": "1"}
    server = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"], cwd=settings.BASE_DIR, env=environment
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(30)


class Writer:
    """One editor in a browser of their own."""

    def __init__(self, address: tuple[str, int], session: str):
        self.address = address
        self.session = session

    def ask(self, path: str, data: dict | None = None) -> tuple[int, str]:
        """The status of the answer and its text."""
        token = "a" * 32
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={token}"}
        sent = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            sent = urlencode(data | {"csrfmiddlewaretoken": token}, doseq=True)
        with closing(http.client.HTTPConnection(*self.address, timeout=60)) as browser:
            browser.request("POST" if sent else "GET", path, sent, headers)
            response = browser.getresponse()
            return response.status, response.read().decode()

    def open(self, path: str) -> dict:
        status, page = self.ask(path)
        assert status == 200
        return _typed(page)

    def write(self, path: str, opened: dict, text: str) -> list[int]:
        """Save `text`, looking each time at what others saved before saving over it; the statuses of the answers."""
        statuses = []
        data = opened | {"definition": text}
        while True:
            status, page = self.ask(path, data)
            statuses.append(status)
            if status != 200:
                return statuses
            assert "Nothing of yours was saved yet" in page
            assert text in page
            data |= {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}


def _typed(page: str) -> dict:
    reader = FormReader()
    reader.feed(page)
    return reader.sent


@pytest.mark.django_db
def test_migrations_make_the_tables_that_the_models_say(manage):
    """The tests' own tables come from the models."""
    assert json.loads(manage("shell", "--verbosity", "0", "--command", TABLES)) == described()


# It writes into a database of its own; the mark says that it asks one, on PostgreSQL too.
@pytest.mark.django_db
def test_twenty_writers_at_once_lose_nothing(address, manage):
    number, sessions = json.loads(manage("shell", "--verbosity", "0", "--command", SETUP))
    writers = [Writer(address, session) for session in sessions]
    form = f"/admin/glossary/term/{number}/change/"
    together = Barrier(WRITERS)

    def work(number: int) -> list[int]:
        opened = writers[number].open(form)
        blank = writers[number].open("/admin/glossary/term/add/")
        together.wait(60)
        begun, _ = writers[number].ask(
            "/admin/glossary/term/add/", blank | {"name": f"Term {number:02}", "definition": "x"}
        )
        return [begun, *writers[number].write(form, opened, f"By writer {number:02}.")]

    with ThreadPoolExecutor(WRITERS) as pool:
        statuses = list(pool.map(work, range(WRITERS)))

    wanted = [f"By writer {number:02}." for number in range(WRITERS)]
    written, begun, changes = json.loads(manage("shell", "--verbosity", "0", "--command", WRITTEN))
    assert {status for own in statuses for status in own} == {200, 302}
    assert [own[-1] for own in statuses] == [302] * WRITERS
    assert sum(own.count(302) for own in statuses) == 2 * WRITERS
    assert sorted(written[1:]) == wanted, "each saved once, and all are in the history"
    assert begun == [f"Term {number:02}" for number in range(WRITERS)]
    assert changes == 2 * WRITERS
