"""The instruction sheet: how to print, fold and bind the booklet that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from zine.build.figures import (
    Region,
    flip_figure,
    fold_figure,
    ring_figure,
    sheet_figure,
    stages,
    strip_figure,
)
from zine.build.onepage import Setter
from zine.impose.finish import Cut, Fold, Gather, Product, Ring, Slit
from zine.impose.fitting import laid
from zine.impose.sheets import Plan
from zine.paper import Paper
from zine.words import Words

# Sheets whose shorter side is below these, mm, have smaller type and margins, smaller figures.
_SMALL, _TINY = 190.0, 120.0
# mm of a sheet that has room for the ruler of 100 mm.
_RULED = 135.0
# mm of a sheet on which the ruler stands beside words.
_WIDE = 230.0
# So many figures are drawn large where there are no more steps than that: both fit on the page.
_LARGE, _SHORT = 4, 6
# The step at which the sheets are turned.
_TURN = 2
_SEWN = ("signatures", "quarto", "octavo")
_GLUED = ("perfect",)


@dataclass(frozen=True)
class Cover:
    """A cover that is printed apart: its file, its sheet, the width of its spine (mm)."""

    file: str
    sheet: Paper
    spine: float


def instruction_sheet(
    setter: Setter,
    title: str,
    plan: Plan,
    sheet: Paper,
    *,
    height: float,
    cover: Cover | None = None,
    by_hand: bool = False,
) -> bytes:
    """One page of the size of the sheet, as the plan lays it.

    Args:
        setter: sets it.
        title: of what is printed.
        height: of a page, mm.
        cover: where it is printed apart.
        by_hand: the sheets are turned by hand, fronts and backs being files of their own.
    """
    paper = laid(sheet, plan.landscape)
    small = min(paper.width, paper.height) < _SMALL
    count, words = len(plan.sheets), setter.words
    name = words.paper(sheet.name)
    pages = words.counted("instructions_pages", _pages(plan))
    facts = {"title": title, "pages": pages, "paper": name}
    folded = any(isinstance(step, Fold | Ring) for step in plan.finish.steps)
    title_of_page = words.instructions_title if folded else words.instructions_title_cut
    steps = (
        *_printing(plan, words, escape(name), by_hand=by_hand),
        *_worked(plan, paper, words),
        *((text, "") for text in _covered(cover, words)),
        *((text, "") for text in _bound(plan, words, height)),
    )
    figures = (
        (sheet_figure(plan, paper), "", words.instructions_figure_sheet),
        *(
            (figure, str(number), _legend(plan, number, words))
            for number, (_, figure) in enumerate(steps, start=1)
            if figure
        ),
    )
    context = {
        "title": title_of_page,
        "small": small,
        "tiny": min(paper.width, paper.height) < _TINY,
        "ruled": paper.width >= _RULED,
        "narrow": paper.width < _WIDE,
        "what": words.counted("instructions_what", count, **facts),
        "copies": words.instructions_copies.format(ten=10 * count, fifty=50 * count),
        "steps": [text for text, _ in steps],
        "figures": figures,
        "large": len(figures) <= _LARGE and len(steps) <= _SHORT,
    }
    rules = f"@page{{margin:{'9mm 11mm' if small else '15mm 20mm'};bleed:0}}"
    return setter.page("instructions", title_of_page, paper, rules, context)


def _pages(plan: Plan) -> int:
    """Pages on these sheets."""
    return len({cell.page for cell in plan.cells if cell.page is not None})


def _printing(
    plan: Plan, words: Mapping[str, str], paper: str, *, by_hand: bool
) -> Iterator[tuple[str, str]]:
    """How the sheets go through the printer, each step with its figure or none."""
    if not plan.two_sided:
        yield words["instructions_print_one"].format(paper=paper), ""
        return
    print_ = "instructions_print_fronts" if by_hand else "instructions_print"
    turn = "instructions_print_backs" if by_hand else "instructions_flip"
    yield words[print_].format(paper=paper), ""
    yield " ".join((words[f"{turn}_{plan.flip}"], *_tried(plan, words))), flip_figure(plan)


def _tried(plan: Plan, words: Mapping[str, str]) -> Iterator[str]:
    """Which page shows that the backs lie as they should: the one behind the first."""
    sheet = plan.sheets[0]
    front = {plan.on_front(False, row, c): cell for row, c, cell in sheet.front.placed}
    first = min((cell.page, at) for at, cell in front.items() if cell.page is not None)
    for row, column, cell in sheet.back.placed if sheet.back else ():
        if cell.page is None or cell.rotation % 180 or plan.on_front(True, row, column) != first[1]:
            continue
        yield words["instructions_try"].format(behind=cell.page + 1, first=first[0] + 1)


def _legend(plan: Plan, number: int, words: Words) -> str:
    """What stands under the figure of a step: the second is the edge on which sheets turn."""
    return words.instructions_figure_flip if plan.two_sided and number == _TURN else ""


def _covered(cover: Cover | None, words: Words) -> Iterator[str]:
    if cover is None:
        return
    name = "instructions_cover_spine" if cover.spine else "instructions_cover"
    yield words[name].format(
        file=escape(cover.file),
        paper=escape(words.paper(cover.sheet.name)),
        spine=f"{cover.spine:.1f}",
    )


def _worked(plan: Plan, paper: Paper, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What to do, in words with marked-up verbs, in the order of the work, with its figure."""
    before = ""
    for text, figure in _steps(plan, paper, words):
        # Several cuts one after the other are one thing to do.
        if text != before or figure:
            yield text, figure
        before = text


def _steps(plan: Plan, paper: Paper, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    def say(name: str, **facts: object) -> str:
        return words[f"instructions_{name}"].format(**facts)

    if plan.finish.product is Product.STRIP:
        yield say("strip"), strip_figure(plan.grid[1])
        return
    whole, folded = True, False
    for step, region in stages(plan.finish, plan.grid):
        match step:
            case Gather(count=count):
                if len(plan.sheets) == 1 and (whole or folded):
                    continue
                if not whole:
                    yield say("gather_folded" if folded else "gather_pieces"), ""
                elif count is None:
                    yield say("gather_sheets"), ""
                else:
                    yield say("gather_some" if count > 1 else "gather_one", count=count), ""
                whole = False
            case Cut(turned=turned):
                yield say("cut_turned" if turned else "cut"), ""
                whole = False
            case Slit():
                yield say("slit"), ""
            case Fold(part=part, spine=spine):
                name = "spine" if spine and _halves(step, region) else f"fold_{part}"
                yield say(name), fold_figure(plan, paper, step, region)
                whole, folded = False, True
            case Ring():
                yield say("ring"), ring_figure(plan, paper)


def _halves(fold: Fold, region: Region) -> bool:
    """Whether a fold is in the middle of what lies on top."""
    return any(line.upright and 2 * line.at == region.left + region.right for line in fold.lines)


def _bound(plan: Plan, words: Mapping[str, str], height: float) -> Iterator[str]:
    """How the booklet is held together, where anything has to hold it."""
    steps = plan.finish.steps
    if plan.finish.product is not Product.BOOK or any(isinstance(s, Ring) for s in steps):
        return
    if plan.scheme in _SEWN:
        yield words["instructions_sew"]
    elif plan.scheme in _GLUED:
        yield words["instructions_glue"]
    elif plan.finish.nested:
        places = {"first": round(height / 4), "second": round(3 * height / 4)}
        yield words["instructions_staple"].format(**places)
    elif plan.copies == 1:
        yield words["instructions_edge_rtl" if plan.finish.rtl else "instructions_edge"]
