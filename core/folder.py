"""A folder that is replaced whole: who reads it sees the earlier one until the new one is complete."""

import fcntl
import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(ValueError):
    """The folder is not to be replaced."""


@contextmanager
def replacing(folder: Path, foreign: Callable[[Path], str]) -> Iterator[Path]:
    """An empty folder beside `folder`, which takes its place at the end; where that fails, nothing changes.

    Refused where `folder` holds what `foreign` names as no part of an earlier one, or where another process is writing
    it. What a run that was killed has left is cleared away.
    """
    folder = folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is no folder.")
    if folder.exists() and (name := foreign(folder)):
        raise Refused(f"{folder} holds something else: {name}. Choose another folder, or empty it.")
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    with alone(new, folder):
        _put_back(folder, old)
        _clear(new)
        try:
            yield new
            keep_times(new, folder)
            _swap(new, folder, old)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


def keep_times(new: Path, old: Path) -> None:
    """Gives each file that is as it was its former time, by which rsync and browsers know that they have it."""
    for path in new.rglob("*"):
        before = old / path.relative_to(new)
        if path.is_file() and before.is_file() and filecmp.cmp(path, before, shallow=False):
            times = before.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@contextmanager
def alone(held: Path, subject: object) -> Iterator[None]:
    """Nobody else holds that folder meanwhile; the lock goes with the process, however that ends.

    Refused where another process does: `subject` is then named as what it is writing.
    """
    held.mkdir(parents=True, exist_ok=True)
    lock = os.open(held, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"{subject} is being written by another process.") from None
        yield
    finally:
        os.close(lock)


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
