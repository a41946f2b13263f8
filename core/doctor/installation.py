"""Whether the installation is as it should be: settings, cache, files, disks, backups."""

import datetime
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from core.backups import latest
from core.doctor import Told, fail, ok, warn

# What Django only warns of, and no public site may have: a weak key, debugging, no hosts.
GRAVE = {"security.W009", "security.W018", "security.W020"}
# Bytes that must be free, and should be.
SCARCE, TIGHT = 100_000_000, 2_000_000_000
# Backups are made every day; so long after the last one, one was missed.
MISSED = datetime.timedelta(hours=30)
# Seconds for which a mail server may keep silent.
PATIENCE = 5


def checks(thorough: bool) -> Iterator[Told]:
    """Django's own checks, those of a deployment too."""
    found = run_checks(include_deployment_checks=True)
    for one in found:
        said = f"{' '.join(str(one.msg).split())} ({one.id})"
        tell = fail if one.is_serious() or one.id in GRAVE else warn
        yield tell(said, " ".join((one.hint or "").split()))
    if not found:
        yield ok("Django's checks find nothing.")


def hosts(thorough: bool) -> Iterator[Told]:
    """Who may send what passes for this site, and whether readers can be told apart."""
    if "*" in settings.ALLOWED_HOSTS:
        yield warn("The site answers to any host name.", "Name its own in ALLOWED_HOSTS.")
    else:
        yield ok(f"It answers to {', '.join(settings.ALLOWED_HOSTS) or 'no host'}.")
    if settings.SECURE_PROXY_SSL_HEADER and not settings.CLIENT_ADDRESS_HEADER:
        yield warn(
            "Behind a proxy, all readers have its address: what one may do in a day, all may do together.",
            "Name the header in which it tells theirs in CLIENT_ADDRESS_HEADER.",
        )


def mail(thorough: bool) -> Iterator[Told]:
    if not settings.EMAIL_HOST:
        yield warn("No mail is sent: nobody is invited, and lost passwords stay lost.", "Set EMAIL_HOST.")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=PATIENCE):
            yield ok(f"The mail server {server} answers.")
    except OSError as error:
        yield warn(f"The mail server {server} does not take mail: {error}.", "See EMAIL_HOST and what goes with it.")


def shared_cache(thorough: bool) -> Iterator[Told]:
    backend = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    if backend == "DummyCache":
        yield ok("No cache is shared: each process keeps its own pages.")
        return
    key, value = f"doctor:{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, 60)
        found = cache.get(key)
        cache.delete(key)
    # Each kind of cache has errors of its own.
    except Exception as error:
        yield fail(f"The cache cannot be reached: {error}.", "See REDIS_URL; meanwhile each page is computed.")
        return
    if found == value:
        yield ok(f"The cache keeps what it is given ({backend}).")
    else:
        yield fail(f"The cache does not keep what it is given ({backend}).", "See REDIS_URL.")


def static_files(thorough: bool) -> Iterator[Told]:
    """Whether `collectstatic` has seen every file as it is now."""
    if not hasattr(staticfiles_storage, "manifest_name"):
        yield ok("Static files are served from where they lie, as in development.")
        return
    todo = "Run manage.py collectstatic --no-input, and restart."
    manifest = Path(settings.STATIC_ROOT, staticfiles_storage.manifest_name)
    try:
        collected = json.loads(manifest.read_text())["paths"]
    except (OSError, ValueError, KeyError):
        yield fail(f"Static files are not collected: {manifest} cannot be read.", todo)
        return
    files = {path: Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list(None)}
    if missing := sorted(files.keys() - collected.keys()):
        yield fail(f"{len(missing)} static files are not collected: {', '.join(missing[:3])} …", todo)
    elif newer := [path for path, file in files.items() if file.stat().st_mtime > manifest.stat().st_mtime]:
        yield warn(f"{len(newer)} static files are newer than what was collected: {', '.join(newer[:3])} …", todo)
    else:
        yield ok(f"All {len(files)} static files are collected.")


def disk(thorough: bool) -> Iterator[Told]:
    """Whether what is written finds room: the database, backups, what is counted, and what is sorted meanwhile."""
    folders = [Path(settings.STATIC_ROOT), Path(tempfile.gettempdir())]
    if connection.vendor == "sqlite":
        folders.insert(0, Path(settings.DATABASES["default"]["NAME"]).resolve().parent)
    folders += [Path(folder) for folder in (getattr(settings, "BACKUP_DIR", ""), settings.METRICS_FOLDER) if folder]
    seen = set()
    for folder in folders:
        there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        if (device := os.stat(there).st_dev) in seen:
            continue
        seen.add(device)
        free = shutil.disk_usage(there).free
        said = f"{free / 1e9:.1f} GB are free where {there} is."
        if free < SCARCE:
            yield fail(said, "Make room at once: soon nothing can be written.")
        elif free < TIGHT:
            yield warn(said, "Make room.")
        else:
            yield ok(said)


def metrics_folder(thorough: bool) -> Iterator[Told]:
    if not settings.METRICS_FOLDER:
        yield ok("Each worker counts for itself." if settings.METRICS_TOKEN else "Nobody reads what is counted.")
    elif os.access(settings.METRICS_FOLDER, os.W_OK | os.X_OK):
        yield ok(f"Workers count together in {settings.METRICS_FOLDER}.")
    else:
        yield fail(
            f"Workers cannot count in {settings.METRICS_FOLDER}.",
            "Make the folder PROMETHEUS_MULTIPROC_DIR, and let the site write there.",
        )


def backups(thorough: bool) -> Iterator[Told]:
    todo = "Run manage.py backup every day, and look why it did not."
    if not (newest := latest(settings.BACKUP_DIR)):
        yield fail(f"There is no backup in {settings.BACKUP_DIR}.", "Run manage.py backup every day.")
    elif not newest.whole:
        yield fail(f"The newest backup, {newest.path}, is damaged.", todo)
    elif (age := timezone.now() - newest.made) > MISSED:
        yield warn(f"The newest backup is {age.total_seconds() / 3600:,.0f} hours old.", todo)
    else:
        yield ok(f"The newest backup is whole, and of {newest.made:%Y-%m-%d %H:%M} UTC.")
