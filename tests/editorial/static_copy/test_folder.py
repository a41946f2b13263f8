import fcntl
import os

import pytest

from editorial.static_copy.folder import MARK, Refused, replacing


@pytest.fixture
def folder(tmp_path):
    """An earlier copy with a page, from long ago."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name, text in {MARK: "{}", "page": "old", "same": "same"}.items():
        (folder / name).write_text(text)
        os.utime(folder / name, (1000, 1000))
    return folder


def write(new, page="new"):
    (new / MARK).write_text("{}")
    (new / "page").write_text(page)
    (new / "same").write_text("same")


def fail_to_replace(folder):
    with replacing(folder) as new:
        write(new)
        raise ZeroDivisionError


def beside(folder):
    return sorted(path.name for path in folder.parent.iterdir())


def test_new_folder_takes_the_place_of_the_old_one_at_the_end(folder):
    with replacing(folder) as new:
        write(new)
        assert (folder / "page").read_text() == "old"

    assert (folder / "page").read_text() == "new"
    assert beside(folder) == ["copy"]


def test_file_that_is_as_it_was_keeps_its_time(folder):
    with replacing(folder) as new:
        write(new)

    assert (folder / "same").stat().st_mtime == 1000
    assert (folder / "page").stat().st_mtime > 1000


def test_first_copy_makes_the_folder_and_those_above(tmp_path):
    with replacing(tmp_path / "a" / "b") as new:
        write(new)

    assert (tmp_path / "a" / "b" / "page").read_text() == "new"


def test_failure_leaves_the_old_one(folder):
    with pytest.raises(ZeroDivisionError):
        fail_to_replace(folder)

    assert (folder / "page").read_text() == "old"
    assert beside(folder) == ["copy"]


def test_what_a_killed_run_left_is_cleared_away(folder):
    left = folder.with_name(".copy.new")
    (left / "site").mkdir(parents=True)
    (left / "stray").touch()

    with replacing(folder) as new:
        assert list(new.iterdir()) == []
        write(new)

    assert beside(folder) == ["copy"]


def test_copy_that_a_killed_run_had_moved_aside_is_put_back(folder):
    folder.rename(folder.with_name(".copy.old"))

    with pytest.raises(ZeroDivisionError):
        fail_to_replace(folder)

    assert (folder / "page").read_text() == "old"
    assert beside(folder) == ["copy"]


def test_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.txt").touch()

    with pytest.raises(Refused, match="is no static copy"), replacing(tmp_path / "work"):
        pass

    assert (tmp_path / "work" / "thesis.txt").exists()


def test_two_runs_at_once_are_refused(folder):
    new = folder.with_name(".copy.new")
    new.mkdir()
    other = os.open(new, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)

    with pytest.raises(Refused, match="Another run"), replacing(folder):
        pass

    os.close(other)
    assert (folder / "page").read_text() == "old"
