"""Identifiers of papers as people paste them, and what follows from them alone: nothing is asked of any network."""

import datetime
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

# Characters of the longest address that a column holds: nothing longer is an identifier.
LONGEST = 500

_ADDRESS = r"(?:https?://)?(?:www\.|export\.)?"
# The last part is what the margin of the first page says: “arXiv:2412.19437v2 [cs.CL] 18 Feb 2025”.
_ARXIV = re.compile(
    rf"(?:{_ADDRESS}arxiv\.org/(?:abs|pdf|html|format)/|(?:{_ADDRESS}(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.|"
    r"arxiv:\s*)?"
    r"(?:(?P<new>(?P<newyear>\d\d)(?P<newmonth>\d\d)\.(?P<number>\d{4,5}))|"
    r"(?P<archive>[a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/(?P<old>(?P<oldyear>\d\d)(?P<oldmonth>\d\d)\d{3}))"
    r"(?:v\d{1,3})?(?:\.pdf)?/?(?:[?#]\S*)?(?:\s+\[[\w.-]+\][\w\s]*)?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(r"(?:doi:\s*)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE | re.ASCII)
_DOI_ADDRESS = re.compile(rf"{_ADDRESS}(?:dx\.)?doi\.org/(?P<doi>10\.\d{{4,9}}/[^\s?#]+)\S*", re.IGNORECASE | re.ASCII)
_ARXIV_DOI = re.compile(r"10\.48550/", re.ASCII)
# What sentences put around an identifier. Brackets may be part of a DOI, where they are closed.
_BEFORE, _AFTER = " \t\r\n(<[\"'“‘", " \t\r\n.,;:!?>\"'”’…"
_BRACKETS = {")": "(", "]": "["}

NOT_READ = (
    "This is neither an arXiv id nor a DOI: write “2412.19437” or “10.1038/s41586-021-03819-2”, or paste its address."
)


@dataclass(frozen=True)
class Identifier:
    """An arXiv id, without a version, or a DOI; the other one is empty."""

    arxiv_id: str = ""
    doi: str = ""

    @property
    def url(self) -> str:
        """Where it leads: to arXiv, else to what the DOI stands for; "" where both are empty."""
        if self.arxiv_id:
            return f"https://arxiv.org/abs/{self.arxiv_id}"
        return f"https://doi.org/{quote(self.doi, safe='/:;(),.')}" if self.doi else ""

    @property
    def published(self) -> datetime.date | None:
        """The month in which it came to arXiv, as its first day; a DOI tells no date."""
        digits = self.arxiv_id.rpartition("/")[2]
        if not digits:
            return None
        # arXiv began in 1991.
        year = int(digits[:2]) + (1900 if digits[:2] >= "91" and "/" in self.arxiv_id else 2000)
        return datetime.date(year, int(digits[2:4]), 1)

    @property
    def says(self) -> dict[str, str | datetime.date]:
        """All that follows from it, by the names of the fields of papers and sources."""
        said = {"arxiv_id": self.arxiv_id, "doi": self.doi, "url": self.url}
        if self.arxiv_id:
            said |= {"publisher": "arXiv", "kind": "paper", "published": self.published, "published_precision": "month"}
        return said

    def is_in(self, text: str) -> bool:
        """Whether `text` is a spelling of it. Great and small letters of a DOI are alike."""
        try:
            other = read(text)
        except ValueError:
            return False
        return (other.arxiv_id, other.doi.casefold()) == (self.arxiv_id, self.doi.casefold())


def read(text: str) -> Identifier:
    """The identifier that `text` is: an arXiv id or a DOI, bare, as an address or with a word before it.

    “2412.19437”, “arXiv:2412.19437v2 [cs.CL] 18 Feb 2025” and “https://arxiv.org/pdf/2412.19437.pdf” are one arXiv id,
    and so is arXiv's own DOI of it, “10.48550/arXiv.2412.19437”. “math.GT/0309136” is “math/0309136”: the class is no
    part of it. “doi:10.1038/323533a0” and “https://dx.doi.org/10.1038/323533a0” are one DOI, whose letters stay as
    they are. Blanks and the punctuation of a sentence around it are left out.

    ValueError, with a message for who typed it, where it is none: a month that there is not or a digit too few, too.
    https://info.arxiv.org/help/arxiv_identifier.html says what ids there are.
    """
    if len(text) > LONGEST:
        raise ValueError(NOT_READ)
    text = _bare(text)
    if found := _ARXIV.fullmatch(text):
        return Identifier(arxiv_id=_arxiv_id(found))
    found = _DOI_ADDRESS.fullmatch(text)
    doi = unquote(found["doi"]) if found else (found := _DOI.fullmatch(text)) and found["doi"]
    if not doi or _ARXIV_DOI.match(doi) or not doi.isprintable() or " " in doi:
        raise ValueError(NOT_READ)
    return Identifier(doi=doi)


def _bare(text: str) -> str:
    """`text` without what a sentence puts around it."""
    text = text.lstrip(_BEFORE)
    while text:
        last = text[-1]
        opening = _BRACKETS.get(last)
        if last not in _AFTER and not (opening and text.count(opening) < text.count(last)):
            break
        text = text[:-1]
    return text


def _arxiv_id(found: re.Match) -> str:
    """The id, where arXiv can have given it: by year and number until March 2007, with a point since April."""
    year, month = found["newyear"] or found["oldyear"], found["newmonth"] or found["oldmonth"]
    if not "01" <= month <= "12":
        raise ValueError(f"No arXiv id begins with {year}{month}: there is no month {month}.")
    if found["old"]:
        if "0703" < year + month < "9107":
            raise ValueError(f"arXiv gave no id like {found['archive']}/{found['old']} in that month.")
        return f"{found['archive'].lower()}/{found['old']}"
    # Five digits since January 2015.
    digits = 4 if year + month < "1501" else 5
    if year + month < "0704" or len(found["number"]) != digits:
        raise ValueError(f"No arXiv id is {found['new']}: since 2015 five digits follow the point, before that four.")
    return found["new"]
