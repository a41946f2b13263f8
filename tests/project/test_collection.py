"""The starter collection as a whole: there, right by every rule, and each page of it to be seen."""

import gzip
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from catalog.checks import OF_THE_WHOLE, findings, of_entry
from catalog.checks.collection import Collection
from catalog.models import AIModel, Derivation, Family
from core.management.commands.prepare_site import starter_files
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere, pytest.mark.usefixtures("whole_collection")]

KINDS = (AIModel, Family, Term, Organization, Source, Paper, Benchmark)


def test_collection_breaks_no_rule():
    output = StringIO()

    call_command("check_records", json=True, stdout=output)

    found = json.loads(output.getvalue())
    assert [finding["text"] for finding in found["findings"] if finding["level"] == "error"] == []


def test_every_model_can_be_published():
    """The rules asked of one entry find the same as the whole collection says of it."""
    warned = {
        (one.kind, one.slug, one.text)
        for one in findings(Collection(), "warning")
        if one.rule not in {rule.__name__ for rule in OF_THE_WHOLE}
    }
    checked = 0
    for model in AIModel.objects.order_by("slug"):
        told = {("catalog.aimodel", model.slug, problem.text) for problem in of_entry(model)}
        assert told <= warned, model
        checked += 1
    assert checked > 300


def test_collection_is_large_enough_to_stay():
    counts = {kind.__name__: kind.objects.published().count() for kind in KINDS}

    wanted = {"AIModel": 150, "Term": 120, "Paper": 120, "Benchmark": 40, "Organization": 50}
    assert {name: number for name, number in wanted.items() if counts[name] < number} == {}


def test_every_model_is_finished():
    unfinished = {}
    models = AIModel.objects.published().for_detail()
    for model in models:
        lacks = [
            name
            for name, there in {
                "summary": model.summary,
                "why it matters": model.why_it_matters,
                "description of 40 to 150 words": 40 <= len(model.description.split()) <= 150,
                "two to five milestones": 2 <= len(model.milestones.all()) <= 5,
                "innovations": model.innovations.all(),
                "papers or sources": model.model_papers.all() or model.citations.all(),
                "release date": model.released,
                "makers": model.organizations.all(),
                "badges": model.openness and model.architecture and model.input_modalities.all(),
            }.items()
            if not there
        ]
        if lacks:
            unfinished[model.slug] = lacks

    assert unfinished == {}
    assert len(models) > 150


def test_lineage_is_a_connected_story():
    """Most entries have a version before or after them, a base, or descendants."""
    edges = Derivation.objects.exclude(parent=None).values_list("child__slug", "parent__slug")
    edges = [*edges, *AIModel.objects.exclude(predecessor=None).values_list("slug", "predecessor__slug")]
    connected = {slug for edge in edges for slug in edge}

    assert len(connected) > 0.8 * AIModel.objects.count()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_entries_have_their_pages(kind):
    """Every fifth, for they are many; what holds for all pages is tested on one family."""
    client = Client()

    answers = Counter()
    for entry in kind.objects.published()[::5]:
        response = client.get(entry.get_absolute_url())
        answers[response.status_code, response.text.count("<h1")] += 1

    assert set(answers) == {(200, 1)}
    assert answers[200, 1] > 5


LARGEST = 60_000
PAGES = (
    *(
        "/",
        "/models/",
        "/families/",
        "/tags/",
        "/glossary/",
        "/organizations/",
        "/sources/",
        "/papers/",
        "/benchmarks/",
    ),
    *("/models/?view=cards", "/models/?facet=organization", "/disagreements/", "/search/?q=attention", "/start/"),
    *("/lineage/", "/lineage/?model=transformer&depth=all", "/lineage/?from=gpt-2&to=deepseek-r1"),
    *("/models/deepseek-v3/", "/families/deepseek/", "/glossary/mixture-of-experts/", "/papers/deepseek-v2/"),
    *("/benchmarks/mmlu/", "/organizations/openai/", "/sources/deepseek-v3-readme/", "/tags/fp8/"),
    *("/compare/", "/compare/?models=deepseek-v3,gpt-4o,llama-3-1-405b"),
    *("/models/deepseek-v3/report/", "/models/deepseek-v3/?as_of=2025"),
    *("/timeline/", "/timeline/?released_after=", "/timeline/?y=compute&color=modality", "/timeline/?y=benchmark:mmlu"),
)


@pytest.mark.parametrize("address", PAGES)
def test_page_is_light(address):
    page = Client().get(address)

    assert page.status_code == 200
    assert 4_000 < len(page.content) < LARGEST


def test_all_assets_together_are_light():
    """As they are transferred: texts compressed, fonts as they are."""
    files = [
        path for path in Path(settings.BASE_DIR, "static").rglob("*.*") if path.suffix in (".css", ".js", ".woff2")
    ]

    sizes = {
        path: len(data if path.suffix == ".woff2" else gzip.compress(data))
        for path in files
        if (data := path.read_bytes())
    }

    assert len(files) > 15
    assert sum(sizes.values()) < 100_000


def test_every_file_holds_one_entry_and_its_parts_and_no_number():
    for name in starter_files():
        with open(name, encoding="utf-8") as file:
            records = json.load(file)
        assert all(set(record) == {"model", "fields"} for record in records), name
        owners = {record["fields"].get("slug") for record in records} - {None}
        assert len(owners) == 1 or {"7-modalities", "9-start"} & set(Path(name).parts), name
