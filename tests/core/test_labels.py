import random
from itertools import combinations

import pytest

from core.labels import HEIGHT, ROOMS, Label, breadth, label_box, place_labels

WORDS = ["Attention", "Claude", "DeepSeek", "GPT", "Llama", "Mistral", "Phi", "Qwen", "Switch-Transformer-XXL", "W"]


def scattered(count: int, seed: int) -> list[Label]:
    chance = random.Random(seed)
    return [
        Label(chance.choice(WORDS), chance.uniform(0, 100), chance.uniform(0, 100), strong=chance.random() < 0.05)
        for _ in range(count)
    ]


def shown(labels: list[Label], room: str) -> list[Label]:
    rooms = list(ROOMS)
    return [label for label in labels if rooms.index(label.room) <= rooms.index(room)]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("count", [1, 12, 300])
@pytest.mark.parametrize("wider", [1, 1.3])
def test_no_label_covers_another_or_leaves_the_plot(count, room, wider):
    width, height = ROOMS[room][0] * wider, HEIGHT * wider
    for seed in range(20):
        wanted = scattered(count, seed)

        labels = shown(place_labels(wanted, [(label.x, label.y) for label in wanted]), room)

        boxes = [label_box(label, width, height) for label in labels]
        assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []
        assert all(box.is_within(width, height) for box in boxes)
        assert 1 <= len(labels) <= ROOMS[room][1]


def test_no_label_covers_a_point_unless_it_must():
    for seed in range(20):
        wanted = scattered(100, seed)
        width = ROOMS["wide"][0]

        labels = place_labels(wanted, [(label.x, label.y) for label in wanted])

        for label in labels:
            box = label_box(label, width)
            covered = [p for p in wanted if box.left < p.x * width / 100 < box.right and box.top < p.y * 4 < box.bottom]
            assert covered == [] or label.strong


def test_the_first_labels_come_first():
    near = [Label("First", 50, 50), Label("Second", 50.1, 50), Label("Third", 50, 50.1), Label("Fourth", 50.1, 50.1)]

    labels = place_labels(near, [])

    assert labels[0].text == "First"
    assert (labels[0].anchor, labels[0].room) == ("start", "narrow")


def test_label_at_the_right_end_stands_left_of_its_mark():
    [label] = place_labels([Label("Claude", 100, 50)], [(100, 50)])

    assert (label.anchor, label.dx) == ("end", -9)


def test_strong_label_covers_points_rather_than_being_left_out():
    crowd = [(x, y) for x in range(0, 101, 2) for y in range(0, 101, 2)]

    labels = place_labels([Label("Weak", 50, 50), Label("Strong", 50, 50, strong=True)], crowd)

    assert [label.text for label in labels] == ["Strong"]


def test_label_that_has_room_nowhere_is_left_out():
    assert place_labels([Label("x" * 500, 50, 50)], []) == []


def test_broad_letters_take_more_room():
    assert breadth("WWW") > breadth("nnn") > breadth("iii") > breadth("") == 0
