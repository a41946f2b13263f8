"""The README and CONTRIBUTING: every command and file that they name is there, and the loading lines are run."""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from gunicorn.config import Config

from core.models import Entry
from tests.starter import family_files

ROOT = Path(settings.BASE_DIR)
PAGES = {name: (ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md")}
LINES = [line.strip() for page in PAGES.values() for line in re.findall(r"^ {4}(?! )(.+)$", page, re.MULTILINE)]
# Commands in running text, where they have an argument.
INLINE = [code for page in PAGES.values() for code in re.findall(r"`([^`\n]+ [^`\n]+)`", page.replace("\n", " "))]
COMMANDS = [c for c in [*LINES, *INLINE] if re.match(r"python3|\.venv|manage\.py|export", c)]


def dev_help(*arguments):
    return subprocess.run([sys.executable, ROOT / "dev.py", *arguments, "--help"], capture_output=True, text=True)


def check_dev(command, *arguments):
    """A command that `dev.py` has, with options it takes; what follows `test` is pytest's."""
    assert re.search(rf"^ +{command} ", dev_help().stdout, re.MULTILINE), command
    if command == "test":
        assert all(a.startswith("-") or (ROOT / a).exists() for a in arguments)
    else:
        options = dev_help(command).stdout
        assert all(argument in options for argument in arguments if argument.startswith("-"))


def check_manage(name, *arguments):
    """A command of the site, with options it takes; files among them exist."""
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)
    parsed = parser.parse_args(list(arguments))
    for pattern in getattr(parsed, "args", []):
        assert "/" not in pattern or list(ROOT.glob(pattern)), pattern


def check_module(module, *arguments):
    assert importlib.util.find_spec(module), module
    assert all((ROOT / name).is_file() for name in arguments if name.endswith(".lock"))


def check_tool(tool, *arguments):
    assert (Path(sys.executable).parent / tool).exists(), tool
    if tool == "gunicorn":
        Config().parser().parse_args(arguments)
        assert importlib.util.find_spec(arguments[0])
    else:
        shown = subprocess.run(
            [Path(sys.executable).parent / tool, arguments[0], "--help"], capture_output=True, text=True
        )
        assert all(argument in shown.stdout for argument in arguments if argument.startswith("--"))


@pytest.mark.parametrize("line", COMMANDS)
def test_command_exists_with_its_options(line):
    match shlex.split(line):
        case ["python3", "dev.py", command, *arguments]:
            check_dev(command, *arguments)
        case ["python3" | ".venv/bin/python", "-m", module, *arguments]:
            check_module(module, *arguments)
        case [".venv/bin/python", "manage.py", command, *arguments] | ["manage.py", command, *arguments]:
            check_manage(command, *arguments)
        case ["export", *pairs]:
            source = (ROOT / "config" / "settings.py").read_text()
            assert [pair for pair in pairs if f'"{pair.split("=")[0]}"' not in source] == []
        case [tool, *arguments] if tool.startswith(".venv/bin/"):
            check_tool(Path(tool).name, *arguments)
        case _:
            pytest.fail(f"No test knows what to make of “{line}”.")


def test_every_indented_line_is_a_command():
    assert [line for line in LINES if line not in COMMANDS] == []
    assert len(COMMANDS) >= 20


@pytest.mark.parametrize("page", PAGES)
def test_every_file_named_is_there(page):
    text = re.sub(r"^ {4}.*$", "", PAGES[page], flags=re.MULTILINE)
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    named = [
        name
        for code in re.findall(r"`([^`]+)`", text)
        for name in code.split()
        if re.fullmatch(r"\.?[\w-]+(/[\w.-]*)+|[\w-]+\.(toml|lock|md)", name) and not name.startswith(".venv")
    ]

    assert len(linked) + len(named) >= 5
    assert [name for name in [*linked, *named] if not (ROOT / name).exists()] == []


def arguments_of(command):
    return [shlex.split(line.split(f"manage.py {command} ")[1]) for line in LINES if f"manage.py {command} " in line]


def expand(folder, words):
    """As a shell does: a word with a star becomes the files it matches, in order."""
    return [
        found
        for word in words
        for found in ([p.relative_to(folder).as_posix() for p in sorted(folder.glob(word))] if "*" in word else [word])
    ]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder to run the README's lines in, with one family's files: what holds for them holds for all."""
    for name in family_files():
        copy = tmp_path / Path(name).relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, copy)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.same_everywhere
@pytest.mark.django_db
def test_loading_and_dumping_lines_do_what_they_say(checkout):
    kinds = [model for model in apps.get_models() if issubclass(model, Entry)]
    loads = [expand(checkout, words) for words in arguments_of("loaddata")]
    dumps = arguments_of("dumpdata")

    assert [len(files) for files in loads if len(files) > 1] == [len(family_files())] * 2
    assert loads[0] == [Path(name).relative_to(ROOT).as_posix() for name in family_files()]
    # A line that stands there twice is run once.
    for files in dict.fromkeys(map(tuple, loads)):
        call_command("loaddata", *files, verbosity=0)
    for words in dumps:
        call_command("dumpdata", *words, verbosity=0)

    assert len(dumps) == 1
    written = json.loads((checkout / "collection.json").read_text())
    entries = [record for record in written if "status" in record["fields"]]
    assert len(entries) == sum(model.objects.count() for model in kinds) > 100


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["jsonl", "yaml"])
def test_other_formats_work_where_the_readme_says_so(checkout, suffix):
    assert f"`.{suffix}`" in PAGES["README.md"]
    call_command("loaddata", *expand(checkout, ["fixtures/2-organizations/*.json"]), verbosity=0)
    words = [word.replace("collection.json", f"collection.{suffix}") for word in arguments_of("dumpdata")[0]]

    call_command("dumpdata", *words, verbosity=0)

    text = (checkout / f"collection.{suffix}").read_text()
    assert text.startswith({"jsonl": '{"model": ', "yaml": "- model: "}[suffix])
    call_command("loaddata", f"collection.{suffix}", verbosity=0)
