"""Composite fonts of a PDF: the font dictionaries of a subset, read and written."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf

from zine.bind.glyf import UnsupportedFontError

Number = int | Decimal

_FIXED_PITCH = 1  # flag of a descriptor (ISO 32000-1 §9.8.2)
_DEFAULT_WIDTH = 1000
_FILES = ("/FontFile2", "/FontFile3")
# Extremes, which may differ by a rounding: the highest stands for all, of depths the lowest.
_HEIGHTS = ("/Ascent", "/CapHeight")
_DEPTH = "/Descent"
_BATCH = 100  # the most mappings that a block of a CMap may hold (Adobe Technical Note 5014)

_WIDTH = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_WIDTHS = re.compile(rf"(\d+)\s*(?:\[([-+.\d\s]*)\]|\s(\d+)\s+({_WIDTH}))\s*")
_TEXTS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_TEXT = re.compile(r"<([0-9a-f]{4})>\s*<([0-9a-f]*)>\s*")
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(frozen=True)
class Subset:
    """The font of one section (Type0 and its descendant, ISO 32000-1 §9.7).

    Args:
        font: the Type0 font.
        key: the entry of the descriptor that holds its program.
        alike: what fonts must share to be joined, their programs aside.
        widths: id → advance in /W.
        texts: id → what it reads as, UTF-16 in hexadecimal.
    """

    font: Object
    descendant: Object
    descriptor: Object
    key: str
    alike: tuple[object, ...]
    widths: Mapping[int, Number]
    texts: Mapping[int, str]

    @property
    def name(self) -> str:
        """BaseFont."""
        return name_of(self.font)

    @property
    def file(self) -> Object:
        """The stream of its program."""
        return self.descriptor[self.key]


def name_of(font: Object) -> str:
    """BaseFont; Type3 fonts may have a name at least."""
    return str(font.get("/BaseFont", font.get("/Name", "/")))[1:]


def read_font(font: Object) -> Subset:
    """The dictionaries of a font.

    Raises:
        UnsupportedFontError: it is none that can be joined with others.
    """
    if font.get("/Subtype") != Name.Type0:
        raise UnsupportedFontError("it is not a composite font")
    if font.get("/Encoding") != Name("/Identity-H"):
        raise UnsupportedFontError("it has a character map of its own")
    descendant = font.DescendantFonts[0]
    if descendant.get("/CIDToGIDMap", Name.Identity) != Name.Identity:
        raise UnsupportedFontError("it has a glyph map of its own")
    descriptor = descendant.get("/FontDescriptor", Dictionary())
    key = next((key for key in _FILES if key in descriptor), None)
    if key is None:
        raise UnsupportedFontError("it is not embedded as TrueType or OpenType")
    alike = (
        _entries(font, "/DescendantFonts", "/ToUnicode"),
        _entries(descendant, "/FontDescriptor", "/W", "/DW"),
        _entries(descriptor, key, "/FontBBox", "/Flags", "/CIDSet", _DEPTH, *_HEIGHTS),
        int(descendant.get("/DW", _DEFAULT_WIDTH)),
        int(descriptor.get("/Flags", 0)) & ~_FIXED_PITCH,
        "/ToUnicode" in font,
        key,
    )
    widths, texts = _read_widths(descendant), _read_texts(font)
    return Subset(font, descendant, descriptor, key, alike, widths, texts)


def write_file(pdf: Pdf, data: bytes, like: Object) -> Object:
    """A font program as a stream (ISO 32000-1 §9.9).

    Args:
        like: the stream of one of those that it stands for.
    """
    file = pdf.make_stream(zlib.compress(data, 9), Filter=Name.FlateDecode)
    if "/Subtype" in like:
        file.Subtype = like.Subtype
    else:
        file.Length1 = len(data)
    return file


def write_font(
    pdf: Pdf,
    subsets: Sequence[Subset],
    file: Object,
    widths: Mapping[int, Number],
    texts: Mapping[int, str],
) -> Object:
    """The font that stands for several (ISO 32000-1 §9.7.4, §9.8, §9.10.3).

    Args:
        file: their joined program.
        widths: all of theirs, as `texts`.
    """
    first = subsets[0]
    descriptor = copy(first.descriptor)
    descriptor[first.key] = file
    descriptors = [subset.descriptor for subset in subsets]
    for key, extreme in ((_DEPTH, min), *((key, max) for key in _HEIGHTS)):
        if heights := [one[key] for one in descriptors if key in one]:
            descriptor[key] = extreme(heights)
    if boxes := [[*one.FontBBox] for one in descriptors if "/FontBBox" in one]:
        left, bottom, right, top = zip(*boxes, strict=True)
        descriptor.FontBBox = Array([min(left), min(bottom), max(right), max(top)])
    flags = int(descriptor.get("/Flags", 0)) & ~_FIXED_PITCH
    descriptor.Flags = flags | (len(widths) > 1 and len({*widths.values()}) == 1)
    if "/CIDSet" in descriptor:
        del descriptor.CIDSet
    if all("/CIDSet" in one for one in descriptors):
        sets = [one.CIDSet.read_bytes() for one in descriptors]
        descriptor.CIDSet = pdf.make_stream(_either(sets))
    descendant = copy(first.descendant)
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    descendant.W = _write_widths(widths)
    font = copy(first.font)
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    if "/ToUnicode" in font:
        font.ToUnicode = pdf.make_stream(_write_texts(texts))
    return pdf.make_indirect(font)


def _entries(dictionary: Object, *but: str) -> tuple[tuple[str, bytes], ...]:
    """Every entry but some; one that refers to another object is like no other's."""
    return tuple(
        (key, value.unparse() if isinstance(value, Object) else repr(value).encode())
        for key, value in sorted(dictionary.as_dict().items())
        if key not in but
    )


def _read_widths(descendant: Object) -> dict[int, Number]:
    """/W in both its forms (ISO 32000-1 §9.7.4.3)."""
    written = descendant.get("/W", Array()).unparse(resolved=True).decode("latin-1")[1:-1].strip()
    if _WIDTHS.sub("", written):
        raise UnsupportedFontError("its widths cannot be read")
    widths: dict[int, Number] = {}
    for first, several, last, one in _WIDTHS.findall(written):
        if one:
            widths |= dict.fromkeys(range(int(first), int(last) + 1), _number(one))
        else:
            widths |= enumerate(map(_number, several.split()), int(first))
    return widths


def _number(written: str) -> Number:
    return int(written) if written.isdecimal() else Decimal(written)


def _write_widths(widths: Mapping[int, Number]) -> Array:
    """/W, ids that follow one another in one run."""
    runs = Array()
    run = Array()
    for number in sorted(widths):
        if number - 1 not in widths:
            run = Array()
            runs.append(number)
            runs.append(run)
        run.append(widths[number])
    return runs


def _read_texts(font: Object) -> dict[int, str]:
    """/ToUnicode (ISO 32000-1 §9.10.3), as far as it maps glyph by glyph."""
    if "/ToUnicode" not in font:
        return {}
    written = font.ToUnicode.read_bytes()
    if b"beginbfrange" in written or b"usecmap" in written:
        raise UnsupportedFontError("its text is mapped in ranges")
    mapped = b"".join(_TEXTS.findall(written)).decode("latin-1").lower()
    return {int(number, 16): text for number, text in _TEXT.findall(mapped)}


def _write_texts(texts: Mapping[int, str]) -> bytes:
    lines = [f"<{number:04x}> <{text}>\n" for number, text in sorted(texts.items())]
    blocks = [lines[at : at + _BATCH] for at in range(0, len(lines), _BATCH)]
    mapped = (f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return _CMAP.replace("{}", "".join(mapped)).encode()


def _either(sets: Sequence[bytes]) -> bytes:
    """/CIDSet of all: a bit for each id, the first in the highest (ISO 32000-1 §9.8.3.2)."""
    size = max(map(len, sets))
    bits = 0
    for one in sets:
        bits |= int.from_bytes(one.ljust(size, b"\0"), "big")
    return bits.to_bytes(size, "big")
