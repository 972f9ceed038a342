"""Columns: lists of references measured and poured into the columns of pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from zine.compiler.references import Reference
from zine.content.entry import EntryType
from zine.typeset.fonts import text_width
from zine.typeset.geometry import LINE, Geometry
from zine.units import mm_to_pt

GAP_MM = 6.0  # between columns (look.md, Spacing)
KEPT = 3  # references that stay together under a head and before or after a turn of column
SLACK = 0.2  # of a line, that a column leaves at its foot (look.md, WeasyPrint traps)
_FAR = 5.0 / 9.0  # of the size: numbers of four digits push titles so much further in
_SURE = 0.985  # share of the measure that a line is counted with: widths are without kerning


@dataclass(frozen=True)
class Density:
    """Type of the lists: size and leading in pt, hang of turnovers in pt; and of their heads.

    Args:
        line: the grid of the page, pt.
        gap: between a list and the next head, pt.
    """

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
    gap: float = LINE

    @property
    def far(self) -> Density:
        """The same for numbers of four digits (front.css, .far)."""
        return replace(self, hang=self.hang + _FAR * self.size)


# Heads of two lines and gaps of one, so that facing columns share their baselines.
ROOMY = Density(12.0, 18.0, 25.0, 600, head_leading=36.0, gap=18.0)
DENSE = Density(9.0, LINE, 20.0, 500)


def in_house_type(geometry: Geometry) -> bool:
    """Whether lists are set on the house's grid in the house's face, whose measures are known."""
    return geometry.theme.line == LINE and geometry.theme.display == DENSE.family


def densities(geometry: Geometry) -> tuple[Density, Density]:
    """Type of short and of long lists; a theme with a grid of its own has one for both."""
    theme = geometry.theme
    if in_house_type(geometry):
        return ROOMY, DENSE
    size = round(theme.line * 2 / 3, 2)
    own = Density(
        size, theme.line, 2.5 * size, 400, theme.display, theme.line,
        round(theme.line * 8 / 9, 2), theme.line, size + 4, theme.weight, theme.line,
    )  # fmt: skip
    return own, own


def column_width(geometry: Geometry) -> float:
    """Width of a column of lists, pt."""
    columns = geometry.columns
    return mm_to_pt((geometry.measure - GAP_MM * (columns - 1)) / columns)


@dataclass(frozen=True)
class Block:
    """A head and the references under it.

    Args:
        carried: whether it goes on from another page, whose head it repeats as a line.
    """

    title: str
    type: EntryType | None
    target: str
    references: tuple[Reference, ...]
    carried: bool = False


@dataclass
class _Column:
    room: float
    gap: float
    blocks: list[Block] = field(default_factory=list)

    def left(self) -> float:
        """Pt that another block may take."""
        return self.room - (self.gap if self.blocks else 0.0)

    def put(self, block: Block, height: float) -> None:
        """Add a block of this height."""
        self.room = self.left() - height
        self.blocks.append(block)


def is_far(references: Iterable[Reference]) -> bool:
    """Whether a number among them has more than the three digits that lists leave room for."""
    return any(len(one.page) > 3 for one in references)


def lines_of(
    text: str,
    width: float,
    size: float,
    weight: int,
    *,
    first: float = 0.0,
    family: str = "Barlow Condensed",
) -> int:
    """Lines that a text takes at most; `first` is what stands before it on the first one."""
    width *= _SURE
    space = text_width(" ", size, family, weight)
    lines, used = 1, first
    for word in text.split(" "):
        wide = text_width(word, size, family, weight)
        if used and used + space + wide > width:
            lines, used = lines + 1, 0.0
        elif used:
            used += space
        used += wide
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def list_height(references: Sequence[Reference], width: float, density: Density) -> float:
    """Height of a list without its head, pt."""
    return math.fsum(item_height(one, width, density) for one in references)


def item_height(reference: Reference, width: float, density: Density) -> float:
    """Height of one reference, pt; its number stands in the hang."""
    size, weight, family = density.size, density.weight, density.family
    lines = lines_of(reference.title, width - density.hang, size, weight, family=family)
    return lines * density.leading


def block_height(block: Block, width: float, density: Density) -> float:
    """Height of a block, pt."""
    return _head_height(block, width, density) + list_height(block.references, width, density)


def _head_height(block: Block, width: float, density: Density) -> float:
    if not block.title:
        return 0.0
    if block.carried:
        return density.line
    size, weight, first = density.head_size, density.head_weight, density.head_mark
    lines = lines_of(block.title, width, size, weight, first=first, family=density.family)
    return density.head_leading * lines


def column_height(column: Sequence[Block], width: float, density: Density) -> float:
    """Height of a column of blocks, pt."""
    heights = math.fsum(block_height(block, width, density) for block in column)
    return heights + density.gap * max(0, len(column) - 1)


def turn_of(heights: Sequence[float]) -> int:
    """How many items stand in the first of two columns that are as even as can be.

    The first is as long as the longer of the two may be. Columns that a style sheet balances come
    out alike, but are laid out again and again until they do.
    """
    upto = [0.0, *accumulate(heights)]
    longer = [max(one, upto[-1] - one) for one in upto]
    least = min(longer)
    return max(at for at, height in enumerate(upto) if height <= least + 0.01)


def pour(
    blocks: Sequence[Block],
    width: float,
    lines: int,
    density: Density,
    first_used: float,
    *,
    spacious: bool,
    count: int = 2,
) -> list[list[list[Block]]]:
    """Blocks into pages of columns; a block that is too long goes on in the next column.

    Set spaciously, every chapter has a column of its own, none is divided that fits a column,
    and the last block (back matter) takes the first column with room, as a book's contents do.
    Else blocks follow one another down the columns.

    Args:
        width: of a column, pt.
        lines: of a full page.
        first_used: pt that the head takes on the first page.
        count: columns on a page.
    """
    full = (lines - SLACK) * density.line
    columns = [_Column(full - first_used, density.gap) for _ in range(count)]
    body, closing = (blocks[:-1], blocks[-1]) if blocks and not blocks[-1].title else (blocks, None)
    at = 0
    for block in body:
        rest = block
        if spacious and at < len(columns) and any(one.title for one in columns[at].blocks):
            at += 1
        while rest.references:
            if at == len(columns):
                columns.append(_Column(full, density.gap))
            column = columns[at]
            need = block_height(rest, width, density)
            if need <= column.left():
                column.put(rest, need)
                break
            whole_later = need <= (full if at + 1 >= count else full - first_used)
            taken = _taken(rest, width, density, column.left())
            if column.room == full and not column.blocks:
                taken = max(taken, 1)
            if taken and not (spacious and whole_later):
                part = replace(rest, references=rest.references[:taken])
                column.put(part, block_height(part, width, density))
                rest = replace(rest, references=rest.references[taken:], carried=True)
            at += 1
            # Over the page the head stands again; down the same page the eye finds its way.
            if rest.carried:
                again = block.title if at % count == 0 else ""
                rest = replace(rest, title=again)
    if closing is not None:
        need = block_height(closing, width, density)
        places = columns if spacious else columns[at:]
        place = next((one for one in places if one.left() >= need), None)
        if place is None:
            place = _Column(full, density.gap)
            columns.append(place)
        place.put(closing, need)
    while len(columns) % count:
        columns.append(_Column(full, density.gap))
    return [
        [column.blocks for column in columns[start : start + count]]
        for start in range(0, len(columns), count)
    ]


def _taken(block: Block, width: float, density: Density, room: float) -> int:
    """References of a block that a column takes: not fewer than `KEPT`, nor fewer left over."""
    used = _head_height(block, width, density)
    count = 0
    for reference in block.references:
        used += item_height(reference, width, density)
        if used > room:
            break
        count += 1
    count = min(count, len(block.references) - KEPT)
    return count if count >= KEPT else 0
