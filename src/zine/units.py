"""Units of print: millimetres, PDF points, CSS pixels, and lengths as people write them."""

from __future__ import annotations

import re

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PX_PER_INCH = 96.0
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt)?", re.IGNORECASE)


def mm_to_pt(mm: float) -> float:
    """Millimetres to PDF points (1 pt = 1/72 in, ISO 32000-1 §8.3.2.3)."""
    return mm * PT_PER_INCH / MM_PER_INCH


def pt_to_mm(pt: float) -> float:
    """PDF points to millimetres."""
    return pt * MM_PER_INCH / PT_PER_INCH


def px_to_pt(px: float) -> float:
    """CSS pixels to PDF points (1 px = 1/96 in, CSS Values 4 §6.2)."""
    return px * PT_PER_INCH / PX_PER_INCH


def length(text: str, default: str = "mm") -> float | None:
    """A length in mm ("3mm", "0.125in", "13.5pt", "5"), or None where the text is none.

    Args:
        default: unit of a bare number.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    factors = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": pt_to_mm(1.0)}
    return float(match[1]) * factors[(match[2] or default).lower()]
