import datetime

import pytest

from catalog.companions import KIN, PEERS, companions, examples
from tests import factories as make

pytestmark = pytest.mark.django_db


def released(name, day, **fields):
    return make.make_model(
        name=name, released=datetime.date(2024, 1, day), released_precision="day", openness="open_weight", **fields
    )


def test_kin_are_the_line_first_and_then_the_family():
    family = make.make_family()
    distant = [released(f"Distant {day}", day, family=family) for day in range(1, 9)]
    before = released("Before", 9)
    model = released("Model", 10, family=family, predecessor=before)
    after = released("After", 11, predecessor=model)
    base = released("Base", 10, variant_of=model)

    kin = companions(model).kin

    assert set(kin[:3]) == {before, after, base}
    assert kin[3:] == distant[:4:-1]
    assert len(kin) == KIN == 6
    assert before not in companions(model, [before]).kin


def test_peers_are_as_open_of_the_time_and_of_others():
    text, images = make.make_modality(name="text", slug="text"), make.make_modality(name="images")
    family = make.make_family()
    model = released("Model", 10, family=family, output_modalities=[images, text])
    near = [released(f"Near {day}", day, output_modalities=[text]) for day in (5, 6, 7, 8, 12, 13, 14, 15)]
    released("Draws", 10, output_modalities=[images])
    released("Kin", 10, family=family, output_modalities=[text])
    released("Hidden", 10, output_modalities=[text], status="draft")
    closed = released("Closed", 10, output_modalities=[text])
    type(closed).objects.filter(pk=closed.pk).update(openness="api_only")

    assert [peer.name for peer in companions(model).peers] == [
        "Near 6",
        "Near 7",
        "Near 8",
        "Near 12",
        "Near 13",
        "Near 14",
    ]
    assert len(near) > 2 * PEERS


def test_model_without_a_date_has_no_peers():
    make.make_model()

    assert companions(make.make_model()).peers == []


def test_companions_were_there_on_the_day():
    model, later = released("Model", 10), released("Later", 12)

    assert companions(model).peers == [later]
    assert companions(model, as_of=datetime.date(2024, 1, 11)).peers == []


def test_examples_are_whole_and_public():
    makers = [make.make_organization() for _ in range(3)]
    old = released("Old", 1, organizations=makers[:1])
    new = released("New", 9, organizations=makers[:1], predecessor=old)
    others = [released(f"Other {day}", day, organizations=[maker]) for day, maker in ((8, makers[1]), (7, makers[2]))]
    released("Hidden", 10, predecessor=old, status="draft")

    assert dict(examples()) == {
        "The newest of three makers": [new, *others],
        "A model and the version before it": [old, new],
    }


def test_empty_collection_has_no_examples():
    assert examples() == []
