"""Single pages for a print shop: bleed on all sides, marks in the slug, boxes from the origin."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import Dictionary, Name

from zine.impose.drawing import Drawing, Forms, add_side
from zine.impose.mark_types import Circle, Mark, Stroke
from zine.impose.placing import Box
from zine.impose.saving import saved
from zine.impose.sources import boxes_of
from zine.units import mm_to_pt, pt_to_mm

CROP, REGISTRATION = "crop", "registration"
# mm and pt (print-conventions.md §7).
_LENGTH, _OFFSET, _WEIGHT = 5.0, 3.175, 0.25
_EDGE = 2.0  # mm of paper beyond the marks
_TARGET, _CROSS = 1.5, 2.5


def single_pages(pdf: bytes, marks: Collection[str]) -> bytes:
    """The pages of a bound file one by one, each on a sheet of its own with its marks.

    TrimBox lies within BleedBox within MediaBox, whose origin is 0, 0. Pages are form XObjects cut
    off at the bleed; links, tags and outline are left out, labels and metadata stay.

    Args:
        pdf: pages with their bleed, as the binder made them.
        marks: "crop", "registration", or none: then the sheet ends with the bleed.
    """
    with pikepdf.open(io.BytesIO(pdf)) as pages, pikepdf.new() as press:
        boxes = boxes_of(pages)
        forms = Forms(press, pages, boxes)
        for index, page in enumerate(boxes):
            bleed = page.bleed.union(page.trim)
            slug = 0.0
            if marks:
                clear = max(mm_to_pt(_OFFSET), page.trim.left - bleed.left)
                slug = clear + mm_to_pt(_LENGTH + _EDGE) - (page.trim.left - bleed.left)
            area = bleed.grown(slug)
            dx, dy = -area.left, -area.bottom
            trim = _moved(page.trim, dx, dy)
            add_side(
                press,
                (area.width, area.height),
                [Drawing(index + 1, forms[index], (1, 0, 0, 1, dx, dy), _moved(bleed, dx, dy))],
                _marks(trim, page.trim.left - bleed.left, marks),
                trim,
                _moved(bleed, dx, dy),
            )
        return _finished(press, pages)


def inserted(pdf: bytes, page: bytes, at: int) -> bytes:
    """A PDF with the first page of another at an index, as lists count them, -1 before the last."""
    with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.open(io.BytesIO(page)) as single:
        whole.pages.insert(at, single.pages[0])
        return saved(whole, "1.7")


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)


def _marks(trim: Box, bleed: float, wanted: Collection[str]) -> Iterator[Mark]:
    """Marks in mm around a trim in points."""
    left, right, low, high = map(pt_to_mm, (trim.left, trim.right, trim.bottom, trim.top))
    clear = max(_OFFSET, pt_to_mm(bleed))
    far = clear + _LENGTH
    if CROP in wanted:
        for x in (left, right):
            yield Stroke(CROP, (x, low - far), (x, low - clear), _WEIGHT)
            yield Stroke(CROP, (x, high + clear), (x, high + far), _WEIGHT)
        for y in (low, high):
            yield Stroke(CROP, (left - far, y), (left - clear, y), _WEIGHT)
            yield Stroke(CROP, (right + clear, y), (right + far, y), _WEIGHT)
    if REGISTRATION in wanted:
        x, y, away = (left + right) / 2, (low + high) / 2, clear + _CROSS
        for a, b in ((x, low - away), (x, high + away), (left - away, y), (right + away, y)):
            yield Circle(REGISTRATION, (a, b), _TARGET, _WEIGHT)
            yield Stroke(REGISTRATION, (a - _CROSS, b), (a + _CROSS, b), _WEIGHT)
            yield Stroke(REGISTRATION, (a, b - _CROSS), (a, b + _CROSS), _WEIGHT)


def _finished(press: pikepdf.Pdf, pages: pikepdf.Pdf) -> bytes:
    press.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), DisplayDocTitle=True)
    for key in ("/Lang", "/PageLabels", "/OutputIntents", "/Metadata"):
        if key in pages.Root:
            held = pages.Root[key]
            if not isinstance(held, Dictionary | pikepdf.Array | pikepdf.Stream):
                press.Root[key] = held
                continue
            whole = held if held.is_indirect else pages.make_indirect(held)
            press.Root[key] = press.copy_foreign(whole)
    for key, value in pages.docinfo.items():
        press.docinfo[key] = value
    # Nothing is trapped here; a shop that traps wants to know (ISO 32000-1 §14.3.3).
    press.docinfo["/Trapped"] = Name("/False")
    return saved(press, "1.6")
