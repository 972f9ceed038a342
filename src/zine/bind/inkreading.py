"""Reading back the inks and boxes of a finished file, as they are and without judging them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Name, Object, Pdf

Box = tuple[float, float, float, float]

_DEVICE = {"g": "gray", "G": "gray", "rg": "rgb", "RG": "rgb", "k": "cmyk", "K": "cmyk"}
_NAMED = {"/DeviceGray": "gray", "/DeviceRGB": "rgb", "/DeviceCMYK": "cmyk"}
_COUNTS = {1: "gray", 3: "rgb", 4: "cmyk"}


@dataclass(frozen=True)
class Colour:
    """A colour that something is painted in: its space ("gray", "rgb", "cmyk") and its parts."""

    space: str
    parts: tuple[float, ...]


@dataclass(frozen=True)
class PageInks:
    """What one page is printed with.

    Args:
        media, bleed, trim: boxes, points.
        colours: of type, lines and areas.
        pictures: colour spaces of its pictures.
    """

    media: Box
    bleed: Box
    trim: Box
    colours: frozenset[Colour]
    pictures: frozenset[str]


@dataclass(frozen=True)
class FileInks:
    """What a file is printed with.

    Args:
        condition: identifier of the output intent; "" where there is none.
        profile: size of the profile in the output intent, bytes; 0 where there is none.
    """

    pages: tuple[PageInks, ...]
    condition: str
    profile: int


def read_inks(pdf: bytes) -> FileInks:
    """The inks and boxes of all pages, forms within forms included."""
    with Pdf.open(io.BytesIO(pdf)) as opened:
        known: dict[tuple[int, int], tuple[frozenset[Colour], frozenset[str]]] = {}
        pages = tuple(_page(page, known) for page in opened.pages)
        intents = opened.Root.get("/OutputIntents", Array())
        condition, profile = "", 0
        for intent in intents:
            condition = str(intent.OutputConditionIdentifier)
            if "/DestOutputProfile" in intent:
                profile = len(intent.DestOutputProfile.read_bytes())
        return FileInks(pages, condition, profile)


_Known = dict[tuple[int, int], tuple[frozenset[Colour], frozenset[str]]]


def _page(page: pikepdf.Page, known: _Known) -> PageInks:
    colours, pictures = _painted(page.obj, page.obj.get("/Resources"), known)
    boxes = [_box(getattr(page, name)) for name in ("mediabox", "bleedbox", "trimbox")]
    return PageInks(boxes[0], boxes[1], boxes[2], colours, pictures)


def _box(array: Object) -> Box:
    left, low, right, high = (float(value) for value in array)
    return left, low, right, high


def _painted(
    holder: Object, resources: Object | None, known: _Known
) -> tuple[frozenset[Colour], frozenset[str]]:
    """Colours and pictures' spaces of a page or form and of every form it uses."""
    if holder.objgen in known and holder.objgen != (0, 0):
        return known[holder.objgen]
    known[holder.objgen] = frozenset(), frozenset()
    colours: set[Colour] = set()
    pictures: set[str] = set()
    spaces = {"fill": "gray", "stroke": "gray"}
    used: set[str] = set()
    for instruction in pikepdf.parse_content_stream(holder):
        operands, name = instruction.operands, str(instruction.operator)
        if name in _DEVICE:
            colours.add(Colour(_DEVICE[name], tuple(float(one) for one in operands)))
        elif name in ("cs", "CS"):
            spaces["fill" if name == "cs" else "stroke"] = _NAMED.get(str(operands[0]), "other")
        elif name in ("scn", "SCN", "sc", "SC"):
            parts = tuple(float(one) for one in operands if not isinstance(one, Name))
            if parts:
                colours.add(Colour(spaces["fill" if name[0] == "s" else "stroke"], parts))
            used |= {str(one) for one in operands if isinstance(one, Name)}
        elif name == "Do":
            used.add(str(operands[0]))
    for one in _uses(resources, used):
        if one.get("/Subtype") == Name.Image:
            pictures.add(_space(one))
        else:
            inner = _painted(one, one.get("/Resources", resources), known)
            colours |= inner[0]
            pictures |= inner[1]
    known[holder.objgen] = frozenset(colours), frozenset(pictures)
    return known[holder.objgen]


def _uses(resources: Object | None, names: set[str]) -> Iterator[Object]:
    for folder in ("/XObject", "/Pattern"):
        held = resources.get(folder) if resources is not None else None
        for name in sorted(names):
            if held is not None and name in held and isinstance(held[name], pikepdf.Stream):
                yield held[name]


def _space(image: Object) -> str:
    space = image.get("/ColorSpace")
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return _COUNTS.get(int(space[1].N), "other")
    return _NAMED.get(str(space), "other")
