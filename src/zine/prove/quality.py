"""The quality of pages: what a book designer would mark in a finished PDF.

Nothing here knows how the pages were made. It is told what each page is and where its type area
lies, and reads the rest from the file.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from zine.prove.glyphs import Alphabet, unset
from zine.prove.sight import Box, Colour, Run, Sight, sights
from zine.typeset.geometry import FULL_LEAST, LINE

SAFE_MM = 5.0  # from the trim: a printer's grip and a guillotine's play
LINES_LEAST = 4  # of the last page of a section
CONTRAST_LEAST = 4.5  # WCAG 2.2, 1.4.3
PPI_LEAST = 150.0
_PT = 72 / 25.4
_HANG = 3.5  # pt that capitals may hang out of the measure
_ROUNDING = 1.5  # pt
_LEADING_LEAST = 0.85  # of the size: lines of one text stand no closer
_TOUCH = 0.3  # pt
_INDENT = 0.45  # of the measure that what follows a heading may stand in
_SPECKS = 0.08  # share of a line's ground that may be too dark: edges of what lies beside it


@dataclass(frozen=True)
class PageSpec:
    """What a page is.

    Args:
        title: of its section; "" for a blank page.
        label: its folio.
        area: the type area.
        composed: laid out by hand, as a cover is: only legibility counts.
        alone: the only page of its section, which is as full as it can be.
        last: the last of a section of several pages.
        line: the grid of its edition, pt.
        titled: a title with no words under it, which face it on the next page.
        rtl: it is read from the right.
    """

    title: str
    label: str
    area: Box
    composed: bool = False
    alone: bool = False
    last: bool = False
    line: float = LINE
    titled: bool = False
    rtl: bool = False


@dataclass(frozen=True)
class Flaw:
    """Something to mend on a page.

    Args:
        page: index in the file.
        words: what stands there, to find the line of the source by.
    """

    code: str
    page: int
    message: str
    hint: str
    words: str = ""


def flaws_of(pdf: bytes, pages: Sequence[PageSpec | None], alphabet: Alphabet) -> tuple[Flaw, ...]:
    """Everything to mend in a PDF, page by page.

    Headings are told by their tags, so a file without tags passes for having none.

    Args:
        pages: one for each page of the file; None passes over a page.
        alphabet: which characters the book's fonts have.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(
            flaw
            for index, spec in enumerate(pages)
            if spec is not None
            for sight in sights(document, [index])
            for flaw in _Page(index, sight, spec, alphabet).flaws()
        )
    finally:
        document.close()


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Page:
    def __init__(self, index: int, sight: Sight, spec: PageSpec, alphabet: Alphabet) -> None:
        self._index = index
        self._sight = sight
        self._spec = spec
        self._alphabet = alphabet
        area = spec.area
        # The folio's line and what is set beside it stand below the type area.
        self._inside = [run for run in sight.runs if run.baseline <= area.bottom + spec.line]

    def flaws(self) -> Iterator[Flaw]:
        yield from self._unsafe()
        yield from self._glyphs()
        yield from self._contrast()
        yield from self._coarse()
        yield from self._collisions()
        if self._spec.title and not self._spec.composed:
            yield from self._overflow()
            if not self._spec.titled:
                yield from self._heads()
            if not self._spec.alone:
                yield from self._fullness()

    def _flaw(self, code: str, message: str, hint: str, run: Run | None = None) -> Flaw:
        words = self._sight.words(run) if run else ""
        return Flaw(code, self._index, f"page {self._spec.label}: {message}", hint, words)

    def _shown(self, run: Run) -> str:
        words = " ".join(self._sight.words(run).split())
        return words if len(words) <= 40 else f"{words[:39]}…"

    def _unsafe(self) -> Iterator[Flaw]:
        safe, sight = SAFE_MM * _PT, self._sight
        inner = Box(safe, safe, sight.width - safe, sight.height - safe)
        for run in sight.runs:
            if _beyond(run.box, inner) > 0.1:
                message = f"“{self._shown(run)}” stands less than {SAFE_MM:g} mm from the trim"
                yield self._flaw("type-unsafe", message, "move it inwards, or shorten it", run)

    def _overflow(self) -> Iterator[Flaw]:
        area, line = self._spec.area, self._spec.line
        left, right = (_ROUNDING, 2 * _HANG) if self._spec.rtl else (_HANG, _ROUNDING)
        room = Box(area.left - left, area.top - line / 2, area.right + right, area.bottom + line)
        for run in self._inside:
            over = max(_beyond(run.box, room), run.baseline - area.bottom)
            if over > 0.1:
                message = f"“{self._shown(run)}” runs {over:.0f} pt out of the type area"
                hint = "shorten it, or let it break: a long word or address has no place to"
                yield self._flaw("type-overflow", message, hint, run)

    def _collisions(self) -> Iterator[Flaw]:
        runs = sorted(self._sight.runs, key=lambda run: run.baseline)
        for number, run in enumerate(runs):
            for other in runs[number + 1 :]:
                if other.baseline - run.baseline > _LEADING_LEAST * max(run.size, other.size):
                    break
                across, down = run.box.overlap(other.box)
                # Signs over letters are runs of their own in scripts that join their letters.
                narrower = min(one.box.right - one.box.left for one in (run, other))
                beside = other.baseline - run.baseline < _TOUCH
                joined = self._spec.rtl and (beside or narrower < max(run.size, other.size))
                if across > _ROUNDING and down > _TOUCH and not joined:
                    message = f"“{self._shown(run)}” and “{self._shown(other)}” stand on each other"
                    yield self._flaw("type-collision", message, "shorten one of them", run)

    def _heads(self) -> Iterator[Flaw]:
        spec, others = self._spec, [run for run in self._inside if not run.role]
        for head in (run for run in self._inside if run.role == "head"):
            if not any(_follows(run, head, spec) for run in others):
                message = f"the heading “{self._shown(head)}” is the last of its column"
                hint = "add a line below it, or take one away above"
                yield self._flaw("heading-last", message, hint, head)

    def _fullness(self) -> Iterator[Flaw]:
        area, sight = self._spec.area, self._sight
        shown = [run.box for run in self._inside] + [image.box for image in sight.images]
        lines = {round(run.baseline) for run in self._inside}
        first = min(self._inside, key=lambda run: run.baseline, default=None)
        # A page that begins lower is a short apparatus, sunk to the level of the title.
        spilt = first is None or first.baseline < area.top + LINES_LEAST * self._spec.line
        if self._spec.last and spilt and len(lines) < LINES_LEAST and not sight.images:
            noun = "line" if len(lines) == 1 else "lines"
            message = f"the last page of “{self._spec.title}” has {len(lines)} {noun}"
            yield self._flaw("page-short", message, "shorten or lengthen the text", first)
            return
        lowest = max((box.bottom for box in shown), default=area.top)
        full = (min(lowest, area.bottom) - area.top) / (area.bottom - area.top)
        if full < FULL_LEAST:
            message = f"it is {max(0, math.floor(100 * full))} % full"
            yield self._flaw("page-empty", message, "shorten or lengthen the text", first)

    def _glyphs(self) -> Iterator[Flaw]:
        if self._alphabet.has_all(self._sight.characters, (run.font for run in self._sight.runs)):
            return
        for run in self._sight.runs:
            for character, fallback in unset(self._sight.words(run), run.font, self._alphabet):
                if self._spec.rtl and not fallback:
                    continue  # joined letters are read back as characters that nobody wrote
                shown = f"“{character}” (U+{ord(character):04X})"
                message = f"{shown} in “{self._spec.title}” is not in the book’s fonts and prints "
                message += f"in {fallback}" if fallback else "as an empty box"
                hint = "use another character, or add a font that has it"
                yield Flaw(
                    "glyph-missing",
                    self._index,
                    f"page {self._spec.label}: {message}",
                    hint,
                    character,
                )

    def _contrast(self) -> Iterator[Flaw]:
        for run in self._sight.runs:
            grounds = self._sight.grounds(run.box)
            ratios = {colour: contrast(run.colour, colour) for colour in grounds}
            poor = {colour: r for colour, r in ratios.items() if r < CONTRAST_LEAST - 0.05}
            if sum(grounds[colour] for colour in poor) > _SPECKS:
                most = max(poor, key=lambda colour: grounds[colour])
                message = f"“{self._shown(run)}” has a contrast of {poor[most]:.1f} to its ground"
                hint = f"it needs {CONTRAST_LEAST}: choose a darker or a lighter colour"
                yield self._flaw("contrast-low", message, hint, run)

    def _coarse(self) -> Iterator[Flaw]:
        for image in self._sight.images:
            if image.ppi < PPI_LEAST - 1:
                message = f"a picture has {image.ppi:.0f} ppi where it stands"
                hint = f"it needs {PPI_LEAST:.0f} at least, better {2 * PPI_LEAST:.0f}"
                yield self._flaw("image-too-coarse", message, hint)


def _beyond(box: Box, room: Box) -> float:
    """How far a box reaches out of a room, pt; not positive where it stands inside."""
    return max(
        room.left - box.left,
        room.top - box.top,
        box.right - room.right,
        box.bottom - room.bottom,
    )


def _follows(run: Run, head: Run, spec: PageSpec) -> bool:
    """Whether a run is what a heading stands over, or stands beside."""
    area = spec.area
    if abs(run.baseline - head.baseline) < spec.line / 4:
        if spec.rtl:
            return run.box.right < head.box.left + _ROUNDING
        return run.box.left > head.box.right - _ROUNDING
    below = head.baseline < run.baseline <= area.bottom + _ROUNDING
    # A QR code may stand between; the next column is farther away.
    indent = _INDENT * (area.right - area.left)
    if spec.rtl:
        across = head.box.right - indent
        return below and run.box.right > across and run.box.left < head.box.right
    across = head.box.left + indent
    return below and run.box.left < across and run.box.right > head.box.left
