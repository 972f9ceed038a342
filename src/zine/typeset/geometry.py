"""Page geometry: trim, margins and the baseline grid, in mm and pt."""

from __future__ import annotations

import math
from dataclasses import dataclass

from zine.paper import Paper
from zine.units import mm_to_pt, pt_to_mm

# The page of look.md: A5 with 37 lines of 13.5 pt under a head margin of 15 mm.
LINE = 13.5
HEAD_MM = 15.0
INNER_SHARE = 17.0 / 148.0
OUTER_SHARE = 20.0 / 148.0
FOOT_LEAST = 46.0  # pt: folio on the second line below the block, and paper under it


@dataclass(frozen=True)
class Geometry:
    """Measures of a page.

    Args:
        trim: size of the page after trimming, mm.
        bleed: mm beyond the trim.
    """

    trim: Paper
    bleed: float

    @property
    def inner(self) -> float:
        """Inner margin, mm; keeps the proportion of A5."""
        return round(self.trim.width * INNER_SHARE, 3)

    @property
    def outer(self) -> float:
        """Outer margin, mm."""
        return round(self.trim.width * OUTER_SHARE, 3)

    @property
    def measure(self) -> float:
        """Width of the text block, mm."""
        return self.trim.width - self.inner - self.outer

    @property
    def lines(self) -> int:
        """Lines of a full page."""
        return math.floor((self.trim.height_pt - mm_to_pt(HEAD_MM) - FOOT_LEAST) / LINE)

    @property
    def head(self) -> float:
        """Head margin, pt."""
        return mm_to_pt(HEAD_MM)

    @property
    def foot(self) -> float:
        """Foot margin, pt: what the lines leave."""
        return self.trim.height_pt - self.head - self.lines * LINE

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
            "block-height": f"{self.lines * LINE:.2f}pt",
            "bleed-width": f"{self.bleed_width:.4f}mm",
            "bleed-hang": f"{-(self.outer + self.bleed):.4f}mm",
            "bleed-rise": f"{-(pt_to_mm(self.head) + self.bleed):.4f}mm",
        }
        return ":root{" + "".join(f"--{name}:{value};" for name, value in measures.items()) + "}"
