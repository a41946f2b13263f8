"""The address of a preview: what becomes of it, who gets it, and what it refuses."""

import datetime
from contextlib import contextmanager
from unittest import mock

import pytest
from django.contrib.auth.models import Permission
from django.core import signing
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Status
from editorial import preview
from editorial.models import Proposal, ProposalStatus
from editorial.preview import DAYS, preview_url
from editorial.templatetags.previews import preview_link
from tests import factories as make
from tests.editorial.previews import BANNER, each_kind, propose, token_of
from tests.project.test_drafts import DRAFT
from tests.project.test_pages import first_fault

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def test_link_expires_after_the_day_that_it_names():
    url = preview_url(make.make_model(**DRAFT))
    now = timezone.now()

    def after(days):
        with mock.patch("django.utils.timezone.now", return_value=now + datetime.timedelta(days=days)):
            return Client().get(url)

    last, late = after(DAYS), after(DAYS + 1)

    assert last.status_code == 200
    assert (late.status_code, "This link has expired" in late.text) == (410, True)
    assert f"until {(now + datetime.timedelta(days=7)).day} " in late.text
    assert first_fault(late.text) == ""


def test_broken_or_forged_link_leads_to_a_page_that_says_so():
    draft, other = make.make_model(**DRAFT), make.make_term(**DRAFT)
    good = token_of(draft)
    value = good.split(":")[0]
    payload = ["catalog.aimodel", draft.pk, "2999-01-01"]
    forged = {
        "cut": good[:-3],
        "without signature": value,
        "another's signature": f"{value}:{token_of(other).split(':')[1]}",
        "no salt": signing.Signer().sign_object(payload),
        "another salt": signing.Signer(salt="x").sign_object(payload),
        "another key": signing.Signer(key="x", salt="editorial.preview").sign_object(
            ["catalog.aimodel", 1, "2999-1-1"]
        ),
        "lengthened": good + "A" * 10,
        "another kind of signature": signing.dumps(payload),
        "very long": "A" * 100_000,
        "null": "%00",
        "null at the end": f"{good}%00",
        "no ASCII": "%F0%9F%98%80:%FF",
        "only colons": ":::",
    }

    answers = {name: Client().get(f"/preview/{token}/") for name, token in forged.items()}

    assert {name for name, answer in answers.items() if answer.status_code != 404} == set()
    assert {name for name, answer in answers.items() if "This link is broken" not in answer.text} == set()
    assert Client().get(f"/preview/{good}/").status_code == 200
    assert len(answers) == 13


def test_entry_published_meanwhile_leads_to_its_page():
    draft = make.make_model(**DRAFT)
    url = preview_url(draft)
    draft.status = Status.PUBLISHED
    draft.save()

    response = Client().get(url)

    assert (response.status_code, response.headers["Location"]) == (302, draft.get_absolute_url())
    assert "no-store" in response.headers["Cache-Control"]


def test_entry_deleted_meanwhile_is_gone():
    draft = make.make_model(**DRAFT)
    url = preview_url(draft)
    draft.delete()

    response = Client().get(url)

    assert (response.status_code, "There is nothing here any more" in response.text) == (410, True)


@pytest.mark.parametrize("status", [ProposalStatus.ACCEPTED, ProposalStatus.DECLINED])
def test_proposal_decided_meanwhile_leads_to_the_published_page(status):
    model = make.make_model()
    proposal = propose(model, name="Other")
    url = preview_url(proposal)
    Proposal.objects.update(status=status, decided_at=timezone.now())

    response = Client().get(url)

    assert (response.status_code, f"It was {status}." in response.text) == (410, True)
    assert f'<a href="{model.get_absolute_url()}">' in response.text


def test_proposal_that_was_sent_back_still_shows():
    proposal = propose(make.make_model(), name="Other")
    Proposal.objects.update(status=ProposalStatus.RETURNED, decided_at=timezone.now())

    assert "Other</h1>" in Client().get(preview_url(proposal)).text


def test_proposal_that_cannot_be_written_says_so():
    proposal = propose(make.make_model(), parameters_total=8, parameters_active=9)

    response = Client().get(preview_url(proposal))

    assert (response.status_code, "It breaks a rule" in response.text) == (409, True)
    assert BANNER.findall(response.text) == []
    assert first_fault(response.text) == ""


@contextmanager
def read_only():
    """Nobody may write over this connection."""
    sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1" if sqlite else "SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)
        if sqlite:
            connection.connection.execute("PRAGMA query_only = 0")


def test_database_that_takes_no_writing_is_told():
    url = preview_url(make.make_model(**DRAFT))

    with read_only():
        response = Client().get(url)

    assert (response.status_code, "takes no writing" in response.text) == (503, True)
    assert BANNER.findall(response.text) == []
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert first_fault(response.text) == ""


def test_database_that_is_locked_is_told():
    url = preview_url(make.make_model(**DRAFT))

    with mock.patch.object(preview.transaction, "atomic", side_effect=OperationalError("database is locked")):
        response = Client().get(url)

    assert (response.status_code, "takes no writing" in response.text) == (503, True)


QUERIES = (
    "as_of=2020-01-01",
    "as_of=banana",
    "as_of=%00",
    "start",
    "page=%00",
    "page=-1",
    f"page={'9' * 40}",
    "q=<b>%00",
)


@each_kind
def test_no_query_is_a_fault(factory):
    url = preview_url(factory(**DRAFT))

    answers = [Client().get(f"{url}?{query}") for query in QUERIES]

    assert {answer.status_code for answer in answers} <= {200, 404}
    assert {answer.headers["X-Robots-Tag"] for answer in answers} == {"noindex, nofollow"}
    assert {first_fault(answer.text) for answer in answers} == {""}
    assert len(answers) == 8


# In the admin


@each_kind
def test_whoever_may_see_an_entry_is_led_to_its_preview(factory, client):
    draft = factory(**DRAFT)
    editor = make.make_editor(is_superuser=False)
    link = reverse("preview_link", args=[draft._meta.label_lower, draft.pk])
    client.force_login(editor)

    without = client.get(link)
    editor.user_permissions.add(Permission.objects.get(codename=f"view_{draft._meta.model_name}"))
    with_it = client.get(link)

    assert without.status_code == 403
    assert (with_it.status_code, with_it.headers["Location"]) == (302, preview_url(draft))
    assert Client().get(link).headers["Location"].startswith("/admin/login/")
    assert client.post(link).status_code == 405


def test_whoever_may_see_proposals_is_led_to_their_previews(client):
    proposal = propose(make.make_model())
    client.force_login(make.make_editor())

    response = client.get(reverse("preview_link", args=["editorial.proposal", proposal.pk]))

    assert response.headers["Location"] == preview_url(proposal)


@pytest.mark.parametrize(
    "place",
    ["auth.user/1", "no.such/1", "nonsense/1", "%00/1", "catalog.aimodel/0", "catalog.aimodel/" + "9" * 40],
)
def test_nothing_else_has_a_preview(client, place):
    client.force_login(make.make_editor())

    assert client.get(f"/admin/preview/{place}/").status_code == 404


PAGELESS = {
    "a report": {"kind": "catalog.aimodel", "message": "It is wrong.", "token": "t"},
    "a tag": {"kind": "catalog.tag"},
    "a step": {"kind": "editorial.readingstep"},
}


@pytest.mark.parametrize("fields", PAGELESS.values(), ids=PAGELESS)
def test_proposal_without_a_page_has_no_preview(client, fields):
    client.force_login(make.make_editor())
    proposal = Proposal.objects.create(slug="x", title="X", document=[], **fields)

    link = client.get(reverse("preview_link", args=["editorial.proposal", proposal.pk]))
    page = client.get(preview_url(proposal))

    assert (link.status_code, page.status_code) == (404, 410)
    assert preview_link(proposal) == ""


def test_forms_offer_a_preview_where_readers_see_no_page():
    draft, published = make.make_term(**DRAFT), make.make_term()
    proposal = propose(published)

    offered = [preview_link(row) for row in (draft, proposal, published, make.make_tag(), None)]

    assert offered == [
        f"/admin/preview/glossary.term/{draft.pk}/",
        f"/admin/preview/editorial.proposal/{proposal.pk}/",
        "",
        "",
        "",
    ]
