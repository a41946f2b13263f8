"""How long each kind of page takes, with few models and with many: the median answer, its queries and its size.

    .venv/bin/python -m benchmarks.pages /tmp/1000.sqlite3 /tmp/10000.sqlite3 /tmp/100000.sqlite3

The databases are those that `benchmarks.collection` makes. Each is measured in a process of its own, through the whole
WSGI application with the settings of production, warm. A page that this version of the site does not have is left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count, Model
from django.test import RequestFactory

from benchmarks.collection import set_up

# A page is asked for so many times, or for so many seconds where it is slow, after the first answer.
TIMES, SECONDS = 25, 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("databases", nargs="+", type=Path, help="SQLite files, from the smallest to the largest")
    parser.add_argument("--only", default="", help="measure only pages whose name has this text")
    parser.add_argument("--here", action="store_true", help="measure one database in this process, as JSON")
    options = parser.parse_args()
    if options.here:
        print(json.dumps(list(measure(options.databases[0], options.only))))
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "STATIC_ROOT": folder, "SECURE_SSL": "0", "ALLOWED_HOSTS": "testserver"}
        collect(environment)
        table([run(path, options.only, environment) for path in options.databases])


def collect(environment: dict[str, str]) -> None:
    """The static files of production, whose names pages print."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(command, env={**environment, "DEBUG": "0", "SECRET_KEY": "for measuring only"}, check=True)


def run(path: Path, only: str, environment: dict[str, str]) -> dict[str, list[float]]:
    """By page: first answer and median of the next ones in milliseconds, queries, bytes of HTML."""
    command = [sys.executable, "-m", "benchmarks.pages", "--here", f"--only={only}", str(path)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {name: figures for name, *figures in json.loads(output)}


def measure(path: Path, only: str) -> Iterator[tuple[str, float, float, int, int]]:
    set_up(path)
    from config.wsgi import application

    for name, address in addresses():
        if only not in name:
            continue
        began = time.perf_counter()
        status, _ = answer(application, address)
        first = time.perf_counter() - began
        if status != 200:
            print(f"{name} is left out: {address} answers {status}", file=sys.stderr)
            continue
        queries, size = counted(application, address)
        taken = times(lambda address=address: answer(application, address))
        yield name, 1000 * first, 1000 * median(taken), queries, size


def counted(application: Callable, address: str) -> tuple[int, int]:
    """Queries and bytes of an answer."""
    asked = []

    def count(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        _, size = answer(application, address)
    return len(asked), size


def answer(application: Callable, address: str) -> tuple[int, int]:
    """Status and size of the answer, read to its end as a server does."""
    found = []
    response = application(RequestFactory().get(address).environ, lambda status, headers: found.append(status))
    size = sum(len(part) for part in response)
    response.close()
    return int(found[0].split()[0]), size


def times(ask: Callable[[], Any]) -> list[float]:
    taken: list[float] = []
    while len(taken) < TIMES and (len(taken) < 3 or sum(taken) < SECONDS):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return taken


def addresses() -> Iterator[tuple[str, str]]:
    """Each kind of page where it has most to do."""
    from catalog.models import AIModel, Family, Tag
    from glossary.models import Term
    from research.models import Benchmark, Organization, Paper, Source

    hub, organization = richest(AIModel, "descendants")[0], richest(Organization, "models")[0]
    scored = richest(AIModel, "scores")[:6]
    word = AIModel.objects.published().order_by("pk").last().name.split()[0]
    middle = AIModel.objects.published().count() // 100
    yield "home", "/"
    yield "models", "/models/"
    for name, query in {
        "a page in the middle": {"page": middle},
        "sorted by parameters": {"order": "-parameters"},
        "a word in most texts": {"q": "training"},
        "one facet": {"openness": "open_weight"},
        "four filters": {
            "openness": "open_weight",
            "organization": organization.slug,
            "released_after": "2020",
            "parameters_min": "1B",
        },
        "as of 2020": {"as_of": "2020-06-30"},
    }.items():
        yield f"models, {name}", f"/models/?{urlencode(query)}"
    yield "models as JSON, 1,000 rows", "/models.json?per_page=1000"
    yield "models as CSV, 1,000 rows", "/models.csv?per_page=1000"
    for name, text in {
        "a word in most texts": "training",
        "two such words": "training data",
        "a rare name": word,
        "misspelt": word[:2] + word[3:],
        "a phrase": '"sparse attention"',
        "operators": f"training org:{organization.slug} params:>10b released:2024",
    }.items():
        yield f"search, {name}", f"/search/?{urlencode({'q': text})}"
    yield "search, as of 2020", "/search/?q=training&as_of=2020-06-30"
    yield "suggestions", f"/search/suggest.json?q={word[:4]}"
    yield "leaderboard, most scores", richest(Benchmark, "scores")[0].get_absolute_url()
    yield "lineage of a hub", f"/lineage/?model={hub.slug}"
    yield "compare six", f"/compare/?models={','.join(model.slug for model in scored)}"
    yield "timeline", "/timeline/"
    yield "disagreements", "/disagreements/"
    yield "model, most scores", scored[0].get_absolute_url()
    yield "model, most descendants", hub.get_absolute_url()
    for kind, parts in {
        Family: "models",
        Term: "innovations",
        Paper: "model_papers",
        Organization: "models",
        Source: "citations",
        Tag: "tagged_models",
    }.items():
        name, many = kind._meta.verbose_name, kind._meta.get_field(parts).related_model._meta.verbose_name_plural
        yield f"{name}, most {many}", richest(kind, parts)[0].get_absolute_url()
    for name in ("families", "organizations", "papers", "sources", "benchmarks", "glossary", "tags"):
        yield name, f"/{name}/"


def richest(kind: type[Model], parts: str) -> list[Model]:
    """The entries that readers may see, those with most parts first; among the first fifty."""
    relation = kind._meta.get_field(parts)
    key = relation.remote_field.name
    counts = relation.related_model.objects.exclude(**{key: None}).order_by().values_list(key).annotate(Count("pk"))
    keys = [key for key, _ in sorted(counts, key=lambda pair: -pair[1])[:50]]
    entries = kind.objects.published().in_bulk(keys)
    return [entries[key] for key in keys if key in entries]


def table(runs: list[dict[str, list[float]]]) -> None:
    """Rows are pages; milliseconds for each database, then what the largest costs, for a README."""
    print(f"{'':32}{'ms':>{9 * len(runs)}}{'ratio':>8}{'first':>8}{'queries':>9}{'kB':>7}")
    for name in runs[-1]:
        found = [run[name] for run in runs if name in run]
        medians = [figures[1] for figures in found]
        first, _, queries, size = found[-1]
        cells = "".join(f"{value:9.1f}" for value in medians)
        ratio = medians[-1] / medians[0]
        print(f"{name:32}{cells:>{9 * len(runs)}}{ratio:8.1f}{first:8.0f}{queries:9}{size / 1000:7.1f}")


if __name__ == "__main__":
    main()
