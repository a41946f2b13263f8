"""How long the lineage graph takes to lay out and to draw, by its size.

    .venv/bin/python benchmarks/lineage.py

Graphs are made up in the shape of the real one: most models have one parent that is not much older, some two, a few
models are built on by very many; some edges close circles. Times are given with their ratio to 30 nodes in the same
run, for machines differ.
"""

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from catalog.lineage.layout import lay_out

SIZES = (30, 100, 300, 500)
HEIGHT = 47.0
TIMES = 7


def main() -> None:
    base = 0.0
    print(f"{'nodes':>6}{'edges':>7}{'ms':>8}{'ratio':>8}{'nodes’ ratio':>14}")
    for size in SIZES:
        edges = made_up(size)
        milliseconds = statistics.median(measured(size, edges) for _ in range(TIMES)) * 1000
        base = base or milliseconds
        print(f"{size:6}{len(edges):7}{milliseconds:8.1f}{milliseconds / base:8.1f}{size / SIZES[0]:14.1f}")


def measured(size: int, edges: list[tuple[int, int]]) -> float:
    began = time.perf_counter()
    lay_out(dict.fromkeys(range(size), HEIGHT), edges)
    return time.perf_counter() - began


def made_up(size: int) -> list[tuple[int, int]]:
    """Edges (parent, child) among `size` nodes, the same ones each time."""
    chance = random.Random(1)
    edges = []
    for child in range(1, size):
        near = chance.randrange(max(0, child - 40), child)
        edges.append((chance.choice((0, 1, near, near, near)) if child > 1 else 0, child))
        if chance.random() < 0.3:
            edges.append((chance.randrange(child), child))
        if chance.random() < 0.02:
            edges.append((child, chance.randrange(child)))
    return edges


if __name__ == "__main__":
    main()
