"""What a model was made from and what was made from it, read as a graph."""

import datetime
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Count, F

from catalog.lineage.layout import components
from catalog.models import AIModel, Derivation
from catalog.models.derivation import DerivationQuerySet
from core.models import visible

# A parent that has no public entry is known by its name alone; all else by its number.
Key = int | str
Node = TypeVar("Node", bound=Hashable)

# No more models, or edges of the whole graph, are read than this; a drawing shows the nearest or largest part of them.
READ = 5000
RANKED = 1000
DRAWN = 500
OTHERS = 24


@dataclass(frozen=True)
class Lineage:
    """A part of the lineage graph, as it is drawn.

    `models` are its models by number, the oldest first; `edges` its derivations, each with its parent's key. `found`
    counts the models and names that were met, drawn or not; `more`, whether reading stopped before their end. Where
    one model is in the `focus`, `above` and `below` say how many steps from it everything stands. `others` are models
    with the number of what hangs together with them, where that is not drawn.
    """

    models: dict[int, AIModel]
    edges: list[tuple[Derivation, Key]]
    found: int
    more: bool = False
    focus: AIModel | None = None
    above: Mapping[Key, int] = field(default_factory=dict)
    below: Mapping[Key, int] = field(default_factory=dict)
    others: list[tuple[AIModel, int]] = field(default_factory=list)

    @property
    def keys(self) -> list[Key]:
        """All that is drawn: the models, then the names."""
        return [*self.models, *dict.fromkeys(parent for _, parent in self.edges if isinstance(parent, str))]

    def name(self, key: Key) -> str:
        return key if isinstance(key, str) else self.models[key].name


def around(
    model: AIModel,
    edges: DerivationQuerySet,
    *,
    up: bool = True,
    down: bool = True,
    depth: int | None = None,
    limit: int = DRAWN,
    as_of: datetime.date | None = None,
) -> Lineage:
    """The ancestors and descendants of a model by `edges`, at most `depth` steps away, the nearest `limit` of them.

    Six queries at most, whatever the depth.
    """
    sourced, edges = edges.filter(visible("source__")).order_by(), edges.published().as_of(as_of)
    rows, above, below, more = {}, {model.pk: 0}, {model.pk: 0}, False
    if up:
        near = edges.reach(model.pk, up=True, limit=READ)
        ends = edges.filter(child__in=near).ends()
        above = distances([model.pk], ((child, parent) for _, child, parent in ends))
        rows |= {pk: (child, parent) for pk, child, parent in ends}
        more |= len(near) == READ
    if down:
        near = edges.reach(model.pk, up=False, limit=READ)
        # All of `near` are public; to ask again would take longer than the walk.
        ends = sourced.filter(parent__in=near, child__in=near).values_list("pk", "child_id", "parent_id")
        below = distances([model.pk], ((parent, child) for _, child, parent in ends))
        rows |= {pk: (child, parent) for pk, child, parent in ends}
        more |= len(near) == READ
    steps = below | above
    near = sorted((key for key in steps if depth is None or steps[key] <= depth), key=steps.__getitem__)
    above, below = ({key: side[key] for key in near[:limit] if key in side} for side in (above, below))
    return gather(
        {pk: ends for pk, ends in rows.items() if any(side.keys() >= set(ends) for side in (above, below))},
        {key for key in near[:limit] if isinstance(key, int)},
        found=len(steps) - 1,
        more=more,
        focus=model,
        above=above,
        below=below,
    )


def beside(model: AIModel, edges: Iterable[Derivation]) -> Lineage:
    """What is one step away from a model, of edges fetched by `touching`; no query."""
    models, ends = {model.pk: model}, []
    for edge in edges:
        parent = model if edge.parent_id == model.pk else edge.public_parent
        models |= {edge.child_id: edge.child} | ({parent.pk: parent} if parent else {})
        ends.append((edge, parent.pk if parent else edge.parent_name))
    return Lineage(models, ends, found=len(models), focus=model)


def whole(edges: DerivationQuerySet, *, limit: int = DRAWN, as_of: datetime.date | None = None) -> Lineage:
    """What hangs together by `edges`, the largest parts first, as many as `limit` models allow.

    Of a collection with more edges than can be read at once, those that lead from the models most is built on. Six
    queries, whatever its size.
    """
    # Ranked before it is asked what is public, by the index on parents alone.
    ranked = edges.filter(parent__isnull=False).order_by().values_list("parent").annotate(times=Count("pk"))
    ranked = list(ranked.order_by("-times", "parent")[:RANKED])
    parents, left = [], READ
    for parent, times in ranked:
        if parents and times > left:
            break
        parents.append(parent)
        left -= times
    bounded = len(parents) < len(ranked) or len(ranked) == RANKED
    edges = edges.published().as_of(as_of)
    parents = list(AIModel.objects.published().filter(pk__in=parents).order_by().values_list("pk", flat=True))
    rows = list(edges.filter(parent__in=parents).order_by().values_list("pk", "child_id", "parent_id")[:READ])
    times = Counter(parent for _, _, parent in rows)
    keys = sorted({key for row in rows for key in row[1:]}, key=lambda key: (-times[key], key))
    drawn, others = set(), []
    for part, numbers in components(dict.fromkeys(keys), [row[:0:-1] for row in rows]):
        if not drawn and len(part) > limit:
            ways = [row[1:] for number in numbers for row in (rows[number], rows[number][:1] + rows[number][:0:-1])]
            steps = distances([part[0]], ways)
            drawn.update(sorted(part, key=steps.__getitem__)[:limit])
        elif len(drawn) + len(part) <= limit:
            drawn.update(part)
        else:
            others.append((part[0], len(part)))
    return gather(
        {
            pk: (child, parent)
            for pk, child, parent in edges.filter(child__in=drawn).ends()
            if parent in drawn or isinstance(parent, str)
        },
        drawn,
        found=len(keys),
        more=bounded,
        others=others[:OTHERS],
    )


def gather(rows: Mapping[int, tuple[int, Key]], drawn: set[int], *, others=(), **facts) -> Lineage:
    """The models and derivations themselves, in two queries."""
    wanted = drawn | {number for number, _ in others}
    models = (
        AIModel.objects.published().filter(pk__in=wanted).order_by(F("released").asc(nulls_last=True), "name", "slug")
    )
    models = {model.pk: model for model in models.only("name", "slug", "released", "released_precision")}
    edges = Derivation.objects.filter(pk__in=rows).select_related("source")
    return Lineage(
        {pk: model for pk, model in models.items() if pk in drawn},
        [(edge, rows[edge.pk][1]) for edge in edges],
        others=[(models[number], size) for number, size in others if number in models],
        **facts,
    )


def distances(starts: Iterable[Node], ways: Iterable[tuple[Node, Node]]) -> dict[Node, int]:
    """How many steps it is from the nearest of `starts` to each node that `ways`, as (from, to), lead to."""
    onward: dict[Node, list[Node]] = {}
    for start, end in ways:
        onward.setdefault(start, []).append(end)
    steps = dict.fromkeys(starts, 0)
    todo = list(steps)
    for node in todo:
        for other in onward.get(node, ()):
            if other not in steps:
                steps[other] = steps[node] + 1
                todo.append(other)
    return steps
