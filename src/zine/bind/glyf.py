"""Glyphs of TrueType fonts: taken out of one subset, and placed in the union of several."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

# Flags of a component (OpenType glyf, “Composite glyph description”).
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80
_DEEPEST = 16
_SHORT_LIMIT = 2 * 0xFFFF

Metrics: TypeAlias = Callable[[int], tuple[int, int]]


class UnsupportedFontError(Exception):
    """A font that is left as it is; the message says why."""


class Glyph(NamedTuple):
    """What a glyph looks like, wherever it stands: equal glyphs draw the same.

    Args:
        advance: from hmtx.
        bearing: left side bearing; readers shift the outline by it, so it decides the look too.
        outline: glyf description or charstring; the glyph ids of components are 0.
        parts: its components, in order.
    """

    advance: int
    bearing: int
    outline: bytes
    parts: tuple[Glyph, ...] = ()


Placed: TypeAlias = tuple[Glyph, tuple[int, ...]]


def read_glyphs(
    glyf: bytes, loca: bytes, long_loca: bool, metrics: Metrics, used: Collection[int]
) -> dict[int, Glyph]:
    """Glyphs of a subset by their id in the face (OpenType glyf, loca).

    Ids are those of the face only up to the highest that is used: WeasyPrint cuts the tail, and
    components that stood there move to the ids that follow. So those are taken for what they look
    like, as parts of the glyphs that need them, and never for their ids.

    Args:
        metrics: id → advance and bearing.
        used: ids that text is set in.

    Raises:
        UnsupportedFontError: it is not such a subset.
    """
    offsets = array("I" if long_loca else "H", loca)
    if sys.byteorder == "little":
        offsets.byteswap()
    scale = 1 if long_loca else 2
    made: dict[int, Glyph] = {}
    as_parts: set[int] = set()

    def glyph(number: int, depth: int = 0) -> Glyph:
        if number in made:
            return made[number]
        if depth > _DEEPEST:
            raise UnsupportedFontError("its glyphs are composed too deeply")
        outline = glyf[offsets[number] * scale : offsets[number + 1] * scale]
        if len(outline) % 2:
            outline += b"\0"  # as where offsets are short, so that equal glyphs are equal
        parts: tuple[Glyph, ...] = ()
        if outline[:1] >= b"\x80":  # a negative number of contours: composite
            places = _components(outline)
            numbers = [int.from_bytes(outline[at : at + 2], "big") for at in places]
            as_parts.update(numbers)
            parts = tuple(glyph(one, depth + 1) for one in numbers)
            outline = _with_components(outline, places, [0] * len(places))
        made[number] = Glyph(*metrics(number), outline, parts)
        return made[number]

    last = max(used)
    drawn = {number for number, (start, end) in enumerate(pairwise(offsets)) if start != end}
    glyphs = {number: glyph(number) for number in sorted(drawn.union(used)) if number <= last}
    if not as_parts.issuperset(range(last + 1, len(offsets) - 1)):
        raise UnsupportedFontError("it has glyphs that no text is set in")
    return glyphs


def place_glyphs(glyphs: Mapping[int, Glyph], size: int) -> list[Placed]:
    """Glyphs by id, each with the ids of its components; components without an id come last.

    That they stand above every id in use makes the result a subset as `read_glyphs` wants it.

    Args:
        size: one more than the highest id in use.
    """
    empty = Glyph(0, 0, b"")
    order = [glyphs.get(number, empty) for number in range(size)]
    homes: dict[Glyph, int] = {}
    for number in sorted(glyphs):
        homes.setdefault(glyphs[number], number)
    placed: list[Placed] = []
    for glyph in order:  # grows on the way, by components of components too
        for part in glyph.parts:
            if part not in homes:
                homes[part] = len(order)
                order.append(part)
        placed.append((glyph, tuple(homes[part] for part in glyph.parts)))
    if len(placed) > 0xFFFF:
        raise UnsupportedFontError("it has no ids left for the parts of its glyphs")
    return placed


def write_glyphs(placed: Sequence[Placed]) -> tuple[bytes, bytes, bool]:
    """The tables glyf and loca, and whether loca is in its long form (OpenType glyf, loca)."""
    outlines = []
    offsets = array("I", [0])
    for glyph, numbers in placed:
        outline = glyph.outline
        if numbers:
            outline = _with_components(outline, _components(outline), numbers)
        outlines.append(outline)
        offsets.append(offsets[-1] + len(outline))
    long_loca = offsets[-1] > _SHORT_LIMIT
    loca = offsets if long_loca else array("H", [offset // 2 for offset in offsets])
    if sys.byteorder == "little":
        loca.byteswap()
    return b"".join(outlines), loca.tobytes(), long_loca


def _components(outline: bytes) -> list[int]:
    """Where a composite glyph names its components (OpenType glyf)."""
    places, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags = int.from_bytes(outline[at : at + 2], "big")
        places.append(at + 2)
        at += 8 if flags & _WORDS else 6
        at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _TWO_SCALES) + 8 * bool(flags & _MATRIX)
    return places


def _with_components(outline: bytes, places: Sequence[int], numbers: Sequence[int]) -> bytes:
    changed = bytearray(outline)
    for at, number in zip(places, numbers, strict=True):
        changed[at : at + 2] = number.to_bytes(2, "big")
    return bytes(changed)
