import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from core.management.commands import prepare_site
from glossary.models import Term
from tests import factories as make

pytestmark = pytest.mark.django_db


def prepare(capsys):
    call_command("prepare_site")
    return capsys.readouterr().out


@pytest.fixture
def small_collection(tmp_path, monkeypatch):
    """A starter collection of one term, which loads in no time."""
    file = tmp_path / "token.json"
    fields = {"name": "Token", "slug": "token", "definition": "A piece of text."}
    file.write_text(json.dumps([{"model": "glossary.term", "fields": fields}]))
    monkeypatch.setattr(prepare_site, "starter_files", lambda: [str(file)])


def test_first_run_loads_the_collection_and_creates_an_editor(capsys, small_collection):
    """Of a small one; the whole is loaded, from a process of its own, in tests/project/test_settings.py."""
    output = prepare(capsys)

    assert output.startswith("Loaded the starter collection: 1 entries from 1 files.\n")
    assert Term.objects.get().name == "Token"
    password = re.search(r"^Edit at /admin/ as “editor” with the password (\S+)$", output, re.MULTILINE)[1]
    editor = get_user_model().objects.get(username="editor")
    assert editor.check_password(password)
    assert editor.is_superuser
    assert output.endswith("It is shown this once. To set another: python manage.py changepassword editor\n")


def test_second_run_changes_nothing_and_tells_no_password(capsys, small_collection):
    prepare(capsys)
    editor = get_user_model().objects.get()
    Term.objects.update(name="Renamed by an editor")

    output = prepare(capsys)

    assert output == "Edit at /admin/. A lost password: python manage.py changepassword NAME\n"
    assert get_user_model().objects.get().password == editor.password
    assert Term.objects.get().name == "Renamed by an editor"


def test_every_installation_has_a_password_of_its_own(capsys, small_collection):
    passwords = set()
    for _ in range(3):
        passwords.add(re.search(r"with the password (\S{16,})$", prepare(capsys), re.MULTILINE)[1])
        get_user_model().objects.all().delete()

    assert len(passwords) == 3


def test_collection_with_any_entry_is_left_alone(capsys, small_collection):
    make.make_term(status="draft")

    output = prepare(capsys)

    assert "Loaded" not in output
    assert Term.objects.count() == 1


def test_no_editor_is_created_where_there_is_an_account(capsys, small_collection):
    get_user_model().objects.create_user("somebody")

    output = prepare(capsys)

    assert output.startswith("Loaded the starter collection: 1 entries from 1 files.\n")
    assert "with the password" not in output
    assert [user.username for user in get_user_model().objects.all()] == ["somebody"]


def test_starter_files_are_the_globs_of_the_readme_in_order():
    files = [Path(name).relative_to(settings.BASE_DIR).as_posix() for name in prepare_site.starter_files()]

    assert files == sorted(files)
    assert [files[0].split("/")[1], files[-1].split("/")[1]] == ["1-terms", "9-start"]
