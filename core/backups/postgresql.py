"""PostgreSQL: copied by its own pg_dump, which reads the snapshot that is counted; put back in one transaction."""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from core.backups.archive import LEFT_OUT, Content, Unusable

DEBIAN = Path("/usr/lib/postgresql")
# So often it asks for the tables anew, where who reads them and it wait for each other.
ATTEMPTS = 10
_copied = re.compile(rb'COPY [^ ]+\."?(\w+)"? ').match


def rows(cursor: Any) -> Counter[str]:
    """How many rows each table has."""
    return Counter({name: _count(cursor, name) for name in _tables(cursor)})


def copy(data: Path) -> None:
    """Writes the state that the present transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
    about, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    without = f"--exclude-table-data=*.{LEFT_OUT}"
    # The archive around it is packed.
    options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", without, f"--snapshot={snapshot}"]
    command = [tool("pg_dump"), *options, f"--file={data}", *about[1:]]
    done = subprocess.run(command, env={**os.environ, **(environment or {})}, capture_output=True, text=True)
    _expect_success("pg_dump", done.returncode, done.stderr)


def content(data: Path) -> Content:
    """What a copy has: all of it is read. Unusable where pg_restore cannot."""
    found, states = Counter(), {}
    with _script(data, "--data-only") as script:
        for statement, lines in script:
            if lines is not None:
                table = _copied(statement)[1].decode()
                for line in lines:
                    found[table] += 1
                    if table == "core_table_state":
                        name, token = line.decode().split("\t")
                        states[name] = int(token)
    return Content(found, states)


def put(data: Path) -> None:
    """Drops what is there, loads and migrates the copy, in one transaction.

    Who reads meanwhile waits, as long as a query may wait for a lock; then sees all of the copy.
    """
    wanted = content(data).rows
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            _empty(cursor)
            cursor.execute("SHOW search_path")
            [path] = cursor.fetchone()
            with _script(data) as script:
                for statement, lines in script:
                    if lines is None:
                        cursor.execute(statement.decode())
                        continue
                    with cursor.copy(statement) as copying:
                        for line in lines:
                            copying.write(line)
            cursor.execute("SELECT set_config('search_path', %s, false)", [path])
            if rows(cursor) != wanted:
                raise Unusable("What was loaded is not what the backup has.")
            # What a migration writes must not wait for the end, for the next one may change the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        call_command("migrate", interactive=False, verbosity=0)
    # What the script has set for its own sake.
    connection.close()


def _empty(cursor: Any) -> None:
    """Nobody else has a table any more, and then there is none."""
    if tables := ", ".join(f'"{name}"' for name in _tables(cursor)):
        _lock(cursor, tables)
        cursor.execute(f"DROP TABLE {tables} CASCADE")
    cursor.execute(
        "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    for [function] in cursor.fetchall():
        cursor.execute(f"DROP FUNCTION {function} CASCADE")


def _lock(cursor: Any, tables: str) -> None:
    cursor.execute("SET LOCAL lock_timeout = '60s'")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                cursor.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        except OperationalError as error:
            if attempt == ATTEMPTS or error.__cause__.sqlstate != "40P01":
                raise
        else:
            return


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
    return cursor.fetchone()[0]


@contextmanager
def _script(data: Path, *options: str) -> Iterator[Iterator[tuple[bytes, Iterator[bytes] | None]]]:
    """A copy as SQL: statements, and of each COPY its lines. Unusable where it cannot be read to its end."""
    command = [tool("pg_restore"), *options, "--no-owner", "--no-privileges", "--file=-", data]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reader:
        try:
            yield _statements(reader.stdout)
            said = reader.stderr.read().decode()
        except BaseException:
            reader.kill()
            raise
    _expect_success("pg_restore", reader.returncode, said)


def _statements(script: Iterator[bytes]) -> Iterator[tuple[bytes, Iterator[bytes] | None]]:
    plain = []
    for line in script:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            yield b"".join(plain), None
            plain.clear()
            rest = takewhile(lambda line: line != b"\\.\n", script)
            yield line, rest
            for _ in rest:
                pass
        # Such are for psql alone.
        elif not line.startswith((b"\\restrict ", b"\\unrestrict ")):
            plain.append(line)
    yield b"".join(plain), None


def _expect_success(name: str, status: int, said: str) -> None:
    if status:
        raise Unusable(said.strip() or f"{name} was ended by signal {-status}.")


def tool(name: str) -> str:
    """Debian's program of the server's version or, where there is none, the oldest of a newer one."""
    wanted = connection.pg_version // 10_000
    found = {int(path.parts[-3]): str(path) for path in DEBIAN.glob(f"*/bin/{name}") if path.parts[-3].isdecimal()}
    if other := shutil.which(name):
        said = subprocess.run([other, "--version"], capture_output=True, text=True).stdout
        number = re.search(r"\d+", said)
        found.setdefault(int(number[0]) if number else 0, other)
    if fitting := [number for number in found if number >= wanted]:
        return found[min(fitting)]
    there = f", only of {max(found)}" if found else ""
    raise Unusable(
        f"There is no {name} of PostgreSQL {wanted} or newer{there}: on Debian, apt install postgresql-client-{wanted}."
    )
