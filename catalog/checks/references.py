"""Whether names mean one entry, and references lead to one that readers may see."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from django.utils import timezone

from catalog.checks.collection import Collection, Found, Prose
from catalog.evidence import INLINE
from catalog.imports.names import normalized
from catalog.models import AIModel, Citation, Part
from core.models import Entry, Status, lines
from glossary.models import Term
from research.models import Source

_HREF = re.compile(r'<a href="([^"]+)"')


def duplicate_name(collection: Collection) -> Found:
    """A name means one entry of its kind; a term is not written twice the same way."""
    for kind in collection.entries:
        bearers = defaultdict(list)
        for entry in collection.all_of(kind):
            for name in names(entry):
                bearers[normalized(name).casefold()].append((entry, name))
        for found in bearers.values():
            yield from _clashes(found)


def names(entry: Entry) -> list[str]:
    """All that is to mean this entry alone. For a source that is its address: a talk may be called like its paper."""
    if isinstance(entry, Source):
        return [entry.url]
    if isinstance(entry, AIModel | Term):
        return entry.names
    return [entry.name, *lines(getattr(entry, "aliases", ""))]


def _clashes(bearers: list[tuple[Entry, str]]) -> Found:
    first, _ = bearers[0]
    for entry, name in bearers[1:]:
        if entry.pk != first.pk:
            yield entry, f"“{name}” means {first} ({first.slug}) as well."
        elif isinstance(entry, Term):
            yield entry, f"“{name}” stands among its names twice."


def dead_link(collection: Collection) -> Found:
    """A link within the site leads to a published entry."""
    addresses = {entry.get_absolute_url(): entry for entry in collection.all_of()}
    for prose, link in links(collection.prose):
        if problem := _dead(prose.entry, link, addresses):
            yield prose.entry, f"{prose.label}: {problem}"


def dead_citation(collection: Collection) -> Found:
    """A citation in prose names a source that readers may see."""
    sources = {source.slug: source for source in collection.all_of(Source)}
    for prose in collection.prose:
        for match in INLINE.finditer(prose.text):
            source = sources.get(match["slug"])
            if not prose.is_markdown:
                yield prose.entry, f"{prose.label} is plain text and cannot cite “{match['slug']}”."
            elif source is None:
                yield prose.entry, f"{prose.label} cites “{match['slug']}”, which is no source."
            elif not _seen_with(prose.entry, source):
                yield prose.entry, f"{prose.label} cites {source}, which is not published."


def _dead(entry: Entry, link: str, addresses: dict[str, Entry]) -> str:
    address = urlsplit(link)
    if address.scheme or address.netloc or link.startswith("#"):
        return ""
    if not link.startswith("/"):
        return f"“{link}” leads nowhere: begin it with “/” or “https://”."
    if target := addresses.get(address.path):
        return "" if _seen_with(entry, target) else f"“{link}” leads to an entry that is not published."
    try:
        name = resolve(address.path).url_name
    except Resolver404:
        return f"“{link}” leads nowhere."
    return f"“{link}” leads to no entry." if name.endswith("_detail") and name != "tag_detail" else ""


def unpublished_reference(collection: Collection) -> Found:
    """A published entry refers to published ones: readers would not see the others, nor what rests on them."""
    for entry in collection.all_of(published=True):
        for name, target in _references(entry, collection):
            if not _seen_with(entry, target):
                yield entry, f"Its {name}, {target}, is not published."
    parts = (collection.citations, collection.scores, collection.milestones, collection.innovations, collection.papers)
    for part in chain(*parts):
        public = part.model.status == Status.PUBLISHED and (part.shown if isinstance(part, Citation) else True)
        for name in part.subjects if public else ():
            target = getattr(part, name)
            if target and not _seen_with(part.model, target):
                yield part, f"{_word(part)}: its {name}, {target}, is not published."


def _references(entry: Entry, collection: Collection) -> Iterator[tuple[str, Entry]]:
    for column in entry._meta.concrete_fields:
        target = collection.entries.get(column.related_model, {}).get(getattr(entry, column.attname))
        if target:
            yield column.verbose_name, target


def _word(part: Part) -> str:
    return f"{part._meta.verbose_name.capitalize()} “{str(part).removeprefix(f'{part.model}: ')}”"


def _seen_with(entry: Entry, target: Entry) -> bool:
    """Whether readers may see `target` as soon as they may see `entry`."""
    begin = max(filter(None, (timezone.now(), entry.publish_at)))
    return target.status == Status.PUBLISHED and (target.publish_at is None or target.publish_at <= begin)


def links(texts: Iterable[Prose]) -> Iterator[tuple[Prose, str]]:
    """Every link in Markdown, and where it stands."""
    for prose in texts:
        if prose.is_markdown:
            yield from ((prose, link) for link in _HREF.findall(prose.html))
