"""The cover apart: the width of the spine, the plan of the cover, the plan of what goes into it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zine.impose.finish import Finish, Fold, Part, Product, Step, upright
from zine.impose.options import DEFAULTS, Options
from zine.impose.registry import make_plan
from zine.impose.sheets import Cell, Face, Panels, Plan, Sheet
from zine.impose.turning import arranged, upright_backs
from zine.paper import Paper

# mm that the glue of a perfect binding adds to the leaves (print-conventions.md §10).
GLUE = 1.0
LEAST_PAGES = 5


@dataclass(frozen=True)
class Apart:
    """A publication in two jobs, both made from the same PDF.

    Args:
        inside: all pages but those of the cover.
        cover: the wrapper, one sheet: back, spine and front outside, what is printed inside of it.
        spine: width of the spine, mm.
    """

    inside: Plan
    cover: Plan
    spine: float


def spine_width(pages: int, caliper: float, glue: float = 0.0) -> float:
    """Width of the spine, mm: two pages a leaf, `caliper` mm a leaf, and what the glue adds.

    Args:
        pages: inside, blanks counted, cover not counted.
        caliper: mm, see `zine.impose.creep.caliper`.
        glue: mm; `GLUE` for perfect binding.

    Raises:
        ValueError: a figure is negative.
    """
    if min(pages, caliper, glue) < 0:
        raise ValueError("pages, thickness and glue are not negative")
    return -(-pages // 2) * caliper + glue


def cover_apart(
    pages: int,
    trim: Paper,
    *,
    caliper: float,
    scheme: str = "perfect",
    options: Options = DEFAULTS,
    inside_front: int | None = None,
    inside_back: int | None = None,
    spine_page: int | None = None,
    glue: float = GLUE,
) -> Apart:
    """The first page and the last as a cover of their own, the others imposed without them.

    Page indices count from 0, negative ones from the end; all plans speak of the pages of the one
    PDF, and name those they leave out.

    Args:
        pages: of the PDF, cover and all.
        trim: size of a page.
        caliper: thickness of a sheet of the inside, mm.
        scheme: for the inside.
        options: for the inside; flip edge and binding side are the cover's as well.
        inside_front: page printed on the inside of the front cover, usually 1.
        inside_back: page printed on the inside of the back cover, usually -2.
        spine_page: page, as wide as the spine, printed on it.
        glue: mm added to the spine.

    Raises:
        ValueError: nothing is left for the inside, or a page is to be on the cover twice.
        UsageError: the scheme is not for what is left, see `make_plan`.
    """

    def index(page: int | None) -> int | None:
        return None if page is None else page % pages if -pages <= page < pages else pages

    if pages < 3:
        raise ValueError("a cover of its own has two pages, and something goes into it")
    extra = [index(inside_front), index(inside_back), index(spine_page)]
    taken = [0, pages - 1, *(page for page in extra if page is not None)]
    if len(set(taken)) != len(taken) or max(taken) >= pages:
        raise ValueError("the pages of a cover are different pages of the publication")
    kept = tuple(page for page in range(pages) if page not in taken)
    if not kept:
        raise ValueError("nothing is left to go into the cover")
    # The back cover is elsewhere, so there is no last page to keep outside.
    inside = selecting(make_plan(scheme, len(kept), replace(options, keep_last=False)), kept, pages)
    width = spine_width(inside.places, caliper, glue)
    omitted = tuple(page for page in range(pages) if page not in taken)
    cover = _cover(pages, trim, width, (extra[0], extra[1], extra[2]), omitted, options)
    return Apart(inside, cover, width)


def wrapped(
    pages: int,
    trim: Paper,
    *,
    caliper: float,
    scheme: str,
    options: Options = DEFAULTS,
    spined: bool = False,
) -> Apart:
    """The four sides of the cover apart, so that what is inside starts on a recto as before.

    Outside are the first page and the last, inside the second and, of an even number, the last
    but one. Where sheets nest in one fold the cover is one more sheet around them, without a
    spine; where single folios or signatures are bound it has one.

    Args:
        pages: of the PDF, the spine among them.
        trim: size of a page.
        caliper: thickness of a sheet of the inside, mm.
        scheme: for the inside.
        options: for the inside.
        spined: the last page but one is the spine.

    Raises:
        ValueError: there are fewer than five pages.
        UsageError: the scheme is not for what is left, see `make_plan`.
    """
    spine = int(spined)
    if pages - spine < LEAST_PAGES:
        raise ValueError(
            f"a cover of its own takes four pages, so there are {LEAST_PAGES} at least"
        )
    inside_back = -2 - spine if (pages - spine) % 2 == 0 else None
    apart = cover_apart(
        pages,
        trim,
        caliper=caliper,
        scheme=scheme,
        options=options,
        inside_front=1,
        inside_back=inside_back,
        spine_page=-2 if spined else None,
    )
    if not apart.inside.finish.nested or apart.inside.finish.signature:
        return apart
    kept = tuple(page for page in range(pages) if page in apart.inside.omits)
    around = make_plan(
        "saddle", len(kept), Options(flip=options.flip, rtl=options.rtl, keep_last=True)
    )
    cover = replace(selecting(around, kept, pages), scheme="cover")
    return Apart(apart.inside, cover, 0.0)


def selecting(plan: Plan, kept: tuple[int, ...], pages: int) -> Plan:
    """The plan with its page i taken to be page `kept[i]` of a PDF of so many pages.

    Raises:
        ValueError: `kept` is of another length than the plan.
    """
    if len(kept) != plan.pages:
        raise ValueError(f"the plan is for {plan.pages} pages, not for {len(kept)}")

    def face(one: Face) -> Face:
        return Face(
            tuple(
                tuple(
                    cell if cell.page is None else replace(cell, page=kept[cell.page])
                    for cell in row
                )
                for row in one.rows
            )
        )

    chosen = set(kept)
    return replace(
        plan,
        pages=pages,
        sheets=tuple(
            Sheet(face(sheet.front), face(sheet.back) if sheet.back else None)
            for sheet in plan.sheets
        ),
        common=tuple(kept[page] for page in plan.common),
        omits=tuple(page for page in range(pages) if page not in chosen),
    )


def _cover(
    pages: int,
    trim: Paper,
    spine: float,
    extra: tuple[int | None, int | None, int | None],
    omits: tuple[int, ...],
    options: Options,
) -> Plan:
    """Outside: back, spine, front; inside, turned left to right: inside front, -, inside back."""
    inside_front, inside_back, spine_page = extra
    outside = Face((((Cell(pages - 1, place=3)), Cell(spine_page), Cell(0, place=0)),))
    printed = inside_front is not None or inside_back is not None
    inside = Face(((Cell(inside_front, place=1), Cell(None), Cell(inside_back, place=2)),))
    steps: tuple[Step, ...] = (
        Fold((upright(2),), Part.LEFT, spine=True, square=True),
        Fold((upright(1),), Part.LEFT, spine=True, square=True),
    )
    # The bindery wants the cover flat, on a sheet of its own: it lies as its own shape asks.
    lies = 2 * trim.width + spine > trim.height
    plan = Plan(
        "cover",
        pages,
        (Sheet(outside, inside if printed else None),),
        upright_backs(lies),
        lies,
        Finish(steps, Product.COVER),
        Panels(widths=(trim.width, spine, trim.width)),
        omits=omits,
    )
    return arranged(plan, options.flip, options.rtl)
