"""Readers report errors without an account, within bounds, and see what became of each."""

import pytest
from django.test import Client

from core.models import Status
from editorial import reports
from editorial.models import Proposal, ProposalStatus
from tests import factories as make
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db

WORDS = "It says 671B <b>active</b>; the paper says 37B."
REVIEW = "/admin/editorial/proposal/review/?ids="


def send(client=None, entry=None, **fields):
    """What the form under `entry` answers; the report's page, once it is sent."""
    entry = entry or make.make_model()
    return (client or Client()).post(f"{entry.get_absolute_url()}report/", {"message": WORDS, **fields}, follow=True)


@pytest.mark.parametrize(
    "factory",
    [
        make.make_model,
        make.make_family,
        make.make_term,
        make.make_paper,
        make.make_benchmark,
        make.make_organization,
        make.make_source,
    ],
)
def test_every_kind_of_entry_leads_to_its_form(factory):
    entry = factory()

    page = Client().get(entry.get_absolute_url()).text
    form = Client().get(f"{entry.get_absolute_url()}report/")

    assert f'href="{entry.get_absolute_url()}report/"' in page
    assert form.status_code == 200
    assert entry.name in form.text


def test_report_becomes_a_proposal_that_changes_nothing():
    model = make.make_model(name="DeepSeek V3")

    send(entry=model, evidence="arxiv.org/abs/2412.19437")

    report = Proposal.objects.get()
    assert (report.kind, report.slug, report.title) == ("catalog.aimodel", "deepseek-v3", "DeepSeek V3")
    assert (report.message, report.evidence) == (WORDS, "https://arxiv.org/abs/2412.19437")
    assert (report.document, report.status, report.created_by) == ([], ProposalStatus.WAITING, None)


def test_sender_is_led_to_an_unlisted_page_that_shows_the_report_escaped():
    page = send()

    report = Proposal.objects.get()
    assert page.redirect_chain == [(report.get_absolute_url(), 302)]
    assert len(report.token) == 43
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in page.headers["Cache-Control"]
    assert "It waits for an editor." in page.text
    assert "&lt;b&gt;active&lt;/b&gt;" in page.text
    assert "<b>active</b>" not in page.text


@pytest.mark.parametrize(
    ("button", "status", "words"),
    [
        ("accept", ProposalStatus.ACCEPTED, "An editor agreed."),
        ("decline", ProposalStatus.DECLINED, "left the entry as it is"),
    ],
)
def test_editor_reads_it_decides_and_answers(client, button, status, words):
    send()
    report = Proposal.objects.get()
    client.force_login(editor := make.make_editor(username="ada"))

    review = client.get(f"{REVIEW}{report.pk}").text
    client.post(f"{REVIEW}{report.pk}", {button: "1", "answer": "The table gives both."})

    report.refresh_from_db()
    assert "37B." in review
    assert "Answer to the reader" in review
    assert (report.status, report.decided_by, report.answer) == (status, editor, "The table gives both.")
    page = Client().get(report.get_absolute_url()).text
    assert words in page
    assert "The table gives both." in page
    assert "ada" not in page


def test_report_can_be_accepted_after_the_entry_was_corrected(client):
    model = make.make_model()
    send(entry=model)
    model.summary = "Corrected."
    model.save()
    client.force_login(make.make_editor())

    client.post(f"{REVIEW}{Proposal.objects.get().pk}", {"accept": "1"})

    assert Proposal.objects.get().status == ProposalStatus.ACCEPTED


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"message": ""}, "message", "This field is required."),
        ({"message": "wrong"}, "message", "at least 10 characters"),
        ({"message": "x" * 2001}, "message", "at most 2000 characters"),
        ({"message": "a\0b and so on"}, "message", "Null characters are not allowed."),
        ({"evidence": "javascript:alert(1)"}, "evidence", "Enter a valid URL."),
        ({"evidence": "https://example.org/" + "x" * 500}, "evidence", "at most 500 characters"),
        ({"confirmation": "Buy now"}, "confirmation", "Leave this field empty"),
    ],
)
def test_bad_report_gets_a_message_and_keeps_what_was_typed(fields, field, words):
    page = send(**fields)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert words in page.context["form"].errors[field][0]
    assert Proposal.objects.count() == 0
    assert fields.get("message", WORDS) == page.context["form"]["message"].value()


def test_same_words_again_are_the_same_report():
    model = make.make_model()

    first, second = send(entry=model), send(entry=model)

    assert first.redirect_chain == second.redirect_chain
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("bound", ["A_DAY_FROM_ONE", "A_DAY_FROM_ALL"])
def test_reports_are_bounded_and_the_reader_is_told(monkeypatch, bound):
    monkeypatch.setattr(reports, bound, 2)
    for number in range(2):
        send(message=f"{WORDS} {number}")

    page = send()

    assert page.status_code == 429
    assert "Please send this one tomorrow." in page.text
    assert "37B." in page.text
    assert Proposal.objects.count() == 2


def test_one_sender_does_not_use_up_the_reports_of_another(monkeypatch, settings):
    monkeypatch.setattr(reports, "A_DAY_FROM_ONE", 1)
    settings.CLIENT_ADDRESS_HEADER = "X-Forwarded-For"
    one, other = (Client(headers={"X-Forwarded-For": f"1.1.1.1, {address}"}) for address in ("2.2.2.2", "3.3.3.3"))

    answers = [send(one).status_code, send(one, message=f"{WORDS} Again.").status_code, send(other).status_code]

    assert answers == [200, 429, 200]


def test_senders_address_is_nowhere_to_be_found():
    send(Client(REMOTE_ADDR="198.51.100.7"))

    report = Proposal.objects.values().get()
    assert len(report["sender"]) == 64
    assert "198.51.100.7" not in str(report)


def test_draft_has_no_form_and_a_wrong_address_no_report():
    draft = make.make_model(status=Status.DRAFT)
    make.make_model(name="Shown")

    assert Client().get("/models/shown/report/").status_code == 200
    assert Client().get(f"{draft.get_absolute_url()}report/").status_code == 404
    assert Client().get("/reports/x/").status_code == 404


def test_form_is_protected_against_other_sites():
    model = make.make_model()

    answer = Client(enforce_csrf_checks=True).post(f"{model.get_absolute_url()}report/", {"message": WORDS})

    assert answer.status_code == 403
    assert Proposal.objects.count() == 0


def test_both_pages_are_well_formed():
    model = make.make_model()

    pages = [
        Client().get(f"{model.get_absolute_url()}report/").text,
        send(entry=model).text,
        send(confirmation="x").text,
    ]

    assert [first_fault(page) for page in pages] == ["", "", ""]
