"""Drives one page of one server with wrk, and reads what each request costs."""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.production.servers import HOST, WORKERS, Answer, Server

SCRIPT = Path(__file__).with_name("wrk.lua")
# So many readers at once, as in the soak; fewer where two workers would let each wait longer than half a second.
READERS = 50
# Where a server names no cache, nothing is known of hits.
CACHE = "Cache-Status"
# Each cold run asks by numbers of its own.
_numbers = count(1)
A_RUN = 1_000_000


@dataclass(frozen=True)
class Figures:
    """Of one run: requests a second, milliseconds that half and 99 of 100 waited at most, and that each cost.

    `hits` is the share of answers that say that they come from the store.
    """

    rate: float
    p50: float
    p99: float
    cpu: float
    hits: float


def _readers(first: Answer) -> int:
    """How many ask at once."""
    return max(WORKERS, min(READERS, int(WORKERS / 2 / first.seconds)))


@dataclass(frozen=True)
class Probe:
    """A page of a server, asked for `warm`, `cold` or, with its ETag, as `304`."""

    server: Server
    page: str
    address: str
    way: str = "warm"

    def measure(self, seconds: int) -> Figures | None:
        """None where the page has no ETag, which a 304 needs."""
        headers: dict[str, str] = {}
        first = self._ask()
        if self.way == "304":
            if "ETag" not in first.headers:
                return None
            headers["If-None-Match"] = first.headers["ETag"]
        # Each process computes it once, and has then what it keeps; each thread has a connection of its own.
        # Whether any of it is done in time does not matter.
        self._drive(math.ceil(2 * first.seconds), headers, _readers(first))
        self.server.drain()
        first = self._ask(**headers)
        self.server.drain()
        before = self.server.busy()
        run = self._drive(max(seconds, math.ceil(4 * first.seconds)), headers, _readers(first))
        if not run["answered"]:
            sys.exit(f"{self}: none of {run['sent']} requests was answered in time")
        self.server.drain()
        cost = self.server.busy() - before
        # What was sent is worked at, though wrk may no longer wait for it.
        return Figures(
            rate=run["answered"] / run["seconds"],
            p50=run["p50"],
            p99=run["p99"],
            cpu=1000 * cost / run["sent"],
            hits=run["hits"] / run["answered"],
        )

    def _ask(self, **headers: str) -> Answer:
        address = self.address
        if self.way == "cold":
            address += "" if "{}" in address else f"{'&' if '?' in address else '?'}nothing={{}}"
            address = address.replace("{}", str(next(_numbers) * A_RUN))
        answer = self.server.ask(address, **headers)
        wanted = 304 if headers else 200
        if answer.status != wanted:
            sys.exit(f"{self} is answered {answer.status}, not {wanted}: {address}\n{answer.body[:500]!r}")
        return answer

    def _drive(self, seconds: int, headers: dict[str, str], readers: int) -> dict[str, float]:
        given = {"Host": HOST, "Accept-Encoding": "gzip", **headers}
        words = [word for name, value in given.items() for word in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{readers}", f"-d{seconds}s", "--timeout", "120s", "-s", str(SCRIPT), *words]
        way = "cold" if self.way == "cold" else "warm"
        number = next(_numbers) * A_RUN
        done = subprocess.run(
            [*command, self.server.url(self.address), "--", way, str(number)], capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"wrk fails at {self}:\n{done.stdout}{done.stderr}")
        run = json.loads(done.stdout.splitlines()[-1])
        if run["wrong"] or run["errors"]:
            answered = f"{run['wrong']} were answered {run['status']}, {run['errors']} not at all"
            sys.exit(f"{self}: of {run['sent']} requests {answered}")
        if self.way == "cold" and run["hits"]:
            sys.exit(f"{self}: {run['hits']} answers come from the store")
        return run

    def __str__(self) -> str:
        return f"{self.server.name}: {self.page}, {self.way}"
