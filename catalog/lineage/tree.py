"""A part of the lineage graph as nested lists, which carry all that the drawing shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.lineage.graph import Key, Lineage
from catalog.models import Derivation

# A list this many levels deep is folded, and so is every third below it.
FOLDED = 2
EVERY = 3
# What lies deeper begins a list of its own: no browser nests without end.
DEEPEST = 24


@dataclass
class Branch:
    """One line of the tree: what stands there, by which edges, and the lists that open or close after it.

    `again` marks what has its own branches elsewhere; `continued`, what has them in a list below. `closes` has an item
    for each list that ends after the line: whether it was folded.
    """

    key: Key
    level: int
    edges: list[Derivation] = field(default_factory=list)
    again: bool = False
    continued: bool = False
    opens: bool = False
    beneath: int = 0
    closes: list[bool] = field(default_factory=list)

    @property
    def folds(self) -> bool:
        """Whether the list below it is folded."""
        return self.opens and self.level >= FOLDED and (self.level - FOLDED) % EVERY == 0


def tree(lineage: Lineage, starts: Iterable[Key], *, up: bool, titled: bool = True) -> list[Branch]:
    """The lines of the tree below `starts`, up to the parents or down to the children; each edge stands in it once.

    What was made earlier stands above. Without `titled`, the starts themselves are left out.
    """
    onward: dict[Key, dict[Key, list[Derivation]]] = {}
    for edge, parent in lineage.edges:
        here, there = (edge.child_id, parent) if up else (parent, edge.child_id)
        onward.setdefault(here, {}).setdefault(there, []).append(edge)
    place = {key: number for number, key in enumerate(lineage.keys)}
    lines: list[Branch] = []
    stands, unfolded = set(), set()
    waiting = [Branch(key, 0 if titled else -1) for key in starts]
    for start in waiting:
        todo = [] if start.key in stands else [start]
        while todo:
            line = todo.pop()
            lines += [line] if line.level >= 0 else []
            stands.add(line.key)
            ways = onward.get(line.key, {})
            line.again = line.key in unfolded and bool(ways)
            if line.again or not ways:
                continue
            if line.level >= DEEPEST:
                line.continued = True
                stands.discard(line.key)
                waiting.append(Branch(line.key, 0))
                continue
            unfolded.add(line.key)
            latest_first = sorted(ways, key=place.__getitem__, reverse=True)
            todo += [Branch(key, line.level + 1, ways[key]) for key in latest_first]
    _nest(lines)
    return lines


def forest(lineage: Lineage) -> list[Branch]:
    """The whole of it, from what was made from nothing that is drawn; circles from their oldest model."""
    made = {edge.child_id for edge, _ in lineage.edges}
    keys = lineage.keys
    return tree(lineage, [*(key for key in keys if key not in made), *(key for key in keys if key in made)], up=False)


def _nest(lines: list[Branch]) -> None:
    """Says where lists open and close."""
    open_: list[Branch] = []
    for line, after in zip(lines, [*lines, None][1:], strict=True):
        for above in open_:
            above.beneath += 1
        level = after.level if after else 0
        line.opens = level > line.level
        if line.opens:
            open_.append(line)
        while len(open_) > level:
            line.closes.append(open_.pop().folds)
