"""Records from files into the database, by the careful door: all is checked, and all that is wrong is told.

What `loaddata` does not: any order of records, every bad record listed, omitted fields kept, history with a reason,
several files that each tell a part of the same record.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, IntegrityError, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from core.documents import owner_column, parts, with_links, with_relations
from core.models import Entry, Record
from core.record_fields import Key, check, clean, column_of, key_of, references, required
from core.record_files import read_records, unreadable
from core.serializers.records import flat, key_names, relative_name, rule_broken
from core.tags import Tags
from editorial.changes import Changes, chunks
from editorial.incoming import Incoming, Place, Problem, printable
from editorial.log import change
from editorial.models import Act

# Values of these kinds come again and again: words to choose from, dates, numbers. Texts, if they are so short.
REPEATED = {str, int, bool, type(None)}
SHORT = 100


class RecordImport:
    """Reads files of records, then plans what they change; `problems` tells all that is wrong with them."""

    def __init__(self, act: Act = Act.IMPORTED, *, alone: bool = False, rules: bool = True):
        self.act = act
        self.alone = alone
        self.rules = settings.RECORD_RULES if rules else []
        self.problems: list[Problem] = []
        self.incoming: list[Incoming] = []
        self.changes = Changes()
        self.pruned: list[Record] = []
        # Those that are right, by where they stood, as their rows hold them.
        self._right: dict[tuple[type[Record], str, type, object], object] = {}
        self._rows: dict[tuple[type[Record], Key], Record | None] = {}
        # Keys of records with a problem: what refers to them is not at fault.
        self._refused: set[tuple[type[Record], Key]] = set()

    # Reading

    def read(self, name: str, content: str | bytes) -> None:
        """Take in the records of one file, whose name tells its format."""
        name = relative_name(name)
        try:
            for spot, record in read_records(name, content):
                self.take(Place(name, spot, record), record, name)
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            self.tell(name, unreadable(error))

    def tell(self, where: object, reason: str, name: str = "") -> None:
        self.problems.append(Problem(printable(str(where)), printable(str(name)), printable(reason)))

    def take(self, where: object, record: object, file: str = "") -> None:
        """Take in one record, or tell what is wrong with it; it may be an error that stands in its place.

        `where` says, as a text, where it is written.
        """
        if isinstance(record, Exception):
            return self.tell(where, unreadable(record))
        if not (
            isinstance(record, dict) and isinstance(record.get("model"), str) and isinstance(record.get("fields"), dict)
        ):
            return self.tell(where, 'a record is {"model": …, "fields": {…}}.')
        try:
            model = apps.get_model(record["model"])
        except (LookupError, ValueError):
            model = None
        if model is None or not issubclass(model, Record):
            return self.tell(where, "there is no such model.")
        fields, cleaned, bad = record["fields"], {}, set()
        for name, value in fields.items():
            try:
                cleaned[name] = self._checked(model, name, value)
            except (ValidationError, ValueError, TypeError, OverflowError) as error:
                self.tell(where, " ".join(getattr(error, "messages", [str(error)])), name)
                bad.add(name)
        key = set(key_names(model))
        if (key & set(required(model))) - fields.keys():
            # Nothing can be found by this key, so the record is a new one.
            self._require(where, model, fields)
        elif not bad:
            by_name = record.get("by_name") is True
            self.incoming.append(Incoming(where, model, fields, cleaned, key_of(model, fields), {file}, by_name))
        elif not bad & key:
            self._refused.add((model, key_of(model, fields)))

    def _checked(self, model: type[Record], name: str, value: object) -> object:
        # True is no 1.
        kind = type(value)
        if kind not in REPEATED or (kind is str and len(value) > SHORT):
            if isinstance(value, Exception):
                raise value
            return check(column_of(model, name), value)
        key = model, name, kind, value
        if key not in self._right:
            self._right[key] = check(column_of(model, name), value)
        return self._right[key]

    # Planning

    def plan(self, *, prune: bool = False) -> None:
        """Work out what the records change. Records with a problem are left out of it."""
        first: dict[tuple[type[Record], Key], Incoming] = {}
        for one in self.incoming:
            known = first.setdefault((one.model, one.key), one)
            if known is not one and known.files & one.files:
                self.tell(one.place, f"{known.place} has the same key.")
            elif known is not one:
                for name in known.unite(one):
                    self.tell(one.place, f"{known.place} has another value.", name)
        self._leave_what_is_only_named(first)
        self._add_what_follows(first)
        self._find_rows(first)
        for (model, key), one in first.items():
            one.row, one.new = self._rows[model, key] or model(), self._rows[model, key] is None
            self._rows[model, key] = one.row
        for one in first.values():
            self._apply(one)
        self.incoming = list(first.values())
        if prune:
            self.pruned = list(self._no_longer_there())

    def _leave_what_is_only_named(self, records: dict[tuple[type[Record], Key], Incoming]) -> None:
        """Of rows that are there already, a record that only names them states their key alone."""
        named: dict[type[Record], set[Key]] = defaultdict(set)
        for (model, key), one in records.items():
            if one.by_name:
                named[model].add(key)
        for model, keys in named.items():
            for row in _rows_of(model, keys):
                if one := records.get((model, row.natural_key())):
                    one.fields = {name: one.fields[name] for name in key_names(model) if name in one.fields}

    def _add_what_follows(self, records: dict[tuple[type[Record], Key], Incoming]) -> None:
        """Records, and fields of records, that no file states and that follow from the files."""
        stated = [(one.model, one.fields) for one in records.values()]
        for rule in map(import_string, settings.RECORD_CONSEQUENCES):
            for model, fields in rule(stated):
                key = key_of(model, fields)
                one = records.setdefault((model, key), Incoming("What follows from the files", model, {}, {}, key))
                one.implied |= fields.keys() - one.fields.keys()
                one.fields = fields | one.fields

    def _find_rows(self, first: dict[tuple[type[Record], Key], Incoming]) -> None:
        """All rows that the records are or refer to, by their keys, in a few queries a model."""
        wanted: dict[type[Record], set[Key]] = defaultdict(set)
        for (model, key), one in first.items():
            wanted[model].add(key)
            for other, reference in references(model, one.fields):
                wanted[other].add(reference)
        for model, keys in wanted.items():
            found = {row.natural_key(): row for row in _rows_of(model, keys)}
            self._rows |= {(model, key): found.get(key) for key in keys}

    def _apply(self, one: Incoming) -> None:
        """Note what differs between the record and its row."""
        before, changed, links = len(self.problems), [], []
        for name, value in one.fields.items():
            column = one.model._meta.get_field(name)
            if isinstance(column, Tags):
                new = list({tag.strip().lower(): tag.strip() for tag in value}.values())
                old = [] if one.new else [tag.name for tag in getattr(one.row, name).all()]
                same = {tag.lower() for tag in new} == {tag.lower() for tag in old}
            elif column.many_to_many:
                new = [self._refer(one, column, key) for key in sorted(set(map(tuple, value)))]
                old = [] if one.new else sorted(getattr(one.row, name).all(), key=lambda row: row.natural_key())
                same = new == old
            else:
                relation = column.is_relation and value is not None
                new = self._refer(one, column, tuple(value)) if relation else self._cleaned(one, column, value)
                old = None if one.new else getattr(one.row, name)
                same = not one.new and _same(new, old)
            if same:
                continue
            if not one.new:
                one.diff.append((name, _word(old), _word(new)))
            if column.many_to_many:
                links.append((name, new))
            else:
                changed.append((name, new))
        if one.new:
            self._require(one.place, one.model, one.fields)
        if len(self.problems) == before and not self._rests_on_refused(one):
            self._note(one, changed, links)

    def _cleaned(self, one: Incoming, column: models.Field, value: Any) -> Any:
        # What follows from the files was not checked as it came.
        return one.cleaned[column.name] if column.name in one.cleaned else clean(column, value)

    def _refer(self, one: Incoming, column: models.Field, key: Key) -> Record | None:
        found = self._rows.get((column.related_model, key))
        if found is None and (column.related_model, key) not in self._refused:
            label = column.related_model._meta.label_lower
            self.tell(one.place, f"there is no {label} “{flat(key)}”, here or in the files.", column.name)
        return found

    def _rests_on_refused(self, one: Incoming) -> bool:
        """Whether it refers to a record with a problem, which is told there."""
        return bool(self._refused) and any(
            self._rows.get((model, key)) is None and (model, key) in self._refused
            for model, key in references(one.model, one.fields)
        )

    def _require(self, where: object, model: type[Record], fields: dict[str, Any]) -> None:
        for name in required(model):
            if name not in fields:
                self.tell(where, "this field is required.", name)

    def _note(self, one: Incoming, changed: list[tuple[str, Any]], links: list[tuple[str, list]]) -> None:
        names = [name for name, _ in changed]
        for name, value in changed:
            setattr(one.row, name, value)
        if one.new:
            self.changes.create(one.row)
        elif changed or links:
            # A file that states the time is followed: else its next import would set the time back, as a change.
            if isinstance(one.row, Entry) and "updated_at" not in one.fields:
                one.row.updated_at = timezone.now()
                names.append("updated_at")
            self.changes.update(one.row, *names)
        for name, others in links:
            self.changes.link(one.row, name, others)

    def _no_longer_there(self) -> Iterator[Record]:
        """Parts of the entries in the files that the files no longer have."""
        owners = defaultdict(set)
        for one in self.incoming:
            if isinstance(one.row, Entry) and one.row.pk and not one.by_name:
                owners[one.model].add(one.row.pk)
        kept = {(one.model, one.key) for one in self.incoming}
        for owner, numbers in owners.items():
            for part, name in parts(owner):
                for chunk in chunks(sorted(numbers)):
                    rows = with_relations(part).filter(**{f"{name}__in": chunk})
                    yield from (row for row in rows if (part, row.natural_key()) not in kept)

    # Writing

    def write(self, reason: str, user: Any = None, *, dry_run: bool = False) -> None:
        """Write all, check the rules across rows, and take everything back where one is broken or `dry_run` is set.

        `problems` tells afterwards whether anything was written: it was if there are none.
        """
        if self.problems:
            return self._find_all_problems()
        try:
            with change(reason, user, self.act, alone=self.alone):
                self._prune()
                self.changes.write(reason, user)
                self._check_rules(one for one in self.incoming if one.diff or one.new)
                if self.problems or dry_run:
                    transaction.set_rollback(True)
        except (IntegrityError, DataError):
            self._find_all_problems()

    def _prune(self) -> None:
        for row in map(copy, self.pruned):
            row.delete()

    def _check_rules(self, touched: Iterable[Incoming]) -> None:
        places = {(type(one.row), one.row.pk): one.place for one in self.incoming}
        rows = [*(one.row for one in touched), *self.pruned]
        for rule in map(import_string, self.rules):
            for row, reason in rule(rows):
                self.tell(places.get((type(row), row.pk), str(row)), reason)

    def _find_all_problems(self) -> None:
        """Something is wrong already: try row by row what else the database and the rules refuse. Nothing stays."""
        known, rows = len(self.problems), {id(one.row): one for one in self.incoming}
        planned = [rows[id(row)] for row in self.changes.rows()]
        for one in planned:
            if one.new:
                # Forget the number of a transaction that was taken back.
                one.row.pk, one.row._state.adding = None, True
        with transaction.atomic():
            self._prune()
            self.changes.switch_off()
            later: list[tuple[Incoming, dict[str, Record]]] = []
            saved = [one for one in planned if self._try(one, later)]
            for one, references in later:
                # What they refer to comes after them, and is there by now.
                if one in saved and all(target.pk for target in references.values()):
                    for name, target in references.items():
                        setattr(one.row, name, target)
                    if not self._save(one):
                        saved.remove(one)
            self._check_rules(saved)
            transaction.set_rollback(True)
        if not known and not self.problems:
            self.tell("The files", "the database refused them together, though no record alone.")

    def _try(self, one: Incoming, later: list[tuple[Incoming, dict[str, Record]]]) -> bool:
        """Save it as far as what it refers to is there; what is not yet goes to `later`."""
        coming = {}
        for column in one.model._meta.concrete_fields:
            target = one.row._state.fields_cache.get(column.name) if column.is_relation else None
            if target is None:
                continue
            if target.pk is None and not column.null:
                # It belongs to a record that cannot be saved, and that is told there.
                return False
            if target.pk is None:
                coming[column.name] = target
            setattr(one.row, column.name, target if target.pk else None)
        if coming:
            later.append((one, coming))
        return self._save(one)

    def _save(self, one: Incoming) -> bool:
        try:
            with transaction.atomic():
                one.row.save_without_historical_record()
        except (DatabaseError, ValueError, OverflowError) as error:
            self.tell(one.place, _refusal(one.model, error))
            return False
        return True

    # Telling

    def owner(self, one: Incoming) -> tuple[type[Record], Key]:
        """The entry that a part goes with, by kind and key; what is no part stands for itself."""
        column = owner_column(one.model)
        return (column.related_model, one.key[:1]) if column else (one.model, one.key)

    def title(self, model: type[Record], key: Key) -> str:
        """The name of an entry that the records are, or belong to."""
        row = self._rows.get((model, key))
        return str(row) if row else flat(key)

    def counts(self) -> dict[str, int]:
        """Records by what becomes of them."""
        created = sum(one.new for one in self.incoming)
        updated = sum(bool(one.diff) and not one.new for one in self.incoming)
        return {"created": created, "updated": updated, "unchanged": len(self.incoming) - created - updated}


def write_documents(
    documents: Mapping[str, list[dict]],
    reason: str,
    user: Any = None,
    act: Act = Act.ACCEPTED,
    *,
    alone: bool = False,
    rules: bool = True,
    number: Callable[[Incoming], int | None] | None = None,
) -> RecordImport:
    """Make entries exactly what their `documents` say, by slug: parts that are not in there any more are deleted.

    All or nothing: the import's `problems` tell which. Without `rules`, those across rows are not checked: for what is
    taken back again. `number` gives a new row its primary key; None leaves that to the database.
    """
    batch = RecordImport(act, alone=alone, rules=rules)
    for slug, document in documents.items():
        batch.read(f"{slug}.json", json.dumps(document))
    batch.plan(prune=True)
    for one in batch.incoming if number else ():
        if one.new:
            one.row.pk = number(one)
    batch.write(reason, user)
    return batch


def _refusal(model: type[Record], error: Exception) -> str:
    """Why the database refused a row, in the words of the rule."""
    text = rule_broken(model, error)
    for column in model._meta.concrete_fields:
        if column.unique and (f"{model._meta.db_table}.{column.column}" in text or f"({column.column})=" in text):
            return f"Another {model._meta.verbose_name} has this {column.verbose_name}."
    return " ".join(text.split())


def _rows_of(model: type[Record], keys: set[Key]) -> Iterator[Record]:
    path = model.natural_key_fields[0]
    for chunk in chunks(sorted({key[0] for key in keys})):
        yield from with_links(model).filter(**{f"{path}__in": chunk})


def _same(new: object, old: object) -> bool:
    """Equal; times to the millisecond, for files hold no more of them."""
    if isinstance(new, datetime) and isinstance(old, datetime):
        return abs(new - old) < timedelta(milliseconds=1)
    return new == old


def _word(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(map(_word, value)))
    if isinstance(value, Record):
        return flat(value.natural_key())
    return "" if value is None else str(value)
