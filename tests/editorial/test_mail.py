import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.editorial.desk import begin, form, member, take
from tests.factories import make_term
from tests.forms import send

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


@pytest.fixture
def team():
    """A contributor and two reviewers with addresses, and a third without one."""
    clients = [member("Contributor"), member("Reviewer"), member("Reviewer"), member("Reviewer")]
    for client in clients[:3]:
        client.user.email = f"{client.user}@example.org"
        client.user.save()
    return clients[:3]


@pytest.fixture
def letters(mailoutbox, django_capture_on_commit_callbacks):
    """Does something, and gives the letters that go out once it is committed: address and text."""

    def sent(do):
        with django_capture_on_commit_callbacks(execute=True):
            do()
        found = [(letter.to[0], letter.subject, letter.body) for letter in mailoutbox]
        mailoutbox.clear()
        return found

    return sent


def test_submission_is_told_to_all_who_may_review(team, letters):
    writer, *reviewers = team
    term = begin(writer, name="Word")

    sent = letters(lambda: take(writer, "submit", term, reason="Ready"))

    assert [to for to, _, _ in sent] == [client.user.email for client in reviewers]
    _, subject, body = sent[0]
    assert subject == f"Descent: “Word” – submitted for review by {writer.user}"
    assert f"http://testserver{form(term)}" in body
    assert "“Ready”" in body


def test_what_comes_back_or_is_published_is_told_to_who_wrote_it(team, letters):
    writer, reviewer, _ = team
    term = begin(writer, name="Word")
    take(writer, "submit", term)

    back = letters(lambda: take(reviewer, "send_back", term, reason="Where is that <written>?"))
    take(writer, "submit", term)
    published = letters(lambda: take(reviewer, "publish", term))

    assert [to for to, _, _ in back] == [to for to, _, _ in published] == [writer.user.email]
    assert "“Where is that <written>?”" in back[0][2]
    assert published[0][1] == f"Descent: “Word” – published by {reviewer.user}"


def test_change_of_a_published_entry_is_told_to_reviewers_but_not_to_its_author(team, letters):
    _, reviewer, other = team
    term = make_term(name="Public")

    sent = letters(lambda: send(reviewer, form(term), definition="New."))

    assert [to for to, _, _ in sent] == [other.user.email]
    assert sent[0][1] == f"Descent: “Public” – a change proposed by {reviewer.user}"


@pytest.mark.parametrize("sort", ["waits", "returned", "decided"])
def test_each_sort_can_be_switched_off_by_whoever_gets_it(team, letters, sort):
    writer, reviewer, other = team
    reader = other if sort == "waits" else writer
    term = begin(writer)

    def all_three():
        take(writer, "submit", term)
        take(reviewer, "send_back", term, reason="Why?")
        take(writer, "submit", term)
        take(reviewer, "publish", term)

    address = reverse("admin:editorial_mailpreference_changelist")
    kinds = {"waits", "returned", "decided"}
    reader.post(address, dict.fromkeys(kinds - {sort}, "on"))

    subjects = [subject for to, subject, _ in letters(all_three) if to == reader.user.email]

    wanted = {"waits": [], "returned": ["published"], "decided": ["sent back"]}[sort]
    assert [word for word in ("submitted", "sent back", "published") if any(word in s for s in subjects)] == wanted
    assert f'name="{sort}" id="id_{sort}" checked' not in reader.get(address).text.replace(" aria-describedby", "")


def test_account_that_is_closed_and_one_without_address_get_nothing(team, letters):
    writer, reviewer, other = team
    User.objects.filter(pk=reviewer.user.pk).update(is_active=False)
    User.objects.filter(pk=other.user.pk).update(email="")

    assert letters(lambda: begin(writer, _step_submit="on")) == []


def test_mail_server_that_is_down_takes_nothing_back(team, settings, django_capture_on_commit_callbacks, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with django_capture_on_commit_callbacks(execute=True):
        term = begin(team[0], _step_submit="on")

    assert term.status == "in_review"
    assert "Mail could not be sent" in caplog.text


def test_nobody_switches_the_mail_of_another(team):
    writer, reviewer, _ = team
    address = reverse("admin:editorial_mailpreference_changelist")

    reviewer.post(address, {"user": writer.user.pk})

    assert reviewer.user.mail_preference.waits is False
    assert not hasattr(User.objects.get(pk=writer.user.pk), "mail_preference")
