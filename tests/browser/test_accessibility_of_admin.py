"""axe-core finds nothing in the admin but what Django's own templates and select2 are known for."""

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client

from tests.browser.inspection import Inspection
from tests.browser.pages import ADMIN
from tests.editorial.desk import client_of, member
from tests.editorial.test_second_factor import CODE, OWN, shown_by_the_app

# What the stock admin is known for, and nothing of ours: rule and the parts of a page where it may be broken.
EXCUSED = {
    # The select boxes with search are select2's, which names neither its search fields nor its empty boxes, and puts
    # a span into its list.
    "aria-input-field-name": ".select2",
    # A date and its time are two fields under one label, which names neither.
    "label": ".select2, .datetime",
    "list": ".select2",
    # Where parts are rows, the column of their names has no heading.
    "empty-table-header": ".tabular th.original",
    # The links of the breadcrumbs are white and not underlined; the text between them is light blue.
    "link-in-text-block": ".breadcrumbs",
}


@pytest.fixture
def admin_inspection(admin_page, guard) -> Inspection:
    return Inspection(guard, admin_page, EXCUSED)


def test_login_is_accessible(inspection):
    inspection.excused = {"page-has-heading-one": "html"}  # the stock admin's; the page says what it is in its title
    page = inspection.page

    inspection.go("/admin/login/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    page.get_by_role("button", name="Log in").click()
    page.get_by_text("Please enter the correct username").wait_for()
    inspection.look("refused login")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.used == {"page-has-heading-one"}
    assert inspection.checked == 2 * 4


@pytest.fixture
def newcomer(site):
    """A member without a past in the site."""
    client = member("Editor")
    yield client
    client.user.delete()
    AccessAttempt.objects.all().delete()


def enter(page, client, site):
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def test_second_factor_is_accessible(inspection, newcomer, site):
    inspection.excused = {"link-in-text-block": ".breadcrumbs"}
    page = inspection.page

    enter(page, newcomer, site)
    inspection.go(OWN)
    page.get_by_label("Code:").fill(shown_by_the_app(newcomer.user))
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_text("They are shown this once").wait_for()
    inspection.look("codes for recovery")
    inspection.go(OWN)
    enter(page, client_of(newcomer.user), site)
    inspection.go(CODE)

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4 * 4


def test_lockout_is_accessible(inspection, newcomer, guard):
    page = inspection.page
    for _ in range(settings.AXES_FAILURE_LIMIT):
        Client().post("/admin/login/", {"username": "nobody", "password": "wrong"})
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("nothing")
    with guard.paused():  # for it is answered with an error
        page.get_by_role("button", name="Log in").click()
        page.get_by_text("After 15 minutes you can try again").wait_for()
    inspection.look("locked out")

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4


def test_admin_is_accessible_but_for_what_is_excused(admin_inspection, entry_ids):
    for address in ADMIN.values():
        admin_inspection.go(address.format(**entry_ids))

    assert not admin_inspection.found, "\n".join(admin_inspection.found)
    assert admin_inspection.used == set(EXCUSED)  # what is mended needs no excuse any more
    assert admin_inspection.checked == 4 * len(ADMIN) > 30
