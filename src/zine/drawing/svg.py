"""Writing SVG by hand: numbers, path elements, clipped windows and the outer tag, in mm."""

from __future__ import annotations

import html
import math
import re
from typing import Literal

BLACK = "#000"
WHITE = "#fff"

Style = Literal["solid", "outline", "keyline"]
"""How a drawing is inked: filled shapes, strokes only (look.md, low-ink), or filled shapes of one
ink whose chain a line of paper white sets off."""

ECHO_STROKE = 0.42
"""Width in mm of an echo's line in the outline style (look.md, Editions, low-ink)."""
CORE_STROKE = 0.7
"""Width in mm of the core's line in the outline style (look.md, Editions, low-ink)."""
KEYLINE = 0.7
"""Width in mm of the white line around the beads of a drawing in one ink."""
BEAD_STROKE = 0.5
"""Width in mm of a bead's line in the outline style (look.md, Editions, low-ink)."""


def num(value: float) -> str:
    """Return a length in mm as the shortest text with at most three decimals."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite length: {value!r}")
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _quoted(value: str) -> str:
    return f'"{html.escape(value)}"'


def path(d: str, fill: str, *, evenodd: bool = False) -> str:
    """Return a filled path element; nothing at all for empty path data."""
    if not d:
        return ""
    rule = ' fill-rule="evenodd"' if evenodd else ""
    return f'<path d="{d}" fill={_quoted(fill)}{rule}/>'


def stroked(d: str, stroke: str, width: float, *, fill: str = "none") -> str:
    """Return a path element drawn as a line `width` mm wide; nothing for empty path data."""
    if not d:
        return ""
    paint = f"fill={_quoted(fill)} stroke={_quoted(stroke)}"
    return f'<path d="{d}" {paint} stroke-width="{num(width)}"/>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a filled rectangle; all lengths in mm."""
    size = f'width="{num(width)}" height="{num(height)}"'
    return f'<rect x="{num(x)}" y="{num(y)}" {size} fill={_quoted(fill)}/>'


def window(x: float, y: float, width: float, height: float, content: str) -> str:
    """Clip `content` to a rectangle in mm, leaving its coordinates as they are.

    A nested svg element clips in every renderer and needs no id, unlike a clipPath. WeasyPrint
    clips the outer svg only by its default style sheet, which a theme may override.
    """
    box = f"{num(x)} {num(y)} {num(width)} {num(height)}"
    place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
    return f'<svg {place} viewBox="{box}" overflow="hidden">{content}</svg>'


def document(
    x: float, y: float, width: float, height: float, content: str, *, label: str | None = None
) -> str:
    """Return a whole svg `width` × `height` mm that shows the coordinates from (x, y) on.

    `label` becomes the accessible name, as aria-label (HTML) and title (PDF tags).
    """
    box = f"{num(x)} {num(y)} {num(width)} {num(height)}"
    size = f'width="{num(width)}mm" height="{num(height)}mm"'
    name = title = ""
    if label:
        name = f" aria-label={_quoted(label)}"
        title = f"<title>{html.escape(label, quote=False)}</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="{box}" role="img"{name}'
    return f'{head} overflow="hidden">{title}{content}</svg>'


_BOX = re.compile(r'(<svg [^>]*viewBox="(\S+) \S+ (\S+) [^>]*>)(<title>.*?</title>)?', re.DOTALL)


def mirrored(svg: str) -> str:
    """Return a whole svg as in a mirror, for pages that are read from the right."""
    head = _BOX.match(svg)
    if head is None:
        raise ValueError("not a drawing of this program")
    axis = num(2 * float(head[2]) + float(head[3]))
    content = svg[head.end() :].removesuffix("</svg>")
    return f'{head[0]}<g transform="translate({axis} 0) scale(-1 1)">{content}</g></svg>'
