"""Creep: the inner sheets of a fold stand out, so their pages are moved towards the spine."""

from __future__ import annotations

import re
from dataclasses import replace

from zine.diagnostics import UsageError, error
from zine.impose.sheets import Cell, Face, Plan, Sheet

# Thickness of one sheet, mm, by grams a square metre (print-conventions.md §4).
CALIPERS = {60: 0.075, 70: 0.085, 80: 0.100, 90: 0.115, 100: 0.125, 120: 0.145, 160: 0.190}
# The same by pounds, where makers state it (print-conventions.md §4).
_POUNDS = {("bond", 20.0): 0.0995, ("text", 70.0): 0.127}
# US basis weights in grams a square metre: bond 17 × 22 in, text 25 × 38 in, cover 20 × 26 in.
_GSM_PER_LB = {"bond": 3.76, "text": 1.48, "cover": 2.708}
# Up to here a weight without a name is of bond (copier) paper, above it of text paper.
_HEAVIEST_BOND = 36
# mm a gram of uncoated paper where the table has no weight (bulk 1.25 cm³/g).
_BULK = 0.00125
_PAPER = re.compile(
    r"^\s*(\d+(?:\.\d+)?)\s*(gsm|g/m2|g/m²|g|lb|lbs|#|mm|in)\s*(bond|text|cover)?\s*$",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mm)?\s*$", re.IGNORECASE)
DEFAULT_PAPER = "80 gsm"


def caliper(paper: str) -> float:
    """Thickness of one sheet, mm.

    Args:
        paper: a weight ("80 gsm", "20 lb", "70 lb text") or a thickness ("0.1 mm", "0.004 in").
            Pounds up to 36 are of bond paper, above that of text paper, unless the grade is named.

    Raises:
        UsageError: it is neither, finding "paper-weight".
    """
    match = _PAPER.match(paper)
    value = float(match[1]) if match else 0.0
    if match is None or not value:
        raise UsageError(
            [
                error(
                    "paper-weight",
                    f"“{paper}” is no weight and no thickness of paper",
                    hint="write it as on the wrapper: 80 gsm, 20 lb, 70 lb text, or 0.1 mm",
                )
            ]
        )
    unit = match[2].lower()
    if unit == "mm":
        return value
    if unit == "in":
        return value * 25.4
    if unit.startswith("lb") or unit == "#":
        grade = (match[3] or ("bond" if value <= _HEAVIEST_BOND else "text")).lower()
        return _POUNDS.get((grade, value), _thickness(value * _GSM_PER_LB[grade]))
    return _thickness(value)


def creep_step(wish: str, paper: str = DEFAULT_PAPER) -> float:
    """How far, mm, each sheet moves beyond the one outside it.

    Args:
        wish: "auto" for the thickness of the paper, "0" for none, or mm ("0.12", "0.12mm"), which
            also is the way to allow for the bulk of the fold (1.2 to 1.4 times the thickness).
        paper: what is printed on, as for `caliper`; only "auto" looks at it.

    Raises:
        UsageError: it is none of these, findings "creep" and "paper-weight".
    """
    if wish.strip().casefold() == "auto":
        return caliper(paper)
    match = _LENGTH.match(wish)
    if match is None:
        message = f"creep is “auto”, 0 or a length in mm a sheet, not “{wish}”"
        raise UsageError([error("creep", message)])
    return float(match[1])


def creeping(plan: Plan, step: float) -> Plan:
    """The plan with every page moved towards its spine, by `step` mm for every sheet around it.

    Of S leaves nested in one fold the outermost stays, the innermost moves by (S−1)·step; every
    signature starts anew (print-conventions.md §4). Plans without nested sheets stay as they are,
    as does every plan when `step` is 0.

    Raises:
        ValueError: `step` is negative.
    """
    if step < 0:
        raise ValueError("creep goes towards the spine")
    if not step or not plan.finish.nested:
        return plan
    return replace(
        plan,
        sheets=tuple(
            Sheet(
                _shifted(plan, sheet.front, back=False, step=step),
                _shifted(plan, sheet.back, back=True, step=step) if sheet.back else None,
            )
            for sheet in plan.sheets
        ),
    )


def depth(plan: Plan, cell: Cell) -> int:
    """How many leaves lie around the cell's own in its signature; 0 is outermost."""
    if cell.place is None:
        return 0
    first, length = signature_of(plan, cell.place)
    leaf = (cell.place - first) // 2
    return min(leaf, length // 2 - 1 - leaf)


def signature_of(plan: Plan, place: int) -> tuple[int, int]:
    """First place and number of places of the signature that holds a place."""
    whole = plan.finish.signature or plan.places
    first = place // whole * whole
    return first, min(whole, plan.places - first)


def _shifted(plan: Plan, face: Face, *, back: bool, step: float) -> Face:
    rows = [list(row) for row in face.rows]
    for row, column, cell in face.placed:
        amount = plan.spine_side(back, row, column) * depth(plan, cell) * step
        right, up = cell.shift
        rows[row][column] = replace(cell, shift=(right + amount, up))
    return Face(tuple(tuple(row) for row in rows))


def _thickness(grams: float) -> float:
    """By the table, between its weights on a straight line, outside of it by bulk."""
    weights = sorted(CALIPERS)
    if not weights[0] <= grams <= weights[-1]:
        return grams * _BULK
    above = next(weight for weight in weights if weight >= grams)
    below = max((weight for weight in weights if weight <= grams), default=above)
    if above == below:
        return CALIPERS[above]
    share = (grams - below) / (above - below)
    return CALIPERS[below] + share * (CALIPERS[above] - CALIPERS[below])
