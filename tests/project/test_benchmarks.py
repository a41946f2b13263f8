"""What measures the site runs: the made-up collection fits the tables, and is the same each time."""

from collections import Counter
from email.message import Message

import pytest
from django.db.models import Max

from benchmarks.made_up import DEPTH, MadeUp
from benchmarks.production.load import Figures
from benchmarks.production.servers import Answer, Server
from benchmarks.production.tables import Measured, medians, promises, times
from benchmarks.production.textbook.views import models_json
from benchmarks.soak.__main__ import lost
from benchmarks.soak.people import Entry, Log, Reader
from catalog.models import AIModel, Citation, Derivation, Score
from core.models import Status
from tests.factories import make_citation, make_model, make_organization, make_source


@pytest.fixture(scope="module")
def made_up():
    """The rows by kind, none of them saved."""
    return {kind: list(rows) for kind, rows in MadeUp(300).rows()}


@pytest.mark.django_db
def test_a_made_up_collection_fits_the_tables(made_up):
    for kind, rows in made_up.items():
        kind._default_manager.bulk_create(rows)

    assert AIModel.objects.count() == 300
    assert set(AIModel.objects.values_list("status", flat=True)) == {Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED}
    # Each column that is filled is cited, and follows its citation.
    stated = Citation.objects.filter(field="parameters_total", shown=True)
    figures = {(model, str(value)) for model, value in AIModel.objects.values_list("pk", "parameters_total") if value}
    assert set(stated.values_list("model", "value")) == figures
    assert len(figures) > 100
    assert Score.objects.filter(benchmark__higher_is_better=False).exists()
    assert Score.objects.filter(benchmark__scale_max=None).aggregate(most=Max("value"))["most"] > 100


def test_a_made_up_collection_has_long_lines_hubs_and_circles(made_up):
    edges = [edge for edge in made_up[Derivation] if edge.parent_id]
    children = Counter(edge.parent_id for edge in edges)
    parents = {edge.child_id: edge.parent_id for edge in edges if edge.kind != "distilled_from"}
    pairs = {(edge.child_id, edge.parent_id) for edge in edges}

    assert max(len(_line(pk, parents)) for pk in parents) >= DEPTH
    assert children.most_common(1)[0][1] > 10
    assert any((parent, child) in pairs for child, parent in pairs)
    assert any(edge.parent_id is None for edge in made_up[Derivation])


def _line(pk, parents):
    line = [pk]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def test_a_made_up_collection_is_the_same_each_time(made_up):
    again = {kind: list(rows) for kind, rows in MadeUp(300).rows()}

    assert {kind: list(map(_values, rows)) for kind, rows in again.items()} == {
        kind: list(map(_values, rows)) for kind, rows in made_up.items()
    }


def _values(row):
    """All but the number, which the database gives."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


# --- What production is held against --------------------------------------------------------------------------------


def test_of_runs_the_median_of_each_figure_counts():
    runs = [Figures(100, 1, 9, 5, 1), Figures(300, 3, 3, 1, 1), Figures(200, 2, 6, 3, 1)]

    assert medians(runs) == Figures(200, 2, 6, 3, 1)


def test_promises_are_held_against_what_was_measured_beside_them():
    costs = {
        ("site", 1000, "list with facets", "cold"): 10,
        ("site", 10_000, "home", "warm"): 0.9,
        ("site", 10_000, "list", "warm"): 0.5,
        ("site", 10_000, "list", "304"): 0.3,
        ("site", 10_000, "list with facets", "cold"): 14,
        ("site", 100_000, "list with facets", "cold"): 16,
        ("hello", 10_000, "home", "warm"): 1,
        ("hello", 10_000, "list", "warm"): 0.4,
        ("Datasette", 10_000, "list with facets", "warm"): 280,
        ("Datasette", 100_000, "list with facets", "warm"): 640,
    }
    # Of three runs, whose machine was ever busier.
    runs = {
        key: [Figures(100, 10, 60 if key[2] == "home" else 20, cost * slower, 0) for slower in (1, 2, 4)]
        for key, cost in costs.items()
    }
    memory = {("site", 100_000): (400, 300), ("textbook", 100_000): (300, 200)}

    found = list(
        promises(Measured([1000, 10_000, 100_000], runs, memory, {"import_records": 500, "bulk_create": 1000}))
    )

    # Against what, and what came out of it; where it holds for some pages and not for others, the worst counts.
    assert [(one.page, one.against, one.most, one.measured, one.worst, one.holds) for one in found] == [
        ("warm page, any kind", "hello", 1, 1.25, "list", False),
        ("304 to an ETag", "hello", 0.8, pytest.approx(0.75), "", True),
        ("cold list with facets, 10,000", "Datasette", 1 / 15, 0.05, "", True),
        ("cold list with facets, 100,000", "Datasette", 1 / 80, 0.025, "", False),
        ("growth of list with facets, cold", "1,000 → 100,000", 1.5, 1.6, "", False),
        ("memory (PSS), 100,000", "textbook", 1.2, 1.5, "", False),
        ("p99 under load", "p50", 5, 6, "home, warm", False),
        ("import, validated: time a row", "bulk_create of the same rows", 1, 2, "", False),
    ]


@pytest.mark.parametrize(("ratio", "text"), [(1.25, "1.25 ×"), (0.8, "0.80 ×"), (1 / 15, "1/15 ×"), (0.4, "1/2.5 ×")])
def test_small_ratios_are_read_as_parts(ratio, text):
    assert times(ratio) == text


def test_an_edit_is_lost_that_stands_not_once_in_the_history():
    saved = [
        ("term", 1, "Edit by a, number 1."),
        ("term", 1, "Edit by b, number 1."),
        ("term", 2, "Edit by a, number 2."),
    ]
    written = [saved[0], saved[2], saved[2]]

    assert lost(saved, written) == [
        f"{saved[1]} stands 0 times in the history",
        f"{saved[2]} stands 2 times in the history",
    ]


class Browser:
    """Answers one page after the other, whoever asks."""

    def __init__(self, *pages):
        self.pages = list(pages)

    def ask(self, address, form=None, **headers):
        status, body = self.pages.pop(0)
        sent = Message()
        sent["Content-Type"], sent["ETag"] = "text/html", '"1"'
        return Answer(status, sent, body, 0.1)


SAVED = b"<html>Edit by a, number 2.</html>"
OLDER = b"<html>Edit by a, number 1.</html>"


@pytest.mark.parametrize(
    ("answers", "errors", "stale"),
    [
        ([(200, SAVED), (304, b"")], 0, 0),
        ([(200, OLDER)], 0, 1),
        ([(200, OLDER), (304, b"")], 0, 2),
        ([(200, b"<html>Edit by a, number 2.")], 1, 0),
        ([(500, b"")], 1, 0),
    ],
)
def test_a_reader_sees_whether_a_page_is_whole_and_shows_what_was_saved(answers, errors, stale):
    entry, log = Entry("aimodel", 1, "/models/sparse/"), Log()
    log.last[entry] = 2
    reader = Reader(Browser(*answers), log)

    for _ in answers:
        reader.look(entry.address, entry)

    assert (len(log.errors), len(log.stale)) == (errors, stale)


def test_a_server_that_does_not_run_ends_the_measurement(tmp_path):
    server = Server("a peer", ["sh", "-c", "echo no such module; exit 3"], log=tmp_path / "log")

    with pytest.raises(SystemExit, match="a peer does not run:\nno such module"), server:
        pass


@pytest.mark.django_db
def test_the_textbook_answers_the_same_bytes(client, rf):
    model = make_model(name="Sparse", aliases="One\nTwo", parameters_total=7 * 10**9, training_compute=2e24)
    make_citation(model=model, field="parameters_total", value="7B", stated="7B", source=make_source())
    make_citation(model=model, field="training_compute", value="2e24", stated="2e24", source=make_source())
    model.organizations.add(make_organization())
    make_model(name="Draft", status=Status.DRAFT)
    make_model()
    address = "/models.json?per_page=1"

    assert models_json(rf.get(address)).content == client.get(address).content
    assert len(client.get(address).json()["results"]) == 1
    assert client.get(address).json()["count"] == 2
