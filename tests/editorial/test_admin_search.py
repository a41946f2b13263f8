import pytest
from django.urls import reverse

from editorial.admin_search import NAMED
from tests.editorial.desk import form, member
from tests.factories import make_model, make_organization, make_term

pytestmark = pytest.mark.django_db

SEARCH = reverse("admin_search")


def found(client, query: str) -> dict[str, list[str]]:
    page = client.get(SEARCH, {"q": query})
    assert page.status_code == 200
    return {str(kind.opts.verbose_name): [str(row) for row in kind.named] for kind in page.context["found"]}


def test_entries_of_every_kind_and_status_are_found_by_a_part_of_a_name_or_address():
    editor = member("Editor")
    model = make_model(name="Lion 2", slug="lion-2", status="draft")
    make_organization(name="Lions"), make_term(name="Sparse")

    assert found(editor, "lion") == {"model": ["Lion 2"], "organization": ["Lions"]}
    assert found(editor, "LION-2") == {"model": ["Lion 2"]}
    assert (
        f'<a href="{form(model)}">Lion 2</a> <span class="quiet">lion-2, draft</span>'
        in editor.get(SEARCH, {"q": "lion"}).text
    )


def test_many_of_a_kind_are_in_its_list():
    editor = member("Editor")
    for number in range(NAMED + 1):
        make_term(name=f"Term {number:02}")

    assert found(editor, "term") == {"term": [f"Term {number:02}" for number in range(NAMED)]}
    page = editor.get(SEARCH, {"q": "term"}).text
    assert f'<a href="{reverse("admin:glossary_term_changelist")}?q=term">All terms with “term”</a>' in page


@pytest.mark.parametrize("query", ["", " ", "\0", "%", "<script>alert(1)</script>", "x " * 2000, "x" * 7000, '"', "'"])
def test_whatever_is_typed_is_answered(query):
    make_term(name="Sparse")

    page = member("Editor").get(SEARCH, {"q": query})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_kinds_that_the_user_may_not_see_are_not_searched(client):
    make_term(name="Sparse"), make_model(name="Sparse")

    assert found(member("", "glossary.view_term"), "sparse") == {"term": ["Sparse"]}
    assert client.get(SEARCH).status_code == 302


def test_search_asks_equally_often_for_few_and_many(django_assert_num_queries):
    editor = member("Editor")
    # Session, user, permissions of user and groups; a query for each kind.
    for number in range(2):
        make_term(name=f"Sparse {number}"), make_model(name=f"Sparse {number}"), make_model(name=f"Sparse, {number}b")
        with django_assert_num_queries(11):
            editor.get(SEARCH, {"q": "sparse"})
