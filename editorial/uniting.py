"""Two entries of a kind as one document: what one says that takes the place of the other.

Lists are united, parts by their natural keys; where both say something else, somebody chooses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from core.constraints import given_together
from core.documents import owner_column
from core.models import Record, lines
from core.serializers.records import key_names
from editorial.rebasing import TIMES, Choice, Conflict, Document, Identity, by_identity, differing, entry_name, rebased

# What the entry that stays keeps in any case.
KEPT = {"slug", "status", "publish_at"} | TIMES
# Texts that are lists, one a line.
LISTED = ("aliases", "idioms")
EMPTY = (None, "", [])

Fields = dict[str, Any]


@dataclass
class Union:
    """What the two say together: `conflicts` with what is chosen, and what would have pointed at itself: `dropped`."""

    # Each side by its records, without what was dropped.
    stays: dict[Identity, Fields]
    goes: dict[Identity, Fields]
    document: Document
    conflicts: list[Conflict]
    # The kind of a record, its fields, and the one that was emptied; "" where the whole record goes.
    dropped: list[tuple[type[Record], Fields, str]]


def united(stays: Document, goes: Document, chosen: Mapping[str, str]) -> Union:
    """`stays` with what `goes` says. `chosen` holds a `Choice` for the `id` of a conflict: PROPOSED is what goes.

    What is not chosen is as it is in what stays, if that says anything.
    """
    kind, names = apps.get_model(stays[0]["model"]), {entry_name(stays), entry_name(goes)}
    dropped: list[tuple[type[Record], Fields, str]] = []
    mine, theirs = (_without_itself(by_identity(side), kind, names, dropped) for side in (stays, goes))
    said = _said(theirs, mine)
    _, open_ones = rebased([], _document(said), _document(mine), {})
    decided = {one.id: chosen.get(one.id) or default(one) for one in open_ones}
    document, conflicts = rebased([], _document(said), _document(mine), decided)
    merged = by_identity(document)
    for identity, fields in merged.items():
        _follow(identity[0], fields, mine.get(identity, {}), theirs.get(identity, {}))
    _switch(merged, mine, theirs)
    own = kind, ()
    _list(kind, merged[own], mine[own], theirs[own])
    return Union(mine, theirs, _document(merged), conflicts, dropped)


def default(conflict: Conflict) -> Choice:
    return Choice.PROPOSED if conflict.now in EMPTY else Choice.NOW


def _document(records: Mapping[Identity, Fields]) -> Document:
    return [{"model": model._meta.label_lower, "fields": fields} for (model, _), fields in records.items()]


def _without_itself(
    records: Mapping[Identity, Fields], kind: type[Record], names: set[str], dropped: list
) -> dict[Identity, Fields]:
    """The records without what leads to one of the two: it would point at itself."""
    found = {}
    for identity, fields in records.items():
        model, kept = identity[0], dict(fields)
        for column in _columns(model, fields):
            if column.related_model is not kind or column == owner_column(model) or not fields[column.name]:
                continue
            keys = fields[column.name] if column.many_to_many else [fields[column.name]]
            rest = [key for key in keys if key[0] not in names]
            if len(rest) == len(keys):
                continue
            dropped.append((model, fields, column.name if model is kind else ""))
            kept[column.name] = rest if column.many_to_many else None
            if model is not kind:
                kept = None
                break
        if kept is not None:
            found[identity] = kept
    return found


def _said(theirs: Mapping[Identity, Fields], mine: Mapping[Identity, Fields]) -> dict[Identity, Fields]:
    """What there is to choose or to take over of what goes."""
    said, last = {}, {}
    for (model, _), fields in mine.items():
        place = order_of(model)
        last[model] = max(last.get(model, 0), fields.get(place) or 0)
    for identity, fields in theirs.items():
        model, place = identity[0], order_of(identity[0])
        if identity not in mine:
            said[identity] = fields | ({place: (fields.get(place) or 0) + last.get(model, 0)} if place else {})
            continue
        left_out = {place, *(flag for flag, _ in _flags(model))}
        if owner_column(model) is None:
            left_out |= KEPT | ({*LISTED} & fields.keys())
        for other, leader in given_together(model).items():
            if differing(model, {leader: fields.get(leader)}, mine[identity]):
                left_out.add(other)
        said[identity] = {name: value for name, value in fields.items() if name not in left_out and value not in EMPTY}
    return said


def _follow(model: type[Record], merged: Fields, mine: Fields, theirs: Fields) -> None:
    """Take what goes with a field (the precision of a date) from where the field was taken."""
    for other, leader in given_together(model).items():
        side = _side(model, leader, merged, mine, theirs)
        if side is not None:
            merged[other] = side.get(other)


def _switch(merged: dict[Identity, Fields], mine: Mapping[Identity, Fields], theirs: Mapping[Identity, Fields]) -> None:
    """Of several records only one may be the shown one: that of whose figure is taken, else of what stays."""
    entry = next(identity for identity in merged if owner_column(identity[0]) is None)
    own = [side[entry] for side in (merged, mine, theirs)]
    for model in {model for model, _ in merged}:
        for flag, names in _flags(model):
            groups: dict[tuple, list[Identity]] = {}
            for identity in (one for one in merged if one[0] is model):
                groups.setdefault(tuple(str(merged[identity].get(name)) for name in names), []).append(identity)
            for key, group in groups.items():
                figure = next((name for name in key if name in own[0]), None)
                side = figure and _side(entry[0], figure, *own)
                is_mine = side is own[1] or (not side and any(mine.get(identity, {}).get(flag) for identity in group))
                for identity in group:
                    merged[identity][flag] = (mine if is_mine else theirs).get(identity, {}).get(flag, False)


def _side(model: type[Record], name: str, merged: Fields, mine: Fields, theirs: Fields) -> Fields | None:
    """The side that a value was taken from; None where both have it."""
    value = {name: merged.get(name)}
    is_mine, is_theirs = (not differing(model, value, {name: side.get(name)}) for side in (mine, theirs))
    return None if is_mine == is_theirs else mine if is_mine else theirs


def _list(kind: type[Record], merged: Fields, mine: Fields, theirs: Fields) -> None:
    """Unite what is listed one a line; a name that does not stand is an alias."""
    for name in {*LISTED} & {column.name for column in kind._meta.concrete_fields}:
        names = [mine["name"], theirs["name"]] if name == "aliases" else []
        known = {merged["name"].casefold()} if names else set()
        kept = []
        for line in [*lines(mine.get(name, "")), *names, *lines(theirs.get(name, ""))]:
            if line.casefold() not in known:
                known.add(line.casefold())
                kept.append(line)
        merged[name] = "\n".join(kept)


def _columns(model: type[Record], fields: Fields) -> list[models.Field]:
    columns = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [column for column in columns if column.is_relation and column.name in fields]


def order_of(model: type[Record]) -> str | None:
    """The field that says where among its kind a part stands."""
    first = model._meta.ordering[0] if model._meta.ordering else "pk"
    known = {column.name: column for column in model._meta.concrete_fields}.get(first)
    return first if owner_column(model) and isinstance(known, models.PositiveSmallIntegerField) else None


def _flags(model: type[Record]) -> Iterator[tuple[str, list[str]]]:
    """The flags that only one part may have, each with the fields among whose equals that is."""
    owner = owner_column(model)
    for constraint in model._meta.constraints if owner else ():
        condition = getattr(constraint, "condition", None) if isinstance(constraint, models.UniqueConstraint) else None
        for name, value in condition.children if condition else ():
            if value is True and name not in key_names(model):
                yield name, [column for column in constraint.fields if column != owner.name]
