"""Two PostgreSQL servers, Redis, nginx and three instances of the site, as in `deploy/`: parts end, hang and return.

Readers go on reading what is true, and what an editor saved is there.
"""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connection

from tests.project.test_concurrent_editors import Writer

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
pytestmark = [
    pytest.mark.django_db,  # On PostgreSQL too, where psycopg is.
    pytest.mark.skipif(connection.vendor == "sqlite", reason="runs where the other tests run on PostgreSQL"),
    pytest.mark.skipif(
        not SERVERS or not shutil.which("nginx") or not shutil.which("redis-server"),
        reason="needs Debian's postgresql, redis-server and nginx",
    ),
]
SETUP = """
import json
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from tests.factories import make_term
client = Client()
client.force_login(User.objects.create_superuser("writer"))
term = make_term(name="Contended", slug="contended", definition="As it began.")
print(json.dumps([term.pk, client.cookies[settings.SESSION_COOKIE_NAME].value]))
"""
TERM = "/glossary/contended/"


def free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(port: int, path: str, **headers: str) -> tuple[int, dict, str]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as browser:
        browser.request("GET", path, headers=headers)
        answer = browser.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


class Cluster:
    """All servers, by name; each is started, stopped and started again."""

    def __init__(self, folder: Path):
        self.folder, self.running = folder, {}
        names = ("primary", "replica", "redis", "nginx", "8001", "8002", "8003")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.sites = [self.ports[name] for name in ("8001", "8002", "8003")]
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "PYTEST_VERSION")},
            "SECRET_KEY": "q8" * 40,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL": "0",
            "DATABASE_URL": f"postgres://postgres@127.0.0.1:{self.ports['primary']}/postgres",
            "REPLICA_URL": f"postgres://postgres@127.0.0.1:{self.ports['replica']}/postgres",
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "STATIC_ROOT": str(folder / "staticfiles"),
            "METRICS_TOKEN": "of this test",
            "WEB_CONCURRENCY": "1",
        }

    def start(self, name: str, *, wait: bool = True) -> None:
        with (self.folder / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                self._command(name),
                cwd=settings.BASE_DIR if name.isdigit() else self.folder,
                env={**self.environment, "BIND": f"127.0.0.1:{self.ports[name]}"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        if wait:
            until(lambda: listens(self.ports[name]))
        if name in ("primary", "replica"):
            until(lambda: self._ready(name))

    def _command(self, name: str) -> list[str]:
        if name in ("primary", "replica"):
            return as_postgres(SERVERS[-1] / "postgres", "-D", self.folder / name, "-p", str(self.ports[name]))
        if name == "redis":
            return ["redis-server", "--port", str(self.ports[name]), "--bind", "127.0.0.1", "--save", ""]
        if name == "nginx":
            return ["nginx", "-p", str(self.folder), "-c", "nginx.conf", "-g", "daemon off;"]
        return [sys.executable, "-m", "gunicorn", "config.wsgi"]

    def _ready(self, name: str) -> bool:
        with suppress(Exception):
            return self.sql(name, "SELECT 1") == 1
        return False

    def kill(self, name: str, by: int = signal.SIGKILL) -> None:
        """The server and all its processes."""
        for process in self._processes(name):
            with suppress(ProcessLookupError):
                os.kill(process, by)
        if by in (signal.SIGKILL, signal.SIGTERM, signal.SIGQUIT):
            self.running.pop(name).wait(30)

    def _processes(self, name: str) -> list[int]:
        # PostgreSQL's are each a session of their own, below the first.
        found = [self.running[name].pid]
        for pid in found:
            with suppress(OSError):
                found += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        return found

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name, signal.SIGCONT)
            self.kill(name)

    def sql(self, name: str, sql: str):
        import psycopg

        address = self.environment["DATABASE_URL" if name == "primary" else "REPLICA_URL"]
        with psycopg.connect(address, autocommit=True, connect_timeout=2) as plain:
            cursor = plain.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.splitlines()[-1] if done.stdout else ""


def as_postgres(*command) -> list[str]:
    """The server refuses to run as root."""
    return [
        *(["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []),
        *map(str, command),
    ]


def nginx_configuration(cluster: Cluster) -> str:
    """The one that operators get, with the ports and paths of this machine, and without a certificate."""
    text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    text = re.sub(r"    server \{\n        listen 80;.*?\n    \}\n", "", text, count=1, flags=re.DOTALL)
    text = re.sub(r" +ssl_.*\n", "", text)
    text = text.replace("listen 443 ssl http2", f"listen 127.0.0.1:{cluster.ports['nginx']}")
    text = text.replace("/srv/descent", str(cluster.folder)).replace("/run/nginx.pid", "nginx.pid")
    for port in ("8001", "8002", "8003"):
        text = text.replace(f"127.0.0.1:{port}", f"127.0.0.1:{cluster.ports[port]}")
    return ("user root;\n" if os.getuid() == 0 else "") + text


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm", prefix="cluster-"))
    cluster = Cluster(folder)
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        run = {"check": True, "capture_output": True, "cwd": folder}
        initdb = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        subprocess.run(as_postgres(SERVERS[-1] / "initdb", *initdb, "-D", folder / "primary"), **run)
        written = (settings.BASE_DIR / "deploy" / "primary.conf").read_text()
        with (folder / "primary" / "postgresql.conf").open("a") as file:
            file.write(
                f"{written}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\njit = off\n"
            )
        cluster.start("primary")
        backup = ("-h", "127.0.0.1", "-p", str(cluster.ports["primary"]), "-U", "postgres", "--wal-method=stream")
        subprocess.run(
            as_postgres(
                SERVERS[-1] / "pg_basebackup", *backup, "-D", folder / "replica", "--write-recovery-conf",
                "--create-slot", "--slot=descent", "--checkpoint=fast", "--no-sync",
            ),
            **run,
        )  # fmt: skip
        with (folder / "replica" / "postgresql.conf").open("a") as file:
            file.write((settings.BASE_DIR / "deploy" / "replica.conf").read_text())
        cluster.start("replica")
        cluster.start("redis")
        cluster.manage("migrate", "--verbosity", "0")
        cluster.manage("collectstatic", "--no-input", "--verbosity", "0")
        cluster.term, session = json.loads(cluster.manage("shell", "--verbosity", "0", "--command", SETUP))
        (folder / "nginx.conf").write_text(nginx_configuration(cluster))
        (folder / "logs").mkdir()
        for name in ("8001", "8002", "8003", "nginx"):
            cluster.start(name)
        cluster.editor = Writer(("127.0.0.1", cluster.ports["nginx"]), session)
        cluster.form = f"/admin/glossary/term/{cluster.term}/change/"
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def save(cluster: Cluster, text: str) -> None:
    statuses = cluster.editor.write(cluster.form, cluster.editor.open(cluster.form), text)
    assert statuses == [302]


def shown(cluster: Cluster, text: str) -> list[bool]:
    """Whether each instance answers, and nginx, and shows that text."""
    answers = [get(port, TERM) for port in (*cluster.sites, cluster.ports["nginx"])]
    return [status == 200 and text in page for status, _, page in answers]


def each_has_what_the_first_kept(cluster: Cluster) -> bool:
    """Whether the instances share a page for which nobody has asked before."""
    new = f"{TERM}?new={time.monotonic_ns()}"
    stored = [get(port, new, Host="127.0.0.1")[1]["Cache-Status"] for port in cluster.sites]
    return stored == ["descent; fwd=miss", "descent; hit", "descent; hit"]


def readiness(cluster: Cluster) -> tuple[int, dict]:
    status, _, said = get(cluster.sites[0], "/readyz")
    return status, json.loads(said)


def page_was_read_from_the_replica(cluster: Cluster) -> bool:
    """Whether an instance asked it last for more than a version."""
    asked = "SELECT bool_or(query LIKE '%glossary_term%') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    return bool(cluster.sql("replica", asked))


@contextmanager
def readers(cluster: Cluster) -> Iterator[list[int]]:
    """Somebody reads through nginx all the time: the statuses of the answers."""
    statuses, ended = [], Event()

    def read() -> None:
        while not ended.is_set():
            statuses.append(get(cluster.ports["nginx"], f"{TERM}?nothing={len(statuses)}")[0])

    thread = Thread(target=read)
    thread.start()
    try:
        yield statuses
    finally:
        ended.set()
        thread.join()


ALL = [True] * 4


def test_parts_fail_and_no_page_is_wrong(cluster):
    until(lambda: readiness(cluster)[1]["status"] == "ready")
    assert get(cluster.sites[0], "/healthz")[::2] == (200, '{"status": "ok"}')
    assert [get(port, "/metrics")[0] for port in cluster.sites] == [401] * 3
    assert [get(cluster.ports["nginx"], address)[0] for address in ("/readyz", "/metrics")] == [404] * 2
    assert shown(cluster, "As it began.") == ALL

    # What nginx answers by itself is held by this site alone, and it names requests, not whoever asks.
    page = get(cluster.ports["nginx"], TERM, **{"X-Request-ID": "chosen-by-a-reader"})
    assert re.fullmatch("[0-9a-f]{32}", page[1]["X-Request-ID"])
    styles = [get(cluster.ports["nginx"], address) for address in re.findall(r'"(/static/[^"]+\.css)"', page[2])]
    assert {(status, said["Cross-Origin-Resource-Policy"]) for status, said, _ in styles} == {(200, "same-origin")}
    assert len(styles) > 3

    # What is saved is seen at once, by whomever one asks.
    for number in range(3):
        save(cluster, f"Saved {number}.")
        assert shown(cluster, f"Saved {number}.") == ALL

    # A process that is killed while it is asked.
    with readers(cluster) as statuses:
        until(lambda: len(statuses) > 5)
        cluster.kill("8002")
        until(lambda: not listens(cluster.ports["8002"]))
        before = len(statuses)
        until(lambda: len(statuses) > before + 10)
        cluster.start("8002")
    assert set(statuses) == {200}
    assert page_was_read_from_the_replica(cluster)

    # A replica that lags is not read.
    cluster.sql("replica", "SELECT pg_wal_replay_pause()")
    until(lambda: cluster.sql("replica", "SELECT pg_get_wal_replay_pause_state()") == "paused")
    save(cluster, "While the replica lags.")
    assert cluster.sql("replica", "SELECT definition FROM glossary_term") == "Saved 2."
    assert readiness(cluster)[1]["replica"] == "behind"
    assert shown(cluster, "While the replica lags.") == ALL
    cluster.sql("replica", "SELECT pg_wal_replay_resume()")
    until(lambda: readiness(cluster)[1]["status"] == "ready")

    # One that hangs, and one that is gone.
    cluster.kill("replica", signal.SIGSTOP)
    save(cluster, "While the replica hangs.")
    assert shown(cluster, "While the replica hangs.") == ALL
    assert readiness(cluster)[1]["replica"] == "down"
    cluster.kill("replica", signal.SIGCONT)
    cluster.kill("replica")
    save(cluster, "Without a replica.")
    assert shown(cluster, "Without a replica.") == ALL
    assert (readiness(cluster)[0], readiness(cluster)[1]["status"]) == (200, "degraded")
    cluster.start("replica")
    until(lambda: readiness(cluster)[1]["status"] == "ready")

    # A cache that hangs, and none.
    cluster.kill("redis", signal.SIGSTOP)
    save(cluster, "While the cache hangs.")
    assert shown(cluster, "While the cache hangs.") == ALL
    assert readiness(cluster)[1]["cache"] == "down"
    cluster.kill("redis", signal.SIGCONT)
    cluster.kill("redis")
    save(cluster, "Without a cache.")
    assert shown(cluster, "Without a cache.") == ALL
    assert readiness(cluster)[1]["cache"] == "down"
    cluster.start("redis")
    until(lambda: readiness(cluster)[1]["status"] == "ready")
    until(lambda: each_has_what_the_first_kept(cluster))

    # No primary: what was saved is still read, marked, from the replica, and from the store where there is none.
    save(cluster, "Before the primary fell.")
    assert shown(cluster, "Before the primary fell.") == ALL
    until(lambda: readiness(cluster)[1]["status"] == "ready")
    opened = cluster.editor.open(cluster.form)
    cluster.kill("primary", signal.SIGSTOP)
    status, headers, page = get(cluster.ports["nginx"], TERM)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert "Before the primary fell." in page
    begun = time.monotonic()
    status, page = cluster.editor.ask(cluster.form, opened | {"definition": "Lost."})
    assert (status, "look before you send it again" in page) == (503, True)
    assert time.monotonic() - begun < 10
    cluster.kill("primary", signal.SIGCONT)
    until(lambda: readiness(cluster)[1]["status"] == "ready")
    until(lambda: get(cluster.ports["nginx"], TERM)[1]["Cache-Control"] == "no-cache")
    cluster.kill("primary")
    assert readiness(cluster)[1] | {"cache": "ok"} == {
        "status": "degraded",
        "database": "down",
        "replica": "ok",
        "cache": "ok",
    }
    status, headers, page = get(cluster.ports["nginx"], TERM)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert "Before the primary fell." in page
    assert "This page may be behind." in page
    assert get(cluster.ports["nginx"], "/glossary/?q=contended")[0] == 200
    assert cluster.editor.ask(cluster.form, opened | {"definition": "Lost."})[0] == 503
    cluster.kill("replica")
    assert readiness(cluster)[0] == 503
    status, headers, page = get(cluster.ports["nginx"], TERM)
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert "Before the primary fell." in page

    # All as before.
    cluster.start("primary")
    cluster.start("replica")
    until(lambda: readiness(cluster)[1]["status"] == "ready")
    assert shown(cluster, "Before the primary fell.") == ALL
    save(cluster, "All as before.")
    assert shown(cluster, "All as before.") == ALL
    saved = json.loads(
        cluster.sql("primary", "SELECT json_agg(DISTINCT definition)::text FROM glossary_historicalterm")
    )
    assert {
        "Saved 0.",
        "While the replica lags.",
        "While the replica hangs.",
        "Without a replica.",
        "While the cache hangs.",
        "Without a cache.",
    } < set(saved)
    assert "Lost." not in saved
