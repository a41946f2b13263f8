"""A folder that is replaced whole: readers see the earlier copy until the new one is complete."""

import fcntl
import filecmp
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# By this file a folder is known as a static copy.
MARK = "static-copy.json"


class Refused(Exception):
    """The folder is not to be replaced."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """An empty folder beside `folder`, which takes its place at the end; where that fails, nothing changes.

    What a run that was killed has left there is cleared away. Two runs at once: Refused.
    """
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is no static copy: choose another folder, or empty it.")
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    new.mkdir(parents=True, exist_ok=True)
    turn = os.open(new, os.O_RDONLY)
    try:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Another run is writing {folder}.") from None
        _put_back(folder, old)
        _clear(new)
        try:
            yield new
            keep_times(new, folder)
            _swap(new, folder, old)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    finally:
        os.close(turn)


def keep_times(new: Path, old: Path) -> None:
    """Gives each file that is as it was its former time, by which rsync and browsers know that they have it."""
    for path in new.rglob("*"):
        before = old / path.relative_to(new)
        if path.is_file() and before.is_file() and filecmp.cmp(path, before, shallow=False):
            times = before.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _swap(new: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(folder: Path, old: Path) -> None:
    """After a run that was killed between the two renamings."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
