"""Readers and editors at work for minutes on the site as in production: nothing fails or is lost, memory is flat.

    .venv/bin/python -m benchmarks.soak [--minutes 10] [--models 10000] [--readers 50] [--editors 4]

Editors work in the admin, in turns on a model of their own and on a term where others write as well; each edit has a
number. Readers ask for pages of all kinds with the ETags that they were given. Before that, twenty editors make 320
edits at once, as quickly as they can. At the end every edit that was acknowledged stands once in the history, or the
status is 1; likewise if any answer was an error, or showed less than was saved, or memory grew.
"""

import argparse
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles

from benchmarks.production.__main__ import FOLDER
from benchmarks.production.peers import Place
from benchmarks.production.servers import Server
from benchmarks.soak.people import Editor, Entry, Log, Reader

# So many write at once, so many edits each.
WRITERS, EDITS = 20, 16
# So many times the memory of the middle still is flat at the end.
FLAT = 1.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--models", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--editors", type=int, default=4)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where databases are kept (default: %(default)s)")
    options = parser.parse_args()
    # However it is stopped, it stops its servers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options.folder.mkdir(parents=True, exist_ok=True)
    kept = Place(options.folder.resolve(), options.models)
    kept.prepare()
    with tempfile.TemporaryDirectory(dir=kept.folder) as folder:
        place = Place(Path(folder), kept.models)
        # What is edited is a copy.
        shutil.copy(kept.database, place.database)
        (place.folder / "static").symlink_to(kept.folder / "static")
        found = database(place, "prepare", max(options.editors, WRITERS))
        with place.site() as site:
            at_once, soak = Log(), Log()
            write_at_once(site, at_once, found)
            held = work(site, soak, found, options)
        problems = [*report("at once", at_once), *report("soak", soak)]
        problems += lost(at_once.saved + soak.saved, [tuple(row) for row in database(place, "written")])
    print(f"memory, PSS in MB: {', '.join(f'{megabytes:.0f}' for megabytes in held)} at the start, middle and end")
    if held[2] > FLAT * held[1]:
        problems.append("memory grows")
    print("\n".join([*problems[:50], f"{len(problems)} problems"]))
    sys.exit(bool(problems))


def database(place: Place, *words: object) -> object:
    return json.loads(place.run("-m", "benchmarks.soak.database", str(place.database), *map(str, words)))


def write_at_once(site: Server, log: Log, found: dict) -> None:
    """All edit the terms that they share, without a pause."""
    shared = [Entry(*entry) for entry in found["shared"]]
    editors = [Editor(f"writer{number}", session, site, log) for number, session in enumerate(found["sessions"])]

    def write(editor: Editor) -> None:
        chance = random.Random(editor.name)
        for _ in range(EDITS):
            editor.edit(chance.choice(shared))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, editors[:WRITERS]))
    if len(log.saved) != WRITERS * EDITS:
        log.errors.append(f"{len(log.saved)} of {WRITERS * EDITS} edits were acknowledged")


def work(site: Server, log: Log, found: dict, options: argparse.Namespace) -> list[float]:
    """All read and edit for so many minutes; MB that the site holds at the start, in the middle and at the end."""
    seconds = 60 * options.minutes
    until = time.monotonic() + seconds
    shared, own = ([Entry(*entry) for entry in found[name]] for name in ("shared", "own"))
    own = own[: options.editors]
    held = [site.memory()[1]]
    with ThreadPoolExecutor(options.readers + options.editors) as pool:
        done = [
            pool.submit(Editor(f"editor{number}", found["sessions"][number], site, log).work, [entry], shared, until)
            for number, entry in enumerate(own)
        ]
        done += [
            pool.submit(Reader(site, log).read, found["pages"], own, until, random.Random(number))
            for number in range(options.readers)
        ]
        time.sleep(seconds / 2)
        held.append(site.memory()[1])
    for one in done:
        one.result()
    return [*held, site.memory()[1]]


def report(name: str, log: Log) -> list[str]:
    """Prints what happened; what should not have."""
    hundredths = quantiles(log.waits, n=100)
    print(
        f"{name}: {len(log.waits):,} answers, p50 {hundredths[49]:.0f} ms, p99 {hundredths[98]:.0f} ms; "
        f"{len(log.saved):,} edits saved, after {len(log.conflicts):,} looks at what others had saved; "
        f"{len(log.errors)} errors, {len(log.stale)} stale"
    )
    return [*log.errors, *log.stale]


def lost(saved: list[tuple], written: list[tuple]) -> list[str]:
    """What was acknowledged and does not stand in the history exactly once."""
    times = Counter(written)
    found = [f"{edit} stands {times[edit]} times in the history" for edit in saved if times[edit] != 1]
    print(f"lost edits: {len(found)} of {len(saved):,}")
    return found


if __name__ == "__main__":
    main()
