"""The list on a chapter opener: how it is set so that it stays on its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from zine.compiler.references import Reference
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.views.columns import (
    DENSE,
    Density,
    column_width,
    densities,
    is_far,
    item_height,
    lines_of,
    list_height,
)
from zine.units import mm_to_pt

LONG_LIST = 20  # references; a longer list is set in the size of the text
LARGE = Density(12.0, 18.0, 30.0, 600)
SMALL = Density(9.0, LINE, 22.0, 500)
HEAD = 9.0  # pt of air above "See also"
AIR = 2  # lines at least between introduction and list
INTRO_MM, INTRO_SIZE, INTRO_LEADING = 100.0, 11.4, 15.75  # look.md, Opener
PICTURE_MM = 90.0  # at most, of a picture in an introduction (type.css)
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|dt|dd|tr|pre)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class OpenerList:
    """What stands on the foot of an opener's verso.

    Args:
        style: classes of its setting: "", "dense" or "dense two", and "far" with numbers of four
            digits.
        references: the chapter's entries; none where the contents lists them alone.
        see_also: entries that belong here and are printed elsewhere.
    """

    style: str
    references: tuple[Reference, ...]
    see_also: tuple[Reference, ...] = ()


def fit_list(
    references: Sequence[Reference],
    see_also: Sequence[Reference],
    intro: str,
    geometry: Geometry,
) -> OpenerList:
    """The largest setting in which the lists stand under the introduction, on one page.

    One column of the large size, one of the text's size, two of it; what is longer still is
    left to the contents.

    Args:
        intro: the introduction as HTML, or "".
    """
    dense = densities(geometry)[1]
    house = dense is DENSE
    small = SMALL if house else dense
    # A line to spare: columns are balanced in whole references.
    room = geometry.block - dense.line
    if intro:
        room -= _intro_height(intro, geometry, None if house else dense) + AIR * dense.line
    entries, others = tuple(references), tuple(see_also)
    far = is_far((*entries, *others))
    small = small.far if far else small
    settings = [("dense", small, 1)]
    if geometry.columns > 1:
        settings.append(("dense two", small, 2))
    if house and len(entries) + len(others) <= LONG_LIST:
        settings.insert(0, ("", LARGE, 1))
    for listed, also in ((entries, others), ((), others)):
        for style, density, columns in settings:
            pointer = 0.0 if listed else 2 * density.leading
            height = _height(listed, geometry, density, columns) + pointer
            if also:
                height += HEAD + dense.line + _height(also, geometry, density, columns)
            if height <= room:
                return OpenerList(f"{style} far".strip() if far else style, listed, also)
    return OpenerList("", ())


def _height(
    references: Sequence[Reference], geometry: Geometry, density: Density, columns: int
) -> float:
    """Height of a list, pt; two columns are divided where they come out shortest."""
    if columns == 1:
        return list_height(references, mm_to_pt(geometry.measure), density)
    width = column_width(geometry)
    heights = [item_height(one, width, density) for one in references]
    total, first, best = sum(heights), 0.0, sum(heights)
    for height in heights:
        first += height
        best = min(best, max(first, total - first))
    return best


def _intro_height(html: str, geometry: Geometry, own: Density | None) -> float:
    """Height of an introduction at most, pt; `own` is the type of a theme with its own grid."""
    width = mm_to_pt(min(INTRO_MM, geometry.measure))
    size, leading, family = INTRO_SIZE, INTRO_LEADING, "IBM Plex Serif"
    if own:
        size, leading, family = own.size, own.leading, own.family
    lines = 0
    for paragraph in _BLOCK_END.split(html):
        words = " ".join(unescape(_TAG.sub("", paragraph)).split())
        if words:
            lines += lines_of(words, width, size, 400, family=family)
    return lines * leading + html.count("<img") * mm_to_pt(PICTURE_MM)
