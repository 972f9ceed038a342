"""Marked content of a page: what it says, where, and how it is changed (ISO 32000-1 §14.6)."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from pikepdf import Array, Dictionary, Object, Page

# As WeasyPrint writes them; `Figure` holds drawings, which show no text.
_OPEN = re.compile(rb"/(\w+)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_SHOWN = re.compile(rb"(-?[\d.]+)\s+(-?[\d.]+)\s+Tm\b|/(\S+\s+[-\d.]+)\s+Tf\b|\[([^\]]*)\]\s*TJ")
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]+)>")
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
# The last glyph of a line. The style ends an automatic hyphen on a word joiner, U+2060, which has
# no glyph and which WeasyPrint writes as an empty string.
_LAST = re.compile(rb"(<[0-9A-Fa-f]{4}>)[^<>]*(<>0(?:\.0)?)?\s*$")
_HYPHEN = "\u2010"  # what WeasyPrint puts where the style says nothing
_CODE = 4  # hexadecimal digits of a glyph in a composite font
_KERN = re.compile(rb"(?<=>)-?[\d.]+")
_WIDE = 1000  # advance of a glyph that /W leaves out (ISO 32000-1 §9.7.4.3)
_UNKNOWN = "\ufffd"
FIGURE = b"Figure"
Glyphs: TypeAlias = Mapping[int, str]
"""Glyph of a font → text."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Text that a piece of marked content shows, all on one line.

    Args:
        left: x at which it starts, in the space of its page, like `baseline`.
        font: resource name and size of the font at its end.
        start: offset of what is marked.
        end: offset of the bracket that closes its last string.
        hyphen: offset of the hyphen that hyphenation put at its end; -1 where it put none.
    """

    text: str
    left: float
    baseline: float
    font: str
    start: int
    end: int
    hyphen: int


class FontTexts:
    """What the glyphs of a section's fonts say, and their widths; each font is read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Glyphs] = {}
        self._widths: dict[tuple[int, int], dict[int, float]] = {}

    def of(self, font: Object | None) -> Glyphs:
        """Glyph → text; empty for fonts of another make."""
        if font is None or "/ToUnicode" not in font or str(font.get("/Subtype")) != "/Type0":
            return {}
        if font.objgen not in self._read:
            self._read[font.objgen] = dict(_texts(font["/ToUnicode"].read_bytes()))
        return self._read[font.objgen]

    def widths(self, font: Object) -> dict[int, float]:
        """Glyph → advance, 1/1000 em; the lists that WeasyPrint writes in /W (§9.7.4.3)."""
        if font.objgen not in self._widths:
            parts = list(font["/DescendantFonts"][0].get("/W", ()))
            found: dict[int, float] = {}
            for first, run in zip(parts[::2], parts[1::2], strict=False):
                if isinstance(run, Array):
                    found |= dict(enumerate(map(float, run), int(first)))
            self._widths[font.objgen] = found
        return self._widths[font.objgen]


def _texts(cmap: bytes) -> Iterator[tuple[int, str]]:
    for block in cmap.split(b"beginbfchar")[1:]:
        for code, text in _MAPPED.findall(block.partition(b"endbfchar")[0]):
            yield int(code, 16), bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def said(strings: bytes, says: Glyphs) -> str:
    """What the strings of a TJ say in a font, given what its glyphs do."""
    runs = _GLYPHS.findall(strings)
    if not says:
        return _UNKNOWN * sum(-(-len(run) // _CODE) for run in runs)
    return "".join([says.get(glyph, _UNKNOWN) for glyph in _glyphs(b"".join(runs))])


def _glyphs(run: bytes) -> array[int]:
    glyphs = array("H", bytes.fromhex(run.decode()))
    if sys.byteorder == "little":
        glyphs.byteswap()
    return glyphs


@dataclass
class Marked:
    """The marked content of one page."""

    page: Page
    fonts: FontTexts
    _edits: list[tuple[int, int, bytes]] = field(default_factory=list)

    @cached_property
    def _raw(self) -> bytes:
        return self.page.obj["/Contents"].read_bytes()

    @cached_property
    def _opened(self) -> dict[int, re.Match[bytes]]:
        return {int(found[2]): found for found in _OPEN.finditer(self._raw)}

    @property
    def mcids(self) -> frozenset[int]:
        """The MCIDs on the page."""
        return frozenset(self._opened)

    @cached_property
    def shown(self) -> Mapping[int, Shown]:
        """MCID → text, where there is any."""
        made = {
            mcid: self._show(found.end())
            for mcid, found in self._opened.items()
            if found[1] != FIGURE
        }
        return {mcid: shown for mcid, shown in made.items() if shown}

    @cached_property
    def blanks(self) -> frozenset[int]:
        """The MCIDs of blanks between words, of which WeasyPrint draws nothing."""
        shown = self.shown
        return frozenset(
            mcid for mcid, found in self._opened.items() if mcid not in shown and found[1] != FIGURE
        )

    @property
    def _fonts(self) -> Object:
        return self.page.obj["/Resources"].get("/Font", Dictionary())

    @cached_property
    def _faces(self) -> dict[str, Glyphs]:
        """Resource name of a font → what its glyphs say."""
        return {name[1:]: self.fonts.of(font) for name, font in self._fonts.items()}

    def _show(self, start: int) -> Shown | None:
        text, font, left, baseline, shown = "", "", None, 0.0, (0, 0)
        stop = self._raw.find(b"EMC", start)
        for found in _SHOWN.finditer(self._raw, start, stop):
            if found[1] is not None:
                if left is None:
                    left, baseline = float(found[1]), float(found[2])
            elif found[3] is not None:
                font = found[3].decode("latin-1")
            else:
                text += said(found[4], self._faces.get(font.split()[0], {}))
                shown = found.span(4)
        if left is None or not text:
            return None
        hyphen = self._hyphen(text[-1], *shown)
        return Shown(text, left, baseline, font, start, shown[1], hyphen)

    def _hyphen(self, letter: str, start: int, end: int) -> int:
        """Offset of the hyphen at the end of strings that end with a letter, or -1."""
        if letter not in (_HYPHEN, "-"):
            return -1
        last = _LAST.search(self._raw, start, end)
        return last.start() if last and (letter == _HYPHEN or last[2]) else -1

    def gap(self, shown: Shown, following: Shown) -> float:
        """How far a text starts behind the end of the one before it, in em of that."""
        right = size = 0.0
        widths: Mapping[int, float] = {}
        for found in _SHOWN.finditer(self._raw, shown.start, shown.end + 8):
            if found[1] is not None:
                right = float(found[1])
            elif found[3] is not None:
                name, given = found[3].decode("latin-1").split()
                size, widths = float(given), self.fonts.widths(self._fonts[f"/{name}"])
            else:
                glyphs = _glyphs(b"".join(_GLYPHS.findall(found[4])))
                advance = sum([widths.get(glyph, _WIDE) for glyph in glyphs])
                kerns = sum([float(kern) for kern in _KERN.findall(found[4])])
                right += (advance - kerns) * size / 1000
        return (following.left - right) / size if size else 0.0

    def make_artefact(self, mcid: int, kind: bytes = b"") -> None:
        """Take content out of the reading order (§14.8.2.2).

        Args:
            kind: properties, as "/Type/Pagination".
        """
        found = self._opened[mcid]
        new = b"/Artifact\n<<" + kind + b">>\nBDC" if kind else b"/Artifact\nBMC"
        self._edits.append((found.start(), found.end(), new))

    def add_space(self, shown: Shown) -> None:
        """End a line on the space that a reader hears (§14.8.2.5); it draws nothing.

        A face of which the section prints single words only has no space; another's does.
        """
        own, size = shown.font.split()
        if code := self._spaces.get(own):
            # Not in the string of a number, which stays one of figures alone.
            apart = b"] TJ\n[" if shown.text.isdecimal() else b""
            self._edits.append((shown.end, shown.end, apart + b"<" + code + b">"))
            return
        for name, code in self._spaces.items():
            if code:
                other = f"/{name} {size} Tf\n[<{code.decode()}>] TJ"
                space = f"] TJ\n{other}\n/{own} {size} Tf\n["
                self._edits.append((shown.end, shown.end, space.encode()))
                return

    @cached_property
    def _spaces(self) -> dict[str, bytes]:
        """Resource name of a font → its glyph of a space; empty where it has none."""
        return {name: _blank(says) for name, says in self._faces.items()}

    def soften_hyphen(self, shown: Shown) -> None:
        """Say that the hyphen at the end of a line is none of the word (§14.8.2.2.3)."""
        after = self._raw.index(b"TJ", shown.end) + 2
        last = self._raw[shown.hyphen : shown.end]
        hyphen = b"] TJ\n/Span\n<</ActualText <FEFF00AD>>>\nBDC\n[" + last + b"] TJ\nEMC"
        self._edits.append((shown.hyphen, after, hyphen))

    def write(self) -> None:
        """Write what was changed into the page."""
        if not self._edits:
            return
        pieces, at = [], 0
        for start, end, new in sorted(self._edits):
            pieces += [self._raw[at:start], new]
            at = end
        self.page.obj["/Contents"].write(b"".join([*pieces, self._raw[at:]]))


def _blank(says: Glyphs) -> bytes:
    """The glyph of a space; one that stands for a wider space draws as little."""
    blanks = [code for code, text in says.items() if text.isspace()]
    found = min(blanks, key=lambda code: (says[code] != " ", code), default=None)
    return b"" if found is None else b"%04x" % found
