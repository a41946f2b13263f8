"""What is wrong with entries, by the rules of `catalog.rules`: for imports as for checks of the whole collection."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from catalog.checks import figures, lineage, prose, references, usage
from catalog.checks.collection import Collection, Found, Rule
from catalog.checks.neighborhood import Neighborhood
from catalog.models import AIModel, Derivation, Part, Score
from core.models import Entry, Record
from editorial.standards import Problem
from research.models import Benchmark


class Level(models.TextChoices):
    ERROR = "error", "error"
    WARNING = "warning", "warning"


# All rules: what no collection may hold, and what an editor should look at.
RULES: tuple[tuple[Level, Rule], ...] = (
    (Level.ERROR, figures.uncited_figure),
    (Level.ERROR, figures.shown_elsewise),
    (Level.ERROR, figures.unreadable_citation),
    (Level.ERROR, figures.active_over_total),
    (Level.ERROR, figures.output_over_context),
    (Level.ERROR, figures.off_scale),
    (Level.ERROR, figures.wrong_variant),
    (Level.ERROR, lineage.before_predecessor),
    (Level.ERROR, lineage.circle_of_predecessors),
    (Level.ERROR, lineage.circle_of_weights),
    (Level.ERROR, lineage.variant_of_variant),
    (Level.ERROR, references.duplicate_name),
    (Level.ERROR, references.dead_link),
    (Level.ERROR, references.dead_citation),
    (Level.ERROR, references.unpublished_reference),
    (Level.ERROR, prose.broken_markdown),
    (Level.ERROR, prose.length),
    (Level.ERROR, prose.summary),
    (Level.ERROR, prose.milestones),
    (Level.ERROR, prose.said_twice),
    (Level.ERROR, prose.past_its_date),
    (Level.WARNING, lineage.older_than_parent),
    (Level.WARNING, usage.unused),
    (Level.WARNING, usage.no_way_in),
    (Level.WARNING, usage.unfinished),
)

# Those that an import must not break. The others wait for an editor.
ON_IMPORT: tuple[Rule, ...] = (
    figures.uncited_figure,
    figures.shown_elsewise,
    figures.unreadable_citation,
    figures.off_scale,
    lineage.variant_of_variant,
    lineage.circle_of_predecessors,
    lineage.circle_of_weights,
)

# Those that only the whole collection answers: who uses an entry, and what leads to it.
OF_THE_WHOLE: frozenset[Rule] = frozenset({usage.unused, usage.no_way_in})


@dataclass(frozen=True)
class Finding:
    """What one rule says of one entry, named by kind (“catalog.aimodel”) and slug."""

    level: str
    rule: str
    kind: str
    slug: str
    text: str


def findings(collection: Collection, level: str = "") -> Iterator[Finding]:
    """What the rules, or those of one level, find in the whole collection."""
    for of_rule, rule in RULES:
        if not level or of_rule == level:
            for row, text in rule(collection):
                entry = _entry_of(row)
                yield Finding(of_rule.value, rule.__name__, entry._meta.label_lower, entry.slug, text)


def broken_rules(rows: Iterable[Record]) -> Found:
    """Of the models that `rows` are or belong to, and the scores on benchmarks among them: what breaks a rule."""
    rows = list(rows)
    numbers = {entry.pk for entry in map(_entry_of, rows) if isinstance(entry, AIModel)}
    benchmarks = [row.pk for row in rows if isinstance(row, Benchmark)]
    numbers |= set(Score.objects.filter(benchmark__in=benchmarks).order_by().values_list("model", flat=True))
    collection = Collection(numbers)
    found = [(row, text) for rule in ON_IMPORT for row, text in rule(collection)]
    # Model by model, as an editor goes through them.
    yield from sorted(found, key=lambda broken: _entry_of(broken[0]).slug)


def of_entry(entry: Entry) -> Iterator[Problem]:
    """What the rules say of one entry and its parts, taken for published; but not what the whole is needed for."""
    return _of_entry(Neighborhood(entry), Level)


def warnings_of(entry: Entry) -> Iterator[Problem]:
    """What the soft ones among them say."""
    return _of_entry(Neighborhood(entry, alike=False), {Level.WARNING})


def _of_entry(neighborhood: Neighborhood, levels: Iterable[Level]) -> Iterator[Problem]:
    own = neighborhood.entry
    for level, rule in RULES:
        for row, text in rule(neighborhood) if level in levels and rule not in OF_THE_WHOLE else ():
            owner = _entry_of(row)
            if type(owner) is type(own) and owner.pk == own.pk:
                yield Problem(rule.__name__, text, level == Level.ERROR)


def _entry_of(row: Record) -> Entry | None:
    """The entry that a row is or belongs to; none for a row that is neither."""
    if isinstance(row, Entry):
        return row
    return row.model if isinstance(row, Part) else row.child if isinstance(row, Derivation) else None
