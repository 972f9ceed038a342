"""Runs: the text of a page as WeasyPrint draws it, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pikepdf import Dictionary, Page

from zine.bind.tagging.marked import FontTexts, Glyphs, said

# WeasyPrint, and whoever changes what it wrote, begins a line with each operator or its operands.
_TOKEN = re.compile(
    rb"\n(?:1 0 0 -1 (-?[\d.]+) (-?[\d.]+) Tm\b|/(\S+) [-\d.]+ Tf\b|\[([^\]]*)\]\s*TJ|"
    rb"(/Artifact\s*<<\s*/Type\s*/Pagination\s*>>\s*BDC)|(BDC|BMC|EMC)\b)"
)
_STRING = re.compile(rb"<([0-9a-fA-F]+)>")
CODE = 4
"""Hexadecimal digits of a glyph."""
_PX = 0.75  # pt


@dataclass(frozen=True)
class Glyph:
    """A glyph of a text: its code, where that stands, and what lies between it and the next."""

    code: str
    start: int
    text: str


@dataclass(frozen=True)
class Run:
    """A run of text: one TJ.

    Args:
        x: left edge, and y: baseline, CSS px; place: span of the x.
        strings: what it shows, and start: where that begins.
        says: what the glyphs of its font say.
        running: whether it stands in a margin box.
    """

    x: float
    y: float
    place: tuple[int, int]
    font: str
    strings: bytes
    start: int
    says: Glyphs
    running: bool

    @cached_property
    def text(self) -> str:
        """What it says."""
        return said(self.strings, self.says)

    @cached_property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its glyphs, each with what it says and where its code stands."""
        return tuple(
            Glyph(code, self.start + found.start(1) + at, self.says.get(int(code, 16), "\ufffd"))
            for found in _STRING.finditer(self.strings)
            for at in range(0, len(found[1]), CODE)
            for code in (found[1][at : at + CODE].decode(),)
        )


def left_of(run: Run) -> float:
    """The left edge of a run, pt."""
    return run.x * _PX


def runs_of(raw: bytes, page: Page, fonts: FontTexts) -> Iterator[Run]:
    """The runs of a page, in the order in which they are drawn.

    Args:
        raw: the content of the page.
        fonts: what the glyphs of the section's fonts say.
    """
    named = page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary())
    says: Glyphs = {}
    x = y = 0.0
    place, font = (0, 0), ""
    marked: list[bool] = []
    for found in _TOKEN.finditer(raw):
        if found[1] is not None:
            x, y, place = float(found[1]), float(found[2]), found.span(1)
        elif found[3] is not None:
            font = found[3].decode("latin-1")
            says = fonts.of(named.get(f"/{font}"))
        elif found[4] is not None:
            yield Run(x, y, place, font, found[4], found.start(4), says, any(marked))
        elif found[6] == b"EMC":
            marked = marked[:-1]
        else:
            marked.append(found[5] is not None)
