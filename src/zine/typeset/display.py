"""Display type: the largest size at which a cover or opener title fits its zone."""

from __future__ import annotations

from dataclasses import dataclass

from zine.settings import STANDARD
from zine.typeset.fonts import text_width
from zine.typeset.geometry import Geometry
from zine.units import mm_to_pt

TRACKING = -0.015  # em, cover and opener titles
# Size and leading in pt, largest first. Leading stays above .93 of the size below the top step,
# where y would meet i (look.md, Avoid).
COVER_STEPS = ((102, 90), (81, 77), (66, 63), (54, 52), (44, 43), (36, 36), (30, 30), (24, 25))
OPENER_STEPS = ((94, 81), (72, 69), (58, 55), (46, 45), (38, 38), (32, 32), (26, 27))
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
) -> Display:
    """The largest step at which the title fits measure and height; the smallest if none does.

    The first step of covers is for titles of one word.

    Args:
        geometry: of the page, whose theme gives the face; where lists stand in one column the
            page is so much smaller or larger than A5 that the steps follow its size.
    """
    theme = geometry.theme if geometry else STANDARD
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
