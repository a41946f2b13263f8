"""What is kept from the tables is forgotten as soon as one of them changes, whoever changed it."""

import datetime

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from core.memory import Kept, Memory, Recent
from core.table_states import install, states, watched
from glossary.filters import TermFilters
from glossary.models import Term
from research.models import Organization
from tests import factories as make
from tests.elsewhere import elsewhere


@pytest.fixture
def store():
    return {}


@pytest.fixture
def recall(store):
    """Counts the terms as a request does, from what is kept if that still holds."""

    def recalled():
        return Memory().recall(store, "terms", lambda: Term.objects.published().count())

    return recalled


def by_hand(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def in_a_transaction():
    with transaction.atomic():
        make.make_term()
        make.make_term().delete()


CHANGES = {
    "save": (lambda: make.make_term(), 3),
    "bulk": (
        lambda: Term.objects.bulk_create([Term(name="x", slug="x", definition="x", status="published")]),
        3,
    ),
    "update": (lambda: Term.objects.filter(slug="a").update(status="draft"), 1),
    "delete": (lambda: Term.objects.filter(slug="a").delete(), 1),
    "all deleted": (lambda: Term.objects.all().delete(), 0),
    "by hand": (lambda: by_hand("UPDATE glossary_term SET status = 'draft' WHERE slug = 'a'"), 1),
    "another connection": (lambda: elsewhere(lambda: Term.objects.filter(slug="a").update(status="archived")), 1),
    "transaction": (in_a_transaction, 3),
}


@pytest.mark.parametrize(("change", "count"), CHANGES.values(), ids=CHANGES)
@pytest.mark.django_db(transaction=True)
def test_change_is_seen_at_the_next_request(recall, django_assert_num_queries, change, count):
    make.make_term(slug="a"), make.make_term(slug="b")
    assert recall() == 2
    with django_assert_num_queries(1):
        assert recall() == 2

    change()

    assert recall() == count


@pytest.mark.django_db(transaction=True)
def test_change_of_a_table_that_was_not_read_forgets_nothing(recall, django_assert_num_queries):
    make.make_term()
    recall()

    make.make_organization()

    with django_assert_num_queries(1):
        assert recall() == 1


@pytest.mark.django_db(transaction=True)
def test_change_that_is_rolled_back_is_not_seen(recall):
    make.make_term(slug="a")
    recall()

    with transaction.atomic():
        make.make_term(slug="b")
        assert recall() == 2
        transaction.set_rollback(True)

    assert recall() == 1
    make.make_term(slug="c")
    assert recall() == 2


@pytest.mark.django_db(transaction=True)
def test_request_holds_to_what_it_took_for_true(store):
    memory = Memory()
    make.make_term()

    first = memory.recall(store, "terms", Term.objects.count)
    make.make_term()

    assert (first, memory.recall(store, "terms", Term.objects.count)) == (1, 1)
    assert Memory().recall(store, "terms", Term.objects.count) == 2


@pytest.mark.django_db(transaction=True)
def test_change_while_it_is_computed_is_seen_at_the_next_request(store):
    def count_and_be_overtaken():
        count = Term.objects.count()
        make.make_term()
        return count

    assert Memory().recall(store, "terms", count_and_be_overtaken) == 0
    assert Memory().recall(store, "terms", Term.objects.count) == 1


@pytest.mark.django_db(transaction=True)
def test_entry_shows_once_its_time_has_come(recall, monkeypatch):
    now = timezone.now()
    make.make_term(publish_at=now + datetime.timedelta(minutes=5))
    make.make_term(publish_at=now + datetime.timedelta(minutes=9))
    counts = []

    for minutes in (0, 4, 5, 6, 9):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + datetime.timedelta(minutes=minutes))
        counts.append(recall())

    assert counts == [0, 0, 1, 1, 2]


@pytest.mark.django_db(transaction=True)
def test_list_shows_a_change_at_the_next_request():
    make.make_term(name="Attention")
    client = Client()
    assert client.get("/glossary.json").json()["count"] == 1

    Term.objects.update(name="Renamed")
    make.make_term(name="Token")

    answer = client.get("/glossary.json?order=-name").json()
    assert [term["name"] for term in answer["results"]] == ["Token", "Renamed"]


@pytest.mark.django_db(transaction=True)
def test_facet_shows_the_new_name_of_what_it_offers():
    organization = make.make_organization(name="Old")
    make.make_model(organizations=[organization])
    client = Client()
    assert "Old <span" in client.get("/models/").text

    Organization.objects.update(name="New")

    assert "New <span" in client.get("/models/").text


@pytest.mark.django_db(transaction=True)
def test_order_by_a_facet_follows_the_new_name_of_what_it_offers():
    for name in "AB":
        make.make_model(name=name, organizations=[make.make_organization(name=name)])
    client = Client()

    def ordered():
        return [model["name"] for model in client.get("/models.json?order=organization").json()["results"]]

    assert ordered() == ["A", "B"]

    Organization.objects.filter(name="A").update(name="Z")

    assert ordered() == ["B", "A"]


@pytest.mark.django_db(transaction=True)
def test_tables_are_watched_anew_after_every_migrate(recall):
    before = states()

    install(using="default")

    assert set(states()) == set(before) == watched()
    assert {"glossary_term", "catalog_taggedmodel", "catalog_aimodel_organizations"} <= watched()
    assert all(before[table] != state for table, state in states().items())
    make.make_term()
    assert recall() == 1


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_kept_for_others(store):
    Memory().recall(store, "terms", lambda: TermFilters(QueryDict(), Term.objects).found)

    assert store == {}


@pytest.mark.django_db(transaction=True)
def test_every_table_that_is_read_is_noted(store):
    Memory().recall(store, "models", lambda: list(Organization.objects.annotate(models_count=Count("models"))))

    assert set(store["models"].states) == {"research_organization", "catalog_aimodel_organizations"}


def recent(most, *values):
    store = Recent(most, weigh=len)
    for value in values:
        store[value] = Kept(value, {}, None)
    return store


def test_store_with_a_limit_forgets_what_was_asked_for_longest_ago():
    store = recent(6, "aa", "bb", "cc")

    assert (store.get("aa").value, store.get("none")) == ("aa", None)
    store["dd"] = Kept("dd", {}, None)

    assert list(store) == ["cc", "aa", "dd"]


def test_store_with_a_limit_makes_room_for_what_weighs_much():
    store = recent(6, "aa", "bb", "cc", "ddddd")

    assert list(store) == ["ddddd"]


def test_store_with_a_limit_keeps_one_value_however_heavy():
    assert list(recent(6, "aa", "eeeeeeeee")) == ["eeeeeeeee"]


@pytest.mark.django_db(transaction=True)
def test_store_with_a_limit_recalls_as_others_do(django_assert_num_queries):
    store = Recent(1, weigh=lambda count: 1)
    Memory().recall(store, "terms", Term.objects.count)
    with django_assert_num_queries(1):
        assert Memory().recall(store, "terms", Term.objects.count) == 0

    make.make_term()

    assert Memory().recall(store, "terms", Term.objects.count) == 1
