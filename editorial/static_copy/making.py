"""A whole static copy: its pages, its static files, and the configuration that serves it."""

import json
import multiprocessing
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.http import JsonResponse
from django.shortcuts import render

from editorial.static_copy.rendering import SITE, Batch, Rendered, Renderer, StaticCopy, kind_of

# By this file a folder is known as a static copy.
MARK = "static-copy.json"
# How nginx serves a copy; goes into it as it is.
CONFIGURATION = settings.BASE_DIR / "deploy" / "static-copy"


def foreign(folder: Path) -> str:
    """The name of something in a folder that is no static copy; "" of one that is, or is empty."""
    return "" if (folder / MARK).is_file() else min((path.name for path in folder.iterdir()), default="")


def begin(copy: StaticCopy, folder: Path) -> Renderer:
    """Writes what pages load, and what stands for those that are not there; gives who renders the rest."""
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    shutil.copytree(CONFIGURATION, folder / "nginx")
    renderer = Renderer(copy, folder)
    site = folder / SITE
    for nowhere in ("/nowhere/", "/nowhere.json"):
        absent = renderer.ask(nowhere)
        (site / f"404.{kind_of(absent).partition('/')[2]}").write_bytes(absent.content)
    request = renderer.requests.get("/")
    request.static_copy = copy
    (site / "live-only.html").write_bytes(render(request, "static_copy/live_only.html").content)
    (site / "live-only.json").write_bytes(JsonResponse(refusal(copy)).content)
    return renderer


def refusal(copy: StaticCopy) -> dict:
    """What programs are told that ask a copy for what only the live site answers."""
    message = f"This is a static copy of {copy.made}: it has lists as a whole, and answers no queries."
    return {"errors": {"query": [message]}, "live": copy.live or None}


def render_all(renderer: Renderer, batches: Iterable[Batch], jobs: int) -> Iterator[Rendered]:
    """What became of each address, in their order; rendered in this process, or in so many others."""
    if jobs == 1:
        yield from chain.from_iterable(_write_all(renderer, batch) for batch in batches)
        return
    # Not forked: each process has its own connection to the database, and none that it shares.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawning, _set_up, (renderer.copy, renderer.folder)) as processes:
        yield from chain.from_iterable(processes.map(_write, batches))


def finish(copy: StaticCopy, folder: Path, rendered: Iterable[Rendered]) -> None:
    """Where old addresses lead, as nginx reads it, and the mark of a copy."""
    moved = "".join(f'    "{one.address}" "{one.leads_to}";\n' for one in rendered if one.leads_to)
    configuration = f"# Where the old addresses of renamed entries lead.\nmap $uri $moved {{\n{moved}}}\n"
    (folder / "nginx" / "moved.conf").write_text(configuration)
    mark = {"made": copy.made.isoformat(), "address": copy.address, "live": copy.live or None}
    (folder / MARK).write_text(json.dumps(mark, indent=2) + "\n")


_renderer: Renderer


def _set_up(copy: StaticCopy, folder: Path) -> None:
    global _renderer
    threading.Thread(target=_end_with, args=[multiprocessing.parent_process()], daemon=True).start()
    django.setup()
    copy.settings(folder / SITE / "static").enable()
    _renderer = Renderer(copy, folder)


def _end_with(parent: multiprocessing.Process) -> None:
    """If that one is killed, nobody else ends this one, which would write on into the folder of a later run."""
    parent.join()
    os._exit(1)


def _write(batch: Batch) -> list[Rendered]:
    return list(_write_all(_renderer, batch))


def _write_all(renderer: Renderer, batch: Batch) -> Iterator[Rendered]:
    # Reads models, which are there once Django is set up.
    from core.together import together

    with together(batch.kind, batch.slugs):
        yield from map(renderer.write, batch.addresses)
