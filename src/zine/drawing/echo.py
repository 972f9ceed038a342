"""The drawing of an entry: the echo of its type's shape, and a chain of its related entries."""

from __future__ import annotations

import hashlib
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from zine.drawing.rings import (
    Echo,
    Thinning,
    core_path,
    farthest,
    growth,
    paint_core,
    paint_rings,
    rings,
)
from zine.drawing.shapes import bead, known
from zine.drawing.svg import (
    BEAD_STROKE,
    BLACK,
    KEYLINE,
    WHITE,
    Style,
    document,
    path,
    stroked,
    window,
)
from zine.memory import remembered

WIDTH = 157.0
"""Width of the drawing in the book, in mm; other widths scale the period by its root."""

_ACROSS = (0.24, 0.36, 0.64, 0.76)
_DOWN = (0.34, 0.5, 0.66)
_CORES = (1.5, 2.1, 2.8)
_CHAIN_OPPOSITE = {0.34: 0.74, 0.66: 0.27}
_CHAIN_FREE = (0.24, 0.76)
_ROW = 18
_BEAD = 0.9
_THINNING = Thinning(first=0.60, span=0.50, least=0.10)
_STAR_LEAST = 14.0


@dataclass(frozen=True, slots=True)
class Bead:
    """One bead of a chain: shape, centre and diameter in mm."""

    shape: str
    x: float
    y: float
    d: float


@dataclass(frozen=True, slots=True)
class Composition:
    """What an entry's drawing consists of; all lengths in mm."""

    echo: Echo
    far: float
    beads: tuple[Bead, ...]


def compose(
    *,
    shape: str,
    slug: str,
    values: int,
    related: Sequence[str],
    width: float = WIDTH,
    height: float = 72.0,
    text_left: float = 23.0,
    measure: float = 111.0,
) -> Composition:
    """Place core and chain; see `entry_drawing` for the arguments and the source."""
    known(shape)
    rng = random.Random(int.from_bytes(hashlib.sha256(slug.encode()).digest()[:8], "big"))
    # The order of these draws is frozen: pictures must not shuffle between editions.
    ax = rng.choice(_ACROSS)
    ay = rng.choice(_DOWN)
    multiple = rng.choice(_CORES)
    chain_y = 0.0
    if related:
        chain_y = height * (_CHAIN_OPPOSITE.get(ay) or rng.choice(_CHAIN_FREE))

    period = (11.2 - 0.75 * min(8, max(2, values))) * math.sqrt(width / WIDTH)
    x, y = width * ax, height * ay
    core = period * multiple * growth(shape)
    beads = chain(related, middle=chain_y, height=height, left=text_left, measure=measure)
    if shape == "star" and beads:
        # The chain's edge is that of its cells, which are a tenth wider than its beads.
        edge = min(abs(y - b.y) - b.d / _BEAD / 2 for b in beads)
        core = max(_STAR_LEAST, min(core, edge - 1))
    far = farthest(x, y, 0, 0, width, height)
    return Composition(Echo(shape, x, y, core, period), far, beads)


def chain(
    related: Sequence[str], *, middle: float, height: float, left: float, measure: float
) -> tuple[Bead, ...]:
    """String beads in rows around the height `middle`; all lengths in mm.

    Source: look.md, The drawing: rows = ⌈n/18⌉, per row ⌈n/rows⌉, pitch
    m = min(measure/per, .32H), bead .9m, first bead on the text's left edge.
    """
    if not related:
        return ()
    rows = math.ceil(len(related) / _ROW)
    per = math.ceil(len(related) / rows)
    pitch = min(measure / per, 0.32 * height)
    d = _BEAD * pitch
    return tuple(
        Bead(
            shape,
            left + d / 2 + (i % per) * pitch,
            middle + (i // per - (rows - 1) / 2) * pitch,
            d,
        )
        for i, shape in enumerate(related)
    )


@remembered
def entry_drawing(
    *,
    shape: str,
    fill: str,
    slug: str,
    values: int,
    related: Sequence[str],
    width: float = WIDTH,
    height: float = 72.0,
    text_left: float = 23.0,
    measure: float = 111.0,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return the drawing of one entry as svg.

    Source: look.md, The drawing (14). The period tells the number of values, the chain the
    related entries, the slug seeds the composition.

    Args:
        shape: The shape of the entry's type, one of `SHAPES`.
        fill: Colour of the echo.
        slug: The entry's slug; the same slug always gives the same composition.
        values: How many values the entry has.
        related: Bead shapes in printed order.
        width: Width in mm, bleed included.
        height: Height in mm, bleed included.
        text_left: Distance of the text's left edge from the drawing's left edge, in mm.
        measure: Width of the text in mm, which the chain does not exceed.
        label: Accessible name.
        style: "outline" draws strokes of .42 mm (core .7, beads .5) to spare toner; "keyline"
            sets the chain off by paper white, where echo and chain have one colour.
    """
    made = compose(
        shape=shape,
        slug=slug,
        values=values,
        related=related,
        width=width,
        height=height,
        text_left=text_left,
        measure=measure,
    )
    echo = made.echo
    content = paint_rings(echo, rings(echo, made.far, _THINNING), fill, style)
    beads = "".join(bead(b.shape, b.x, b.y, b.d) for b in made.beads)
    if style == "outline":
        content += paint_core(echo, fill, style)
        content += stroked(beads, BLACK, BEAD_STROKE, fill=WHITE)
    elif style == "keyline":
        # The stroke lies half inside the bead; the bead itself covers that half.
        content += paint_core(echo, fill, style)
        content += stroked(beads, WHITE, 2 * KEYLINE) + path(beads, BLACK)
    elif shape == "star":
        # Core and chain are one even-odd path: where they overlap, the paper shows.
        content += path(core_path(echo) + beads, BLACK, evenodd=True)
    else:
        content += paint_core(echo, fill, style) + path(beads, BLACK)
    return document(0, 0, width, height, window(0, 0, width, height, content), label=label)
