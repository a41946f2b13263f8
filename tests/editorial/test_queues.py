import pytest
from django.urls import reverse

from editorial.models import Proposal, ProposalStatus
from tests.editorial.desk import begin, form, member, take
from tests.factories import make_term
from tests.forms import send

pytestmark = pytest.mark.django_db


def waiting(client) -> dict[str, list[str]]:
    """The queues of the admin's first page, each with the titles of what waits."""
    page = client.get(reverse("admin:index"))
    return {queue.title: [item.title for item, _ in queue.named] for queue in page.context["queues"]}


def test_submitted_draft_waits_for_the_reviewer_and_not_for_its_author():
    contributor, editor, reviewer = member("Contributor"), member("Editor"), member("Reviewer")
    term, other = begin(contributor, name="Submitted"), begin(contributor, name="Draft")

    take(contributor, "submit", term, reason="Ready")

    assert waiting(reviewer) == {"To review": ["Submitted"]}
    assert waiting(contributor) == {"Your drafts": [other.name]}
    assert waiting(editor) == {}
    page = reviewer.get(reverse("admin:index")).text
    assert f'href="{form(term)}?queue=review&amp;item=glossary.term+{term.pk}"' in page
    assert f"Submitted for review by {contributor.user}: “Ready”" in page


def test_reviewer_is_not_asked_to_review_what_is_theirs_and_an_administrator_is():
    reviewer, administrator = member("Reviewer"), member("Administrator")
    for client in (reviewer, administrator):
        take(client, "submit", begin(client, name=client.user.username))

    assert waiting(reviewer) == {"To review": [administrator.user.username]}
    assert waiting(administrator) == {"To review": [reviewer.user.username, administrator.user.username]}


def test_what_was_sent_back_waits_for_its_author_with_the_comment():
    contributor, reviewer = member("Contributor"), member("Reviewer")
    term = begin(contributor, name="Sent back")
    take(contributor, "submit", term)

    take(reviewer, "send_back", term, reason="Say where that is written.")

    assert waiting(contributor) == {"Sent back to you": ["Sent back"]}
    assert waiting(reviewer) == {}
    assert "“Say where that is written.”" in contributor.get(reverse("admin:index")).text
    send(contributor, form(term), definition="Mended.")
    assert waiting(contributor) == {"Your drafts": ["Sent back"]}


def test_change_of_a_published_entry_waits_for_another_and_comes_back_to_its_author():
    editor, reviewer = member("Editor"), member("Reviewer")
    term = make_term(name="Public")
    send(editor, form(term), definition="New.", reason="Clearer")
    assert (waiting(editor), waiting(reviewer)) == ({}, {"To review": ["Public"]})

    Proposal.objects.update(status=ProposalStatus.RETURNED, decided_at=term.created_at, answer="Say why.")

    assert (waiting(editor), waiting(reviewer)) == ({"Sent back to you": ["Public"]}, {})


def test_first_page_asks_equally_often_for_few_and_many(django_assert_num_queries):
    contributor, reviewer = member("Contributor"), member("Reviewer")
    # Session, user, permissions of user and groups; a query for each kind, the log, the proposals; Django's own log.
    # In a transaction, where nothing is kept: the queues of upkeep, those of claims and of names for each kind.
    queries = 14 + 21
    take(contributor, "submit", begin(contributor))
    with django_assert_num_queries(queries):
        reviewer.get(reverse("admin:index"))
    for _ in range(3):
        take(contributor, "submit", begin(contributor))

    with django_assert_num_queries(queries):
        assert len(waiting(reviewer)["To review"]) == 4


def test_long_queue_names_the_oldest_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr("editorial.queues.NAMED", 1)
    reviewer = member("Reviewer")
    older, newer = make_term(status="in_review"), make_term(status="in_review")

    page = reviewer.get(reverse("admin:index"))

    assert waiting(reviewer) == {"To review": [older.name]}
    assert "To review (2)" in page.text
    assert "… and 1 more." in page.text
    assert newer.name not in page.text


def test_first_page_says_when_nothing_waits():
    assert "Nothing. All is read, and nothing came back." in member("Reviewer").get(reverse("admin:index")).text
