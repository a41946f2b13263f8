"""What says what a dump holds: `datapackage.json` for programs, `metadata.json` for Datasette, and a page to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.dump.tables import Column, Table
from core.licences import OWN, OWN_URL

TITLE = "Descent: an encyclopedia of AI models"
ABOUT = "What each model is, what it scored, what it was built on, and what each source says of every figure."
# Named as Data Packages name it.
LICENCE = {"name": OWN.replace(" ", "-"), "title": OWN, "path": OWN_URL}


@dataclass(frozen=True)
class Credit:
    """A database that facts came from."""

    title: str
    path: str
    licence: str = ""

    def __str__(self) -> str:
        return f"{self.title} ({self.licence})" if self.licence else self.title


@dataclass(frozen=True)
class Written:
    """A file of the dump: `rows` of a table."""

    path: str
    bytes: int
    sha256: str
    table: Table | None = None
    rows: int = 0


def datapackage(files: Sequence[Written], entries: Mapping[str, int], credits: Sequence[Credit], address: str) -> dict:
    """A Frictionless Data Package. Fixtures are too many to be named one by one: `checksums.txt` has them."""
    return {
        "profile": "data-package",
        "name": "descent",
        "title": TITLE,
        "description": ABOUT,
        **({"homepage": f"{address}/"} if address else {}),
        "licenses": [LICENCE],
        "sources": [
            {"title": credit.title, "path": credit.path} | ({"licence": credit.licence} if credit.licence else {})
            for credit in credits
        ],
        "counts": entries,
        "resources": list(map(_resource, files)),
    }


def _resource(file: Written) -> dict[str, Any]:
    name = file.table.name if file.table else file.path
    own = {"name": name.lower(), "path": file.path, "bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    if not file.table:
        return own
    return own | {
        "profile": "tabular-data-resource",
        "description": file.table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "rows": file.rows,
        "schema": schema(file.table),
    }


def schema(table: Table) -> dict[str, Any]:
    """A Frictionless Table Schema."""
    # A primary key has no empty cells.
    whole = all(column.required for column in table.columns if column.name in table.key)
    keys = {"primaryKey": list(table.key)} if whole else {}
    foreign = [
        {"fields": column.name, "reference": {"resource": column.refers[0], "fields": column.refers[1]}}
        for column in table.columns
        if column.refers
    ]
    return {"fields": list(map(_field, table.columns)), **keys, "foreignKeys": foreign}


def _field(column: Column) -> dict[str, Any]:
    rules = {
        **({"required": True} if column.required else {}),
        **({"enum": list(column.choices)} if column.choices else {}),
        **({"pattern": column.pattern} if column.pattern else {}),
    }
    return {"name": column.name, "type": column.type, "description": column.about} | (
        {"constraints": rules} if rules else {}
    )


def datasette(tables: Sequence[Table], credits: Sequence[Credit], address: str) -> dict:
    """What Datasette shows beside the tables of the SQLite file."""
    labels = {"label_column": "name"}
    return {
        "title": TITLE,
        "description": ABOUT,
        "license": LICENCE["title"],
        "license_url": LICENCE["path"],
        "source": "; ".join(map(str, credits)),
        **({"about": "The encyclopedia", "about_url": f"{address}/"} if address else {}),
        "databases": {
            "descent": {
                "tables": {
                    table.name: {
                        "description": table.about,
                        "columns": {column.name: column.about for column in table.columns},
                        **(labels if any(column.name == "name" for column in table.columns) else {}),
                    }
                    for table in tables
                }
            }
        },
    }


def readme(entries: Mapping[str, int], credits: Sequence[Credit], address: str) -> str:
    counts = "\n".join(f"- {number:,} {name.replace('_', ' ')}" for name, number in entries.items())
    credited = "\n".join(f"- {credit}: <{credit.path}>" for credit in credits)
    at = f" of <{address}/>" if address else ""
    return README.format(title=TITLE, about=ABOUT, at=at, counts=counts, credits=credited, licence=LICENCE)


README = """\
# {title}

{about} This is the published collection{at}:

{counts}

| | |
|---|---|
| `fixtures/` | every entry as a file of records, as an installation of Descent takes them |
| `csv/` | one table a kind: entries by slug, units in the names of columns, dates as far as they are known |
| `descent.sqlite3` | the same tables in one file, with keys and an index of words |
| `metadata.json` | what Datasette shows beside them |
| `datapackage.json` | every table with its columns, rows and checksum, as a Frictionless Data Package |
| `checksums.txt` | for `sha256sum --check checksums.txt` |

    python manage.py import_records fixtures/*/*.json
    datasette descent.sqlite3 --metadata metadata.json
    python -c "import pandas; print(pandas.read_csv('csv/models.csv', keep_default_na=False, na_values=['']))"

An empty cell is an unknown or an empty value. A text that a spreadsheet would run as a formula has an apostrophe before
it in the CSV files.

## Licence

[{licence[title]}]({licence[path]}). Facts came, each with its source, from these databases among others:

{credits}
"""
