"""The audit: numbers, folios and labels read back from the finished PDF.

It reads with another library than the one that bound the file, and trusts nothing that the
binder says of its own work but the places to look at.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from zine.bind.binder import PrintedNumber, Stretch
from zine.bind.finished import Finished
from zine.diagnostics import Finding, error
from zine.typeset.geometry import Geometry
from zine.units import mm_to_pt

_SLACK = 1.0  # pt that rectangles may differ by after two roundings
_INSET = 0.6  # pt
_LABEL_BYTES = 64
_Rect = tuple[float, float, float, float]
_DIGIT = 5.4  # pt, the widest of a folio


@dataclass(frozen=True)
class Expected:
    """What the finished PDF must say.

    Args:
        labels: folio of every page.
        titles: title of the section of every page; "" for a blank.
        with_folio: indexes of the pages that print one.
        numbers: every printed reference number.
        rtl: it is bound on the right, where versos lie.
    """

    labels: tuple[str, ...]
    titles: tuple[str, ...]
    with_folio: frozenset[int]
    numbers: tuple[PrintedNumber, ...]
    geometry: Geometry
    rtl: bool = False


@dataclass(frozen=True)
class _Link:
    rect: _Rect
    page: int


def digests_of(file: Finished, stretches: Iterable[Stretch], expected: Expected) -> list[str]:
    """For each gathering of a file, a digest of what its pages say and of what they must say.

    It is made of the bytes of the finished file, whoever wrote them; "" is like no other.
    """
    numbers = _by_page(expected.numbers)
    found = []
    for stretch in stretches:
        pages = range(stretch.first, stretch.until)
        wanted = [
            (index, number.rect, number.target, file.leads.get(number.target))
            for index in pages
            for number in numbers.get(index, ())
        ]
        folios = [index in expected.with_folio for index in pages]
        labels = expected.labels[stretch.first : stretch.until]
        own = file.digest(stretch)
        said = own, wanted, labels, folios, expected.geometry, expected.rtl
        found.append(own and hashlib.sha256(repr(said).encode()).hexdigest())
    return found


def audit(
    pdf: bytes, expected: Expected, pages: Sequence[int] | None = None
) -> tuple[Finding, ...]:
    """Compare a PDF with what it must say; every disagreement is an error.

    Args:
        pages: indexes of those that are read; None for all. Labels are all read.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        labels = [page_label(document, index) for index in range(len(document))]
        wrong = tuple(_labels(labels, expected))
        if len(labels) != len(expected.labels):
            return wrong
        numbers = _by_page(expected.numbers)
        read = range(len(labels)) if pages is None else pages
        return wrong + tuple(_pages(document, read, numbers, labels, expected))
    finally:
        document.close()


def _by_page(numbers: Iterable[PrintedNumber]) -> dict[int, list[PrintedNumber]]:
    found: dict[int, list[PrintedNumber]] = {}
    for number in numbers:
        found.setdefault(number.page, []).append(number)
    return found


def _labels(labels: Sequence[str], expected: Expected) -> Iterator[Finding]:
    if len(labels) != len(expected.labels):
        yield error(
            "proof-pages",
            f"the PDF has {len(labels)} pages, the page map {len(expected.labels)}",
        )
        return
    for index, (label, wanted) in enumerate(zip(labels, expected.labels, strict=True)):
        if label != wanted:
            where = f"“{expected.titles[index]}”" if expected.titles[index] else "a blank"
            yield error(
                "proof-label",
                f"{where}: page {index + 1} is labelled “{label}”, not “{wanted}”",
            )


def _pages(
    document: pdfium.PdfDocument,
    indexes: Iterable[int],
    numbers: Mapping[int, Sequence[PrintedNumber]],
    labels: Sequence[str],
    expected: Expected,
) -> Iterator[Finding]:
    for index in indexes:
        page = document[index]
        text = page.get_textpage()
        try:
            links = list(page_links(document, page))
            for number in numbers.get(index, ()):
                yield from _number(number, text, links, labels)
            if index in expected.with_folio:
                yield from _folio(index, text, labels[index], expected)
        finally:
            text.close()
            page.close()


def _number(
    number: PrintedNumber, text: pdfium.PdfTextPage, links: list[_Link], labels: Sequence[str]
) -> Iterator[Finding]:
    printed = text.get_text_bounded(*_core(number.rect)).strip() or "nothing"
    link = next((one for one in links if _same(one.rect, number.rect)), None)
    where = f"“{number.section}”, page {labels[number.page]}"
    what = f"the reference to “{number.title}” prints {printed}"
    if link is None or not 0 <= link.page < len(labels):
        yield error("proof-link", f"{where}: {what} and leads nowhere")
    elif printed != labels[link.page]:
        yield error("proof-number", f"{where}: {what} and leads to page {labels[link.page]}")


def _core(rect: _Rect) -> _Rect:
    """The middle of a rectangle, which touches no letter of its neighbours."""
    left, low, right, high = rect
    quarter = (high - low) / 4
    return left + _INSET, low + quarter, right - _INSET, high - quarter


def _folio(
    index: int, text: pdfium.PdfTextPage, label: str, expected: Expected
) -> Iterator[Finding]:
    geometry = expected.geometry
    high = geometry.foot - geometry.line + 2
    low, width = high - geometry.line - 2, geometry.trim.width_pt
    if expected.rtl:
        # Words of two directions come as they are read, not as they lie: look at the fore edge.
        near = mm_to_pt(geometry.outer)
        far = near + len(label) * _DIGIT + _INSET
        left, right = (width - far, width - near) if index % 2 else (near, far)
        found = text.get_text_bounded(left - _DIGIT, low, right + _DIGIT, high).strip()
    else:
        words = text.get_text_bounded(0, low, width, high).split()
        found = (words[0] if index % 2 else words[-1]) if words else ""
    if found != label:
        yield error(
            "proof-folio",
            f"“{expected.titles[index]}”: page {label} prints the folio {found or '(none)'}",
        )


def page_label(document: pdfium.PdfDocument, index: int) -> str:
    """The label of a page as a viewer shows it; "" where the document gives none."""
    buffer = ctypes.create_string_buffer(_LABEL_BYTES)
    length = raw.FPDF_GetPageLabel(document.raw, index, buffer, _LABEL_BYTES)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le")


def page_links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[_Link]:
    """The links of a page that lead to a page of the same document."""
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page.raw, position, link):
        destination = raw.FPDFLink_GetDest(document.raw, link)
        if not destination:
            continue
        box = raw.FS_RECTF()
        if raw.FPDFLink_GetAnnotRect(link, box):
            low, high = sorted((box.bottom, box.top))
            target = raw.FPDFDest_GetDestPageIndex(document.raw, destination)
            yield _Link((box.left, low, box.right, high), target)


def _same(one: _Rect, other: _Rect) -> bool:
    return (  # unrolled: it is asked of every number and every link of a page
        abs(one[0] - other[0]) < _SLACK
        and abs(one[1] - other[1]) < _SLACK
        and abs(one[2] - other[2]) < _SLACK
        and abs(one[3] - other[3]) < _SLACK
    )
