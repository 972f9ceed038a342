"""Fitting: where the apparatus of an entry stands, from the measures of a first setting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from zine.typeset.geometry import LINE, Geometry
from zine.typeset.job import Anchor, Typeset
from zine.units import pt_to_mm

SUNK_LINES = 14  # lines that a short apparatus sinks, to the level of the title (look.md)
SUNK_MOST = 22  # lines of an apparatus that may sink
BELOW_GAP = 20.0  # pt between the lead and an apparatus on the same page
LEAD_GAP = 4.0  # pt at least between lead and running text on one page
CUT_MOST = 34.0  # mm that a picture may lose to a long lead
CUT_SLACK = 14.0  # pt: what a page break in the lead may leave unused above it
TIGHT_GAIN = 6.5  # pt that a row of a tight apparatus saves (entry.css, .tight)
TIGHT_SLACK = 3.0  # pt to spare
SHARED_SLACK = 6.0  # pt to spare on either page
FLOWING_CUT = 4  # lines of the grid that a picture may lose to running text under the lead
FLOWING_LEAST = 5  # lines of running text that an opener page takes at least


@dataclass(frozen=True)
class Arrangement:
    """How the parts of an entry stand.

    Args:
        name: "facing" (apparatus on a page of its own, facing the opener), "sunk" (the same,
            lowered to the title's level), "below" (apparatus on the opener page), "together"
            and "together-sunk" (running text and apparatus share the page facing the opener),
            "flowing" (running text starts under the lead), "tight" (facing, with less air between
            its rows), "shared" and "shared-tight" (its first rows below the lead, the others
            facing).
        gap: pt between the lead and what follows it on the opener page.
        cut: mm by which the picture is lower than usual, so that a long lead stays on its page.
        rows: rows of the apparatus that stand below the lead, where it is shared.
    """

    name: str = "facing"
    gap: float = 0.0
    cut: float = 0.0
    rows: int = 0


AS_MEASURED = Arrangement()
"""How an entry is set to be measured, which is how most stay."""


@dataclass(frozen=True)
class Fitter:
    """Chooses the arrangements of one publication; it goes to the workers with their jobs.

    Args:
        geometry: of its pages.
        spreads: see `fit_entry`.
    """

    geometry: Geometry
    spreads: bool

    def arrangement(self, measured: Typeset) -> Arrangement:
        """The arrangement of an entry that was set as `AS_MEASURED`."""
        return fit_entry(measured, self.geometry, spreads=self.spreads)[0]

    def stands(self, measured: Typeset) -> bool:
        """Whether an entry stays as it was set to be measured, so that its pages are wanted."""
        return self.arrangement(measured) == AS_MEASURED


def fit_entry(
    measured: Typeset, geometry: Geometry, *, spreads: bool = True
) -> tuple[Arrangement, int]:
    """The arrangement that leaves the fewest pages, and how many pages it takes.

    Args:
        measured: the section set with opener, apparatus and running text on pages of their own.
        spreads: whether every entry starts on the same side. A single page would then leave a
            blank one, so the apparatus faces the opener even where it would fit below it.
    """
    anchors = measured.anchors
    apparatus, end = anchors.get("_apparatus"), anchors.get("_apparatus-end")
    running, running_end = anchors.get("_running"), anchors.get("_running-end")
    opener_end = anchors.get("_opener-end")
    line = geometry.line
    facing = Arrangement("facing"), measured.pages
    if apparatus is None or end is None or opener_end is None:
        return facing
    foot = geometry.trim.height_pt - geometry.foot
    if opener_end.page > 0:
        over = pt_to_mm(opener_end.bottom - geometry.head + CUT_SLACK)
        if opener_end.page == 1 and over <= CUT_MOST:
            return Arrangement("facing", cut=math.ceil(over)), measured.pages - 1
        return facing
    if apparatus.page != end.page:
        spilt = end.bottom - geometry.head
        rows = [anchor for name, anchor in anchors.items() if name.startswith("_row-")]
        filled = max((row.bottom for row in rows if row.page == apparatus.page), default=foot)
        room = foot - filled + len(rows) * TIGHT_GAIN
        # Tight rows are drawn for the house's grid.
        tight = line == LINE and end.page == apparatus.page + 1
        if tight and spilt + TIGHT_SLACK <= room:
            return Arrangement("tight"), measured.pages - 1
        shared = _shared(anchors, geometry) if end.page == apparatus.page + 1 else None
        return (shared, measured.pages - 1) if shared else facing
    height = end.bottom - apparatus.top
    sinks = math.ceil(height / line) <= min(SUNK_MOST, geometry.lines - SUNK_LINES)
    apart = Arrangement("sunk" if sinks else "facing"), measured.pages
    if running is None or running_end is None:
        if not spreads and opener_end.bottom + BELOW_GAP + height <= foot:
            return Arrangement("below", BELOW_GAP), 1
        return apart
    if running.page != running_end.page:
        return apart
    text = running_end.bottom - running.top
    block = geometry.block
    if text + line + height <= block:
        low = text + line + height <= min(SUNK_MOST, geometry.lines - SUNK_LINES) * line
        return Arrangement("together-sunk" if low else "together"), 2
    gap = _gap_to_grid(opener_end.bottom, geometry)
    room = math.floor((foot - opener_end.bottom - gap) / line + 0.01) * line
    # A line of slack: a paragraph that breaks over the page keeps two lines on either side.
    over = text - room + 2 * line + height - block
    lines = max(0, math.ceil(over / line - 0.01))
    if lines * line <= FLOWING_CUT * LINE and room + lines * line >= FLOWING_LEAST * line:
        return Arrangement("flowing", gap, pt_to_mm(lines * line)), 2
    return apart


def _shared(anchors: Mapping[str, Anchor], geometry: Geometry) -> Arrangement | None:
    """Rows of relations below the lead, as many as bring the others onto one page; or None.

    A third page that holds the links alone would leave most of a spread white.
    """
    foot = geometry.trim.height_pt - geometry.foot
    rows = {name: one for name, one in anchors.items() if name.startswith("_row-")}
    rest = sum(row.bottom - row.top for row in rows.values()) + SHARED_SLACK
    room = foot - anchors["_opener-end"].bottom - BELOW_GAP
    moved = 0.0
    for count in range(1, len(rows)):
        row = rows.get(f"_row-{count}")
        if row is None:
            return None
        moved += row.bottom - row.top
        rest -= row.bottom - row.top
        cut = max(0.0, pt_to_mm(moved + SHARED_SLACK - room))
        if cut > CUT_MOST:
            return None
        gain = TIGHT_GAIN * (len(rows) - count)
        for name, height in (("shared", rest), ("shared-tight", rest - gain)):
            if height <= geometry.block:
                return Arrangement(name, BELOW_GAP, math.ceil(cut), count)
    return None


def _gap_to_grid(bottom: float, geometry: Geometry) -> float:
    """From the end of the lead, which is off the grid, to the next line but a half of the grid."""
    used = bottom + LEAD_GAP - geometry.head
    return math.ceil(used / geometry.line) * geometry.line - (bottom - geometry.head)
