"""Handouts several to a sheet, to be cut apart."""

from __future__ import annotations

import io

from zine.diagnostics import Finding, UsageError, error
from zine.impose.fitting import lying
from zine.impose.marks import Marks
from zine.impose.options import Options
from zine.impose.press import impose
from zine.impose.printer import Printer
from zine.impose.registry import make_plan
from zine.paper import PAPERS, Paper, paired_trim
from zine.prove.folding import prove_fold

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


def copied(
    pdf: bytes,
    pages: int,
    page: Paper,
    sheet: Paper,
    copies: int,
    title: str,
    printer: Printer | None = None,
) -> tuple[bytes, tuple[Finding, ...]]:
    """The pages so many times on each sheet, with cut lines, and what there is to say of it."""
    flip = printer.flip if printer else None
    options = Options(flip=flip, grid=GRIDS[copies], one_sided=pages == 1)
    plan = lying(
        make_plan("copies", pages, options), (page.width_pt, page.height_pt), sheet, fit=True
    )
    out = io.BytesIO()
    findings = impose(
        io.BytesIO(pdf),
        plan,
        sheet=sheet,
        out=out,
        title=title,
        marks=Marks(guides=True),
        margin=printer.margin if printer else 0.0,
        fit=True,
        drift=printer.drift_of(plan) if printer else (0.0, 0.0),
    )
    return out.getvalue(), (*prove_fold(plan), *findings)
