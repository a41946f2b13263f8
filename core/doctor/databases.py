"""Whether the databases are as this code wants them."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max
from django.utils import timezone

from core.backups import Unusable
from core.backups.postgresql import tool
from core.doctor import Told, fail, ok, warn
from core.models import entry_kinds
from core.table_states import unseen

# Seconds by which the clocks of two machines may differ, and a replica may be behind.
CLOCKS, LAG = 2, 30
MIGRATE = "Run manage.py migrate."


def migrations(thorough: bool) -> Iterator[Told]:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    waiting = [f"{one.app_label} {one.name}" for one, _ in executor.migration_plan(loader.graph.leaf_nodes())]
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    later = sorted(f"{app} {name}" for app, name in unknown if app in loader.migrated_apps)
    if waiting:
        yield fail(f"{len(waiting)} migrations wait: {', '.join(waiting[:3])} …", MIGRATE)
    if later:
        yield warn(
            f"The database has migrations that this code does not know: {', '.join(later[:3])} …",
            "It is of a later version: go on with the upgrade.",
        )
    if not waiting and not later:
        yield ok(f"All {len(loader.disk_migrations)} migrations are done.")


def table_states(thorough: bool) -> Iterator[Told]:
    """Whether every change of a table is seen: pages that were stored rest on it."""
    if tables := unseen():
        yield fail(f"Nobody sees when {', '.join(sorted(tables)[:3])} … change, {len(tables)} in all.", MIGRATE)
    else:
        yield ok("Every change of a table is seen.")


def clock(thorough: bool) -> Iterator[Told]:
    """Against that of the database, and against what was written last."""
    now, todo = timezone.now(), "Let the machines keep time by NTP."
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - now).total_seconds())
        if apart > CLOCKS:
            yield warn(f"The clocks of this machine and the database are {apart:,.0f} seconds apart.", todo)
    kinds = entry_kinds()
    times = (kind.objects.aggregate(last=Max("updated_at"))["last"] for kind in kinds)
    if (last := max(filter(None, times), default=now)) > now + datetime.timedelta(seconds=CLOCKS):
        yield warn(f"An entry was saved in the future, at {last:%Y-%m-%d %H:%M:%S} UTC: a clock went back.", todo)
    else:
        yield ok("The clock is right.")


def server(thorough: bool) -> Iterator[Told]:
    """The database itself: its version, how it was laid out, and whether its file is whole."""
    # Django refuses others at the first connection, as it does SQLite's.
    connection.check_database_version_supported()
    yield from _postgresql() if connection.vendor == "postgresql" else _sqlite(thorough)


def _postgresql() -> Iterator[Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate,"
            " datcollversion IS NOT DISTINCT FROM pg_database_collation_actual_version(oid)"
            " FROM pg_database WHERE datname = current_database()"
            if connection.pg_version >= 150000
            else "SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate, true"
            " FROM pg_database WHERE datname = current_database()"
        )
        version, encoding, collation, is_same = cursor.fetchone()
    if encoding != "UTF8":
        yield fail(f"The database is encoded in {encoding}.", "Make one in UTF8, and restore a backup into it.")
    if not is_same:
        yield warn(
            f"The system sorts {collation} differently than when the indexes were made.",
            "Run REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION.",
        )
    if encoding == "UTF8" and is_same:
        yield ok(f"PostgreSQL {version}, {encoding}, sorted by {collation}.")
    try:
        tool("pg_dump")
    except Unusable as lacking:
        yield fail(str(lacking), "Without it, nothing is backed up or restored.")


def _sqlite(thorough: bool) -> Iterator[Told]:
    with connection.cursor() as cursor:
        found = {name: _pragma(cursor, name)[0][0] for name in ("journal_mode", "foreign_keys")}
        told = _pragma(cursor, "integrity_check" if thorough else "quick_check")
        problems = [text for (text,) in told if text != "ok"]
        dangling = _pragma(cursor, "foreign_key_check") if thorough else []
    # A database in memory, as tests have, has no journal.
    if found["journal_mode"] not in ("wal", "memory"):
        yield warn(
            f"Readers wait for writers: the journal is “{found['journal_mode']}”.",
            "Let the site open the file itself, on a disk of this machine: it sets WAL.",
        )
    if not found["foreign_keys"]:
        yield fail("Keys are not looked after.", "Open the file with the site alone.")
    if problems:
        yield fail(f"The file is damaged: {problems[0]}.", "Restore the newest backup.")
    if dangling:
        first = dangling[0][0]
        yield fail(f"{len(dangling)} rows point at nothing, the first in {first}.", "Restore the newest backup.")
    if not problems and not dangling:
        yield ok(f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}; its file is whole.")


def _pragma(cursor, name: str) -> list[tuple]:
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchall()


def replica(thorough: bool) -> Iterator[Told]:
    if "replica" not in settings.DATABASES:
        return
    todo = "See REPLICA_URL; meanwhile all is read from the primary."
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn()")
        is_replica, replayed = cursor.fetchone()
        if not is_replica:
            yield fail("REPLICA_URL names a database that follows no other.", "Name a replica of DATABASE_URL's.")
            return
        cursor.execute("SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())")
        seconds = float(cursor.fetchone()[0] or 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), %s)", [replayed])
        behind = cursor.fetchone()[0]
    if behind > 0 and seconds > LAG:
        yield warn(f"The replica is {seconds:,.0f} seconds and {behind:,} bytes behind.", todo)
    else:
        yield ok("The replica follows.")
