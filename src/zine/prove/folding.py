"""Proof by folding: the printed sheets are nested and folded in space, and read leaf by leaf.

Nothing here knows how a plan is made. Ink is put on paper where a printer puts it, the paper is
turned about the fold, and what a reader sees is taken from where the ink has come to lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zine.diagnostics import Finding, error
from zine.impose.sheets import Face, Flip, Plan

# A point or a direction in space. The sheets lie before us with their fronts up: x to the right,
# y to the head, z towards us. A cell is 1 wide and 1 high; neighbouring sheets are 1 apart in z.
_Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Seen:
    """What a reader sees on one side of a leaf.

    Args:
        page: index of the page, from 0; None is a blank.
        upright: the page's head is at the head of the booklet (a blank is always upright).
    """

    page: int | None
    upright: bool = True


@dataclass(frozen=True)
class _Ink:
    """A printed cell in space: its middle, where its head points to, where its face looks to."""

    page: int | None
    middle: _Vector
    head: _Vector
    normal: _Vector


def fold(plan: Plan) -> tuple[Seen, ...]:
    """What a reader sees who folds the sheets once, nested, and turns the leaves from the front.

    Front of the first sheet outside, spine on the left; recto and verso of every leaf in turn.

    Raises:
        ValueError: the sheets are not of two cells side by side, printed on both sides.
    """
    if plan.grid != (1, 2) or not plan.two_sided:
        raise ValueError("only sheets of two pages a side, printed on both sides, fold once")
    inks = [ink for depth, _ in enumerate(plan.sheets) for ink in _printed(plan, depth)]
    # The fold is between the cells, at x = 1; the left halves go behind the innermost sheet.
    behind = -float(len(plan.sheets))
    closed = [_turned(ink, 1.0, behind) if ink.middle[0] < 1.0 else ink for ink in inks]
    return tuple(_read(closed))


def prove_fold(plan: Plan) -> tuple[Finding, ...]:
    """Errors where the folded booklet does not read page 1 to the last, upright, each page once.

    Blanks are allowed at the end or just before the last page. Codes: "fold-unknown",
    "fold-missing", "fold-twice", "fold-order", "fold-upside-down", "fold-blank".
    """
    try:
        seen = fold(plan)
    except ValueError as problem:
        return (error("fold-unknown", f"plan “{plan.scheme}” cannot be folded: {problem}"),)
    pages = [leaf.page for leaf in seen if leaf.page is not None]
    return tuple(
        finding
        for finding in (
            *_count(pages, plan.pages),
            _order(pages),
            _upright(seen, plan),
            _blanks([leaf.page for leaf in seen]),
        )
        if finding
    )


def _printed(plan: Plan, depth: int) -> Iterator[_Ink]:
    """The ink on both sides of a sheet that lies `depth` sheets below the outermost one."""
    sheet = plan.sheets[depth]
    yield from _ink_of(sheet.front, depth)
    if sheet.back is not None:
        # The back is printed as if it were a front; then the paper is turned over the flip edge.
        # Short edges are at left and right of a landscape sheet, at head and foot of a portrait.
        sideways = (plan.flip is Flip.SHORT) is plan.landscape
        rows, columns = sheet.back.grid
        for ink in _ink_of(sheet.back, depth):
            if sideways:
                yield _turned(ink, columns / 2, -float(depth))
            else:
                yield _tumbled(ink, rows / 2, -float(depth))


def _ink_of(face: Face, depth: int) -> Iterator[_Ink]:
    for down, row in enumerate(face.rows):
        for across, cell in enumerate(row):
            # Clockwise from the head: head, right, foot, left.
            x, y = {0: (0, 1), 90: (1, 0), 180: (0, -1), 270: (-1, 0)}[cell.rotation]
            middle = (across + 0.5, len(face.rows) - down - 0.5, -float(depth))
            yield _Ink(cell.page, middle, (x, y, 0.0), (0.0, 0.0, 1.0))


def _turned(ink: _Ink, x: float, z: float) -> _Ink:
    """Turned by 180° about the upright axis through (x, z), as a leaf of a book is."""
    a, b, c = ink.middle
    return _Ink(
        ink.page,
        (2 * x - a, b, 2 * z - c),
        (-ink.head[0], ink.head[1], -ink.head[2]),
        (-ink.normal[0], ink.normal[1], -ink.normal[2]),
    )


def _tumbled(ink: _Ink, y: float, z: float) -> _Ink:
    """Turned by 180° about the level axis through (y, z), as a leaf of a wall calendar is."""
    a, b, c = ink.middle
    return _Ink(
        ink.page,
        (a, 2 * y - b, 2 * z - c),
        (ink.head[0], -ink.head[1], -ink.head[2]),
        (ink.normal[0], -ink.normal[1], -ink.normal[2]),
    )


def _read(closed: Sequence[_Ink]) -> Iterator[Seen]:
    """The leaves from the one nearest to us; of each the side that looks at us, then the other."""
    for ink in sorted(closed, key=lambda ink: (-ink.middle[2], -ink.normal[2])):
        # Turning the leaf about the spine leaves its head where it is, so that what points to the
        # head of the closed booklet is upright on versos as well.
        yield Seen(ink.page, ink.page is None or ink.head == (0.0, 1.0, 0.0))


def _count(pages: Sequence[int], expected: int) -> Iterator[Finding]:
    times = Counter(pages)
    missing = [page for page in range(expected) if not times[page]]
    twice = sorted(page for page, count in times.items() if count > 1)
    if missing:
        yield error("fold-missing", f"{_pages(missing)} on no sheet")
    if twice:
        yield error("fold-twice", f"{_pages(twice)} on the sheets more than once")


def _order(pages: Sequence[int]) -> Finding | None:
    """The first place where the next page is not a later one."""
    for before, page in pairwise(pages):
        if page < before:
            return error(
                "fold-order",
                f"the folded booklet reads {_reading(pages)}: "
                f"page {page + 1} comes after page {before + 1}",
            )
    return None


def _upright(seen: Sequence[Seen], plan: Plan) -> Finding | None:
    fallen = sorted({leaf.page for leaf in seen if leaf.page is not None and not leaf.upright})
    if not fallen:
        return None
    return error(
        "fold-upside-down",
        f"{_pages(fallen)} not upright in the folded booklet",
        hint=f"turn the backs by 180°: the plan says the printer flips on the {plan.flip} edge",
    )


def _blanks(pages: Sequence[int | None]) -> Finding | None:
    """Blanks must be one run, at the end or with one page after it."""
    blank = [place for place, page in enumerate(pages) if page is None]
    if not blank:
        return None
    first, last = blank[0], blank[-1]
    in_one_run = last - first + 1 == len(blank)
    if in_one_run and last >= len(pages) - 2 and first > 0:
        return None
    return error(
        "fold-blank",
        "blank pages belong at the end or just before the last page; here they are at "
        + ", ".join(str(place + 1) for place in blank),
    )


def _pages(pages: Sequence[int]) -> str:
    """As the subject of a sentence: "page 3 is", "pages 3, 4, 7 are"."""
    names = ", ".join(str(page + 1) for page in pages)
    return f"page {names} is" if len(pages) == 1 else f"pages {names} are"


def _reading(pages: Sequence[int]) -> str:
    shown = ", ".join(str(page + 1) for page in pages[:12])
    return shown + (" …" if len(pages) > 12 else "")
