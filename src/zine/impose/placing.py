"""Geometry of the press sheet: where a page lands, how it is turned and where it is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zine.impose.sheets import Cell, Face
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

    def matrix(
        self, turn: int, centre: tuple[float, float]
    ) -> tuple[float, float, float, float, float, float]:
        """The six numbers of `cm` that put the middle of the trim on `centre` (ISO 32000-1 §8.3.4).

        Args:
            turn: degrees clockwise, on top of the page's own rotation.
            centre: points on the sheet.
        """
        cos, sin = _TURNS[(self.rotation + turn) % 360]
        a, b, c, d = cos * self.unit, -sin * self.unit, sin * self.unit, cos * self.unit
        x, y = self.trim.centre
        return a, b, c, d, centre[0] - a * x - c * y, centre[1] - b * x - d * y


@dataclass(frozen=True)
class Spot:
    """A cell on the sheet: where the middle of its trim lies, and the part of the sheet it owns."""

    cell: Cell
    centre: tuple[float, float]
    clip: Box


def spots(face: Face, cell: tuple[float, float], sheet: tuple[float, float]) -> Iterator[Spot]:
    """The cells of a face laid edge to edge, the whole block in the middle of the sheet.

    The outer cells own the sheet up to its edge, so that bleed is kept there; between two cells
    everything is cut off where their trims touch, which is the fold.

    Args:
        face: the cells.
        cell: width and height of one cell, points.
        sheet: width and height of the sheet, points.
    """
    rows, columns = face.grid
    left = (sheet[0] - columns * cell[0]) / 2
    foot = (sheet[1] - rows * cell[1]) / 2
    xs = [left + i * cell[0] for i in range(columns + 1)]
    ys = [foot + (rows - i) * cell[1] for i in range(rows + 1)]
    cuts_x = [0.0, *xs[1:-1], sheet[0]]
    cuts_y = [sheet[1], *ys[1:-1], 0.0]
    for row, line in enumerate(face.rows):
        for column, content in enumerate(line):
            right, up = (mm_to_pt(shift) for shift in content.shift)
            yield Spot(
                content,
                ((xs[column] + xs[column + 1]) / 2 + right, (ys[row] + ys[row + 1]) / 2 + up),
                Box(cuts_x[column], cuts_y[row + 1], cuts_x[column + 1], cuts_y[row]),
            )
