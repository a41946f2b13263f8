"""The rules asked of one entry: the same as the whole collection says of it."""

import pytest

from catalog.checks import OF_THE_WHOLE, findings, of_entry
from catalog.checks.collection import Collection
from catalog.models import AIModel

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("whole_collection")
def test_every_model_of_the_starter_collection_can_be_published():
    whole = Collection()
    warned = {
        (one.kind, one.slug, one.text)
        for one in findings(whole, "warning")
        if one.rule not in {rule.__name__ for rule in OF_THE_WHOLE}
    }
    checked = 0
    for model in AIModel.objects.order_by("slug"):
        told = {("catalog.aimodel", model.slug, problem.text) for problem in of_entry(model)}
        assert told <= warned, model
        checked += 1
    assert checked > 300
