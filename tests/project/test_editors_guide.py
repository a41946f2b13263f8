"""The editors' guide shows what there is."""

import re

from django.conf import settings

GUIDE = settings.BASE_DIR / "docs" / "editors.md"
SCRIPT = settings.BASE_DIR / "docs" / "take_screenshots.py"


def test_every_picture_of_the_guide_is_there_and_is_one_that_the_script_takes():
    shown = re.findall(r"!\[[^\]]+\]\(images/([a-z-]+)\.png\)", GUIDE.read_text())
    taken = re.findall(r'^        \("([a-z-]+)", "', SCRIPT.read_text(), re.MULTILINE)
    there = sorted(path.stem for path in (GUIDE.parent / "images").glob("*.png"))

    assert len(shown) >= 6
    assert sorted(taken) == there
    assert set(shown) <= set(taken)


def test_pictures_are_small_enough_for_a_repository():
    assert max(path.stat().st_size for path in (GUIDE.parent / "images").glob("*.png")) < 150_000
