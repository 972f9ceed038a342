"""Fitting: where the apparatus of an entry stands, from the measures of a first setting."""

from __future__ import annotations

import math

from zine.compiler.publication import Section
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.job import Anchor, Typeset

SUNK_LINES = 14  # lines that a short apparatus sinks, to the level of the title (look.md)
SUNK_MOST = 22  # lines of an apparatus that may sink
BELOW_GAP = 20.0  # pt between the lead and an apparatus on the same page
TOGETHER_GAP = LINE


def fit_entry(section: Section, measured: Typeset, geometry: Geometry) -> tuple[str, int]:
    """The arrangement of an entry's apparatus, and how many pages the section then takes.

    "below": on the opener page, where all fits. "together": after a running text that shares
    one page with it. "sunk": short, facing the opener, at the title's level. Else "facing".

    Args:
        measured: the section set with the apparatus on a page of its own.
    """
    anchors = measured.anchors
    apparatus, end = anchors.get("_apparatus"), anchors.get("_apparatus-end")
    running, running_end = anchors.get("_running"), anchors.get("_running-end")
    opener_end = anchors.get("_opener-end")
    if apparatus is None or end is None or opener_end is None:
        return "facing", measured.pages
    foot = geometry.trim.height_pt - geometry.foot
    one_page = apparatus.page == end.page
    height = end.bottom - apparatus.top
    if one_page and running is None and opener_end.page == 0:
        if opener_end.bottom + BELOW_GAP + height <= foot:
            return "below", 1
    if running and running_end and one_page and running.page == running_end.page:
        used = running_end.bottom - running.top
        if geometry.head + used + TOGETHER_GAP + height <= foot:
            return "together", running.page - apparatus.page + measured.pages - 2
    if one_page and apparatus.page == 1 and math.ceil(height / LINE) <= SUNK_MOST:
        room = geometry.lines - SUNK_LINES
        if height <= room * LINE:
            return "sunk", measured.pages
    return "facing", measured.pages


def lines_between(first: Anchor, last: Anchor, geometry: Geometry) -> int:
    """Grid lines from the top of one mark to the foot of another, pages between included."""
    full = geometry.lines * LINE * (last.page - first.page)
    return math.ceil((full + last.bottom - first.top) / LINE)
