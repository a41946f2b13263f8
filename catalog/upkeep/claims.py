"""Claims that time will falsify and that do not say when they were true."""

from functools import lru_cache

from catalog import rules
from catalog.checks.prose import CLAIMS as FIELDS
from catalog.checks.prose import WORD_FOR_WORD
from catalog.models import AIModel, Family
from core.admin import row_number
from core.memory import lingering
from core.models import Entry, Status
from editorial.upkeep import Item, Open, Upkeep
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

_KINDS = {kind._meta.model_name: kind for kind in (AIModel, Family, Paper, Benchmark, Organization, Source, Term)}
_COLUMNS = {kind: sorted(FIELDS & {column.name for column in kind._meta.concrete_fields}) for kind in _KINDS.values()}

# One text is read once a process, however often the collection changes.
_dateless = lru_cache(maxsize=2**19)(lambda text: tuple(rules.dateless(text)))


@lingering
def claims() -> Open:
    """Entries with such a claim: “aimodel 12”, and the claims. A query for each kind."""
    return {
        f"{name} {pk}": "\n".join(found)
        for name, kind in _KINDS.items()
        for pk, slug, *texts in kind.objects.filter(status=Status.PUBLISHED)
        .order_by("name", "pk")
        .values_list("pk", "slug", *_COLUMNS[kind])
        if (found := _claims(kind, slug, texts))
    }


def _claims(kind: type[Entry], slug: str, texts: list[str]) -> list[str]:
    return [
        claim
        for field, text in zip(_COLUMNS[kind], texts, strict=True)
        if text and (slug, field) not in WORD_FOR_WORD
        for claim in _dateless(text)
    ]


def load(key: str) -> Item | None:
    name, _, pk = key.partition(" ")
    if name not in _KINDS or row_number(pk) is None:
        return None
    kind = _KINDS[name]
    entry = kind.objects.filter(pk=pk, status=Status.PUBLISHED).first()
    found = _claims(kind, entry.slug, [getattr(entry, field) for field in _COLUMNS[kind]]) if entry else []
    return Item(key, "\n".join(found), entry.name, entry, {"texts": found}) if found else None


CLAIMS = Upkeep(
    name="claims",
    title="Claims past their date",
    purpose="A sentence says what is the largest, latest or current, and not when that was so.",
    open=claims,
    load=load,
    permission="catalog.change_aimodel",
    dismissal="It will stay true",
)
