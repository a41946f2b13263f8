"""Where the public databases say something else than an entry, the entry says so."""

import csv
from pathlib import Path

import pytest

from catalog.figures import FIGURE, Figure
from catalog.models import AIModel

# What data/extract.py took from Epoch AI's database (CC BY 4.0; exports of 18 October 2024, 14 March 2025 and
# 2 November 2025), models.dev (MIT; July 2026) and LLM Stats (CC BY 4.0; May 2025).
STATEMENTS = list(csv.DictReader((Path(__file__).parent / "data/databases.csv").read_text().splitlines()))
RATIO, DAYS = 0.02, 7


def far_apart(figure: Figure, theirs: str, ours: object) -> bool:
    """Over 2 % or 7 days apart, and not the same but for rounding."""
    value = figure.parse(theirs)
    if figure.same(value, ours):
        return False
    if figure.is_date:
        return abs((value[0] - ours[0]).days) > DAYS
    return abs(value - ours) > RATIO * max(abs(value), abs(ours))


@pytest.mark.parametrize(
    ("field", "theirs", "ours", "apart"),
    [
        ("parameters_total", "102000000000", 100000000000, False),
        ("parameters_total", "103000000000", 100000000000, True),
        ("context_window", "131072", 128000, False),
        ("training_compute", "3e24", 3.1e24, True),
    ],
)
def test_figures_are_far_apart_from_2_percent_on(field, theirs, ours, apart):
    assert far_apart(FIGURE[field], theirs, ours) is apart


@pytest.mark.parametrize(("theirs", "apart"), [("2024-12-19", False), ("2024-12-18", True), ("2024-12", False)])
def test_dates_are_far_apart_from_8_days_on(theirs, apart):
    released = FIGURE["released"]

    assert far_apart(released, theirs, released.parse("2024-12-26")) is apart


@pytest.mark.same_everywhere
@pytest.mark.django_db
@pytest.mark.usefixtures("whole_collection")
def test_every_difference_from_a_database_is_a_citation():
    models = {model.slug: model for model in AIModel.objects.prefetch_related("citations__source")}
    missing, differences = [], 0
    for said in STATEMENTS:
        model, figure = models[said["model"]], FIGURE[said["field"]]
        column = figure.column(model)
        if column is None or not far_apart(figure, said["value"], column):
            continue
        differences += 1
        cited = [
            citation.value
            for citation in model.citations.all()
            if citation.field == said["field"] and citation.source.slug == said["source"]
        ]
        if said["value"] not in cited:
            missing.append(f"{model.slug}, {figure.label}: {said['source']} says {said['stated']}; cited: {cited}")

    assert missing == []
    assert differences > 100
    assert len({said["model"] for said in STATEMENTS}) > 100
