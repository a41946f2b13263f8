import pytest
from django.urls import reverse

from editorial.models import ChangedEntry, Proposal, ReadingStep, Redirect
from glossary.models import Term
from tests.editorial.desk import begin, form, member, refusals
from tests.factories import make_family, make_model, make_source, make_term
from tests.forms import send

pytestmark = pytest.mark.django_db


def rename(entry, slug):
    return send(member("Administrator"), form(entry), slug=slug)


def test_renamed_entry_is_found_at_every_address_it_had(client):
    term = make_term(slug="first")

    rename(term, "second"), rename(term, "third")

    for old in ("first", "second"):
        response = client.get(f"/glossary/{old}/?as_of=2024-01-01")
        assert (response.status_code, response.url) == (301, "/glossary/third/?as_of=2024-01-01")
    assert client.get("/glossary/third/").status_code == 200


PAGES = ["/models/{}/", "/models/{}.json", "/models/{}/history/", "/models/{}/report/", "/feeds/models/{}.atom"]


@pytest.mark.parametrize("page", PAGES)
def test_all_pages_of_an_entry_move_with_it(client, page):
    model = make_model(slug="old")

    rename(model, "new")

    assert client.get(page.format("old")).url == page.format("new")


def test_address_that_an_entry_takes_back_is_its_own(client):
    term = make_term(slug="first")

    rename(term, "second"), rename(term, "first")

    assert client.get("/glossary/first/").status_code == 200
    assert client.get("/glossary/second/").url == "/glossary/first/"
    assert Redirect.objects.count() == 1


def test_address_that_leads_to_another_is_refused():
    editor = member("Editor")
    rename(make_term(name="Renamed", slug="first"), "second")
    term = begin(editor)

    response = send(editor, form(term), slug="first")

    assert refusals(response) == ["The address “first” still leads to “Renamed”, which had it once: choose another."]
    assert not Term.objects.filter(slug="first").exists()


def test_kinds_do_not_take_each_others_addresses(client):
    rename(make_term(slug="same"), "other")
    make_family(slug="same")

    assert client.get("/families/same/").status_code == 200
    assert client.get("/models/same/").status_code == 404


def test_address_leads_nowhere_while_the_entry_is_not_public(client):
    term = make_term(slug="first")
    rename(term, "second")

    Term.objects.update(status="archived")
    assert client.get("/glossary/first/").status_code == 404
    Term.objects.all().delete()
    assert client.get("/glossary/first/").status_code == 404


def test_what_names_an_entry_by_its_address_follows():
    source, term = make_source(slug="first"), make_term(slug="word")
    model = make_model(description="It says so [@first, Table 6], not [@first-of-all].")
    step = ReadingStep.objects.create(order=1, address="/glossary/word/", why="To begin with.")

    rename(source, "second"), rename(term, "term")

    model.refresh_from_db(), step.refresh_from_db()
    assert model.description == "It says so [@second, Table 6], not [@first-of-all]."
    assert step.address == "/glossary/term/"
    assert ChangedEntry.objects.get(kind="catalog.aimodel").change.entries.count() == 2


def test_new_address_of_a_published_entry_waits_like_any_other_change(client):
    term = make_term(slug="first")
    editor, reviewer = member("Editor"), member("Reviewer")

    send(editor, form(term), slug="second")

    proposal = Proposal.objects.get()
    assert (proposal.slug, client.get("/glossary/first/").status_code) == ("first", 200)
    again = f"{form(term)}?proposal={proposal.pk}"
    assert 'value="second"' in editor.get(again).text
    send(editor, again, slug="third")
    page = f"{reverse('admin:proposal_review')}?ids={proposal.pk}"
    assert "third" in reviewer.get(page).text
    assert reviewer.post(page, {"accept": "on"}).status_code == 302
    assert client.get("/glossary/first/").url == "/glossary/third/"
    assert client.get("/glossary/second/").status_code == 404
