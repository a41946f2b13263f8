"""The card that link previews show of a page: a picture of 1,200 × 630 pixels, in the look of the site."""

import io
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache

from django.http import HttpResponse
from PIL import Image, ImageDraw

from core.lettering import ITALIC, ROMAN, Type, legible, loses_letters
from core.site import NAME

WIDTH, HEIGHT = 1200, 630
# Seconds for which previews may show a card that has changed.
FRESH = 3600

# What readers see by day: see tokens.css.
_PAPER, _INK, _RUBRIC = (0xFB, 0xF9, 0xF4), (0x21, 0x1C, 0x17), (0xA3, 0x26, 0x1C)
# How much of the ink there is of 255; the hairlines and the quiet text are the ink, thinned.
_FULL, _QUIET, _HAIR, _FAINT = 255, 188, 64, 20
# Sixteen colors make half a byte: from paper to ink, then to the red.
_INKS, _REDS = 11, 4
_LEFT, _RIGHT, _RULE, _BOTTOM = 72, WIDTH - 72, 126, HEIGHT - 44
_WIDE = _RIGHT - _LEFT
_NAME_SIZES, _TEXT_SIZES, _FIGURE_SIZES = (116, 104, 92, 80, 70, 62, 54), (44, 40, 36), (56, 48, 40)
_BYLINE, _LABEL = Type(ITALIC, 40), Type(ROMAN, 27)
# From the text to what stands above and below it, together.
_APART = 32


@dataclass(frozen=True)
class Card:
    """What a card says. `figures` are labels with values; where letters of the name cannot be drawn, `slug` is it."""

    kind: str
    name: str
    slug: str = ""
    byline: str = ""
    text: str = ""
    figures: tuple[tuple[str, str], ...] = ()

    @property
    def alt(self) -> str:
        """The same in words."""
        figures = ", ".join(f"{label.lower()} {value}" for label, value in self.figures)
        head = ", ".join(part for part in (self.name, self.kind, self.byline) if part)
        return f"Card of Descent: {head}{': ' if figures else ''}{figures}"


def card_response(card: Card) -> HttpResponse:
    """The card as a PNG."""
    return HttpResponse(drawn(card), content_type="image/png", headers={"Cache-Control": f"public, max-age={FRESH}"})


@lru_cache(128)
def drawn(card: Card) -> bytes:
    """The same bytes for the same card."""
    begun, red = _begun(legible(card.kind))
    ink = begun.copy()
    pen = ImageDraw.Draw(ink)
    bottom = _figures(pen, card.figures) if card.figures else _BOTTOM
    _body(pen, card, bottom)
    return _png(ink, red)


@lru_cache(32)
def _begun(kind: str) -> tuple[Image.Image, Image.Image]:
    """What all cards of a kind have, in ink and in red."""
    ink, red = Image.new("L", (WIDTH, HEIGHT)), Image.new("L", (WIDTH, _RULE))
    _decorate(ink)
    _head(ink, red, kind)
    return ink, red


def _head(ink: Image.Image, red: Image.Image, kind: str) -> None:
    """The mark and the name of the site, the kind of the entry at the other end, and a rule below."""
    line, node = _mark(52)
    ink.paste(_FULL, (_LEFT - 6, 48), line)
    red.paste(_FULL, (_LEFT - 6, 48), node)
    pen = ImageDraw.Draw(ink)
    Type(ROMAN, 46).draw(pen, _LEFT + 58, 91, NAME, _FULL)
    label = Type(ITALIC, 40)
    label.draw(ImageDraw.Draw(red), _RIGHT - label.width(kind), 91, kind, _FULL)
    pen.rectangle((_LEFT, _RULE - 2, _RIGHT, _RULE - 1), fill=_FULL)


def _body(pen: ImageDraw.ImageDraw, card: Card, bottom: int) -> None:
    """Name, byline, and of the text as many lines as there is room for, at least two where it has them."""
    name = card.slug.replace("-", " ") if card.slug and loses_letters(card.name) else legible(card.name)
    byline, text = legible(card.byline), legible(card.text)
    top, below = _RULE + 24, _BYLINE.size + 14 if byline else 0
    two_lines = 2 * Type(ROMAN, _TEXT_SIZES[-1]).leading + _APART if text else 0
    size, lines = _fitted(name, _NAME_SIZES, bottom - top - below - two_lines, least=4)
    for number, line in enumerate(lines):
        size.draw(pen, _LEFT - size.size // 24, top + size.size + number * size.leading, line, _FULL)
    y = top + size.height(len(lines))
    if byline:
        _BYLINE.draw(pen, _LEFT, y + 44, _BYLINE.lines(byline, _WIDE, 1)[0], _QUIET)
    y += below
    size, lines = _fitted(text, _TEXT_SIZES, bottom - y - _APART)
    for number, line in enumerate(lines):
        size.draw(pen, _LEFT, y + 12 + size.size + number * size.leading, line, _FULL)


def _fitted(text: str, sizes: tuple[int, ...], room: int, least: int = 0) -> tuple[Type, list[str]]:
    """The largest size in which the text has room, and its lines; in the smallest one, cut after so many or `least`."""
    for size in (Type(ROMAN, points) for points in sizes):
        lines = size.lines(text, _WIDE, max(room // size.leading, least))
        if size.height(len(lines)) <= room and " ".join(lines) == text:
            break
    return size, lines


def _figures(pen: ImageDraw.ImageDraw, figures: tuple[tuple[str, str], ...]) -> int:
    """The figures side by side at the foot, as many as there is room for; where the text above them must end."""
    gap, x = 64, float(_LEFT)
    sizes = [Type(ROMAN, points) for points in _FIGURE_SIZES]
    value_type = next((size for size in sizes if _row(size, figures, gap) <= _WIDE), sizes[-1])
    top = _BOTTOM - 124
    pen.rectangle((_LEFT, top, _RIGHT, top + 1), fill=_HAIR)
    for label, value in figures:
        label, value = legible(label), legible(value)
        wide = max(_LABEL.width(label), value_type.width(value))
        if x + wide > _RIGHT:
            break
        _LABEL.draw(pen, x, top + 46, label, _QUIET)
        value_type.draw(pen, x, top + 108, value, _FULL)
        x += wide + gap
    return top


def _row(value_type: Type, figures: tuple[tuple[str, str], ...], gap: int) -> float:
    return sum(max(_LABEL.width(label), value_type.width(value)) + gap for label, value in figures) - gap


def _decorate(ink: Image.Image) -> None:
    """The mark again, large and faint, running out of the corner."""
    for part in _mark(720):
        ink.paste(_FAINT, (600, 10), part)


@cache
def _mark(size: int) -> tuple[Image.Image, Image.Image]:
    """Where the mark has ink and where red: see img/mark.svg. Drawn four times as large, for smooth edges."""
    scale = 4 * size / 32
    line, node = (Image.new("L", (4 * size, 4 * size)) for _ in range(2))
    pen = ImageDraw.Draw(line)
    curve = [_bezier(t / 40, (8, 13), (8, 19), (24, 17), (24, 25)) for t in range(41)]
    path = [(x * scale, y * scale) for x, y in [(8, 7), *curve]]
    pen.line(path, fill=255, width=round(2 * scale), joint="curve")
    for x, y in ((8, 7), (16, 16.3)):
        pen.circle((x * scale, y * scale), 4 * scale, fill=255)
        pen.circle((x * scale, y * scale), 2 * scale, fill=0)
    for drawing, fill in ((pen, 0), (ImageDraw.Draw(node), 255)):
        drawing.circle((24 * scale, 25 * scale), 4 * scale, fill=fill)
    return tuple(picture.resize((size, size), Image.Resampling.BOX) for picture in (line, node))


def _bezier(t: float, *points: tuple[float, float]) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return tuple(sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))


def _png(ink: Image.Image, red: Image.Image) -> bytes:
    """Both laid upon the paper, in sixteen colors."""
    levels = ink.point([round(value * (_INKS - 1) / 255) for value in range(256)])
    reds = [round(value * _REDS / 255) for value in range(256)]
    levels.paste(
        red.point([value and _INKS - 1 + value for value in reds]),
        mask=red.point([255 * bool(value) for value in reds]),
    )
    levels.putpalette(_palette())
    file = io.BytesIO()
    # Flat areas and few colors: counting runs makes it as small, in less time.
    levels.save(file, "PNG", compress_type=zlib.Z_RLE)
    return file.getvalue()


def _palette() -> list[int]:
    """The paper, the shades of the ink, those of the red. The first of the ink decorates: it is paler than its turn."""
    inks = [0, 0.5, *range(2, _INKS)]
    shades = [(_INK, step / (_INKS - 1)) for step in inks] + [(_RUBRIC, step / _REDS) for step in range(1, _REDS + 1)]
    return [
        round(paper + (part - paper) * much)
        for color, much in shades
        for paper, part in zip(_PAPER, color, strict=True)
    ]
