"""The reading order for newcomers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.models import Entry
from core.urls import entry_at
from editorial.models import ReadingStep


@dataclass(frozen=True)
class Step:
    """An entry that readers may see, at its place in the order: `number` counts from 1."""

    number: int
    step: ReadingStep
    entry: Entry

    @property
    def kind(self) -> str:
        """“model”, “term”: what sort of entry it is."""
        return str(self.entry._meta.verbose_name)


@dataclass(frozen=True)
class Place:
    """Where an entry stands in the order, and what comes next."""

    number: int
    count: int
    next: Step | None


def chapters() -> list[tuple[str, list[Step]]]:
    """The headings with their steps, in order; what readers may not see is passed over."""
    found: list[tuple[str, list[Step]]] = []
    heading = ""
    for step in _visible(ReadingStep.objects.all()):
        heading = step.step.chapter or heading
        if not found or found[-1][0] != heading:
            found.append((heading, []))
        found[-1][1].append(step)
    return found


def place_of(entry: Entry) -> Place | None:
    """Where the entry stands; None where it is in no order. One query, if so."""
    steps = list(ReadingStep.objects.all())
    if entry.get_absolute_url() not in {step.address for step in steps}:
        return None
    visible = _visible(steps)
    here = next((step.number for step in visible if step.entry == entry), 0)
    return Place(here, len(visible), visible[here] if here < len(visible) else None)


def _visible(steps: Iterable[ReadingStep]) -> list[Step]:
    """The steps whose entries are published, in one query for each kind."""
    keys = {}
    for step in steps:
        try:
            keys[step] = entry_at(step.address)
        except ValidationError:
            continue  # `loaddata` asks no validator.
    slugs = defaultdict(list)
    for kind, slug in keys.values():
        slugs[kind].append(slug)
    entries = {(kind, e.slug): e for kind in slugs for e in kind.objects.published().filter(slug__in=slugs[kind])}
    shown = [(step, entries[key]) for step, key in keys.items() if key in entries]
    return [Step(number, step, entry) for number, (step, entry) in enumerate(shown, 1)]
