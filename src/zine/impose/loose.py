"""Schemes without a bound fold: leaves, cards and copies to cut, strips, leaflets, the mini zine.

Places are those of print-conventions.md §5 and §6; `zine.prove.folding` folds every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zine.impose.finish import (
    Cut,
    Finish,
    Fold,
    Gather,
    Part,
    Product,
    Ring,
    Slit,
    Step,
    level,
    upright,
)
from zine.impose.options import DEFAULTS, Options
from zine.impose.places import face, padded
from zine.impose.sheets import Cell, Face, Panels, Plan, Rotation, Sheet
from zine.impose.turning import arranged, upright_backs

MINI_PAGES = 8
LEAFLET_PAGES = 6
ACCORDION_PANELS = 16
# C-fold on A4: the flap is folded in and so is narrower by 3 mm (foa.dk, Canon PRISMA).
_A4_PANELS = (97.0, 100.0, 100.0)

# What of the plan is printed on a piece of paper: front and back, as places counted from 0.
_Leaf = Callable[[int, int], tuple[int | None, int | None]]


def cut_stack(pages: int, options: Options = DEFAULTS) -> Plan:
    """Single leaves: cut the pile, lay the stacks on one another, bind at the left edge.

    `options.grid` (1 × 2) leaves a side; the first stack bears the first pages.

    Raises:
        ValueError: there is no page.
    """
    rows, columns = _grid(options, 1, 2)
    up = rows * columns
    order = padded(pages, 2 * up, options.keep_last)
    count = len(order) // (2 * up)

    def leaf(sheet: int, pile: int) -> tuple[int, int]:
        place = 2 * (pile * count + sheet)
        return place, place + 1

    sheets = _sheets(order, (rows, columns), count, leaf)
    steps = (Gather(), *_cuts(rows, columns), Gather())
    return _plan("cut-stack", pages, sheets, options, Finish(steps), columns > rows)


def copies(pages: int, options: Options = DEFAULTS) -> Plan:
    """The same pages several times on a sheet, for handouts that are cut apart.

    `options.grid` (1 × 2) copies; every copy stands in the middle of its share of the sheet.

    Raises:
        ValueError: there is no page.
    """
    rows, columns = _grid(options, 1, 2)
    sides = 1 if options.one_sided or pages == 1 else 2
    order = padded(pages, sides, options.keep_last)

    def leaf(sheet: int, _: int) -> tuple[int, int | None]:
        return sides * sheet, sides * sheet + 1 if sides == 2 else None

    sheets = _sheets(order, (rows, columns), len(order) // sides, leaf, two_sided=sides == 2)
    finish = Finish((Gather(), *_cuts(rows, columns)))
    return _plan(
        "copies",
        pages,
        sheets,
        options,
        finish,
        columns > rows,
        Panels(gap=options.gap, fill=True),
        copies=rows * columns,
    )


def cards(pages: int, options: Options = DEFAULTS) -> Plan:
    """Cards side by side with their backs behind them, to be cut apart.

    `options.grid` (2 × 4) cards a side. Pages are front, back, front, back …; with `common_back`
    all but the last are fronts and the last is the back of all; `one_sided` cards have no backs.
    `sheet` (the default form) fills one sheet after the other; `stack` has the deck in order once
    the stacks are laid on one another.

    Raises:
        ValueError: there is no page, a common back without fronts, or no such form.
    """
    rows, columns = _grid(options, 2, 4)
    if options.form not in (None, "sheet", "stack"):
        raise ValueError(f"there is no form “{options.form}”, only “sheet” and “stack”")
    if options.common_back and options.one_sided:
        raise ValueError("cards with a common back are not one-sided")
    fronts = pages - 1 if options.common_back else pages
    if fronts < 1 <= pages:
        raise ValueError("a common back needs a front: the last page is the back")
    step = 1 if options.one_sided or options.common_back else 2
    order = padded(fronts, step * rows * columns)
    count = len(order) // (step * rows * columns)
    common = pages - 1 if options.common_back else None
    stacked = options.form == "stack"

    def leaf(sheet: int, pile: int) -> tuple[int, int | None]:
        card = pile * count + sheet if stacked else sheet * rows * columns + pile
        return step * card, step * card + 1 if step == 2 else None

    sheets = _sheets(
        order, (rows, columns), count, leaf, two_sided=not options.one_sided, common=common
    )
    steps: tuple[Step, ...] = (Gather(), *_cuts(rows, columns), *((Gather(),) if stacked else ()))
    return _plan(
        "cards",
        pages,
        sheets,
        options,
        Finish(steps, Product.CARDS),
        columns > rows,
        common=() if common is None else (common,),
    )


def mini(pages: int, options: Options = DEFAULTS) -> Plan:
    """Eight pages on one side of one sheet, slit in the middle and folded without a staple.

    `heads` (the default) to the centre (pdfimpose onepagezine) or `feet` to the centre (bookbinder
    8_zine). Up to two more pages, `options.poster`, fill the back.

    Raises:
        ValueError: there is no page, there are too many, or no such form.
    """
    if options.form not in (None, "heads", "feet"):
        raise ValueError(f"there is no form “{options.form}”, only “heads” and “feet”")
    if options.poster not in (0, 1, 2):
        raise ValueError("the back has room for a poster of one page or of two")
    inside = pages - options.poster
    if inside > MINI_PAGES:
        raise ValueError(f"a mini zine has {MINI_PAGES} pages, these are {inside}")
    order = padded(inside, MINI_PAGES, options.keep_last)
    if options.form == "feet":
        front, cover = face(order, (8, 1, 2, 3), (-7, -6, -5, -4)), (0, 1)
    else:
        front, cover = face(order, (-5, -4, -3, -2), (6, 7, 8, 1)), (1, 3)
    ends = (level(1, 0, 1), level(1, 3))
    steps = (
        Slit(level(1, 1, 3)),
        Ring(cover, (*ends, upright(2)), (upright(1), upright(3))),
    )
    sheet = Sheet(front, _poster(pages, options))
    return _plan("mini", pages, (sheet,), options, Finish(steps), True, Panels(fill=True))


def accordion(pages: int, options: Options = DEFAULTS) -> Plan:
    """A strip folded to and fro, pages 1 to k on its front; the rest, if any, on its back.

    As many panels as half the pages, or, with `one_sided`, as there are pages.

    Raises:
        ValueError: there is no page, or more than a strip holds (16 panels).
    """
    sides = 1 if options.one_sided else 2
    if pages > sides * ACCORDION_PANELS:
        raise ValueError(f"a strip has {ACCORDION_PANELS} panels at most")
    panels = max(2, -(-pages // sides))
    order = padded(pages, sides * panels, options.keep_last)
    front = face(order, range(1, panels + 1))
    back = None if options.one_sided else face(order, range(panels + 1, 2 * panels + 1))
    # Page 1 stays on top: what is left of the strip goes behind it from the right, from the left …
    steps = tuple(
        Fold((upright(at),), Part.RIGHT if at % 2 else Part.LEFT) for at in range(1, panels)
    )
    finish = Finish(steps, Product.STRIP)
    return _plan(
        "accordion", pages, (Sheet(front, back),), options, finish, True, Panels(fill=True)
    )


def leaflet(pages: int, options: Options = DEFAULTS) -> Plan:
    """A C-fold: 5 (the flap), 6 and 1 outside, 2, 3 and 4 inside; the flap is narrower.

    `options.widths` are those of the outside, from the left (97, 100, 100 mm for A4); see
    `zine.paper.leaflet_widths`.

    Raises:
        ValueError: there is no page, or more than six.
    """
    if pages > LEAFLET_PAGES:
        raise ValueError(f"a leaflet has {LEAFLET_PAGES} pages, these are {pages}")
    order = padded(pages, LEAFLET_PAGES, options.keep_last)
    sheet = Sheet(face(order, (5, 6, 1)), face(order, (2, 3, 4)))
    steps = (Fold((upright(1),), Part.LEFT), Fold((upright(2),), Part.LEFT))
    panels = Panels(widths=options.widths or _A4_PANELS)
    return _plan("c-fold", pages, (sheet,), options, Finish(steps, Product.LEAFLET), True, panels)


def _plan(
    scheme: str,
    pages: int,
    sheets: Sequence[Sheet],
    options: Options,
    finish: Finish,
    landscape: bool,
    panels: Panels | None = None,
    copies: int = 1,
    common: tuple[int, ...] = (),
) -> Plan:
    lies = landscape if options.landscape is None else options.landscape
    plan = Plan(
        scheme,
        pages,
        tuple(sheets),
        upright_backs(lies),
        lies,
        finish,
        Panels(gap=options.gap) if panels is None else panels,
        copies,
        common,
    )
    return arranged(plan, options.flip, options.rtl)


def _sheets(
    order: Sequence[int | None],
    grid: tuple[int, int],
    count: int,
    leaf: _Leaf,
    *,
    two_sided: bool = True,
    common: int | None = None,
) -> list[Sheet]:
    """Sheets from what stands on either side of each piece of paper, all of it upright."""
    rows, columns = grid

    def cell(place: int | None, other: int | None) -> Cell:
        if place is not None:
            return Cell(order[place], place=place)
        # A card that is blank in front needs no back either.
        return Cell(common if other is not None and order[other] is not None else None)

    made = []
    for sheet in range(count):
        pieces = [[leaf(sheet, row * columns + c) for c in range(columns)] for row in range(rows)]
        front = Face(tuple(tuple(cell(one, None) for one, _ in line) for line in pieces))
        # The sheet is turned left to right for its back.
        back = tuple(tuple(cell(two, one) for one, two in reversed(line)) for line in pieces)
        made.append(Sheet(front, Face(back) if two_sided else None))
    return made


def _grid(options: Options, rows: int, columns: int) -> tuple[int, int]:
    """The grid asked for, or else the usual one."""
    rows, columns = options.grid or (rows, columns)
    if rows < 1 or columns < 1:
        raise ValueError("a grid has one row and one column at least")
    return rows, columns


def _cuts(rows: int, columns: int) -> tuple[Step, ...]:
    """Full cuts after which the pieces lie row by row."""
    return (
        *(Cut(level(at), Part.TOP) for at in range(1, rows)),
        *(Cut(upright(at), Part.LEFT) for at in range(1, columns)),
    )


def _poster(pages: int, options: Options) -> Face | None:
    if not options.poster:
        return None
    rows = [[Cell(None)] * 4 for _ in range(2)]
    if options.poster == 1:
        turn: Rotation = 90 if options.poster_upright else 0
        rows[0][0] = Cell(pages - 1, turn, span=(2, 4))
    else:
        rows[0][0] = Cell(pages - 2, span=(2, 2))
        rows[0][2] = Cell(pages - 1, span=(2, 2))
    return Face(tuple(tuple(row) for row in rows))
