"""References as CSL-JSON, which Zotero, Pandoc and whatever knows citation styles reads."""

from collections.abc import Iterable
from typing import Any

from core.references import Name, Reference


def csl(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """One item for each. https://github.com/citation-style-language/schema says what one is."""
    return [_item(reference) for reference in references]


def _item(reference: Reference) -> dict[str, Any]:
    accessed = reference.accessed
    item = {
        "id": reference.key,
        "type": reference.kind,
        "title": reference.title,
        "author": [_name(name) for name in reference.authors],
        "container-title": reference.container,
        "publisher": reference.publisher,
        "issued": _date(reference.issued),
        "accessed": _date(accessed.isoformat() if accessed else ""),
        "number": reference.arxiv_id and f"arXiv:{reference.arxiv_id}",
        "DOI": reference.doi,
        "URL": reference.url,
        "version": reference.version,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: text for part, text in parts.items() if text}


def _date(iso: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None
