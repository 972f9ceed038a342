"""Paper in space: panels that carry the ink of both their sides wherever they are moved.

The sheets lie before us with their fronts up: x to the right, y to the head, z towards us. A panel
is the paper of one cell. Layers of paper are 1 apart in z; widths and heights are mm where the plan
gives them, else every cell is 1 wide and 1 high.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from zine.impose.sheets import Cell, Plan

Vector = tuple[float, float, float]
Pile = tuple["Panel", ...]

# Two edges nearer than this lie on one another.
NEAR = 1e-6
# Clockwise from the head: head, right, foot, left.
_HEADS = {0: (0.0, 1.0), 90: (1.0, 0.0), 180: (0.0, -1.0), 270: (-1.0, 0.0)}


@dataclass(frozen=True)
class Ink:
    """What is printed on one side of a panel, in the directions of the panel's front.

    Args:
        page: index of the page, from 0; None is a blank.
        head: where its head points to, to the right and up.
        shift: mm to the right and up.
    """

    page: int | None
    head: tuple[float, float]
    shift: tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """The paper of one cell in space.

    Args:
        sheet: the sheet it belongs to, from 0.
        row: on the front of the sheet, from the top.
        column: on the front of the sheet, from the left.
        size: width and height.
        middle: where it is.
        right: where the right of its front points to.
        up: where the head of its front points to.
        front: ink; None where the side is not printed, or covered by a poster.
        back: ink of the other side.
    """

    sheet: int
    row: int
    column: int
    size: tuple[float, float]
    middle: Vector
    right: Vector = (1.0, 0.0, 0.0)
    up: Vector = (0.0, 1.0, 0.0)
    front: Ink | None = None
    back: Ink | None = None

    @property
    def faces_us(self) -> float:
        """The z of where its front looks to: 1 towards us, -1 away, 0 where it stands."""
        return self.right[0] * self.up[1] - self.right[1] * self.up[0]

    def at(self, right: float, up: float) -> Vector:
        """A point of it, in widths and heights from its middle."""
        x, y, z = (
            m + right * self.size[0] * r + up * self.size[1] * u
            for m, r, u in zip(self.middle, self.right, self.up, strict=True)
        )
        return x, y, z

    def reach(self, axis: int) -> tuple[float, float]:
        """The least and the greatest x (0) or y (1) of its corners."""
        corners = [self.at(r, u)[axis] for r in (-0.5, 0.5) for u in (-0.5, 0.5)]
        return min(corners), max(corners)

    def turned(self, turn: Callable[[Vector], Vector], x: float, y: float, z: float) -> Panel:
        """Turned about a point; `turn` is one of those below."""
        a, b, c = self.middle
        a, b, c = turn((a - x, b - y, c - z))
        return replace(self, middle=(a + x, b + y, c + z), right=turn(self.right), up=turn(self.up))

    def moved(self, x: float, y: float, z: float) -> Panel:
        """The same, elsewhere."""
        a, b, c = self.middle
        return replace(self, middle=(a + x, b + y, c + z))

    def lies(self, direction: tuple[float, float]) -> Vector:
        """A direction of the panel's front as it lies in space."""
        x, y, z = (
            direction[0] * r + direction[1] * u for r, u in zip(self.right, self.up, strict=True)
        )
        return x, y, z


def turn_over(v: Vector) -> Vector:
    """By 180° about an upright axis, as the leaf of a book turns."""
    return -v[0], v[1], -v[2]


def tumble(v: Vector) -> Vector:
    """By 180° about a level axis, as the leaf of a wall calendar turns."""
    return v[0], -v[1], -v[2]


def spin(v: Vector) -> Vector:
    """By 180° on the table."""
    return -v[0], -v[1], v[2]


def bend_left(v: Vector) -> Vector:
    """By 90° about an upright axis: what points to the left comes to point away from us."""
    return -v[2], v[1], v[0]


def bend_right(v: Vector) -> Vector:
    """By 90° about an upright axis: what points to the right comes to point away from us."""
    return v[2], v[1], -v[0]


def printed(plan: Plan, sheet: int) -> Pile:
    """A sheet as it comes from the printer, front up, its foot left corner at 0, 0."""
    rows, columns = plan.grid
    widths = plan.panels.widths or (1.0,) * columns
    heights = plan.panels.heights or (1.0,) * rows
    fronts = {(row, column): ink for row, column, ink in _inks(plan, sheet, back=False)}
    backs = {(row, column): ink for row, column, ink in _inks(plan, sheet, back=True)}
    return tuple(
        Panel(
            sheet,
            row,
            column,
            (widths[column], heights[row]),
            (
                sum(widths[:column]) + widths[column] / 2,
                sum(heights[row + 1 :]) + heights[row] / 2,
                0.0,
            ),
            front=fronts.get((row, column)),
            back=backs.get((row, column)),
        )
        for row in range(rows)
        for column in range(columns)
    )


def posters(plan: Plan) -> tuple[int, ...]:
    """Pages printed across several cells: they are not part of what is read by turning leaves."""
    return tuple(cell.page for cell in plan.cells if cell.span != (1, 1) and cell.page is not None)


def _inks(plan: Plan, sheet: int, *, back: bool) -> Iterator[tuple[int, int, Ink]]:
    """Row and column on the front, and what is printed there."""
    face = plan.sheets[sheet].back if back else plan.sheets[sheet].front
    if face is None:
        return
    rows, columns = face.grid
    covered = {
        (row + down, column + across)
        for row, line in enumerate(face.rows)
        for column, cell in enumerate(line)
        if cell.span != (1, 1)
        for down in range(cell.span[0])
        for across in range(cell.span[1])
    }
    for row, line in enumerate(face.rows):
        for column, cell in enumerate(line):
            if (row, column) in covered:
                continue
            if not back:
                yield row, column, _ink(cell, 1, 1)
            # The back is printed as if it were a front; then the paper is turned over the flip
            # edge. Short edges are at left and right of a landscape sheet, at head and foot of a
            # portrait one.
            elif (plan.flip.value == "short") is plan.landscape:
                yield row, columns - 1 - column, _ink(cell, -1, 1)
            else:
                yield rows - 1 - row, column, _ink(cell, 1, -1)


def _ink(cell: Cell, across: int, along: int) -> Ink:
    head, shift = _HEADS[cell.rotation], cell.shift
    return Ink(
        cell.page, (head[0] * across, head[1] * along), (shift[0] * across, shift[1] * along)
    )
