"""Lengths as people write them: "3mm", "0.125in", "13.5pt", or a bare number."""

from __future__ import annotations

import re

from zine.units import MM_PER_INCH, pt_to_mm

_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt)?", re.IGNORECASE)


def length(text: str, default: str = "mm") -> float | None:
    """A length in mm, or None where the text is none.

    Args:
        default: unit of a bare number.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        return None
    factors = {"mm": 1.0, "cm": 10.0, "in": MM_PER_INCH, "pt": pt_to_mm(1.0)}
    return float(match[1]) * factors[(match[2] or default).lower()]
