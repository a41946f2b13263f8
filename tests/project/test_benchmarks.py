"""What measures the site runs: the made-up collection fits the tables, and is the same each time."""

from collections import Counter

import pytest
from django.db.models import Max

from benchmarks.made_up import DEPTH, MadeUp
from catalog.models import AIModel, Citation, Derivation, Score
from core.models import Status


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
