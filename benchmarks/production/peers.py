"""The site as in production, and what it is measured against on the same database, each as its own server."""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.production.load import Probe
from benchmarks.production.pages import FACETS, FILTER, ROWS, SORT, WORD
from benchmarks.production.servers import HOST, ROOT, WORKERS, Server

# Facets whose columns have other names.
COLUMNS = {"family": "family_id"}
# Milliseconds in which Datasette is to count facets and to answer queries: it is to count all, as the site does.
LIMIT = 60_000
# What is not counted in time, Datasette says of its facets.
GIVEN_UP = b"timed out"


@dataclass
class Place:
    """A folder for databases and files, and the models of the database that is served from it."""

    folder: Path
    models: int

    @property
    def database(self) -> Path:
        return self.folder / f"{self.models}.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """Production, on plain HTTP and loopback."""
        return {
            "DEBUG": "0",
            "SECRET_KEY": "for measuring only",
            "SECURE_SSL": "0",
            "ALLOWED_HOSTS": HOST,
            "STATIC_ROOT": str(self.folder / "static"),
            "DATABASE_URL": f"sqlite:///{self.database}",
        }

    def run(self, *words: str) -> str:
        """What a command of Python prints, on this database."""
        command = [sys.executable, *words]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def prepare(self) -> None:
        """Makes the database, if it is not there; brings it, and the static files, up to date."""
        if not self.database.exists():
            unfinished = self.database.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            self.run("-m", "benchmarks.collection", str(self.models), str(unfinished))
            unfinished.rename(self.database)
        self.run("manage.py", "migrate", "--verbosity=0")
        self.run("manage.py", "collectstatic", "--no-input", "--verbosity=0")

    def pages(self) -> dict:
        """What `benchmarks.production.pages` finds in it."""
        return json.loads(self.run("-m", "benchmarks.production.pages", str(self.database)))

    def django(self, name: str, settings: str = "config.settings", **environment: str) -> Server:
        """A Django site, by two processes of gunicorn."""
        # A worker that ends takes with it what its time is counted by.
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", f"--workers={WORKERS}", "--max-requests=0"]
        return Server(
            f"{name}, {self.models:,} models",
            [*command, "--bind=127.0.0.1:{port}", "--log-level=warning"],
            {**self.environment, "DJANGO_SETTINGS_MODULE": settings, **environment},
            self.folder / f"{name}-{self.models}.log",
        )

    def site(self) -> Server:
        return self.django("site")

    def hello(self) -> Server:
        return self.django("hello", "benchmarks.production.hello.settings", FILES=str(self.files))

    def textbook(self) -> Server:
        return self.django("textbook", "benchmarks.production.textbook.settings")

    def datasette(self) -> Server:
        """As fast as it can be: it may take it that nobody writes. Search is by the site's own index."""
        search = {"fts_table": "search_words", "fts_pk": "id"}
        described = self.folder / "datasette.json"
        named = {"databases": {str(self.models): {"tables": {"search_document": search}}}}
        described.write_text(json.dumps(named))
        settings = {"facet_time_limit_ms": LIMIT, "sql_time_limit_ms": LIMIT, "default_page_size": ROWS}
        words = [word for name, value in settings.items() for word in ("--setting", name, str(value))]
        return Server(
            f"Datasette, {self.models:,} models",
            [
                *(sys.executable, "-m", "datasette", "serve", "--immutable", str(self.database)),
                *("--metadata", str(described), "--port", "{port}", *words),
            ],
            log=self.folder / f"datasette-{self.models}.log",
        )

    # --- Pages ------------------------------------------------------------------------------------------------------

    @property
    def files(self) -> Path:
        return self.folder / f"files-{self.models}"

    def capture(self, site: Server, pages: dict[str, str]) -> dict[str, str]:
        """Saves the bytes of the site's pages as files, as they are and compressed; their addresses by page."""
        self.files.mkdir(exist_ok=True)
        return {page: f"/{self._save(number, site, address)}" for number, (page, address) in enumerate(pages.items())}

    def _save(self, number: int, site: Server, address: str) -> str:
        answer = site.ask(address)
        if answer.status != 200:
            sys.exit(f"{site.name} answers {answer.status} at {address}.")
        packed = answer.body if answer.headers["Content-Encoding"] == "gzip" else gzip.compress(answer.body)
        ending = {"application/json": "json", "text/csv": "csv"}.get(answer.headers.get_content_type(), "html")
        file = self.files / f"{number}.{ending}"
        file.write_bytes(gzip.decompress(packed))
        file.with_name(f"{file.name}.gz").write_bytes(packed)
        return file.name

    def of_datasette(self, server: Server, key: int) -> list[Probe]:
        table = f"/{self.models}/catalog_aimodel"
        query = urlencode([FILTER, ("_sort_desc", SORT), *(("_facet", COLUMNS.get(name, name)) for name in FACETS)])
        facets = f"{table}?{query}"
        answer = server.ask(facets)
        if answer.status != 200 or GIVEN_UP in answer.body:
            sys.exit(f"{server.name} does not count all facets at {facets}.")
        return [
            Probe(server, "model", f"{table}/{key}"),
            Probe(server, "list with facets", facets),
            Probe(server, "search", f"/{self.models}/search_document?{urlencode({'_search': WORD})}"),
        ]

    def of_textbook(self, server: Server, site: Server, pages: dict[str, str]) -> list[Probe]:
        data = pages["1,000 as JSON"]
        if _plain(server, data) != _plain(site, data):
            sys.exit(f"{server.name} does not answer the bytes of the site at {data}.")
        facets = f"/models/?{urlencode([FILTER, ('order', f'-{SORT}')])}"
        search = f"/models/?{urlencode({'q': WORD})}"
        return [
            Probe(server, "model", pages["model"]),
            Probe(server, "list with facets", facets),
            Probe(server, "search", search),
            Probe(server, "1,000 as JSON", data),
        ]


def _plain(server: Server, address: str) -> bytes:
    return server.ask(address, Accept_Encoding="identity").body
