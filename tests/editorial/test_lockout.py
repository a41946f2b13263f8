"""Attacks on the login, and on the form for lost passwords."""

import datetime
from unittest import mock

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from editorial.accounts import LETTERS
from editorial.lockout import OF_ADDRESS
from tests.editorial.desk import client_of, member

pytestmark = pytest.mark.django_db

PASSWORD = "long-and-of-no-use-elsewhere"
LIMIT = 5
RESET = "/admin/password_reset/"


@pytest.fixture
def editor():
    return User.objects.create_user("editor", "editor@example.org", PASSWORD, is_staff=True)


def log_in(name="editor", password="wrong", *, address="192.0.2.1", **headers):
    return Client(REMOTE_ADDR=address, headers=headers).post("/admin/login/", {"username": name, "password": password})


def ask(email, *, address="192.0.2.1"):
    return Client(REMOTE_ADDR=address).post(RESET, {"email": email})


def guess(times=LIMIT, **who):
    return [log_in(**who).status_code for _ in range(times)]


def test_fifth_failure_locks_out_and_says_for_how_long(editor):
    assert guess() == [200] * 4 + [429]

    refused = log_in(password=PASSWORD)

    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "<h1>Too many attempts</h1>" in refused.text
    assert "<strong>15 minutes</strong>" in refused.text
    assert "even the right password is refused" in refused.text
    assert "sessionid" not in refused.cookies


def test_name_is_locked_at_that_address_alone(editor):
    guess()

    assert log_in(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_names_that_are_nobodys_are_locked_like_all_others(editor):
    known, unknown = ([log_in(name) for _ in range(LIMIT + 1)] for name in ("editor", "nobody"))

    assert [answer.status_code for answer in known] == [answer.status_code for answer in unknown]
    told = [
        [answer.text.replace(name, "") for answer in found] for name, found in (("editor", known), ("nobody", unknown))
    ]
    assert [strip_token(text) for text in told[0]] == [strip_token(text) for text in told[1]]


def strip_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_address_that_tries_many_names_is_locked_for_all(editor):
    statuses = [log_in(f"name{number}").status_code for number in range(LIMIT * OF_ADDRESS)]

    assert statuses == [200] * (LIMIT * OF_ADDRESS - 1) + [429]
    assert log_in(password=PASSWORD).status_code == 429
    assert log_in(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_lock_opens_after_its_time_however_often_somebody_knocks(editor):
    guess(times=LIMIT + 3)
    opens = datetime.timedelta(minutes=15, seconds=1)
    AccessAttempt.objects.update(attempt_time=timezone.now() - opens)

    assert log_in(password=PASSWORD).status_code == 302
    assert AccessAttempt.objects.count() == 0


def test_knocking_while_locked_writes_nothing(editor):
    guess()
    before = AccessAttempt.objects.values_list("attempt_time", "failures_since_start").get()

    guess(times=3)

    assert AccessAttempt.objects.values_list("attempt_time", "failures_since_start").get() == before


def test_success_forgives_failures_of_that_name_and_no_others(editor):
    guess(times=4)
    guess(times=4, name="other")

    log_in(password=PASSWORD)

    assert guess(times=5) == [200] * 4 + [429]
    assert log_in("other").status_code == 429


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP"])
def test_no_header_gives_another_address_where_none_is_set(editor, header):
    statuses = [log_in(**{header: f"198.51.100.{number}"}).status_code for number in range(LIMIT)]

    assert statuses == [200] * 4 + [429]


def test_address_is_the_word_of_the_proxy_where_its_header_is_set(editor, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"

    # What the client itself sends stands before what the proxy adds.
    statuses = [log_in(**{"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"}).status_code for n in range(LIMIT)]

    assert statuses == [200] * 4 + [429]
    assert AccessAttempt.objects.get().ip_address == "198.51.100.7"
    assert log_in(password=PASSWORD, **{"X-Forwarded-For": "198.51.100.8"}).status_code == 302


@pytest.mark.parametrize("told", ["", "unknown", "198.51.100.7:1234", "x" * 500])
def test_header_that_names_no_address_breaks_nothing(editor, settings, told):
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"

    assert guess(**{"X-Forwarded-For": told}) == [200] * 4 + [429]


def test_addresses_of_one_ipv6_customer_are_one(editor):
    statuses = [log_in(address=f"2001:db8:1:2::{number:x}").status_code for number in range(1, LIMIT + 1)]

    assert statuses == [200] * 4 + [429]
    assert log_in(password=PASSWORD, address="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize("name", ["\0", "x" * 5000, "‮", "' OR 1=1 --", ""])
def test_any_name_is_refused_and_none_breaks(name):
    assert log_in(name).status_code == 200


def test_password_is_never_written_down(editor):
    guess(times=2, password=PASSWORD + "!")

    kept = AccessAttempt.objects.values().get()
    assert not [value for value in kept.values() if PASSWORD in str(value)]
    assert kept["failures_since_start"] == 2


def test_administrator_sees_who_is_locked_out_and_unlocks(editor):
    guess()
    administrator, attempt = member("Administrator"), AccessAttempt.objects.get()

    page = administrator.get("/admin/axes/accessattempt/")
    selected = {"action": "unlock", "_selected_action": [attempt.pk]}
    done = administrator.post("/admin/axes/accessattempt/", selected, follow=True)

    assert "192.0.2.1" in page.text
    assert "1 unlocked." in done.text
    assert log_in(password=PASSWORD).status_code == 302


def test_others_do_not_see_who_failed(editor):
    guess(times=1)

    assert member("Reviewer").get("/admin/axes/accessattempt/").status_code == 403


def test_letters_for_lost_passwords_are_bounded_by_address(editor, mailoutbox):
    statuses = [ask("editor@example.org").status_code for _ in range(LIMIT + 1)]

    assert statuses == [302] * 4 + [429] * 2
    assert len(mailoutbox) == 4


def test_letters_to_one_mailbox_are_bounded_from_wherever_they_are_asked_for(editor, mailoutbox):
    statuses = {ask("Editor@example.org", address=f"192.0.2.{number}").status_code for number in range(LETTERS + 5)}

    assert statuses == {302}
    assert len(mailoutbox) == LETTERS


def test_asking_for_letters_locks_no_login(editor):
    for _ in range(LIMIT + 1):
        ask("editor@example.org")

    assert log_in(password=PASSWORD).status_code == 302


def test_form_for_lost_passwords_tells_nobody_who_has_an_account(editor, mailoutbox):
    known, unknown = ask("editor@example.org"), ask("nobody@example.org")

    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert [letter.to for letter in mailoutbox] == [["editor@example.org"]]


def test_accounts_are_looked_up_after_the_answer_is_sent(editor, django_assert_num_queries):
    """So no clock tells, either; with a mail server, a letter takes a second."""
    from editorial.accounts import Afterwards

    with mock.patch.object(Afterwards, "close") as close:
        answer = ask("editor@example.org")
        with mock.patch("django.contrib.auth.forms.PasswordResetForm.save") as save:
            assert not save.called
            answer._work()

    assert close.called
    assert save.called


def test_letter_names_no_host_but_the_sites_own(editor, mailoutbox):
    refused = Client().post(RESET, {"email": "editor@example.org"}, headers={"host": "evil.example"})
    Client().post(RESET, {"email": "editor@example.org"}, headers={"x-forwarded-host": "evil.example"})

    assert refused.status_code == 400
    assert len(mailoutbox) == 1
    assert "http://testserver/admin/invitation/" in mailoutbox[0].body
    assert "evil.example" not in mailoutbox[0].body


def test_session_begins_anew_with_the_login_and_ends_with_the_account(editor):
    client = Client()
    client.cookies["sessionid"] = "a" * 32  # as somebody else set it

    client.post("/admin/login/", {"username": "editor", "password": PASSWORD})

    assert client.cookies["sessionid"].value != "a" * 32
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert client.cookies["sessionid"]["max-age"] == 7 * 24 * 3600
    assert client.get("/admin/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_another_password_ends_all_other_sessions(editor):
    client = client_of(editor)
    assert client.get("/admin/").status_code == 200

    editor.set_password("another one, as long")
    editor.save()

    assert client.get("/admin/").status_code == 302


def test_old_password_is_not_to_be_guessed_at_an_open_browser(editor):
    client, new = client_of(editor), "another one, as long"

    def change(old):
        typed = {"old_password": old, "new_password1": new, "new_password2": new}
        return client.post("/admin/password_change/", typed)

    assert [change(f"guess {number}").status_code for number in range(LIMIT)] == [200] * 4 + [429]
    refused = change(PASSWORD)
    assert (refused.status_code, "<h1>Too many attempts</h1>" in refused.text) == (429, True)
    kept = AccessAttempt.objects.values().get()
    assert (kept["username"], kept["failures_since_start"]) == ("editor", LIMIT)
    assert not [value for value in kept.values() if "guess" in str(value) or new in str(value)]

    AccessAttempt.objects.all().delete()
    assert change(PASSWORD).url == "/admin/password_change/done/"
    assert not AccessAttempt.objects.exists()


def test_new_password_that_is_none_counts_as_no_guess(editor):
    typed = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "other"}

    page = client_of(editor).post("/admin/password_change/", typed)

    assert list(page.context["form"].errors) == ["new_password2"]
    assert not AccessAttempt.objects.exists()


def test_who_leaves_the_team_is_out_at_once(editor):
    client = client_of(editor)
    assert client.get("/admin/").status_code == 200

    User.objects.update(is_staff=False)

    assert client.get("/admin/").status_code == 302
