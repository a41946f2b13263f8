"""Working through a queue: what comes next is known where an item of it is opened."""

import pytest
from django.urls import reverse

from core.models import Status
from editorial.models import Proposal
from tests.editorial.desk import begin, form, member, take
from tests.editorial.proposed import edited
from tests.factories import make_model, make_term
from tests.forms import send

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


def addresses(client) -> list[str]:
    """Where what waits for the client's user is done, in order."""
    return [address for queue in client.get(INDEX).context["queues"] for _, address in queue.named]


def onward(client, address: str):
    return client.get(address, follow=True).context["onward"]


def waiting_terms(*names: str) -> list[str]:
    contributor = member("Contributor")
    for name in names:
        take(contributor, "submit", begin(contributor, name=name))


def test_each_item_leads_to_the_next_and_the_last_to_the_first():
    reviewer = member("Reviewer")
    waiting_terms("One", "Two")
    edited(make_term(name="Three"), definition="New.")
    first, second, third = addresses(reviewer)

    assert [onward(reviewer, address).url for address in (first, second, third)] == [second, third, first]
    page = reviewer.get(first)
    assert f'<a href="{second.replace("&", "&amp;")}" data-key="n" rel="next">Next in “To review”' in page.text


def test_only_item_leads_back_to_the_first_page():
    reviewer = member("Reviewer")
    waiting_terms("One")
    (only,) = addresses(reviewer)

    assert onward(reviewer, only).url == INDEX
    assert "Back to “To review”" in reviewer.get(only).text
    assert send(reviewer, only, _step_publish="on")["Location"] == INDEX


def test_step_leads_on_to_what_comes_next():
    reviewer = member("Reviewer")
    waiting_terms("One", "Two", "Three")
    first, second, third = addresses(reviewer)

    assert send(reviewer, second, _step_publish="on")["Location"] == third
    # The first was passed over, and is still there.
    assert send(reviewer, third, _step_send_back="on", reason="Say more.")["Location"] == first


def test_saving_and_staying_stays_in_the_queue():
    contributor = member("Contributor")
    begin(contributor, name="One"), begin(contributor, name="Two")
    first, second = addresses(contributor)

    assert send(contributor, first, definition="Better.", _continue="on")["Location"] == first
    assert send(contributor, first, definition="Best.")["Location"] == second


def test_decision_on_a_proposal_leads_on():
    reviewer = member("Reviewer")
    for name in ("One", "Two"):
        edited(make_term(name=name), definition="New.")
    first, second = addresses(reviewer)

    page = reviewer.get(first, follow=True)
    seen = page.context["seen"]
    response = reviewer.post(page.redirect_chain[-1][0], {"accept": "on", "seen": seen})

    assert response["Location"] == second
    assert Proposal.objects.get(title="One").status == "accepted"


def test_form_opened_from_a_queue_of_upkeep_leads_back_into_it():
    editor = member("Editor")
    for name in ("One", "Two"):
        make_model(name=name, slug=name.casefold(), status="draft", parameters_total=7)
    queue = reverse("upkeep", args=["uncited"])
    page = editor.get(queue)
    opened = f"{page.context['form']}?queue=uncited&item={page.context['item'].key}"
    assert opened.replace("&", "&amp;") in page.text
    following = f"{queue}?item={page.context['next']}"

    assert onward(editor, opened).url == following
    assert send(editor, opened, parameters_total="")["Location"] == following


def test_pending_edit_of_what_a_queue_led_to_leads_on():
    editor = member("Editor")
    model = make_model(name="Stale", slug="stale")
    make_model(name="Other", slug="other")
    opened = f"{form(model)}?queue=stale&item={model.pk}"

    response = send(editor, opened, aliases="Old")

    assert response["Location"].startswith(reverse("upkeep", args=["stale"]))
    assert Proposal.objects.get().slug == "stale"


@pytest.mark.parametrize("query", ["queue=nothing", "queue=review&item=x", "queue=&item=%00", "queue=review", "item=1"])
def test_address_that_names_no_queue_of_the_user_leads_nowhere(query):
    editor, term = member("Editor"), make_term(name="Public")

    page = editor.get(f"{form(term)}?{query}")

    assert (page.status_code, page.context["onward"]) == (200, None)
    assert term.status == Status.PUBLISHED


def test_item_that_is_decided_meanwhile_leads_to_the_first_that_waits():
    reviewer, term = member("Reviewer"), make_term(name="Done")
    waiting_terms("One")

    assert onward(reviewer, f"{form(term)}?queue=review&item=%00").url == addresses(reviewer)[0]
