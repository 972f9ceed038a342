"""Places of the reading order, blanks among them, and faces that are laid out from them."""

from __future__ import annotations

from collections.abc import Sequence

from zine.impose.sheets import Cell, Face


def padded(pages: int, multiple: int, keep_last: bool = False) -> tuple[int | None, ...]:
    """The page indices in reading order, filled up with blanks to a multiple.

    Args:
        pages: number of pages.
        multiple: what the length must be a multiple of (4 where sheets are folded once).
        keep_last: the blanks go before the last page, so that the back cover stays outside.
            A single page is the front cover and stays in front.

    Raises:
        ValueError: there is no page, or `multiple` is less than 1.
    """
    if pages < 1:
        raise ValueError("there is no page to impose")
    if multiple < 1:
        raise ValueError("a multiple is 1 at least")
    order: tuple[int | None, ...] = tuple(range(pages))
    blanks = (None,) * (-pages % multiple)
    if keep_last and pages > 1:
        return (*order[:-1], *blanks, pages - 1)
    return order + blanks


def face(order: Sequence[int | None], *rows: Sequence[int], base: int = 0) -> Face:
    """A face from the places of print-conventions.md: counted from 1, negative ones turned by 180°.

    Args:
        order: page index, or None for a blank, of every place.
        rows: places from the top, each row from the left.
        base: places before the first of these.
    """

    def cell(place: int) -> Cell:
        index = base + abs(place) - 1
        return Cell(order[index], 180 if place < 0 else 0, place=index)

    return Face(tuple(tuple(cell(place) for place in row) for row in rows))
