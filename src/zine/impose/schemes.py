"""Schemes of imposition: pure functions from a number of pages to a plan."""

from __future__ import annotations

from dataclasses import replace

from zine.impose.sheets import Cell, Face, Flip, Plan, Sheet


def padded(pages: int, multiple: int, keep_last: bool = False) -> tuple[int | None, ...]:
    """The page indices in reading order, filled up with blanks to a multiple.

    Args:
        pages: number of pages.
        multiple: what the length must be a multiple of (4 where sheets are folded once).
        keep_last: the blanks go before the last page, so that the back cover stays outside.
            A single page is the front cover and stays in front.

    Raises:
        ValueError: there is no page, or `multiple` is less than 1.
    """
    if pages < 1:
        raise ValueError("there is no page to impose")
    if multiple < 1:
        raise ValueError("a multiple is 1 at least")
    order: tuple[int | None, ...] = tuple(range(pages))
    blanks = (None,) * (-pages % multiple)
    if keep_last and pages > 1:
        return (*order[:-1], *blanks, pages - 1)
    return order + blanks


def saddle_stitch(
    pages: int, *, keep_last: bool = False, flip: Flip = Flip.SHORT, landscape: bool = True
) -> Plan:
    """Sheets of two pages a side, nested and stapled through the fold.

    With N pages, blanks included, sheet s (1 is outermost) has (N−2(s−1), 2s−1) on its front and
    (2s, N−2s+1) on its back, so that every side sums to N+1 (PDF::Imposition, scheme 2up).

    Args:
        pages: number of pages.
        keep_last: blanks go before the last page, not after it.
        flip: edge over which the printer turns the sheet. On a landscape sheet the long edge
            turns every back upside down, which is undone by turning its picture (PDF::Imposition,
            scheme duplex2up).
        landscape: how the sheet lies; False only for formats so narrow that two of them side by
            side stand on a portrait sheet (see `zine.impose.press.sheet_for`).

    Raises:
        ValueError: there is no page.
    """
    order = padded(pages, 4, keep_last)
    end = len(order) - 1
    plan = Plan(
        "saddle",
        pages,
        tuple(
            Sheet(_spread(order[end - i], order[i]), _spread(order[i + 1], order[end - i - 1]))
            for i in range(0, len(order) // 2, 2)
        ),
        # Upright backs need a turn left to right: over the short edge of a landscape sheet, over
        # the long edge of a portrait one.
        Flip.SHORT if landscape else Flip.LONG,
        landscape,
    )
    return plan if plan.flip is flip else turned(plan)


def turned(plan: Plan) -> Plan:
    """The same job for a printer that flips on the other edge: every back turned by 180°.

    `turned(turned(plan)) == plan`.
    """
    return replace(
        plan,
        sheets=tuple(
            replace(sheet, back=sheet.back.turned() if sheet.back else None)
            for sheet in plan.sheets
        ),
        flip=Flip.LONG if plan.flip is Flip.SHORT else Flip.SHORT,
    )


def _spread(left: int | None, right: int | None) -> Face:
    return Face(((Cell(left), Cell(right)),))
