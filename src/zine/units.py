"""Units of print: millimetres, PDF points and CSS pixels."""

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PX_PER_INCH = 96.0


def mm_to_pt(mm: float) -> float:
    """Millimetres to PDF points (1 pt = 1/72 in, ISO 32000-1 §8.3.2.3)."""
    return mm * PT_PER_INCH / MM_PER_INCH


def pt_to_mm(pt: float) -> float:
    """PDF points to millimetres."""
    return pt * MM_PER_INCH / PT_PER_INCH


def px_to_pt(px: float) -> float:
    """CSS pixels to PDF points (1 px = 1/96 in, CSS Values 4 §6.2)."""
    return px * PT_PER_INCH / PX_PER_INCH
