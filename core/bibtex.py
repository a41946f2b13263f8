"""References as BibTeX, for LaTeX and all that reads its files."""

import calendar
import re
from collections.abc import Iterable

from core.references import Name, Reference

# The rest is `misc`, which asks for nothing but a title.
TYPES = {"article-journal": "article", "article-newspaper": "article", "report": "techreport"}
# BibTeX counts braces whether or not a backslash stands before them: no sign may be written with one.
_SIGNS = {sign: f"\\{sign}" for sign in "&%$#_"} | {
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
}
_ESCAPES = str.maketrans(_SIGNS)
# In an address no sign has a meaning for LaTeX, but braces must still be balanced.
_IN_ADDRESS = re.compile(r"[{}\\\s]")


def bibtex(references: Iterable[Reference]) -> str:
    """A file with one entry for each."""
    return "\n".join(map(_entry, references))


def escape(text: str) -> str:
    """A text as LaTeX prints it letter by letter. Accents stay as they are: the file is UTF-8."""
    return " ".join(text.split()).translate(_ESCAPES)


def _entry(reference: Reference) -> str:
    kind = TYPES.get(reference.kind, "misc")
    year, month, *_ = [*reference.issued.split("-"), ""]
    fields = {
        "author": " and ".join(map(_name, reference.authors)),
        # What a work without authors is sorted by.
        "key": "" if reference.authors else escape(reference.title),
        # In braces of its own, so that no style takes its capitals away.
        "title": f"{{{escape(reference.title)}}}",
        "journal" if kind == "article" else "howpublished": escape(reference.container),
        "institution" if kind == "techreport" else "publisher": escape(reference.publisher),
        "year": year,
        "month": month,
        "eprint": _address(reference.arxiv_id),
        "eprinttype": reference.arxiv_id and "arxiv",
        "doi": _address(reference.doi),
        "url": _address(reference.url),
        "urldate": reference.accessed and reference.accessed.isoformat(),
        "version": escape(reference.version),
        "note": escape(reference.note),
    }
    written = {name: f"{{{value}}}" for name, value in fields.items() if value}
    if month:
        # Every style has a word of its own for it.
        written["month"] = calendar.month_abbr[int(month)].lower()
    lines = [f"  {name} = {value}," for name, value in written.items()]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _name(name: Name) -> str:
    """“van den Oord, Aäron”, “Hoane, Jr., A. Joseph”; in braces what is no person's name."""
    if name.literal:
        return f"{{{escape(name.literal)}}}"
    family = escape(name.family)
    # Else BibTeX would count all words up to a small one as particles.
    if not all(word[0].isupper() for word in name.family.split()[:-1]):
        family = f"{{{family}}}"
    last = " ".join(filter(None, (escape(name.particle), family)))
    return ", ".join(filter(None, (last, escape(name.suffix), escape(name.given))))


def _address(text: str) -> str:
    return _IN_ADDRESS.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), text)
