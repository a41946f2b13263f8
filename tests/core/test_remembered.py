import pytest
from django.db import connection, transaction

from core import memory
from core.memory import lingering, remembered
from glossary.models import Term
from tests import factories as make


@remembered
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


@remembered
def first_term() -> str:
    return terms()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, 1])
def test_value_that_comes_from_a_remembered_one_follows_what_that_one_read(before):
    make.make_term(name="B")
    for _ in range(before):
        terms()
    assert first_term() == "B"

    make.make_term(name="A")

    assert first_term() == "A"


@pytest.mark.django_db(transaction=True)
def test_change_that_is_taken_back_was_never_seen():
    make.make_term(name="A")
    with transaction.atomic():
        make.make_term(name="B")
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
def test_value_outlives_a_change_that_it_did_not_read():
    make.make_term(name="A")
    first = terms()

    make.make_organization()

    assert terms() is first


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("quick", "seen"), [(60, ["A", "B"]), (-60, ["A"])], ids=["quick", "slow"])
def test_what_was_slow_to_compute_stands_for_a_while(monkeypatch, quick, seen):
    monkeypatch.setattr(memory, "QUICK", quick)
    recall = lingering(lambda: sorted(Term.objects.values_list("name", flat=True)))
    make.make_term(name="A")
    assert recall() == ["A"]

    make.make_term(name="B")

    assert recall() == seen
    with transaction.atomic():
        assert recall() == ["A", "B"]
