"""Page geometry: trim, margins and the baseline grid, in mm and pt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from zine.paper import Paper
from zine.settings import STANDARD, Theme
from zine.units import mm_to_pt, pt_to_mm

# The page of look.md: A5 with 37 lines of 13.5 pt under a head margin of 15 mm.
LINE = 13.5
HEAD_MM = 15.0
INNER_SHARE = 17.0 / 148.0
OUTER_SHARE = 20.0 / 148.0
FOOT_LEAST = 46.0  # pt: folio on the second line below the block, and paper under it
PICTURE_MM = 72.0  # look.md, Entry opener page
PHOTOGRAPH_MM = 84.0
A5_WIDTH, A5_HEIGHT = 148.0, 210.0
FULL_LEAST = 1 / 3  # of the type area's depth: a page that is emptier looks like a mistake
SUNK_MORE = 2  # lines from the foot of a picture to the title
NARROW = 95.0  # mm: a measure that has no room for two columns


@dataclass(frozen=True)
class Geometry:
    """Measures of a page.

    Args:
        trim: size of the page after trimming, mm.
        bleed: mm beyond the trim.
        theme: its grid and margins, where it has any of its own.
    """

    trim: Paper
    bleed: float
    theme: Theme = STANDARD

    @property
    def line(self) -> float:
        """The grid, pt."""
        return self.theme.line

    @property
    def scale(self) -> float:
        """Size of the page relative to A5, by the tighter side."""
        return min(self.trim.width / A5_WIDTH, self.trim.height / A5_HEIGHT)

    @property
    def inner(self) -> float:
        """Inner margin, mm; keeps the proportion of A5."""
        if self.theme.inner is not None:
            return self.theme.inner
        return round(self.trim.width * INNER_SHARE, 3)

    @property
    def outer(self) -> float:
        """Outer margin, mm."""
        if self.theme.outer is not None:
            return self.theme.outer
        return round(self.trim.width * OUTER_SHARE, 3)

    @property
    def measure(self) -> float:
        """Width of the text block, mm."""
        return self.trim.width - self.inner - self.outer

    @property
    def columns(self) -> int:
        """Columns of lists and apparatus."""
        return self.theme.columns or (1 if self.measure < NARROW else 2)

    @property
    def lines(self) -> int:
        """Lines of a full page."""
        # Folio on the second line below the block, and paper under it; on narrow pages a note on
        # the third.
        least = FOOT_LEAST + (LINE if self.measure < NARROW else 0.0)
        if self.theme.foot is not None:
            least = mm_to_pt(self.theme.foot)
        return math.floor((self.trim.height_pt - self.head - least) / self.line + 1e-6)

    @property
    def head_mm(self) -> float:
        """Head margin, mm; on pages lower than A5 in proportion."""
        if self.theme.head is not None:
            return self.theme.head
        return round(HEAD_MM * min(1.0, self.trim.height / A5_HEIGHT), 3)

    @property
    def head(self) -> float:
        """Head margin, pt."""
        return mm_to_pt(self.head_mm)

    @property
    def foot(self) -> float:
        """Foot margin, pt: what the lines leave."""
        return self.trim.height_pt - self.head - self.block

    @property
    def block(self) -> float:
        """Height of the lines of a full page, pt."""
        return self.lines * self.line

    @property
    def picture(self) -> float:
        """Height of a drawing on an opener, mm: 72 on A5, on lower pages in proportion."""
        if self.theme.picture is not None:
            return self.theme.picture
        return round(PICTURE_MM * min(1.0, self.trim.height / A5_HEIGHT), 3)

    @property
    def sunk(self) -> int:
        """Lines by which a short page sinks to the level of the titles of openers: 14 on A5."""
        return round(mm_to_pt(self.picture - self.head_mm) / self.line + SUNK_MORE)

    @property
    def photograph(self) -> float:
        """Height of a photograph on an opener, mm: 84 on A5."""
        return round(PHOTOGRAPH_MM / PICTURE_MM * self.picture, 3)

    @property
    def bleed_width(self) -> float:
        """Width of a picture that bleeds on either hand, mm."""
        return self.measure + 2 * (self.outer + self.bleed)

    def custom_properties(self) -> str:
        """A CSS rule that hands the measures to the style sheets."""
        measures = {
            "trim-width": f"{self.trim.width:.4f}mm",
            "trim-height": f"{self.trim.height:.4f}mm",
            "bleed": f"{self.bleed:.3f}mm",
            "margin-head": f"{self.head:.4f}pt",
            "margin-foot": f"{self.foot:.4f}pt",
            "margin-inner": f"{self.inner:.4f}mm",
            "margin-outer": f"{self.outer:.4f}mm",
            "measure": f"{self.measure:.4f}mm",
            "block-height": f"{self.block:.2f}pt",
            "picture-full": f"{self.picture:.4f}mm",
            "photograph-full": f"{self.photograph:.4f}mm",
            "bleed-width": f"{self.bleed_width:.4f}mm",
            "bleed-hang": f"{-(self.outer + self.bleed):.4f}mm",
            "bleed-rise": f"{-(pt_to_mm(self.head) + self.bleed):.4f}mm",
        }
        return ":root{" + "".join(f"--{name}:{value};" for name, value in measures.items()) + "}"
