"""Why one statement is shown and not another, in plain facts: who says it, how they know, in what document."""

import re
from collections.abc import Iterable

from catalog.models import Basis, Citation
from core.quantities import format_date
from research.models import Organization, SourceKind

# Who collects or retells has not disclosed.
RETOLD = {SourceKind.DATABASE: "listed", SourceKind.NEWS: "reported"}


def names_of(organizations: Iterable[Organization]) -> set[str]:
    """The names and aliases of a model's makers, in one case."""
    return {name.casefold() for maker in organizations for name in (maker.name, *maker.alias_list)}


def is_by(publisher: str, makers: set[str]) -> bool:
    """Whether one of the makers published it: “Google”, “Gemini Team, Google”, “Google and TU Berlin”."""
    return not makers.isdisjoint(name.casefold() for name in (publisher, *re.split(r", | and ", publisher)))


def why(shown: Citation | None, others: Iterable[Citation], makers: set[str]) -> str:
    """“Shown: disclosed by its makers. Differing: estimated by Epoch AI.” Empty where nobody differs."""
    others = list(others)
    if not shown or not others:
        return ""
    first, told = accounts(shown, others, makers)
    return f"Shown: {first}. Differing: {'; '.join(dict.fromkeys(told))}."


def accounts(shown: Citation, others: Iterable[Citation], makers: set[str]) -> tuple[str, list[str]]:
    """What the shown statement rests on, and each of the others: “disclosed by its makers”, [“estimated by Epoch AI”].

    Their documents are named where both say it in the same way.
    """
    first, told = _said(shown, makers), [(_said(other, makers), other) for other in others]
    same = any(text == first for text, _ in told)
    return first + _particulars(shown, named=same), [
        text + _particulars(other, named=text == first) for text, other in told
    ]


def _said(citation: Citation, makers: set[str]) -> str:
    """“disclosed by its makers”, “estimated by Epoch AI”."""
    source, how = citation.source, citation.get_basis_display()
    if source is None:
        return how
    own = is_by(source.publisher, makers)
    if citation.basis == Basis.DISCLOSED and not own:
        how = RETOLD.get(source.kind, "stated")
    return f"{how} by {'its makers' if own else source.publisher or f'“{source.name}”'}"


def _particulars(citation: Citation, *, named: bool) -> str:
    """“ (high confidence)”; where the document is to be `named`, “ (announcement, 11 May 2023)”."""
    source = citation.source
    parts = [f"{citation.confidence} confidence"] if citation.confidence else []
    if named and source:
        parts.append(source.get_kind_display().lower())
    if named and source and source.published:
        parts.append(format_date(source.published, source.published_precision))
    return f" ({', '.join(parts)})" if parts else ""
