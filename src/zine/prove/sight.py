"""What is to be seen on a page of a finished PDF: lines of type, pictures and what lies under."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_NAME_BYTES = 256
_TAG = 7  # characters of "ABCDEF+" before the name of a font subset
_HEADS = ("H1", "H2", "H3", "H4", "H5", "H6")
_NOTES = ("Note", "FENote")
_WHITE = (255, 255, 255)
_PIXEL = 4  # bytes


@dataclass(frozen=True)
class Box:
    """A rectangle, pt from the trim's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> tuple[float, float]:
        """Width and height that two boxes have in common, pt; negative where they are apart."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )

    def meets(self, other: Box) -> bool:
        """Whether the boxes have anything in common."""
        return (  # unrolled: it is asked of every run and everything that may lie under it
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Run:
    """Type of one font on one line.

    Args:
        number: place among the page's objects.
        font: name of the font without the tag of its subset.
        size: pt, as seen.
        box: of its ink.
        baseline: pt from the head of the trim.
        role: "head", "note" or "".
    """

    number: int
    font: str
    size: float
    colour: Colour
    box: Box
    baseline: float
    role: str = ""


@dataclass(frozen=True)
class Image:
    """A picture made of pixels; `ppi` is the lower of its two resolutions."""

    box: Box
    ppi: float


class Sight:
    """An open page; `close` it."""

    def __init__(self, document: pdfium.PdfDocument, index: int) -> None:
        self._document = document
        self._index = index
        self._page = document[index]
        self._text = self._page.get_textpage()
        left, low, right, high = self._page.get_trimbox()
        self.width, self.height = right - left, high - low
        self._left, self._high = left, high
        self.runs, self.images, self.covers = self._seen()

    def close(self) -> None:
        """Let go of the page."""
        self._text.close()
        self._page.close()

    @property
    def characters(self) -> frozenset[str]:
        """Every character on the page."""
        return frozenset(self._text.get_text_range())

    def words(self, run: Run) -> str:
        """The words of a run."""
        found = raw.FPDFPage_GetObject(self._page.raw, run.number)
        size = raw.FPDFTextObj_GetText(found, self._text.raw, None, 0)
        buffer = (ctypes.c_ushort * (size // 2))()
        raw.FPDFTextObj_GetText(found, self._text.raw, buffer, size)
        return bytes(buffer).decode("utf-16-le").rstrip("\0")

    def _seen(self) -> tuple[tuple[Run, ...], tuple[Image, ...], tuple[Box, ...]]:
        runs, images, covers = [], [], []
        for number in range(raw.FPDFPage_CountObjects(self._page.raw)):
            found = raw.FPDFPage_GetObject(self._page.raw, number)
            box = self._box(found)
            if box is None:
                continue
            kind = raw.FPDFPageObj_GetType(found)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                runs.append(self._run(found, number, box))
                continue
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                images.append(Image(box, self._ppi(found)))
            elif kind == raw.FPDF_PAGEOBJ_PATH and not _filled(found):
                continue
            covers.append(box)
        return tuple(runs), tuple(images), tuple(covers)

    def _box(self, found: raw.FPDF_PAGEOBJECT) -> Box | None:
        edges = [ctypes.c_float() for _ in range(4)]
        if not raw.FPDFPageObj_GetBounds(found, *edges):
            return None
        left, low, right, high = (edge.value for edge in edges)
        if right <= left or high <= low:
            return None
        return Box(left - self._left, self._high - high, right - self._left, self._high - low)

    def _run(self, found: raw.FPDF_PAGEOBJECT, number: int, box: Box) -> Run:
        matrix, size = raw.FS_MATRIX(), ctypes.c_float()
        raw.FPDFPageObj_GetMatrix(found, matrix)
        raw.FPDFTextObj_GetFontSize(found, size)
        name = ctypes.create_string_buffer(_NAME_BYTES)
        raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(found), name, _NAME_BYTES)
        font = name.value.decode("utf-8", "replace")
        return Run(
            number,
            font[_TAG:] if font[_TAG - 1 : _TAG] == "+" else font,
            abs(matrix.d) * size.value,
            _fill(found),
            box,
            self._high - matrix.f,
            self._roles.get(raw.FPDFPageObj_GetMarkedContentID(found), ""),
        )

    def _ppi(self, found: raw.FPDF_PAGEOBJECT) -> float:
        data = raw.FPDF_IMAGEOBJ_METADATA()
        raw.FPDFImageObj_GetImageMetadata(found, self._page.raw, data)
        return float(min(data.horizontal_dpi, data.vertical_dpi))

    @cached_property
    def _roles(self) -> Mapping[int, str]:
        """MCID → role; nothing in a file without tags."""
        roles: dict[int, str] = {}
        tree = raw.FPDF_StructTree_GetForPage(self._page.raw)
        if tree:
            for at in range(raw.FPDF_StructTree_CountChildren(tree)):
                _gather(raw.FPDF_StructTree_GetChildAtIndex(tree, at), "", roles)
            raw.FPDF_StructTree_Close(tree)
        return roles

    @cached_property
    def _ground(self) -> tuple[memoryview, int]:
        """The page without its type, a pixel to the point: blue, green, red, blank; and width."""
        page = self._document[self._index]
        for found in list(page.get_objects(max_depth=1)):
            if found.type == raw.FPDF_PAGEOBJ_TEXT:
                page.remove_obj(found)
        bitmap = page.render(scale=1, rev_byteorder=False, force_bitmap_format=raw.FPDFBitmap_BGRx)
        pixels = memoryview(bytes(bitmap.buffer)).cast("I")
        width = bitmap.stride // 4
        bitmap.close()
        page.close()
        return pixels, width

    def grounds(self, box: Box) -> Mapping[Colour, float]:
        """The colours that lie under a box, each with its share of it."""
        if not any(cover.meets(box) for cover in self.covers):
            return {_WHITE: 1.0}
        pixels, width = self._ground
        media = self._page.get_mediabox()
        across, down = self._left - media[0], media[3] - self._high
        left, right = max(0, int(box.left + across)), min(width, int(box.right + across) + 1)
        rows = range(max(0, int(box.top + down)), int(box.bottom + down) + 1)
        under = b"".join(pixels[row * width + left : row * width + right] for row in rows)
        first = under[:_PIXEL]
        if under == first * (len(under) // _PIXEL):  # mostly it is, and counting takes its time
            blue, green, red = first[:3] or _WHITE
            return {(red, green, blue): 1.0}
        found = Counter(memoryview(under).cast("I"))
        whole = sum(found.values()) or 1
        shares: Counter[Colour] = Counter()
        for pixel, count in found.items():
            shares[(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255)] += count
        return {colour: count / whole for colour, count in shares.items()}


def sights(document: pdfium.PdfDocument, pages: Iterable[int] | None = None) -> Iterator[Sight]:
    """Every page in turn, or those of these indexes, open while it is looked at."""
    for index in range(len(document)) if pages is None else pages:
        sight = Sight(document, index)
        try:
            yield sight
        finally:
            sight.close()


def _gather(element: raw.FPDF_STRUCTELEMENT, role: str, roles: dict[int, str]) -> None:
    size = raw.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetType(element, name, size)
    kind = name.raw.decode("utf-16-le").rstrip("\0")
    role = "head" if kind in _HEADS else "note" if kind in _NOTES else role
    if role:
        for at in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
            roles[raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)] = role
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            _gather(child, role, roles)


def _fill(found: raw.FPDF_PAGEOBJECT) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(found, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _filled(path: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path covers what lies under it with something other than white."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(stroke.value) or (bool(mode.value) and _fill(path) != _WHITE)
