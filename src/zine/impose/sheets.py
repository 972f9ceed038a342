"""The plan of an imposition: which page lies where on which side of which sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Literal

from zine.impose.finish import Finish, Kind

Rotation = Literal[0, 90, 180, 270]
_HALF_TURN: dict[Rotation, Rotation] = {0: 180, 90: 270, 180: 0, 270: 90}
_MIRRORED: dict[Rotation, Rotation] = {0: 0, 90: 270, 180: 180, 270: 90}


class Flip(StrEnum):
    """The edge of the sheet over which the printer turns it for the back."""

    SHORT = "short"
    LONG = "long"


class Sides(StrEnum):
    """Which sides of the sheets are printed in one go."""

    BOTH = "both"
    FRONTS = "fronts"
    BACKS = "backs"


@dataclass(frozen=True)
class Cell:
    """One place on a face.

    Args:
        page: index of the page, from 0; None is a blank.
        rotation: degrees clockwise, as /Rotate counts them (ISO 32000-1 Table 30).
        shift: mm to the right and mm upwards, as seen on the face.
        place: where it stands in the reading order, blanks counted, from 0; None where it stands
            outside of it.
        span: rows and columns it takes up; the cells it covers to the right and below are blank.
    """

    page: int | None
    rotation: Rotation = 0
    shift: tuple[float, float] = (0.0, 0.0)
    place: int | None = None
    span: tuple[int, int] = (1, 1)

    def turned(self) -> Cell:
        """The cell when its face is turned by 180°."""
        right, up = self.shift
        # 0.0 - x and not -x: there is to be no -0.0 in a printed plan.
        return replace(self, rotation=_HALF_TURN[self.rotation], shift=(0.0 - right, 0.0 - up))

    def mirrored(self) -> Cell:
        """The cell when the places of its face are exchanged left and right; it stays readable."""
        right, up = self.shift
        return replace(self, rotation=_MIRRORED[self.rotation], shift=(0.0 - right, up))

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

    @property
    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """All cells with their row and column."""
        for row, line in enumerate(self.rows):
            for column, cell in enumerate(line):
                yield row, column, cell

    def turned(self) -> Face:
        """The whole picture turned by 180°."""
        rows = tuple(tuple(c.turned() for c in reversed(row)) for row in reversed(self.rows))
        return Face(rows)._anchored(up=True)

    def mirrored(self) -> Face:
        """Left and right exchanged, every page still readable."""
        rows = tuple(tuple(c.mirrored() for c in reversed(row)) for row in self.rows)
        return Face(rows)._anchored(up=False)

    def _anchored(self, *, up: bool) -> Face:
        """Cells that span others moved back to the top left of what they cover."""
        if all(cell.span == (1, 1) for cell in self.cells):
            return self
        rows = [[Cell(None)] * self.grid[1] for _ in self.rows]
        for row, column, cell in self.placed:
            if cell.page is not None or cell.span != (1, 1):
                down, across = cell.span
                rows[row - (down - 1 if up else 0)][column - (across - 1)] = cell
        return Face(tuple(tuple(row) for row in rows))

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
class Panels:
    """The measure of the cells, mm; what is not given is taken from the pages.

    Args:
        widths: of the columns, from the left of the front; none where all are as wide as the page.
        heights: of the rows, from the top of the front.
        gap: between two cells, wherever no spine is between them; half of it is the bleed's.
        fill: the cells share the whole sheet evenly, pages stand in the middle of them.

    Raises:
        ValueError: a measure is negative.
    """

    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    gap: float = 0.0
    fill: bool = False

    def __post_init__(self) -> None:
        if min((*self.widths, *self.heights, self.gap)) < 0:
            raise ValueError("panels and gaps have no negative width")


@dataclass(frozen=True)
class Side:
    """A side as it goes through the printer: its sheet (from 0), whether it is the back."""

    sheet: int
    back: bool
    face: Face


@dataclass(frozen=True)
class Plan:
    """Every sheet of a job, in the order in which it is printed, and what becomes of them.

    Args:
        scheme: name of the scheme that made it, as in file names ("saddle").
        pages: number of pages that are imposed, blanks not counted.
        sheets: outermost first where sheets are nested.
        flip: edge over which the printer turns the sheet; it decides how the backs lie.
        landscape: the sheet lies landscape; without it `flip` has no meaning, since the short
            edges are at left and right on a landscape sheet and at head and foot on a portrait one.
        finish: how the sheets are cut and folded.
        panels: measures of the cells.
        copies: how often every page stands on the sheets.
        common: pages (index from 0) that may stand more often, such as the back of a deck.
        omits: pages (index from 0) that are on none of these sheets, because they are on others.
        sides: what is printed in one go; all sheets keep both faces.
        backs_reversed: a run of backs starts with the last sheet.

    Raises:
        ValueError: there is no sheet, the sheets are of different grids, some have a back and
            some not, a page stands too often or does not exist, panels and grid differ. (A page
            that is missing is found by `zine.prove.folding`.)
    """

    scheme: str
    pages: int
    sheets: tuple[Sheet, ...]
    flip: Flip = Flip.SHORT
    landscape: bool = True
    finish: Finish = field(default_factory=Finish)
    panels: Panels = field(default_factory=Panels)
    copies: int = 1
    common: tuple[int, ...] = ()
    omits: tuple[int, ...] = ()
    sides: Sides = Sides.BOTH
    backs_reversed: bool = False

    def __post_init__(self) -> None:
        if not self.sheets:
            raise ValueError("a plan has one sheet at least")
        if len({(sheet.front.grid, sheet.back is None) for sheet in self.sheets}) != 1:
            raise ValueError("all sheets of a plan have the same grid and as many sides")
        times = Counter(cell.page for cell in self.cells if cell.page is not None)
        for page, count in times.items():
            if not 0 <= page < self.pages or page in self.omits:
                raise ValueError(f"there is no page {page + 1} among {self.pages}")
            if count > self.copies and page not in self.common:
                how = "twice" if self.copies == 1 else f"{count} times"
                raise ValueError(f"page {page + 1} stands {how}")
        given = (len(self.panels.heights), len(self.panels.widths))
        if any(many not in (0, cells) for many, cells in zip(given, self.grid, strict=True)):
            raise ValueError("there is a measure for every column and every row, or none")

    @property
    def grid(self) -> tuple[int, int]:
        """Number of rows and of columns on every face."""
        return self.sheets[0].front.grid

    @cached_property
    def places(self) -> int:
        """Number of places in the reading order, blanks counted."""
        return 1 + max((cell.place for cell in self.cells if cell.place is not None), default=-1)

    @property
    def two_sided(self) -> bool:
        """Whether the sheets have backs."""
        return self.sheets[0].back is not None

    @property
    def duplex(self) -> bool:
        """Whether the printer turns the sheets itself."""
        return self.two_sided and self.sides is Sides.BOTH

    @property
    def sideways(self) -> bool:
        """Whether the sheet is turned like the leaf of a book, left to right, for its back.

        Short edges are at left and right of a landscape sheet, at head and foot of a portrait one.
        """
        return (self.flip is Flip.SHORT) is self.landscape

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells, sheet by sheet, whether they are printed in this go or not."""
        return chain.from_iterable(face.cells for sheet in self.sheets for face in sheet.faces)

    @property
    def printed(self) -> Iterator[Side]:
        """The sides in the order in which the printer takes them."""
        sheets = list(enumerate(self.sheets))
        if self.sides is Sides.BACKS and self.backs_reversed:
            sheets.reverse()
        for number, sheet in sheets:
            if self.sides is not Sides.BACKS:
                yield Side(number, False, sheet.front)
            if self.sides is not Sides.FRONTS and sheet.back is not None:
                yield Side(number, True, sheet.back)

    def on_front(self, back: bool, row: int, column: int) -> tuple[int, int]:
        """Row and column, as seen from the front, of the paper that bears a cell of a picture."""
        rows, columns = self.grid
        if not back:
            return row, column
        return (row, columns - 1 - column) if self.sideways else (rows - 1 - row, column)

    def spine_side(self, back: bool, row: int, column: int) -> int:
        """Where the bound spine is from a cell of a picture: -1 left, 1 right, 0 at neither."""
        row, column = self.on_front(back, row, column)
        for crease in self.finish.creases:
            line = crease.line
            if crease.kind is Kind.SPINE and line.upright and line.covers(row):
                side = {column: -1, column + 1: 1}.get(line.at, 0)
                if side:
                    return -side if back and self.sideways else side
        return 0

    def describe(self) -> str:
        """The plan in the trade's notation, pages from 1.

        "(8,1)|(2,7) · (6,3)|(4,5)": sheets apart by "·", front and back by "|", rows by "/"; "–" is
        a blank, "r5" page 5 turned by 180°, "r90:5" page 5 turned clockwise by 90°.
        """
        return " · ".join(str(sheet) for sheet in self.sheets)

    def __str__(self) -> str:
        return self.describe()
