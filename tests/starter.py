"""The starter collection in pieces: one family with all that it refers to loads in a moment, the whole does not."""

import json
from functools import cache
from pathlib import Path

from django.apps import apps

from core.management.commands.prepare_site import starter_files
from core.tags import Tags

# Complete in every respect: versions, a variant, scores, disagreements, milestones, lineage.
FAMILY = ("deepseek-llm-67b", "deepseek-v2", "deepseek-v3-base", "deepseek-v3", "deepseek-r1")


@cache
def family_files() -> list[str]:
    """The files of the DeepSeek family and of all that they refer to, in the order in which they load."""
    homes = {}
    for name in starter_files():
        for record in json.loads(Path(name).read_text()):
            homes.setdefault((record["model"], str(record["fields"].get("slug"))), name)
    todo, found = [homes["catalog.aimodel", slug] for slug in FAMILY], set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [homes[key] for record in json.loads(Path(name).read_text()) for key in references(record)]
    return sorted(found)


def references(record: dict) -> list[tuple[str, str]]:
    """What a record refers to: model and key."""
    model = apps.get_model(record["model"])
    found = []
    for name, value in record["fields"].items():
        field = model._meta.get_field(name)
        if field.is_relation and not isinstance(field, Tags) and value:
            keys = value if field.many_to_many else [value]
            found += [(field.related_model._meta.label_lower, key[0]) for key in keys]
    return found
