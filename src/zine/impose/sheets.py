"""The plan of an imposition: which page lies where on which side of which sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Literal

Rotation = Literal[0, 90, 180, 270]
_HALF_TURN: dict[Rotation, Rotation] = {0: 180, 90: 270, 180: 0, 270: 90}


class Flip(StrEnum):
    """The edge of the sheet over which the printer turns it for the back."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True)
class Cell:
    """One place on a face.

    Args:
        page: index of the page, from 0; None is a blank.
        rotation: degrees clockwise, as /Rotate counts them (ISO 32000-1 Table 30).
        shift: mm to the right and mm upwards, as seen on the face.
    """

    page: int | None
    rotation: Rotation = 0
    shift: tuple[float, float] = (0.0, 0.0)

    def turned(self) -> Cell:
        """The cell when its face is turned by 180°."""
        right, up = self.shift
        # 0.0 - x and not -x: there is to be no -0.0 in a printed plan.
        return Cell(self.page, _HALF_TURN[self.rotation], (0.0 - right, 0.0 - up))

    def __str__(self) -> str:
        if self.page is None:
            return "–"
        turn = {0: "", 180: "r"}.get(self.rotation, f"r{self.rotation}:")
        return f"{turn}{self.page + 1}"


@dataclass(frozen=True)
class Face:
    """One side of a sheet as it is printed: rows from the top, cells from the left.

    A back is written as it is seen once the sheet has been turned over the plan's flip edge, that
    is as the picture which the printer receives.

    Raises:
        ValueError: there is no cell, or the rows are of different lengths.
    """

    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or not self.rows[0] or len({len(row) for row in self.rows}) != 1:
            raise ValueError("a face is a grid of rows of the same length, with one cell at least")

    @property
    def grid(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple(chain.from_iterable(self.rows))

    def turned(self) -> Face:
        """The whole picture turned by 180°."""
        return Face(tuple(tuple(c.turned() for c in reversed(row)) for row in reversed(self.rows)))

    def __str__(self) -> str:
        if len(self.rows) == 1:
            return "(" + ",".join(str(cell) for cell in self.cells) + ")"
        return " / ".join(" ".join(str(cell) for cell in row) for row in self.rows)


@dataclass(frozen=True)
class Sheet:
    """A piece of paper in the printer; `back` is None where it is printed on one side.

    Raises:
        ValueError: front and back are not of the same grid.
    """

    front: Face
    back: Face | None

    def __post_init__(self) -> None:
        if self.back is not None and self.back.grid != self.front.grid:
            raise ValueError("front and back of a sheet have the same grid")

    @property
    def faces(self) -> tuple[Face, ...]:
        """The front, and the back where there is one."""
        return (self.front,) if self.back is None else (self.front, self.back)

    def __str__(self) -> str:
        return ("|" if len(self.front.rows) == 1 else " | ").join(str(face) for face in self.faces)


@dataclass(frozen=True)
class Plan:
    """Every sheet of a job, in the order in which it is printed.

    Args:
        scheme: name of the scheme that made it, as in file names ("saddle").
        pages: number of pages that are imposed, blanks not counted.
        sheets: outermost first where sheets are nested.
        flip: edge over which the printer turns the sheet; it decides how the backs lie.
        landscape: the sheet lies landscape; without it `flip` has no meaning, since the short
            edges are at left and right on a landscape sheet and at head and foot on a portrait one.

    Raises:
        ValueError: there is no sheet, the sheets are of different grids, some have a back and
            some not, a page stands twice or does not exist. (A page that is missing is found by
            `zine.prove.folding`.)
    """

    scheme: str
    pages: int
    sheets: tuple[Sheet, ...]
    flip: Flip = Flip.SHORT
    landscape: bool = True

    def __post_init__(self) -> None:
        if not self.sheets:
            raise ValueError("a plan has one sheet at least")
        if len({(sheet.front.grid, sheet.back is None) for sheet in self.sheets}) != 1:
            raise ValueError("all sheets of a plan have the same grid and as many sides")
        seen: set[int] = set()
        for cell in self.cells:
            if cell.page is None:
                continue
            if not 0 <= cell.page < self.pages:
                raise ValueError(f"there is no page {cell.page + 1} among {self.pages}")
            if cell.page in seen:
                raise ValueError(f"page {cell.page + 1} stands twice")
            seen.add(cell.page)

    @property
    def grid(self) -> tuple[int, int]:
        """Number of rows and of columns on every face."""
        return self.sheets[0].front.grid

    @property
    def two_sided(self) -> bool:
        """Whether the sheets have backs."""
        return self.sheets[0].back is not None

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, face by face in the order of printing."""
        return chain.from_iterable(face.cells for sheet in self.sheets for face in sheet.faces)

    def describe(self) -> str:
        """The plan in the trade's notation, pages from 1.

        "(8,1)|(2,7) · (6,3)|(4,5)": sheets apart by "·", front and back by "|", rows by "/"; "–" is
        a blank, "r5" page 5 turned by 180°, "r90:5" page 5 turned clockwise by 90°.
        """
        return " · ".join(str(sheet) for sheet in self.sheets)

    def __str__(self) -> str:
        return self.describe()
