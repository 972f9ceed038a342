"""Rows of beads: a whole book, or a list of relations, counted out in shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from zine.drawing.shapes import bead
from zine.drawing.svg import BEAD_STROKE, WHITE, Style, document, path, stroked


def beads_per_row(count: int, measure: float, height: float, least: int = 13) -> int:
    """How many beads stand in a row, at least, for all of them to fit a height; lengths in mm."""
    per_row = least
    while math.ceil(count / per_row) * measure / per_row > height:
        per_row += 1
    return per_row


def bead_rows(
    beads: Sequence[tuple[str, str]],
    *,
    per_row: int = 13,
    measure: float = 111.0,
    share: float = 0.8,
    label: str | None = None,
    style: Style = "solid",
) -> str:
    """Return rows of beads as svg, `measure` mm wide and one pitch (measure/per_row) high each.

    Source: look.md, Title page (02): 13 to a 111 mm row. Every bead stands in the middle of its
    cell and is `share` of the pitch wide (.8 measured on the title page, .9 in the mini zine).

    Args:
        beads: Shape and colour of each bead, in order.
        per_row: Beads to a row.
        measure: Width in mm.
        share: Diameter of a bead as a share of the pitch.
        label: Accessible name.
        style: "outline" draws white beads with lines of .5 mm.
    """
    if per_row < 1:
        raise ValueError(f"no beads fit a row of {per_row}")
    pitch = measure / per_row
    content = ""
    cells = enumerate(beads)
    for fill, run in groupby(cells, key=lambda cell: cell[1][1]):
        d = "".join(
            bead(shape, (i % per_row + 0.5) * pitch, (i // per_row + 0.5) * pitch, share * pitch)
            for i, (shape, _) in run
        )
        outlined = style == "outline"
        content += stroked(d, fill, BEAD_STROKE, fill=WHITE) if outlined else path(d, fill)
    return document(0, 0, measure, math.ceil(len(beads) / per_row) * pitch, content, label=label)
