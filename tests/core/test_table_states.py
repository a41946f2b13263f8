"""The tokens of tables: those that `core.memory` does not show."""

from unittest.mock import patch

import pytest
from django.db import connection, connections

from core.table_states import install, states
from tests.factories import make_term

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's tokens are random ones.")
def test_tokens_of_another_cluster_are_others_though_its_transactions_bear_the_same_numbers():
    with patch("core.table_states.secrets.randbits", return_value=1 << 40):
        install("default")
    make_term()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [number] = cursor.fetchone()

    assert states()["glossary_term"] == number ^ 1 << 40


def test_no_table_is_ever_without_a_token(own):
    """A process that computes something while `migrate` runs would never learn that it has changed."""
    before, other, seen = states(), connections["default"].copy(), set()

    def look(execute, *statement):
        outcome = execute(*statement)
        with other.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM core_table_state")
            seen.add(cursor.fetchone()[0])
        return outcome

    with connection.execute_wrapper(look):
        install("default")
    other.close()

    assert seen == {len(before)}
    assert set(states().values()) & set(before.values()) == set()
