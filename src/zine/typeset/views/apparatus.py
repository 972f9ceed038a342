"""The apparatus of an entry before it is set: whether it will probably be short."""

from __future__ import annotations

import math

from zine.content.entry import Entry
from zine.typeset.fitting import sinks
from zine.typeset.geometry import LINE
from zine.typeset.views.columns import DENSE, in_house_type, lines_of, turn_of
from zine.typeset.views.desk import Desk
from zine.typeset.views.entry import (
    COLUMN_GAP_MM,
    LABEL_MM,
    REFERENCE_SIDES,
    Row,
    apparatus_rows,
    book_link,
    heights_of,
)
from zine.units import mm_to_pt

# Measures of rows (entry.css), pt: air of one; a line of links and the air above it.
_ROW, _LINKS = 13.5, 65.4


def is_short(entry: Entry, desk: Desk) -> bool:
    """Whether the apparatus of an entry without running text will probably be short.

    What is guessed wrong is measured, and set again.
    """
    geometry = desk.geometry
    if entry.body.strip() or not in_house_type(geometry) or geometry.columns == 1:
        return False
    related = desk.library.related(entry)
    counts = [len(related.get(kind.id, ())) for kind in desk.relation_types]
    if not sinks(sum(_ROW + math.ceil(one / 2) * LINE for one in counts if one), geometry):
        return False  # most are so long that no words need be measured
    rows = apparatus_rows(entry, desk, desk.references({}))
    width = mm_to_pt(geometry.measure - LABEL_MM)
    column = (width - mm_to_pt(COLUMN_GAP_MM)) / 2 - REFERENCE_SIDES
    height = sum(_ROW + _longest(row, column) for row in rows)
    for listed in (entry.contributors, entry.tags):
        if listed:
            text = desk.words.separator.join(listed)
            height += _ROW + lines_of(text, width, DENSE.size, DENSE.weight) * LINE
    links = len(entry.learn_more) + len(book_link(rows, desk))
    height += links and _ROW + LINE + math.ceil(links / 2) * _LINKS
    return height > 0 and sinks(height, geometry)


def _longest(row: Row, width: float) -> float:
    """Height of the longer column of a row."""
    heights = heights_of(row, width)
    turn = turn_of(heights)
    return max(sum(heights[:turn]), sum(heights[turn:]))
