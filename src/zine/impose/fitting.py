"""Do the pages fit: their sizes against the sheet, their number against the staples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zine.diagnostics import Finding, Severity, UsageError, error, warning
from zine.impose.placing import Layout, PageBoxes, Spot, gaps, layout
from zine.impose.sheets import Plan
from zine.impose.turning import oriented
from zine.paper import STOCK, Paper
from zine.units import mm_to_pt, pt_to_mm

# Programs round page sizes up to whole points, so every page may be up to 1 pt too large.
ROUNDING_PT = 1.0
# Most home staplers take 10 to 12 sheets; shops saddle-stitch up to 48 pages, some up to 64
# (print-conventions.md §10).
_HOME_STAPLER_PAGES = 40
_SADDLE_PAGES = 64


def sheet_for(trim: Paper, sheet: Paper, grid: tuple[int, int] = (1, 2)) -> Paper:
    """The sheet, lying as a grid (rows, columns) of pages of `trim` needs it.

    Landscape wherever they fit on it; portrait for those that fit in no other way (their plan is
    then made with `landscape=False`).

    Raises:
        UsageError: the pages do not fit, finding "sheet-too-small".
    """
    size = (trim.width_pt, trim.height_pt)
    for landscape in (True, False):
        if fits(size, grid, laid(sheet, landscape)):
            return laid(sheet, landscape)
    # The complaint speaks of the way in which the least is missing.
    tall = grid[0] * size[1] > grid[1] * size[0]
    raise UsageError([too_small(size, grid, laid(sheet, landscape=not tall))])


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


def lying(plan: Plan, cell: tuple[float, float], sheet: Paper, *, fit: bool = False) -> Plan:
    """The plan on a sheet that lies as the pages need it; as it is where they do not fit anyway.

    Args:
        plan: made for portrait pages, as a rule.
        cell: width and height of a page, points.
        sheet: either way up.
        fit: pages are scaled; the way is taken in which they come out larger.
    """
    other = oriented(plan, not plan.landscape)
    if fit:
        sizes = [_factor(one, cell, laid(sheet, one.landscape)) for one in (plan, other)]
        return other if sizes[1] > sizes[0] * 1.001 else plan
    if plan_fits(plan, cell, laid(sheet, plan.landscape)):
        return plan
    return other if plan_fits(other, cell, laid(sheet, other.landscape)) else plan


def plan_fits(plan: Plan, cell: tuple[float, float], sheet: Paper) -> bool:
    """Whether the cells lie on the sheet, as it is turned, with pages of that size in points."""
    rows, columns = plan.grid
    width, height = _block(plan, cell)
    return width <= sheet.width_pt + columns * ROUNDING_PT and (
        height <= sheet.height_pt + rows * ROUNDING_PT
    )


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
    block = (columns * cell[0], rows * cell[1])
    return _too_small(cell, grid, block, sheet)


def plan_too_small(plan: Plan, cell: tuple[float, float], sheet: Paper) -> Finding:
    """The same for a plan, gaps and panels considered."""
    return _too_small(cell, plan.grid, _block(plan, cell), sheet)


def size_findings(pages: Sequence[tuple[int, PageBoxes]]) -> Iterator[Finding]:
    """A warning where pages differ in size by more than a rounding.

    Args:
        pages: index and boxes of those that ought to be alike.
    """
    if not pages:
        return
    first, size = pages[0][0] + 1, pages[0][1].size()
    odd = [
        (index + 1, page.size())
        for index, page in pages
        if any(abs(a - b) > 2 * ROUNDING_PT for a, b in zip(page.size(), size, strict=True))
    ]
    if odd:
        yield warning(
            "page-sizes",
            f"page {odd[0][0]} is {size_text(*odd[0][1])}, page {first} is {size_text(*size)}; "
            f"{len(odd)} of {len(pages)} pages differ from page {first}",
            hint="pages are never scaled, smaller ones stand in the middle of their place; "
            "give all pages one size",
        )


def room_findings(spots: Sequence[Spot], boxes: Sequence[PageBoxes]) -> Iterator[Finding]:
    """Where a page is larger than its own place, such as a panel narrower than the others."""
    for spot in spots:
        page = spot.cell.page
        if page is None:
            continue
        width, height = boxes[page].size(spot.cell.rotation)
        over = max(width - spot.room.width, height - spot.room.height)
        if over > ROUNDING_PT:
            yield warning(
                "page-cut",
                f"page {page + 1} is {size_text(width, height)}, its place "
                f"{size_text(spot.room.width, spot.room.height)}: "
                f"{pt_to_mm(over / 2):.1f} mm are cut off on either side",
                hint="typeset the page in the size of its place",
            )


def scale_of(spot: Spot, page: PageBoxes, inset: tuple[float, float] = (0.0, 0.0)) -> float:
    """The factor by which a page fills its place without going beyond it.

    Args:
        inset: points at the sides, and at head and foot, that it leaves free.
    """
    width, height = page.size(spot.cell.rotation)
    return min((spot.room.width - 2 * inset[0]) / width, (spot.room.height - 2 * inset[1]) / height)


def inset_for(places: Layout, margin: float) -> tuple[float, float]:
    """How far, points, pages stay inside their places so that a printer's margin takes nothing.

    The same in all places, so that all pages come out alike; the places stay where folds and cuts
    want them.

    Args:
        places: of the front.
        margin: mm at the edges of the sheet.
    """
    free = mm_to_pt(margin)
    return max(0.0, free - places.block.left), max(0.0, free - places.block.bottom)


def scale_findings(factors: Sequence[float]) -> Iterator[Finding]:
    """A note on pages that do not keep their size."""
    low, high = min(factors, default=1.0), max(factors, default=1.0)
    if high - low > 0.0005 or abs(high - 1) > 0.0005:
        by = f"{100 * low:.1f} %" + (f" to {100 * high:.1f} %" if high - low > 0.0005 else "")
        yield Finding(Severity.NOTE, "page-scaled", f"pages are scaled to {by} to fit their places")


def size_text(width: float, height: float) -> str:
    """A size in points, in words: "148 × 210 mm"."""
    return f"{round(pt_to_mm(width), 1):g} × {round(pt_to_mm(height), 1):g} mm"


def _block(plan: Plan, cell: tuple[float, float]) -> tuple[float, float]:
    """Width and height of all cells with their gaps, points."""
    rows, columns = plan.grid
    across, down = gaps(plan)
    widths = [mm_to_pt(width) for width in plan.panels.widths] or [cell[0]] * columns
    heights = [mm_to_pt(height) for height in plan.panels.heights] or [cell[1]] * rows
    return sum(widths) + sum(across), sum(heights) + sum(down)


def _factor(plan: Plan, cell: tuple[float, float], sheet: Paper) -> float:
    places = layout(plan, cell, (sheet.width_pt, sheet.height_pt), fit=True)
    (left, right), (foot, head) = places.columns[0], places.rows[0]
    return min((right - left) / cell[0], (head - foot) / cell[1])


def _too_small(
    cell: tuple[float, float], grid: tuple[int, int], block: tuple[float, float], sheet: Paper
) -> Finding:
    rows, columns = grid
    landscape = sheet.width > sheet.height

    def holds(paper: Paper) -> bool:
        lies = laid(paper, landscape)
        return block[0] <= lies.width_pt + columns and block[1] <= lies.height_pt + rows

    best = min(filter(holds, STOCK), key=lambda paper: paper.width * paper.height, default=None)
    most = size_text(
        cell[0] - (block[0] - sheet.width_pt) / columns if columns > 1 else sheet.width_pt,
        cell[1] - (block[1] - sheet.height_pt) / rows if rows > 1 else sheet.height_pt,
    )
    how = "side by side" if rows == 1 else f"in {rows} rows"
    return error(
        "sheet-too-small",
        f"{rows * columns} pages of {size_text(*cell)} {how} need {size_text(*block)}; "
        f"the sheet {sheet.name}, {'landscape' if landscape else 'portrait'}, is "
        f"{size_text(sheet.width_pt, sheet.height_pt)}",
        hint=(f"print on {best.name}, or " if best else "")
        + f"choose a trim of at most {most}; pages are never scaled",
    )
