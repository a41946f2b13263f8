"""A snapshot reads one moment, and lets nobody wait."""

import datetime
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.snapshot import snapshot
from glossary.models import Term
from tests import factories as make

WRITES_MEANWHILE = """
import sqlite3, sys, django
django.setup()
from django.db import connection
from core.snapshot import snapshot
from glossary.models import Term
with connection.schema_editor() as editor:
    editor.create_model(Term)
Term.objects.bulk_create([Term(slug="a", status="published")])
other = sqlite3.connect(sys.argv[1], timeout=0.1)
with snapshot():
    counts = [Term.objects.count()]
    other.execute("UPDATE glossary_term SET status = 'draft'")
    other.commit()
    counts.append(Term.objects.published().count())
    print(*counts, Term.objects.count(), end=" ")
print(Term.objects.published().count(), connection.transaction_mode)
"""


def test_snapshot_of_sqlite_sees_nothing_of_what_is_written_meanwhile(tmp_path):
    path = tmp_path / "other.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "1",
    }

    ran = subprocess.run(
        [sys.executable, "-c", WRITES_MEANWHILE, str(path)],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert (ran.stdout.split(), ran.stderr) == (["1", "1", "1", "0", "IMMEDIATE"], "")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="what PostgreSQL does")
@pytest.mark.django_db(transaction=True)
def test_snapshot_of_postgresql_sees_nothing_of_what_is_written_meanwhile():
    make.make_term()

    def write():
        Term.objects.update(status="draft")
        connection.close()

    with snapshot(), ThreadPoolExecutor(1) as others:
        before = Term.objects.published().count()
        others.submit(write).result()
        during = Term.objects.published().count()

    assert (before, during, Term.objects.published().count()) == (1, 1, 0)


@pytest.mark.django_db
def test_nothing_is_published_within_a_snapshot(monkeypatch):
    term = make.make_term(publish_at=timezone.now() + datetime.timedelta(hours=1))
    later = timezone.now() + datetime.timedelta(hours=2)

    with snapshot():
        monkeypatch.setattr(timezone, "now", lambda: later)
        within = (term.is_public, Term.objects.published().exists())

    assert within == (False, False)
    assert (term.is_public, Term.objects.published().exists()) == (True, True)
