"""What a soak needs of its database, and what it wrote there: a part of `benchmarks.soak`, as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.collection import set_up

# Terms that all edit, besides those that one has alone.
SHARED = 10


def prepare(editors: int) -> dict[str, Any]:
    """Makes editors; their sessions, terms that all share, a model for each alone, and the pages to be read."""
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from benchmarks.production.pages import addresses
    from catalog.models import AIModel
    from editorial.roles import ADMINISTRATOR
    from glossary.models import Term

    sessions = []
    for number in range(editors):
        user = User.objects.create(username=f"editor{number}", is_staff=True)
        # What others save waits for a reviewer.
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        client = Client()
        client.force_login(user)
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return {
        "sessions": sessions,
        "shared": [_entry("term", term) for term in Term.objects.published().order_by("pk")[:SHARED]],
        "own": [_entry("aimodel", model) for model in AIModel.objects.published().order_by("pk")[:editors]],
        "pages": list(addresses().values()),
    }


def _entry(kind: str, row) -> tuple[str, int, str]:
    return kind, row.pk, row.get_absolute_url()


def written(*_: int) -> list[tuple[str, int, str]]:
    """Each row of the history that an edit made: kind and number of the entry, and the text."""
    from catalog.models import AIModel
    from glossary.models import Term

    found = []
    for kind, model, field in (("term", Term, "definition"), ("aimodel", AIModel, "summary")):
        rows = model.history.filter(**{f"{field}__startswith": "Edit by "}).values_list("id", field)
        found += [(kind, key, text) for key, text in rows]
    return found


if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    print(json.dumps({"prepare": prepare, "written": written}[sys.argv[2]](*map(int, sys.argv[3:]))))
