"""Thumb tabs: half of a type's shape rising over the fore edge, and where they stand."""

from __future__ import annotations

from typing import Literal

from zine.drawing.shapes import drawn, known, polygon
from zine.drawing.svg import BEAD_STROKE, Style, document, num, path, stroked, window

Side = Literal["left", "right"]
"""The edge of the page the tab rises from: left on a verso, right on a recto."""

FIRST_CENTRE = 93.0
"""Centre of the first tab in mm from the head (look.md, Types)."""
SPAN = 78.0
"""Distance in mm from the first of four tabs to the last (look.md, Types)."""
A5_HEIGHT = 210.0
"""Trim height in mm for which these measures are given."""
HEIGHT = 20.0
"""Height of a tab in mm, as long as there are no more than four."""

_KAPPA = 0.5523
_SQUARE = 0.85
_STAR_WAIST = 0.18


def tab_step(count: int, *, trim_height: float = A5_HEIGHT) -> float:
    """Return the distance in mm between the tabs of `count` chapters: 26, or 78/(k − 1)."""
    return (SPAN / 3 if count <= 4 else SPAN / (count - 1)) * trim_height / A5_HEIGHT


def tab_centre(index: int, count: int, *, trim_height: float = A5_HEIGHT) -> float:
    """Return a tab's centre in mm from the head: 93, 119, 145, 171 for up to four chapters.

    Source: look.md, Types: step 26; with k > 4 chapters 78/(k − 1). Given for A5; on another
    trim height (mm) in proportion.
    """
    if not 0 <= index < count:
        raise ValueError(f"no tab {index} among {count}")
    first = FIRST_CENTRE * trim_height / A5_HEIGHT
    return first + index * tab_step(count, trim_height=trim_height)


def tab_height(count: int, *, trim_height: float = A5_HEIGHT) -> float:
    """Return a tab's height in mm: 20, with k > 4 chapters the step less 3 (look.md, Types)."""
    scale = trim_height / A5_HEIGHT
    if count <= 4:
        return HEIGHT * scale
    return max(1.0, tab_step(count, trim_height=trim_height) - 3 * scale)


def tab(
    shape: str,
    fill: str,
    *,
    side: Side,
    height: float = HEIGHT,
    depth: float | None = None,
    bleed: float = 3.0,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return a tab as svg, `depth + bleed` wide and `height` high; all lengths in mm.

    Source: look.md, Types: half disc; square .85 as high and deep (17 × 8.5); triangle with its
    apex inward; half star. Hexagon and diamond go on as cut by the fore edge, the diamond three
    quarters of it so that it does not look like a triangle. A path stands with its middle on the
    fore edge. By default the depth is half the
    height (10 for 20).
    """
    deep = height / 2 if depth is None else depth
    inset = BEAD_STROKE / 2 if style == "outline" else 0.0
    sign = 1.0 if side == "left" else -1.0
    own = drawn(known(shape))
    if own is None:
        d = _half(shape, sign * (deep - inset), height / 2 - inset, -sign * (bleed + 1))
    else:
        left, top, right, bottom = own.box
        size = min((height - 2 * inset) / (bottom - top), 2 * (deep - inset) / (right - left))
        d = own.data(0.0, 0.0, size, flip=sign)
    content = stroked(d, fill, BEAD_STROKE) if style == "outline" else path(d, fill)
    left = -bleed if side == "left" else -deep
    box = (left, -height / 2, deep + bleed, height)
    return document(*box, window(*box, content), label=label)


def _half(shape: str, dx: float, h: float, out: float) -> str:
    """Return half a shape that reaches from x = 0 to dx, ± h high, and back to x = out (mm)."""
    if known(shape) == "circle":
        kx, kh = _KAPPA * dx, _KAPPA * h
        curve = f"C{_at(kx, -h)} {_at(dx, -kh)} {_at(dx, 0)}C{_at(dx, kh)} {_at(kx, h)} {_at(0, h)}"
        return f"M{_at(out, -h)}L{_at(0, -h)}{curve}L{_at(out, h)}z"
    if shape == "star":
        wx, wh = _STAR_WAIST * dx, _STAR_WAIST * h
        curve = f"Q{_at(wx, -wh)} {_at(dx, 0)}Q{_at(wx, wh)} {_at(0, h)}"
        return f"M{_at(out, -h)}L{_at(0, -h)}{curve}L{_at(out, h)}z"
    profile = {
        "square": ((0.0, _SQUARE), (_SQUARE, _SQUARE)),
        "triangle": ((0.0, 1.0), (1.0, 0.0)),
        "hexagon": ((0.0, 0.866), (0.5, 0.866), (1.0, 0.0)),
        "diamond": ((0.0, 0.4), (0.3, 0.7), (1.0, 0.0)),
    }[shape]
    points = [(out, -profile[0][1] * h), *((dx * u, -h * v) for u, v in profile)]
    return polygon([*points, *((x, -y) for x, y in reversed(points))])


def _at(x: float, y: float) -> str:
    return f"{num(x)} {num(y)}"
