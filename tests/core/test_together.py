import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from core.together import of_all, together
from glossary.models import Term
from tests.factories import make_term

pytestmark = pytest.mark.django_db


def names(numbers):
    return dict(Term.objects.filter(pk__in=numbers).values_list("slug", "name"))


def test_what_entries_take_is_read_of_all_at_once():
    for slug in ("one", "two", "three"):
        make_term(slug=slug, name=slug.title())

    with together(Term, ["one", "two", "nobody"]), CaptureQueriesContext(connection) as queries:
        found = [of_all(Term, "name", slug, names) for slug in ("one", "two", "one", "three", "nobody")]

    assert found == ["One", "Two", "One", None, None]
    # Their numbers, and their names.
    assert len(queries) == 2


def test_outside_and_of_another_kind_nothing_is_read():
    make_term(slug="one")

    with together(Tag, ["one"]):
        assert of_all(Term, "name", "one", names) is None
    with together(None, []):
        assert of_all(Term, "name", "one", names) is None
    assert of_all(Term, "name", "one", names) is None
