"""Sameness: whether a page of a finished file says what it said when it was last read back."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, NameTree, Object, Pdf

_Id = tuple[int, int]
_TABLES = ("/ToUnicode", "/FontFile2", "/FontFile3")


def page_digests(pdf: bytes, labels: Sequence[str], pages: Sequence[int]) -> list[str]:
    """For each of these pages a digest of what decides the words on it, and where its links lead.

    That is its content, the fonts that it names, and of each link the rectangle and the label of
    the page it leads to.

    Args:
        pdf: a finished file.
        labels: of all its pages.
        pages: indexes.
    """
    with Pdf.open(io.BytesIO(pdf)) as file:
        reader = _Reader(file, labels)
        return [reader.digest(file.pages[index].obj) for index in pages]


class _Reader:
    def __init__(self, pdf: Pdf, labels: Sequence[str]) -> None:
        pages = {page.obj.objgen: labels[index] for index, page in enumerate(pdf.pages)}
        self._leads = {
            name.encode(): pages.get(place[0].objgen, "").encode()
            for name, place in _destinations(pdf)
        }
        self._fonts: dict[_Id, bytes] = {}

    def digest(self, page: Object) -> str:
        found = hashlib.sha256()
        for part in self._parts(page):
            found.update(len(part).to_bytes(8))
            found.update(part)
        return found.hexdigest()

    def _parts(self, page: Object) -> Iterator[bytes]:
        contents = page.get("/Contents")
        for stream in contents if isinstance(contents, Array) else [contents]:
            yield b"" if stream is None else stream.read_raw_bytes()
        yield page["/MediaBox"].unparse()
        fonts = page["/Resources"].get("/Font", Dictionary())
        for name in sorted(fonts.keys()):
            yield name.encode()
            yield self._font(fonts[name])
        for link in page.get("/Annots", ()):
            yield link["/Rect"].unparse()
            yield self._leads.get(bytes(link.get("/Dest", b"")), b"")

    def _font(self, font: Object) -> bytes:
        """A digest of a font: its widths, its characters and its program."""
        if not font.is_indirect or font.objgen not in self._fonts:
            found = hashlib.sha256()
            for descendant in font.get("/DescendantFonts", ()):
                found.update(descendant.get("/W", Array()).unparse())
                descriptor = descendant.get("/FontDescriptor", Dictionary())
                for key in _TABLES[1:]:
                    if key in descriptor:
                        found.update(descriptor[key].read_raw_bytes())
            if "/ToUnicode" in font:
                found.update(font["/ToUnicode"].read_raw_bytes())
            if not font.is_indirect:
                return found.digest()
            self._fonts[font.objgen] = found.digest()
        return self._fonts[font.objgen]


def _destinations(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root["/Names"]:
        yield from NameTree(pdf.Root["/Names"]["/Dests"]).items()
