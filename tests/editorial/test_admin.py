import json

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Derivation
from editorial import proposal_admin
from editorial.models import Proposal
from glossary.models import Term
from tests import factories as make

UPLOAD, REVIEW = "/admin/editorial/proposal/upload/", "/admin/editorial/proposal/review/"
LIST = "/admin/editorial/proposal/"
TERM = {"model": "glossary.term", "fields": {"name": "<b>A</b>", "slug": "a", "definition": "It."}}


@pytest.fixture
def editor(client, db):
    client.force_login(editor := make.make_editor())
    return editor


def upload(client, *records, name="f.json", content=None):
    file = SimpleUploadedFile(name, content or json.dumps(records).encode())
    return client.post(UPLOAD, {"file": file, "reason": "Why"})


def test_upload_leads_to_the_review_with_its_differences_escaped(client, editor):
    response = upload(client, TERM)

    proposal = Proposal.objects.get()
    assert response.url == f"{REVIEW}?ids={proposal.pk}"
    page = client.get(response.url).text
    assert "&lt;b&gt;A&lt;/b&gt;" in page
    assert "<b>A</b>" not in page
    assert (proposal.created_by, proposal.reason, Term.objects.count()) == (editor, "Why", 0)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[{}]", 'f.json, record 1 (no model): a record is {"model": …, "fields": {…}}.'),
        (b"\xff", "f.json: it is not in UTF-8 (line 1)."),
        (b'[{"model": "auth.user", "fields": {"username": "\\ud800"}}]', "there is no such model."),
    ],
)
def test_problems_are_errors_of_the_form_and_nothing_is_stored(client, editor, content, message):
    response = upload(client, content=content)

    assert message in response.context["form"].errors["file"][0]
    assert Proposal.objects.count() == 0


def test_file_that_is_too_large_or_missing_is_refused(client, editor, monkeypatch):
    monkeypatch.setattr(proposal_admin, "LARGEST", 5)

    assert "larger than" in upload(client, TERM).context["form"].errors["file"][0]
    assert client.post(UPLOAD).context["form"].errors["file"] == ["This field is required."]


@pytest.mark.parametrize(("button", "status", "terms"), [("accept", "accepted", 1), ("decline", "declined", 0)])
def test_decision_is_carried_out(client, editor, button, status, terms):
    address = upload(client, TERM).url

    assert client.post(address, {button: "1"}).url == LIST

    assert (Proposal.objects.get().status, Term.objects.count()) == (status, terms)
    assert "All of these are decided already." in client.get(address).text
    client.post(address, {"decline": "1"})
    assert Proposal.objects.get().status == status


def test_reading_and_posting_without_a_button_decide_nothing(client, editor):
    address = upload(client, TERM).url

    client.get(f"{address}&accept=1"), client.post(address)

    assert (Proposal.objects.get().status, Term.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize(
    "ids", ["", "banana", "-", "1-", "9" * 30, "-5", "0-99", ",".join(map(str, range(100, 2800, 2)))[:5000]]
)
def test_bad_ids_name_no_proposal(client, editor, ids):
    assert "No proposals are named." in client.get(REVIEW, {"ids": ids}).text


@pytest.mark.parametrize("address", [LIST, UPLOAD, REVIEW])
def test_only_editors_with_permission_come_in(client, db, address):
    assert client.get(address).url.startswith(reverse("admin:login"))

    client.force_login(make.make_editor(is_superuser=False))
    assert client.get(address).status_code == 403


def test_accepting_needs_the_permissions_of_the_kinds(client, db):
    somebody = make.make_editor(is_superuser=False)
    somebody.user_permissions.set(Permission.objects.filter(content_type__app_label="editorial"))
    client.force_login(somebody)
    address = upload(client, TERM).url

    assert client.post(address, {"accept": "1"}).status_code == 403
    assert Term.objects.count() == 0
    somebody.user_permissions.add(*Permission.objects.filter(codename__in=["add_term", "change_term"]))
    client.post(address, {"accept": "1"})
    assert Term.objects.count() == 1


def test_list_asks_equally_often_for_one_row_and_for_three(client, editor, django_assert_num_queries):
    upload(client, TERM)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    for slug in "bc":
        upload(client, {**TERM, "fields": {**TERM["fields"], "slug": slug}})

    with django_assert_num_queries(8):
        assert client.get(LIST).context["cl"].result_count == 3


def test_waiting_derivation_finds_its_parent_when_the_entry_is_saved_in_the_admin(client, editor):
    edge = make.make_derivation(parent_name="V3")
    prefixes = ["milestones", "scores", "innovations", "derivations", "model_papers", "links", "citations"]
    parts = {f"{prefix}-{total}_FORMS": "0" for prefix in prefixes for total in ("TOTAL", "INITIAL")}

    response = client.post("/admin/catalog/aimodel/add/", {"name": "V3", "status": "draft", **parts})

    assert response.status_code == 302
    assert Derivation.objects.get().parent.name == "V3"
    assert edge.history.latest().history_user == editor
