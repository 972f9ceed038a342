"""Covers: a drawing of bands round the spine, of which front and back are crops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from zine.drawing.rings import Echo, Thinning, core_of, farthest, paint_core, paint_rings, rings
from zine.drawing.shapes import known
from zine.drawing.svg import BLACK, WHITE, Style, document, rect, window

Part = Literal["front", "back", "spine", "wrap"]
"""A page of the cover, its spine, or the whole sheet."""

YELLOW = "#FFC21A"
A5 = (148.0, 210.0)
"""Trim size in mm for which the measures of look.md are given."""
TITLE_ZONE = 76.0
"""Depth in mm of the book cover's title zone on A5 (look.md, Cover + back)."""
BOOKLET_ZONE = 63.0
"""Depth in mm of a chapter booklet's title zone on A5 (look.md, Chapter booklet cover)."""

_EVEN_SHARE = 0.72
_HERO_X = (0.70, 0.28, 0.72, 0.30)
_THINNING = Thinning(first=0.62, span=0.55, least=0.07)
_STAR_THINNING = Thinning(first=0.52, span=0.45, least=0.07)
_CORE: Final = {"circle": 0.30, "triangle": 0.375, "star": 0.5, "hexagon": 0.33, "diamond": 0.38}
_BOOKLET_CORE: Final = {
    "circle": 34.0,
    "square": 34.0,
    "triangle": 51.0,
    "star": 54.4,
    "hexagon": 37.0,
    "diamond": 44.0,
}


@dataclass(frozen=True, slots=True)
class Band:
    """One chapter on the cover: its shape, colour of its lines, number of entries, ground, hero.

    A band of stars takes black lines on the yellow ground: Band("star", BLACK, 8, YELLOW).
    """

    shape: str
    fill: str
    count: int
    ground: str = WHITE
    hero: str = BLACK


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a band lies: top edge and height in mm, y counted from the trim's head."""

    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A cover spread flat; x runs from the back's outer trim edge, y from the head, in mm."""

    trim_width: float
    trim_height: float
    bleed: float
    spine: float

    @property
    def right(self) -> float:
        """Return x of the front's outer trim edge in mm."""
        return 2 * self.trim_width + self.spine

    @property
    def scale(self) -> float:
        """Return the size relative to A5, by the tighter side."""
        return min(self.trim_width / A5[0], self.trim_height / A5[1])

    def view(self, part: Part) -> tuple[float, float, float, float]:
        """Return x, y, width and height in mm of a part with its bleed on all four sides."""
        starts = {"front": self.trim_width + self.spine, "spine": self.trim_width}
        widths = {"wrap": self.right, "spine": self.spine}
        left, width = starts.get(part, 0.0), widths.get(part, self.trim_width)
        b = self.bleed
        return left - b, -b, width + 2 * b, self.trim_height + 2 * b


def cover_top(trim_height: float) -> float:
    """Return the depth of the title zone in mm for a trim height in mm: 76 on A5."""
    return TITLE_ZONE * trim_height / A5[1]


def booklet_top(trim_height: float) -> float:
    """Return the depth of a booklet's title zone in mm for a trim height in mm: 63 on A5."""
    return BOOKLET_ZONE * trim_height / A5[1]


def strips(counts: Sequence[int], *, top: float, bottom: float) -> tuple[Strip, ...]:
    """Share the height from `top` to `bottom` (mm) among bands with these numbers of entries.

    Source: look.md, Cover + back: .72 of an even share each, the rest by number of entries.
    """
    if not counts:
        return ()
    whole, total = bottom - top, sum(counts)
    found: list[Strip] = []
    for count in counts:
        portion = count / total if total else 1 / len(counts)
        height = whole * (_EVEN_SHARE / len(counts) + (1 - _EVEN_SHARE) * portion)
        found.append(Strip(top, height))
        top += height
    return tuple(found)


def band_echo(shape: str, strip: Strip, x: float, *, scale: float = 1.0) -> Echo:
    """Return core and period of a band's echo at x mm, in the middle of its strip.

    Source: look.md, Cover + back: p = 4.6 + .055b (star 6.4), core .30b (square
    b/2 − 1.35p + .5, triangle .375b, star .5b), b the band's height in mm. `scale` is the page's
    size relative to A5.
    """
    b = strip.height
    period = scale * 6.4 if known(shape) == "star" else scale * 4.6 + 0.055 * b
    if shape == "square":
        # In very low bands the formula would leave no core at all.
        core = max(0.2 * b, b / 2 - 1.35 * period + 0.5 * scale)
    else:
        core = core_of(shape, _CORE) * b
    # One or two bands would be so high that the hero outgrew the page.
    core = min(core, scale * core_of(shape, _BOOKLET_CORE))
    return Echo(shape, x, strip.top + b / 2, core, period)


def cover_drawing(
    bands: Sequence[Band],
    *,
    trim_width: float = A5[0],
    trim_height: float = A5[1],
    bleed: float = 3.0,
    spine: float = 0.0,
    part: Part = "wrap",
    top: float | None = None,
    top_fill: str = YELLOW,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return the cover, or its front or back, as svg with bleed on all four sides.

    Front and back are the same drawing seen through another viewBox, so lines that run off the
    one go on over the other, thinning out towards the back's outer edge. Source: look.md,
    Cover + back (01).

    Args:
        bands: One band per chapter, in chapter order from the head.
        trim_width: Width of one page in mm.
        trim_height: Height of the page in mm.
        bleed: Bleed in mm.
        spine: Width of the spine in mm.
        part: What to show.
        top: Depth of the title zone in mm; 76 on A5 and in proportion elsewhere.
        top_fill: Colour of the title zone.
        label: Accessible name.
        style: "outline" draws strokes instead of filled lines.
    """
    sheet = Sheet(trim_width, trim_height, bleed, spine)
    zone = cover_top(trim_height) if top is None else top
    where = strips([band.count for band in bands], top=zone, bottom=trim_height + bleed)
    drawn = ""
    for i, (band, strip) in enumerate(zip(bands, where, strict=True)):
        x = sheet.right - trim_width * (1 - _HERO_X[i % len(_HERO_X)])
        echo = band_echo(band.shape, strip, x, scale=sheet.scale)
        # A hero of one or two very high bands must not reach over the fold.
        room = x - (sheet.right - trim_width) - 2 * sheet.scale
        echo = replace(echo, core=min(echo.core, room))
        drawn += _band(sheet, band, strip, echo, style)
    return _page(sheet, part, top_fill, drawn, label)


def booklet_cover(
    shape: str,
    fill: str,
    *,
    trim_width: float = A5[0],
    trim_height: float = A5[1],
    bleed: float = 3.0,
    spine: float = 0.0,
    part: Part = "front",
    top: float | None = None,
    top_fill: str | None = None,
    ground: str | None = None,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return the cover of a chapter booklet, a single band, as svg with bleed on all sides.

    Source: look.md, Chapter booklet cover (10): top 63 mm in the type's colour, core 34 (triangle
    51, star 54.4), period 7.4, hero 104 mm from the spine and at 46 % of the band; on other trims
    in proportion. Lines thin out over the back as on the book's cover.

    Args:
        shape: The shape of the chapter's type.
        fill: The type's colour: the title zone and the lines. A star has black lines on it.
        trim_width: Width of one page in mm.
        trim_height: Height of the page in mm.
        bleed: Bleed in mm.
        spine: Width of the spine in mm.
        part: What to show.
        top: Depth of the title zone in mm.
        top_fill: Colour of the title zone, if it is not `fill`.
        ground: Colour behind the lines; by default `fill` for a star, white for the others.
        label: Accessible name.
        style: "outline" draws strokes instead of filled lines.
    """
    sheet = Sheet(trim_width, trim_height, bleed, spine)
    zone = booklet_top(trim_height) if top is None else top
    strip = Strip(zone, trim_height + bleed - zone)
    x = sheet.right - trim_width * (1 - 104 / A5[0])
    core = sheet.scale * core_of(known(shape), _BOOKLET_CORE)
    echo = Echo(shape, x, strip.top + 0.46 * strip.height, core, 7.4 * sheet.scale)
    star = shape == "star"
    behind = (fill if star else WHITE) if ground is None else ground
    band = Band(shape, BLACK if star else fill, 1, behind)
    drawn = _band(sheet, band, strip, echo, style)
    return _page(sheet, part, fill if top_fill is None else top_fill, drawn, label)


def _band(sheet: Sheet, band: Band, strip: Strip, echo: Echo, style: Style) -> str:
    """Return one band over the whole sheet: its ground down to the foot, then its lines."""
    left, _, width, _ = sheet.view("wrap")
    foot = sheet.trim_height + sheet.bleed
    far = farthest(echo.x, echo.y, left, strip.top, left + width, strip.top + strip.height)
    thinning = _STAR_THINNING if band.shape == "star" else _THINNING
    lines = paint_rings(echo, rings(echo, far, thinning), band.fill, style)
    core = paint_core(echo, band.hero, style)
    # Each ground runs on below the next band's, so that no seam can show between them.
    ground = rect(left, strip.top, width, foot - strip.top, band.ground)
    return ground + window(left, strip.top, width, strip.height, lines + core)


def _page(sheet: Sheet, part: Part, ground: str, content: str, label: str | None) -> str:
    """Return the part of the sheet to show, on a ground that covers it whole."""
    box = sheet.view(part)
    base = rect(*sheet.view("wrap"), ground)
    return document(*box, window(*box, base + content), label=label)
