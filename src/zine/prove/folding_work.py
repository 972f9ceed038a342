"""The hand work in space: gathering, cutting and folding, step by step, without tearing paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zine.impose.finish import Cut, Fold, Gather, Kind, Line, Part, Ring, Slit, Step, level, upright
from zine.impose.sheets import Plan
from zine.prove.folding_paper import (
    NEAR,
    Panel,
    Pile,
    Vector,
    bend_left,
    bend_right,
    printed,
    spin,
    tumble,
    turn_over,
)


class CannotBeDone(ValueError):
    """A step cannot be done with this paper, or it would tear or be creased where no line is."""


def finished(plan: Plan) -> tuple[Pile, ...]:
    """What lies on the table when all is done; the panels of each pile from the uppermost.

    Raises:
        CannotBeDone: in words that name the line.
    """
    if not plan.finish.steps:
        raise CannotBeDone("it does not say how the sheets are folded")
    piles: list[Pile] = [printed(plan, number) for number in range(len(plan.sheets))]
    slits: list[Line] = []
    for step in plan.finish.steps:
        if isinstance(step, Slit):
            slits.append(step.line)
        piles = list(_done(step, piles, slits))
    for pile in piles:
        _check_joints(pile, plan)
    return tuple(tuple(sorted(pile, key=lambda panel: -panel.middle[2])) for pile in piles)


def edge(panel: Panel, line: Line) -> Vector | None:
    """Where a line runs along an edge of a panel (the middle of the edge), None where it does not.

    A level line is counted from the top, an upright one from the left.
    """
    across, cell = (panel.column, panel.row) if line.upright else (panel.row, panel.column)
    if not line.covers(cell) or across not in (line.at, line.at - 1):
        return None
    before = across == line.at - 1
    if line.upright:
        return panel.at(0.5 if before else -0.5, 0)
    return panel.at(0, -0.5 if before else 0.5)


def _done(step: Step, piles: Sequence[Pile], slits: Sequence[Line]) -> Iterator[Pile]:
    match step:
        case Gather(count=count):
            many = count or len(piles)
            for start in range(0, len(piles), many):
                yield _gathered(piles[start : start + many])
        case Cut():
            for pile in piles:
                yield from _cut(pile, step)
        case Slit():
            yield from piles
        case Fold(square=True):
            yield from (_bent(pile, step) for pile in piles)
        case Fold():
            yield from (_folded(pile, step) for pile in piles)
        case Ring():
            yield from (_ring(pile, step, slits) for pile in piles)


def _gathered(piles: Sequence[Pile]) -> Pile:
    """Jogged to the head left corner of the first, which stays where it is."""
    left, right, foot, head = _extent(piles[0])
    lowest = _lowest(piles[0])
    gathered = list(piles[0])
    for pile in piles[1:]:
        a, b, c, d = _extent(pile)
        if abs((b - a) - (right - left)) > NEAR or abs((d - c) - (head - foot)) > NEAR:
            raise CannotBeDone("pieces of different sizes are laid on one another")
        down = lowest - 1 - max(panel.middle[2] for panel in pile)
        gathered += [panel.moved(left - a, head - d, down) for panel in pile]
        lowest = _lowest(gathered)
    return tuple(gathered)


def _cut(pile: Pile, step: Cut) -> Iterator[Pile]:
    """The two piles that come of one; a pile the line does not cross stays whole."""
    line = step.line
    before: list[Panel] = []
    after: list[Panel] = []
    for panel in pile:
        place = panel.column if line.upright else panel.row
        (before if place < line.at else after).append(panel)
    if not before or not after:
        yield pile
        return
    axis = 0 if line.upright else 1
    sides = sorted((before, after), key=lambda part: part[0].middle[axis])
    if max(p.reach(axis)[1] for p in sides[0]) > min(p.reach(axis)[0] for p in sides[1]) + NEAR:
        raise CannotBeDone(f"{_name(line)} does not part the pile in two")
    low, high = (tuple(side) for side in sides)
    first, second = (low, high) if step.first in (Part.LEFT, Part.BOTTOM) else (high, low)
    if step.first not in ((Part.LEFT, Part.RIGHT) if line.upright else (Part.TOP, Part.BOTTOM)):
        raise CannotBeDone(f"{_name(line)} leaves no {step.first} part")
    if step.turned:
        left, right, foot, head = _extent(second)
        second = tuple(
            panel.turned(spin, (left + right) / 2, (foot + head) / 2, 0) for panel in second
        )
    yield first
    yield second


def _folded(pile: Pile, step: Fold) -> Pile:
    """Everything on one side of the fold goes behind everything on the other."""
    axis = 0 if step.lines[0].upright else 1
    edges = [spot[axis] for line in step.lines for p in pile if (spot := edge(p, line))]
    if not edges:
        raise CannotBeDone(f"there is no {_name(step.lines[0], '')} in the pile")
    at = edges[0]
    if any(line.upright is not step.lines[0].upright for line in step.lines) or any(
        abs(other - at) > NEAR for other in edges
    ):
        raise CannotBeDone("the lines of a fold do not lie on one another")
    low = step.part in (Part.LEFT, Part.BOTTOM)
    behind = _lowest(pile) - 0.5
    folded = []
    for panel in pile:
        least, greatest = panel.reach(axis)
        if least < at - NEAR and greatest > at + NEAR:
            raise CannotBeDone("a fold runs through the middle of a page")
        if (greatest <= at + NEAR) is not low:
            folded.append(panel)
        elif axis == 0:
            folded.append(panel.turned(turn_over, at, 0, behind))
        else:
            folded.append(panel.turned(tumble, 0, at, behind))
    moved = sum(one is not other for one, other in zip(folded, pile, strict=True))
    if moved in (0, len(pile)):
        raise CannotBeDone(f"nothing is folded at {_name(step.lines[0])}")
    return tuple(folded)


def _bent(pile: Pile, step: Fold) -> Pile:
    """By a right angle, as the cover of a book at both edges of its spine."""
    (line,) = step.lines
    left = step.part is Part.LEFT
    x, _, z = next(at for panel in pile if (at := edge(panel, line)))
    return tuple(
        panel.turned(bend_left if left else bend_right, x, 0, z)
        if (panel.column < line.at) is left
        else panel
        for panel in pile
    )


def _ring(pile: Pile, step: Ring, slits: Sequence[Line]) -> Pile:
    """From the cover on, each panel is folded behind the one before it, all round the slit."""
    flat = {(panel.row, panel.column): panel for panel in pile}
    if len(flat) != len(pile) or step.cover not in flat:
        raise CannotBeDone("a ring is made of a single sheet")
    joined = {
        place: [
            other for other in _around(place) if other in flat and not _parted(place, other, slits)
        ]
        for place in flat
    }
    if any(len(others) != 2 for others in joined.values()):
        raise CannotBeDone("the slit does not leave a ring of pages")

    def bound(place: tuple[int, int], other: tuple[int, int]) -> bool:
        return any(_between(place, other, line) for line in step.spines)

    here = step.cover
    folded = {here: flat[here]}
    # The other side of the first leaf comes next, and that is not across the spine.
    ahead = [other for other in joined[here] if not bound(here, other)]
    while ahead:
        there = ahead[0]
        folded[there] = _behind(folded[here], flat[there], _lowest(folded.values()))
        ahead = [other for other in joined[there] if other not in folded]
        here = there
    if len(folded) != len(flat):
        raise CannotBeDone("the pages of the ring do not all lie on one another")
    return tuple(folded.values())


def _behind(panel: Panel, flat: Panel, lowest: float) -> Panel:
    """A neighbour folded behind everything about the edge it has in common with the panel."""
    across, down = flat.column - panel.column, flat.row - panel.row
    x, y, z = panel.at(across, -down)
    laid = replace(flat, middle=(x, y, z), right=panel.right, up=panel.up)
    a, b, _ = panel.at(across / 2, -down / 2)
    # Paper that is folded only along the directions of its cells keeps its edges upright or level.
    turn = turn_over if across else tumble
    turned = laid.turned(turn, a, b, 0)
    return turned.moved(0, 0, lowest - 1 - turned.middle[2])


def _check_joints(pile: Pile, plan: Plan) -> None:
    """Where two panels were not cut apart, paper holds them; creases nest and never cross."""
    creases = list(plan.finish.creases)
    cuts = [crease.line for crease in creases if crease.kind is Kind.CUT]
    folds = [crease.line for crease in creases if crease.kind is not Kind.CUT]
    panels = {(p.sheet, p.row, p.column): p for p in pile}
    loops: dict[tuple[float, ...], list[tuple[float, float]]] = defaultdict(list)
    for (sheet, row, column), panel in panels.items():
        for place, line in (
            ((row, column + 1), upright(column + 1)),
            ((row + 1, column), level(row + 1)),
        ):
            other = panels.get((sheet, *place))
            if other is None or _parted((row, column), place, cuts):
                continue
            one, two = edge(panel, line), edge(other, line)
            assert one is not None
            assert two is not None
            if max(abs(one[0] - two[0]), abs(one[1] - two[1])) > NEAR:
                raise CannotBeDone(f"the paper tears at {_name(line)}")
            flat = (panel.right, panel.up) == (other.right, other.up)
            if flat is _parted((row, column), place, folds):
                how = "is not folded" if flat else "is folded although no fold is there"
                raise CannotBeDone(f"the paper {how} at {_name(line)}")
            layers = sorted((panel.middle[2], other.middle[2]))
            loops[round(one[0], 4), round(one[1], 4)].append((layers[0], layers[1]))
    for loop in loops.values():
        _check_nested(loop)


def _check_nested(loops: Iterable[tuple[float, float]]) -> None:
    """Creases at one edge lie within or beside one another."""
    stack: list[float] = []
    for low, high in sorted(loops, key=lambda loop: (loop[0], -loop[1])):
        while stack and stack[-1] < low + NEAR:
            stack.pop()
        if stack and stack[-1] < high - NEAR:
            raise CannotBeDone("the paper passes through itself")
        stack.append(high)


def _parted(one: tuple[int, int], two: tuple[int, int], lines: Iterable[Line]) -> bool:
    return any(_between(one, two, line) for line in lines)


def _between(one: tuple[int, int], two: tuple[int, int], line: Line) -> bool:
    """Whether the edge between two neighbouring cells lies on the line."""
    if line.upright is not (one[0] == two[0]):
        return False
    along, across = (0, 1) if line.upright else (1, 0)
    return max(one[across], two[across]) == line.at and line.covers(one[along])


def _around(place: tuple[int, int]) -> Iterator[tuple[int, int]]:
    row, column = place
    yield from ((row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column))


def _extent(pile: Iterable[Panel]) -> tuple[float, float, float, float]:
    """Left, right, foot and head."""
    xs = [x for panel in pile for x in panel.reach(0)]
    ys = [y for panel in pile for y in panel.reach(1)]
    return min(xs), max(xs), min(ys), max(ys)


def _lowest(pile: Iterable[Panel]) -> float:
    return min(panel.middle[2] for panel in pile)


def _name(line: Line, article: str = "the ") -> str:
    return f"{article}{'upright' if line.upright else 'level'} line {line.at}"
