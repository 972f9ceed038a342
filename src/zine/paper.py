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


# ISO 216, ISO 217 (SRA3) and ANSI Y14.1 sizes in mm, portrait. The two universal ones are what A4
# and Letter, half of either, have in common: a file of that size prints on both without scaling.
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
        Paper("universal", 139.7, 210),
        Paper("universal-sheet", 210, 279.4),
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
    "universal": "universal-sheet",
}
TRIM_FOR_SHEET = {sheet: trim for trim, sheet in SHEET_FOR_TRIM.items()}
# Paper that a shop sells; the universal sizes are only ever printed on it.
STOCK = tuple(paper for paper in PAPERS.values() if not paper.name.startswith("universal"))

# What most desktop printers leave blank at every edge, mm (a quarter of an inch).
PRINTER_MARGIN = 6.35
# How much narrower the flap of a C-fold is, mm: metric 3 (foa.dk), US a sixteenth of an inch.
_FLAP = 3.0
_FLAP_US = MM_PER_INCH / 16
_US = ("letter", "half-letter", "quarter-letter", "legal", "tabloid")

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


def same_series(one: Paper, other: Paper) -> bool:
    """Whether both are US sizes, or neither is."""
    return (one.name in _US) is (other.name in _US)


def lies_on(trim: Paper, sheet: Paper, grid: tuple[int, int]) -> bool:
    """Whether a grid (rows, columns) of pages lies on a sheet as the sheet is turned, unscaled."""
    rows, columns = grid
    # A hundredth of a mm for measures given in inches.
    return columns * trim.width <= sheet.width + 0.01 and rows * trim.height <= sheet.height + 0.01


def paired_sheet(trim: Paper, grid: tuple[int, int] = (1, 2)) -> Paper | None:
    """The smallest stock paper, portrait, on which a grid (rows, columns) of pages lies.

    Two A5 go on A4, four A6 or eight A7 as well, two half-letters on Letter; two universal pages
    go on the universal sheet. None where there is no such paper.
    """
    if grid == (1, 2) and trim.name in SHEET_FOR_TRIM:
        return PAPERS[SHEET_FOR_TRIM[trim.name]]
    wide = [p for p in STOCK if lies_on(trim, p, grid) or lies_on(trim, p.turned(), grid)]
    return min(wide, key=lambda paper: paper.width * paper.height, default=None)


def paired_trim(sheet: Paper, grid: tuple[int, int] = (1, 2)) -> Paper | None:
    """The largest stock size, portrait, of which a grid (rows, columns) lies on the sheet.

    A4 holds two A5, four A6 (2, 2), eight A7 (2, 4). None where there is none.
    """
    if grid == (1, 2) and sheet.name in TRIM_FOR_SHEET:
        return PAPERS[TRIM_FOR_SHEET[sheet.name]]
    small = [p for p in STOCK if lies_on(p, sheet, grid) or lies_on(p, sheet.turned(), grid)]
    return max(small, key=lambda paper: paper.width * paper.height, default=None)


def live_area(sheet: Paper, margin: float = PRINTER_MARGIN) -> tuple[float, float]:
    """Width and height, mm, that a printer can ink when it leaves `margin` mm blank all round.

    197.3 × 266.7 mm of the universal sheet (print-conventions.md §9).

    Raises:
        ValueError: nothing is left.
    """
    width, height = sheet.width - 2 * margin, sheet.height - 2 * margin
    if margin < 0 or width <= 0 or height <= 0:
        raise ValueError(f"a margin of {margin:g} mm leaves nothing of {sheet.name}")
    return width, height


def leaflet_widths(sheet: Paper, narrower: float | None = None) -> tuple[float, float, float]:
    """Widths, mm, of a C-fold's panels from the left of its outside: flap, back, front.

    97, 100, 100 mm on A4 and 3 5/8, 3 11/16, 3 11/16 in on Letter (print-conventions.md §6).

    Args:
        sheet: either way up; the panels lie along its longer side.
        narrower: mm by which the flap is narrower; None is 3 mm, on US sizes a sixteenth of an
            inch.

    Raises:
        ValueError: the flap is not narrower, or nothing is left of it.
    """
    length = max(sheet.width, sheet.height)
    less = narrower if narrower is not None else _FLAP_US if sheet.name in _US else _FLAP
    if not 0 < less < length / 2:
        raise ValueError("the flap is narrower than the other panels, and wider than nothing")
    panel = (length + less) / 3
    return panel - less, panel, panel
