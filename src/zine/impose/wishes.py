"""What people write on a command line or in book.yaml, read: marks, grids, the sheet in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zine.diagnostics import UsageError, did_you_mean, error
from zine.impose.fitting import laid, lying, plan_fits, plan_too_small
from zine.impose.mark_types import Marks
from zine.impose.options import Options
from zine.impose.registry import scheme_named
from zine.impose.sheets import Plan
from zine.paper import PAPERS, SHEET_FOR_TRIM, STOCK, Paper, leaflet_widths, same_series

MARKS = ("crop", "fold", "staple", "sewing", "collation", "registration", "guides", "creases")
# Kettle stitches at head and foot, one station between them.
_STATIONS = 3
_GRID = re.compile(r"\s*(\d{1,2})\s*[x×]\s*(\d{1,2})\s*", re.IGNORECASE)
_NEAR = 1.5  # points by which a page may differ from the stock size it is taken for


def marks_named(names: Sequence[str]) -> Marks:
    """The marks of those names; "sewing" has three stations.

    Raises:
        UsageError: there is no such mark, finding "mark-unknown" for each.
    """
    wanted = [name.strip().casefold() for name in names]
    unknown = [name for name in wanted if name not in MARKS]
    if unknown:
        raise UsageError(
            error("mark-unknown", f"there is no mark “{name}”", hint=did_you_mean(name, MARKS))
            for name in unknown
        )
    marks = Marks(**{name: name in wanted for name in MARKS if name != "sewing"})
    return replace(marks, sewing=_STATIONS if "sewing" in wanted else 0)


def grid_named(text: str) -> tuple[int, int]:
    """Rows and columns of "2x4".

    Raises:
        UsageError: it is no grid, finding "grid".
    """
    match = _GRID.fullmatch(text)
    if match is None or not int(match[1]) * int(match[2]):
        hint = "write it as 2x4"
        raise UsageError([error("grid", f"“{text}” is no grid of rows and columns", hint=hint)])
    return int(match[1]), int(match[2])


def panelled(scheme: str, options: Options, sheet: Paper | None) -> Options:
    """The options with the widths that a leaflet's panels have on that sheet."""
    if sheet is None or options.widths or "widths" not in scheme_named(scheme).takes:
        return options
    return replace(options, widths=leaflet_widths(sheet))


def sheet_of_pages(plan: Plan, cell: tuple[float, float], *, fit: bool = False) -> Paper:
    """The sheet for pages of that size, points: their pair, else the smallest on which they lie.

    Args:
        plan: as made by a scheme.
        cell: width and height of a page, points.
        fit: pages will be scaled, so the sheet is the one that a single page fills.

    Raises:
        UsageError: no stock paper is large enough, finding "sheet-too-small".
    """
    by_size = sorted(STOCK, key=lambda paper: paper.width * paper.height)
    if fit:
        holds = (paper for paper in by_size if _holds_one(paper, cell))
        return next(holds, by_size[-1])
    if plan.grid == (1, 2) and not plan.panels.widths:
        for trim, sheet in SHEET_FOR_TRIM.items():
            size = (PAPERS[trim].width_pt, PAPERS[trim].height_pt)
            if max(abs(a - b) for a, b in zip(cell, size, strict=True)) < _NEAR:
                return PAPERS[sheet]
    for paper in by_size:
        lies = lying(plan, cell, paper)
        if plan_fits(lies, cell, laid(paper, lies.landscape)):
            return paper
    raise UsageError([plan_too_small(plan, cell, laid(by_size[-1], plan.landscape))])


def cover_sheet(plan: Plan, cell: tuple[float, float], sheet: Paper) -> tuple[Paper, Plan]:
    """The sheet for a cover and the plan as it lies: the inside's, else the smallest that does.

    Sheets of the series of the inside come first, A3 before Legal for A5 pages.

    Raises:
        UsageError: no stock paper is large enough, finding "sheet-too-small".
    """
    by_size = sorted(
        STOCK, key=lambda paper: (not same_series(paper, sheet), paper.width * paper.height)
    )
    for paper in (sheet, *by_size):
        lies = lying(plan, cell, paper)
        if plan_fits(lies, cell, laid(paper, lies.landscape)):
            return paper, lies
    raise UsageError([plan_too_small(plan, cell, laid(by_size[-1], plan.landscape))])


def _holds_one(paper: Paper, cell: tuple[float, float]) -> bool:
    lies = laid(paper, cell[0] > cell[1])
    return cell[0] <= lies.width_pt + _NEAR and cell[1] <= lies.height_pt + _NEAR
