"""Handouts several to a sheet, to be cut apart."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from zine.build.instructions import instruction_sheet
from zine.build.onepage import setter_of
from zine.build.report import Made, Output
from zine.build.sheets import INSTRUCTIONS, runs
from zine.build.steps import Workshop
from zine.diagnostics import Finding, UsageError, error
from zine.impose.fitting import lying
from zine.impose.marks import Marks
from zine.impose.options import Options
from zine.impose.press import impose
from zine.impose.printer import Printer
from zine.impose.registry import make_plan
from zine.impose.sheets import Plan
from zine.paper import PAPERS, Paper, paired_trim
from zine.prove.folding import prove_fold
from zine.typeset.views.handout import HEAD

# mm at the edges of a handout on which nothing stands, one less than its margins.
_WHITE = HEAD - 1
GRIDS = {2: (1, 2), 4: (2, 2)}
# What the layout of handouts is made for, and what it is scaled to: 71 and 65 %.
_SCALED = {"a5": "a4", "half-letter": "letter"}
_SET = ("a4", "letter", "a3", "tabloid")


def page_for(sheet: Paper, copies: int) -> Paper:
    """The page on which a handout is set of which so many go on the sheet.

    A4 for two on A3 and, scaled down to A5, for two on A4 or four on A3.

    Raises:
        UsageError: the number is neither 1, 2 nor 4, or they would be too small to read; findings
            "handout-copies", "sheet-too-small".
    """
    if copies == 1:
        return sheet
    if copies not in GRIDS:
        message = f"{copies} handouts do not lie on a sheet"
        raise UsageError([error("handout-copies", message, hint="say 2 or 4")])
    page = paired_trim(sheet, GRIDS[copies])
    name = _SCALED.get(page.name, page.name) if page else ""
    if name not in _SET:
        message = f"{copies} handouts on {sheet.name} are too small to read"
        raise UsageError([error("sheet-too-small", message, hint="take fewer, or larger paper")])
    return PAPERS[name]


@dataclass(frozen=True)
class Copied:
    """Handouts several to a sheet.

    Args:
        plan: of all of it.
        files: path and PDF of every run through the printer.
        findings: what there is to say of them.
    """

    plan: Plan
    files: tuple[tuple[Path, bytes], ...]
    findings: tuple[Finding, ...]


def copied(
    pdf: bytes,
    pages: int,
    page: Paper,
    sheet: Paper,
    copies: int,
    title: str,
    path: Path,
    printer: Printer | None = None,
) -> Copied:
    """The pages so many times on each sheet, with cut lines.

    Fronts and backs are files of their own where the printer is turned by hand.

    Args:
        pdf: the handout.
        pages: it has.
        page: their size.
        sheet: in the printer.
        copies: on a sheet.
        title: of the handout.
        path: of the file; those of two runs are called after it.
        printer: where it is printed.
    """
    flip = printer.flip if printer else None
    options = Options(flip=flip, grid=GRIDS[copies], one_sided=pages == 1)
    size = (page.width_pt, page.height_pt)
    plan = lying(make_plan("copies", pages, options), size, sheet, fit=True)
    findings, files = [*prove_fold(plan)], []
    for run, where in runs(plan, printer, path):
        out = io.BytesIO()
        findings += impose(
            io.BytesIO(pdf),
            run,
            sheet=sheet,
            out=out,
            title=title,
            marks=Marks(guides=True),
            margin=printer.margin if printer else 0.0,
            fit=True,
            white=_WHITE,
            drift=printer.drift_of(plan) if printer else (0.0, 0.0),
        )
        files.append((where, out.getvalue()))
    return Copied(plan, tuple(files), tuple(dict.fromkeys(findings)))


def turned_by_hand(workshop: Workshop, many: Copied, page: Paper, sheet: Paper, path: Path) -> Made:
    """The instructions for fronts and backs that are files of their own."""
    title = workshop.project.settings.title
    pdf = instruction_sheet(
        setter_of(workshop), title, many.plan, sheet, height=page.height, by_hand=True
    )
    return Made(Output(path, title, "handout" + INSTRUCTIONS, 1, 1), pdf)
