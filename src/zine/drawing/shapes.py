"""The shapes of the types: their outlines, their beads and the small icons set in text."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from zine.drawing.paths import Figure, figure
from zine.drawing.svg import document, num, path

_PATHS: Final = {
    "cross": "M-0.32 -0.9474L0.32 -0.9474L0.32 -0.32L0.9474 -0.32L0.9474 0.32L0.32 0.32"
    "L0.32 0.9474L-0.32 0.9474L-0.32 0.32L-0.9474 0.32L-0.9474 -0.32L-0.32 -0.32z",
    "arch": "M-0.62 0.7846L-0.62 -0.2C-0.62 -0.5424 -0.3424 -0.82 0 -0.82"
    "C0.3424 -0.82 0.62 -0.5424 0.62 -0.2L0.62 0.7846z",
    "drop": "M0 -1C0.2 -0.62 0.62 -0.17 0.62 0.36C0.62 0.7134 0.3424 1 0 1"
    "C-0.3424 1 -0.62 0.7134 -0.62 0.36C-0.62 -0.17 -0.2 -0.62 0 -1z",
}

SHAPES: Final = ("circle", "square", "triangle", "star", "hexagon", "diamond", *_PATHS)
"""Names a type may take; from the hexagon on they are spare, for a project's own types."""

ICON_SIZE = 2.328
"""Side of an inline icon in mm: 6.6 pt (look.md, Types)."""

STAR_WAIST = 0.26
"""Control point of a star bead's sides as a share of its radius (look.md, The drawing)."""

_KAPPA = 4 / 3 * (math.sqrt(2) - 1)
_HALF_ROOT_3 = math.sqrt(3) / 2

_CORNERS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle": ((-0.5, -_HALF_ROOT_3), (1, 0), (-0.5, _HALF_ROOT_3)),
    "hexagon": tuple(
        (x, y * _HALF_ROOT_3)
        for x, y in ((-1, 0), (-0.5, -1), (0.5, -1), (1, 0), (0.5, 1), (-0.5, 1))
    ),
    "diamond": ((-1, 0), (0, -1), (1, 0), (0, 1)),
}
_BEAD_CORNERS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    **_CORNERS,
    "triangle": ((-1, -1), (1, 0), (-1, 1)),
}


def drawn(shape: str) -> Figure | None:
    """Return the figure of a shape that is a path, spare or a project's own; else None."""
    own = _PATHS.get(shape) or (shape if shape.startswith("M") else "")
    return figure(own) if own else None


def known(shape: str) -> str:
    """Return a shape, or raise ValueError naming those there are.

    A shape is a name of `SHAPES`, or a path as `zine.drawing.unit_path` writes it.
    """
    if shape not in SHAPES and not drawn(shape):
        raise ValueError(f"unknown shape {shape!r}; known are {', '.join(SHAPES)}")
    return shape


def outline(shape: str, x: float, y: float, r: float, *, mirror: bool = False) -> str:
    """Return path data of a shape of radius r mm centred at (x, y) mm.

    Source: look.md, The drawing. Circle of radius r; square of side 2r; equilateral triangle of
    circumradius r pointing right (left when mirrored); star of four concave quarter arcs whose
    tips are r away. Hexagon and diamond have circumradius r and a tip on either side, paths their
    farthest point r away. Arcs are written as cubic curves: WeasyPrint draws a half-circle arc as
    one curve, 2 % out of round.
    """
    flip = -1.0 if mirror else 1.0
    if known(shape) == "circle":
        return _quarters(x, y, r, r, _KAPPA * r)
    if own := drawn(shape):
        return own.data(x, y, r, flip=flip)
    if shape == "star":
        return _quarters(x, y, r, r * (1 - _KAPPA), 0.0)
    return polygon((x + flip * r * u, y + r * v) for u, v in _CORNERS[shape])


def bead(shape: str, x: float, y: float, d: float) -> str:
    """Return path data of a bead of diameter d mm centred at (x, y) mm.

    Source: look.md, The drawing. As `outline`, but the triangle fills d × d and the star has
    quadratic sides with the control point at ±.26 of the radius. Paths fill d × d by their longer
    side.
    """
    r = d / 2
    if known(shape) == "circle":
        return _quarters(x, y, r, r, _KAPPA * r)
    if own := drawn(shape):
        left, top, right, bottom = own.box
        return own.data(x, y, d / max(right - left, bottom - top))
    if shape == "star":
        w = STAR_WAIST * r
        tips = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
        waists = ((x - w, y - w), (x + w, y - w), (x + w, y + w), (x - w, y + w))
        curves = "".join(
            f"Q{_point(*waist)} {_point(*tip)}" for waist, tip in zip(waists, tips, strict=True)
        )
        return f"M{_point(x - r, y)}{curves}z"
    return polygon((x + r * u, y + r * v) for u, v in _BEAD_CORNERS[shape])


def icon(shape: str, fill: str, size_mm: float = ICON_SIZE, *, label: str | None = None) -> str:
    """Return a small svg of one bead, `size_mm` square (6.6 pt in text: look.md, Types)."""
    content = path(bead(shape, size_mm / 2, size_mm / 2, size_mm), fill)
    return document(0, 0, size_mm, size_mm, content, label=label)


def polygon(points: Iterable[tuple[float, float]]) -> str:
    """Return a closed path through points in mm."""
    return "M" + "L".join(_point(x, y) for x, y in points) + "z"


def _point(x: float, y: float) -> str:
    return f"{num(x)} {num(y)}"


def _quarters(x: float, y: float, r: float, a: float, b: float) -> str:
    """Return four cubic quarters through the tips r away; controls at (∓a, ∓b) and (∓b, ∓a)."""
    curves = (
        ((x - a, y - b), (x - b, y - a), (x, y - r)),
        ((x + b, y - a), (x + a, y - b), (x + r, y)),
        ((x + a, y + b), (x + b, y + a), (x, y + r)),
        ((x - b, y + a), (x - a, y + b), (x - r, y)),
    )
    around = "".join("C" + " ".join(_point(*p) for p in curve) for curve in curves)
    return f"M{_point(x - r, y)}{around}z"
