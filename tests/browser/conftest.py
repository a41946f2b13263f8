"""A real browser, a server over the starter collection, and a guard over all that the pages do."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test import modify_settings
from django.test.testcases import QuietWSGIRequestHandler
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, Page, StorageState, expect

from catalog.models import AIModel
from editorial.models import Change
from tests.browser.guard import Guard
from tests.browser.inspection import Inspection
from tests.browser.pages import go
from tests.starter import family_files

HOST = "127.0.0.1"
EDITOR, PASSWORD = "editor", "a password for tests alone"
# Chromium that draws no window: the same engine in two thirds of the time. Either is a package of Debian.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",  # as root, Chromium starts only so
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",  # nothing leaves this machine
]

TIMEOUT = 30_000  # in ms; a machine on which much else runs takes seconds over a long page
expect.set_options(timeout=TIMEOUT)

# Playwright runs an event loop in the tests' thread. They use the database between its steps, never inside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def database(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, tmp_path_factory
) -> Iterator[None]:
    """A test database for the whole session, open to all.

    pytest-django makes one only for tests that ask for it by name, and would empty it after each of them. On SQLite it
    is a file, not memory: the server's threads have connections of their own, as they have in production.
    """
    own = settings.DATABASES["default"]
    name = own["NAME"]
    own["CONN_MAX_AGE"] = 0
    if connection.vendor == "sqlite":
        own["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    with django_db_blocker.unblock():
        config = setup_databases(verbosity=0, interactive=False)
        # Whatever goes wrong above: no test may write into the collection of whoever runs it.
        assert connection.settings_dict["NAME"] != name
        yield
        teardown_databases(config, verbosity=0)


@pytest.fixture(scope="session")
def site(database) -> Iterator[str]:
    """The address of a server over the starter collection with one editor. Tests undo what they change."""
    User.objects.create_superuser(EDITOR, password=PASSWORD)
    call_command("import_records", *family_files(), verbosity=0)
    server = ThreadedWSGIServer((HOST, 0), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())  # WhiteNoise is in it and finds the static files where they lie
    with modify_settings(ALLOWED_HOSTS={"append": HOST}), server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, site) -> dict:
    return {**browser_context_args, "base_url": site}


@pytest.fixture(scope="session")
def logged_in(browser, browser_context_args, site) -> StorageState:
    """What the browser of the editor keeps, who has logged in by hand."""
    guard = Guard(site)
    with browser.new_context(**browser_context_args) as context:
        guard.watch(context)
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("Username").fill(EDITOR)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_role("button", name="Log out")).to_be_visible()
        page.wait_for_load_state()
        guard.settle()
        assert guard.faults == []
        return context.storage_state()


@pytest.fixture
def guard(site) -> Guard:
    return Guard(site)


@pytest.fixture
def new_context(new_context, guard) -> Iterator[Callable[..., BrowserContext]]:
    """As Playwright's, and guarded: a test whose pages did anything amiss fails, whatever else it found."""

    def guarded(**options) -> BrowserContext:
        screen = {"width": 1440, "height": 900}
        context = new_context(**{"viewport": screen, "color_scheme": "light", "reduced_motion": "reduce", **options})
        context.set_default_timeout(TIMEOUT)
        guard.watch(context)
        return context

    yield guarded
    guard.settle()
    assert guard.faults == []


@pytest.fixture
def open_browser(new_context) -> Callable[..., Page]:
    """A page of the browser of a reader whose screen is `width` wide, who has scripts or not, a mouse or a finger."""

    def opened(width: int = 1440, *, height: int = 900, scripts: bool = True, touch: bool = False, **options) -> Page:
        context = new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=touch,
            is_mobile=touch,
            **options,
        )
        return context.new_page()

    return opened


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request) -> bool:
    """Whether scripts run: what asks for this holds either way."""
    return request.param


@pytest.fixture
def admin_page(open_browser, logged_in) -> Page:
    """The admin's index, to the editor."""
    page = open_browser(storage_state=logged_in)
    go(page, "/admin/")
    return page


@pytest.fixture
def entry_ids(site) -> dict[str, object]:
    """The key of each model in the admin, by its slug; and that of the change that brought them in."""
    imported = Change.objects.earliest("at").pk
    return {"change": imported, **dict(AIModel.objects.values_list("slug", "pk"))}


@pytest.fixture
def inspection(page, guard) -> Inspection:
    return Inspection(guard, page)
