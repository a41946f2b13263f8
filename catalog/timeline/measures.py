"""What the height of a model in the timeline can be."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.figures import FIGURE
from catalog.scoring import score_text
from core.scales import write_power
from research.models import Benchmark

BENCHMARK = "benchmark:"


@dataclass(frozen=True)
class Measure:
    """A figure, or with `benchmark` the best score on it; `name` is how the address calls it, `key` how data does.

    `record` says what the line of the best so far shows; `tick` writes the values beside the axis.
    """

    name: str
    key: str
    label: str
    unit: str
    record: str
    write: Callable[[float], str]
    tick: Callable[[float], str]
    field: str = ""
    benchmark: Benchmark | None = None

    @property
    def is_log(self) -> bool:
        """Whether its scale is logarithmic, if nobody says otherwise."""
        return self.benchmark is None

    @property
    def higher_is_better(self) -> bool:
        return self.benchmark is None or self.benchmark.higher_is_better

    @property
    def title(self) -> str:
        what = f"{self.label} scores" if self.benchmark else self.label
        return f"{what} of AI models by release date"

    @property
    def axis(self) -> str:
        """“Training compute, FLOP”."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


def _figure(name: str, field: str, key: str, record: str, unit: str = "") -> Measure:
    figure = FIGURE[field]
    tick = write_power if field == "training_compute" else figure.write
    return Measure(name, key, figure.label, unit, record, figure.write, tick, field=field)


FIGURES = {
    measure.name: measure
    for measure in (
        _figure("parameters", "parameters_total", "parameters_total", "largest so far"),
        _figure("active", "parameters_active", "parameters_active", "most active so far"),
        _figure("compute", "training_compute", "training_compute_flop", "most compute so far", "FLOP"),
        _figure("tokens", "training_tokens", "training_tokens", "most tokens so far", "tokens"),
        _figure("cost", "training_cost", "training_cost_usd", "most expensive so far", "US dollars"),
        _figure("context", "context_window", "context_window_tokens", "longest so far", "tokens"),
    )
}


def on_benchmark(benchmark: Benchmark) -> Measure:
    def write(value: float) -> str:
        return score_text(value, benchmark)

    name, key = f"{BENCHMARK}{benchmark.slug}", benchmark.slug
    better = "" if benchmark.higher_is_better else "lower is better"
    return Measure(name, key, benchmark.name, better, "best so far", write, write, benchmark=benchmark)
