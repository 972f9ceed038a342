"""The picture of a chapter opener: an echo whose core stands on the fore edge, at the tab."""

from __future__ import annotations

from typing import Final

from zine.drawing.rings import Echo, Thinning, core_of, farthest, paint_core, paint_rings, rings
from zine.drawing.shapes import known
from zine.drawing.svg import BLACK, WHITE, Style, document, rect, window
from zine.memory import remembered

PICTURE_TOP = 48.0
"""Distance of the picture from the head of an A5 page in mm (look.md, Opener)."""

_PERIOD = 6.9
_THINNING = Thinning(first=0.64, span=0.58, least=0.06)
_CORE: Final = {
    "circle": 36.0,
    "square": 33.0,
    "triangle": 46.0,
    "star": 50.0,
    "hexagon": 38.0,
    "diamond": 42.0,
}


@remembered
def opener_drawing(
    shape: str,
    fill: str,
    *,
    hero_y: float,
    width: float = 151.0,
    height: float = 165.0,
    hero_x: float | None = None,
    bleed: float = 3.0,
    scale: float = 1.0,
    ground: str | None = None,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return the picture of a chapter opener's recto as svg.

    Source: look.md, Opener (04): core 36/33/46/50 (theory, solution, story, value), period 6.9,
    duty .64 → .06, the story's triangle pointing inward, the value black on yellow.

    Args:
        shape: The shape of the chapter's type.
        fill: The type's colour. A star is drawn in black on it.
        hero_y: The core's centre in mm from the picture's top edge: the tab's centre from the
            head, less the 48 mm at which the picture begins.
        width: Width in mm, bleed included.
        height: Height in mm, bleed included.
        hero_x: The core's centre in mm from the picture's left edge; by default the fore edge,
            which lies `bleed` from the right.
        bleed: Bleed in mm at the fore edge.
        scale: Size relative to A5, for other trims.
        ground: Colour behind the lines; by default `fill` for a star, white for the others.
        label: Accessible name.
        style: "outline" draws strokes instead of filled lines.
    """
    star = known(shape) == "star"
    x = width - bleed if hero_x is None else hero_x
    echo = Echo(
        shape, x, hero_y, scale * core_of(shape, _CORE), scale * _PERIOD, mirror=shape == "triangle"
    )
    lines = rings(echo, farthest(x, hero_y, 0, 0, width, height), _THINNING)
    ink = BLACK if star else fill
    behind = (fill if star else WHITE) if ground is None else ground
    content = rect(0, 0, width, height, behind)
    content += paint_rings(echo, lines, ink, style) + paint_core(echo, ink, style)
    return document(0, 0, width, height, window(0, 0, width, height, content), label=label)
