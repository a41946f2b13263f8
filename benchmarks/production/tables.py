"""What was measured, as two tables: the pages, and what is promised of them. Pure arithmetic."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from statistics import median

from benchmarks.production.load import Figures

# Server, models, page, way.
Key = tuple[str, int, str, str]
MAIN, MANY = 10_000, 100_000
GROWTH = {"model": 1.3, "list with facets": 1.5, "list, page 1,000": 2.0, "search": 5.0}


@dataclass(frozen=True)
class Promise:
    """That something costs `most` times as much as something else, or less; and what was measured."""

    page: str
    against: str
    most: float
    measured: float
    worst: str = ""

    @property
    def holds(self) -> bool:
        return self.measured <= self.most


@dataclass(frozen=True)
class Measured:
    """All figures, run by run; the MB that workers hold at the end; and rows a second, imported and created.

    `sizes` are numbers of models.
    """

    sizes: Sequence[int]
    runs: Mapping[Key, Sequence[Figures]]
    memory: Mapping[tuple[str, int], tuple[float, float]]
    imports: Mapping[str, float]

    @property
    def main(self) -> int:
        """The number of models of which most is promised."""
        return MAIN if MAIN in self.sizes else max(self.sizes)

    def ratio(self, one: Key, other: Key) -> float | None:
        """What one costs divided by what the other costs beside it: the median of the runs. None: not measured."""
        pairs = zip(self.runs.get(one, ()), self.runs.get(other, ()), strict=False)
        return median(ratios) if (ratios := [a.cpu / b.cpu for a, b in pairs]) else None


def medians(runs: Iterable[Figures]) -> Figures:
    """Of each figure the median, by itself."""
    return Figures(*map(median, zip(*map(astuple, runs), strict=True)))


def promises(measured: Measured) -> Iterator[Promise]:
    """What the site promises in production, as far as it was measured."""
    main = measured.main
    for peer, most in (("hello", 1.0), ("static file", 1.2)):
        ratios = {
            page: ratio
            for page in dict.fromkeys(page for *_, page, _ in measured.runs)
            if (ratio := measured.ratio(("site", main, page, "warm"), (peer, main, page, "warm")))
        }
        yield from _worst("warm page, any kind", peer, most, ratios)
    unchanged = measured.ratio(("site", main, "list", "304"), ("hello", main, "list", "warm"))
    yield from _if_known("304 to an ETag", "hello", 0.8, unchanged)
    for models in sorted({main, max(measured.sizes)}):
        yield from _against_peers(measured, models)
    yield from _growth(measured)
    yield from _memory(measured)
    yield from _spread(measured)
    if {"import_records", "bulk_create"} <= measured.imports.keys():
        taken = measured.imports["bulk_create"] / measured.imports["import_records"]
        yield Promise("import, validated: time a row", "bulk_create of the same rows", 1.0, taken)


def _against_peers(measured: Measured, models: int) -> Iterator[Promise]:
    many, last = models >= MANY, models == max(measured.sizes)

    def cold(page: str, peer: str, most: float) -> Iterator[Promise]:
        for asked in (page, f"{page}, anew"):
            ratio = measured.ratio(("site", models, asked, "cold"), (peer, models, page, "warm"))
            yield from _if_known(f"cold {asked}, {models:,}", peer, most, ratio)

    if models == measured.main:
        yield from cold("model", "Datasette", 1.0)
    yield from cold("list with facets", "Datasette", 1 / 80 if many else 1 / 15)
    yield from cold("list with facets", "textbook", 1 / 50 if many else 1 / 5)
    if last:
        yield from cold("search", "Datasette", 1 / 50)
    if models == measured.main:
        yield from cold("1,000 as JSON", "textbook", 1 / 3)


def _growth(measured: Measured) -> Iterator[Promise]:
    few, many = min(measured.sizes), max(measured.sizes)
    for page, most in GROWTH.items() if few < many else ():
        for asked in (page, f"{page}, anew"):
            ratio = measured.ratio(("site", many, asked, "cold"), ("site", few, asked, "cold"))
            yield from _if_known(f"growth of {asked}, cold", f"{few:,} → {many:,}", most, ratio)


def _memory(measured: Measured) -> Iterator[Promise]:
    models = max(measured.sizes)
    held = [measured.memory.get((name, models)) for name in ("site", "textbook")]
    if all(held):
        yield Promise(f"memory (PSS), {models:,}", "textbook", 1.2, held[0][1] / held[1][1])


def _spread(measured: Measured) -> Iterator[Promise]:
    waits = {
        f"{page}, {way}": median(run.p99 / run.p50 for run in runs)
        for (name, models, page, way), runs in measured.runs.items()
        if (name, models) == ("site", measured.main)
    }
    yield from _worst("p99 under load", "p50", 5.0, waits)


def _if_known(page: str, against: str, most: float, ratio: float | None) -> Iterator[Promise]:
    if ratio is not None:
        yield Promise(page, against, most, ratio)


def _worst(page: str, against: str, most: float, ratios: Mapping[str, float]) -> Iterator[Promise]:
    if ratios:
        worst = max(ratios, key=ratios.__getitem__)
        yield Promise(page, against, most, ratios[worst], worst)


# --- As text --------------------------------------------------------------------------------------------------------


def page_table(measured: Measured) -> Iterator[str]:
    yield f"{'':13}{'models':>8}  {'page':20}{'way':6}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>10}{'hits':>6}"
    for (name, models, page, way), runs in measured.runs.items():
        rate, p50, p99, cpu, hits = astuple(medians(runs))
        yield f"{name:13}{models:8,}  {page:20}{way:6}{rate:8.1f}{p50:9.1f}{p99:9.1f}{cpu:10.2f}{hits:6.0%}"


def memory_table(measured: Measured) -> Iterator[str]:
    yield f"{'after load':13}{'models':>8}  {'RSS MB':>8}{'PSS MB':>8}"
    for (name, models), (rss, pss) in measured.memory.items():
        yield f"{name:13}{models:8,}  {rss:8.0f}{pss:8.0f}"


def promise_table(promises: Iterable[Promise]) -> Iterator[str]:
    yield "| page | against | at most | measured | holds? |"
    yield "|---|---|---|---|---|"
    for one in promises:
        found = f"{times(one.measured)} ({one.worst})" if one.worst else times(one.measured)
        yield f"| {one.page} | {one.against} | {times(one.most)} | {found} | {'yes' if one.holds else 'no'} |"


def times(ratio: float) -> str:
    """“1.25 ×”, “1/15 ×”: below a half, what it is the part of."""
    return f"{ratio:.2f} ×" if ratio > 0.45 else f"1/{1 / ratio:.1f} ×".replace(".0 ×", " ×")
