"""What can be asked of a scheme."""

from __future__ import annotations

from dataclasses import dataclass

from zine.impose.sheets import Flip


@dataclass(frozen=True)
class Options:
    """Wishes of a job; None and () leave a choice to the scheme.

    A scheme takes the options it names in `zine.impose.registry.SCHEMES` and refuses others.

    Args:
        flip: edge over which the printer turns the sheet; None is the one that leaves the backs
            upright (short on landscape sheets, long on portrait ones).
        landscape: how the sheet lies; None is as portrait pages need it.
        rtl: bound on the right.
        keep_last: blanks go before the last page, so that the back cover stays outside.
        sheets: of one signature.
        grid: rows and columns on a side.
        form: a variant of the scheme by name.
        one_sided: the backs stay blank.
        poster: pages at the end (0, 1 or 2) that fill the back of a mini zine.
        poster_upright: a poster of one page is portrait, thus turned by 90° on its sheet.
        common_back: the last page is the back of every card.
        widths: mm of the panels, from the left of the outside, where they differ.
        gap: mm between two cells, wherever no spine is between them.
    """

    flip: Flip | None = None
    landscape: bool | None = None
    rtl: bool = False
    keep_last: bool = False
    sheets: int | None = None
    grid: tuple[int, int] | None = None
    form: str | None = None
    one_sided: bool = False
    poster: int = 0
    poster_upright: bool = True
    common_back: bool = False
    widths: tuple[float, ...] = ()
    gap: float = 0.0


DEFAULTS = Options()
