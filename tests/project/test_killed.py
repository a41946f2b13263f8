"""Killed in the middle, by SIGKILL: what was acknowledged is there, nothing is half done, and the next run works."""

import json
from functools import partial
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from core import folder
from core.models import Status
from editorial.models import Change
from glossary.models import Term
from tests.factories import make_term
from tests.forking import die, dying_at, killed
from tests.forms import send
from tests.own_database import connected_anew
from tests.tables import described

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own")]


def dying_at_commit():
    return patch.object(connections["default"], "_commit", die)


IN_HISTORY = partial(dying_at, 'INSERT INTO "glossary_historicalterm"')
IN_LOG = partial(dying_at, 'INSERT INTO "editorial_changedentry"')


@pytest.mark.parametrize("where", [IN_HISTORY, IN_LOG, dying_at_commit], ids=["history", "log", "commit"])
def test_a_killed_save_left_nothing_and_what_was_acknowledged_is_there(where):
    term = make_term(name="Kept", status=Status.DRAFT, definition="Before.")
    client, address = Client(), f"/admin/glossary/term/{term.pk}/change/"
    client.force_login(User.objects.create_superuser("ada"))
    assert send(client, address, definition="Acknowledged.").status_code == 302

    killed(where(), partial(send, client, address, definition="Lost."))

    assert Term.objects.get().definition == "Acknowledged."
    assert [past.definition for past in Term.history.order_by("pk")] == ["Before.", "Acknowledged."]
    assert Change.objects.count() == 1
    assert send(client, address, definition="Again.").status_code == 302
    assert Term.objects.get().definition == "Again."


@pytest.mark.parametrize("where", [IN_HISTORY, dying_at_commit], ids=["history", "commit"])
def test_a_killed_import_left_nothing(where, tmp_path):
    path = tmp_path / "terms.json"
    fields = [{"name": f"Term {n}", "slug": f"term-{n}", "definition": "New."} for n in range(3)]
    path.write_text(json.dumps([{"model": "glossary.term", "fields": own} for own in fields]))

    killed(where(), partial(call_command, "import_records", path, verbosity=0))

    assert (Term.objects.count(), Term.history.count(), Change.objects.count()) == (0, 0, 0)
    assert "term-1" not in Client().get("/search/?q=term").text
    call_command("import_records", path, verbosity=0)
    assert (Term.objects.count(), Term.history.count(), Change.objects.count()) == (3, 3, 1)


def dying_between_two_renamings():
    real = folder.Path.rename

    def rename(path, target):
        if path.name.endswith(".new"):
            die()
        return real(path, target)

    return patch.object(folder.Path, "rename", rename)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Files are the same from whatever database.")
@pytest.mark.parametrize("where", [partial(patch.object, folder, "keep_times", die), dying_between_two_renamings])
def test_a_killed_export_left_the_earlier_one(where, tmp_path):
    make_term(name="Kept")
    dump = tmp_path / "dump"
    call_command("export_dump", dump, verbosity=0)
    make_term(name="Newer")
    earlier = {path.name: path.read_bytes() for path in dump.rglob("*") if path.is_file()}

    killed(where(), partial(call_command, "export_dump", dump, verbosity=0))

    # Between the two renamings it stands beside, for that long.
    left = dump if dump.exists() else tmp_path / ".dump.old"
    assert {path.name: path.read_bytes() for path in left.rglob("*") if path.is_file()} == earlier
    call_command("export_dump", dump, verbosity=0)
    assert "newer" in str(sorted(dump.rglob("*.json")))
    assert [path.name for path in tmp_path.iterdir() if "dump" in path.name] == ["dump"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Django notes migrations alike on either database.")
def test_a_killed_migration_goes_on_where_it_was(tmp_path):
    """From zero up to one of the middle: each is noted as done in the transaction that does it."""
    target, first = ("glossary", "0003_history_knows_its_change"), ("glossary", "0001_initial")
    wanted = {name for name in described() if name.startswith("glossary_")}

    with connected_anew(NAME=str(tmp_path / "empty.sqlite3")):
        plan = [(one.app_label, one.name) for one, _ in MigrationExecutor(connection).migration_plan([target])]
        # All of the first is done, and it is to be noted; then, within it; then the next is to be noted.
        noting = 'INSERT INTO "django_migrations"'
        for where in (dying_at(noting, plan.index(first) + 1), dying_at("CREATE INDEX"), dying_at(noting, 2)):
            killed(where, partial(call_command, "migrate", *target, verbosity=0))
        MigrationExecutor(connection).migrate([target])

        assert set(plan) <= set(MigrationRecorder(connection).applied_migrations())
        assert set(described()) == wanted
