import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from tests.editorial.desk import member

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

ADD = "/admin/auth/user/add/"
PASSWORD = "long-and-of-no-use-elsewhere"


def invite(client, **values):
    role = Group.objects.get(name="Editor")
    typed = {"username": "newcomer", "email": "newcomer@example.org", "groups": [role.pk], **values}
    return client.post(ADD, typed, follow=True)


def link(text: str) -> str:
    return re.search(r"/admin/invitation/[^/]+/[^/]+/", text)[0]


def choose(address: str, password: str = PASSWORD):
    """Follow the link in a browser of one's own, and set a password."""
    browser = Client()
    form = browser.get(address, follow=True)
    return browser, browser.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})


def log_in(browser, name: str, password: str = PASSWORD, **more):
    return browser.post("/admin/login/", {"username": name, "password": password}, **more)


def test_member_is_invited_by_a_link_and_chooses_a_password(mailoutbox):
    response = invite(member("Administrator"))

    newcomer = User.objects.get(username="newcomer")
    assert (newcomer.is_staff, newcomer.has_usable_password(), [*newcomer.groups.values_list("name", flat=True)]) == (
        True,
        False,
        ["Editor"],
    )
    assert mailoutbox[0].to == ["newcomer@example.org"]
    assert link(mailoutbox[0].body) == link(response.text)
    browser, done = choose(link(response.text))
    assert done.status_code == 302
    assert log_in(browser, "newcomer").status_code == 302
    assert browser.get("/admin/glossary/term/").status_code == 200


def test_link_works_once_and_a_tampered_one_never(mailoutbox):
    address = link(invite(member("Administrator")).text)
    choose(address)

    again = Client().get(address, follow=True).text
    tampered = Client().get(address[:-3] + "xx/", follow=True).text

    assert "The password reset link was invalid" in again
    assert "The password reset link was invalid" in tampered


def test_link_expires(settings):
    address = link(invite(member("Administrator")).text)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "The password reset link was invalid" in Client().get(address, follow=True).text


def test_weak_password_is_refused():
    address = link(invite(member("Administrator")).text)

    _, response = choose(address, "password")

    assert "This password is too common." in response.text
    assert not User.objects.get(username="newcomer").has_usable_password()


def test_member_without_an_address_gets_the_link_by_hand(mailoutbox):
    response = invite(member("Administrator"), email="")

    assert mailoutbox == []
    assert link(response.text)


def test_new_invitation_ends_nothing_but_gives_another_link(mailoutbox):
    administrator = member("Administrator")
    invite(administrator)
    newcomer = User.objects.get(username="newcomer")

    response = administrator.post(reverse("admin:auth_user_invite", args=[newcomer.pk]), follow=True)

    assert len(mailoutbox) == 2
    assert choose(link(response.text))[1].status_code == 302
    assert administrator.get(reverse("admin:auth_user_invite", args=[newcomer.pk])).status_code == 405


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Reviewer"])
def test_only_administrators_invite(role):
    client = member(role)

    assert client.get(ADD).status_code == 403
    assert client.post(reverse("admin:auth_user_invite", args=[client.user.pk])).status_code == 403
    assert client.post(reverse("admin:auth_user_invite", args=[4711])).status_code == 403


def test_lost_password_is_set_anew_by_mail(mailoutbox):
    user = User.objects.create_user("forgetful", "forgetful@example.org", "the old one, forgotten", is_staff=True)
    browser = Client()
    assert 'href="/admin/password_reset/"' in browser.get("/admin/login/").text

    browser.post("/admin/password_reset/", {"email": user.email})
    unknown = browser.post("/admin/password_reset/", {"email": "nobody@example.org"}, follow=True)

    assert len(mailoutbox) == 1
    assert unknown.status_code == 200, "who has an account is nobody's business"
    choose(link(mailoutbox[0].body))
    assert log_in(browser, "forgetful").status_code == 302
