"""Several processes, each with a connection of its own, write a copy of a database that all can open."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from core.management.commands.prepare_site import starter_files


def test_several_processes_write_what_one_does_and_leave_be_what_is_as_it_was(tmp_path, migrated):
    copy, options = tmp_path / "copy", ("--address", "https://example.org")
    organizations = [name for name in starter_files() if name.endswith(("/alibaba.json", "/amazon.json"))]
    shutil.copy(migrated, tmp_path / "db.sqlite3")
    manage(tmp_path, "import_records", "--verbosity", "0", *organizations)

    first = manage(tmp_path, "export_site", copy, *options, "--jobs", "2")
    times = {path: path.stat().st_mtime_ns for path in files(copy)}
    second = manage(tmp_path, "export_site", copy, *options, "--jobs", "1")

    assert first == second
    assert re.fullmatch(rf"{re.escape(str(copy))}: \d+ files of \d+ addresses\.\n", first)
    assert {path: path.stat().st_mtime_ns for path in files(copy)} == times
    assert len(organizations) == 2
    assert len(list(copy.glob("site/organizations/*/index.html"))) == 2
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def manage(folder: Path, *arguments) -> str:
    """What a command says, with a database in the folder."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", "DEBUG": "1"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
