"""Proposals as files and editors make them."""

import json

from core.documents import document
from editorial.proposals import (
    propose,
    propose_document,
)
from editorial.record_import import RecordImport


def proposals(*records, reason="Why"):
    batch = RecordImport()
    batch.read("f.json", json.dumps(records))
    batch.plan()
    batch.write(reason, dry_run=True)
    assert batch.problems == []
    return propose(batch, reason)


def record(model, /, **fields):
    return {"model": model, "fields": fields}


MODEL = record("catalog.aimodel", slug="v3", name="V3", training_compute=3.29e24)


def edited(entry, *, without=(), reason="Read it again", user=None, **fields):
    """A pending edit of the entry: what the form sends, with other `fields`, and without parts of some kinds."""
    original = document(entry)
    proposed = [{**one, "fields": dict(one["fields"])} for one in original if one["model"] not in without]
    proposed[0]["fields"] |= fields
    return propose_document(type(entry), entry.slug, entry.name, proposed, original, reason, user)
