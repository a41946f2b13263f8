"""The clock of the server is set back, or forwards: what was written later stays later, and nothing breaks."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from core.models import Status
from editorial.log import change
from editorial.models import Change
from editorial.past import past_of
from editorial.restoring import known
from glossary.models import Term
from tests.factories import make_term

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def write(term: Term, definition: str, at: datetime) -> None:
    """Save it while the clock says `at`."""
    with change("Why") as writing:
        term.definition = definition
        term.save()
    Change.objects.filter(pk=writing.id).update(at=at)
    Term.history.filter(change=writing.id).update(history_date=at)


@pytest.fixture
def term():
    """Written to three times; the clock was set back by a day before the last one."""
    term = make_term(name="Kept", definition="First.")
    Term.history.update(history_date=NOW - timedelta(days=10))
    write(term, "Second.", NOW)
    write(term, "Third.", NOW - timedelta(days=1))
    return term


def told(term: Term, everyone: bool) -> list[str]:
    return [values[2] for past in past_of(term, everyone) for one in past.differences for values in one.values]


@pytest.mark.parametrize("everyone", [True, False])
def test_what_was_written_after_the_clock_was_set_back_is_the_last_in_history(term, everyone):
    assert told(term, everyone)[-2:] == ["Second.", "Third."]


def test_history_pages_and_feeds_have_all_though_the_clock_was_set_back(term):
    answers = {
        address: Client().get(address) for address in ("/glossary/kept/history/", "/changes/", "/feeds/new.atom")
    }

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(answers, 200)
    page = answers["/glossary/kept/history/"].text
    assert page.index("Third.") < page.index("First."), "the newest stands first"


def test_a_deleted_entry_is_known_as_it_was_written_last(term):
    number = term.pk
    write(term, "Fourth.", NOW - timedelta(days=2))
    term.delete()
    Term.history.filter(history_type="-").update(history_date=NOW - timedelta(days=3))

    assert known(Term, str(number)).definition == "Fourth."


@pytest.mark.parametrize("step", [timedelta(days=-3), timedelta(days=3)])
def test_what_is_scheduled_follows_the_clock_wherever_it_is_set(step):
    make_term(name="Due", slug="due", status=Status.PUBLISHED, publish_at=timezone.now() + timedelta(days=1))
    client, seen = Client(), []

    for by in (timedelta(), step, timedelta(), step):
        with patch("django.utils.timezone.now", return_value=datetime.now(UTC) + by):
            answers = client.get("/glossary/due/").status_code, "Due" in client.get("/glossary/").text
            seen.append(answers)

    is_out = step > timedelta()
    assert seen[:2] == [(404, False), (200, True) if is_out else (404, False)]
    assert all(status == 200 or not is_out for status, _ in seen[1::2])
