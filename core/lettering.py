"""Text in pictures, in the site's typefaces: what they have no letters for is set in another, or left out."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import groupby
from pathlib import Path

from django.contrib.staticfiles import finders
from PIL import ImageDraw, ImageFont

# Newsreader is a web font of the pages, in which readers' own serifs fill the gaps; here Noto Serif does.
ROMAN, ITALIC = "fonts/newsreader.woff2", "fonts/newsreader-italic.woff2"
_MORE = str(Path(__file__).parent / "fonts" / "noto-serif.woff2")
# Scripts that weigh too much to be carried along are set where the machine has one of these.
_ELSEWHERE = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf", "DejaVuSans.ttf")
# No font has this: it shows what one draws in place of what it lacks.
_NOTHING = "\U0010ffff"

# More letters no line holds, and no picture.
LONGEST, MOST = 200, 1000

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Type:
    """A typeface in a size, in pixels."""

    face: str
    size: int

    def runs(self, text: str) -> Iterator[tuple[Font, str]]:
        """The text in pieces, each with the font that has its letters."""
        for rank, piece in groupby(text, partial(_rank, self.face)):
            if rank is not None:
                yield _font(_chain(self.face)[rank], self.size), "".join(piece)

    def width(self, text: str) -> float:
        """In pixels."""
        return sum(font.getlength(piece) for font, piece in self.runs(text))

    @property
    def leading(self) -> int:
        """From one base line to the next: large letters stand closer."""
        return round(self.size * (1.08 if self.size > 50 else 1.27))

    def height(self, lines: int) -> int:
        """Of so many lines, with what hangs below the last."""
        return lines * self.leading + (self.size // 8 if self.size > 50 else 0)

    def draw(self, picture: ImageDraw.ImageDraw, x: float, y: float, text: str, fill: int) -> None:
        """Beginning at x, on a base line at y."""
        for font, piece in self.runs(text):
            picture.text((x, y), piece, fill=fill, font=font, anchor="ls")
            x += font.getlength(piece)

    def lines(self, text: str, width: float, most: int) -> list[str]:
        """At most so many lines no wider than `width`; where the text is longer, the last one ends in “…”."""
        lines, rest = [], text.split()
        while rest and len(lines) < most:
            taken = self._fitting(rest, width)
            lines.append(" ".join(rest[:taken]))
            rest = rest[taken:]
            if not taken:
                # A word wider than the line goes on in the next.
                word = rest.pop(0)
                ends = range(1, min(len(word), LONGEST) + 1)
                end = max(bisect_right(ends, width, key=lambda end: self.width(word[:end])), 1)
                lines[-1], rest = word[:end], [word[end:], *rest] if word[end:] else rest
        if rest and lines:
            lines[-1] = self._cut(lines[-1], width)
        return lines

    def _fitting(self, words: list[str], width: float) -> int:
        """How many of the words stand in a line of that width."""
        counts = range(1, len(words) + 1)
        return bisect_right(counts, width, key=lambda count: self.width(" ".join(words[:count])[:LONGEST]))

    def _cut(self, line: str, width: float) -> str:
        while line and self.width(f"{line}…") > width:
            line = line.rpartition(" ")[0] or line[:-1]
        return f"{line.rstrip(' ,;:.–—')}…"


def legible(text: str) -> str:
    """The text in one line without what no font here has, such as emoji; of a long text the beginning.

    What can be written more simply stays as that: “ﬁ” as “fi”.
    """
    kept = (_kept(char) for char in " ".join(unicodedata.normalize("NFC", text[:MOST]).split()))
    return " ".join("".join(kept).split())


def loses_letters(text: str) -> bool:
    """Whether letters or digits of it would be left out, so that it would say something else."""
    return any(char.isalnum() and not _kept(char) for char in unicodedata.normalize("NFC", text))


@lru_cache(4096)
def _kept(char: str) -> str:
    if _rank(ROMAN, char) is not None:
        return char
    plain = (part for part in unicodedata.normalize("NFKD", char) if part != char)
    return "".join(part for part in plain if _rank(ROMAN, part) is not None)


@lru_cache(4096)
def _rank(face: str, char: str) -> int | None:
    """Which of the fonts of a typeface is the first to have the character; None where none has."""
    if unicodedata.category(char).startswith("C"):
        return None
    fonts = ((rank, _font(path, 40)) for rank, path in enumerate(_chain(face)))
    return next((rank for rank, font in fonts if font and _has(font, char)), None)


@cache
def _chain(face: str) -> tuple[str, ...]:
    """The typeface's own font and those that fill its gaps."""
    return finders.find(face), _MORE, *_ELSEWHERE


@cache
def _font(path: str, size: int) -> Font | None:
    """Opened once; None where the machine has no such font."""
    own = path.endswith((ROMAN, ITALIC))
    try:
        # The others are larger on their bodies.
        font = ImageFont.truetype(path, size if own else round(size * 0.88))
    except OSError:
        return None
    if path.endswith(ROMAN):
        # Large letters are drawn finer: the optical size, as browsers set it by themselves.
        font.set_variation_by_axes([400, min(max(size * 0.75, 18), 72)])
    return font


def _has(font: Font, char: str) -> bool:
    """What a font lacks it draws as the same box or gap, whatever it is."""
    return font.getlength(char) != font.getlength(_NOTHING) or bytes(font.getmask(char)) != _gap(font)


@cache
def _gap(font: Font) -> bytes:
    return bytes(font.getmask(_NOTHING))
