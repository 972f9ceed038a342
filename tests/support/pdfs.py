"""PDFs read back: structure with pikepdf, words and sizes with pdfium."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Link:
    """A link within the document: where it stands, what it covers and where it leads."""

    page: int
    rect: Rect
    words: str
    target: str
    leads_to: int


@dataclass(frozen=True)
class Bookmark:
    """An item of the outline."""

    title: str
    level: int
    page: int


class Read:
    """A PDF, opened for reading; use it in a `with`."""

    def __init__(self, pdf: bytes | Path) -> None:
        self.raw = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        self.pikepdf = pikepdf.open(io.BytesIO(self.raw))
        self._pdfium = pypdfium2.PdfDocument(self.raw)
        self._texts: dict[int, pypdfium2.PdfTextPage] = {}

    def __enter__(self) -> Read:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdfium.close()
        self.pikepdf.close()

    def __len__(self) -> int:
        return len(self.pikepdf.pages)

    @cached_property
    def labels(self) -> list[str]:
        """The page labels."""
        return [page.label for page in self.pikepdf.pages]

    def size(self, index: int) -> tuple[float, float]:
        """Width and height of the MediaBox, pt."""
        x1, y1, x2, y2 = (float(n) for n in self.pikepdf.pages[index].mediabox)
        return x2 - x1, y2 - y1

    def words(self, index: int, rect: Rect | None = None) -> str:
        """The words on a page or in a part of it, one space between them."""
        text = self._text(index)
        return plain(text.get_text_bounded(*rect) if rect else text.get_text_bounded())

    def sizes(self, index: int) -> Iterator[tuple[str, float]]:
        """The characters of a page that are seen, with their font size in pt."""
        text, matrix = self._text(index), pypdfium2.raw.FS_MATRIX()
        for number in range(text.count_chars()):
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, number))
            if letter.isalnum():
                assert pypdfium2.raw.FPDFText_GetMatrix(text.raw, number, matrix)
                nominal = pypdfium2.raw.FPDFText_GetFontSize(text.raw, number)
                yield letter, nominal * abs(matrix.d)

    def _text(self, index: int) -> pypdfium2.PdfTextPage:
        if index not in self._texts:
            self._texts[index] = self._pdfium[index].get_textpage()
        return self._texts[index]

    @cached_property
    def destinations(self) -> dict[str, int]:
        """Named place → page index."""
        tree = pikepdf.NameTree(self.pikepdf.Root.Names.Dests)
        return {name: self._index(place[0]) for name, place in tree.items()}

    def _index(self, page: pikepdf.Object) -> int:
        return self._indexes[page.objgen]

    @cached_property
    def _indexes(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: index for index, page in enumerate(self.pikepdf.pages)}

    @cached_property
    def links(self) -> list[Link]:
        """All links within the document."""
        places = self.destinations
        found = []
        for index, page in enumerate(self.pikepdf.pages):
            for one in page.obj.get("/Annots", ()):
                if "/Dest" not in one:
                    continue
                x1, y1, x2, y2 = (float(n) for n in one.Rect)
                rect = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
                words = self.words(index, inner(rect))
                found.append(Link(index, rect, words, str(one.Dest), places[str(one.Dest)]))
        return found

    @cached_property
    def outline(self) -> list[Bookmark]:
        """The outline, flat, with levels from 1."""
        found: list[Bookmark] = []

        def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
            for item in items:
                place = item.destination
                assert isinstance(place, pikepdf.Array)
                found.append(Bookmark(item.title, level, self._index(place[0])))
                walk(item.children, level + 1)

        with self.pikepdf.open_outline() as outline:
            walk(outline.root, 1)
        return found

    def pages_of(self, title: str) -> range:
        """The pages of the entry or section that has this title in the outline."""
        starts = sorted({*(one.page for one in self.outline), len(self)})
        start = max(one.page for one in self.outline if one.title == title)
        return range(start, starts[starts.index(start) + 1])

    def words_of(self, title: str) -> str:
        """The words on the pages of an entry or section."""
        return " ".join(self.words(index) for index in self.pages_of(title))

    @cached_property
    def unpacked(self) -> bytes:
        """The file with nothing compressed."""
        out = io.BytesIO()
        self.pikepdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        return out.getvalue()


def inner(rect: Rect) -> Rect:
    """The middle of a rectangle, which touches no letter of its neighbours."""
    left, low, right, high = rect
    quarter = (high - low) / 4
    return left + 0.6, low + quarter, right - 0.6, high - quarter


def plain(text: str) -> str:
    """Words with one space between them, compatibility forms and soft hyphens resolved.

    At the end of a line pdfium gives a hyphen as the control character 2.
    """
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\x02", "-")
    return " ".join(text.split())
