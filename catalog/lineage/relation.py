"""How two models are related: one made from the other, both from a third, or versions of one line."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from catalog.lineage.graph import READ, Key, Lineage, distances, gather
from catalog.models import AIModel, Derivation
from catalog.models.derivation import DerivationQuerySet


@dataclass(frozen=True)
class Step:
    """One step of a path: the child, its parent's key, and the edges between them."""

    child: AIModel
    parent: Key
    edges: list[Derivation]


@dataclass(frozen=True)
class Relation:
    """What is known to connect `first` and `second`.

    `paths` lead from each of them up to `common`, which is one of them where it is the other's ancestor; a path that
    is empty begins at its end. `common` is None where no edge connects them. `besides` says what the version line and
    the family tell.
    """

    first: AIModel
    second: AIModel
    lineage: Lineage
    common: Key | None = None
    paths: list[list[Step]] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)

    @property
    def same(self) -> bool:
        return self.first == self.second

    @property
    def direct(self) -> bool:
        """Whether one was made from the other, in however many steps."""
        return self.common in (self.first.pk, self.second.pk)

    @property
    def ancestor(self) -> AIModel | None:
        """The common ancestor, where that has an entry."""
        return self.lineage.models.get(self.common)

    @property
    def descendant(self) -> AIModel:
        """Which of the two was made from the other, where that is so."""
        return self.second if self.common == self.first.pk else self.first

    @property
    def steps(self) -> list[Step]:
        return [step for path in self.paths for step in path]


def relate(
    first: AIModel, second: AIModel, edges: DerivationQuerySet, *, as_of: datetime.date | None = None
) -> Relation:
    """The shortest way between two models along `edges`: from one up to the other, or from both to an ancestor.

    Six queries at most, however far it is.
    """
    edges = edges.published().as_of(as_of)
    near = {*edges.reach(first.pk, up=True, limit=READ), *edges.reach(second.pk, up=True, limit=READ)}
    rows = {pk: (child, parent) for pk, child, parent in edges.filter(child__in=near).ends()}
    ways = list(rows.values())
    common = _meeting(first.pk, second.pk, ways)
    paths = [] if common is None else [_path(model.pk, common, ways) for model in (first, second)]
    pairs = {pair for path in paths for pair in pairwise(path)}
    lineage = gather(
        {pk: pair for pk, pair in rows.items() if pair in pairs},
        {first.pk, second.pk, *(key for path in paths for key in path if isinstance(key, int))},
        found=len({key for path in paths for key in path}),
    )
    return Relation(first, second, lineage, common, [_steps(lineage, path) for path in paths], besides(first, second))


def _meeting(first: Key, second: Key, ways: list[tuple[Key, Key]]) -> Key | None:
    """What both come from: one of them if it can be, else whatever is fewest steps away; an entry before a name."""
    above, beside = distances([first], ways), distances([second], ways)
    if second in above or first in beside:
        return min(
            (key for key in (first, second) if key in above and key in beside), key=lambda k: above[k] + beside[k]
        )
    shared = above.keys() & beside.keys()
    return min(
        shared, key=lambda key: (above[key] + beside[key], isinstance(key, str), above[key], str(key)), default=None
    )


def _path(start: Key, end: Key, ways: Iterable[tuple[Key, Key]]) -> list[Key]:
    """The shortest way from `start` up to `end`, both included."""
    far = distances([end], [(parent, child) for child, parent in ways])
    path = [start]
    while path[-1] != end:
        path.append(next(parent for child, parent in ways if child == path[-1] and far.get(parent) == far[child] - 1))
    return path


def _steps(lineage: Lineage, path: list[Key]) -> list[Step]:
    return [
        Step(lineage.models[child], parent, [e for e, key in lineage.edges if (e.child_id, key) == (child, parent)])
        for child, parent in pairwise(path)
    ]


def besides(first: AIModel, second: AIModel) -> list[str]:
    """What variants, the version line and the family say of two models, in sentences; two queries at most."""
    if first == second:
        return []
    family = first.family if first.family_id == second.family_id and first.family and first.family.is_public else None
    near = AIModel.objects.published().filter(pk__in=_neighbors(first, second))
    if family:
        near |= AIModel.objects.published().filter(family=family)
    names, ways = {}, []
    for pk, name, before in near.values_list("pk", "name", "predecessor_id"):
        names[pk] = name
        ways.append((pk, before))
    said = [*_variants(first, second, names), *_versions(first, second, names, ways)]
    return [*said, f"Both belong to the family {family}."] if family else said


def _neighbors(*models: AIModel) -> set[int]:
    numbers = {number for model in models for number in (model.pk, model.predecessor_id, model.variant_of_id)}
    return numbers - {None}


def _variants(first: AIModel, second: AIModel, names: dict[int, str]) -> Iterable[str]:
    for one, other in ((first, second), (second, first)):
        if one.variant_of_id == other.pk:
            yield f"{one} is a variant of {other}."
    if first.variant_of_id in names and first.variant_of_id == second.variant_of_id:
        yield f"Both are variants of {names[first.variant_of_id]}."


def _versions(first: AIModel, second: AIModel, names: dict[int, str], ways: list[tuple[int, int]]) -> Iterable[str]:
    # A variant stands in the line where the model stands that it is a variant of.
    ends = [model.variant_of_id if model.variant_of_id in names else model.pk for model in (first, second)]
    ways = [way for way in ways if way[1] in names]
    common = None if ends[0] == ends[1] else _meeting(*ends, ways)
    if common is None:
        return
    back = [distances([end], ways)[common] for end in ends]
    if common not in ends:
        yield f"In the version line, both follow {names[common]}."
        return
    later, earlier = (first, second) if back[0] else (second, first)
    count = max(back)
    yield f"In the version line, {later} stands {count} version{'s' if count > 1 else ''} after {earlier}."
