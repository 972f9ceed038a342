"""Sides of the press PDF: pages as form XObjects under a matrix and a clip, marks as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name

from zine.impose.marks import Circle, Mark, Stroke
from zine.impose.placing import Box, PageBoxes
from zine.units import mm_to_pt

# The control points of a quarter circle of Bézier curves.
_ROUND = 0.5522847498


@dataclass(frozen=True)
class Drawing:
    """A page laid on a side: its number, its form, the matrix of `cm` and the clip (points)."""

    page: int
    form: pikepdf.Object
    matrix: tuple[float, ...]
    clip: Box


class Forms:
    """The pages of a PDF as form XObjects in another, each copied once however often it stands."""

    def __init__(self, press: pikepdf.Pdf, pages: pikepdf.Pdf, boxes: Sequence[PageBoxes]) -> None:
        self._press = press
        self._pages = pages.pages
        self._boxes = boxes
        self._made: dict[int, pikepdf.Object] = {}

    def __getitem__(self, index: int) -> pikepdf.Object:
        if index not in self._made:
            self._made[index] = _form(self._press, self._pages[index], self._boxes[index])
        return self._made[index]


def add_side(
    press: pikepdf.Pdf,
    size: tuple[float, float],
    drawings: Iterable[Drawing] = (),
    marks: Iterable[Mark] = (),
    trim: Box | None = None,
    bleed: Box | None = None,
    moved: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Add a page of the sheet's size.

    Args:
        press: the PDF.
        size: width and height of the sheet, points.
        drawings: pages, first to last.
        marks: drawn over them.
        trim: what is kept when the sheet is trimmed.
        bleed: how far ink goes beyond it.
        moved: points to the right and upwards by which all of it is moved.
    """
    forms = Dictionary()
    content = []
    for drawing in drawings:
        name = f"/P{drawing.page}"
        forms[name] = drawing.form
        clip = drawing.clip
        area = _text(clip.left, clip.bottom, clip.width, clip.height)
        content.append(f"q\n{area} re W n\n{_text(*drawing.matrix)} cm\n{name} Do\nQ\n")
    lines = "".join(_mark(mark) for mark in marks)
    if lines:
        # DeviceGray: black ink only, whatever the printer makes of its other colours.
        content.append(f"q\n0 G\n{lines}Q\n")
    if any(moved) and content:
        content = [f"q\n{_text(1, 0, 0, 1, *moved)} cm\n", *content, "Q\n"]
    side = Dictionary(
        Type=Name.Page,
        MediaBox=_numbers(0, 0, *size),
        Resources=Dictionary(XObject=forms),
        Contents=press.make_stream("".join(content).encode("ascii")),
    )
    sheet = Box(0, 0, *size)
    if trim is not None:
        ink = (bleed or trim).shifted(*moved).common(sheet)
        trim = trim.shifted(*moved).common(sheet)
        ink = ink.union(trim)
        side.BleedBox = _numbers(ink.left, ink.bottom, ink.right, ink.top)
        side.TrimBox = _numbers(trim.left, trim.bottom, trim.right, trim.top)
    press.pages.append(pikepdf.Page(press.make_indirect(side)))


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
    if _is_blank(page):
        # qpdf deflates nothing to nothing, which is no data of zlib's: a printer's RIP complains.
        form.write(b"\n")
    return press.copy_foreign(form)


def _is_blank(page: pikepdf.Page) -> bool:
    held = page.obj.get("/Contents", ())
    streams = held if isinstance(held, pikepdf.Array) else [held]
    return not any(one.read_raw_bytes() for one in streams if isinstance(one, pikepdf.Stream))


def _mark(mark: Mark) -> str:
    if isinstance(mark, Stroke):
        dash = "[3 2] 0 d" if mark.dashed else "[] 0 d"
        ends = [_text(*map(mm_to_pt, end)) for end in (mark.start, mark.end)]
        return f"{_text(mark.weight)} w {dash} {ends[0]} m {ends[1]} l S\n"
    return _circle(mark)


def _circle(mark: Circle) -> str:
    x, y = map(mm_to_pt, mark.centre)
    r = mm_to_pt(mark.radius)
    c = r * _ROUND
    return (
        f"{_text(mark.weight)} w [] 0 d {_text(x + r, y)} m "
        f"{_text(x + r, y + c, x + c, y + r, x, y + r)} c "
        f"{_text(x - c, y + r, x - r, y + c, x - r, y)} c "
        f"{_text(x - r, y - c, x - c, y - r, x, y - r)} c "
        f"{_text(x + c, y - r, x + r, y - c, x + r, y)} c S\n"
    )


def _numbers(*values: float) -> Array:
    return Array([Decimal(_text(value)) for value in values])


def _text(*values: float) -> str:
    """Numbers as a content stream has them; 0.0001 pt is finer than any printer."""
    return " ".join(f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for value in values)
