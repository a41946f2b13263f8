"""When two scores compare like with like: the same benchmark to the variant, the same setting, the same measurer.

What is not stated is not taken to be equal. These functions look at scores whose `benchmark.parent`, `source` and
`model.organizations` are at hand, and ask the database nothing.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog.models import Measurer, Score
from catalog.setting import ASPECTS, read_setting
from research.models import Benchmark

YEAR = datetime.timedelta(days=366)
# Who measures, as sentences say it.
ROLES = {
    Measurer.VENDOR: "the vendor",
    Measurer.INDEPENDENT: "an independent party",
    Measurer.AGGREGATOR: "an aggregator",
}


@dataclass(frozen=True)
class Verdict:
    """What keeps two scores apart, as the first would say it: “5-shot against 0-shot”.

    On `differences` both are plain; about `unknown` one of them is silent, or both are. `remark` forbids nothing.
    """

    differences: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    remark: str = ""

    @property
    def comparable(self) -> bool:
        return not self.reasons

    @property
    def reasons(self) -> tuple[str, ...]:
        return self.differences + self.unknown

    @property
    def label(self) -> str:
        if self.differences:
            return "not comparable"
        return "not known to be comparable" if self.unknown else "comparable"

    def __str__(self) -> str:
        return f"{self.label}: {'; '.join(self.reasons)}" if self.reasons else self.label


def verdict(score: Score, other: Score) -> Verdict:
    """Whether the two stand as comparable, and if not, what differs. Of other benchmarks, nothing more is said."""
    found = [*_benchmark(score, other)] or [*_setting(score.setting, other.setting), *_measurer(score, other)]
    return Verdict(
        differences=tuple(text for stated, text in found if stated),
        unknown=tuple(text for stated, text in found if not stated),
        remark=_remark(score, other),
    )


def conditions(score: Score) -> tuple:
    """All that must be equal, and stated, for two scores to be comparable: a key to sort them by."""
    return score.benchmark_id, *conditions_of(score.setting, score.measured_by, measurer(score))


def conditions_of(setting: str, measured_by: str, measurer: str) -> tuple:
    """The same without the benchmark, of what was read by columns. The setting comes first, () where it is silent."""
    return _setting_key(setting), measured_by, measurer


@lru_cache(maxsize=4096)
def _setting_key(text: str) -> tuple:
    return tuple((aspect, _folded(parts)) for aspect, parts in read_setting(text).items())


def measurer(score: Score) -> str:
    """Who measured it: the organizations behind the model, if the vendor did, else whoever published the score.

    Not the publisher for both: arXiv and Nature publish for many vendors.
    """
    vendor = score.model.makers if score.measured_by == Measurer.VENDOR else ()
    return ", ".join(sorted(o.name for o in vendor)) or score.source.publisher or score.source.name


def known_benchmark(benchmark: Benchmark) -> Benchmark:
    """The benchmark that people know: of a variant, its parent, where that is public."""
    return benchmark.parent if benchmark.parent and benchmark.parent.is_public else benchmark


# What keeps two scores apart, each with whether both state it.


def _benchmark(score: Score, other: Score) -> Iterator[tuple[bool, str]]:
    a, b = score.benchmark, other.benchmark
    if a != b:
        kind = "variant" if known_benchmark(a) == known_benchmark(b) else "benchmark"
        yield True, f"other {kind}: {a.name} against {b.name}"


@lru_cache(maxsize=4096)
def _setting(text: str, other: str) -> tuple[tuple[bool, str], ...]:
    a, b = read_setting(text), read_setting(other)
    if not (a and b):
        whose = "its setting" if b else "the other's setting" if a else "the setting"
        return ((False, f"{whose} is not stated"),)
    found = []
    for aspect in ASPECTS:
        here, there = _without(a.get(aspect, ()), b.get(aspect, ())), _without(b.get(aspect, ()), a.get(aspect, ()))
        if here or there:
            silent = f"{aspect} not stated"
            found.append((bool(here and there), f"{here or silent} against {there or silent}"))
    return tuple(found)


def _without(parts: tuple[str, ...], others: tuple[str, ...]) -> str:
    return ", ".join(part for part in parts if part.casefold() not in _folded(others))


def _folded(parts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(part.casefold() for part in parts)


def _measurer(score: Score, other: Score) -> Iterator[tuple[bool, str]]:
    if score.measured_by != other.measured_by:
        yield True, f"measured by {_role(score)} against {_role(other)}"
    elif (here := measurer(score)) != (there := measurer(other)):
        each = "measured by its own vendor" if score.measured_by == Measurer.VENDOR else "measured by"
        yield True, f"{each}: {here} against {there}"


def _role(score: Score) -> str:
    return f"{ROLES[score.measured_by]} ({measurer(score)})"


def _remark(score: Score, other: Score) -> str:
    dates = [one.measured_on or one.source.published for one in (score, other)]
    return "measured more than a year apart" if all(dates) and abs(dates[0] - dates[1]) > YEAR else ""
