"""The collection written into a folder, a few hundred entries at a time, all as it stands at one moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from graphlib import TopologicalSorter
from pathlib import Path

from django.apps import apps

from core.documents import links, owner_column, parts, public_documents
from core.dump.files import CsvFiles, Fixtures, as_json, note, written
from core.dump.manifest import Credit, datapackage, datasette, readme
from core.dump.sqlite import Database
from core.dump.tables import Table, tables
from core.folder import replacing
from core.models import Record
from core.snapshot import snapshot

DATABASE, PACKAGE, CHECKSUMS = "descent.sqlite3", "datapackage.json", "checksums.txt"
METADATA, README = "metadata.json", "README.md"
CONTENTS = {"fixtures", "csv", DATABASE, PACKAGE, CHECKSUMS, METADATA, README}
# Entries that are read together.
BATCH = 200

# An entry with its parts, and its kind.
Whole = tuple[type[Record], list[dict]]
# Takes the entries and how many there are, and gives them back one by one.
Watch = Callable[[Iterable[Whole], int], Iterable[Whole]]


def export(
    target: Path, credits: Callable[[], Sequence[Credit]], address: str = "", watch: Watch = lambda entries, _: entries
) -> dict[str, int]:
    """Write the published collection to `target`; how many rows each kind of records has.

    Addresses of pages begin with `address`; `credits` are asked for when all is read. ValueError where `target` holds
    anything else than an earlier dump.
    """
    kinds = standing_kinds()
    made = tables([kind for whole in kinds for kind in (whole, *(part for part, _ in parts(whole)))], address)
    with replacing(target, foreign) as folder, open_checksums(folder) as checksums:
        with snapshot():
            numbers = {kind: _numbers(kind) for kind in kinds}
            entries = watch(_documents(numbers), sum(map(len, numbers.values())))
            rows = _write_entries(folder, checksums, kinds, made, entries)
            credited = credits()
        counts = {table.name: rows[table.name] for table in made if not table.link}
        (folder / METADATA).write_bytes(as_json(datasette(made, credited, address)))
        (folder / README).write_text(readme(counts, credited, address), encoding="utf-8")
        files = [written(folder, f"csv/{table.name}.csv", table, rows[table.name]) for table in made]
        files += (written(folder, name) for name in (DATABASE, METADATA, README))
        for file in files:
            note(checksums, file.path, file.sha256)
        checksums.flush()
        files.append(written(folder, CHECKSUMS))
        (folder / PACKAGE).write_bytes(as_json(datapackage(files, counts, credited, address)))
    return counts


def foreign(folder: Path) -> str:
    """The name of something that is no part of a dump; "" where all is."""
    return min({found.name for found in folder.iterdir()} - CONTENTS, default="")


def open_checksums(folder: Path):
    return open(folder / CHECKSUMS, "w", encoding="utf-8")


def standing_kinds() -> list[type[Record]]:
    """The kinds of records that are no parts, in an order in which their fixtures load."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, Record) and not owner_column(kind)]
    return list(TopologicalSorter({kind: [k for k in kinds if k in _needs(kind)] for kind in kinds}).static_order())


def _needs(kind: type[Record]) -> set[type[Record]]:
    """The other kinds that its records, or their parts, refer to."""
    whole = [kind, *(part for part, _ in parts(kind))]
    columns = (column for one in whole for column in (*one._meta.concrete_fields, *links(one)))
    return {column.related_model for column in columns} - {kind}


def _numbers(kind: type[Record]) -> list[int]:
    """Of those that are published, by their keys: no database's own order of letters decides."""
    (key,) = kind.natural_key_fields
    rows = kind._default_manager.published().order_by().values_list(key, "pk")
    return [number for _, number in sorted(rows)]


def _documents(numbers: dict[type[Record], list[int]]) -> Iterator[Whole]:
    for kind, known in numbers.items():
        for start in range(0, len(known), BATCH):
            some = known[start : start + BATCH]
            found = public_documents(kind, some)
            yield from ((kind, found[number]) for number in some)


def _write_entries(folder, checksums, kinds, made: Sequence[Table], entries: Iterable[Whole]) -> dict[str, int]:
    """How many rows each table has."""
    of_label = defaultdict(list)
    for table in made:
        of_label[table.kind._meta.label_lower].append(table)
    fixtures = Fixtures(folder, kinds, checksums)
    with closing(CsvFiles(folder / "csv", made)) as files, closing(Database(folder / DATABASE, made)) as database:
        for kind, document in entries:
            fixtures.add(kind, document)
            for record in document:
                for table in of_label[record["model"]]:
                    rows = list(table.rows(record))
                    files.add(table, rows)
                    database.add(table, rows)
        fixtures.finish()
        database.finish()
        return files.counts
