"""A search index that is out of step is told, and mended as the advice says."""

import pytest
from django.core.management import call_command
from django.db import connection

from core.doctor import Level
from search import doctor
from search.models import Document
from tests import factories as make

pytestmark = pytest.mark.django_db


def levels(check, thorough=False):
    return [found.level for found in check(thorough)]


@pytest.fixture(autouse=True)
def entries():
    for name in ("Attention", "Beam search", "Corpus"):
        make.make_term(name=name)
    make.make_term(name="Draft", status="draft")


@pytest.mark.parametrize("thorough", [False, True])
def test_index_in_step_is_told_with_how_much_was_compared(thorough):
    (told,) = doctor.search_index(thorough)

    assert (told.level, told.what) == (Level.OK, "The search index is in step; 3 entries compared.")


@pytest.mark.parametrize("thorough", [False, True])
@pytest.mark.parametrize("lost", ["missing", "old", "too many"])
def test_index_out_of_step_fails_and_is_mended(thorough, lost):
    documents = Document.objects.filter(title="Corpus")
    if lost == "missing":
        documents.delete()
    elif lost == "old":
        documents.update(summary="Of another time.")
    else:
        Document.objects.create(id=1, kind="term", key=999, slug="gone", title="Gone")

    (told,) = doctor.search_index(thorough)

    expected = {"missing": (2, 1), "old": (3, 1), "too many": (4, 0)}[lost]
    assert told.level == Level.FAIL
    assert f"{expected[0]} documents of 3 term entries, {expected[1]} of those compared differ" in told.what
    call_command("rebuild_search", verbosity=0)
    assert levels(doctor.search_index, thorough) == [Level.OK]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL makes words of documents by itself")
def test_words_that_are_not_those_of_the_documents_fail_where_one_looks_closely():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")

    assert levels(doctor.search_index) == [Level.OK]
    assert levels(doctor.search_index, True) == [Level.FAIL]


@pytest.mark.parametrize("how", ["dropped", "disabled"])
def test_trigger_that_is_gone_fails_and_is_mended(how):
    assert levels(doctor.search_triggers) == [Level.OK]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER search_glossary_term_update")
        elif how == "dropped":
            cursor.execute("DROP TRIGGER search_glossary_term ON glossary_term")
        else:
            # Those of `core.table_states` wait for the end of the transaction.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE glossary_term DISABLE TRIGGER search_glossary_term")

    assert levels(doctor.search_triggers) == [Level.FAIL]
    call_command("rebuild_search", verbosity=0)
    assert levels(doctor.search_triggers) == [Level.OK]
