"""Schemes that fold sheets into a book: pure functions from a number of pages to a plan.

Places are those of print-conventions.md §1 and §3; `zine.prove.folding` folds every one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from zine.impose.finish import Cut, Finish, Fold, Gather, Part, Step, level, upright
from zine.impose.options import DEFAULTS, Options
from zine.impose.places import face, padded
from zine.impose.sheets import Flip, Panels, Plan, Sheet
from zine.impose.turning import arranged, turned, upright_backs

__all__ = [
    "cut_stack_fold",
    "four_up",
    "octavo",
    "padded",
    "perfect",
    "quarto",
    "saddle",
    "saddle_stitch",
    "signatures",
    "turned",
]

# The left half goes behind the right one, which bears page 1: the spine comes to lie on the left.
_SPINE = Fold((upright(1),), Part.LEFT, spine=True)
_HEADS = Fold((level(1),), Part.TOP)


def saddle_stitch(
    pages: int,
    *,
    keep_last: bool = False,
    flip: Flip | None = None,
    landscape: bool = True,
    rtl: bool = False,
) -> Plan:
    """Sheets of two pages a side, nested and stapled through the fold.

    With N pages, blanks included, sheet s (1 is outermost) has (N−2(s−1), 2s−1) on its front and
    (2s, N−2s+1) on its back, so that every side sums to N+1 (PDF::Imposition, scheme 2up).

    Args:
        pages: number of pages.
        keep_last: blanks go before the last page, not after it.
        flip: edge over which the printer turns the sheet; None is the one that leaves the backs
            upright. On a landscape sheet the long edge turns every back upside down, which is
            undone by turning its picture (PDF::Imposition, scheme duplex2up).
        landscape: how the sheet lies; False only for formats so narrow that two of them side by
            side stand on a portrait sheet (see `zine.impose.fitting.sheet_for`).
        rtl: bound on the right.

    Raises:
        ValueError: there is no page.
    """
    return saddle(pages, Options(flip=flip, landscape=landscape, rtl=rtl, keep_last=keep_last))


def saddle(pages: int, options: Options = DEFAULTS) -> Plan:
    """`saddle_stitch` with the options of every scheme.

    Raises:
        ValueError: there is no page.
    """
    order = padded(pages, 4, options.keep_last)
    return _plan("saddle", pages, _folios(order, len(order)), options, (Gather(), _SPINE))


def signatures(pages: int, options: Options = DEFAULTS) -> Plan:
    """Sheets of two pages a side, nested by `options.sheets` (4) and sewn as signatures.

    Only the last signature is shorter, down to a single sheet (pdfcpu, multifolio).

    Raises:
        ValueError: there is no page, or no sheet in a signature.
    """
    count = _at_least_one(options.sheets or 4)
    return _signatures("signatures", pages, options, count)


def perfect(pages: int, options: Options = DEFAULTS) -> Plan:
    """Every sheet folded on its own, the folios stacked and glued at the spine.

    Raises:
        ValueError: there is no page.
    """
    return _signatures("perfect", pages, options, 1)


def quarto(pages: int, options: Options = DEFAULTS) -> Plan:
    """Sheets of four pages a side, folded twice, heads to the first fold.

    `options.sheets` (1) of them make a signature: folded `together` (the default) or each on its
    own and then `nested` (PDF::Imposition 2x4x1, 2x4x2, ea4x4).

    Raises:
        ValueError: there is no page, no sheet in a signature, or no such form.
    """
    count = _at_least_one(options.sheets or 1)
    nested = _form(options, "together", "nested")
    order = padded(pages, 8, options.keep_last)
    sheets = []
    for base, length in _runs(len(order), 8 * count):
        half, end = base + length // 2, base + length
        for sheet in range(length // 8):
            if nested:
                a, z = base + 4 * sheet, end - 4 * sheet
                front = ((3 - z, -4 - a), (z, 1 + a))
                back = ((-3 - a, 2 - z), (2 + a, z - 1))
            else:
                a, z, s = base + 2 * sheet, end - 2 * sheet, 2 * sheet
                front = ((-half - 1 - s, s - half), (z, 1 + a))
                back = ((1 + s - half, -half - 2 - s), (2 + a, z - 1))
            sheets.append(Sheet(face(order, *front), face(order, *back)))
    steps: tuple[Step, ...] = (
        (_HEADS, Gather(count), _SPINE, Gather())
        if nested
        else (Gather(count), _HEADS, _SPINE, Gather())
    )
    return _plan("quarto", pages, sheets, options, steps, 8 * count, landscape=False)


def octavo(pages: int, options: Options = DEFAULTS) -> Plan:
    """Sheets of eight pages a side, folded three times; each is a signature of 16 pages.

    PDF::Imposition 1x8x2, for a turn left to right.

    Raises:
        ValueError: there is no page.
    """
    order = padded(pages, 16, options.keep_last)
    sheets = []
    for base, _ in _runs(len(order), 16):
        front = face(order, (-5, -12, -9, -8), (4, 13, 16, 1), base=base)
        back = face(order, (-7, -10, -11, -6), (2, 15, 14, 3), base=base)
        sheets.append(Sheet(front, back))
    steps = (
        Fold((upright(2),), Part.LEFT),
        _HEADS,
        Fold((upright(1), upright(3)), Part.LEFT, spine=True),
        Gather(),
    )
    return _plan("octavo", pages, sheets, options, steps, 16)


def cut_stack_fold(pages: int, options: Options = DEFAULTS) -> Plan:
    """Two folios side by side: cut the pile, lay the right half inside the left, fold once.

    pdfimpose cutstackfold, one signature.

    Raises:
        ValueError: there is no page.
    """
    order = padded(pages, 8, options.keep_last)
    half = len(order) // 8
    folios = [_folio(i, 0, len(order)) for i in range(2 * half)]
    sheets = [
        Sheet(
            face(order, (*folios[s][0], *folios[half + s][0])),
            face(order, (*folios[half + s][1], *folios[s][1])),
        )
        for s in range(half)
    ]
    fold = Fold((upright(1), upright(3)), Part.LEFT, spine=True)
    steps = (Gather(), Cut(upright(2), Part.LEFT), Gather(), fold)
    return _plan("cut-stack-fold", pages, sheets, options, steps)


def four_up(pages: int, options: Options = DEFAULTS) -> Plan:
    """Four pages a side, cut across into two folios a sheet that nest: A6 from A4.

    `nest` (the default): the lower half of each sheet is turned by 180° and laid into the upper
    half of the same sheet, feet to the cut (pdfcpu, n=4). `upright`: the whole pile is cut at once
    and its lower half laid into the upper (PDF::Imposition 4up).

    Raises:
        ValueError: there is no page, or no such form.
    """
    piles = _form(options, "nest", "upright")
    order = padded(pages, 8, options.keep_last)
    end, count = len(order), len(order) // 8
    sheets = []
    for s in range(count):
        (front, back) = _folio(s if piles else 2 * s, 0, end)
        (low_front, low_back) = _folio(count + s if piles else 2 * s + 1, 0, end)
        if not piles:
            low_front, low_back = _upside_down(low_front), _upside_down(low_back)
        sheets.append(Sheet(face(order, front, low_front), face(order, back, low_back)))
    cut = Cut(level(1), Part.TOP, turned=not piles)
    steps: tuple[Step, ...] = (cut, Gather(), _SPINE)
    if piles:
        steps = (Gather(), *steps)
    return _plan("four-up", pages, sheets, options, steps, landscape=False)


def _plan(
    scheme: str,
    pages: int,
    sheets: Iterable[Sheet],
    options: Options,
    steps: tuple[Step, ...],
    signature: int = 0,
    landscape: bool = True,
) -> Plan:
    lies = landscape if options.landscape is None else options.landscape
    plan = Plan(
        scheme,
        pages,
        tuple(sheets),
        upright_backs(lies),
        lies,
        Finish(steps, signature=signature),
        Panels(gap=options.gap),
    )
    return arranged(plan, options.flip, options.rtl)


def _signatures(scheme: str, pages: int, options: Options, count: int) -> Plan:
    order = padded(pages, 4, options.keep_last)
    steps = (Gather(count), _SPINE, Gather())
    return _plan(scheme, pages, _folios(order, 4 * count), options, steps, 4 * count)


def _folios(order: tuple[int | None, ...], signature: int) -> Iterable[Sheet]:
    """Sheets of two pages a side for signatures of so many places."""
    for base, length in _runs(len(order), signature):
        for index in range(length // 4):
            front, back = _folio(index, base, base + length)
            yield Sheet(face(order, front), face(order, back))


def _folio(index: int, base: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Front and back of a folio, `index` folios inside the outermost; places base+1 to end."""
    low, high = base + 2 * index, end - 2 * index
    return (high, low + 1), (low + 2, high - 1)


def _upside_down(places: tuple[int, int]) -> tuple[int, int]:
    return -places[1], -places[0]


def _runs(places: int, signature: int) -> Iterable[tuple[int, int]]:
    """First place (from 0) and length of every signature."""
    for base in range(0, places, signature):
        yield base, min(signature, places - base)


def _at_least_one(sheets: int) -> int:
    if sheets < 1:
        raise ValueError("a signature has one sheet at least")
    return sheets


def _form(options: Options, usual: str, other: str) -> bool:
    """Whether the other form is asked for."""
    if options.form not in (None, usual, other):
        raise ValueError(f"there is no form “{options.form}”, only “{usual}” and “{other}”")
    return options.form == other
