"""Font programs: subsets of a TrueType or CFF face read, and written as one."""

from __future__ import annotations

import io
import struct
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from zine.bind.glyf import (
    Glyph,
    Metrics,
    Placed,
    UnsupportedFontError,
    place_glyphs,
    read_glyphs,
    write_glyphs,
)

_VARIABLE = frozenset({"fvar", "gvar", "CFF2"})
_HINTING = ("cvt ", "fpgm", "prep")
# Beside hinting (ISO 32000-1 §9.9), two tables that say whose the face is and what may be done
# with it. A CIDFontType2 shall have no cmap (ibid.), and what else a subset has speaks of the
# glyphs of one section only.
_KEPT = ("OS/2", "name", *_HINTING)
_ENDCHAR = 14


@dataclass(frozen=True)
class Program:
    """A subset that has the glyph ids of its face.

    Args:
        data: the file.
        tables: OpenType tables by tag.
        alike: what programs must share to be joined: units, hinting, CFF's private data.
        glyphs: id → glyph, of all that are used or drawn.
        notdef: glyph 0.
        size: one more than the highest id.
    """

    data: bytes
    tables: Mapping[str, bytes]
    alike: tuple[object, ...]
    glyphs: Mapping[int, Glyph]
    notdef: Glyph
    size: int


def read_program(data: bytes, used: Collection[int]) -> Program:
    """Take a subset apart (OpenType glyf, loca, hmtx, maxp; CFF).

    Args:
        data: the font file.
        used: ids that text is set in.

    Raises:
        UnsupportedFontError: it is not a subset that can be joined with others.
    """
    if not used:
        raise UnsupportedFontError("no text is set in it")
    try:
        reader = SFNTReader(io.BytesIO(data), checkChecksums=0)
        tables = {tag: reader[tag] for tag in reader.keys()}  # noqa: SIM118 (not a mapping)
        if _VARIABLE & tables.keys():
            raise UnsupportedFontError("it is a variable font")
        metrics = _metrics(tables)
        head, hhea = tables["head"], tables["hhea"]
        alike = (*(tables.get(tag) for tag in _HINTING), head[16:20], hhea[4:10], hhea[18:34])
        if "CFF " in tables:
            private, glyphs = _read_cff(data, metrics, used)
            size = int.from_bytes(tables["maxp"][4:6], "big")
            return Program(data, tables, alike + private, glyphs, glyphs[0], size)
        long_loca = head[50:52] != b"\0\0"
        glyphs = read_glyphs(tables["glyf"], tables["loca"], long_loca, metrics, used)
        notdef = glyphs.get(0, Glyph(*metrics(0), b""))
        alike += (len(tables["maxp"]),)
        return Program(data, tables, alike, glyphs, notdef, max(used) + 1)
    except (TTLibError, struct.error, LookupError, ValueError, AssertionError) as problem:
        raise UnsupportedFontError(f"it cannot be read: {problem!r}") from problem


def write_program(programs: Sequence[Program], glyphs: Mapping[int, Glyph]) -> bytes:
    """One font file of several, every glyph under its id (OpenType glyf, loca, hmtx, maxp).

    Args:
        programs: what the glyphs come from, all alike.
        glyphs: id → glyph.

    Raises:
        UnsupportedFontError: they do not fit into one.
    """
    glyphs = {0: programs[0].notdef, **glyphs}
    # Of CFF, the subset that reaches highest has a name for every glyph.
    widest = max(programs, key=lambda program: program.size)
    if "CFF " in widest.tables:
        return _write_cff(widest, glyphs)
    placed = place_glyphs(glyphs, widest.size)
    glyf, loca, long_loca = write_glyphs(placed)
    tables = {tag: programs[0].tables[tag] for tag in _KEPT if tag in programs[0].tables}
    tables |= {
        "glyf": glyf,
        "loca": loca,
        "hmtx": b"".join(struct.pack(">Hh", glyph.advance, glyph.bearing) for glyph, _ in placed),
        "head": _head(programs, long_loca),
        "hhea": _hhea(programs, placed),
        "maxp": _maxp(programs, placed),
    }
    buffer = io.BytesIO()
    writer = SFNTWriter(buffer, len(tables), programs[0].data[:4].decode("latin-1"))
    for tag in sorted(tables):
        writer[tag] = tables[tag]
    writer.close()
    return buffer.getvalue()


def _metrics(tables: Mapping[str, bytes]) -> Metrics:
    """Advance and bearing; the last long metrics give the advance of all that follow (hmtx)."""
    raw = tables["hmtx"]
    long = int.from_bytes(tables["hhea"][34:36], "big")

    def of(number: int) -> tuple[int, int]:
        (advance,) = struct.unpack_from(">H", raw, 4 * min(number, long - 1))
        at = 4 * number + 2 if number < long else 4 * long + 2 * (number - long)
        (bearing,) = struct.unpack_from(">h", raw, at)
        return advance, bearing

    return of


def _head(programs: Sequence[Program], long_loca: bool) -> bytes:
    """`head` with the box around all glyphs (OpenType head); the writer sets its checksum."""
    boxes = [struct.unpack(">4h", program.tables["head"][36:44]) for program in programs]
    left, bottom, right, top = zip(*boxes, strict=True)
    head = bytearray(programs[0].tables["head"])
    head[36:44] = struct.pack(">4h", min(left), min(bottom), max(right), max(top))
    head[50:52] = long_loca.to_bytes(2, "big")
    return bytes(head)


def _hhea(programs: Sequence[Program], placed: Sequence[Placed]) -> bytes:
    """`hhea` with the extremes of all (OpenType hhea)."""
    rows = [struct.unpack(">H3h", program.tables["hhea"][10:18]) for program in programs]
    advance, left, right, extent = zip(*rows, strict=True)
    hhea = bytearray(programs[0].tables["hhea"])
    hhea[10:18] = struct.pack(">H3h", max(advance), min(left), min(right), max(extent))
    hhea[34:36] = len(placed).to_bytes(2, "big")
    return bytes(hhea)


def _maxp(programs: Sequence[Program], placed: Sequence[Placed]) -> bytes:
    """`maxp` with the greatest needs of all (OpenType maxp, version 1.0)."""
    rows = [struct.unpack(">13H", program.tables["maxp"][6:32]) for program in programs]
    needs = [max(column) for column in zip(*rows, strict=True)]
    return programs[0].tables["maxp"][:4] + struct.pack(">14H", len(placed), *needs)


def _open_cff(data: bytes) -> tuple[TTFont, Any]:
    font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    return font, font["CFF "].cff.topDictIndex[0]


def _read_cff(
    data: bytes, metrics: Metrics, used: Collection[int]
) -> tuple[tuple[object, ...], dict[int, Glyph]]:
    """Private data, and glyphs by id; a CFF subset keeps all ids, cut glyphs are empty."""
    font, top = _open_cff(data)
    with font:
        if hasattr(top, "ROS"):
            raise UnsupportedFontError("its CFF outlines are keyed by CID")
        if top.GlobalSubrs or hasattr(top.Private, "Subrs"):
            raise UnsupportedFontError("its charstrings share subroutines")
        outlines = [bytes(one.bytecode) for one in top.CharStrings.charStringsIndex]
        if any(map(_is_accented, outlines)):
            raise UnsupportedFontError("its charstrings name other glyphs")
        private = repr(sorted(top.Private.rawDict.items())), repr(top.rawDict.get("FontMatrix"))
    glyphs = {
        number: Glyph(*metrics(number), outline)
        for number, outline in enumerate(outlines)
        if number in used or number == 0 or len(outline) > 1
    }
    return private, glyphs


def _is_accented(charstring: bytes) -> bool:
    """Whether it is two glyphs given by name: `endchar` with four operands (Type 2 charstrings)."""
    at = operands = 0
    while at < len(charstring):
        byte = charstring[at]
        if byte < 32 and byte != 28:
            return byte == _ENDCHAR and operands >= 4
        at += 3 if byte == 28 else 1 if byte < 247 else 2 if byte < 255 else 5
        operands += 1
    return False


def _write_cff(base: Program, glyphs: Mapping[int, Glyph]) -> bytes:
    """The glyphs in the place of those of a subset."""
    of = _metrics(base.tables)
    metrics = [of(number) for number in range(base.size)]
    font, top = _open_cff(base.data)
    with font:
        for number, glyph in glyphs.items():
            metrics[number] = glyph.advance, glyph.bearing
            top.CharStrings.charStringsIndex[number].bytecode = glyph.outline
        hmtx = b"".join(struct.pack(">Hh", *pair) for pair in metrics)
        hhea = base.tables["hhea"][:34] + base.size.to_bytes(2, "big")
        for tag, data in (("hmtx", hmtx), ("hhea", hhea)):
            font.tables[tag] = DefaultTable(tag)
            font.tables[tag].data = data
        buffer = io.BytesIO()
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()
