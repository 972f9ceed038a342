"""The look, measured in the demo book: grid, margins, blanks, last pages."""

import ctypes
from collections import Counter

import pypdfium2.raw as pdfium
import pytest

from zine.paper import PAPERS
from zine.typeset.geometry import LINE, Geometry
from zine.units import mm_to_pt

pytestmark = pytest.mark.slow
A5 = Geometry(PAPERS["a5"], 3.0)
FIRST_BASELINE = 10.35  # pt under the head margin (look.md, Page)
TEXT = 9.6


def characters(read, index):
    """Size in pt and origin from the head of the trim, of every letter of a page."""
    text = read._text(index)
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    x, y = ctypes.c_double(), ctypes.c_double()
    for number in range(text.count_chars()):
        drawn = pdfium.FPDFText_GetTextObject(text.raw, number)
        if not drawn:
            continue
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
        pdfium.FPDFTextObj_GetFontSize(drawn, size)
        pdfium.FPDFText_GetCharOrigin(text.raw, number, x, y)
        yield round(abs(matrix.d) * size.value, 1), x.value, A5.trim.height_pt - y.value


def test_running_text_stands_on_the_grid_of_facing_pages(demo_book):
    """Lists stand half a line between; everything else of the text size is on a line."""
    on, between, off = 0, 0, Counter()
    for index in range(len(demo_book)):
        for size, _, y in characters(demo_book, index):
            if size != TEXT:
                continue
            lines = (y - A5.head - FIRST_BASELINE) / LINE
            if abs(lines - round(lines)) * LINE < 0.2:
                on += 1
            elif abs(abs(lines - round(lines)) - 0.5) * LINE < 0.2:
                between += 1
            else:
                off[index + 1] += 1
    assert not off
    assert on > 40_000
    assert between < on / 10


def test_no_letter_stands_nearer_to_the_trim_than_a_printer_can_print(demo_book):
    safe = mm_to_pt(5)
    near = {
        (index + 1, size)
        for index in range(len(demo_book))
        for size, x, y in characters(demo_book, index)
        if size
        and not (safe <= x <= A5.trim.width_pt - safe and safe <= y <= A5.trim.height_pt - safe)
    }
    assert not near


def test_no_text_runs_into_the_foot_or_off_the_measure(demo_book):
    """Between the block and the folio's line nothing stands."""
    foot = A5.trim.height_pt - A5.foot
    bare = {0, 1, 2, len(demo_book) - 1}
    for index in range(len(demo_book)):
        if index in bare:
            continue
        between = [
            y for size, _, y in characters(demo_book, index) if size and foot + 1 < y < foot + LINE
        ]
        assert not between, f"page {index + 1}"


def test_entries_start_on_versos_and_leave_no_page_blank(demo):
    page_map = demo.report.page_maps["solidarity-economics"]
    entries = [index for key, index in page_map.targets.items() if key.startswith("entry-")]
    assert len(entries) == 25
    assert all(index % 2 == 1 for index in entries)
    inside = [index for index in page_map.blanks if index < max(entries)]
    assert not inside
