"""Proof by folding: the printed sheets are cut and folded in space, and read leaf by leaf.

Nothing here knows how a plan is made. Ink is put on paper where a printer puts it, the paper goes
through the steps of the plan, and what a reader sees is taken from where the ink has come to lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from zine.diagnostics import Finding, error
from zine.impose.finish import Kind, Product
from zine.impose.sheets import Plan
from zine.prove.folding_paper import NEAR, Ink, Panel, Pile, posters, printed
from zine.prove.folding_work import CannotBeDone, edge, finished

# mm by which the flap of a leaflet must be narrower than what it is folded into.
_FLAP = 0.5


@dataclass(frozen=True)
class Seen:
    """What a reader sees on one side of a leaf.

    Args:
        page: index of the page, from 0; None is a blank.
        upright: the page's head is at the head of the booklet (a blank is always upright).
        inward: mm by which it is moved towards the spine.
    """

    page: int | None
    upright: bool = True
    inward: float = 0.0


def fold(plan: Plan) -> tuple[Seen, ...]:
    """What a reader sees who does the hand work and turns the leaves from the front.

    Of a book recto and verso of every leaf; of a strip its front from end to end, then its back; of
    a C-fold the cover, the inside, the flap, the back; of cards each front and its back. Of
    several copies it is the first. Posters are left out.

    Raises:
        ValueError: the work cannot be done, or what comes of it is not what the plan says.
    """
    return read(plan)[0]


def read(plan: Plan) -> tuple[tuple[Seen, ...], ...]:
    """As `fold`, for every copy.

    Raises:
        ValueError: the work cannot be done, or what comes of it is not what the plan says.
    """
    piles = finished(plan)
    match plan.finish.product:
        case Product.BOOK | Product.COVER:
            if len(piles) != plan.copies:
                raise CannotBeDone(f"it leaves {len(piles)} piles for {plan.copies} copies")
            return tuple(tuple(_book(pile, plan)) for pile in piles)
        case Product.STRIP:
            return (tuple(_strip(piles, plan)),)
        case Product.LEAFLET:
            return (tuple(_leaflet(piles, plan)),)
        case Product.CARDS:
            return (tuple(_cards(piles, plan)),)


def prove_fold(plan: Plan) -> tuple[Finding, ...]:
    """Errors where what is folded does not read page 1 to the last, upright, each page once.

    Blanks are allowed at the end or just before the last page. Codes: "fold-unknown",
    "fold-missing", "fold-twice", "fold-order", "fold-upside-down", "fold-blank", "fold-creep".
    """
    try:
        copies = read(plan)
    except ValueError as problem:
        return (error("fold-unknown", f"plan “{plan.scheme}” cannot be folded: {problem}"),)
    aside = [*posters(plan), *_standing(plan)]
    for seen in dict.fromkeys(copies):
        findings = tuple(_findings(seen, aside, plan))
        if findings:
            return findings
    return ()


def _findings(seen: Sequence[Seen], aside: Sequence[int], plan: Plan) -> Iterator[Finding]:
    pages = [leaf.page for leaf in seen if leaf.page is not None]
    expected = set(range(plan.pages)) - set(plan.omits) - set(plan.common)
    yield from _count([*pages, *aside], expected)
    for finding in (
        _order(pages),
        _upright(seen, plan),
        # The inside of a cover may be blank on either side.
        plan.finish.product is not Product.COVER and _blanks([leaf.page for leaf in seen]),
        _creep(seen),
    ):
        if finding:
            yield finding


def _book(pile: Pile, plan: Plan) -> Iterator[Seen]:
    """The leaves from the one nearest to us; of each the side that looks at us, then the other."""
    leaves = [panel for panel in pile if panel.faces_us]
    x, y = leaves[0].middle[:2]
    if any(max(abs(p.middle[0] - x), abs(p.middle[1] - y)) > NEAR for p in leaves):
        raise CannotBeDone("the leaves do not lie on one another")
    spine = x + leaves[0].size[0] / 2 * (1 if plan.finish.rtl else -1)
    for crease in plan.finish.creases:
        if crease.kind is Kind.SPINE:
            edges = [at for panel in leaves if (at := edge(panel, crease.line))]
            if any(abs(at[0] - spine) > NEAR for at in edges):
                side = "right" if plan.finish.rtl else "left"
                raise CannotBeDone(f"the spine is not on the {side}")
    for leaf in leaves:
        for ink in _sides(leaf):
            if ink is not None:
                yield _seen(leaf, ink, plan)


def _strip(piles: Sequence[Pile], plan: Plan) -> Iterator[Seen]:
    """Spread out before us; then turned over, left to right."""
    if len(piles) != 1 or len(plan.sheets) != 1:
        raise CannotBeDone("a strip is made of one sheet")
    pile = piles[0]
    if len({(round(p.middle[0], 4), round(p.middle[1], 4)) for p in pile}) != 1:
        raise CannotBeDone("the panels do not lie on one another")
    if any(one.faces_us == two.faces_us for one, two in pairwise(pile)):
        raise CannotBeDone("the strip is not folded to and fro")
    start = -1 if plan.finish.rtl else 1
    panels = sorted(printed(plan, 0), key=lambda panel: start * panel.middle[0])
    if (pile[0].column, pile[0].faces_us) != (panels[0].column, 1.0):
        raise CannotBeDone("the first panel does not come to lie on top")
    yield from (_seen(panel, panel.front, plan) for panel in panels if panel.front)
    yield from (_seen(panel, panel.back, plan) for panel in reversed(panels) if panel.back)


def _leaflet(piles: Sequence[Pile], plan: Plan) -> Iterator[Seen]:
    """The cover; the inside spread out; the outside of the flap; the back."""
    if len(piles) != 1 or len(piles[0]) != 3 or len(plan.sheets) != 1:
        raise CannotBeDone("a C-fold has three panels on one sheet")
    cover, flap, back = piles[0]
    if (cover.faces_us, flap.faces_us, back.faces_us) != (1.0, 1.0, -1.0):
        raise CannotBeDone("the flap is not folded in between cover and back")
    if flap.size[0] > min(cover.size[0], back.size[0]) - _FLAP:
        raise CannotBeDone("the flap that is folded in is not narrower than the other panels")
    start = 1 if plan.finish.rtl else -1
    inside = sorted(printed(plan, 0), key=lambda panel: start * panel.middle[0])
    read = [
        (cover, cover.front),
        *((panel, panel.back) for panel in inside),
        (flap, flap.front),
        (back, back.front),
    ]
    spread = {panel.column: panel for panel in inside}
    yield from (_seen(spread[panel.column], ink, plan) for panel, ink in read if ink)


def _cards(piles: Sequence[Pile], plan: Plan) -> Iterator[Seen]:
    """Each card's front, then, turned left to right, its back."""
    cards = [panel for pile in piles for panel in pile]
    if len(piles) > 1:
        # Cut sheet by sheet, and not yet laid together as a deck.
        cards.sort(key=lambda panel: panel.sheet)
    for card in cards:
        front, back = _sides(card)
        blank = front is None or front.page is None
        if front is not None:
            yield _seen(card, front, plan)
        if plan.common and back is not None:
            if back.page != (None if blank else plan.common[0]):
                raise CannotBeDone("the common back is not behind every card, and only there")
            if not _seen(card, back, plan).upright:
                raise CannotBeDone("the common back is upside down: mind the flip edge")
        elif back is not None:
            yield _seen(card, back, plan)


def _sides(panel: Panel) -> tuple[Ink | None, Ink | None]:
    """The side that looks at us and the other."""
    return (panel.front, panel.back) if panel.faces_us > 0 else (panel.back, panel.front)


def _seen(panel: Panel, ink: Ink, plan: Plan) -> Seen:
    # Turning the leaf about the spine leaves its head where it is, so that what points to the head
    # of the closed booklet is upright on versos as well.
    upright = ink.page is None or panel.lies(ink.head) == (0.0, 1.0, 0.0)
    towards = panel.lies(ink.shift)[0]
    return Seen(ink.page, upright, 0.0 + (towards if plan.finish.rtl else -towards))


def _standing(plan: Plan) -> list[int]:
    """Pages on the panel that stands between the boards of a cover: the printed spine."""
    if plan.finish.product is not Product.COVER:
        return []
    return [
        ink.page
        for pile in finished(plan)
        for panel in pile
        if not panel.faces_us
        for ink in (panel.front, panel.back)
        if ink is not None and ink.page is not None
    ]


def _count(pages: Sequence[int], expected: Iterable[int]) -> Iterator[Finding]:
    times = Counter(pages)
    missing = [page for page in sorted(expected) if not times[page]]
    twice = sorted(page for page, count in times.items() if count > 1)
    if missing:
        yield error("fold-missing", f"{_pages(missing)} on no sheet")
    if twice:
        yield error("fold-twice", f"{_pages(twice)} on the sheets more than once")


def _order(pages: Sequence[int]) -> Finding | None:
    """The first place where the next page is not a later one."""
    for before, page in pairwise(pages):
        if page < before:
            return error(
                "fold-order",
                f"the folded booklet reads {_reading(pages)}: "
                f"page {page + 1} comes after page {before + 1}",
            )
    return None


def _upright(seen: Sequence[Seen], plan: Plan) -> Finding | None:
    fallen = sorted({leaf.page for leaf in seen if leaf.page is not None and not leaf.upright})
    if not fallen:
        return None
    return error(
        "fold-upside-down",
        f"{_pages(fallen)} not upright in the folded booklet",
        hint=f"turn the backs by 180°: the plan says the printer flips on the {plan.flip} edge"
        if plan.two_sided
        else None,
    )


def _blanks(pages: Sequence[int | None]) -> Finding | None:
    """Blanks must be one run, at the end or with one page after it."""
    blank = [place for place, page in enumerate(pages) if page is None]
    if not blank:
        return None
    first, last = blank[0], blank[-1]
    in_one_run = last - first + 1 == len(blank)
    if in_one_run and last >= len(pages) - 2 and first > 0:
        return None
    return error(
        "fold-blank",
        "blank pages belong at the end or just before the last page; here they are at "
        + ", ".join(str(place + 1) for place in blank),
    )


def _creep(seen: Sequence[Seen]) -> Finding | None:
    """Inner pages are moved towards the spine, never away from it."""
    away = [leaf.page for leaf in seen if leaf.page is not None and leaf.inward < -NEAR]
    if not away:
        return None
    return error("fold-creep", f"{_pages(away)} moved away from the spine")


def _pages(pages: Sequence[int]) -> str:
    """As the subject of a sentence: "page 3 is", "pages 3, 4, 7 are"."""
    names = ", ".join(str(page + 1) for page in pages)
    return f"page {names} is" if len(pages) == 1 else f"pages {names} are"


def _reading(pages: Sequence[int]) -> str:
    shown = ", ".join(str(page + 1) for page in pages[:12])
    return shown + (" …" if len(pages) > 12 else "")
