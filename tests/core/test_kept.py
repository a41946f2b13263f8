import pytest
from django.db import connection, transaction

from core.kept import kept, snapshot
from glossary.models import Term
from tests import factories as make


@kept
def terms() -> list[str]:
    return sorted(Term.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_value_is_kept_until_the_database_changes():
    make.make_term(name="A")
    first = terms()
    assert terms() is first

    make.make_term(name="B")
    assert terms() == ["A", "B"]
    Term.objects.filter(name="B").update(name="C")
    assert terms() == ["A", "C"]
    Term.objects.all().delete()
    assert terms() == []


@pytest.mark.django_db(transaction=True)
def test_change_that_is_taken_back_was_never_seen():
    make.make_term(name="A")
    with transaction.atomic():
        make.make_term(name="B")
        assert snapshot() is None
        assert terms() == ["A", "B"]
        transaction.set_rollback(True)

    assert terms() == ["A"]


@pytest.mark.django_db(transaction=True)
def test_change_by_another_connection_is_seen(request):
    make.make_term(name="A")
    assert terms() == ["A"]

    other = connection.copy()
    request.addfinalizer(other.close)
    with other.cursor() as cursor:
        cursor.execute("UPDATE glossary_term SET name = 'B'")

    assert terms() == ["B"]


@pytest.mark.django_db(transaction=True)
def test_value_is_worked_out_again_after_a_minute(monkeypatch):
    make.make_term(name="A")
    first = terms()

    monkeypatch.setattr("core.kept.time.monotonic", lambda: 10**9)

    assert terms() == first
    assert terms() is not first
