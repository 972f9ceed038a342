"""The instruction sheet: how to print, fold and bind the booklet that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from zine.build.figures import flip_figure, sheet_figure
from zine.build.onepage import Setter
from zine.impose.finish import Cut, Fold, Gather, Product, Ring, Slit
from zine.impose.fitting import laid
from zine.impose.sheets import Plan
from zine.paper import Paper
from zine.words import Words

# Sheets whose shorter side is below this, mm, have smaller type and margins.
_SMALL = 190.0
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
    facts = {"title": title, "pages": _pages(plan), "paper": name}
    folded = any(isinstance(step, Fold | Ring) for step in plan.finish.steps)
    title_of_page = words.instructions_title if folded else words.instructions_title_cut
    context = {
        "title": title_of_page,
        "small": small,
        "what": words.counted("instructions_what", count, **facts),
        "copies": words.instructions_copies.format(ten=10 * count, fifty=50 * count),
        "steps": (
            *_printing(plan, words, escape(name), by_hand=by_hand),
            # Several cuts, or folds, one after the other are one thing to do.
            *dict.fromkeys(_steps(plan, words)),
            *_covered(cover, words),
            *_bound(plan, words, height),
        ),
        "figures": (
            (sheet_figure(plan, paper), words.instructions_figure_sheet),
            *([(flip_figure(plan), words.instructions_figure_flip)] if plan.two_sided else []),
        ),
    }
    rules = f"@page{{margin:{'9mm 11mm' if small else '15mm 20mm'};bleed:0}}"
    return setter.page("instructions", title_of_page, paper, rules, context)


def _pages(plan: Plan) -> int:
    """Pages on these sheets."""
    return len({cell.page for cell in plan.cells if cell.page is not None})


def _printing(plan: Plan, words: Mapping[str, str], paper: str, *, by_hand: bool) -> Iterator[str]:
    """How the sheets go through the printer."""
    if by_hand and plan.two_sided:
        yield words["instructions_print_fronts"].format(paper=paper)
        yield words[f"instructions_print_backs_{plan.flip}"]
        return
    name = "instructions_print" if plan.two_sided else "instructions_print_one"
    yield words[name].format(paper=paper)
    if plan.two_sided:
        yield words[f"instructions_flip_{plan.flip}"]


def _covered(cover: Cover | None, words: Words) -> Iterator[str]:
    if cover is None:
        return
    name = "instructions_cover_spine" if cover.spine else "instructions_cover"
    yield words[name].format(
        file=escape(cover.file),
        paper=escape(words.paper(cover.sheet.name)),
        spine=f"{cover.spine:.1f}",
    )


def _steps(plan: Plan, words: Mapping[str, str]) -> Iterator[str]:
    """What to do, in words with marked-up verbs, in the order of the work."""

    def say(name: str, **facts: object) -> str:
        return words[f"instructions_{name}"].format(**facts)

    whole, folded = True, False
    for step in plan.finish.steps:
        match step:
            case Gather(count=count):
                if len(plan.sheets) == 1 and (whole or folded):
                    continue
                if not whole:
                    yield say("gather_folded" if folded else "gather_pieces")
                elif count is None:
                    yield say("gather_sheets")
                else:
                    yield say("gather_some" if count > 1 else "gather_one", count=count)
                whole = False
            case Cut(turned=turned):
                yield say("cut_turned" if turned else "cut")
                whole = False
            case Slit():
                yield say("slit")
            case Fold(spine=spine):
                yield say("spine" if spine else "fold")
                whole, folded = False, True
            case Ring():
                yield say("ring")


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
