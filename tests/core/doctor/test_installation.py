"""Each check is shown what it is there for."""

import datetime
import json
import os
from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import Error, Warning
from django.utils import timezone

from core.doctor import Level, installation


def told(check: str) -> list[tuple[str, str]]:
    """The level and the beginning of each finding."""
    return [(found.level, found.what) for found in getattr(installation, check)(False)]


@pytest.fixture
def found(monkeypatch):
    """What Django's checks find, for a test to choose."""
    chosen = []
    monkeypatch.setattr(installation, "run_checks", lambda include_deployment_checks: chosen)
    return chosen


@pytest.mark.parametrize(
    ("message", "level"),
    [
        (Warning("No HSTS.", id="security.W004"), Level.WARN),
        (Warning("DEBUG is on.", id="security.W018"), Level.FAIL),
        (Error("Broken.", hint="Mend it.", id="x.E001"), Level.FAIL),
    ],
)
def test_what_django_finds_is_told(found, message, level):
    found.append(message)

    assert told("checks") == [(level, f"{message.msg} ({message.id})")]


def test_nothing_found_is_told(found):
    assert told("checks") == [(Level.OK, "Django's checks find nothing.")]


def test_debugging_in_production_fails(settings):
    """By the settings, not by a stand-in."""
    settings.DEBUG = True

    assert (Level.FAIL, "You should not have DEBUG set to True in deployment. (security.W018)") in told("checks")


@pytest.mark.parametrize(("hosts", "level"), [(["*"], Level.WARN), (["a.example"], Level.OK)])
def test_any_host_is_warned_of(settings, hosts, level):
    settings.ALLOWED_HOSTS = hosts

    assert told("hosts")[0][0] == level


@pytest.mark.parametrize(("header", "levels"), [("", [Level.OK, Level.WARN]), ("X-Forwarded-For", [Level.OK])])
def test_proxy_without_its_clients_is_warned_of(settings, header, levels):
    settings.ALLOWED_HOSTS = ["a.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.CLIENT_ADDRESS_HEADER = header

    assert [level for level, _ in told("hosts")] == levels


def test_no_mail_is_warned_of(settings):
    settings.EMAIL_HOST = ""

    assert [level for level, _ in told("mail")] == [Level.WARN]


def test_mail_server_that_is_down_is_warned_of(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    ((level, what),) = told("mail")

    assert level == Level.WARN
    assert what.startswith("The mail server 127.0.0.1:1 does not take mail: ")


def test_without_a_cache_each_process_is_said_to_keep_its_own():
    assert told("shared_cache") == [(Level.OK, "No cache is shared: each process keeps its own pages.")]


@pytest.fixture
def shared(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "doctor"}}


def test_cache_that_works_is_told(shared):
    assert told("shared_cache") == [(Level.OK, "The cache keeps what it is given (LocMemCache).")]


def test_cache_that_keeps_nothing_fails(shared, monkeypatch):
    monkeypatch.setattr(LocMemCache, "set", lambda *args: None)

    assert told("shared_cache") == [(Level.FAIL, "The cache does not keep what it is given (LocMemCache).")]


def test_cache_that_is_down_fails(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }

    ((level, what),) = told("shared_cache")

    assert level == Level.FAIL
    assert what.startswith("The cache cannot be reached: ")


@pytest.fixture
def collected(settings, tmp_path, monkeypatch):
    """A site with one static file; the manifest of what was collected is written by this function."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.css").write_text("")
    settings.STATIC_ROOT = tmp_path / "root"
    settings.STATIC_ROOT.mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    monkeypatch.setattr(installation, "staticfiles_storage", ManifestStaticFilesStorage(settings.STATIC_ROOT))
    finder = installation.get_finders
    monkeypatch.setattr(installation, "get_finders", lambda: list(finder())[:1])
    finder.__globals__["get_finder"].cache_clear()
    yield lambda *paths: (settings.STATIC_ROOT / "staticfiles.json").write_text(
        json.dumps({"paths": dict.fromkeys(paths, "")})
    )
    finder.__globals__["get_finder"].cache_clear()


def test_static_files_that_are_collected_are_told(collected):
    collected("a.css")

    assert told("static_files") == [(Level.OK, "All 1 static files are collected.")]


def test_static_files_that_are_not_fail(collected):
    assert told("static_files")[0][0] == Level.FAIL

    collected("b.css")

    assert told("static_files") == [(Level.FAIL, "1 static files are not collected: a.css …")]


def test_static_file_that_changed_since_is_warned_of(collected, tmp_path):
    collected("a.css")
    os.utime(tmp_path / "static" / "a.css", (2e9, 2e9))

    assert told("static_files") == [(Level.WARN, "1 static files are newer than what was collected: a.css …")]


def test_in_development_static_files_need_not_be_collected():
    assert [level for level, _ in told("static_files")] == [Level.OK]


@pytest.mark.parametrize(("free", "level"), [(99e6, Level.FAIL), (1.9e9, Level.WARN), (3e9, Level.OK)])
def test_full_disk_is_told(settings, tmp_path, monkeypatch, free, level):
    settings.STATIC_ROOT = tmp_path / "not" / "there" / "yet"
    monkeypatch.setattr(installation.shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))

    assert {level for level, _ in told("disk")} == {level}


@pytest.mark.parametrize(("exists", "level"), [(True, Level.OK), (False, Level.FAIL)])
def test_folder_of_metrics_that_is_not_there_fails(settings, tmp_path, exists, level):
    settings.METRICS_FOLDER = str(tmp_path if exists else tmp_path / "none")

    assert [level for level, _ in told("metrics_folder")] == [level]


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (None, (Level.FAIL, "There is no backup in backups.")),
        ((1, False), (Level.FAIL, "The newest backup, a.zip, is damaged.")),
        ((31, True), (Level.WARN, "The newest backup is 31 hours old.")),
        ((29, True), (Level.OK, None)),
    ],
)
def test_backup_that_is_missing_damaged_or_old_is_told(settings, monkeypatch, newest, expected):
    settings.BACKUP_DIR = "backups"
    found = newest and SimpleNamespace(
        path="a.zip", made=timezone.now() - datetime.timedelta(hours=newest[0]), whole=newest[1]
    )
    monkeypatch.setattr("core.doctor.installation.latest", lambda folder: found)

    ((level, what),) = told("backups")

    assert (level, what if expected[1] else None) == expected
