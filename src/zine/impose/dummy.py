"""Numbered dummy pages, made for the places of a plan: big digits drawn of bars, no font needed."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name

from zine.impose.fitting import laid
from zine.impose.placing import gaps
from zine.impose.sheets import Plan
from zine.paper import Paper
from zine.units import mm_to_pt

# Seven bars in a box 1 wide and 2 high: from, to.
_BARS = {
    "a": ((0, 2), (1, 2)),
    "b": ((1, 2), (1, 1)),
    "c": ((1, 1), (1, 0)),
    "d": ((0, 0), (1, 0)),
    "e": ((0, 1), (0, 0)),
    "f": ((0, 2), (0, 1)),
    "g": ((0, 1), (1, 1)),
}
_DIGITS = ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg")
_STEP = 1.6  # from one digit to the next, in widths of a digit


def dummy_pages(plan: Plan, sheet: Paper) -> bytes:
    """A PDF with a page for every page of the plan, as large as its place on the sheet.

    An arrow points to the head of the page and a bar lies under the number, so that none can be
    mistaken for another one upside down.
    """
    paper = laid(sheet, plan.landscape)
    rows, columns = plan.grid
    across, down = gaps(plan)
    width = (paper.width_pt - sum(across)) / columns
    height = (paper.height_pt - sum(down)) / rows
    if plan.panels.widths:
        width = min(mm_to_pt(one) for one in plan.panels.widths)
    sizes: dict[int, tuple[float, float]] = {}
    for cell in plan.cells:
        if cell.page is not None:
            size = (width * cell.span[1], height * cell.span[0])
            sizes[cell.page] = size if cell.rotation % 180 == 0 else size[::-1]
    with pikepdf.new() as pdf:
        for index in range(plan.pages):
            size = sizes.get(index, (width, height))
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *(round(one, 3) for one in size)]),
                Resources=Dictionary(),
                Contents=pdf.make_stream(_number(index + 1, *size).encode("ascii")),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
        return stream.getvalue()


def _number(number: int, width: float, height: float) -> str:
    """The number in the middle, a bar under it, an arrow towards the head."""
    digits = str(number)
    wide = 1 + _STEP * (len(digits) - 1)
    unit = min(0.5 * width / wide, 0.22 * height)
    left, foot = (width - unit * wide) / 2, height / 2 - unit
    lines = [f"0 G 0 g 1 J 1 j {unit / 6:.3f} w"]
    for place, digit in enumerate(digits):
        x = left + place * _STEP * unit
        for bar in _DIGITS[int(digit)]:
            (x0, y0), (x1, y1) = _BARS[bar]
            lines.append(
                f"{x + x0 * unit:.3f} {foot + y0 * unit:.3f} m "
                f"{x + x1 * unit:.3f} {foot + y1 * unit:.3f} l S"
            )
    under = foot - 0.45 * unit
    lines.append(f"{unit / 14:.3f} w {left:.3f} {under:.3f} m {width - left:.3f} {under:.3f} l S")
    tip, size = height - 0.08 * height, 0.05 * min(width, height)
    middle = width / 2
    lines.append(
        f"{middle:.3f} {tip:.3f} m {middle - size:.3f} {tip - 1.5 * size:.3f} l "
        f"{middle + size:.3f} {tip - 1.5 * size:.3f} l h f"
    )
    return "\n".join(lines)
