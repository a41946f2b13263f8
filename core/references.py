"""A work as bibliographies name it, whatever they are written in: see `core.bibtex` and `core.csl`."""

import datetime
from dataclasses import dataclass

from core.quantities import format_date, parse_date

# So many authors are named in a line; of more, the first ones.
MOST_NAMED, FIRST_NAMED = 8, 3


@dataclass(frozen=True)
class Name:
    """Of a person, in parts (“van den” is a particle, “Jr.” a suffix), or, `literal`, of anybody else."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        return self.literal or " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))

    @property
    def inverted(self) -> str:
        """“van den Oord, Aäron”, “Hoane Jr., A. Joseph”: one comma, which no reader takes for two names."""
        last = " ".join(filter(None, (self.particle, self.family, self.suffix)))
        return self.literal or ", ".join(filter(None, (last, self.given)))


@dataclass(frozen=True)
class Reference:
    """What a bibliography says of a work. What is unknown is empty.

    `kind` is a type of CSL; `issued` a date as far as it is known, “2024-12”; `container` the journal or the like that
    it is in; `permanent` an address at which it stays as it was.
    """

    key: str
    kind: str
    title: str
    url: str
    authors: tuple[Name, ...] = ()
    container: str = ""
    publisher: str = ""
    issued: str = ""
    accessed: datetime.date | None = None
    arxiv_id: str = ""
    doi: str = ""
    licence: str = ""
    permanent: str = ""
    version: str = ""

    @property
    def byline(self) -> str:
        """“A and B”, “A, B and C”; “A, B, C and others” where there are too many for a line."""
        names = [str(name) for name in self.authors]
        if len(names) > MOST_NAMED:
            return f"{', '.join(names[:FIRST_NAMED])} and others"
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    @property
    def dated(self) -> str:
        """“26 December 2024”, “December 2024” or “2024”; "" where nothing is known."""
        return format_date(*parse_date(self.issued)) if self.issued else ""

    @property
    def note(self) -> str:
        """What has no field of its own in the formats: licence and permanent address."""
        permanent = f"Permanent link: {self.permanent}" if self.permanent else ""
        return ". ".join(filter(None, (self.licence, permanent)))
