"""Sheets of paper: pages laid on them as an edition asks for it, the cover apart, instructions."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from zine.build import laying
from zine.build.instructions import Cover, instruction_sheet
from zine.build.onepage import setter_of
from zine.build.report import Made, Output, Request
from zine.build.steps import Workshop
from zine.diagnostics import Finding, warning
from zine.impose.covers import Apart
from zine.impose.fitting import lying
from zine.impose.marks import Marks
from zine.impose.press import NO_ROOM, impose
from zine.impose.printer import Printer
from zine.impose.sheets import Flip, Plan, Sides
from zine.impose.wishes import cover_sheet, marks_named
from zine.paper import Paper
from zine.prove.folding import prove_fold
from zine.settings import EditionSpec

SEPARATE = "separate"
INSTRUCTIONS = "-instructions"
# Kinds of editions that are cut by hand: along lines, unless other marks are asked for.
_CUT = ("cards", "mini")
# Of a cover apart where the edition names none.
COVER_MARKS = ("crop", "fold")


@dataclass(frozen=True)
class Pages:
    """Pages in reading order that go on paper.

    Args:
        title: of the publication or the entry.
        pdf: with bleed where there is any.
        count: of pages.
        trim: size of a page.
        closing: whether the last page is a back cover.
        white: mm at the edges of every page that bear no ink.
        spined: makes the same pages with a spine, so many mm wide, before the last; None where
            there is no drawing to go on over it.
    """

    title: str
    pdf: bytes
    count: int
    trim: Paper
    closing: bool = False
    white: float = 0.0
    spined: Callable[[float], bytes] | None = None


def sheet_of(edition: EditionSpec, request: Request) -> Paper | None:
    """The sheet of the command line, the edition or the printer; None pairs with the trim."""
    usual = request.printer.paper if request.printer else None
    return request.paper or edition.paper or usual


def flip_of(edition: EditionSpec, request: Request) -> Flip:
    """The edge on which the printer turns the sheet: asked for, known of it, or the edition's."""
    if request.flip:
        return Flip(request.flip)
    known = request.printer.flip if request.printer else None
    return known or Flip(edition.flip)


def instructed(edition: EditionSpec, request: Request) -> bool:
    """Whether a sheet of instructions is made."""
    return edition.instructions if request.instructions is None else request.instructions


def on_sheets(
    workshop: Workshop,
    pages: Pages,
    edition: EditionSpec,
    request: Request,
    sheet: Paper,
    path: Path,
) -> list[Made]:
    """All files of an edition: its sheets, the cover where it is apart, the instructions.

    Args:
        path: of the sheets; the others are called after it.
    """
    flip = flip_of(edition, request)
    cover = request.cover or edition.cover
    if cover == SEPARATE:
        made, plan, wrapper = _apart(workshop, pages, edition, request, sheet, path, flip)
    else:
        wrapper = None
        plan = laying.plan_for(
            edition,
            pages.count,
            pages.trim,
            sheet,
            keep_last=pages.closing,
            flip=flip,
            rtl=workshop.project.settings.rtl,
        )
        made = _printed(workshop, pages, plan, edition, request, sheet, path)
    workshop.note(laying.length_notes(plan))
    if instructed(edition, request):
        made.append(
            instructions_for(
                workshop, pages.title, plan, sheet, path, edition, pages.trim, request, wrapper
            )
        )
    return made


def instructions_for(
    workshop: Workshop,
    title: str,
    plan: Plan,
    sheet: Paper,
    path: Path,
    edition: EditionSpec,
    trim: Paper,
    request: Request,
    cover: Cover | None = None,
) -> Made:
    """The sheet of instructions as a file of its own: <sheets>-instructions.pdf."""
    by_hand = request.printer is not None and not request.printer.duplex
    pdf = instruction_sheet(
        setter_of(workshop), title, plan, sheet, height=trim.height, cover=cover, by_hand=by_hand
    )
    beside = path.with_name(f"{path.stem}-instructions.pdf")
    return Made(Output(beside, title, edition.name + INSTRUCTIONS, 1, 1), pdf)


def _apart(
    workshop: Workshop,
    pages: Pages,
    edition: EditionSpec,
    request: Request,
    sheet: Paper,
    path: Path,
    flip: Flip,
) -> tuple[list[Made], Plan, Cover]:
    """Inside and cover as files of their own, made of the same pages."""

    def apart_of(count: int, *, spined: bool = False) -> Apart:
        rtl = workshop.project.settings.rtl
        facts = (edition, count, pages.trim, sheet)
        return laying.apart_for(*facts, flip=flip, rtl=rtl, spined=spined)

    apart, spread = apart_of(pages.count), pages
    if pages.spined and apart.spine:
        spread = replace(pages, pdf=pages.spined(apart.spine))
        apart = apart_of(pages.count + 1, spined=True)
    if not pages.closing:
        workshop.note([_open(pages.title)])
    made = _printed(workshop, spread, apart.inside, edition, request, sheet, path)
    size = (pages.trim.width_pt, pages.trim.height_pt)
    stock, cover = cover_sheet(apart.cover, size, sheet)
    name = path.name.removesuffix(f"-{sheet.name}.pdf")
    wrapper = path.with_name(f"{name}-cover-{stock.name}.pdf")
    # A cover lies on a larger sheet, which has to be cut.
    dressed = replace(edition, marks=edition.marks or COVER_MARKS)
    unasked = () if edition.marks else (NO_ROOM,)
    made += _printed(
        workshop, spread, cover, dressed, request, stock, wrapper, suffix="-cover", silent=unasked
    )
    return made, apart.inside, Cover(wrapper.name, stock, apart.spine)


def _printed(
    workshop: Workshop,
    pages: Pages,
    plan: Plan,
    edition: EditionSpec,
    request: Request,
    sheet: Paper,
    path: Path,
    suffix: str = "",
    silent: Collection[str] = (),
) -> list[Made]:
    """The sheets of a plan that has been folded and read: one file, or fronts and backs apart.

    Args:
        suffix: behind the name of the edition in reports.
        silent: codes of findings that nobody wants to hear of.
    """
    workshop.note(prove_fold(plan))
    made = []
    for run, where in runs(plan, request.printer, path):
        content, findings = drawn(pages, run, sheet, edition, request.printer)
        workshop.note(one for one in findings if one.code not in silent)
        edited = edition.name + suffix
        output = Output(where, pages.title, edited, pages.count, len(plan.sheets))
        made.append(Made(output, content))
    return made


def runs(plan: Plan, printer: Printer | None, path: Path) -> Iterator[tuple[Plan, Path]]:
    """The plan as it goes through the printer, each run with its file."""
    for run in printer.runs(plan) if printer else (plan,):
        if run.sides is Sides.BOTH:
            yield run, path
        else:
            yield run, path.with_name(f"{path.stem}-{run.sides}.pdf")


def drawn(
    pages: Pages, plan: Plan, sheet: Paper, edition: EditionSpec, printer: Printer | None
) -> tuple[bytes, tuple[Finding, ...]]:
    """The sheets as a PDF, and what there is to say of them."""
    marks = marks_named(edition.marks)
    if edition.kind in _CUT and marks == Marks():
        marks = replace(marks, guides=True)
    buffer = io.BytesIO()
    findings = impose(
        io.BytesIO(pages.pdf),
        plan,
        sheet=sheet,
        out=buffer,
        title=pages.title,
        marks=marks,
        margin=max(edition.margin, printer.margin if printer else 0.0),
        white=pages.white,
        drift=printer.drift_of(lying(plan, _size(pages.trim), sheet)) if printer else (0.0, 0.0),
    )
    return buffer.getvalue(), findings


def _size(trim: Paper) -> tuple[float, float]:
    return trim.width_pt, trim.height_pt


def _open(title: str) -> Finding:
    return warning(
        "cover-open",
        f"“{title}” does not end with a back cover, so its last page lies outside",
        hint="put “back-cover” last under back: in book.yaml, or leave the cover where it is",
    )
