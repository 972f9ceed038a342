"""Do the pages fit: their sizes against the sheet, their number against the staples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zine.diagnostics import Finding, UsageError, error, warning
from zine.impose.placing import PageBoxes
from zine.paper import PAPERS, Paper
from zine.units import pt_to_mm

# Programs round page sizes up to whole points, so every page may be up to 1 pt too large.
ROUNDING_PT = 1.0
# Most home staplers take 10 to 12 sheets; shops saddle-stitch up to 48 pages, some up to 64
# (print-conventions.md §10).
_HOME_STAPLER_PAGES = 40
_SADDLE_PAGES = 64


def sheet_for(trim: Paper, sheet: Paper) -> Paper:
    """The sheet, lying as two pages of `trim` side by side need it.

    Landscape wherever they fit on it; portrait for narrow formats that fit in no other way (their
    plan is then made with `landscape=False`).

    Raises:
        UsageError: the two pages do not fit, finding "sheet-too-small".
    """
    size = (trim.width_pt, trim.height_pt)
    for landscape in (True, False):
        if fits(size, (1, 2), laid(sheet, landscape)):
            return laid(sheet, landscape)
    raise UsageError([too_small(size, (1, 2), laid(sheet, landscape=True))])


def length_findings(pages: int) -> tuple[Finding, ...]:
    """Advice on the length of a saddle-stitched booklet of so many pages; never an error.

    More than 40 pages are a warning about staples, more than 64 one that recommends signatures.
    """
    sheets = -(-pages // 4)
    if pages > _SADDLE_PAGES:
        return (
            warning(
                "booklet-too-thick",
                f"{pages} pages make {sheets} sheets in one fold: too thick to staple through "
                "the fold, and the inner pages stand out at the fore edge",
                hint="sew it in signatures of 4 to 8 sheets, bind it with glue, or split it",
            ),
        )
    if pages > _HOME_STAPLER_PAGES:
        return (
            warning(
                "booklet-thick",
                f"{pages} pages make {sheets} sheets; a home stapler takes 10 to 12",
                hint="use a heavy-duty long-arm stapler, sew it with three holes, or split it",
            ),
        )
    return ()


def laid(sheet: Paper, landscape: bool) -> Paper:
    """The sheet turned to lie landscape or portrait."""
    return sheet if (sheet.width > sheet.height) is landscape else sheet.turned()


def fits(cell: tuple[float, float], grid: tuple[int, int], sheet: Paper) -> bool:
    """Whether a grid (rows, columns) of cells of that width and height in points fits the sheet."""
    rows, columns = grid
    return (
        columns * cell[0] <= sheet.width_pt + columns * ROUNDING_PT
        and rows * cell[1] <= sheet.height_pt + rows * ROUNDING_PT
    )


def too_small(cell: tuple[float, float], grid: tuple[int, int], sheet: Paper) -> Finding:
    """The error "sheet-too-small": both sizes, and the smallest paper that would do."""
    rows, columns = grid
    landscape = sheet.width > sheet.height
    larger = [p for p in PAPERS.values() if fits(cell, grid, laid(p, landscape))]
    best = min(larger, key=lambda paper: paper.width * paper.height, default=None)
    most = size_text(sheet.width_pt / columns, sheet.height_pt / rows)
    return error(
        "sheet-too-small",
        f"{rows * columns} pages of {size_text(*cell)} side by side need "
        f"{size_text(columns * cell[0], rows * cell[1])}; the sheet {sheet.name}, "
        f"{'landscape' if landscape else 'portrait'}, is "
        f"{size_text(sheet.width_pt, sheet.height_pt)}",
        hint=(f"print on {best.name}, or " if best else "")
        + f"choose a trim of at most {most}; pages are never scaled",
    )


def size_findings(boxes: Sequence[PageBoxes]) -> Iterator[Finding]:
    """A warning where pages differ in size by more than a rounding."""
    width, height = boxes[0].size()
    odd = [
        number
        for number, page in enumerate(boxes, start=1)
        if max(abs(page.size()[0] - width), abs(page.size()[1] - height)) > 2 * ROUNDING_PT
    ]
    if odd:
        yield warning(
            "page-sizes",
            f"page {odd[0]} is {size_text(*boxes[odd[0] - 1].size())}, page 1 is "
            f"{size_text(width, height)}; {len(odd)} of {len(boxes)} pages differ from page 1",
            hint="pages are never scaled, smaller ones stand in the middle of their place; "
            "give all pages one size",
        )


def size_text(width: float, height: float) -> str:
    """A size in points, in words: "148 × 210 mm"."""
    return f"{round(pt_to_mm(width), 1):g} × {round(pt_to_mm(height), 1):g} mm"
