"""Reading PDFs from anywhere: opening them, their boxes, their annotations, their defects."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary

from zine.diagnostics import Finding, Place, UsageError, error, warning
from zine.impose.placing import Box, PageBoxes
from zine.units import mm_to_pt

Source = Path | BinaryIO | pikepdf.Pdf

# Annotations that leave nothing on paper when they are lost.
_INVISIBLE = ("/Link", "/Popup")
# Annotation flags (ISO 32000-1 Table 165).
_HIDDEN, _PRINT, _NO_VIEW = 1 << 1, 1 << 2, 1 << 5
# Where a page has a trim and names no bleed, the marks of its maker lie beyond it: keep them out.
_UNNAMED_BLEED = mm_to_pt(3)


@contextmanager
def opened(source: Source, password: str = "") -> Iterator[pikepdf.Pdf]:
    """The PDF, open; what was handed over open stays open.

    Raises:
        UsageError: it cannot be read or has no pages, findings "pdf-unreadable", "pdf-locked",
            "pdf-empty".
    """
    if isinstance(source, pikepdf.Pdf):
        _check_pages(source, source)
        yield source
        return
    try:
        pdf = pikepdf.open(source, password=password)
    except pikepdf.PasswordError as problem:
        words = "the password is wrong" if password else "a password locks this PDF"
        hint = "save it without one" if password else "give the password, or save it without one"
        raise unreadable(source, words, hint, "pdf-locked") from problem
    except pikepdf.PdfError as problem:
        raise unreadable(source, "this is not a PDF, or a damaged one", "make it anew") from problem
    except OSError as problem:
        words = problem.strerror or "the file cannot be read"
        raise unreadable(source, words, "check the name and the permissions") from problem
    with pdf:
        _check_pages(pdf, source)
        yield pdf


@contextmanager
def flattened(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Pdf, tuple[Finding, ...]]]:
    """The PDF with its printable annotations drawn into the pages, and what could not be drawn.

    Stamps, notes and filled-in forms have pictures of their own, which qpdf draws into the page.
    The PDF itself is left alone: where there is something to draw, a copy is made.
    """
    drawable, lost = _annotations(pdf)
    form = pdf.Root.get("/AcroForm")
    # Fields that were filled in by a program which left it to others to draw them.
    undrawn = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))
    if not drawable and not (undrawn and lost):
        yield pdf, tuple(_lost(lost))
        return
    copy = io.BytesIO()
    pdf.save(copy)
    copy.seek(0)
    with pikepdf.open(copy) as drawn:
        if undrawn:
            drawn.generate_appearance_streams()
            _, lost = _annotations(drawn)
        drawn.flatten_annotations("print")
        yield drawn, tuple(_lost(lost))


def boxes_of(pdf: pikepdf.Pdf) -> list[PageBoxes]:
    """The boxes of every page.

    Raises:
        UsageError: a page has none that can be read, finding "pdf-page".
    """
    boxes, problems = [], []
    for number, page in enumerate(pdf.pages, start=1):
        try:
            boxes.append(_boxes(page))
        except (pikepdf.PdfError, ArithmeticError, AttributeError, TypeError, ValueError, KeyError):
            message = f"page {number} of the PDF has no readable size"
            problems.append(error("pdf-page", message, hint="make the PDF anew, or leave it out"))
    if problems:
        raise UsageError(problems)
    return boxes


def damage(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    """A warning where the file was damaged and is mended as well as it went."""
    problems = pdf.get_warnings()
    if problems:
        places = "a place" if len(problems) == 1 else f"{len(problems)} places"
        bare = [number for number, page in enumerate(pdf.pages, 1) if "/Contents" not in page.obj]
        lost = f"; nothing is left on {_numbered(bare)}" if bare else ""
        yield warning(
            "pdf-damaged",
            f"the PDF is damaged in {places} and was mended{lost}: {problems[0]}",
            hint="look at the sheets closely, or make the PDF anew",
        )


def _check_pages(pdf: pikepdf.Pdf, source: Source) -> None:
    try:
        count = len(pdf.pages)
    except (pikepdf.PdfError, ValueError, TypeError) as problem:
        words = "the list of pages in this PDF is damaged"
        raise unreadable(source, words, "make it anew") from problem
    if not count:
        raise unreadable(source, "this PDF has no pages", "make it anew", "pdf-empty")


def _boxes(page: pikepdf.Page) -> PageBoxes:
    media = _box(page.mediabox)
    crop = _box(page.cropbox).common(media)
    trim = _box(page.trimbox).common(media)
    if not (trim.width > 0 and trim.height > 0):
        # A box of nonsense is read as viewers read it, as not there.
        trim = crop if crop.width > 0 and crop.height > 0 else media
    if "/BleedBox" in page.obj:
        bleed = _box(page.bleedbox).common(media).union(trim)
    else:
        bleed = trim.grown(_UNNAMED_BLEED).common(crop).union(trim)
    if not (trim.width > 0 and trim.height > 0):
        raise ValueError("a page without size")
    # /Rotate must be a multiple of 90; what is not is read as viewers read it.
    rotation = page.rotation // 90 * 90
    return PageBoxes(trim, bleed, rotation, float(page.obj.get("/UserUnit", 1)))


def _box(array: Array) -> Box:
    left, bottom, right, top = (float(number) for number in array)
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _annotations(pdf: pikepdf.Pdf) -> tuple[bool, list[int]]:
    """Whether there is something to draw, and the pages that lose something."""
    drawable, lost = False, []
    for number, page in enumerate(pdf.pages, start=1):
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if not isinstance(note, Dictionary) or str(note.get("/Subtype")) in _INVISIBLE:
                continue
            flags = int(note.get("/F", 0))
            if flags & _HIDDEN:
                continue
            if "/AP" in note and flags & _PRINT:
                drawable = True
            elif not flags & _NO_VIEW and number not in lost:
                lost.append(number)
    return drawable, lost


def _numbered(pages: list[int]) -> str:
    """Pages by number: "page 3", "pages 3, 4 and 5"."""
    if len(pages) == 1:
        return f"page {pages[0]}"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"


def _lost(numbers: list[int]) -> Iterator[Finding]:
    if numbers:
        yield warning(
            "annotations-dropped",
            "form fields, stamps or notes have no picture of their own or are not meant to be "
            f"printed (page {numbers[0]}"
            + (f" and {len(numbers) - 1} more)" if len(numbers) > 1 else ")"),
            hint="flatten them into the pages first, for instance by printing to a PDF",
        )


def unreadable(source: Source, message: str, hint: str, code: str = "pdf-unreadable") -> UsageError:
    """The error that a PDF cannot be used, at its place where it is a file."""
    place = Place.of(source) if isinstance(source, Path) else None
    return UsageError([error(code, message, place, hint)])
