"""Introduction and list on a chapter opener: how they are set so that they stay on their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zine.compiler.references import Reference
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.views.columns import (
    Density,
    column_width,
    densities,
    in_house_type,
    is_far,
    item_height,
    list_height,
)
from zine.typeset.views.texts import text_height
from zine.units import mm_to_pt

LONG_LIST = 20  # references; a longer list is set in the size of the text
LARGE = Density(12.0, 18.0, 30.0, 600)
SMALL = Density(9.0, LINE, 22.0, 500)
HEAD = 9.0  # pt of air above "See also"
TEXT_SIZE = 9.6
AIR = 2  # lines at least between introduction and list
INTRO_MM, INTRO_SIZE, INTRO_LEADING = 100.0, 11.4, 15.75  # look.md, Opener
LARGE_INTRO, SMALL_INTRO, NO_INTRO = "", "dense", "apart"
POINTER = 2  # lines: how many entries there are, and where they are listed


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
    house = in_house_type(geometry)
    small = SMALL if house else dense
    # A line to spare: columns are balanced in whole references.
    room = geometry.block - dense.line
    if intro:
        room -= intro_height(intro, geometry, fit_intro(intro, geometry)) + AIR * dense.line
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


def fit_intro(html: str, geometry: Geometry, room: float | None = None) -> str:
    """The largest setting of an introduction that stays on its page.

    Args:
        room: pt that it may take; the page of an opener by default, less what points to the list.

    Returns:
        "" for the size of leads, "dense" for that of running text; "apart" where it needs pages
        of its own.
    """
    if room is None:
        room = geometry.block - (1 + AIR + POINTER) * geometry.line
    house = in_house_type(geometry)
    styles = (LARGE_INTRO, SMALL_INTRO) if house else (LARGE_INTRO,)
    fitting = (style for style in styles if intro_height(html, geometry, style) <= room)
    return next(fitting, NO_INTRO)


def intro_height(html: str, geometry: Geometry, style: str = LARGE_INTRO) -> float:
    """Height of an introduction at most, pt."""
    dense = densities(geometry)[1]
    width = mm_to_pt(min(INTRO_MM, geometry.measure))
    size, leading, family = INTRO_SIZE, INTRO_LEADING, "IBM Plex Serif"
    if not in_house_type(geometry):
        size, leading, family = dense.size, dense.leading, dense.family
    elif style == SMALL_INTRO:
        width, size, leading = mm_to_pt(geometry.measure), TEXT_SIZE, LINE
    return text_height(html, width, size, leading, family)
