"""Fitting: where the apparatus of an entry stands, from the measures of a first setting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zine.typeset.geometry import FULL_LEAST, LINE, Geometry
from zine.typeset.job import Anchor, Typeset
from zine.units import pt_to_mm

SUNK_MOST = 22  # lines of an apparatus that may sink (look.md)
BELOW_GAP = 20.0  # pt between the lead and an apparatus on the same page
LEAD_GAP = 4.0  # pt at least between lead and running text on one page
CUT_MOST = 34.0  # mm that a picture may lose to a long lead
CUT_SLACK = 14.0  # pt: what a page break in the lead may leave unused above it
TIGHT_GAIN = 6.5  # pt that a row of a tight apparatus saves (entry.css, .tight)
TIGHT_SLACK = 3.0  # pt to spare
SHARED_SLACK = 6.0  # pt to spare on either page
FLOWING_CUT = 4  # lines of the grid that a picture may lose to running text under the lead
FLOWING_LEAST = 5  # lines of running text that an opener page takes at least
SHORT_MOST = 1 / 3  # of the lines of a page, by which it may be short
EVEN_SLACK = 1.0  # line of a last page that may be air below its ink


@dataclass(frozen=True)
class Arrangement:
    """How the parts of an entry stand.

    Args:
        name: "facing" (apparatus on a page of its own, facing the opener), "sunk" (the same,
            lowered to the title's level), "below" (apparatus on the opener page), "together"
            and "together-sunk" (running text and apparatus share the page facing the opener),
            "flowing" (running text starts under the lead), "following" (running text starts under
            the last rows of an apparatus that goes on over the page), "tight" (facing, with less
            air between its rows), "shared" and "shared-tight" (its first rows below the lead, the
            others facing).
        gap: pt between the lead and what follows it on the opener page.
        cut: mm by which the picture is lower than usual, so that a long lead stays on its page.
        rows: rows of the apparatus that stand below the lead, where it is shared.
        short: lines by which pages are short, so that the last one is not nearly empty.
        short_from: the first of them, an index.
        low: whether running text sinks as a short apparatus does.
    """

    name: str = "facing"
    gap: float = 0.0
    cut: float = 0.0
    rows: int = 0
    short: int = 0
    short_from: int = 0
    low: bool = False


ON_A_SPREAD = ("flowing", "together", "together-sunk")
"""Arrangements that are chosen to take two pages."""
AS_MEASURED = Arrangement()
"""How a section is set to be measured, which is how most stay."""


SUNK = Arrangement("sunk")
"""How an entry is set to be measured whose apparatus will probably be short."""


@dataclass(frozen=True)
class Fitter:
    """Chooses the arrangements of one publication; it goes to the workers with the jobs.

    Args:
        geometry: of its pages.
        spreads: see `fit_entry`.
    """

    geometry: Geometry
    spreads: bool

    def arrangement(self, measured: Typeset, foreseen: Arrangement = AS_MEASURED) -> Arrangement:
        """The arrangement of a section.

        Args:
            foreseen: how it was set, as `AS_MEASURED` or `SUNK`.
        """
        if foreseen == SUNK:
            raised = _raised(measured, self.geometry)
            if raised is None:
                return AS_MEASURED
            chosen = fit_entry(raised, self.geometry, spreads=self.spreads)[0]
        else:
            chosen = fit_entry(measured, self.geometry, spreads=self.spreads)[0]
        return self.evened(measured, chosen) if chosen == foreseen else chosen

    def evened(self, made: Typeset, arrangement: Arrangement) -> Arrangement:
        """The arrangement by which the last page of a section is fuller; the same if it is full."""
        return even(made, arrangement, self.geometry)

    def stands(self, measured: Typeset, foreseen: Arrangement = AS_MEASURED) -> bool:
        """Whether a section stays as it was set to be measured, so that its pages are wanted."""
        return self.arrangement(measured, foreseen) == foreseen


def sinks(height: float, geometry: Geometry) -> bool:
    """Whether an apparatus so high, pt, that has a page to itself stands level with the title."""
    most = min(SUNK_MOST, geometry.lines - geometry.sunk)
    return math.ceil(height / geometry.line) <= most


def _raised(sunk: Typeset, geometry: Geometry) -> Typeset | None:
    """The measures of a section as they are without sinking its apparatus; None if not known."""
    apparatus, end = sunk.anchors.get("_apparatus"), sunk.anchors.get("_apparatus-end")
    if apparatus is None or end is None or apparatus.page != end.page:
        return None
    up = geometry.sunk * geometry.line
    moved = {
        name: replace(one, top=one.top - up, bottom=one.bottom - up)
        for name, one in sunk.anchors.items()
        if name == "_apparatus-end" or name.startswith("_row-")
    }
    # Its own box begins where the page does, sunk or not.
    moved["_apparatus"] = replace(apparatus, bottom=apparatus.bottom - up)
    return replace(sunk, anchors={**sunk.anchors, **moved})


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
    opener_end = anchors.get("_opener-end")
    if apparatus is None or end is None or opener_end is None:
        return Arrangement("facing"), measured.pages
    if opener_end.page == 0:
        return _fit_behind(measured, geometry, spreads=spreads)
    over = pt_to_mm(opener_end.bottom - geometry.head + CUT_SLACK)
    if opener_end.page == 1 and over <= CUT_MOST:
        arrangement, pages = _fit_behind(measured, geometry, spreads=spreads, full=True)
        return replace(arrangement, cut=math.ceil(over)), pages - 1
    # On the page on which the lead ends, and over.
    foot = geometry.trim.height_pt - geometry.foot
    fits = opener_end.bottom + BELOW_GAP + end.bottom - apparatus.top <= foot
    saved = apparatus.page == end.page and fits
    return Arrangement("below", BELOW_GAP), measured.pages - saved


def _fit_behind(
    measured: Typeset, geometry: Geometry, *, spreads: bool, full: bool = False
) -> tuple[Arrangement, int]:
    """The arrangement of what stands behind a lead.

    Args:
        full: whether the opener page has no room below the lead.
    """
    anchors, line = measured.anchors, geometry.line
    apparatus, end = anchors["_apparatus"], anchors["_apparatus-end"]
    opener_end = anchors["_opener-end"]
    running, running_end = anchors.get("_running"), anchors.get("_running-end")
    foot = geometry.trim.height_pt - geometry.foot
    if apparatus.page != end.page:
        return _fit_over(measured, geometry, full=full)
    height = end.bottom - apparatus.top
    together = running is not None and running.page == end.page  # large print
    low = sinks(height, geometry) and not together
    apart = Arrangement("sunk" if low else "facing"), measured.pages
    if running is None or running_end is None:
        if not spreads and not full and opener_end.bottom + BELOW_GAP + height <= foot:
            return Arrangement("below", BELOW_GAP), 1
        return apart
    if running.page != running_end.page:
        return apart
    text = running_end.bottom - running.top
    block, pages = geometry.block, 3 if full else 2
    if text + line + height <= block:
        low = text + line + height <= min(SUNK_MOST, geometry.lines - geometry.sunk) * line
        return Arrangement("together-sunk" if low else "together"), pages
    if full:
        return apart
    gap = _gap_to_grid(opener_end.bottom, geometry)
    room = math.floor((foot - opener_end.bottom - gap) / line + 0.01) * line
    # A line of slack: a paragraph that breaks over the page keeps two lines on either side.
    over = text - room + 2 * line + height - block
    lines = max(0, math.ceil(over / line - 0.01))
    if lines * line <= FLOWING_CUT * LINE and room + lines * line >= FLOWING_LEAST * line:
        return Arrangement("flowing", gap, pt_to_mm(lines * line)), 2
    return apart


def _fit_over(measured: Typeset, geometry: Geometry, *, full: bool) -> tuple[Arrangement, int]:
    """The arrangement of an apparatus that is longer than a page."""
    anchors = measured.anchors
    apparatus, end = anchors["_apparatus"], anchors["_apparatus-end"]
    foot = geometry.trim.height_pt - geometry.foot
    spilt = end.bottom - geometry.head
    rows = [anchor for name, anchor in anchors.items() if name.startswith("_row-")]
    filled = max((row.bottom for row in rows if row.page == apparatus.page), default=foot)
    room = foot - filled + len(rows) * TIGHT_GAIN
    # Tight rows are drawn for the house's grid.
    tight = geometry.line == LINE and end.page == apparatus.page + 1
    if tight and spilt + TIGHT_SLACK <= room:
        return Arrangement("tight"), measured.pages - 1
    if not full and end.page == apparatus.page + 1 and (shared := _shared(anchors, geometry)):
        return shared, measured.pages - 1
    # A few rows over the page: running text follows them on it.
    if "_running" in anchors and 0 < spilt < FULL_LEAST * geometry.block:
        return Arrangement("following", _gap_to_grid(end.bottom, geometry)), measured.pages
    return Arrangement("facing"), measured.pages


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


def even(made: Typeset, arrangement: Arrangement, geometry: Geometry) -> Arrangement:
    """Pages a line or a few shorter, where that leaves a last page that is a third full.

    A page that ends early is seen by nobody; one that is nearly empty by everybody.

    Args:
        made: the section as it was set in this arrangement.
    """
    if arrangement.name in ON_A_SPREAD and made.pages > 2:  # footnotes, or a break that may not be
        cut = 0.0 if arrangement.name == "flowing" else arrangement.cut
        return Arrangement(AS_MEASURED.name, cut=cut)
    end = made.anchors.get("_end")
    if end is None or end.page == 0:
        return arrangement
    filled = (end.bottom - geometry.head) / geometry.line
    missing = FULL_LEAST * geometry.lines + EVEN_SLACK - filled
    if missing <= 0 or made.pages != end.page + 1:
        return arrangement
    running = made.anchors.get("_running")
    if running and running.page == end.page:
        return _lowered(made, arrangement, geometry)
    start = running or made.anchors.get("_apparatus")
    first = start.page if start and arrangement.name != "below" else 0
    if first == end.page:
        return arrangement
    more = 1 if arrangement.short else math.ceil(missing / (end.page - first))
    short = arrangement.short + more
    if short > SHORT_MOST * geometry.lines:
        return arrangement
    return replace(arrangement, short=short, short_from=first)


def _lowered(made: Typeset, arrangement: Arrangement, geometry: Geometry) -> Arrangement:
    """A few lines of text that have a page of their own stand level with the titles of openers."""
    running = made.anchors["_running"]
    alone = running.top - geometry.head < geometry.line
    if arrangement.low or not alone or arrangement.name not in (AS_MEASURED.name, "sunk", "tight"):
        return arrangement
    return replace(arrangement, low=True)


def _gap_to_grid(bottom: float, geometry: Geometry) -> float:
    """From the end of the lead, which is off the grid, to the next line but a half of the grid."""
    used = bottom + LEAD_GAP - geometry.head
    return math.ceil(used / geometry.line) * geometry.line - (bottom - geometry.head)
