"""Servers on loopback, each a group of processes whose processor time and memory are read from /proc."""

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "descent.example"
WORKERS = 2
TICK = os.sysconf("SC_CLK_TCK")
# Seconds: until a server answers, and until it has done what it was still asked for.
STARTS, DRAINS = 60, 300


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        packed = self.headers["Content-Encoding"] == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@dataclass
class Server:
    """A command that serves on `port`; {port} stands for it. Used as a context, it runs within."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    log: Path = Path(os.devnull)

    def __enter__(self) -> "Server":
        self.port = free_port()
        command = [word.format(port=self.port) for word in self.command]
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **self.environment}, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *reason: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + STARTS
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit(f"{self.name} does not run:\n{self.log.read_text()[-2000:]}")

    def url(self, address: str) -> str:
        return f"http://127.0.0.1:{self.port}{address}"

    def ask(self, address: str, form: dict | None = None, **headers: str) -> Answer:
        """The answer to one reader, read to its end; to one who sends a form, where there is one."""
        sent = {"Host": HOST, "Accept-Encoding": "gzip"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        filled = None
        if form is not None:
            filled = urlencode(form, doseq=True)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as reader:
            began = time.perf_counter()
            reader.request("GET" if filled is None else "POST", address, filled, sent)
            response = reader.getresponse()
            body = response.read()
            return Answer(response.status, response.headers, body, time.perf_counter() - began)

    def busy(self) -> float:
        """Seconds of processors that its processes have taken so far, by themselves and in the system."""
        return sum(sum(map(int, _stat(number)[11:13])) for number in self.processes()) / TICK

    def memory(self) -> tuple[float, float]:
        """MB that its workers hold: RSS, in which what they share counts for each, and PSS, where it counts once."""
        # Where there are workers, the first process but keeps them.
        first, *workers = self.processes()
        held = [_rollup(number) for number in workers or [first]]
        return sum(one["Rss"] for one in held) / 1000, sum(one["Pss"] for one in held) / 1000

    def drain(self) -> None:
        """Waits until it works at nothing any more."""
        until, before = time.monotonic() + DRAINS, -1.0
        while (now := self.busy()) - before > 2 / TICK:
            if time.monotonic() > until:
                sys.exit(f"{self.name} still works after {DRAINS} seconds at what it was asked for.")
            before = now
            time.sleep(0.2)

    def processes(self) -> list[int]:
        """The process that was started and all that come from it."""
        children: dict[int, list[int]] = {}
        for number in map(int, filter(str.isdigit, os.listdir("/proc"))):
            if stat := _stat(number):
                children.setdefault(int(stat[1]), []).append(number)
        found = [self.process.pid]
        for number in found:
            found.extend(children.get(number, []))
        return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _stat(number: int) -> list[str]:
    """What follows a process's name in its `stat`: its state, its parent, … ; nothing where it has ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _rollup(number: int) -> dict[str, int]:
    lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
