"""A folder that is there whole or not at all."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(target: Path, own: Collection[str]) -> Iterator[Path]:
    """A folder to write into that takes the place of `target` once all is written; until then that one stays.

    ValueError where `target` holds anything but what is called as in `own`, or is being written already.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise ValueError(f"{target} is no folder.")
    strange = sorted(set(os.listdir(target)) - set(own)) if target.exists() else []
    if strange:
        raise ValueError(f"{target} holds something else: {strange[0]}.")
    new, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    with _alone(new):
        # What a killed run has left.
        _empty(new)
        try:
            yield new
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
                target.rename(old)
            new.rename(target)
        finally:
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes into it meanwhile; the lock goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ValueError(f"{folder} is being written by another process.") from None
        yield
    finally:
        os.close(held)


def _empty(folder: Path) -> None:
    for found in folder.iterdir():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
