"""The collection moves from one empty database to another, and every public page is the same to the byte."""

import json
import re
from itertools import zip_longest
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from catalog.models import AIModel, Tag
from core.models import Entry, Record
from research.models import Source
from tests import factories as make
from tests.emptying import empty
from tests.project.crawler import Visit, crawl

pytestmark = pytest.mark.django_db

SECRET = "Xyzzyx"
# Of a tag, the history alone says when it was made.
CITED = re.compile(
    r'<details class="cite">.*?</details>'
    r'|<meta name="citation_publication_date"[^>]*>\s*(?=<meta name="z:encyclopediaTitle")',
    re.DOTALL,
)
MOVED = re.compile(r"fixtures/\d+-(?!modalities)")
KINDS = [kind for kind in apps.get_models() if issubclass(kind, Entry)]


@pytest.fixture(scope="module")
def before(collection, django_db_blocker) -> dict[str, Visit]:
    """All that readers see of a collection that has drafts among and around what is published."""
    with django_db_blocker.unblock():
        surround(AIModel.objects.get(slug="deepseek-v3"))
        return crawl(Client(), twins=False)


def surround(model: AIModel) -> None:
    """Let it refer to drafts in every way, and to what is named otherwise than usual."""
    draft = make.make_model(name=SECRET, status="draft", predecessor=model)
    source = make.make_source(name=SECRET, status="draft")
    make.make_derivation(child=model, parent=draft, parent_name="Known by name", source=Source.objects.first())
    make.make_score(model=model, source=source), make.make_milestone(model=model, source=source)
    make.make_innovation(model=model, term=make.make_term(name=SECRET, status="draft"))
    make.make_citation(model=model, source=source), make.make_citation(model=draft)
    model.organizations.add(make.make_organization(name=SECRET, status="archived"))
    make.make_tagged_model(content_object=model, tag=make.make_tag(name="Named by hand", slug="by-hand"))
    make.make_tagged_model(content_object=draft, tag=make.make_tag(name=SECRET))
    make.make_benchmark(name="Variant", parent=make.make_benchmark(name=SECRET, status="in_review"))
    make.make_model(name="Aardvark", predecessor=draft, variant_of=None, why_it_matters="=1+1 matters.")


def export(folder: Path) -> dict[str, bytes]:
    call_command("export_dump", str(folder), verbosity=0)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def fetch(folder: Path) -> list[str]:
    """The fixture of every public entry, as another site would fetch them, in files."""
    entries = [entry for kind in [*KINDS, Tag] for entry in kind.objects.published()]
    addresses = [f"{entry.get_absolute_url()[:-1]}.fixture.json" for entry in entries]
    paths = []
    for address in sorted([*addresses, "/start.fixture.json"]):
        paths.append(folder / address[1:].replace("/", "-"))
        paths[-1].write_bytes(Client().get(address).content)
    assert len(addresses) > 100
    return list(map(str, paths))


def expect_the_same(before: dict[str, Visit]) -> None:
    after = crawl(Client(), twins=False)
    assert {address: visit.status for address, visit in after.items() if visit.status != 200} == {}
    assert set(after) == set(before)
    pages = {address: (_apart(visit.text), _apart(after[address].text)) for address, visit in before.items()}
    # What changed when, each installation tells of itself.
    del pages["/changes/"]
    assert {address: _differing(old, new) for address, (old, new) in pages.items() if old != new} == {}
    assert len(after) > 100
    assert [kind for kind in KINDS if kind.objects.count() != kind.objects.published().count()] == []


def _apart(page: str) -> str:
    """Without how its version is cited: the history stays in the installation where it was made."""
    return CITED.sub("", page)


def _differing(old: str, new: str) -> tuple[str, str]:
    """The first line that is another one."""
    return next((a, b) for a, b in zip_longest(old.splitlines(), new.splitlines()) if a != b)


@pytest.mark.parametrize("command", [pytest.param("loaddata", marks=pytest.mark.same_everywhere), "import_records"])
def test_a_dump_moves_the_collection(before, tmp_path, command):
    dumped = export(tmp_path / "dump")
    assert not [path for path, content in dumped.items() if SECRET.casefold().encode() in content.lower()]
    empty()
    assert {kind for kind in apps.get_models() if issubclass(kind, Record) and kind.objects.exists()} == set()

    call_command(command, *map(str, sorted(tmp_path.glob("dump/fixtures/*/*.json"))), verbosity=0)

    expect_the_same(before)
    assert export(tmp_path / "again") == dumped


@pytest.mark.same_everywhere
def test_fixtures_over_http_move_the_collection(before, tmp_path):
    dumped = export(tmp_path / "dump")
    paths = fetch(tmp_path)
    empty()

    call_command("import_records", *paths, verbosity=0)

    expect_the_same(before)
    # A modality that nothing has is referred to by no entry.
    assert {path: text for path, text in export(tmp_path / "again").items() if MOVED.match(path)} == {
        path: text for path, text in dumped.items() if MOVED.match(path)
    }


@pytest.mark.same_everywhere
def test_the_fixture_of_one_entry_begins_its_page_elsewhere(before, tmp_path):
    """Alone it brings its figures with their sources; what it only names waits as a draft."""
    (tmp_path / "f.json").write_bytes(Client().get("/models/deepseek-v3.fixture.json").content)
    records = json.loads((tmp_path / "f.json").read_text())
    empty()

    call_command("import_records", str(tmp_path / "f.json"), verbosity=0)

    before = before["/models/deepseek-v3/"].text.count('href="/sources/')
    assert Client().get("/models/deepseek-v3/").text.count('href="/sources/') == before > 10
    drafts = {(kind._meta.label_lower, e.slug) for kind in KINDS for e in kind.objects.filter(status="draft")}
    assert drafts == {(one["model"], one["fields"]["slug"]) for one in records if one.get("by_name")}
