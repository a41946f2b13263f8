"""Derivations that know their parent by name alone, until its entry arrives: from a file, a proposal or the admin.

Only an exact name that one entry bears is a parent. Imports of public databases find theirs in `imports.lineage`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from catalog import rules
from catalog.imports.names import Names, normalized
from catalog.models import AIModel, Derivation
from core.models import Record, lines
from editorial.changes import Changes, chunks

# The natural key of a derivation: the child's slug, the kind, the parent's name.
Edge = tuple[str, str, str]


def parents_found(records: Iterable[tuple[type[Record], dict[str, Any]]]) -> Iterator[tuple[type[Record], dict]]:
    """What follows for derivations from records that come in: the parents that arrive, and those of new derivations.

    A derivation whose record states a parent, or that there is none, is left at its word.
    """
    models, stated = {}, {}
    for kind, fields in records:
        if kind is AIModel:
            models[str(fields["slug"])] = fields
        elif kind is Derivation:
            stated[fields["child"][0], str(fields["kind"]), str(fields["parent_name"])] = fields
    before = _names(models)
    changed = {slug: _changed(before.get(slug, []), fields) for slug, fields in models.items()}
    arrived = {normalized(name) for slug in models for name in changed[slug] if name not in before.get(slug, [])}
    silent = {edge for edge, fields in stated.items() if "parent" not in fields}
    if not arrived and silent <= _edges({child for child, _, _ in silent}).keys():
        # Mostly so, and to look through all names takes long.
        return
    names, stored = _names() | changed, _edges()
    edges = stored | {edge: (fields["parent"] or [None])[0] for edge, fields in stated.items() if "parent" in fields}
    edges |= dict.fromkeys(stated.keys() - edges.keys())
    waiting = [
        edge
        for edge in sorted(edges)
        if not edges[edge]
        and "parent" not in stated.get(edge, {})
        and (edge not in stored or normalized(edge[2]) in arrived)
    ]
    for (child, kind, name), parent in _found(names, edges, waiting):
        yield Derivation, {"child": [child], "kind": kind, "parent_name": name, "parent": [parent]}


def link(model: AIModel, user: AbstractBaseUser) -> list[Derivation]:
    """Link what waits for `model`, which has just been saved; each edge has that in its history."""
    arrived = {normalized(name) for name in model.names}
    edges = _edges()
    waiting = [edge for edge, parent in edges.items() if not parent and normalized(edge[2]) in arrived]
    changes, linked = Changes(), []
    for edge, parent in _found(_names(), edges, waiting) if waiting else ():
        if parent == model.slug:
            linked.append(Derivation.objects.select_related("child").get_by_natural_key(*edge))
            linked[-1].parent = model
            changes.update(linked[-1], "parent")
    changes.write(f"The entry of {model} arrived", user)
    return linked


def _names(slugs: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Name and aliases of every model, or of those with `slugs`, by its slug."""
    models = AIModel.objects.order_by("slug").values_list("slug", "name", "aliases")
    return {slug: [name, *lines(aliases)] for slug, name, aliases in _among(models, "slug", slugs)}


def _changed(names: list[str], fields: Mapping[str, Any]) -> list[str]:
    """The names as a record has them; what it leaves out stays."""
    name = [str(fields["name"])] if "name" in fields else names[:1]
    return [*name, *(lines(str(fields["aliases"])) if "aliases" in fields else names[1:])]


def _edges(children: Iterable[str] | None = None) -> dict[Edge, str | None]:
    """Every derivation, or those of `children` by their slugs, and its parent's slug, if that has an entry."""
    edges = Derivation.objects.order_by("pk").values_list("child__slug", "kind", "parent_name", "parent__slug")
    return {(child, kind, name): parent for child, kind, name, parent in _among(edges, "child__slug", children)}


def _among(rows: QuerySet, path: str, values: Iterable[str] | None) -> Iterable[tuple]:
    """All rows, or those with one of `values`."""
    if values is None:
        return rows
    return chain.from_iterable(rows.filter(**{f"{path}__in": chunk}) for chunk in chunks(sorted(values)))


def _found(
    names: Mapping[str, list[str]], edges: Mapping[Edge, str | None], waiting: Iterable[Edge]
) -> Iterator[tuple[Edge, str]]:
    """The parents of edges that wait; none that would close a circle of weights."""
    known = Names(names.items())
    made = defaultdict(set)
    for (child, kind, _), parent in edges.items():
        if parent and kind in rules.WEIGHT_CARRYING:
            made[child].add(parent)
    for edge in waiting:
        child, kind, name = edge
        parent = known.one(name)
        carries = kind in rules.WEIGHT_CARRYING
        if parent is None or parent == child or (carries and rules.circle(made, child, parent)):
            continue
        if carries:
            made[child].add(parent)
        yield edge, parent
