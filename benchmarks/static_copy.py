"""How long a static copy takes, with one process and with several.

    .venv/bin/python -m benchmarks.static_copy DATABASE.sqlite3 [--jobs 2]

By entries, files, seconds, and seconds of processors, which a busy machine changes less.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.collection import set_up


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path, help="an SQLite file")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    options = parser.parse_args()
    entries = count(options.database)
    print(f"{'jobs':>6}{'entries':>9}{'files':>8}{'seconds':>9}{'CPU':>8}{'ratio':>8}  seconds for 1,000 entries")
    first = 0.0
    for jobs in options.jobs:
        files, seconds, busy = measure(options.database, jobs)
        first = first or seconds
        each = 1000 * seconds / entries
        print(f"{jobs:6}{entries:9}{files:8}{seconds:9.1f}{busy:8.1f}{seconds / first:8.2f}  {each:.1f}", flush=True)


def count(database: Path) -> int:
    """The entries that readers see."""
    set_up(database)
    from editorial.static_copy.addresses import kinds

    return sum(kind.objects.published().count() for kind in kinds())


def measure(database: Path, jobs: int) -> tuple[int, float, float]:
    """Files, seconds, and seconds of all processes together."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database.absolute()}", "DEBUG": "1"}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        command = [sys.executable, "manage.py", "export_site", copy, "--address=https://example.org", f"--jobs={jobs}"]
        began, before = time.perf_counter(), busy_children()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        seconds, busy = time.perf_counter() - began, busy_children() - before
        return sum(path.is_file() for path in copy.rglob("*")), seconds, busy


def busy_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
