"""Geometry of the press sheet: where a page lands, how it is turned and where it is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zine.impose.finish import Kind, Product
from zine.impose.sheets import Cell, Plan, Side
from zine.units import mm_to_pt

# Cosine and sine of a clockwise turn, exact, so that no 6e-17 stands in a content stream.
_TURNS = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}


@dataclass(frozen=True)
class Box:
    """A rectangle in points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, in points."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def common(self, other: Box) -> Box:
        """What lies in both; of no size where nothing does."""
        left, bottom = max(self.left, other.left), max(self.bottom, other.bottom)
        right, top = min(self.right, other.right), min(self.top, other.top)
        return Box(left, bottom, max(left, right), max(bottom, top))

    def shifted(self, right: float, up: float) -> Box:
        """Moved by so many points."""
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def grown(self, by: float) -> Box:
        """Larger by so many points on every side, smaller if negative."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


@dataclass(frozen=True)
class PageBoxes:
    """What the press must know of a source page.

    Args:
        trim: TrimBox, in the page's own units.
        bleed: BleedBox, in the page's own units; what lies outside is not printed.
        rotation: /Rotate, degrees clockwise.
        unit: /UserUnit, points a unit (ISO 32000-1 Table 30).
    """

    trim: Box
    bleed: Box
    rotation: int = 0
    unit: float = 1.0

    def size(self, turn: int = 0) -> tuple[float, float]:
        """Trimmed width and height in points as the page is seen, turned clockwise by `turn`."""
        width, height = self.trim.width * self.unit, self.trim.height * self.unit
        return (height, width) if (self.rotation + turn) % 180 else (width, height)

    @property
    def bleeds(self) -> float:
        """By how much the bleed goes beyond the trim where it goes furthest, points."""
        trim, bleed = self.trim, self.bleed
        return self.unit * max(
            0.0,
            trim.left - bleed.left,
            trim.bottom - bleed.bottom,
            bleed.right - trim.right,
            bleed.top - trim.top,
        )

    def matrix(
        self, turn: int, centre: tuple[float, float], scale: float = 1.0
    ) -> tuple[float, float, float, float, float, float]:
        """The six numbers of `cm` that put the middle of the trim on `centre` (ISO 32000-1 §8.3.4).

        Args:
            turn: degrees clockwise, on top of the page's own rotation.
            centre: points on the sheet.
            scale: 1 keeps the size.
        """
        cos, sin = _TURNS[(self.rotation + turn) % 360]
        size = self.unit * scale
        a, b, c, d = cos * size, -sin * size, sin * size, cos * size
        x, y = self.trim.centre
        return a, b, c, d, centre[0] - a * x - c * y, centre[1] - b * x - d * y


@dataclass(frozen=True)
class Layout:
    """Where the cells lie on a side of the sheet.

    Args:
        sheet: width and height, points.
        columns: left and right of each column, points, from the left.
        rows: foot and head of each row, points, from the top.
    """

    sheet: tuple[float, float]
    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]

    @property
    def block(self) -> Box:
        """The trim of all cells together."""
        return Box(self.columns[0][0], self.rows[-1][0], self.columns[-1][1], self.rows[0][1])

    def flipped(self, sideways: bool) -> Layout:
        """The same paper from its other side, turned left to right or head to foot."""
        width, height = self.sheet
        if sideways:
            columns = tuple((width - right, width - left) for left, right in self.columns[::-1])
            return Layout(self.sheet, columns, self.rows)
        rows = tuple((height - head, height - foot) for foot, head in self.rows[::-1])
        return Layout(self.sheet, self.columns, rows)


@dataclass(frozen=True)
class Spot:
    """A cell on the sheet, points.

    Args:
        cell: what is to be printed there.
        room: the cell's own trim.
        centre: where the middle of the page is to lie.
        clip: the part of the sheet it may ink.
    """

    cell: Cell
    room: Box
    centre: tuple[float, float]
    clip: Box


def layout(
    plan: Plan, cell: tuple[float, float], sheet: tuple[float, float], *, fit: bool = False
) -> Layout:
    """The cells as seen from the front, the whole block in the middle of the sheet.

    Args:
        plan: its panels say what is not as large as a page, and the gap between cells.
        cell: width and height of a page, points.
        sheet: width and height of the sheet, points.
        fit: the cells take up the whole sheet, whatever the size of the page.
    """
    rows, columns = plan.grid
    across, down = gaps(plan)
    panels = plan.panels
    whole = fit or panels.fill
    widths = [mm_to_pt(width) for width in panels.widths] or (
        [(sheet[0] - sum(across)) / columns if whole else cell[0]] * columns
    )
    heights = [mm_to_pt(height) for height in panels.heights] or (
        [(sheet[1] - sum(down)) / rows if whole else cell[1]] * rows
    )
    left = (sheet[0] - sum(widths) - sum(across)) / 2
    head = sheet[1] - (sheet[1] - sum(heights) - sum(down)) / 2
    return Layout(
        sheet,
        tuple((left + start, left + stop) for start, stop in _runs(widths, across)),
        tuple((head - stop, head - start) for start, stop in _runs(heights, down)),
    )


def gaps(plan: Plan) -> tuple[list[float], list[float]]:
    """The gaps after each column but the last, and after each row but the last, points.

    There is none at a spine, where two pages of one picture may meet.
    """
    spines = {crease.line.at for crease in plan.finish.creases if crease.kind is Kind.SPINE}
    gap = mm_to_pt(plan.panels.gap)
    rows, columns = plan.grid
    return [0.0 if at in spines else gap for at in range(1, columns)], [gap] * (rows - 1)


def spots(plan: Plan, side: Side, places: Layout) -> Iterator[Spot]:
    """The cells of a side.

    The outer cells own the sheet up to its edge, so that bleed is kept there; between two cells
    everything is cut off in the middle of the gap or, where they touch, at the fold. Bleed goes on
    over the bare spine of a cover, up to its middle.

    Args:
        plan: says whether it is a cover.
        side: with the picture the printer receives.
        places: of that side (see `Layout.flipped`).
    """
    cuts_x = [0.0, *_middles(places.columns), places.sheet[0]]
    cuts_y = [places.sheet[1], *_middles([row[::-1] for row in places.rows]), 0.0]
    for row, column, cell in side.face.placed:
        down, across = row + cell.span[0] - 1, column + cell.span[1] - 1
        room = Box(
            places.columns[column][0],
            places.rows[down][0],
            places.columns[across][1],
            places.rows[row][1],
        )
        right, up = (mm_to_pt(shift) for shift in cell.shift)
        left, end = cuts_x[column], cuts_x[across + 1]
        if column and _bare(plan, side, row, column - 1):
            left = sum(places.columns[column - 1]) / 2
        if across + 1 < len(places.columns) and _bare(plan, side, row, across + 1):
            end = sum(places.columns[across + 1]) / 2
        yield Spot(
            cell,
            room,
            (room.centre[0] + right, room.centre[1] + up),
            Box(left, cuts_y[down + 1], end, cuts_y[row]),
        )


def _bare(plan: Plan, side: Side, row: int, column: int) -> bool:
    """Whether a cell is the spine of a cover with nothing on it."""
    cell = side.face.rows[row][column]
    return plan.finish.product is Product.COVER and cell.page is None and cell.place is None


def _runs(lengths: Sequence[float], between: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Start and end of each length, laid in a row with something between them."""
    start = 0.0
    for length, gap in zip(lengths, (*between, 0.0), strict=True):
        yield start, start + length
        start += length + gap


def _middles(ranges: Sequence[tuple[float, float]]) -> Iterator[float]:
    """Between the end of each and the start of the next."""
    for before, after in pairwise(ranges):
        yield (before[1] + after[0]) / 2
