"""Inks: the colours of bound pages in those of a press: black, grey or process colours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

COLOUR, GREYSCALE, CMYK = "colour", "greyscale", "cmyk"
REGISTRY = "http://www.color.org"

Rgb = tuple[float, float, float]
Cmyk = tuple[float, float, float, float]

# Colours as WeasyPrint writes them; its strings are hexadecimal and hold no blanks.
_COLOUR = re.compile(rb"(?<![^\s])([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(rg|RG)(?![^\s])")
_GROUPS = {GREYSCALE: Name.DeviceGray, CMYK: Name.DeviceCMYK}


def plain_separation(colour: Rgb) -> Cmyk:
    """Process colours by the plain formula: black takes all the grey there is."""
    black = 1 - max(colour)
    cyan, magenta, yellow = (1 - part - black for part in colour)
    return cyan, magenta, yellow, black


@dataclass(frozen=True)
class Inks:
    """The inks of a file for paper.

    Args:
        kind: "colour" leaves colours as they are, "greyscale" and "cmyk" turn every one; in all of
            them what is black or grey is of black ink alone.
        separate: how a colour becomes process colours, shares from 0 to 1; a function of a module,
            which follows from the profile.
        profile: ICC profile of the press, for the output intent.
        condition: name of the printing condition in the ICC's registry.
        info: the profile's own words for itself.
    """

    kind: str = COLOUR
    separate: Callable[[Rgb], Cmyk] = plain_separation
    profile: bytes = b""
    condition: str = ""
    info: str = ""

    def decided_by(self) -> tuple[str, ...]:
        """What decides the colours of pages, short."""
        return self.kind, hashlib.sha256(self.profile).hexdigest()


def luma(colour: Rgb) -> float:
    """The grey of a colour (ITU-R BT.601), the same that a copier and Pillow make of it."""
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue


def ink(pdf: Pdf, inks: Inks) -> None:
    """Turn the colours of all pages."""

    @cache
    def operands(colour: Rgb, stroke: bool) -> bytes:
        if len(set(colour)) == 1:
            return _number(colour[0]) + (b" G" if stroke else b" g")
        if inks.kind == GREYSCALE:
            return _number(luma(colour)) + (b" G" if stroke else b" g")
        if inks.kind == CMYK:
            parts = (_number(part) for part in inks.separate(colour))
            return b" ".join(parts) + (b" K" if stroke else b" k")
        return b" ".join(map(_number, colour)) + (b" RG" if stroke else b" rg")

    def turned(match: re.Match[bytes]) -> bytes:
        red, green, blue = (round(float(match[n]), 4) for n in (1, 2, 3))
        return operands((red, green, blue), match[4] == b"RG")

    for stream in contents(pdf):
        raw = stream.read_bytes()
        made = _COLOUR.sub(turned, raw)
        if made != raw:
            stream.write(made)
        group = stream.get("/Group")
        if group is not None and inks.kind in _GROUPS and "/CS" in group:
            group.CS = _GROUPS[inks.kind]


def declare_press(pdf: Pdf, inks: Inks) -> None:
    """Say for which press the colours of a file are meant, where they are for one."""
    if inks.kind == CMYK and (inks.profile or inks.condition):
        pdf.Root.OutputIntents = Array([_intent(pdf, inks)])


def contents(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Every stream that paints: contents of pages, forms and tiling patterns, each once."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        held = page.obj.get("/Contents", ())
        for stream in held if isinstance(held, Array) else [held]:
            if isinstance(stream, pikepdf.Stream) and stream.objgen not in seen:
                seen.add(stream.objgen)
                yield stream
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Stream) or one.objgen in seen:
            continue
        if one.get("/Subtype") == Name.Form or one.get("/PatternType") == 1:
            yield one


def _intent(pdf: Pdf, inks: Inks) -> pikepdf.Object:
    """The output intent: the press for which the colours are separated (ISO 32000-1 §14.11.5)."""
    name = inks.condition or "Custom"
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(name),
        Info=String(inks.info or name),
    )
    if inks.condition:
        intent.RegistryName = String(REGISTRY)
    if inks.profile:
        intent.DestOutputProfile = pdf.make_stream(inks.profile, N=4)
    return pdf.make_indirect(intent)


def _number(value: float) -> bytes:
    text = f"{min(1.0, max(0.0, value)):.4f}".rstrip("0").rstrip(".")
    return text.encode()
