"""Paper in space: printed sheets are gathered, cut and folded, and every cell is followed.

Nothing here knows how a plan was made. The sheets lie before us with their fronts up: x to the
right, y to the head, z towards us, one sheet below the other. A panel is the paper of one cell; it
carries the ink of both sides through every step of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zine.impose.finish import Cut, Fold, Gather, Line, Part, Ring, Slit, Step
from zine.impose.sheets import Cell, Plan, Rotation

Vector = tuple[float, float, float]
Pile = tuple["Panel", ...]

# mm; two edges nearer than this lie on one another.
_NEAR = 1e-6
_HEAD: dict[Rotation, tuple[int, int]] = {0: (0, 1), 90: (1, 0), 180: (0, -1), 270: (-1, 0)}


class Impossible(ValueError):
    """The work cannot be done with this paper."""


@dataclass(frozen=True)
class Ink:
    """What is printed on one side of a panel, in the panel's own directions.

    Args:
        page: index of the page, from 0; None is a blank.
        head: where the head of the page points to: right and up, seen from the front.
        shift: mm right and up, seen from the front.
    """

    page: int | None
    head: tuple[float, float]
    shift: tuple[float, float]


@dataclass(frozen=True)
class Panel:
    """The paper of one cell in space.

    Args:
        sheet: the sheet it belongs to, from 0.
        row: of the cell on the front.
        column: of the cell on the front.
        size: width and height.
        middle: where it is.
        right: where the right of the front points to.
        up: where the head of the front points to.
        front: printed there; None where the cell is covered by a larger one.
        back: the same, None also where the sheet is printed on one side.
    """

    sheet: int
    row: int
    column: int
    size: tuple[float, float]
    middle: Vector
    right: Vector
    up: Vector
    front: Ink | None
    back: Ink | None

    @property
    def normal(self) -> Vector:
        """Where the front looks to."""
        a, b = self.right, self.up
        return (
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        )

    @property
    def name(self) -> tuple[int, int, int]:
        """Sheet, row and column."""
        return self.sheet, self.row, self.column

    def at(self, right: float, up: float) -> Vector:
        """A point of the panel, in widths and heights from its middle."""
        across, along = right * self.size[0], up * self.size[1]
        x, y, z = (
            m + across * r + along * u
            for m, r, u in zip(self.middle, self.right, self.up, strict=True)
        )
        return x, y, z

    def reach(self, axis: int) -> tuple[float, float]:
        """The least and the greatest coordinate of its corners."""
        corners = [self.at(r, u)[axis] for r in (-0.5, 0.5) for u in (-0.5, 0.5)]
        return min(corners), max(corners)

    def placed(self, turn: Callable[[Vector], Vector], about: Vector) -> Panel:
        """Turned by a map of directions about a point."""
        x, y, z = turn(tuple(m - a for m, a in zip(self.middle, about, strict=True)))  # type: ignore[arg-type]
        middle = (x + about[0], y + about[1], z + about[2])
        return replace(self, middle=middle, right=turn(self.right), up=turn(self.up))

    def moved(self, by: Vector) -> Panel:
        """The same, elsewhere."""
        x, y, z = (m + b for m, b in zip(self.middle, by, strict=True))
        return replace(self, middle=(x, y, z))


@dataclass(frozen=True)
class Made:
    """What lies on the table when all is done.

    Args:
        piles: in their order, the panels of each from the uppermost.
        spines: names of panels and the x of their spine edges.
        posters: pages printed across several cells.
    """

    piles: tuple[Pile, ...]
    spines: tuple[float, ...]
    posters: tuple[int, ...]


def turn_over(v: Vector) -> Vector:
    """By 180° about an upright axis, as the leaf of a book."""
    return (-v[0], v[1], -v[2])


def tumble(v: Vector) -> Vector:
    """By 180° about a level axis, as the leaf of a wall calendar."""
    return (v[0], -v[1], -v[2])


def spin(v: Vector) -> Vector:
    """By 180° on the table."""
    return (-v[0], -v[1], v[2])


def stand(v: Vector) -> Vector:
    """By 90° about an upright axis: what lay on the left now points away from us."""
    return (v[2], v[1], v[0]) if False else (-v[2], v[1], v[0])


def work(plan: Plan) -> Made:
    """Print the sheets and do the hand work.

    Raises:
        Impossible: a step cannot be done, paper would tear or is folded where no line is.
    """
    piles = [printed(plan, number) for number in range(len(plan.sheets))]
    cuts: set[tuple[Line, int]] = set()
    spines: list[float] = []
    for step in plan.finish.steps:
        piles = list(_step(step, piles))
        if isinstance(step, Cut | Slit):
            cuts.add((step.line, 0))
    whole = {line for line, _ in cuts}
    panels = [panel for pile in piles for panel in pile]
    folds = {c.line for c in plan.finish.creases} - whole
    _check_joints(panels, whole, folds)
    return Made(tuple(piles), tuple(spines), ())
