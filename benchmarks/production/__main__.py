"""The site as in production beside what it is measured against, in one run: what each page costs, and what is promised.

    .venv/bin/python -m benchmarks.production [--models 1000 10000 100000] [--runs 3] [--only NAME]

Databases are made where the folder has none. Servers stand side by side; each run asks each of them for each page, so
that what else the machine does falls on all alike, and medians of the runs count. A page costs the time of processors
that its server's processes take, by themselves and in the system. Needs `wrk` and `datasette`; any answer but 200 and
304, and a server that does not run, ends it with status 1.
"""

import argparse
import shutil
import signal
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.production import imports
from benchmarks.production.load import Figures, Probe
from benchmarks.production.peers import Place
from benchmarks.production.servers import Server
from benchmarks.production.tables import MAIN, Key, Measured, memory_table, page_table, promise_table, promises

# What `--only` calls them.
IMPORTS = "imports"
FOLDER = Path(tempfile.gettempdir(), "descent-benchmarks")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, nargs="+", default=[1000, 10_000, 100_000], help="sizes of collections")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="how long each page is asked for in a run")
    parser.add_argument("--only", default="", help="measure only pages whose name has this text, or only imports")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where databases are kept (default: %(default)s)")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    # However it is stopped, it stops its servers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options.folder.mkdir(parents=True, exist_ok=True)
    places = [Place(options.folder.resolve(), models) for models in sorted(options.models)]
    for place in places:
        tell(f"database of {place.models:,} models")
        place.prepare()
    with ExitStack() as stack:
        bench = Bench(places, options.only, stack)
        for run in range(1, options.runs + 1):
            bench.run(run, options.seconds)
        measured = bench.measured()
    for lines in (page_table(measured), [""], memory_table(measured), [""], promise_table(promises(measured))):
        print(*lines, sep="\n")


class Bench:
    """All servers, as long as `stack` lasts, the pages that they are asked for, and what was measured so far."""

    def __init__(self, places: list[Place], only: str, stack: ExitStack):
        self.places, self.only, self.stack = places, only, stack
        self.smallest, self.largest = places[0], places[-1]
        self.main = next((place for place in places if place.models == MAIN), self.largest)
        self.servers: dict[tuple[str, int], Server] = {}
        self.probes: dict[Key, Probe] = {}
        self.figures: dict[Key, list[Figures]] = defaultdict(list)
        self.rates: dict[str, list[float]] = defaultdict(list)
        for place in places if only != IMPORTS else ():
            self._lay_out(place)
        if not self.probes and only != IMPORTS:
            sys.exit(f"No page has “{only}” in its name.")

    def _lay_out(self, place: Place) -> None:
        found, site = place.pages(), self._start("site", place, place.site())
        for page, address in found["pages"].items():
            self._ask("site", place, Probe(site, page, address, "cold"))
        # The others are another page each time.
        pages = {page: address for page, address in found["pages"].items() if "{}" not in address}
        for page, address in pages.items():
            self._ask("site", place, Probe(site, page, address))
        self._ask("site", place, Probe(site, "list", pages["list"], "304"))
        if place is self.main:
            files = place.capture(site, pages)
            hello = self._start("hello", place, place.hello())
            # Beside each page: a warm one takes so little that whatever else the machine does shows.
            self._ask("hello", place, *(Probe(hello, page, "/") for page in pages))
            self._ask("outermost", place, Probe(hello, "home", "/healthz"))
            self._ask("static file", place, *(Probe(hello, page, address) for page, address in files.items()))
        if place in (self.main, self.largest):
            datasette = self._start("Datasette", place, place.datasette())
            self._ask("Datasette", place, *place.of_datasette(datasette, found["key"]))
            textbook = self._start("textbook", place, place.textbook())
            self._ask("textbook", place, *place.of_textbook(textbook, site, pages))

    def _start(self, name: str, place: Place, server: Server) -> Server:
        self.servers[name, place.models] = self.stack.enter_context(server)
        return server

    def _ask(self, name: str, place: Place, *probes: Probe) -> None:
        for probe in probes:
            if self.only in probe.page:
                self.probes[name, place.models, probe.page, probe.way] = probe

    def run(self, number: int, seconds: int) -> None:
        """Measures all once; what is compared, one after the other."""
        pages = list(dict.fromkeys(page for *_, page, _ in self.probes))
        for key, probe in sorted(self.probes.items(), key=lambda item: (pages.index(item[0][2]), _is_slow(item[0]))):
            if figures := probe.measure(seconds):
                self.figures[key].append(figures)
            tell(f"run {number}: {probe}: {f'{figures.cpu:.2f} ms' if figures else 'it has no ETag'}")
        if self.only in IMPORTS:
            for way, rate in imports.measure(self.smallest).items():
                self.rates[way].append(rate)
                tell(f"run {number}: {way}: {rate:,.0f} rows a second")

    def measured(self) -> Measured:
        return Measured(
            sizes=[place.models for place in self.places],
            runs={key: self.figures[key] for key in self.probes if key in self.figures},
            # After all of the load, or of no meaning.
            memory={} if self.only else {key: server.memory() for key, server in self.servers.items()},
            imports={way: median(rates) for way, rates in self.rates.items()},
        )


def _is_slow(key: Key) -> bool:
    """Whether it is computed each time: that is compared with its like."""
    name, *_, way = key
    return way == "cold" or name in ("Datasette", "textbook")


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
