"""The instruction sheet: how to print, fold and bind the booklet that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from zine.build.figures import flip_figure, sheet_figure
from zine.build.steps import Workshop
from zine.content.tongues import direction
from zine.impose.finish import Cut, Fold, Gather, Product, Ring, Slit
from zine.impose.fitting import laid
from zine.impose.sheets import Plan
from zine.paper import Paper
from zine.typeset.geometry import Geometry
from zine.typeset.job import Job
from zine.typeset.layouts import Layouts
from zine.typeset.views.desk import Desk
from zine.typeset.workers import Typesetter

# Sheets whose shorter side is below this, mm, have smaller type and margins.
_SMALL = 190.0
_SEWN = ("signatures", "quarto", "octavo")
_GLUED = ("perfect",)


def instruction_sheet(workshop: Workshop, desk: Desk, plan: Plan, sheet: Paper) -> bytes:
    """One page of the size of the sheet, as the plan lays it."""
    paper = laid(sheet, plan.landscape)
    small = min(paper.width, paper.height) < _SMALL
    style = workshop.style(Geometry(paper, 0.0), ())
    count = len(plan.sheets)
    words = desk.words
    name = words.paper(sheet.name)
    facts = {"title": desk.publication.title, "pages": plan.pages, "paper": name}
    context = {
        "publication": desk.publication,
        "settings": desk.settings,
        "words": words,
        "direction": direction(desk.settings.language),
        "section": {"kind": "instructions", "title": words.instructions_title},
        "run": "",
        "page_rules": f"@page{{margin:{'9mm 11mm' if small else '18mm 22mm'};bleed:0}}",
        "small": small,
        "what": words.counted("instructions_what", count, **facts),
        "copies": words.instructions_copies.format(ten=10 * count, fifty=50 * count),
        "steps": tuple(_steps(plan, words, escape(name), desk.geometry.trim.height)),
        "figures": (sheet_figure(plan, paper), *([flip_figure(plan)] if plan.duplex else [])),
        "plan": plan,
    }
    html = Layouts(workshop.project.layouts).render("instructions.html", context)
    with Typesetter(style, workshop.section_cache, 1) as typesetter:
        made = typesetter.typeset([Job("instructions", html)], lambda *_: None)["instructions"]
        workshop.note((*typesetter.findings, *made.findings))
    return made.pdf


def _steps(plan: Plan, words: Mapping[str, str], paper: str, height: float) -> Iterator[str]:
    """What to do, in words with marked-up verbs, in the order of the work."""

    def say(name: str, **facts: object) -> str:
        return words[f"instructions_{name}"].format(**facts)

    yield say("print" if plan.two_sided else "print_one", paper=paper)
    if plan.duplex:
        yield say(f"flip_{plan.flip}")
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
    yield from _bound(plan, words, height)


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
