"""What a printer that leaves a margin blank does not print of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zine.diagnostics import Finding, Severity, warning
from zine.impose.placing import Box
from zine.units import mm_to_pt, pt_to_mm

# Losses below this, in points, are roundings.
_NOTHING = 0.15


def printable_findings(
    pages: Iterable[tuple[int, Box, float]], sheet: tuple[float, float], margin: float
) -> Iterator[Finding]:
    """Warnings about ink in the printer's margin.

    Args:
        pages: index, trim as it lies on the sheet (points), bleed beyond it (points).
        sheet: width and height, points.
        margin: what the printer leaves blank at every edge, mm.
    """
    area = Box(0, 0, *sheet).grown(-mm_to_pt(margin))
    worst, first, bare = 0.0, -1, False
    for index, trim, bleed in pages:
        room = min(
            trim.left - area.left,
            trim.bottom - area.bottom,
            area.right - trim.right,
            area.top - trim.top,
        )
        if -room > worst + _NOTHING:
            worst, first = -room, index
        bare = bare or room < bleed - _NOTHING
    if worst:
        lost = pt_to_mm(worst)
        yield warning(
            "ink-lost",
            f"the printer leaves {margin:g} mm blank at the edges of the sheet: of page "
            f"{first + 1} it does not print the outer {lost:.1f} mm",
            hint=f"keep text and pictures {lost:.1f} mm inside the page and without bleed, print "
            "on larger paper, or scale the pages to fit",
        )
    elif bare:
        yield Finding(
            Severity.NOTE,
            "bleed-lost",
            f"the printer leaves {margin:g} mm blank at the edges of the sheet, which cuts the "
            "bleed short",
            hint="trim with care, or print on larger paper",
        )
