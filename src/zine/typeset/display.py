"""Titles in their places: the largest size that fits a cover or opener, and running heads."""

from __future__ import annotations

from dataclasses import dataclass

from zine.settings import STANDARD, Theme
from zine.typeset.fonts import text_width
from zine.typeset.geometry import Geometry
from zine.units import mm_to_pt

TRACKING = -0.015  # em, cover and opener titles
# Size and leading in pt, largest first. Leading stays above .93 of the size below the top step,
# where y would meet i (look.md, Avoid).
COVER_STEPS = ((102, 90), (81, 77), (66, 63), (54, 52), (44, 43), (36, 36), (30, 30), (24, 25))
OPENER_STEPS = ((94, 81), (72, 69), (58, 55), (46, 45), (38, 38), (32, 32), (26, 27))
FOLIO_SIZE, NOTE_SIZE = 9.0, 7.5  # pt on the house's grid (page.css)
FOLIO_WIDTH = 5.0  # em: four digits and the gap beside them
NOTE_GAP = 2.0  # em
HEAD_LEAST = 0.35  # of the measure, whatever stands at its other end
ELLIPSIS = "\u2026"
TITLE_PAGE_STEPS = ((72, 67.5), (60, 57), (48, 47), (40, 40), (32, 32), (26, 27))


@dataclass(frozen=True)
class Display:
    """A title set large.

    Args:
        size: pt.
        leading: pt.
        lines: how many lines it takes.
    """

    size: float
    leading: float
    lines: int

    def custom_properties(self) -> str:
        """The size as CSS custom properties."""
        return f":root{{--display-size:{self.size}pt;--display-leading:{self.leading}pt}}"


def _lines(title: str, size: float, measure: float, family: str, weight: int) -> int | None:
    """Lines that a title takes at a size, or None where a word is too wide."""
    lines, used = 1, 0.0
    space = text_width(" ", size, family, weight)
    for word in title.split(" "):
        width = text_width(word, size, family, weight) + len(word) * TRACKING * size
        if width > measure:
            return None
        if used and used + space + width > measure:
            lines, used = lines + 1, width
        else:
            used += width + (space if used else 0)
    return lines


def fit_display(
    title: str,
    steps: tuple[tuple[float, float], ...],
    measure_mm: float,
    height_mm: float,
    geometry: Geometry | None = None,
    theme: Theme | None = None,
) -> Display:
    """The largest step at which the title fits measure and height; the smallest if none does.

    The first step of covers is for titles of one word.

    Args:
        geometry: of the page, whose theme gives the face; where lists stand in one column the
            page is so much smaller or larger than A5 that the steps follow its size.
        theme: gives the face where the steps do not follow the page.
    """
    theme = theme or (geometry.theme if geometry else STANDARD)
    face = theme.display, theme.weight
    scale = geometry.scale if geometry and geometry.columns == 1 else 1.0
    measure, height = mm_to_pt(measure_mm), mm_to_pt(height_mm)
    usable = steps
    if steps is COVER_STEPS and " " in title.strip():
        usable = steps[1:]
    sized = [(round(size * scale, 1), round(leading * scale, 1)) for size, leading in usable]
    for size, leading in sized:
        lines = _lines(title, size, measure, *face)
        if lines is not None and lines * leading <= height:
            return Display(size, leading, lines)
    size, leading = sized[-1]
    return Display(size, leading, _lines(title, size, measure, *face) or 1)


def running_head(title: str, geometry: Geometry, note: str = "") -> str:
    """A title as it stands beside the folio: cut behind a word where the line has no room for it.

    Args:
        note: what stands at the other end of the line; in one column it stands below.
    """
    theme, measure = geometry.theme, mm_to_pt(geometry.measure)
    scale = geometry.line / STANDARD.line
    size = FOLIO_SIZE * scale
    room = measure - FOLIO_WIDTH * size
    if note and geometry.columns > 1:
        room -= text_width(note, NOTE_SIZE * scale, theme.display, 500) + NOTE_GAP * size
    room = max(room, HEAD_LEAST * measure)

    def fits(text: str) -> bool:
        return text_width(text, size, theme.display, 700) <= room

    if fits(title):
        return title
    words = title.split()
    while len(words) > 1 and not fits(" ".join(words) + ELLIPSIS):
        del words[-1]
    cut = " ".join(words)
    while len(cut) > 1 and not fits(cut + ELLIPSIS):  # a single word
        cut = cut[:-1]
    return cut.rstrip(",;:.-\u2013\u2014 ") + ELLIPSIS
