import pytest

from editorial.models import Redirect
from glossary.models import Term
from tests.editorial.desk import begin, form, member, refusals
from tests.factories import make_family, make_model, make_term
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


@pytest.mark.parametrize("page", ["/models/{}/", "/models/{}.json", "/models/{}/history/", "/models/{}/report/"])
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
