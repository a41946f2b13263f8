"""PostgreSQL: two generated columns of the documents, and a trigger on every table of entries."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import models

from search.kinds import columns_sql, is_searched_sql, read_sql
from search.query import Query, Way

LEAST = "least"
ID = "id"
# A document is none of those whose ids are given as `many` has them, however many these are.
NONE_OF = "id <> ALL(%s::bigint[])"
many = list
# By weight: names, squeezed names, summary, text.
INDEXES = {
    "names": {"A": "title || '\n' || aliases", "B": "squeezed"},
    # More than a megabyte of words is more than a tsvector holds.
    "words": {
        "A": "title || '\n' || aliases",
        "B": "squeezed",
        "C": "left(summary, 100000)",
        "D": "left(text, 200000)",
    },
}


def statements(kinds: list[type[models.Model]]) -> list[str]:
    """The SQL that makes the index and the triggers, one statement each."""
    made = ['CREATE TABLE search_spellings (term text COLLATE "C" PRIMARY KEY)']
    for index, parts in INDEXES.items():
        vector = " || ".join(f"setweight({_vector(text)}, '{weight}')" for weight, text in parts.items())
        made += [
            f"ALTER TABLE search_document ADD COLUMN {index} tsvector GENERATED ALWAYS AS ({vector}) STORED",
            f"CREATE INDEX search_{index} ON search_document USING gin ({index})",
        ]
    add = "INSERT INTO search_spellings SELECT unnest(tsvector_to_array(new.names)) ON CONFLICT DO NOTHING;"
    made += [
        f"CREATE FUNCTION search_spell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {add} RETURN NULL; END $$",
        "CREATE TRIGGER search_spell AFTER INSERT OR UPDATE ON search_document"
        " FOR EACH ROW EXECUTE FUNCTION search_spell()",
    ]
    for model in kinds:
        table = model._meta.db_table
        columns = columns_sql(model, LEAST)
        body = f"""BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM search_document WHERE kind = {columns["kind"]} AND key = old.id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO search_document ({", ".join(columns)})
                SELECT {", ".join(columns.values())} WHERE {is_searched_sql(model)};
            END IF;
            RETURN NULL;
        END"""
        made += [
            f"CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f'CREATE TRIGGER search_{table} AFTER INSERT OR DELETE OR UPDATE OF {read_sql(model)} ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION search_{table}()",
        ]
    return made


def install(cursor, kinds: list[type[models.Model]]) -> None:
    for statement in statements(kinds):
        cursor.execute(statement)
    cursor.execute(f"COMMENT ON FUNCTION search_spell() IS '{_fingerprint(kinds)}'")


def is_installed(cursor, kinds: list[type[models.Model]]) -> bool:
    cursor.execute("SELECT obj_description(oid) FROM pg_proc WHERE proname = 'search_spell'")
    if cursor.fetchall() != [(_fingerprint(kinds),)]:
        return False
    # A function stays where its trigger was dropped or is disabled.
    cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'search!_%' ESCAPE '!' AND tgenabled <> 'D'")
    return {name for (name,) in cursor.fetchall()} == set(triggers(cursor))


def triggers(cursor) -> list[str]:
    """The functions that the triggers call."""
    cursor.execute(
        "SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND proname LIKE 'search!_%' ESCAPE '!'"
    )
    return [name for (name,) in cursor.fetchall()]


def remove(cursor) -> None:
    for name in triggers(cursor):
        cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')
    for index in INDEXES:
        cursor.execute(f"ALTER TABLE IF EXISTS search_document DROP COLUMN IF EXISTS {index}")
    cursor.execute("DROP TABLE IF EXISTS search_spellings")


@contextmanager
def at_once(cursor, kinds: Iterable[type[models.Model]]) -> Iterator[None]:
    """Its indexes gather what is new by themselves, in any order."""
    yield


def matches(index: str) -> str:
    """The documents that match, as the end of a query; its one parameter is what `expression` gives."""
    return f"FROM search_document WHERE {index} @@ %s::tsquery"


def expression(query: Query, *, summary: bool = False) -> str:
    """The query as a tsquery; with `summary`, the text behind names and summary is left aside."""
    weights = "ABC" if summary else ""
    groups = (f"({' | '.join(_way(way, weights) for way in group.widest)})" for group in query.groups)
    found = (" | " if query.any else " & ").join(groups)
    return f"({found}) | {_way(query.name, 'B')}" if query.name else found


def without(expression: str, ways: Sequence[Way]) -> str:
    return f"({expression}) & !({any_of(ways)})"


def any_of(ways: Sequence[Way]) -> str:
    return " | ".join(map(_way, ways))


def _way(way: Way, weights: str = "") -> str:
    marks = [weights] * len(way.words)
    marks[-1] = f"{'*' if way.prefix else ''}{weights}"
    words = (f"'{word}':{mark}" if mark else f"'{word}'" for word, mark in zip(way.words, marks, strict=True))
    return f"({' <-> '.join(words)})"


def _vector(text: str) -> str:
    """Words of letters and digits, lower and without accents, as SQLite's index has them."""
    plain = f"regexp_replace(normalize(lower({text}), NFD), '[\u0300-\u036f]', '', 'g')"
    # What is not a word is a space: PostgreSQL's parser would see hosts, paths and signs in it.
    return f"to_tsvector('simple'::regconfig, regexp_replace({plain}, '[\x01-/:-@[-`{{-\x7f\u2010-\u206f]+', ' ', 'g'))"


def _fingerprint(kinds: list[type[models.Model]]) -> str:
    return hashlib.sha256("\n".join(statements(kinds)).encode()).hexdigest()
