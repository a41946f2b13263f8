"""The state of each table as a token: whatever is committed to a table, by whomever, gives it a new one.

Watched are all tables of which public pages show something; what search knows comes from them.

Triggers see what no signal does: bulk writes, updates of querysets, SQL by hand, other processes. The tokens stand in a
table without a model, made anew after every `migrate`: Django rebuilds SQLite's tables and drops their triggers.
"""

import hashlib
import secrets

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from core.models import Record

# A random number, not a count: after a restored backup no old state looks like a new one.
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_state_{event} AFTER {event} ON {table}
BEGIN UPDATE core_table_state SET token = random() WHERE name = '{table}'; END
"""
_EVENTS = ("insert", "update", "delete")
_VERSION = {
    # In the order of its rows, which stays as it is until they are made anew.
    "sqlite": "SELECT group_concat(token, ' ') FROM core_table_state",
    "postgresql": "SELECT string_agg(token::text, ' ' ORDER BY name) FROM core_table_state",
}
# The number of a transaction, mixed with a random one: in another cluster, or in one set back to an earlier day,
# transactions bear numbers that others have borne.
_NOW_WRITING = "pg_current_xact_id()::text::bigint # {salt}"
# At the commit and one after another: writers wait for each other for its length alone, and never in a circle.
_POSTGRES = """
CREATE OR REPLACE FUNCTION core_touch_table() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_writing bigint := {now_writing};
BEGIN
  IF EXISTS (SELECT FROM core_table_state WHERE name = TG_TABLE_NAME AND token <> now_writing) THEN
    PERFORM pg_advisory_xact_lock(hashtext('core_table_state'));
    UPDATE core_table_state SET token = now_writing WHERE name = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$
"""
_POSTGRES_TRIGGERS = """
DROP TRIGGER IF EXISTS core_state ON {table};
DROP TRIGGER IF EXISTS core_state_emptied ON {table};
CREATE CONSTRAINT TRIGGER core_state AFTER INSERT OR UPDATE OR DELETE ON {table}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION core_touch_table();
CREATE TRIGGER core_state_emptied AFTER TRUNCATE ON {table} EXECUTE FUNCTION core_touch_table()
"""


def watched() -> set[str]:
    """Those of records, of the plain relations between them, of the history of both, and of `settings.SHOWN`."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    plain = {field.remote_field.through for model in records for field in model._meta.local_many_to_many}
    past = {model.history.model for model in records}
    linked = {getattr(kind, field.name).model for kind in past for field in kind._history_m2m_fields}
    others = map(apps.get_model, settings.SHOWN)
    return {model._meta.db_table for model in {*records, *plain, *past, *linked, *others}}


def states(using: str = DEFAULT_DB_ALIAS) -> dict[str, int]:
    """The token of each watched table as of now."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name, token FROM core_table_state")
        return dict(cursor.fetchall())


def version(using: str = DEFAULT_DB_ALIAS) -> str:
    """The tokens of all tables as one: the same as long as nothing is committed that public pages show."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_VERSION[connection.vendor])
        tokens = cursor.fetchone()[0] or ""
    return hashlib.blake2b(tokens.encode(), digest_size=16).hexdigest()


def install(using: str, **kwargs: object) -> None:
    """Lays out the tokens and their triggers, and gives every table a new token. Runs after `migrate`."""
    connection = connections[using]
    now_writing = _NOW_WRITING.format(salt=secrets.randbits(62))
    number = "random()" if connection.vendor == "sqlite" else now_writing
    tables = sorted(watched() & set(connection.introspection.table_names()))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS core_table_state (name varchar(63) PRIMARY KEY, token bigint NOT NULL)"
        )
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES.format(now_writing=now_writing))
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(_POSTGRES_TRIGGERS.format(table=table))
            else:
                for event in _EVENTS:
                    cursor.execute(_SQLITE.format(table=table, event=event))
        # At once: who computes something meanwhile must not find a table without a token.
        with transaction.atomic(using):
            cursor.execute("DELETE FROM core_table_state")
            for table in tables:
                cursor.execute(f"INSERT INTO core_table_state (name, token) VALUES ('{table}', {number})")


def unseen() -> set[str]:
    """The watched tables of which a token or a trigger is missing: what is committed to them, nobody notices."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
                " WHERE tgname IN ('core_state', 'core_state_emptied') AND tgenabled <> 'D'"
                " AND pg_table_is_visible(pg_class.oid) GROUP BY relname HAVING count(*) = 2"
            )
            seen = {name for (name,) in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = {name for (name,) in cursor.fetchall()}
            seen = {table for table in watched() if {f"{table}_state_{event}" for event in _EVENTS} <= names}
    return watched() - (seen & states().keys())
