"""The press: draws a plan on sheets of paper and writes the PDF that goes to the printer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Name

from zine import __version__
from zine.diagnostics import Finding, UsageError, ZineError, error, warning
from zine.files import write_atomically
from zine.impose.drawing import Drawing, Forms, add_side
from zine.impose.fitting import (
    inset_for,
    laid,
    lying,
    plan_fits,
    plan_too_small,
    room_findings,
    scale_findings,
    scale_of,
    size_findings,
)
from zine.impose.marks import NO_MARKS, Marks, marks_on
from zine.impose.placing import Box, Layout, PageBoxes, Spot, layout, spots
from zine.impose.preferences import preferences
from zine.impose.printable import printable_findings
from zine.impose.printer import straightened
from zine.impose.saving import saved
from zine.impose.sheets import Plan, Sides
from zine.impose.sources import Source, boxes_of, damage, flattened, opened, unreadable
from zine.paper import Paper
from zine.units import mm_to_pt, pt_to_mm

NO_ROOM = "marks-no-room"
"""Code of the warning about marks that are left out."""


@dataclass
class _Job:
    """What is drawn, and what is to be said of it."""

    plan: Plan
    boxes: Sequence[PageBoxes]
    front: Layout
    marks: Marks
    margin: float
    fit: bool
    white: float = 0.0
    laid: list[tuple[Spot, float]] = field(default_factory=list)
    drawn: set[str] = field(default_factory=set)

    @property
    def bleed(self) -> float:
        """The widest bleed of a page on these sheets, points."""
        return max(self.boxes[c.page].bleeds for c in self.plan.cells if c.page is not None)


def impose(
    source: Source,
    plan: Plan,
    *,
    sheet: Paper,
    out: Path | BinaryIO,
    title: str = "",
    date: dt.datetime | None = None,
    marks: Marks = NO_MARKS,
    margin: float = 0.0,
    fit: bool = False,
    password: str = "",
    drift: tuple[float, float] = (0.0, 0.0),
    white: float = 0.0,
) -> tuple[Finding, ...]:
    """Draw the plan on sheets, one PDF page a side, and write them.

    Pages keep their size and are laid by TrimBox in the middle of the sheet, touching at the
    fold; the area up to BleedBox is kept on the outer sides and cut off at the fold. Pages are
    form XObjects (ISO 32000-1 §8.10): text stays text, and each is embedded once. Links, tags and
    outline are left out: these are sheets of paper. The same arguments give the same bytes.

    Args:
        source: the pages in reading order, a file, a stream or an open PDF (which stays open).
        plan: made for as many pages as `source` has.
        sheet: paper in the printer; it is turned as the plan says, or the other way where the
            pages fit only so (see `zine.impose.fitting.lying`).
        out: a file, replaced only once it is complete, or a stream.
        title: for the document's information; the source's own title where it is empty.
        date: date of creation; none is written without it.
        marks: printer's marks.
        margin: mm at the edges of the sheet that the printer leaves blank.
        fit: pages are scaled to fill their places, as far as the printer prints.
        password: opens an encrypted source.
        drift: mm by which this printer sets backs to the right of fronts, and above them (see
            `zine.impose.printer`); the backs are moved to make up for it.
        white: mm at the edges of every page that bear no ink, so that a margin may take them.

    Returns:
        Warnings and notes: pages of different sizes or larger than their places, annotations that
        are not printed, ink in the printer's margin, marks that have no room, the scale.

    Raises:
        ZineError: a PDF cannot be read, the plan is for another number of pages, the pages do not
            fit on the sheet.
    """
    with ExitStack() as stack:
        raw = stack.enter_context(opened(source, password))
        press = stack.enter_context(pikepdf.new())
        try:
            pages, lost = stack.enter_context(flattened(raw))
            job = _job(plan, boxes_of(pages), sheet, marks, margin, fit)
            job.white = white
            _draw_plan(press, Forms(press, pages, job.boxes), job, drift)
            # qpdf reads streams only when it writes them: all sources are still open here.
            data = _finished(press, pages, job.plan, title, date)
        except (pikepdf.PdfError, pikepdf.ForeignObjectError) as problem:
            raise unreadable(source, f"this PDF is damaged: {problem}", "make it anew") from problem
        findings = (*damage(raw), *_findings(job), *lost)
    if isinstance(out, Path):
        write_atomically(out, data)
    else:
        out.write(data)
    return findings


def _job(
    plan: Plan, boxes: Sequence[PageBoxes], sheet: Paper, marks: Marks, margin: float, fit: bool
) -> _Job:
    if plan.pages != len(boxes):
        raise ZineError(
            [
                error(
                    "plan-pages",
                    f"the plan is for {plan.pages} pages, the PDF has {len(boxes)}",
                    hint="make the plan from the PDF's own number of pages",
                )
            ]
        )
    cell = cell_size(plan, boxes)
    plan = lying(plan, cell, sheet, fit=fit)
    paper = laid(sheet, plan.landscape)
    if not fit and not plan_fits(plan, cell, paper):
        raise UsageError([plan_too_small(plan, cell, paper), *size_findings(_cells(plan, boxes))])
    front = layout(plan, cell, (paper.width_pt, paper.height_pt), fit=fit)
    return _Job(plan, boxes, front, marks, margin, fit)


def _draw_plan(press: pikepdf.Pdf, forms: Forms, job: _Job, drift: tuple[float, float]) -> None:
    plan, bleed = job.plan, job.bleed
    right, up = (mm_to_pt(by) for by in straightened(plan, drift))
    back = job.front.flipped(plan.sideways)
    # Pages with white of their own need not become smaller.
    inset = inset_for(job.front, 0.0 if job.white else job.margin)
    for side in plan.printed:
        places = back if side.back else job.front
        drawings = []
        for spot in spots(plan, side, places):
            page = spot.cell.page
            if page is None:
                continue
            boxes = job.boxes[page]
            scale = scale_of(spot, boxes, inset) if job.fit else 1.0
            job.laid.append((spot, scale))
            matrix = boxes.matrix(spot.cell.rotation, spot.centre, scale)
            drawings.append(Drawing(page + 1, forms[page], matrix, spot.clip))
        marks = marks_on(plan, side, job.front, job.marks, bleed=pt_to_mm(bleed), margin=job.margin)
        job.drawn.update(mark.name for mark in marks)
        block, moved = places.block, (right, up) if side.back else (0.0, 0.0)
        add_side(press, places.sheet, drawings, marks, block, block.grown(bleed), moved)


def _finished(
    press: pikepdf.Pdf, pages: pikepdf.Pdf, plan: Plan, title: str, date: dt.datetime | None
) -> bytes:
    """The bytes of the PDF, with everything that is said about the whole of it."""
    press.Root.ViewerPreferences = preferences(plan.flip if plan.duplex else None)
    if plan.finish.rtl:
        press.Root.ViewerPreferences.Direction = Name.R2L
    for key in ("/OCProperties", "/OutputIntents"):
        # Hidden layers stay hidden, and colours keep their meaning.
        if key in pages.Root:
            press.Root[key] = press.copy_foreign(pages.make_indirect(pages.Root[key]))
    with press.open_metadata(set_pikepdf_as_editor=False) as metadata:
        name = title or str(pages.docinfo.get("/Title", ""))
        if name:
            metadata["dc:title"] = name
        metadata["pdf:Producer"] = f"zine {__version__}"
        if date is not None:
            metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = date.isoformat()
    return saved(press, "1.7")


def cell_size(plan: Plan, boxes: Sequence[PageBoxes]) -> tuple[float, float]:
    """Width and height of the largest page that stands in a single cell, points."""
    sizes = [
        boxes[cell.page].size(cell.rotation)
        for cell in plan.cells
        if cell.page is not None and cell.span == (1, 1)
    ]
    if not sizes:
        raise UsageError([error("plan-empty", "there is no page on these sheets")])
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def _cells(plan: Plan, boxes: Sequence[PageBoxes]) -> list[tuple[int, PageBoxes]]:
    """The pages that should all be of one size, in their order."""
    if plan.panels.widths:
        return []
    alike = {c.page for c in plan.cells if c.page is not None and c.span == (1, 1)}
    return [(index, page) for index, page in enumerate(boxes) if index in alike]


def _findings(job: _Job) -> Iterator[Finding]:
    plan = job.plan
    if job.fit:
        yield from scale_findings([scale for _, scale in job.laid])
    else:
        yield from size_findings(_cells(plan, job.boxes))
        yield from room_findings([spot for spot, _ in job.laid], job.boxes)
    if job.margin:
        yield from printable_findings(_trims(job), job.front.sheet, job.margin)
    missing = [name for name in job.marks.wanted if name not in job.drawn]
    if missing and plan.sides is Sides.BOTH:
        yield warning(
            NO_ROOM,
            f"there is no room or no use for these marks: {', '.join(missing)}",
            hint="marks outside the bleed need a larger sheet, those of the spine a bound fold",
        )


def _trims(job: _Job) -> Iterator[tuple[int, Box, float]]:
    """Every page with its trim, or the part with ink, and its bleed, as they lie on the sheet."""
    for spot, scale in job.laid:
        page = spot.cell.page
        if page is None:
            continue
        width, height = job.boxes[page].size(spot.cell.rotation)
        x, y = spot.centre
        across, along = width * scale / 2, height * scale / 2
        trim = Box(x - across, y - along, x + across, y + along).common(spot.clip)
        if job.white:
            yield page, trim.grown(-mm_to_pt(job.white) * scale), 0.0
        else:
            yield page, trim, job.boxes[page].bleeds * scale
