"""An entry as a fixture that another installation takes: itself, what it refers to, and the names of what that does."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache, partial

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from taggit.models import TagBase

from core.documents import links, parts, public_documents, public_records, public_rows, records
from core.models import Record
from core.record_fields import references, required
from core.serializers.records import key_names
from core.tags import Tags
from core.together import of_all
from core.views import EntryDetail

# Kinds of records, each with the keys of some of them.
Keys = dict[type[Record], set[str]]


def entry_fixture(view: EntryDetail) -> HttpResponse:
    """The entry for another installation."""
    if view.as_of:
        return JsonResponse({"errors": {"as_of": ["A fixture holds the entry as it is today."]}}, status=400)
    return fixture_response(fixture(view.object))


entry_fixture.media = "application/json"


def fixture_response(found: list[dict]) -> HttpResponse:
    return HttpResponse(json.dumps(found, indent=2, ensure_ascii=False), content_type="application/json")


def fixture(entry: Record) -> list[dict]:
    """The entry whole, as readers see it, after all that it refers to, so that an empty database can load it.

    What it refers to comes by its own record. Entries that have parts of their own, and what those records refer to
    in turn, are only named: enough to begin a draft where there is no such entry.
    """
    kind = type(entry)
    read = partial(_fixtures, kind)
    return of_all(kind, "fixture", entry.pk, read) or read([entry.pk]).get(entry.pk, [])


def _fixtures(kind: type[Record], numbers: Collection[int]) -> dict[int, list[dict]]:
    """Those of entries of one kind, in as many queries for many as for one."""
    wholes = public_documents(kind, numbers)
    own: dict[int, Keys] = {number: {kind: {_key(whole[0])}} for number, whole in wholes.items()}
    near = {number: _without(_referred(whole), own[number]) for number, whole in wholes.items()}
    # Those that come by their own records, and those that have parts.
    single = {n: {kind: keys for kind, keys in near[n].items() if not any(parts(kind))} for n in near}
    told = _told(single.values(), public_records)
    beside = {number: _chosen(single[number], told) for number in near}
    far = {n: _united([_without(_referred(beside[n]), own[n], single[n]), _without(near[n], single[n])]) for n in near}
    named = _told(far.values(), _names)
    return {number: [*_chosen(far[number], named), *beside[number], *whole] for number, whole in wholes.items()}


def _told(rings: Iterable[Keys], tell: Callable[[list[Record]], list[dict]]) -> dict[type[Record], dict[str, dict]]:
    """The records of all that the rings name, by kind and key."""
    found = {kind: _rows(kind, keys) for kind, keys in _united(rings).items()}
    return {kind: {_key(record): record for record in tell(rows)} for kind, rows in found.items() if rows}


def _chosen(ring: Keys, told: dict[type[Record], dict[str, dict]]) -> list[dict]:
    return [told[kind][key] for kind in ring for key in sorted(ring[kind]) if key in told.get(kind, ())]


def _united(rings: Iterable[Keys]) -> Keys:
    found: Keys = defaultdict(set)
    for ring in rings:
        for kind, keys in ring.items():
            found[kind] |= keys
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: kind._meta.label)}


def _names(rows: list[Record]) -> list[dict]:
    """Records that begin an entry where there is none, and change nothing where there is one."""
    kind = type(rows[0])
    fields = {*key_names(kind), *required(kind)}
    return [{"model": r["model"], "by_name": True, "fields": r["fields"]} for r in records(rows, fields)]


def _key(record: dict) -> str:
    (name,) = key_names(apps.get_model(record["model"]))
    return record["fields"][name]


def _rows(kind: type[Record], keys: Iterable[str]) -> list[Record]:
    """Those that readers see, without tags of which their name says all: another site may write it otherwise."""
    (name,) = kind.natural_key_fields
    rows = public_rows(kind).filter(**{f"{name}__in": sorted(keys)}).order_by(name)
    return [row for row in rows if not (isinstance(row, TagBase) and row.slug == row.slugify(row.name))]


def _referred(document: Iterable[dict]) -> Keys:
    """All that the records refer to: by relations, by tags, and by name in their prose."""
    found: Keys = defaultdict(set)
    for record in document:
        kind = apps.get_model(record["model"])
        for other, key in references(kind, record["fields"]):
            found[other].add(key[0])
        for column in links(kind):
            if isinstance(column, Tags):
                found[column.related_model].update(record["fields"].get(column.name, ()))
        for other, mention in _mentions():
            for text in filter(lambda value: isinstance(value, str), record["fields"].values()):
                found[other].update(mention.findall(text))
    return {kind: found[kind] for kind in sorted(found, key=lambda kind: kind._meta.label)}


@cache
def _mentions() -> list[tuple[type[Record], re.Pattern]]:
    """How prose names entries of a kind by their slugs."""
    return [
        (apps.get_model(label), re.compile(re.escape(pattern.partition("{slug}")[0]) + r"([\w-]+)"))
        for label, pattern in settings.RECORD_MENTIONS.items()
    ]


def _without(keys: Keys, *others: Keys) -> Keys:
    left = {kind: found.difference(*(other.get(kind, ()) for other in others)) for kind, found in keys.items()}
    return {kind: found for kind, found in left.items() if found}
