"""Plans turned about: the other flip edge, the other binding, the other way up, one side a time."""

from __future__ import annotations

from dataclasses import replace

from zine.impose.sheets import Flip, Plan, Sheet, Sides


def turned(plan: Plan) -> Plan:
    """The same job for a printer that flips on the other edge: every back turned by 180°.

    `turned(turned(plan)) == plan` (print-conventions.md §2).
    """
    return replace(
        plan,
        sheets=tuple(
            replace(sheet, back=sheet.back.turned() if sheet.back else None)
            for sheet in plan.sheets
        ),
        flip=_other(plan.flip),
    )


def mirrored(plan: Plan) -> Plan:
    """The same job bound on the other side: left and right exchanged on paper and in the work.

    Pages stay readable; what was bound on the left is bound on the right.
    `mirrored(mirrored(plan)) == plan` (print-conventions.md §1).
    """
    return replace(
        plan,
        sheets=tuple(
            Sheet(sheet.front.mirrored(), sheet.back.mirrored() if sheet.back else None)
            for sheet in plan.sheets
        ),
        finish=plan.finish.mirrored(plan.grid[1]),
        panels=replace(plan.panels, widths=plan.panels.widths[::-1]),
    )


def oriented(plan: Plan, landscape: bool) -> Plan:
    """The same job, same pictures on the fronts, on a sheet that lies landscape or portrait.

    The flip edge stays what it was; since it then is the other pair of sides of the picture, the
    backs are turned with it.
    """
    if plan.landscape is landscape:
        return plan
    return replace(turned(plan), flip=plan.flip, landscape=landscape)


def sided(plan: Plan, sides: Sides, *, backs_reversed: bool = False) -> Plan:
    """The part of the job that goes through a printer without a duplexer in one go.

    First all fronts, then, the stack turned over the plan's flip edge, all backs.

    Args:
        plan: any plan; it is proved as a whole, whatever is printed of it.
        sides: what is printed now.
        backs_reversed: the backs start with the last sheet, for printers that lay the first sheet
            at the bottom of the stack.

    Raises:
        ValueError: backs are asked for where there are none.
    """
    if sides is Sides.BACKS and not plan.two_sided:
        raise ValueError("these sheets have no backs")
    return replace(plan, sides=sides, backs_reversed=backs_reversed and sides is Sides.BACKS)


def upright_backs(landscape: bool) -> Flip:
    """The flip edge that leaves the backs upright when the sheet is turned left to right.

    The short edge of a landscape sheet, the long edge of a portrait one (print-conventions.md §2).
    """
    return Flip.SHORT if landscape else Flip.LONG


def arranged(plan: Plan, flip: Flip | None, rtl: bool) -> Plan:
    """A plan with upright backs, bound on the left, as the job asks for it."""
    bound = mirrored(plan) if rtl else plan
    return bound if flip in (None, bound.flip) else turned(bound)


def _other(flip: Flip) -> Flip:
    return Flip.LONG if flip is Flip.SHORT else Flip.SHORT
