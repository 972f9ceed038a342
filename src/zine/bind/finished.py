"""A finished file read back: what its pages say, where its links lead, how its structure hangs."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence

from pikepdf import Array, Dictionary, NameTree, Object, Pdf

from zine.bind.binder import Stretch
from zine.bind.joints import Joints, read_joints

_Id = tuple[int, int]
_TABLES = ("/ToUnicode", "/FontFile2", "/FontFile3")


class Finished:
    """A finished file, opened.

    Args:
        labels: of all its pages.
    """

    def __init__(self, pdf: bytes, labels: Sequence[str]) -> None:
        self._bytes = pdf
        self._file = Pdf.open(io.BytesIO(pdf))
        self._pages = [page.obj for page in self._file.pages]
        indexes = {page.objgen: index for index, page in enumerate(self._pages)}
        self._fonts: dict[_Id, bytes] = {}
        self.leads = {
            name: labels[indexes[place[0].objgen]]
            for name, place in _destinations(self._file)
            if place[0].objgen in indexes
        }
        """Named destination → label of its page."""

    def joints(self, pages: Iterable[int]) -> Joints:
        """What holds its structure together; see `read_joints`."""
        return read_joints(self._file, pages)

    def digest(self, stretch: Stretch) -> str:
        """Digest of what decides the words on the pages of a gathering.

        That is its bytes, in which its pages are found, and the fonts that it names; "" where the
        pages are not in them.
        """
        data = self._bytes[stretch.start : stretch.stop]
        pages = self._pages[stretch.first : stretch.until]
        if not all(stretch.number < page.objgen[0] < stretch.end for page in pages):
            return ""
        if not all(part in data for part in _contents(pages[0])):
            return ""
        found = hashlib.sha256(data)
        for number in stretch.dictionaries:
            fonts = self._file.get_object(number, 0)
            for name in sorted(fonts.keys()):
                found.update(name.encode() + self._font(fonts[name]))
        return found.hexdigest()

    def _font(self, font: Object) -> bytes:
        """A digest of a font: its widths, its characters and its program."""
        if font.objgen not in self._fonts:
            found = hashlib.sha256()
            for descendant in font.get("/DescendantFonts", ()):
                found.update(descendant.get("/W", Array()).unparse())
                descriptor = descendant.get("/FontDescriptor", Dictionary())
                for key in _TABLES[1:]:
                    if key in descriptor:
                        found.update(descriptor[key].read_raw_bytes())
            if "/ToUnicode" in font:
                found.update(font["/ToUnicode"].read_raw_bytes())
            self._fonts[font.objgen] = found.digest()
        return self._fonts[font.objgen]


def _contents(page: Object) -> Iterator[bytes]:
    held = page["/Contents"]
    for stream in held if isinstance(held, Array) else [held]:
        yield stream.read_raw_bytes()


def _destinations(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root["/Names"]:
        yield from NameTree(pdf.Root["/Names"]["/Dests"]).items()
