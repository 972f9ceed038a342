"""Printer's marks as lines and circles in mm: where to fold, cut, staple, sew and collate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zine.impose.finish import Crease, Kind, Product
from zine.impose.mark_types import NO_MARKS, Circle, Frame, Mark, Marks, Stroke
from zine.impose.marks_spine import spine_marks
from zine.impose.placing import Layout
from zine.impose.sheets import Plan, Side
from zine.units import pt_to_mm

__all__ = ["NO_MARKS", "Circle", "Mark", "Marks", "Stroke", "marks_on"]

# mm (print-conventions.md §7).
_LENGTH, _SHORTEST = 5.0, 2.0
_TARGET, _CROSS = 1.5, 2.5
# A trim that lies nearer to the sheet's edge, mm, is cut by the paper maker.
_AT_EDGE = 0.6


def marks_on(
    plan: Plan, side: Side, front: Layout, wanted: Marks, *, bleed: float = 0.0, margin: float = 0.0
) -> tuple[Mark, ...]:
    """The marks of one side, as on the picture the printer receives.

    Crop, fold and registration marks lie in the slug, outside the bleed, and are left out where
    there is no room for them. Staples, stitches and collation bars lie on the fold itself, where
    thread or glue hides them. None is drawn at an edge that is bound.

    Args:
        plan: its creases say what is cut and what is folded.
        side: front or back.
        front: the cells as seen from the front, whichever side is drawn.
        wanted: what to draw.
        bleed: mm of ink beyond the trim.
        margin: mm at the edges of the sheet that the printer leaves blank.
    """
    if not wanted.wanted:
        return ()
    frame = Frame(
        tuple((pt_to_mm(a), pt_to_mm(b)) for a, b in front.columns),
        tuple((pt_to_mm(a), pt_to_mm(b)) for a, b in front.rows),
        (pt_to_mm(front.sheet[0]), pt_to_mm(front.sheet[1])),
        margin,
        bleed,
    )
    drawn = [
        *(_crop(plan, frame, wanted) if wanted.crop else ()),
        *(_fold(plan, frame, wanted) if wanted.fold else ()),
        *(_targets(frame, wanted) if wanted.registration else ()),
        *spine_marks(plan, side, frame, wanted),
        *(_guides(plan, frame, wanted) if wanted.guides and not side.back else ()),
        *(_folded(plan, frame, wanted) if wanted.creases and not side.back else ()),
    ]
    if not side.back:
        return tuple(drawn)
    return tuple(_flipped(mark, frame.size, plan.sideways) for mark in drawn)


def _crop(plan: Plan, frame: Frame, wanted: Marks) -> Iterator[Mark]:
    rows, columns = plan.grid
    bound = _bound_edge(plan)
    for at, row in ((0, 0), (1, rows - 1)):
        for x in _trims(plan, frame.columns, upright=True, cell=row, bound=bound):
            y = frame.rows[row][1] if at == 0 else frame.rows[row][0]
            yield from _tick("crop", frame, wanted.weight, (x, y), (0, 1 if at == 0 else -1))
    tops = tuple((head, foot) for foot, head in frame.rows)
    for at, column in ((0, 0), (1, columns - 1)):
        if bound == (0 if at == 0 else columns):
            continue
        for y in _trims(plan, tops, upright=False, cell=column, bound=None):
            x = frame.columns[column][0] if at == 0 else frame.columns[column][1]
            yield from _tick("crop", frame, wanted.weight, (x, y), (-1 if at == 0 else 1, 0))


def _fold(plan: Plan, frame: Frame, wanted: Marks) -> Iterator[Mark]:
    rows, columns = plan.grid
    for crease in _creases(plan, Kind.FOLD, Kind.SPINE):
        line = crease.line
        if line.upright:
            x = (frame.columns[line.at - 1][1] + frame.columns[line.at][0]) / 2
            ends = [((x, frame.rows[0][1]), (0, 1), 0), ((x, frame.rows[-1][0]), (0, -1), rows - 1)]
        else:
            y = (frame.rows[line.at - 1][0] + frame.rows[line.at][1]) / 2
            ends = [
                ((frame.columns[0][0], y), (-1, 0), 0),
                ((frame.columns[-1][1], y), (1, 0), columns - 1),
            ]
        for end, outward, cell in ends:
            if line.covers(cell):
                yield from _tick("fold", frame, wanted.weight, end, outward, dashed=True)


def _targets(frame: Frame, wanted: Marks) -> Iterator[Mark]:
    """One on each side of the sheet, beside the middle of the first cell, off every fold."""
    far = frame.clear + _CROSS
    x = sum(frame.columns[0]) / 2
    y = sum(frame.rows[0]) / 2
    for a, b in (
        (x, frame.rows[0][1] + far),
        (x, frame.rows[-1][0] - far),
        (frame.columns[0][0] - far, y),
        (frame.columns[-1][1] + far, y),
    ):
        room = min(a, b, frame.size[0] - a, frame.size[1] - b) - frame.margin
        if room < _CROSS:
            continue
        yield Circle("registration", (a, b), _TARGET, wanted.weight)
        yield Stroke("registration", (a - _CROSS, b), (a + _CROSS, b), wanted.weight)
        yield Stroke("registration", (a, b - _CROSS), (a, b + _CROSS), wanted.weight)


def _guides(plan: Plan, frame: Frame, wanted: Marks) -> Iterator[Mark]:
    """Every cut over its whole length; trims that are not the edge of the sheet as well."""
    width, height, margin = *frame.size, frame.margin
    bound = _bound_edge(plan)
    tops = tuple((head, foot) for foot, head in frame.rows)

    def stroke(start: tuple[float, float], end: tuple[float, float]) -> Stroke:
        return Stroke("guides", start, end, wanted.weight)

    for x in _trims(plan, frame.columns, upright=True, cell=None, bound=bound):
        if _AT_EDGE < x < width - _AT_EDGE:
            yield stroke((x, margin), (x, height - margin))
    for y in _trims(plan, tops, upright=False, cell=None, bound=None):
        if _AT_EDGE < y < height - _AT_EDGE:
            yield stroke((margin, y), (width - margin, y))
    for crease in _creases(plan, Kind.CUT):
        line = crease.line
        if not line.upright and (line.start or line.stop is not None):
            y = (frame.rows[line.at - 1][0] + frame.rows[line.at][1]) / 2
            stop = plan.grid[1] if line.stop is None else line.stop
            yield stroke((frame.columns[line.start][0], y), (frame.columns[stop - 1][1], y))


def _folded(plan: Plan, frame: Frame, wanted: Marks) -> Iterator[Mark]:
    """Every fold over its whole length."""
    rows, columns = plan.grid
    for crease in _creases(plan, Kind.FOLD, Kind.SPINE):
        line = crease.line
        stop = (rows if line.upright else columns) if line.stop is None else line.stop
        if line.upright:
            x = (frame.columns[line.at - 1][1] + frame.columns[line.at][0]) / 2
            ends = ((x, frame.rows[line.start][1]), (x, frame.rows[stop - 1][0]))
        else:
            y = (frame.rows[line.at - 1][0] + frame.rows[line.at][1]) / 2
            ends = ((frame.columns[line.start][0], y), (frame.columns[stop - 1][1], y))
        yield Stroke("creases", *ends, wanted.weight, dashed=True)


def _trims(
    plan: Plan,
    ranges: Sequence[tuple[float, float]],
    *,
    upright: bool,
    cell: int | None,
    bound: int | None,
) -> Iterator[float]:
    """Where the knife goes: the outer edges but a bound one, cuts, folds with a gap about them."""
    last = len(ranges)
    if bound != 0:
        yield ranges[0][0]
    for at in range(1, last):
        before, after = ranges[at - 1][1], ranges[at][0]
        apart = abs(before - after) > 1e-6
        kinds = {
            crease.kind
            for crease in _creases(plan, *Kind)
            if crease.line.upright is upright
            and crease.line.at == at
            and (crease.line.covers(cell) if cell is not None else _whole(crease))
        }
        if Kind.CUT in kinds or (apart and Kind.FOLD in kinds):
            yield before
            if apart:
                yield after
    if bound != last:
        yield ranges[-1][1]


def _whole(crease: Crease) -> bool:
    return not crease.line.start and crease.line.stop is None


def _bound_edge(plan: Plan) -> int | None:
    """The outer edge (0 left, number of columns right) at which single leaves are bound."""
    leaves = plan.finish.product is Product.BOOK and plan.copies == 1
    if not leaves or any(crease.kind is Kind.SPINE for crease in plan.finish.creases):
        return None
    return plan.grid[1] if plan.finish.rtl else 0


def _creases(plan: Plan, *kinds: Kind) -> Iterator[Crease]:
    return (crease for crease in plan.finish.creases if crease.kind in kinds)


def _tick(
    name: str,
    frame: Frame,
    weight: float,
    end: tuple[float, float],
    outward: tuple[int, int],
    *,
    dashed: bool = False,
) -> Iterator[Mark]:
    """A short line in the slug, outside the bleed, as long as there is room for."""
    axis = 0 if outward[0] else 1
    ahead = frame.size[axis] - end[axis] if outward[axis] > 0 else end[axis]
    length = min(_LENGTH, ahead - frame.margin - frame.clear)
    if length < _SHORTEST:
        return
    near, far = frame.clear, frame.clear + length
    start = (end[0] + outward[0] * near, end[1] + outward[1] * near)
    stop = (end[0] + outward[0] * far, end[1] + outward[1] * far)
    yield Stroke(name, start, stop, weight, dashed)


def _flipped(mark: Mark, size: tuple[float, float], sideways: bool) -> Mark:
    """The mark as it lies on the back."""

    def point(at: tuple[float, float]) -> tuple[float, float]:
        return (size[0] - at[0], at[1]) if sideways else (at[0], size[1] - at[1])

    if isinstance(mark, Circle):
        return replace(mark, centre=point(mark.centre))
    return replace(mark, start=point(mark.start), end=point(mark.end))
