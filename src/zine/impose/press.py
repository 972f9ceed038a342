"""The press: draws a plan on sheets of paper and writes the PDF that goes to the printer."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from zine import __version__
from zine.diagnostics import Finding, Place, UsageError, ZineError, error, warning
from zine.files import write_atomically
from zine.impose.fitting import (
    ROUNDING_PT,
    fits,
    laid,
    size_findings,
    size_text,
    too_small,
)
from zine.impose.placing import Box, PageBoxes, spots
from zine.impose.sheets import Flip, Plan
from zine.paper import Paper

Source = Path | BinaryIO | pikepdf.Pdf

_DUPLEX = {Flip.SHORT: Name.DuplexFlipShortEdge, Flip.LONG: Name.DuplexFlipLongEdge}
# Annotations that leave nothing on paper when they are lost.
_INVISIBLE = ("/Link", "/Popup")


@dataclass(frozen=True)
class _Drawing:
    """A page laid on a side: its number, its form, the matrix of `cm` and the clip (points)."""

    page: int
    form: pikepdf.Object
    matrix: tuple[float, ...]
    clip: Box


def impose(
    source: Source,
    plan: Plan,
    *,
    sheet: Paper,
    out: Path | BinaryIO,
    instructions: Source | None = None,
    title: str = "",
    date: dt.datetime | None = None,
) -> tuple[Finding, ...]:
    """Draw the plan on sheets, one PDF page a side, and write them.

    Pages keep their size and are laid by TrimBox in the middle of the sheet, touching at the
    fold; the area up to BleedBox is kept on the outer sides and cut off at the fold. Pages are
    form XObjects (ISO 32000-1 §8.10): text stays text, and each is embedded once. Links, tags and
    outline are left out: these are sheets of paper. The same arguments give the same bytes.

    Args:
        source: the pages in reading order, a file, a stream or an open PDF (which stays open).
        plan: made for as many pages as `source` has.
        sheet: paper in the printer; it is turned as the plan says.
        out: a file, replaced only once it is complete, or a stream.
        instructions: pages of the size of the sheet (either way up), put in front, one to a sheet.
        title: for the document's information; the source's own title where it is empty.
        date: date of creation; none is written without it.

    Returns:
        Warnings: pages of different sizes, drawn annotations that are not printed.

    Raises:
        ZineError: a PDF cannot be read, the plan is for another number of pages, the pages do not
            fit on the sheet, an instruction page is not of the sheet's size.
    """
    paper = laid(sheet, plan.landscape)
    with _opened(source) as pages, pikepdf.new() as press:
        boxes = [_boxes(page) for page in pages.pages]
        cell = _cell(plan, boxes)
        if not fits(cell, plan.grid, paper):
            raise UsageError([too_small(cell, plan.grid, paper), *size_findings(boxes)])
        with nullcontext() if instructions is None else _opened(instructions) as front:
            if front is not None:
                _draw_instructions(press, front, paper, plan.two_sided)
            _draw_plan(press, pages, boxes, plan, cell, paper)
            # qpdf reads streams only when it writes them: both sources are still open here.
            data = _finished(press, pages, plan, title, date)
        findings = (*size_findings(boxes), *_dropped(pages))
    _write(data, out)
    return findings


def _draw_plan(
    press: pikepdf.Pdf,
    pages: pikepdf.Pdf,
    boxes: Sequence[PageBoxes],
    plan: Plan,
    cell: tuple[float, float],
    sheet: Paper,
) -> None:
    size = (sheet.width_pt, sheet.height_pt)
    for face in (face for leaf in plan.sheets for face in leaf.faces):
        drawings = []
        for spot in spots(face, cell, size):
            index = spot.cell.page
            if index is None:
                continue
            matrix = boxes[index].matrix(spot.cell.rotation, spot.centre)
            form = _form(press, pages.pages[index], boxes[index])
            drawings.append(_Drawing(index + 1, form, matrix, spot.clip))
        _add_side(press, size, drawings)


def _draw_instructions(
    press: pikepdf.Pdf, front: pikepdf.Pdf, sheet: Paper, two_sided: bool
) -> None:
    """Each page as a sheet of its own, with a blank back where the rest of the job has backs."""
    for number, page in enumerate(front.pages, start=1):
        boxes = _boxes(page)
        width, height = boxes.size()
        paper = laid(sheet, landscape=width > height)
        size = (paper.width_pt, paper.height_pt)
        if max(abs(width - size[0]), abs(height - size[1])) > 2 * ROUNDING_PT:
            raise ZineError(
                [
                    error(
                        "instructions-size",
                        f"page {number} of the instructions is {size_text(width, height)}, "
                        f"the sheet {paper.name} is {size_text(*size)}",
                        hint="typeset the instructions on the paper of the sheets",
                    )
                ]
            )
        matrix = boxes.matrix(0, (size[0] / 2, size[1] / 2))
        form = _form(press, page, boxes)
        _add_side(press, size, [_Drawing(number, form, matrix, Box(0, 0, *size))])
        if two_sided:
            _add_side(press, size, [])


def _form(press: pikepdf.Pdf, page: pikepdf.Page, boxes: PageBoxes) -> pikepdf.Object:
    """The page as a form XObject in `press`; rotation and unit are left to the matrix."""
    form = page.as_form_xobject(handle_transformations=False)
    # pikepdf cuts the form at the TrimBox, which would lose the bleed.
    area = boxes.bleed.union(boxes.trim)
    form.BBox = _numbers(area.left, area.bottom, area.right, area.top)
    resources = page.get_resources()
    if resources is not None:
        # pikepdf gives each form a copy; WeasyPrint shares one dictionary among all pages.
        form.Resources = resources
    return press.copy_foreign(form)


def _add_side(press: pikepdf.Pdf, size: tuple[float, float], drawings: Iterable[_Drawing]) -> None:
    forms = Dictionary()
    content = []
    for drawing in drawings:
        name = f"/P{drawing.page}"
        forms[name] = drawing.form
        clip = drawing.clip
        area = _text(clip.left, clip.bottom, clip.width, clip.height)
        content.append(f"q\n{area} re W n\n{_text(*drawing.matrix)} cm\n{name} Do\nQ\n")
    side = Dictionary(
        Type=Name.Page,
        MediaBox=_numbers(0, 0, *size),
        Resources=Dictionary(XObject=forms),
        Contents=press.make_stream("".join(content).encode("ascii")),
    )
    press.pages.append(pikepdf.Page(press.make_indirect(side)))


def _finished(
    press: pikepdf.Pdf, pages: pikepdf.Pdf, plan: Plan, title: str, date: dt.datetime | None
) -> bytes:
    """The bytes of the PDF, with everything that is said about the whole of it."""
    press.Root.ViewerPreferences = Dictionary(
        PrintScaling=Name("/None"),
        Duplex=_DUPLEX[plan.flip] if plan.two_sided else Name.Simplex,
        DisplayDocTitle=True,
    )
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
    stream = io.BytesIO()
    press.save(
        stream,
        min_version="1.7",  # for /Duplex
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return stream.getvalue()


def _write(data: bytes, out: Path | BinaryIO) -> None:
    if not isinstance(out, Path):
        out.write(data)
        return
    write_atomically(out, data)


@contextmanager
def _opened(source: Source) -> Iterator[pikepdf.Pdf]:
    if isinstance(source, pikepdf.Pdf):
        yield source
        return
    try:
        pdf = pikepdf.open(source)
    except pikepdf.PasswordError as problem:
        raise _unreadable(source, "a password locks this PDF", "save it without one") from problem
    except pikepdf.PdfError as problem:
        raise _unreadable(
            source, "this is not a PDF, or a damaged one", "make it anew"
        ) from problem
    except OSError as problem:
        words = problem.strerror or "the file cannot be read"
        raise _unreadable(source, words, "check the name and the permissions") from problem
    with pdf:
        yield pdf


def _unreadable(source: Source, message: str, hint: str) -> UsageError:
    place = Place.of(source) if isinstance(source, Path) else None
    return UsageError([error("pdf-unreadable", message, place, hint)])


def _boxes(page: pikepdf.Page) -> PageBoxes:
    def box(array: Array) -> Box:
        rectangle = pikepdf.Rectangle(array)
        return Box(*rectangle.lower_left, *rectangle.upper_right)

    # /Rotate must be a multiple of 90; what is not is read as viewers read it.
    rotation = page.rotation // 90 * 90
    unit = float(page.obj.get("/UserUnit", 1))
    return PageBoxes(box(page.trimbox), box(page.bleedbox), rotation, unit)


def _cell(plan: Plan, boxes: Sequence[PageBoxes]) -> tuple[float, float]:
    """Width and height that every cell needs, points."""
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
    sizes = [boxes[c.page].size(c.rotation) for c in plan.cells if c.page is not None]
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def _dropped(pages: pikepdf.Pdf) -> Iterator[Finding]:
    """A warning for what a viewer draws on a page besides its content."""
    numbers = [
        number
        for number, page in enumerate(pages.pages, start=1)
        if any(
            isinstance(note, Dictionary)
            and "/AP" in note
            and str(note.get("/Subtype")) not in _INVISIBLE
            for note in page.obj.get("/Annots", ())
        )
    ]
    if numbers:
        yield warning(
            "annotations-dropped",
            f"form fields, stamps or notes are not printed (page {numbers[0]}"
            + (f" and {len(numbers) - 1} more)" if len(numbers) > 1 else ")"),
            hint="flatten them into the pages first, for instance by printing to a PDF",
        )


def _numbers(*values: float) -> Array:
    return Array([Decimal(_text(value)) for value in values])


def _text(*values: float) -> str:
    """Numbers as a content stream has them; 0.0001 pt is finer than any printer."""
    return " ".join(f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for value in values)
