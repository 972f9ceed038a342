"""Marks on the bound fold: where to staple, where to sew, and in which order signatures lie."""

from __future__ import annotations

from collections.abc import Iterator

from zine.impose.creep import signature_of
from zine.impose.mark_types import Frame, Mark, Marks, Stroke
from zine.impose.sheets import Plan, Side
from zine.units import mm_to_pt

_STAPLE = 6.0
_STITCH = 2.0
_STEP, _STEP_WIDTH, _FIRST_STEP = 5.0, 2.0, 10.0


def spine_marks(plan: Plan, side: Side, frame: Frame, wanted: Marks) -> Iterator[Mark]:
    """Staples and collation bars outside, sewing stations inside; mm as seen from the front."""
    if not plan.finish.nested:
        return
    whole = plan.finish.signature or plan.places
    for row, column, cell in side.face.placed:
        spine = plan.spine_side(side.back, row, column)
        if cell.place is None or not spine:
            continue
        first, length = signature_of(plan, cell.place)
        down, across = plan.on_front(side.back, row, column)
        left = (spine < 0) is not (side.back and plan.sideways)
        x = frame.columns[across][0 if left else 1]
        foot, head = frame.rows[down]
        if cell.place == first:
            yield from _outside(x, foot, head, wanted, first // whole, -(-plan.places // whole))
        if cell.place == first + length // 2 and wanted.sewing:
            for y in _stations(foot, head, wanted.sewing):
                ends = ((x - _STITCH / 2, y), (x + _STITCH / 2, y))
                yield Stroke("sewing", *ends, wanted.weight)


def _outside(
    x: float, foot: float, head: float, wanted: Marks, signature: int, signatures: int
) -> Iterator[Mark]:
    """On the back of a fold: what staples cover, and what shows on the stack of signatures."""
    if wanted.staple:
        for share in (0.25, 0.75):
            y = foot + share * (head - foot)
            ends = ((x, y - _STAPLE / 2), (x, y + _STAPLE / 2))
            yield Stroke("staple", *ends, wanted.weight)
    if wanted.collation and signatures > 1:
        step = min(_STEP, (head - foot - 2 * _FIRST_STEP) / signatures)
        y = head - _FIRST_STEP - signature * step
        yield Stroke("collation", (x, y), (x, y - step), mm_to_pt(_STEP_WIDTH))


def _stations(foot: float, head: float, count: int) -> Iterator[float]:
    """Evenly between two that lie a tenth of the height from head and foot."""
    inset = (head - foot) / 10
    for number in range(count):
        share = number / (count - 1) if count > 1 else 0.5
        yield head - inset - share * (head - foot - 2 * inset)
