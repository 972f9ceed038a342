"""The view of the contents: what it lists, and in which of its settings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from zine.compiler.publication import Matter, Publication, Section, Side
from zine.compiler.references import Reference, References
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.views.columns import (
    ROOMY,
    Block,
    column_height,
    column_width,
    densities,
    is_far,
    pour,
)
from zine.typeset.views.desk import Desk
from zine.typeset.views.opener import NO_INTRO, fit_intro, intro_height
from zine.words import Words

SUNK = 13.5  # lines that the head takes on the first page
HEAD = 60.0  # pt that the head of the contents takes, with the air under it
INTRO_MOST = 0.4  # of the page, that an introduction may take
SPREAD = 2  # pages
ROOMY_MOST = 40  # references; a shorter list is set larger


@dataclass(frozen=True)
class Page:
    """One page of the contents; `sunk` columns start under the level of the head."""

    columns: tuple[tuple[Block, ...], ...]
    sunk: bool


def _parts(section: Section, references: References, words: Words) -> list[Reference]:
    """A section, or each list that shares it; the colophon is not looked for in contents."""
    parts = [
        references.to_section(f"{kind}-part", words[kind.replace("-", "_")])
        for kind in section.kinds
        if kind != "colophon" and f"{kind}-part" in references.folios
    ]
    return parts or [references.to_section(section.key, section.title)]


def contents_blocks(publication: Publication, references: References, words: Words) -> list[Block]:
    """Front matter, chapters, back matter, as the contents lists them."""

    def matter(which: Matter) -> Block:
        listed: list[Reference] = []
        for section in publication.sections:
            if section.matter is which and section.listed:
                listed += _parts(section, references, words)
        return Block("", None, "", tuple(listed))

    openers = {
        s.chapter.id: s.key for s in publication.sections if s.kind == "chapter" and s.chapter
    }
    chapters = [
        Block(
            chapter.title,
            chapter.look,
            openers.get(chapter.id, ""),
            tuple(references.to(entry) for entry in chapter.entries),
        )
        for chapter in publication.chapters
    ]
    blocks = [matter(Matter.FRONT), *chapters, matter(Matter.BACK)]
    return [block for block in blocks if block.references]


def contents_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `contents.html` prints."""
    geometry = desk.geometry
    blocks = contents_blocks(desk.publication, references, desk.words)
    intro = _intro(desk, references)
    style = fit_intro(intro, geometry, INTRO_MOST * geometry.block)
    # What would leave the lists no room stands behind them, as running text.
    intro, behind = ("", intro) if style == NO_INTRO else (intro, "")
    sunk = _sunk(geometry, intro, style)
    width = column_width(geometry)
    room = SPREAD if section.side is not Side.ANY else 1
    count = sum(len(block.references) for block in blocks)
    chapters = sum(bool(block.title) for block in blocks)
    own_columns = room > 1 and geometry.columns > 1 and chapters <= SPREAD * geometry.columns
    roomy, dense = densities(geometry)
    far = is_far(one for block in blocks for one in block.references)
    # The largest type and the freest setting that stay on the first spread; a longer contents
    # runs down its columns, page after page.
    for density in (roomy, dense) if count <= ROOMY_MOST else (dense,):
        type_of_list = density.far if far else density
        for spacious in (True, False) if own_columns else (False,):
            poured = pour(
                blocks,
                width,
                geometry.lines,
                type_of_list,
                sunk,
                spacious=spacious,
                count=geometry.columns,
            )
            if len(poured) <= room:
                break
        if len(poured) <= room:
            break
    pages = []
    for index, parts in enumerate(poured):
        tallest = max(column_height(column, width, type_of_list) for column in parts)
        fits_low = len(poured) <= SPREAD and tallest <= geometry.block - sunk
        pages.append(Page(tuple(map(tuple, parts)), index == 0 or (index == 1 and fits_low)))
    return {
        "pages": pages,
        "roomy": density is ROOMY,
        "far": far,
        "intro": intro,
        "intro_style": style,
        "behind": behind,
        "sunk": sunk,
        "top": _top(sunk, density.leading),
    }


def _top(sunk: float, leading: float) -> float:
    """Where columns start that are not sunk, pt: their baselines are those of the page facing."""
    off = sunk % leading
    return off - leading if off >= leading / 2 else off


def _sunk(geometry: Geometry, intro: str, style: str) -> float:
    """Depth of the head on the first page and of the introduction under it, pt."""
    height = intro_height(intro, geometry, style) if intro else 0.0
    if geometry.columns > 1:
        lines = math.ceil((HEAD + height + LINE) / LINE) + 0.5 if intro else SUNK
        return max(SUNK, lines) * LINE
    line = geometry.line
    head = math.ceil(SUNK * LINE * min(1.0, geometry.scale) / line)
    return (head + (math.ceil(height / line) if intro else 0)) * line


def _intro(desk: Desk, references: References) -> str:
    """The introduction of the only chapter of a booklet, which has no opener of its own."""
    publication = desk.publication
    if publication.whole or len(publication.chapters) != 1:
        return ""
    path = publication.chapters[0].introduction
    return desk.text(path, references) if path else ""
