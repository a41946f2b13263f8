"""What changed lately, all over the encyclopedia, as readers are told of it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import BooleanField, Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, When

from core.documents import owner_column
from core.memory import remembered
from core.models import Entry, Record, Status, entry_kinds
from editorial import past
from editorial.models import Change, ChangedEntry
from editorial.past import pasts_of

# How many entries a page tells of, and so far a reader may turn the pages.
PER_PAGE, LAST_PAGE = 20, 1000
# How many corrections are told of each kind of record.
MOST = 50
# Corrections are looked for among so many rows of each history, those written last.
LOOKED_AT = 5000


@dataclass(frozen=True)
class Told:
    """A change of an entry, as its public history tells it."""

    entry: Entry
    change: past.Change

    @property
    def kind(self) -> str:
        """“model”, “term”: what sort of entry it is."""
        return str(self.entry._meta.verbose_name)


@dataclass(frozen=True)
class Page:
    """One page of what changed; `more` says whether another one follows. Nothing is counted."""

    number: int
    told: list[Told]
    more: bool


def lately_changed(number: int) -> Page | None:
    """The page with this number of the changes that were logged, the newest first; None where there is none.

    What happened before an entry was public takes up no room. What tells readers nothing is left out.
    """
    first = PER_PAGE * (number - 1)
    # Not joined by “or”: a database would gather all that each kind has, and not follow the log from its end.
    public = Case(*map(_public, entry_kinds()), default=False, output_field=BooleanField())
    rows = list(ChangedEntry.objects.filter(public).order_by("-pk")[first : first + PER_PAGE + 1])
    if not rows and number > 1:
        return None
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows[:PER_PAGE]:
        numbers[row.kind].add(row.row)
    found = {}
    for label, wanted in numbers.items():
        kind = apps.get_model(label)
        entries = kind.objects.published().in_bulk(wanted)
        for pk, changes in pasts_of(kind, entries).items():
            found |= {(label, pk, change.key): Told(entries[pk], change) for change in changes}
    told = [found.get((row.kind, row.row, str(row.change_id))) for row in rows[:PER_PAGE]]
    return Page(number, [one for one in told if one], len(rows) > PER_PAGE)


def _public(kind: type[Entry]) -> When:
    """Of the log, what is of public entries of this kind and was written when readers saw them already."""
    number, then = OuterRef("row"), Change.objects.filter(pk=OuterRef(OuterRef("change"))).values("at")
    seen = kind.history.filter(id=number, status=Status.PUBLISHED, history_date__lte=Subquery(then))
    public = Exists(kind.objects.published().filter(pk=number))
    return When(kind=kind._meta.label_lower, then=Q(public) & Q(Exists(seen)))


@remembered
def lately_corrected() -> list[Told]:
    """The changes that put a figure in place of one which readers had seen, the newest first."""
    numbers: dict[type[Entry], set[int]] = defaultdict(set)
    for model in apps.get_models():
        if issubclass(model, Record) and model.corrected:
            owner = owner_column(model)
            kind, number = (owner.related_model, owner.attname) if owner else (model, "id")
            numbers[kind] |= {*_changed_figures(model).values_list(number, flat=True)}
    told = [one for kind, wanted in numbers.items() for one in _corrected(kind, wanted)]
    return sorted(told, key=lambda one: one.change.at, reverse=True)[:MOST]


def _corrected(kind: type[Entry], numbers: set[int]) -> Iterator[Told]:
    entries = kind.objects.published().in_bulk(numbers)
    for number, changes in pasts_of(kind, entries, figures_alone=True).items():
        yield from (Told(entries[number], change) for change in changes if any(change.corrections()))


def _changed_figures(model: type[Record]) -> QuerySet:
    """Of the rows that history has of it, the last in which a figure is another one than in the row before.

    Among them are the corrections; others took the place of what readers never saw.
    """
    rows = model.history.order_by("-history_date", "-history_id")
    before = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    last = rows.filter(history_type="~").values("pk")[:LOOKED_AT]
    other = reduce(or_, (_known(model, name) & ~Q(**{name: OuterRef(name)}) for name in model.corrected))
    found = rows.filter(pk__in=last).annotate(before=Subquery(before.values("pk")[:1]))
    return found.filter(Exists(model.history.filter(other, pk=OuterRef("before"))))[:MOST]


def _known(model: type[Record], name: str) -> Q:
    texts = isinstance(model._meta.get_field(name), CharField)
    return ~Q(**{name: ""}) if texts else Q(**{f"{name}__isnull": False})
