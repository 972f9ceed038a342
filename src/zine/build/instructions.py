"""The instruction sheet: how to print, fold and staple the booklet that follows it."""

from __future__ import annotations

from zine.build.steps import Workshop
from zine.impose.fitting import laid
from zine.impose.sheets import Plan
from zine.paper import Paper
from zine.typeset.geometry import Geometry
from zine.typeset.job import Job
from zine.typeset.layouts import Layouts
from zine.typeset.views.desk import Desk
from zine.typeset.workers import Typesetter


def instruction_sheet(workshop: Workshop, desk: Desk, plan: Plan, sheet: Paper) -> bytes:
    """One page of the size of the sheet, as the plan lays it."""
    paper = laid(sheet, plan.landscape)
    style = workshop.style(Geometry(paper, 0.0), ())
    context = {
        "publication": desk.publication,
        "settings": desk.settings,
        "words": desk.words,
        "section": {"kind": "instructions", "title": desk.words.instructions_title},
        "run": "",
        "page_rules": "@page{margin:18mm 22mm;bleed:0}",
        "plan": plan,
        "sheets": len(plan.sheets),
        "paper": sheet.name.upper() if len(sheet.name) == 2 else sheet.name.capitalize(),
        "flip": plan.flip.value,
    }
    html = Layouts(workshop.project.layouts).render("instructions.html", context)
    with Typesetter(style, workshop.section_cache, 1) as typesetter:
        made = typesetter.typeset([Job("instructions", html)], lambda *_: None)["instructions"]
        workshop.note((*typesetter.findings, *made.findings))
    return made.pdf
