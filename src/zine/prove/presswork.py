"""The proof of a file for a print shop: its boxes, its inks and what it says of the press."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zine.bind.inkreading import Box, Colour, FileInks, PageInks, read_inks
from zine.diagnostics import Finding, error, warning
from zine.typeset.geometry import Geometry
from zine.units import mm_to_pt

_SLACK = 0.05  # pt
_INK_MOST = 3.0  # 300 %, what offset on coated paper bears (print-conventions §11)
_HINT = "this is a fault of zine; please report it with the edition"
_ALLOWED = {"greyscale": {"gray"}, "cmyk": {"gray", "cmyk"}, "colour": {"gray", "rgb"}}


@dataclass(frozen=True)
class Press:
    """What the file must be.

    Args:
        inks: "colour", "greyscale" or "cmyk".
        titles: title of the section of every page; "" for a blank.
        condition: identifier of the output intent; "" where none is wanted.
        boxes: whether the pages stand one by one; on a booklet's sheets others are proved.
    """

    inks: str
    geometry: Geometry
    titles: Sequence[str]
    condition: str = ""
    boxes: bool = True


def prove_press(pdf: bytes, expected: Press) -> tuple[Finding, ...]:
    """Compare a file with what it must be; inks of the project's own sheets are warnings."""
    return tuple(_proved(read_inks(pdf), expected))


def _proved(read: FileInks, expected: Press) -> Iterator[Finding]:
    wrong: dict[Colour, str] = {}
    heavy: dict[Colour, str] = {}
    for index, page in enumerate(read.pages):
        title = expected.titles[index] if index < len(expected.titles) else ""
        where = f"“{title}”, page {index + 1} of the file" if title else f"page {index + 1}"
        if expected.boxes:
            yield from _boxes(page, where, expected.geometry)
        for space in page.pictures - _ALLOWED[expected.inks]:
            yield error("proof-inks", f"{where}: a picture is in {space}", hint=_HINT)
        for colour in page.colours:
            if colour.space not in _ALLOWED[expected.inks] or _rich(colour):
                wrong.setdefault(colour, where)
            if colour.space == "cmyk" and sum(colour.parts) > _INK_MOST:
                heavy.setdefault(colour, where)
    for colour, where in sorted(wrong.items(), key=lambda item: item[1]):
        message = f"{where}: {_named(colour)} is no ink of this edition"
        yield error("proof-inks", message, hint=_HINT)
    for colour, where in sorted(heavy.items(), key=lambda item: item[1]):
        total = round(100 * sum(colour.parts))
        message = f"{where}: {_named(colour)} lays {total} % of ink on one spot"
        hint = "printers bear 240 to 300; ask for the profile of a paper that bears less"
        yield warning("ink-heavy", message, hint=hint)
    if read.condition != expected.condition:
        message = f"the output intent is “{read.condition}”, not “{expected.condition}”"
        yield error("proof-inks", message, hint=_HINT)


def _rich(colour: Colour) -> bool:
    """Whether black or grey is mixed from several inks, so that small type would not register."""
    return colour.space == "rgb" and len(set(colour.parts)) == 1


def _named(colour: Colour) -> str:
    return f"{colour.space} {' '.join(f'{part:.3g}' for part in colour.parts)}"


def _boxes(page: PageInks, where: str, geometry: Geometry) -> Iterator[Finding]:
    trim, bleed = page.trim, mm_to_pt(geometry.bleed)
    size = trim[2] - trim[0], trim[3] - trim[1]
    wanted = geometry.trim.width_pt, geometry.trim.height_pt
    if any(abs(a - b) > _SLACK for a, b in zip(size, wanted, strict=True)):
        message = f"{where}: the TrimBox is {size[0]:.2f} × {size[1]:.2f} pt"
        yield error("proof-boxes", message, hint=_HINT)
    grown = (trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed)
    if any(abs(a - b) > _SLACK for a, b in zip(page.bleed, grown, strict=True)):
        message = f"{where}: the BleedBox is not {geometry.bleed:g} mm around the TrimBox"
        yield error("proof-boxes", message, hint=_HINT)
    if page.media[:2] != (0, 0) or not _within(page.bleed, page.media):
        message = f"{where}: the MediaBox does not begin at 0, 0 around the BleedBox"
        yield error("proof-boxes", message, hint=_HINT)


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SLACK
        and inner[1] >= outer[1] - _SLACK
        and inner[2] <= outer[2] + _SLACK
        and inner[3] <= outer[3] + _SLACK
    )
