"""What is new: entries that readers see for the first time, what changed in them, and what came to belong to them."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from heapq import nlargest
from operator import attrgetter

from django.conf import settings
from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.text import capfirst

from core.feeds import Item
from core.models import Entry, Record, Status, entry_kinds
from editorial.lately import lately_corrected
from editorial.past import Change, Difference, past_of

# How many items a feed has at most.
MOST = 50
# Of what belongs to an entry, and of a history, only so many rows are looked at, those that were written last.
LOOKED_AT = 1000
# How many of the things that a change touched are named in its title.
NAMED = 3

# Earlier than anything.
NEVER = Value(datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC))

Ids = Callable[..., str]


def newly_published(ids: Ids) -> list[Item]:
    """The entries of all kinds that readers saw for the first time last."""
    entries = (entry for kind in entry_kinds() for entry in _appeared_last(kind))
    return [_new(entry, ids) for entry in nlargest(MOST, entries, key=attrgetter("appeared"))]


def corrected(ids: Ids) -> list[Item]:
    """The changes that put a figure in place of one which readers had seen, the last ones."""
    return [_correction(one.entry, one.change, ids) for one in lately_corrected()]


def news_of(entry: Record, ids: Ids) -> list[Item]:
    """What became of an entry `with_appearance`, or of a tag, and what came to belong to it, the newest first."""
    items = [_tie(entry, row, way, ids) for row, way in _belonging(entry)]
    if isinstance(entry, Entry):
        changes = [change for change in past_of(entry)[-MOST:] if not change.first]
        items += [_new(entry, ids), *(_changed(entry, change, ids) for change in changes)]
    return nlargest(MOST, items, key=attrgetter("at", "id"))


# When readers saw what


def with_appearance(entries: QuerySet) -> QuerySet:
    """Entries with `appeared`: when readers saw them first. Where history says nothing of it, when they were begun."""
    return entries.annotate(appeared=_appeared(entries.model))


def _appeared(kind: type[Entry], path: str = "") -> Greatest:
    """When readers saw an entry first, or the one that a row leads to by `path`: “model__”."""
    recorded = _written_first(kind.history.filter(status=Status.PUBLISHED), f"{path}pk")
    return Greatest(Coalesce(recorded, f"{path}created_at"), Coalesce(f"{path}publish_at", NEVER))


def _written_first(history: QuerySet, way: str) -> Subquery:
    """When the first of these rows of a history was written, of what `way` leads to."""
    rows = history.filter(id=OuterRef(way)).order_by().values("id")
    return Subquery(rows.annotate(first=Min("history_date")).values("first"))


def _appeared_last(kind: type[Entry]) -> QuerySet:
    """The entries of a kind that appeared last: of each time that decides it, the last ones are looked at."""
    public = kind.objects.published()
    recorded = kind.history.filter(status=Status.PUBLISHED).order_by("-history_date", "-history_id")
    numbers = {
        *recorded.values_list("id", flat=True)[:LOOKED_AT],
        *public.exclude(publish_at=None).order_by("-publish_at", "-pk").values_list("pk", flat=True)[:MOST],
        # Those of which history says nothing were begun when they came.
        *public.order_by("-pk").values_list("pk", flat=True)[:MOST],
    }
    return with_appearance(public.filter(pk__in=numbers)).order_by("-appeared", "-pk")[:MOST]


def _belonging(entry: Record) -> Iterator[tuple[Record, str]]:
    """The rows that tied something to the entry last, with `at`: when readers saw it and the tie; and the way to it."""
    rows, way = import_string(settings.BELONGINGS)(entry)
    path = f"{way}__" if way else ""
    other = rows.model._meta.get_field(way).related_model if way else rows.model
    tied = Coalesce(_written_first(rows.model.history.all(), "pk"), NEVER)
    last = rows.order_by("-pk").values("pk")[:LOOKED_AT]
    seen = rows.filter(pk__in=last).annotate(at=Greatest(_appeared(other, path), tied)).order_by("-at", "-pk")
    for row in seen.select_related()[:MOST]:
        yield row, way


# How it is told


def _item(entry: Record, at: datetime.datetime, key: str, title: str, summary: str, **context: object) -> Item:
    content = render_to_string("editorial/feed_item.html", {"summary": summary, **context})
    return Item(key, at, title, entry.get_absolute_url(), str(entry._meta.verbose_name), summary, content)


def _new(entry: Entry, ids: Ids) -> Item:
    key = ids("new", entry._meta.label_lower, entry.pk)
    return _item(entry, entry.appeared, key, f"New {entry._meta.verbose_name}: {entry}", entry.summary)


def _changed(entry: Entry, change: Change, ids: Ids) -> Item:
    key = ids("change", entry._meta.label_lower, entry.pk, change.key)
    title = f"{entry}: {_named(change.differences)}"
    return _item(entry, change.at, key, title, _why(change), differences=change.differences)


def _correction(entry: Entry, change: Change, ids: Ids) -> Item:
    figures = [
        replace(difference, values=[value for value in difference.values if value[0] in difference.corrected])
        for difference in change.differences
        if difference.corrected
    ]
    key = ids("correction", entry._meta.label_lower, entry.pk, change.key)
    return _item(entry, change.at, key, f"Correction: {entry}: {_named(figures)}", _why(change), differences=figures)


def _tie(entry: Record, row: Record, way: str, ids: Ids) -> Item:
    other = getattr(row, way) if way else row
    # Before the entry itself appeared, nobody saw what belongs to it.
    at = max(row.at, getattr(entry, "appeared", row.at))
    key = ids("tie", entry._meta.label_lower, entry.pk, row._meta.label_lower, row.pk)
    return _item(other, at, key, f"{capfirst(row._meta.verbose_name)}: {row}", other.summary)


def _why(change: Change) -> str:
    return f"{change.act}: {change.reason}" if change.reason else change.act


def _named(differences: Iterable[Difference]) -> str:
    """“parameters, milestone: Announced, licence and 2 more”."""
    labels = [[label for label, *_ in one.values] if one.own and one.values else [one.title] for one in differences]
    names = list(dict.fromkeys(name for group in labels for name in group))
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
