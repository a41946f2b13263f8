"""The collection as it stood on a day."""

import datetime

import pytest

from catalog.models import AIModel, Derivation, Score
from research.models import Paper
from tests import factories as make

DAY = datetime.date(2024, 6, 30)
BEFORE, AFTER = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)

pytestmark = pytest.mark.django_db


def released(day):
    return make.make_model(released=day, released_precision="day")


def appeared(factory, day):
    return factory(published=day, published_precision="day")


def test_model_is_there_from_its_release_on():
    model = released(BEFORE)
    released(AFTER), make.make_model()

    assert list(AIModel.objects.as_of(DAY)) == [model]
    assert AIModel.objects.as_of(None).count() == 3


def test_paper_is_there_from_its_publication_on():
    paper = appeared(make.make_paper, BEFORE)
    appeared(make.make_paper, AFTER)

    assert list(Paper.objects.as_of(DAY)) == [paper]


def test_score_is_known_from_its_measurement_or_its_source_on():
    model = released(BEFORE)
    measured = make.make_score(model=model, measured_on=BEFORE, source=appeared(make.make_source, AFTER))
    written = make.make_score(model=model, source=appeared(make.make_source, BEFORE))
    make.make_score(model=model, measured_on=AFTER)
    make.make_score(model=model)
    make.make_score(model=released(AFTER), measured_on=BEFORE)

    assert list(Score.objects.as_of(DAY)) == [measured, written]
    assert Score.objects.as_of(None).count() == 5


def test_derivation_is_there_from_the_release_of_the_child_on():
    edge = make.make_derivation(child=released(BEFORE))
    make.make_derivation(child=released(AFTER))

    assert list(Derivation.objects.as_of(DAY)) == [edge]
