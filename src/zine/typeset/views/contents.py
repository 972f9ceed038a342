"""The view of the contents: blocks of references poured into columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zine.compiler.publication import Matter, Publication, Section, Side
from zine.compiler.references import Reference, References
from zine.content.entry import EntryType
from zine.content.markup import plain
from zine.typeset.fonts import text_width
from zine.typeset.geometry import LINE, Geometry
from zine.typeset.views.desk import Desk
from zine.units import mm_to_pt
from zine.words import Words

GAP_MM = 6.0
SUNK = 13.5  # lines that the head takes on the first page
INTRO_LETTER, INTRO_LEADING = 0.42, 1.17  # of an introduction, in lines of the grid
ROOMY_MOST = 40  # references; a shorter list is set larger


@dataclass(frozen=True)
class Density:
    """Type of the lists: size and leading in pt, hang of turnovers in pt; and of their heads."""

    size: float
    leading: float
    hang: float
    weight: int
    family: str = "Barlow Condensed"
    line: float = LINE
    head_size: float = 18.0
    head_leading: float = 27.0
    head_mark: float = 16.0
    head_weight: int = 800


ROOMY = Density(12.0, 18.0, 25.0, 600)
DENSE = Density(9.0, LINE, 20.0, 500)


@dataclass(frozen=True)
class Block:
    """A head and the references under it; a block carried over has no head."""

    title: str
    type: EntryType | None
    target: str
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Page:
    """One page of the contents; `sunk` columns start under the level of the head."""

    columns: tuple[tuple[Block, ...], ...]
    sunk: bool


@dataclass
class _Column:
    room: float
    blocks: list[Block] = field(default_factory=list)


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


def _height(block: Block, width: float, density: Density) -> float:
    items = (
        _lines(one.title, width - density.hang, density.size, density.weight, density.family)
        for one in block.references
    )
    return _head_height(block, width, density) + sum(items) * density.leading


def _head_height(block: Block, width: float, density: Density) -> float:
    if not block.title:
        return 0.0
    size, weight, first = density.head_size, density.head_weight, density.head_mark
    lines = _lines(block.title, width, size, weight, density.family, first=first)
    return density.head_leading * lines


def _lines(
    text: str, width: float, size: float, weight: int, family: str, first: float = 0.0
) -> int:
    """Lines that a text takes; `first` is what stands before it on the first one."""
    space = text_width(" ", size, family, weight)
    lines, used = 1, first
    for word in text.split():
        wide = text_width(word, size, family, weight)
        if used and used + space + wide > width:
            lines, used = lines + 1, wide
        else:
            used += wide + (space if used else 0.0)
    return lines


def pour(
    blocks: Sequence[Block],
    width: float,
    lines: int,
    density: Density,
    first_used: float,
    *,
    spread: bool,
    count: int = 2,
) -> list[list[list[Block]]]:
    """Blocks into pages of columns; a block that is too long goes on in the next column.

    The last block (back matter) takes the first column with room, as a book's contents do.
    Over a spread every chapter has a column of its own, where there are enough of them.

    Args:
        width: of a column, pt.
        lines: of a full page.
        first_used: pt that the head takes on the first page.
        spread: whether the contents has two facing pages to fill.
        count: columns on a page.
    """
    line = density.line
    full = (lines - 0.2) * line
    columns = [_Column(full - first_used) for _ in range(count)]
    body, closing = (blocks[:-1], blocks[-1]) if blocks and not blocks[-1].title else (blocks, None)
    at = 0
    spacious = spread and count > 1 and sum(bool(block.title) for block in body) <= 2 * count
    for block in body:
        rest = block
        if spacious and at < len(columns) and any(b.title for b in columns[at].blocks):
            at += 1
        while rest.references:
            if at == len(columns):
                columns.append(_Column(full))
            column = columns[at]
            gap = line if column.blocks else 0.0
            room = column.room - gap
            need = _height(rest, width, density)
            if need <= room:
                column.blocks.append(rest)
                column.room = room - need
                break
            taken = _fits(rest, width, density, room)
            whole_later = need <= (full if at + 1 >= count else full - first_used)
            if taken >= 3 and not whole_later:
                part = replace(rest, references=rest.references[:taken])
                column.blocks.append(part)
                rest = Block("", None, "", rest.references[taken:])
            at += 1
    if closing is not None:
        need = _height(closing, width, density) + line
        roomy = next((c for c in columns if c.room >= need), None)
        if roomy is None:
            roomy = _Column(full)
            columns.append(roomy)
        roomy.blocks.append(closing)
    while len(columns) % count:
        columns.append(_Column(full))
    return [
        [column.blocks for column in columns[start : start + count]]
        for start in range(0, len(columns), count)
    ]


def _fits(block: Block, width: float, density: Density, room: float) -> int:
    used = _head_height(block, width, density)
    size, weight, family = density.size, density.weight, density.family
    for count, reference in enumerate(block.references):
        lines = _lines(reference.title, width - density.hang, size, weight, family)
        used += lines * density.leading
        if used > room:
            return count
    return len(block.references)


def contents_view(section: Section, desk: Desk, references: References) -> dict[str, object]:
    """What `contents.html` prints."""
    geometry = desk.geometry
    blocks = contents_blocks(desk.publication, references, desk.words)
    count = sum(len(block.references) for block in blocks)
    roomy, dense = densities(geometry)
    density = roomy if count <= ROOMY_MOST else dense
    intro = _intro(desk, references)
    sunk = _sunk(geometry, intro)
    spread = section.side is not Side.ANY
    width = _column_width(geometry)
    lines, columns = geometry.lines, geometry.columns
    poured = pour(blocks, width, lines, density, sunk, spread=spread, count=columns)
    if density is not dense and len(poured) > (2 if spread else 1):
        density = dense
        poured = pour(blocks, width, lines, density, sunk, spread=spread, count=columns)
    pages = []
    for index, parts in enumerate(poured):
        tallest = max(_column_height(column, geometry, density) for column in parts)
        fits_low = tallest <= (geometry.block - sunk)
        pages.append(Page(tuple(map(tuple, parts)), index == 0 or (index == 1 and fits_low)))
    return {"pages": pages, "roomy": density is ROOMY, "intro": intro, "sunk": sunk}


def densities(geometry: Geometry) -> tuple[Density, Density]:
    """Type of short and of long lists; a theme with a grid of its own has one for both."""
    theme = geometry.theme
    if theme.line == LINE and theme.display == DENSE.family:
        return ROOMY, DENSE
    size = round(theme.line * 2 / 3, 2)
    own = Density(
        size, theme.line, 2 * size, 400, theme.display, theme.line,
        round(theme.line * 8 / 9, 2), theme.line, size + 4, theme.weight,
    )  # fmt: skip
    return own, own


def _sunk(geometry: Geometry, intro: str) -> float:
    """Depth of the head on the first page, pt; in one column an introduction stands under it."""
    if geometry.columns > 1:
        return SUNK * LINE
    line = geometry.line
    head = math.ceil(SUNK * LINE * min(1.0, geometry.scale) / line)
    if intro:
        letters = mm_to_pt(geometry.measure) / (INTRO_LETTER * line)
        head += math.ceil(len(plain(intro)) / letters * INTRO_LEADING) - 1
    return head * line


def _intro(desk: Desk, references: References) -> str:
    """The introduction of the only chapter of a booklet, which has no opener of its own."""
    publication = desk.publication
    if publication.whole or len(publication.chapters) != 1:
        return ""
    path = publication.chapters[0].introduction
    return desk.text(path, references) if path else ""


def _column_width(geometry: Geometry) -> float:
    columns = geometry.columns
    return mm_to_pt((geometry.measure - GAP_MM * (columns - 1)) / columns)


def _column_height(column: Sequence[Block], geometry: Geometry, density: Density) -> float:
    width = _column_width(geometry)
    gaps = density.line * max(0, len(column) - 1)
    return math.fsum(_height(block, width, density) for block in column) + gaps
