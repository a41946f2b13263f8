"""The second factor: nobody gets by with the password alone, nobody is shut out for ever."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from editorial.second_factor import CODES, drawn
from tests.editorial.desk import client_of, member

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

OWN, CODE = "/admin/second-factor/", "/admin/second-factor/code/"


def shown_by_the_app(user, *, steps=0) -> str:
    """The code that the app shows, or showed so many half minutes ago."""
    return f"{totp(TOTPDevice.objects.get(user=user).bin_key, drift=steps):06}"


def switch_on(client) -> list[str]:
    """As a member does; the codes for recovery."""
    client.get(OWN)
    page = client.post(OWN, {"code": shown_by_the_app(client.user)})
    # The next code of the app is awaited by nobody here.
    TOTPDevice.objects.update(last_t=-1)
    return re.findall(r"<li><code>(\w+)</code></li>", page.text)


def again(client) -> Client:
    """The same member, who has just given the password."""
    return client_of(client.user)


@pytest.fixture
def editor():
    return member("Editor")


def test_it_is_offered_and_nobody_has_to(editor):
    page = editor.get("/admin/")

    assert page.status_code == 200
    assert f'<a href="{OWN}">Second factor</a>' in page.text


def test_from_then_on_the_password_alone_opens_nothing(editor):
    codes = switch_on(editor)
    assert editor.get("/admin/").status_code == 200
    half = again(editor)

    for address in (
        "/admin/",
        "/admin/glossary/term/",
        "/admin/search/?q=a",
        "/admin/upkeep/offers/",
        "/admin/jsi18n/",
    ):
        page = half.get(address, follow=True)
        assert page.redirect_chain[-1][0].startswith(CODE), address
        assert half.post(address).status_code == 302, address
    assert half.get(OWN, follow=True).redirect_chain[-1][0].startswith(CODE)
    assert half.post(OWN, {"codes": "1"}).status_code == 302
    assert half.post("/admin/prose/glossary.term/0/article/", {"article": "x"}).status_code == 403
    assert len(codes) == len(set(codes)) == CODES
    assert StaticToken.objects.count() == CODES


def test_code_of_the_app_leads_where_the_member_wanted_to_go(editor):
    switch_on(editor)
    half = again(editor)
    asked = half.get("/admin/glossary/term/", follow=True)
    key = half.session.session_key

    done = half.post(asked.request["PATH_INFO"], {"code": shown_by_the_app(editor.user), "next": asked.context["next"]})

    assert (done.status_code, done.url) == (302, "/admin/glossary/term/")
    assert half.get("/admin/glossary/term/").status_code == 200
    assert half.session.session_key != key


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_code_leads_to_no_other_site(editor, where):
    switch_on(editor)

    done = again(editor).post(CODE, {"code": shown_by_the_app(editor.user), "next": where})

    assert (done.status_code, done.url) == (302, "/admin/")


def test_code_is_good_once(editor):
    switch_on(editor)
    code = shown_by_the_app(editor.user)
    assert again(editor).post(CODE, {"code": code}).status_code == 302

    refused = again(editor).post(CODE, {"code": code})

    assert "This code is wrong, or was used before." in refused.text


def test_code_for_recovery_is_good_once_and_stands_nowhere(editor):
    code = switch_on(editor)[0]
    assert not StaticToken.objects.filter(token__in=[code, code[:8]]).exists()

    first, second = (again(editor).post(CODE, {"code": f" {code[:5]} {code[5:].upper()} "}) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 200)
    assert "This code is wrong" in second.text
    assert StaticToken.objects.count() == CODES - 1


def test_codes_are_not_to_be_guessed(editor):
    switch_on(editor)
    half = again(editor)
    right = shown_by_the_app(editor.user)
    half.post(CODE, {"code": "abcdef"})

    refused = half.post(CODE, {"code": right})

    assert "Too many wrong codes: wait 1 seconds" in refused.text
    TOTPDevice.objects.update(throttling_failure_count=12)
    assert re.search(r"wait 20\d\d seconds", half.post(CODE, {"code": right}).text)
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timezone.timedelta(hours=1))
    assert half.post(CODE, {"code": right}).status_code == 302


@pytest.mark.parametrize("code", ["", "\0", "0" * 6, "x" * 41, "１２３４５６", "‮‮‮‮‮‮", "-00001", "1e5   ", "' OR 1=1"])
def test_any_wrong_code_is_told(editor, code):
    switch_on(editor)

    page = again(editor).post(CODE, {"code": code})

    assert page.status_code == 200
    assert page.context["form"].errors["code"]


def test_codes_of_another_member_are_of_no_use(editor):
    other = member("Editor")
    switch_on(editor)
    codes = switch_on(other)

    for code in (shown_by_the_app(other.user), codes[0]):
        assert again(editor).post(CODE, {"code": code}).status_code == 200
        TOTPDevice.objects.update(throttling_failure_count=0)


def test_it_is_switched_on_by_a_right_code_alone(editor):
    editor.get(OWN)

    page = editor.post(OWN, {"code": "000000"})

    assert "This code is wrong" in page.text
    assert not TOTPDevice.objects.get().confirmed
    assert again(editor).get("/admin/").status_code == 200


def test_key_is_drawn_on_the_page_and_asked_of_nobody(editor):
    page = editor.get(OWN)

    drawing = ElementTree.fromstring(re.search(r"<svg class=\"qr\".*?</svg>", page.text)[0])
    address = TOTPDevice.objects.get().config_url
    assert (drawing.get("viewBox"), drawing[0].get("d")) == ("0 0 {0} {0}".format(drawn(address)[0]), drawn(address)[1])
    assert address.startswith(f"otpauth://totp/Descent%3A{editor.user.username}?secret=")
    assert "<img" not in page.text
    assert "no-store" in page["Cache-Control"]
    # What apps look for: the three corners, seven squares wide, within a margin of four.
    squares = set(drawing[0].get("d").split("M"))
    assert {"4,4h1v1h-1z", "10,4h1v1h-1z", "4,10h1v1h-1z"} < squares
    assert not [square for square in squares if square.startswith(("0,", "1,", "2,", "3,"))]


def test_key_stays_while_the_page_is_opened_again_and_is_never_shown_after(editor):
    first, second = editor.get(OWN).context["secret"], editor.get(OWN).context["secret"]
    switch_on(editor)

    page = editor.get(OWN).text

    assert first == second
    assert first not in page
    assert "10 codes for recovery are left" in page


def test_new_codes_end_the_earlier_ones(editor):
    old = switch_on(editor)

    page = editor.post(OWN, {"codes": "1", "code": shown_by_the_app(editor.user)})

    new = re.findall(r"<li><code>(\w+)</code></li>", page.text)
    assert (len(new), set(new) & set(old)) == (CODES, set())
    assert again(editor).post(CODE, {"code": old[0]}).status_code == 200


@pytest.mark.parametrize("code", ["", "000000"])
def test_whoever_is_at_an_open_browser_makes_no_codes(editor, code):
    old = switch_on(editor)

    page = editor.post(OWN, {"codes": "1", "code": code})

    assert (page.context["codes"], list(page.context["form"].errors)) == ([], ["code"])
    assert again(editor).post(CODE, {"code": old[0]}).status_code == 302


def test_it_is_switched_off_with_a_code_and_not_without(editor):
    switch_on(editor)

    kept = editor.post(OWN, {"off": "1", "code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=0)
    editor.post(OWN, {"off": "1", "code": shown_by_the_app(editor.user)})

    assert "This code is wrong" in kept.text
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()
    assert again(editor).get("/admin/").status_code == 200


def test_sessions_from_before_need_the_code_too(editor):
    earlier = again(editor)
    assert earlier.get("/admin/").status_code == 200

    switch_on(editor)

    assert earlier.get("/admin/").status_code == 302


def test_administrator_takes_it_away_from_who_lost_it(editor, mailoutbox):
    User.objects.filter(pk=editor.user.pk).update(email="editor@example.org")
    switch_on(editor)
    administrator = member("Administrator")
    address = f"/admin/auth/user/{editor.user.pk}/"
    assert "Take away the second factor" in administrator.get(f"{address}change/").text

    done = administrator.post(f"{address}reset/", follow=True)

    assert "has no second factor any more" in done.text
    assert "Take away the second factor" not in done.text
    assert [letter.to for letter in mailoutbox] == [["editor@example.org"]]
    assert "Took away the second factor." in administrator.get(f"{address}history/").text
    assert again(editor).get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Reviewer"])
def test_nobody_else_takes_it_away(role, editor):
    switch_on(editor)

    refused = member(role).post(f"/admin/auth/user/{editor.user.pk}/reset/")

    assert refused.status_code == 403
    assert TOTPDevice.objects.exists()


def test_administrators_see_who_has_it_and_nobody_sees_a_key(editor):
    switch_on(editor)
    administrator = member("Administrator")

    listed = administrator.get("/admin/auth/user/").context["cl"].result_list

    assert {user.username: bool(user.has_second_factor) for user in listed} == {
        editor.user.username: True,
        administrator.user.username: False,
    }
    for kind in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert administrator.get(f"/admin/{kind}/").status_code == 404


def test_command_takes_it_away_where_no_administrator_is_left(editor, capsys):
    switch_on(editor)

    call_command("reset_second_factor", editor.user.username)

    assert capsys.readouterr().out == f"{editor.user.username} has no second factor any more.\n"
    assert not TOTPDevice.objects.exists()
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("reset_second_factor", "nobody")


def test_where_it_is_required_nobody_works_before_it_is_switched_on(editor, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    asked = editor.get("/admin/glossary/term/", follow=True)
    codes = switch_on(editor)

    assert asked.redirect_chain[-1][0] == OWN
    assert "Nobody works here without a second factor" in asked.text
    assert len(codes) == CODES
    assert editor.get("/admin/glossary/term/").status_code == 200
    assert again(editor).get("/admin/glossary/term/", follow=True).redirect_chain[-1][0].startswith(CODE)


def test_whoever_gave_no_password_sees_neither_page(editor):
    switch_on(editor)

    for address in (OWN, CODE):
        assert Client().get(address).url == f"/admin/login/?next={address}"
        assert Client().post(address, {"code": shown_by_the_app(editor.user)}).status_code == 302


def test_who_cannot_go_on_can_leave(editor):
    switch_on(editor)
    half = again(editor)
    assert 'action="/admin/second-factor/leave/"' in half.get(CODE).text

    left = half.post("/admin/second-factor/leave/")

    assert (left.status_code, left.url) == (302, "/admin/login/")
    assert half.get(CODE).url == f"/admin/login/?next={CODE}"


def test_pages_of_the_admin_cost_no_query_more(editor, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session, and the member with all that is known of the second factor
        editor.get(f"{CODE}")


def test_no_code_stands_in_a_log(caplog, editor):
    caplog.set_level("DEBUG")

    codes = switch_on(editor)
    again(editor).post(CODE, {"code": codes[0]})

    assert len(codes) == CODES
    assert not [code for code in codes if code in caplog.text]
