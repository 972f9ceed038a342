"""Echoes: concentric rings of a shape whose lines thin out with the distance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from zine.drawing.shapes import drawn, outline
from zine.drawing.svg import CORE_STROKE, ECHO_STROKE, WHITE, Style, path, stroked

GROWTH: Final = {
    "circle": 1.0,
    "square": 0.9,
    "triangle": 1.5,
    "star": 1.6,
    "hexagon": 1.1,
    "diamond": 1.3,
}
"""g: radius a shape gains per period, so that lines lie about equally close in every shape."""

REACH: Final = {
    "circle": 1.03,
    "square": 1.0,
    "triangle": 2.05,
    "star": 3.0,
    "hexagon": 1.08,
    "diamond": 1.12,
}
"""How far rings go on, as a share of g times the distance to the farthest corner."""


def growth(shape: str) -> float:
    """Return g of a shape; of a path by its narrowest place, after the measured ones."""
    own = drawn(shape)
    return min(1.7, own.inner**-0.65) if own else GROWTH[shape]


def reach(shape: str) -> float:
    """Return the reach of a shape; the rings of a path go on until its narrowest place is past."""
    own = drawn(shape)
    return 1.03 / (own.inner * growth(shape)) if own else REACH[shape]


def core_of(shape: str, cores: Mapping[str, float]) -> float:
    """Return a shape's core in a table of cores; that of a path is as high as the circle's."""
    own = drawn(shape)
    if own is None:
        return cores[shape]
    _, top, _, bottom = own.box
    return 2 * cores.get("circle", 0.0) / (bottom - top)


@dataclass(frozen=True, slots=True)
class Thinning:
    """How the duty (line width as a share of the period) falls from ring to ring.

    duty(i) = max(least, first − span · min(1, i · p / (fade · far))), far being the distance to
    the farthest corner in mm (look.md, The drawing). All four are pure numbers.
    """

    first: float
    span: float
    least: float
    fade: float = 0.9


@dataclass(frozen=True, slots=True)
class Echo:
    """A core and what it sends out; centre, core radius and period in mm."""

    shape: str
    x: float
    y: float
    core: float
    period: float
    mirror: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """One line of an echo: inner and outer radius in mm."""

    inner: float
    outer: float


def farthest(x: float, y: float, left: float, top: float, right: float, bottom: float) -> float:
    """Return the distance in mm from (x, y) to the farthest corner of a rectangle."""
    dx = max(abs(x - left), abs(x - right))
    dy = max(abs(y - top), abs(y - bottom))
    return float((dx * dx + dy * dy) ** 0.5)


def rings(echo: Echo, far: float, thinning: Thinning) -> tuple[Ring, ...]:
    """Return the rings of an echo that has `far` mm to the farthest corner, innermost first.

    Ring i: inner = core + g(i + .5)p, outer = inner + g · duty · p, until
    inner > far · reach · g + core (look.md, The drawing).
    """
    step = growth(echo.shape) * echo.period
    if step <= 0:
        raise ValueError(f"an echo needs a period, not {echo.period} mm")
    limit = far * reach(echo.shape) * growth(echo.shape) + echo.core
    found: list[Ring] = []
    while (inner := echo.core + step * (len(found) + 0.5)) <= limit:
        faded = min(1.0, len(found) * echo.period / (thinning.fade * far))
        duty = max(thinning.least, thinning.first - thinning.span * faded)
        found.append(Ring(inner, inner + step * duty))
    return tuple(found)


def core_path(echo: Echo) -> str:
    """Return path data of an echo's core."""
    return outline(echo.shape, echo.x, echo.y, echo.core, mirror=echo.mirror)


def paint_rings(echo: Echo, lines: Iterable[Ring], fill: str, style: Style) -> str:
    """Return the rings as one path: filled even-odd, or their inner edges as lines of .42 mm."""
    if style == "outline":
        return stroked("".join(_at(echo, ring.inner) for ring in lines), fill, ECHO_STROKE)
    edges = (_at(echo, r) for ring in lines for r in (ring.inner, ring.outer))
    return path("".join(edges), fill, evenodd=True)


def paint_core(echo: Echo, fill: str, style: Style) -> str:
    """Return the core: filled, or as a line of .7 mm around paper white."""
    if style == "outline":
        return stroked(core_path(echo), fill, CORE_STROKE, fill=WHITE)
    return path(core_path(echo), fill)


def _at(echo: Echo, r: float) -> str:
    return outline(echo.shape, echo.x, echo.y, r, mirror=echo.mirror)
