"""An entry as a fixture that another installation takes: itself, what it refers to, and the names of what that does."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from taggit.models import TagBase

from core.documents import links, parts, public_documents, public_records, public_rows, records
from core.models import Record
from core.record_fields import references, required
from core.serializers.records import key_names
from core.tags import Tags
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
    whole = public_documents(type(entry), [entry.pk]).get(entry.pk, [])
    known: Keys = {type(entry): {entry.natural_key()[0]}}
    near = _without(_referred(whole), known)
    whose = {kind: keys for kind, keys in near.items() if not any(parts(kind))}
    beside = [record for kind, keys in whose.items() for record in public_records(_rows(kind, keys))]
    far = _without(_referred(beside), known, whose)
    for kind in near.keys() - whose.keys():
        far[kind] = far.get(kind, set()) | near[kind]
    return [*_named(far), *beside, *whole]


def _named(keys: Keys) -> list[dict]:
    """Records that begin an entry where there is none, and change nothing where there is one."""
    found = []
    for kind in sorted(keys, key=lambda kind: kind._meta.label):
        fields = {*key_names(kind), *required(kind)}
        found += (
            {"model": record["model"], "by_name": True, "fields": record["fields"]}
            for record in records(_rows(kind, keys[kind]), fields)
        )
    return found


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
