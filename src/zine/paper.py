"""Paper: sheet and trim sizes by name or by measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zine.diagnostics import UsageError, did_you_mean, error
from zine.units import MM_PER_INCH, mm_to_pt


@dataclass(frozen=True)
class Paper:
    """A size of paper, portrait unless turned.

    Args:
        name: lower-case name, as it stands in file names ("a4", "half-letter", "120x200mm").
        width: mm.
        height: mm.
    """

    name: str
    width: float
    height: float

    @property
    def width_pt(self) -> float:
        """Width in points."""
        return mm_to_pt(self.width)

    @property
    def height_pt(self) -> float:
        """Height in points."""
        return mm_to_pt(self.height)

    def turned(self) -> Paper:
        """The same paper with width and height exchanged."""
        return Paper(self.name, self.height, self.width)


# ISO 216, ISO 217 (SRA3) and ANSI Y14.1 sizes in mm, portrait.
PAPERS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("a3", 297, 420),
        Paper("a4", 210, 297),
        Paper("a5", 148, 210),
        Paper("a6", 105, 148),
        Paper("a7", 74, 105),
        Paper("sra3", 320, 450),
        Paper("letter", 215.9, 279.4),
        Paper("half-letter", 139.7, 215.9),
        Paper("quarter-letter", 107.95, 139.7),
        Paper("legal", 215.9, 355.6),
        Paper("tabloid", 279.4, 431.8),
    )
}

# The sheet on which two pages of a trim lie side by side, and back.
SHEET_FOR_TRIM = {
    "a6": "a5",
    "a5": "a4",
    "a4": "a3",
    "quarter-letter": "half-letter",
    "half-letter": "letter",
    "letter": "tabloid",
}
TRIM_FOR_SHEET = {sheet: trim for trim, sheet in SHEET_FOR_TRIM.items()}

_MEASURE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(mm|in)\s*$", re.IGNORECASE)


def parse_paper(text: str) -> Paper:
    """A paper by name (any case) or by measure, "120x200mm" or "5.5x8.5in".

    Raises:
        UsageError: the name is unknown; the hint has the nearest names.
    """
    name = text.strip().casefold().replace("_", "-").replace(" ", "-")
    if name in PAPERS:
        return PAPERS[name]
    match = _MEASURE.match(text)
    if match:
        factor = MM_PER_INCH if match[3].lower() == "in" else 1.0
        width, height = float(match[1]) * factor, float(match[2]) * factor
        if width > 0 and height > 0:
            return Paper(f"{match[1]}x{match[2]}{match[3].lower()}", width, height)
    known = list(PAPERS)
    raise UsageError(
        [
            error(
                "paper-unknown",
                f"there is no paper called “{text}”",
                hint=did_you_mean(text, known) + " A measure such as 120x200mm works too.",
            )
        ]
    )
